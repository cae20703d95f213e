"""Dates and times: what the German says of when, the English says too, and nothing else."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from ..findings import Finding, Severity, Span
from ..quantities import (
    Mark,
    Quantity,
    TimeExpression,
    english_quantities,
    english_times,
    german_quantities,
    german_times,
)
from ..quantities.anchor import Anchor
from ..quantities.english_grammar import MONTHS, WEEKDAYS
from ..quantities.german_grammar import MONTHS as GERMAN_MONTHS
from ..quantities.german_grammar import WEEKDAYS as GERMAN_WEEKDAYS
from . import Pair

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}
_DAYS = {-2: "the day before yesterday", -1: "yesterday", 0: "today", 1: "tomorrow", 2: "the day after tomorrow"}
_OFFSETS = {-2: "the {} before last", -1: "last {}", 0: "this {}", 1: "next {}", 2: "the {} after next"}

_ERRORS = frozenset({"weekday", "month", "day", "year", "clock"})
"""What is said in a definite way: a difference is very likely wrong."""
_TURNS = _ERRORS | {"relative", "holiday"}
"""What can begin or end something."""
_CONTRASTS = frozenset({"direction", "season", "set", "weekend", "quarter", "holiday", "narrated", "span"})
"""What a good translation often says in another way: reported only when the other side says something else."""

_SINCE = re.compile(r"(?<!\w)(?:seit|ab|nach|since|from|after)(?: de[mnr]| the)? $", re.IGNORECASE)
_UNTIL = re.compile(r"(?<!\w)(?:bis|vor|until|till|before)(?: zu[mr]?)?(?: de[mnr]| the)? $", re.IGNORECASE)
_OTHERWISE = re.compile(
    r"\b(?:erst|nicht|kein\w*|frühestens|wieder|not|no|only|never|without)\b|n['’]t\b|"
    r"(?:öffn|offen).*\n.*\bclos|(?:sperr|schlossen|schließ).*\n.*\b(?:re)?open",
    re.IGNORECASE,
)
"""In the German or, a line further down, the English: a time may be told from its other side, open from, closed until."""


def check(pair: Pair) -> Iterator[Finding]:
    """Yield a finding for each weekday, month, day, year, clock time or relative time that differs."""
    times = german_times(pair.source, pair.published), english_times(pair.target, pair.published)
    german, english = map(_marks, times)
    if not german and not english:
        return
    yield from _turned(pair, *times)
    today = Anchor.of(pair.published).date
    source, target = _unmatched(german, english, today)
    for old in list(source):
        new = next((new for new in target if _contradict(old, new)), None)
        if new is not None:
            source.remove(old)
            target.remove(new)
            yield _finding(pair, "changed", old, new)
    for old in source:
        if not _is_optional(old, english, english_quantities(pair.target)) and not _echoed(
            pair.source, old, pair.target
        ):
            yield _finding(pair, "missing", old, None)
    for new in target:
        if not _is_optional(new, german, german_quantities(pair.source)) and not _echoed(pair.target, new, pair.source):
            yield _finding(pair, "added", None, new)


def _marks(times: Sequence[TimeExpression]) -> list[Mark]:
    return [mark for time in times for mark in time.marks]


def _turned(pair: Pair, german: Sequence[TimeExpression], english: Sequence[TimeExpression]) -> Iterator[Finding]:
    """Yield a finding for each time from which on something is true in German, and until which in English, or reversed."""
    for old in german:
        way = _way(pair.source, old)
        mark = next((mark for mark in old.marks if mark.kind in _TURNS), None)
        if way is None or mark is None or sum(_equal(mark, other, None) for other in _marks(german)) > 1:
            continue
        same = [new for new in english if any(_equal(mark, other, None) for other in new.marks)]
        if len(same) != 1 or _way(pair.target, new := same[0]) is not (not way) or _is_range(new):
            continue
        if not _OTHERWISE.search(f"{pair.source}\n{pair.target}"):
            words = ("from", "until") if way else ("until", "from")
            message = f"The German says {words[0]} “{old.as_printed}”; the English says {words[1]} “{new.as_printed}”."
            spans = [Span(start=time.start, end=time.end, text=time.as_printed) for time in (old, new)]
            yield pair.finding("dates.changed", "error", message, spans[:1], spans[1:])


def _is_range(time: TimeExpression) -> bool:
    """Whether it says two of a kind, as May 7 to 9 does."""
    return len({mark.kind for mark in time.marks}) < len(time.marks)


def _way(text: str, time: TimeExpression) -> bool | None:
    """Return whether a time is the beginning of something (True) or its end (False), by the preposition before it."""
    before = text[max(0, time.start - 20) : time.start]
    return True if _SINCE.search(before) else False if _UNTIL.search(before) else None


def _unmatched(german: Sequence[Mark], english: Sequence[Mark], today: dt.date | None) -> tuple[list[Mark], list[Mark]]:
    """Return the marks of either side that the other does not say."""
    source, target = list(german), list(english)
    for same in (_equal, _equivalent):
        for old in list(source):
            new = next((new for new in target if same(old, new, today)), None)
            if new is not None:
                source.remove(old)
                if new.kind != "either":
                    target.remove(new)
    return source, [new for new in target if new.kind != "either"]


def _equal(old: Mark, new: Mark, _: dt.date | None) -> bool:
    if old.kind == "clock" == new.kind and new.value.endswith("?"):
        return _half_day(old.value) == _half_day(new.value[:-1])
    return old.kind == new.kind and not _values(old).isdisjoint(_values(new))


def _values(mark: Mark) -> set[str]:
    """Return what a mark may mean: the night to Sunday is Saturday's too, 14 days are two weeks."""
    return {{"14D": "2W"}.get(value, value) for value in mark.value.split("/")}


def _half_day(clock: str) -> tuple[int, str]:
    hour, minute = clock.split(":")
    return int(hour) % 12, minute


def _equivalent(old: Mark, new: Mark, today: dt.date | None) -> bool:
    """Whether both name the same day, month or year, one of them relative to today; or 10/3 is read either way."""
    if new.kind == "either":
        return old.kind in ("day", "month") and old.value in new.value.split("/")
    if {old.kind, new.kind} == {"relative", "narrated"}:
        return old.value == new.value
    if old.kind != "relative":
        old, new = new, old
    if old.kind != "relative" or today is None:
        return False
    unit, offset = old.value.split(":")
    if unit == "day":
        day = dt.date.fromordinal(max(1, today.toordinal() + int(offset)))
        return new[:2] in {("weekday", str(day.weekday())), ("day", str(day.day))}
    if unit == "month":
        return new.kind == "month" and (today.month + int(offset) - int(new.value)) % 12 == 0
    return unit == new.kind == "year" and today.year + int(offset) == int(new.value)


def _contradict(old: Mark, new: Mark) -> bool:
    """Whether two marks without a partner say different things of the same kind."""
    return old.kind == new.kind and not (old.value.endswith(":0") and new.value.endswith(":0"))


def _is_optional(mark: Mark, others: Sequence[Mark], quantities: Sequence[Quantity]) -> bool:
    """Whether a mark without a partner is no loss: said twice on its own side, or there as a plain number."""
    if mark.kind in _CONTRASTS or mark.value.endswith(":0"):
        return True
    if any(_equal(mark, other, None) for other in others):
        return True
    numbers = {quantity.value for quantity in quantities}
    if mark.kind == "clock":
        hour, minute = (int(part) for part in mark.value.rstrip("?").split(":"))
        return hour + minute / 100 in numbers or (bool({hour, hour % 12} & numbers) and minute in numbers | {0})
    if mark.kind == "decade":
        return mark.end - mark.start < len("1990") or any(value % 100 == int(mark.value) for value in numbers)
    return mark.kind in _NUMBERED and any(float(value) in numbers for value in _values(mark))


_NUMBERED = frozenset({"day", "year", "century"})


def _echoed(text: str, mark: Mark, other: str) -> bool:
    """Whether the other side has the same word, as in a title that stays as it is, or the name inside a compound."""
    if _words(text, mark).lower() in ("noon", "midday", "midnight"):  # Mittag, Mitternacht
        return True
    names = [_words(text, mark).rstrip(".s")]
    if mark.kind == "month":
        names += (name for name, number in (MONTHS | GERMAN_MONTHS).items() if str(number) in _values(mark))
    elif mark.kind == "weekday":
        names += (name for name, number in (WEEKDAYS | GERMAN_WEEKDAYS).items() if str(number) in _values(mark))
    else:
        return mark[:2] == ("day", "1") and "May Day" in other
    return any(len(name) > 2 and name.lower() in other.lower() for name in names)


def _finding(pair: Pair, what: str, old: Mark | None, new: Mark | None) -> Finding:
    if old and new:
        message = f"“{_words(pair.source, old)}” ({_said(old)}) became “{_words(pair.target, new)}” ({_said(new)})."
    elif old:
        message = f"“{_words(pair.source, old)}” ({_said(old)}) is missing in the English."
    elif new:
        message = f"“{_words(pair.target, new)}” ({_said(new)}) is not in the German."
    kinds = {mark.kind for mark in (old, new) if mark}
    sure = kinds <= _ERRORS or (what == "changed" and kinds == {"relative"})
    dropped = what == "missing" and kinds == {"weekday"}  # by good translators too; a detail less is no wrong one
    severity: Severity = "error" if sure and not dropped else "warning"
    return Finding(
        code=f"dates.{what}",
        severity=severity,
        where=pair.id,
        message=message,
        source_spans=(_span(pair.source, old),) if old else (),
        target_spans=(_span(pair.target, new),) if new else (),
    )


def _words(text: str, mark: Mark) -> str:
    return text[mark.start : mark.end]


def _span(text: str, mark: Mark) -> Span:
    return Span(start=mark.start, end=mark.end, text=_words(text, mark))


def _said(mark: Mark) -> str:
    """Return in English what a mark says."""
    kind, value = mark.kind, mark.value.rpartition("/")[2]
    if kind == "weekday":
        return _WEEKDAYS[int(value)]
    if kind == "month":
        return _MONTHS[int(value) - 1]
    if kind in ("relative", "narrated"):
        unit, offset = value.split(":")
        return _DAYS[int(offset)] if unit == "day" else _OFFSETS[int(offset)].format(unit)
    if kind == "season":
        return _SEASONS[value]
    if kind == "decade":
        return f"the {value}s"
    if kind in ("day", "year", "century", "set"):
        return f"{kind} {value}" if kind != "set" else f"every {value}"
    return value.rstrip("?") or kind
