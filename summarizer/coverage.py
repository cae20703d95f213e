"""How much of a sentence do single words of its translation answer? By the vectors of words read one by one.

The vector of a whole sentence hardly moves when one of its words is lost or exchanged. A word alone has a vector too,
near to that of its translation (*Badezimmer*, bathroom: 0.90); so a rare word that no word of the other side comes near
is told apart. Function words, which languages drop and add as they please, count little: they are common.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .lexicon.tokens import tokenise
from .lexicon.words import rarity
from .vectors import embed

if TYPE_CHECKING:
    from .vectors import Floats

_ANSWERED = 0.65
"""Cosine from which a word counts as answered in full."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What single words leave open, 0 or more: words counted by their rarity and by what they lack to be answered.

    Attributes:
        unanswered: Of the German words, in the English.
        unfounded: Of the English words, in the German.
    """

    unanswered: float
    unfounded: float


def cover(pairs: Sequence[tuple[str, str]]) -> list[Coverage]:
    """Return what the single words of each German and English text leave open.

    Raises:
        SetupError: The encoder is not installed.
    """
    sides = [_sides(german, english) for german, english in pairs]
    words = dict.fromkeys(word for two in sides for one in two for word in one)
    places = {word: place for place, word in enumerate(words)}
    if not places:
        return [Coverage(0.0, 0.0)] * len(pairs)
    vectors = embed(list(places))
    return [_cover(german, english, places, vectors) for german, english in sides]


def _sides(german: str, english: str) -> tuple[list[str], list[str]]:
    """Return the words of both sides without those that both have: these answer each other, and most are names."""
    sides = [[word.text for word in tokenise(text)] for text in (german, english)]
    both = set(sides[0]) & set(sides[1])
    return [word for word in sides[0] if word not in both], [word for word in sides[1] if word not in both]


def _cover(german: list[str], english: list[str], places: dict[str, int], vectors: Floats) -> Coverage:
    if not (german and english):
        return Coverage(_open(german, [0.0] * len(german), "de"), _open(english, [0.0] * len(english), "en"))
    likeness = vectors[[places[word] for word in german]] @ vectors[[places[word] for word in english]].T
    return Coverage(
        _open(german, likeness.max(axis=1).tolist(), "de"),
        _open(english, likeness.max(axis=0).tolist(), "en"),
    )


def _open(words: list[str], nearest: list[float], language: str) -> float:
    return sum(
        rarity(word, language) * (_ANSWERED - cosine)
        for word, cosine in zip(words, nearest, strict=True)
        if cosine < _ANSWERED
    )
