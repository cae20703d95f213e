"""Time expressions: what they are, and the engine that reads them with a grammar of rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, reduce
from operator import or_
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


class Rule(NamedTuple):
    """A pattern, the function that reads its matches, and what one of the words of every match contains."""

    pattern: str
    build: Builder
    cue: str


class Rules:
    """Rules of a grammar.

    Args:
        fragments: Patterns that rules name as `<name>`.
        cues: Patterns that rules name as what is found in a word, in small letters, of all that they read.
    """

    def __init__(self, fragments: Mapping[str, str], cues: Mapping[str, str]) -> None:
        self._fragments = fragments
        self._cues = cues
        self.rules: list[Rule] = []

    def add(self, cue: str, pattern: str) -> Callable[[Builder], Builder]:
        """Add a rule; `<name>` in the pattern stands for a fragment, a space for white space within a line.

        The function returns what it reads, or None to leave the place to the next rule. A group `x` in the pattern is
        the expression; without one the whole match is.
        """
        pattern = re.sub(r"(?<!\?P)<(\w+)>", lambda match: f"(?:{self._fragments[match[1]]})", pattern)
        pattern = pattern.replace(" ", r"[^\S\n]+").replace("~", r"[^\S\n]?")

        def add(build: Builder) -> Builder:
            self.rules.append(Rule(rf"(?:{pattern})(?!\w)", build, self._cues[cue]))
            return build

        return add


_WORD = re.compile(r"[^\W_]+")
_INSIDE = re.compile(r"[^\W\d_]-|\d[.,]\d")
_REACH = 5
"""How many words before its cue a time expression may begin."""
_FOLDED = str.maketrans("ſıİK", "siIK")
"""Letters that match s, i and k when case is ignored, but are not turned into them by `lower`."""


class Grammar:
    """Rules in order of precedence: the first that matches at the leftmost place and reads it wins.

    A rule is compiled when the first text has its cue, and tried only near one: sets of rules are the bits of a number.

    Args:
        rules: The rules, the more specific first.
    """

    def __init__(self, rules: Iterable[Rules]) -> None:
        self._rules = [rule for several in rules for rule in several.rules]
        self._cues: dict[str, int] = {}
        for index, rule in enumerate(self._rules):
            self._cues[rule.cue] = self._cues.get(rule.cue, 0) | 1 << index
        self._any_cue = re.compile("|".join(self._cues))
        self._compiled = cache(lambda index: re.compile(self._rules[index].pattern, re.IGNORECASE))
        self._cued_by = lru_cache(maxsize=1 << 16)(self._find_cues)
        self._selected = lru_cache(maxsize=1 << 12)(self._select)

    def _find_cues(self, word: str) -> int:
        """Return the rules that a word is a cue for."""
        low = word.lower()
        if self._any_cue.search(low) is None:
            return 0
        return reduce(or_, (rules for cue, rules in self._cues.items() if re.search(cue, low)), 0)

    def _select(self, rules: int) -> list[tuple[re.Pattern[str], Builder]]:
        return [(self._compiled(i), rule.build) for i, rule in enumerate(self._rules) if rules >> i & 1]

    def read(self, text: str, anchor: Anchor) -> list[TimeExpression]:
        """Return the time expressions of a text, in order, without overlap."""
        folded = text.translate(_FOLDED)
        found: list[TimeExpression] = []
        place = 0
        for start, rules in self._starts(folded):
            if start < place or (read := self._read_at(folded, start, anchor, rules)) is None:
                continue
            place, (first, last), (kind, value, said) = read
            found.append(TimeExpression(first, last, text[first:last], kind, value, precision(value), said))
            anchor.remember(value, last)
        return found

    def _starts(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where a time expression may begin, not inside a compound or decimal, and the rules with a cue ahead."""
        cued = [self._cued_by(word) for word in _WORD.findall(text)]
        if not any(cued):
            return
        for index, word in enumerate(_WORD.finditer(text)):
            rules = reduce(or_, cued[index : index + _REACH + 1])
            start = word.start()
            if rules and (start < 2 or not _INSIDE.match(text, start - 2)):
                yield start, rules

    def _read_at(
        self, text: str, start: int, anchor: Anchor, rules: int
    ) -> tuple[int, tuple[int, int], Reading] | None:
        for pattern, build in self._selected(rules):
            if (match := pattern.match(text, start)) is not None and (reading := build(match, anchor)) is not None:
                return match.end(), match.span("x") if "x" in pattern.groupindex else match.span(), reading
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
