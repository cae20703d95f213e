"""Time expressions: what they are, and the engine that reads them with a grammar of rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from ..items import Precision
from .anchor import Anchor

TimeType = Literal["DATE", "TIME", "DURATION", "SET"]


class Mark(NamedTuple):
    """One thing that a time expression says, comparable across languages, such as weekday 0, month 10, clock 20:15.

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


class Rules:
    """Rules of a grammar, each a pattern and the function that reads its matches.

    Args:
        fragments: Patterns that rules name as `<name>`.
    """

    def __init__(self, fragments: Mapping[str, str]) -> None:
        self._fragments = fragments
        self.patterns: list[tuple[str, Builder]] = []

    def add(self, pattern: str) -> Callable[[Builder], Builder]:
        """Add a rule; `<name>` in the pattern stands for a fragment, a space for white space within a line.

        The function returns what it reads, or None to leave the place to the next rule. A group `x` in the pattern is
        the expression; without one the whole match is.
        """
        pattern = re.sub(r"(?<!\?P)<(\w+)>", lambda match: f"(?:{self._fragments[match[1]]})", pattern)
        pattern = pattern.replace(" ", r"[^\S\n]+").replace("~", r"[^\S\n]?")

        def add(build: Builder) -> Builder:
            self.patterns.append((rf"(?:{pattern})(?!\w)", build))
            return build

        return add


_WORD = re.compile(r"[^\W_]+")
_INSIDE = re.compile(r"[^\W\d_]-|\d[.,]\d")
_REACH = 7
"""How many words before its anchor a time expression may begin."""
_FOLDED = str.maketrans("ſıİK", "siIK")
"""Letters that match s, i and k when case is ignored, but are not turned into them by `lower`."""


class Grammar:
    """Rules in order of precedence: the first that matches at the leftmost place and reads it wins.

    Args:
        anchors: A pattern found in at least one word of every time expression; rules are tried only near such words.
        rules: The rules, the more specific first.
    """

    def __init__(self, anchors: str, rules: Iterable[Rules]) -> None:
        patterns = [rule for several in rules for rule in several.patterns]
        self._rules = [(re.compile(pattern, re.IGNORECASE), build) for pattern, build in patterns]
        self._any = re.compile(
            "|".join(re.sub(r"\(\?P<\w+>", "(?:", pattern) for pattern, _ in patterns), re.IGNORECASE
        )
        anchor = re.compile(anchors)
        self._is_anchor = lru_cache(maxsize=1 << 16)(lambda word: anchor.search(word.lower()) is not None)

    def read(self, text: str, anchor: Anchor) -> list[TimeExpression]:
        """Return the time expressions of a text, in order, without overlap."""
        folded = text.translate(_FOLDED)
        found: list[TimeExpression] = []
        place = 0
        for start in self._starts(folded):
            if start < place or (read := self._read_at(folded, start, anchor)) is None:
                continue
            place, (first, last), (kind, value, said) = read
            found.append(TimeExpression(first, last, text[first:last], kind, value, precision(value), said))
            anchor.remember(value, last)
        return found

    def _starts(self, text: str) -> Iterator[int]:
        """Yield where a time expression may begin: at the words up to an anchor, not inside a compound or decimal."""
        words = list(_WORD.finditer(text))
        tried = 0
        for index, word in enumerate(words):
            if not self._is_anchor(word[0]):
                continue
            for near in words[max(tried, index - _REACH) : index + 1]:
                start = near.start()
                if start < 2 or not _INSIDE.match(text, start - 2):
                    yield start
            tried = index + 1

    def _read_at(self, text: str, start: int, anchor: Anchor) -> tuple[int, tuple[int, int], Reading] | None:
        if self._any.match(text, start) is None:
            return None
        for rule, build in self._rules:
            if (match := rule.match(text, start)) is not None and (reading := build(match, anchor)) is not None:
                return match.end(), match.span("x") if "x" in rule.groupindex else match.span(), reading
        return None


def precision(value: str) -> Precision:
    """Return how precise a TIMEX3 value is."""
    if "T" in value and not value.startswith("P"):
        return "minute" if re.search(r"T\d\d:\d\d", value) else "hour"
    if re.fullmatch(r"[\dX]{4}-(?:[\dX]{2}-\d{2}|W[\dX]{2}-\d)", value):
        return "day"
    if re.fullmatch(r"[\dX]{4}-\d{2}", value):
        return "month"
    if re.fullmatch(r"\d{4}", value):
        return "year"
    return "unknown" if value.endswith("_REF") or "X" in value else "period"


def marks(match: re.Match[str], **values: object) -> tuple[Mark, ...]:
    """Return a mark for each group that matched: `marks(match, month=10)` for the group `month`.

    A group's name may end in a figure (`day2`), which the kind of the mark does not have.
    """
    return tuple(
        Mark(group.rstrip("0123456789"), str(value), *match.span(group))
        for group, value in values.items()
        if value is not None and match[group] is not None
    )


def offset_mark(match: re.Match[str], unit: str, offset: int, group: str = "relative") -> tuple[Mark, ...]:
    """Return the mark of a time counted from today, `relative`, or from the time of the tale, `narrated`."""
    return (Mark("relative", f"{unit}:{offset}", *match.span(group)),)


def before(match: re.Match[str], words: str) -> bool:
    """Whether one of the words stands right before the match."""
    near = match.string[max(0, match.start() - 30) : match.start()]
    return re.search(rf"(?<!\w)(?:{words})[^\S\n]+$", near, re.IGNORECASE) is not None


def after(match: re.Match[str], pattern: str) -> bool:
    """Whether the text right behind the match fits a pattern; case counts."""
    return re.compile(pattern).match(match.string, match.end()) is not None
