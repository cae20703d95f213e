"""Words of a text with their offsets, and spans that point at them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ..findings import Span

_WORD = re.compile(r"[^\W\d_]+(?:[.'’´`‑-](?=[^\W\d_])[^\W\d_]+)*")


class Token(NamedTuple):
    """A word, with inner hyphens, points (U.S) and apostrophes: `text[start:end]`."""

    text: str
    start: int
    end: int

    @property
    def capitalised(self) -> bool:
        """Whether its first letter is upper case."""
        return self.text[0].isupper()

    @property
    def span(self) -> Span:
        """The token as a finding shows it."""
        return Span(start=self.start, end=self.end, text=self.text)


@lru_cache(maxsize=64)
def tokenise(text: str) -> tuple[Token, ...]:
    """Return the words of `text` in order; digits and punctuation are left out."""
    return tuple([Token(match[0], *match.span()) for match in _WORD.finditer(text)])


def span(text: str, start: int, end: int) -> Span:
    """Return `text[start:end]` as a span of a finding."""
    return Span(start=start, end=end, text=text[start:end])


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list written as one string."""
    return frozenset(words.split())
