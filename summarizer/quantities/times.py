"""Time expressions: what they are, and the engine that reads them with a grammar of rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
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
    """What a rule makes of a match."""

    type: TimeType
    value: str
    marks: tuple[Mark, ...] = ()


Builder = Callable[[re.Match[str], Anchor], Reading | None]


_WORD = re.compile(r"[^\W_]+")
_REACH = 7
"""How many words before its anchor a time expression may begin."""


class Grammar:
    """Rules in order of precedence: the first that matches at the leftmost place and reads it wins.

    Args:
        anchors: A pattern found in at least one word of every time expression; rules are tried only near such words.
        fragments: Patterns that rules name as `<name>`.
    """

    def __init__(self, anchors: str, **fragments: str) -> None:
        self._fragments = fragments
        self._rules: list[tuple[re.Pattern[str], Builder]] = []
        self._any: re.Pattern[str] | None = None
        anchor = re.compile(anchors)
        self._is_anchor = lru_cache(maxsize=1 << 16)(lambda word: anchor.search(word.lower()) is not None)

    def rule(self, pattern: str) -> Callable[[Builder], Builder]:
        """Add a rule; `<name>` in the pattern stands for a fragment, a space for any white space in a line."""
        pattern = re.sub(r"(?<!\?P)<(\w+)>", lambda match: f"(?:{self._fragments[match[1]]})", pattern)
        pattern = pattern.replace(" ", r"[^\S\n]+")

        def add(build: Builder) -> Builder:
            self._rules.append((re.compile(rf"(?:{pattern})(?!\w)", re.IGNORECASE), build))
            return build

        return add

    def read(self, text: str, anchor: Anchor) -> list[TimeExpression]:
        """Return the time expressions of a text, in order, without overlap."""
        found: list[TimeExpression] = []
        place = 0
        for start in self._starts(text):
            if start < place or (match := self._match(text, start, anchor)) is None:
                continue
            place, expression = match
            found.append(expression)
            _remember(anchor, expression)
        return found

    def _starts(self, text: str) -> Iterator[int]:
        """Yield where a time expression may begin: at the words up to an anchor, not inside a hyphenated word."""
        words = list(_WORD.finditer(text))
        tried = 0
        for index, word in enumerate(words):
            if not self._is_anchor(word[0]):
                continue
            for near in words[max(tried, index - _REACH) : index + 1]:
                start = near.start()
                if not (start > 1 and text[start - 1] == "-" and text[start - 2].isalpha()):
                    yield start
            tried = index + 1

    def _match(self, text: str, start: int, anchor: Anchor) -> tuple[int, TimeExpression] | None:
        if self._any is None:
            patterns = (re.sub(r"\(\?P<\w+>", "(?:", rule.pattern) for rule, _ in self._rules)
            self._any = re.compile("|".join(patterns), re.IGNORECASE)
        if self._any.match(text, start) is None:
            return None
        for rule, build in self._rules:
            if (match := rule.match(text, start)) is None or (reading := build(match, anchor)) is None:
                continue
            first, last = match.span("x") if "x" in rule.groupindex else match.span()
            kind, value, said = reading
            return match.end(), TimeExpression(first, last, text[first:last], kind, value, precision(value), said)
        return None


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


def _remember(anchor: Anchor, expression: TimeExpression) -> None:
    value = expression.value
    if re.match(r"[\dX]{4}-\d\d-\d\d", value):
        anchor.day = value[:10]
    if re.match(r"\d{4}(?:-|$)", value):
        anchor.year_named = int(value[:4]), expression.end


def marks(match: re.Match[str], **values: object) -> tuple[Mark, ...]:
    """Return a mark for each group that matched: `marks(match, month=10)` for the group `month`."""
    return tuple(
        Mark(kind.rstrip("_0123456789"), str(value), *match.span(kind))
        for kind, value in values.items()
        if value is not None and match[kind] is not None
    )
