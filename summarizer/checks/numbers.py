"""Numbers: every quantity of the German stands in the English with its value and unit, and no other does."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from ..findings import Finding, Severity, Span
from ..quantities import Quantity, english_quantities, german_quantities
from ..quantities.units import SCALES
from . import Pair


def check(pair: Pair) -> Iterator[Finding]:
    """Yield a finding for each quantity that is missing, added, changed, or has another unit or magnitude."""
    source, target, _ = match(german_quantities(pair.source), english_quantities(pair.target))
    for old in list(source):
        if (new := _partner(old, target)) is not None:
            source.remove(old)
            target.remove(new)
            yield _changed(pair, old, new)
    for old in source:
        if old.weight != "faint":
            yield _finding(
                pair, "missing", old, None, f"“{old.as_printed}” ({_written(old)}) is missing in the English."
            )
    for new in target:
        if new.weight != "faint":
            yield _finding(pair, "added", None, new, f"“{new.as_printed}” ({_written(new)}) is not in the German.")


def match(
    source: Sequence[Quantity], target: Sequence[Quantity]
) -> tuple[list[Quantity], list[Quantity], list[tuple[Quantity, Quantity]]]:
    """Pair quantities of equal worth; return what is left on each side, and the pairs."""
    left, right, pairs = list(source), list(target), []
    for same in (_same_value, _same_worth):
        for old in list(left):
            new = next((new for new in right if same(old, new)), None)
            if new is not None:
                left.remove(old)
                right.remove(new)
                pairs.append((old, new))
    return left, right, pairs


def _same_value(old: Quantity, new: Quantity) -> bool:
    return old.value == new.value or math.isclose(old.value, new.value, rel_tol=1e-9)


def _same_worth(old: Quantity, new: Quantity) -> bool:
    if old.kind == "fraction" and new.unit == "percent":
        return math.isclose(old.value * 100, new.value)
    if new.kind == "fraction" and old.unit == "percent":
        return math.isclose(new.value * 100, old.value)
    scale, other = SCALES.get(old.unit or ""), SCALES.get(new.unit or "")
    return bool(
        scale
        and other
        and scale[0] == other[0]
        and math.isclose(old.value * scale[1], new.value * other[1], rel_tol=0.03)
    )


def _partner(old: Quantity, target: Sequence[Quantity]) -> Quantity | None:
    rivals = [
        new
        for new in target
        if (old.kind != "article" and new.kind != "article") and "faint" not in (old.weight, new.weight)
    ]
    return min(
        rivals, key=lambda new: (_power(old, new) is None, new.unit != old.unit, new.weight != old.weight), default=None
    )


def _power(old: Quantity, new: Quantity) -> int | None:
    if old.value <= 0 or new.value <= 0 or math.isinf(old.value) or math.isinf(new.value):
        return None
    power = math.log10(new.value) - math.log10(old.value)
    return round(power) if abs(power - round(power)) < 1e-6 and round(power) % 3 == 0 else None


def _changed(pair: Pair, old: Quantity, new: Quantity) -> Finding:
    if (power := _power(old, new)) is not None:
        factor = f"{10 ** abs(power):,}"
        how = f"{factor} times {'too large' if power > 0 else 'too small'}"
        return _finding(pair, "magnitude", old, new, f"“{old.as_printed}” became “{new.as_printed}”, {how}.")
    return _finding(
        pair, "changed", old, new, f"“{old.as_printed}” ({_written(old)}) became “{new.as_printed}” ({_written(new)})."
    )


def _finding(pair: Pair, what: str, old: Quantity | None, new: Quantity | None, message: str) -> Finding:
    severity: Severity = "error" if any(side and side.weight == "digits" for side in (old, new)) else "warning"
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
    value = quantity.value
    number = f"{value:,.0f}" if value == int(value) and abs(value) >= 10000 else f"{value:g}"
    return f"{number} {quantity.unit}" if quantity.unit else number
