"""What the finders of persons, organisations and places hand over."""

from __future__ import annotations

from typing import NamedTuple

from ..items import Entity


class Candidate(NamedTuple):
    """A stretch of a sentence that may be a name: `text[start:end]`.

    Attributes:
        start: Offset of the first character.
        end: Offset behind the last character, a genitive's s left out where that is sure.
        of: The class.
        strength: How sure the sign is; where two overlap, the stronger one stands, then the longer.
        english: Its English where a list has it.
        role: The office printed before it, in English.
    """

    start: int
    end: int
    of: type[Entity]
    strength: int
    english: str | None = None
    role: str | None = None


LISTED, CUED, FORMED, GUESSED = 4, 5, 6, 2
"""Strengths: in a list; with an office, given name or kind beside it; by a legal form or an expansion; by a preposition."""
