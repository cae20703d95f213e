"""Numbers: every quantity of the German stands in the English with its value and unit, and no other does."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import permutations

from ..findings import Finding, Severity, Span
from ..quantities import Quantity, TimeExpression, english_quantities, english_times, german_quantities, german_times
from ..quantities.scan import ends
from ..quantities.units import AMBIGUOUS, SIZES, UNITS
from . import Pair
from .exchanged import exchanged

_DATED = frozenset({"day", "month", "year", "clock", "decade", "century", "quarter", "either"})
"""Marks whose numerals belong to `checks.dates`."""
_DEGREES = frozenset({"degree", "°C", "°F"})
_EXPLAINED = re.compile(r"([^\W\d_]+) (?:\(|à |zu )(?:[^\W\d_]+ )?$")
"""The unit that a measure right behind it explains: a barrel (159 liters)."""
_IN_WORDS = tuple(
    (re.compile(german), re.compile(rf"\b(?:{english})\b", re.IGNORECASE))
    for german, english in (
        (r"\d{1,2}:\d{1,2}", r"goalless|scoreless|nil|scoring|ahead|lead|led|level|draw|drew|equali[sz]\w+|winner"),
        (r"[Zz]weite\w? Wahlgang", "run-?offs?"),
    )
)
"""German with a number that English often has none for: the score, the second round of an election."""
_CONVERSION = 0.05
"""How far a converted value may be rounded: 620 km is 385 miles."""


def check(pair: Pair) -> Iterator[Finding]:
    """Yield a finding for each quantity that is missing, added, changed, or has another unit or magnitude."""
    german, english = german_quantities(pair.source), english_quantities(pair.target)
    if not german and not english:
        return
    german, of_german_dates = _apart(german, german_times(pair.source, pair.published))
    english, of_english_dates = _apart(english, english_times(pair.target, pair.published))
    source, target, pairs = match(german, english)
    yield from (_unit_finding(pair, old, new) for old, new in pairs if _units_differ(old, new))
    source = [old for old in source if _counts(old) and old.value not in of_english_dates - of_german_dates]
    target = [new for new in target if _counts(new) and new.value not in of_german_dates - of_english_dates]
    if not source and not target and (places := exchanged(pair.source, pair.target, german, english)):
        message = f"“{places[0].as_printed}” and “{places[1].as_printed}” have changed places in the English."
        yield pair.finding("numbers.changed", "error", message, map(_span, places[:2]), map(_span, places[2:]))
    for old in list(source):
        if (new := _partner(old, target)) is not None:
            source.remove(old)
            target.remove(new)
            yield _changed(pair, old, new)
    for old in source:
        if not (
            old.weight == "faint"
            or _is_told(old, pair.source, english)
            or _is_echo(old, pair.target)
            or _is_in_words(old, pair)
        ):
            yield _finding(
                pair, "missing", old, None, f"“{old.as_printed}” ({_written(old)}) is missing in the English."
            )
    for new in target:
        if not (
            new.weight == "faint" or _is_told(new, pair.target, german) or _is_idle(new) or _is_echo(new, pair.source)
        ):
            yield _finding(pair, "added", None, new, f"“{new.as_printed}” ({_written(new)}) is not in the German.")


def _apart(quantities: Iterable[Quantity], times: Iterable[TimeExpression]) -> tuple[list[Quantity], set[float]]:
    """Return the quantities outside dates and clock times, range ends one by one, and the values inside them."""
    dated = [mark for time in times for mark in time.marks if mark.kind in _DATED]
    kept: list[Quantity] = []
    values: set[float] = set()
    for quantity in quantities:
        if any(mark.start < quantity.end and quantity.start < mark.end for mark in dated):
            values.update(float(figure) for figure in re.findall(r"\d+", quantity.as_printed[:40]))
        else:
            kept += ends(quantity)
    return kept, values


def match(
    source: Sequence[Quantity], target: Sequence[Quantity]
) -> tuple[list[Quantity], list[Quantity], list[tuple[Quantity, Quantity]]]:
    """Pair quantities of equal worth, the likest first; return what is left on each side, and the pairs."""
    left, right = list(source), list(target)
    pairs: list[tuple[Quantity, Quantity]] = []
    for same in _SAMENESS:
        if not left or not right:
            break
        for old in list(left):
            new = next((new for new in right if same(old, new)), None)
            if new is not None:
                left.remove(old)
                right.remove(new)
                pairs.append((old, new))
    return left, right, pairs


def _identical(old: Quantity, new: Quantity) -> bool:
    return old.weight == new.weight and old.unit == new.unit and _equal(old, new)


def _alike(old: Quantity, new: Quantity) -> bool:
    return old.weight == new.weight and _equal(old, new)


def _equal(old: Quantity, new: Quantity) -> bool:
    return old.value == new.value or math.isclose(old.value, new.value, rel_tol=1e-9)


def _equal_in_a_reading(old: Quantity, new: Quantity) -> bool:
    return any(math.isclose(value, new.value) for value in old.readings) or any(
        math.isclose(value, old.value) for value in new.readings
    )


def _equal_in_worth(old: Quantity, new: Quantity) -> bool:
    """Whether a fraction is that percentage, or a measure the same in another unit."""
    if old.role == "fraction" and new.unit == "percent":
        return math.isclose(old.value * 100, new.value, rel_tol=0.02)
    if new.role == "fraction" and old.unit == "percent":
        return math.isclose(new.value * 100, old.value, rel_tol=0.02)
    return _converts(old, new)


def _converts(old: Quantity, new: Quantity) -> bool:
    if {old.unit, new.unit} <= _DEGREES:
        return any(
            abs(celsius * 9 / 5 + 32 - fahrenheit) <= 1.5
            for celsius, fahrenheit in permutations((old.value, new.value))
        )
    one, other = SIZES.get(old.unit or ""), SIZES.get(new.unit or "")
    if one is None or other is None or one[0] != other[0] or old.unit == new.unit:
        return False
    return math.isclose(old.value * one[1], new.value * other[1], rel_tol=_CONVERSION)


_SAMENESS: tuple[Callable[[Quantity, Quantity], bool], ...] = (
    _identical,
    _alike,
    _equal,
    _equal_in_a_reading,
    _equal_in_worth,
)


def _counts(quantity: Quantity) -> bool:
    """Whether it may be reported; one of no weight, `Hunderte`, `halbiert`, only when another such word is in its place."""
    return (
        quantity.weight != "faint" or quantity.role == "multiple" or (quantity.role == "vague" and quantity.value >= 12)
    )


def _is_told(quantity: Quantity, text: str, others: Iterable[Quantity]) -> bool:
    """Whether it says nothing new: what the other side has, again or in another unit, or how much a unit is.

    So in `45 miles (72 kilometers)`, `a 17-year-old and his friend, also 17`, `ein Barrel (159 Liter)`.
    """
    if any(
        _converts(quantity, other) or (_equal(quantity, other) and quantity.unit in (None, other.unit))
        for other in others
    ):
        return True
    explained = _EXPLAINED.search(text, max(0, quantity.start - 30), quantity.start)
    unit = UNITS.get(explained[1].lower()) if explained else None
    return unit is not None and _converts(quantity, Quantity(0, 0, "", 1, unit=unit))


def _is_idle(quantity: Quantity) -> bool:
    """Whether it is one of the ordinals that English also uses without counting: second to none, a third party."""
    return quantity.role == "ordinal" and quantity.weight == "words" and quantity.value <= 3


def _is_echo(quantity: Quantity, other: str) -> bool:
    """Whether a number word stands letter for letter on the other side, as in a title that is not translated."""
    return quantity.weight == "words" and re.search(rf"\b{re.escape(quantity.as_printed)}\b", other) is not None


def _is_in_words(old: Quantity, pair: Pair) -> bool:
    """Whether the English says it without a number: opened the scoring for `das 1:0`."""
    return any(
        english.search(pair.target)
        and any(found.start() <= old.start < found.end() for found in german.finditer(pair.source))
        for german, english in _IN_WORDS
    )


def _units_differ(old: Quantity, new: Quantity) -> bool:
    if old.unit is None or new.unit is None or old.unit == new.unit or "fraction" in (old.role, new.role):
        return False
    hours_for_minutes = _equal_in_worth(old, new) and SIZES.get(old.unit, ("",))[0] in ("time", "calendar")
    return not (hours_for_minutes or any({old.unit, new.unit} <= names for names in AMBIGUOUS))


def _unit_finding(pair: Pair, old: Quantity, new: Quantity) -> Finding:
    if not _equal(old, new):
        message = f"“{old.as_printed}” was converted into “{new.as_printed}”; the values agree."
        return _finding(pair, "unit", old, new, message, "info")
    message = f"“{old.as_printed}” ({old.unit}) became “{new.as_printed}” ({new.unit})."
    return _finding(pair, "unit", old, new, message, "error" if old.weight == "digits" else "warning")


def _partner(old: Quantity, target: Sequence[Quantity]) -> Quantity | None:
    """Return what an unmatched quantity most likely became."""
    return min(
        (new for new in target if old.role == new.role or "faint" not in (old.weight, new.weight)),
        key=lambda new: (
            _power(old, new) is None,
            new.weight != old.weight,
            new.unit != old.unit,
            new.role != old.role,
        ),
        default=None,
    )


def _power(old: Quantity, new: Quantity) -> int | None:
    """Return the power of a thousand, as a power of ten, that lies between both; None if there is none."""
    if not (0 < old.value < math.inf and 0 < new.value < math.inf):
        return None
    power = math.log10(new.value) - math.log10(old.value)
    return round(power) if abs(power) > 1 and abs(power - round(power)) < 1e-6 and round(power) % 3 == 0 else None


def _changed(pair: Pair, old: Quantity, new: Quantity) -> Finding:
    if old.role == "vague":
        message = f"“{old.as_printed}” became “{new.as_printed}”."
        return _finding(pair, "changed", old, new, message, "warning")
    if (power := _power(old, new)) is not None:
        how = f"{10 ** abs(power):,} times too {'large' if power > 0 else 'small'}"
        return _finding(pair, "magnitude", old, new, f"“{old.as_printed}” became “{new.as_printed}”, {how}.")
    message = f"“{old.as_printed}” ({_written(old)}) became “{new.as_printed}” ({_written(new)})."
    return _finding(pair, "changed", old, new, message, "warning" if "ordinal" in (old.role, new.role) else "error")


def _finding(
    pair: Pair, what: str, old: Quantity | None, new: Quantity | None, message: str, severity: Severity | None = None
) -> Finding:
    if severity is None:
        severity = "error" if any(side and side.weight == "digits" for side in (old, new)) else "warning"
    return Finding(
        code=f"numbers.{what}",
        severity=severity,
        where=pair.id,
        message=message,
        source_spans=(_span(old),) if old else (),
        target_spans=(_span(new),) if new else (),
    )


def _span(quantity: Quantity) -> Span:
    return Span(start=quantity.start, end=quantity.end, text=quantity.as_printed)


def _written(quantity: Quantity) -> str:
    """Return the value in English notation, with its unit."""
    value = quantity.value
    number = f"{value:,.0f}" if abs(value) < math.inf and value == int(value) else f"{value:g}"
    return f"{number} {quantity.unit}" if quantity.unit else number
