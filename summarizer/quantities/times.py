"""Time expressions: what they are, and the engine that reads them with a grammar of rules."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from ..items import Precision
from .anchor import Anchor

TimeType = Literal["DATE", "TIME", "DURATION", "SET"]


class Mark(NamedTuple):
    """One thing that a time expression says, comparable across languages: weekday 0, month 10, clock 20:15 …

    `start` and `end` are offsets into the text.
    """

    kind: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time that a text names: `text[start:end]` is `as_printed`.

    Attributes:
        start: Offset of the first character.
        end: Offset behind the last character.
        as_printed: The words that say when.
        type: TIMEX3 type.
        value: TIMEX3 value, e.g. 2025-10-03, 2025-W40, P3D, PAST_REF; X where it cannot be told.
        precision: How precise the value is.
        marks: What it says, part by part, for comparing it with a translation.
    """

    start: int
    end: int
    as_printed: str
    type: TimeType
    value: str
    precision: Precision
    marks: tuple[Mark, ...] = ()


class Reading(NamedTuple):
    """What a rule makes of a match. Without a `type` it only has marks."""

    type: TimeType | None
    value: str
    marks: tuple[Mark, ...] = ()


Builder = Callable[[re.Match[str], Anchor], Reading | None]


class Grammar:
    """Rules in order of precedence: the first that matches at the leftmost place and reads it wins."""

    def __init__(self, **fragments: str) -> None:
        self._fragments = fragments
        self._patterns: list[str] = []
        self._rules: list[tuple[re.Pattern[str], Builder]] = []
        self._any: re.Pattern[str] | None = None

    def rule(self, pattern: str) -> Callable[[Builder], Builder]:
        """Add a rule; `<name>` in the pattern stands for a fragment, spaces for any white space."""
        pattern = re.sub(r"(?<!\?P)<(\w+)>", lambda match: f"(?:{self._fragments[match[1]]})", pattern)
        pattern = pattern.replace(" ", r"[^\S\n]+")

        def add(build: Builder) -> Builder:
            self._patterns.append(re.sub(r"\(\?P<\w+>", "(?:", pattern))
            self._rules.append((re.compile(rf"(?:{pattern})(?!\w)", re.IGNORECASE), build))
            return build

        return add

    def read(self, text: str, anchor: Anchor) -> list[TimeExpression]:
        """Return the time expressions of a text, in order, without overlap."""
        if self._any is None:
            anything = "|".join(f"(?:{pattern})" for pattern in self._patterns)
            self._any = re.compile(rf"(?<!\w)(?=\w)(?<![^\W\d]-)(?:{anything})(?!\w)", re.IGNORECASE)
        found, place = [], 0
        while (candidate := self._any.search(text, place)) is not None:
            place = candidate.start()
            for rule, build in self._rules:
                if (match := rule.match(text, place)) is None or (reading := build(match, anchor)) is None:
                    continue
                start, end = match.span("x") if "x" in rule.groupindex and match["x"] else match.span()
                if reading.type is not None:
                    found.append(
                        TimeExpression(
                            start, end, text[start:end], reading.type, reading.value, precision(reading.value), reading.marks
                        )
                    )
                    _remember(anchor, reading.value, end)
                place = max(match.end(), place + 1)
                break
            else:
                place += 1
        return found


def precision(value: str) -> Precision:
    """Return how precise a TIMEX3 value is."""
    if "T" in value and not value.startswith("P"):
        return "minute" if re.search(r"T\d\d:\d\d", value) else "hour"
    if re.fullmatch(r"[\dX]{4}-[\dX]{2}-\d{2}", value) or re.fullmatch(r"[\dX]{4}-W[\dX]{2}-\d", value):
        return "day"
    if re.fullmatch(r"[\dX]{4}-\d{2}", value):
        return "month"
    if re.fullmatch(r"\d{4}", value):
        return "year"
    return "unknown" if value.endswith("_REF") or "X" in value else "period"


def _remember(anchor: Anchor, value: str, end: int) -> None:
    if re.match(r"[\dX]{4}-\d\d-\d\d", value):
        anchor.day = value[:10]
    if re.match(r"\d{4}(?:-|$)", value):
        anchor.year_named = int(value[:4]), end


def marks(match: re.Match[str], **values: object) -> tuple[Mark, ...]:
    """Return a mark for each group that matched: `marks(match, month=10)` for the group `month`."""
    return tuple(
        Mark(kind.rstrip("_0123456789"), str(value), *match.span(kind))
        for kind, value in values.items()
        if value is not None and match[kind] is not None
    )
