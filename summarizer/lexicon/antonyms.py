"""Opposites: a German word whose English is the opposite of what it should be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from ..findings import Span
from .tokens import Token, tokenise

WEAK = "~"
"""Before a line whose words are often opposites by chance: nach (after, to), vor (before, ago)."""

_Forms = tuple[dict[str, set[int]], dict[str, set[int]]]
"""Whole words and stems of one language, each with its poles: 2n for the left pole of line n, 2n + 1 for the right."""


@cache
def _table() -> tuple[_Forms, _Forms, frozenset[int]]:
    """Return the forms of both languages, and the poles of the weak lines."""
    german: _Forms = ({}, {})
    english: _Forms = ({}, {})
    weak: set[int] = set()
    lines = files(__package__).joinpath("antonyms.txt").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if line.startswith("#") or "=" not in line:
            continue
        if line.startswith(WEAK):
            weak |= {2 * number, 2 * number + 1}
        for side, forms in zip((german, english), line.removeprefix(WEAK).split(" = "), strict=True):
            for pole, words in enumerate(forms.split(" / ")):
                for word in words.split():
                    part = side[1] if word.endswith("*") else side[0]
                    part.setdefault(word.rstrip("*"), set()).add(2 * number + pole)
    return german, english, frozenset(weak)


def _poles(text: str, *, german: bool) -> dict[int, Token]:
    """Return each pole that `text` names, with the first word for it."""
    found: dict[int, Token] = {}
    for token in tokenise(text):
        if token.text in _OF_AGE and _AGE.search(text, 0, token.start):
            continue
        for pole in _poles_of(token.text, german=german):
            found.setdefault(pole, token)
    for poles, token in _twos(text) if german else ():
        for pole in poles:
            found.setdefault(pole, token)
    return found


@cache
def _seconds() -> frozenset[str]:
    return frozenset(form.partition("_")[2] for form in _table()[0][0] if "_" in form)


def _twos(text: str) -> Iterator[tuple[set[int], Token]]:
    """Yield the poles of two German words that the table joins: side by side, or one and the last of its clause."""
    tokens = tokenise(text)
    for i, last in enumerate(tokens):
        if last.text.lower() not in _seconds():
            continue
        ends = i + 1 == len(tokens) or _STOP.search(text, last.end, tokens[i + 1].end)
        for first in reversed(tokens[:i] if ends else tokens[max(i - 1, 0) : i]):
            if _STOP.search(text, first.end, last.start):
                break
            if poles := _table()[0][0].get(f"{first.text}_{last.text}".lower()):
                yield poles, Token(text[first.start : last.end], first.start, last.end)


_STOP = re.compile(r"(?<!\d)[,.;:–!?]|\b(?:und|wie|als)\b")
"""What ends a clause; a comma behind a digit may be that of 3,5."""

_OF_AGE = frozenset({"alt", "old"})
_AGE = re.compile(r"(?:Jahre|Monate|Wochen|Tage|years?|months|weeks|days)[ -]$")
"""Before `alt` and old that tell an age, and are no opposite of young."""


@lru_cache(maxsize=65_536)
def _poles_of(word: str, *, german: bool) -> frozenset[int]:
    whole, stems = _table()[0] if german else _table()[1]
    word = word.lower()
    poles = set(whole.get(word, ()))
    for size in range(3, min(len(word), 14) + 1):
        if found := stems.get(word[:size]):
            poles |= found
    return frozenset(poles)


def _ends_in(text: str, pole: int) -> bool:
    """Whether the head of a German compound names a pole: `Umsatzwachstum`."""
    return any(
        pole in _poles_of(token.text[cut:], german=True)
        for token in tokenise(text)
        if token.capitalised
        for cut in range(3, len(token.text) - 4)
    )


def flips(source: str, target: str) -> Iterator[tuple[Span, Span, bool]]:
    """Yield (German word, English word, sure) where each names one pole of a pair alone, and not the same one."""
    weak = _table()[2]
    here, there = _poles(source, german=True), _poles(target, german=False)
    for pole, word in here.items():
        other = pole ^ 1
        if other not in here and other in there and pole not in there and not _ends_in(source, other):
            yield word.span, there[other].span, pole not in weak
