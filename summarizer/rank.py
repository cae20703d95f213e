"""Key sentences of an article, by TextRank and position."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from .article import Sentence, plain

WINDOW = 300
"""Sentences that are ranked: news puts first what matters, and the work grows with the square."""

_DAMPING = 0.85  # Mihalcea and Tarau 2004, after Brin and Page
_ROUNDS = 30
_STEM = 6
"""Letters by which German words are taken for the same: a crude stem that needs no dictionary."""
LEAD = 0.6
"""How fast the weight of the position falls; lead sentences carry the news."""

_WORD = re.compile(r"\w{4,}")


def key_sentences(sentences: Sequence[Sentence], lead: float = LEAD) -> list[Sentence]:
    """Return the body sentences, the most important first.

    TextRank (Mihalcea and Tarau 2004) over shared word stems, weighted by position.

    Args:
        sentences: The article's sentences.
        lead: How fast the weight of the position falls; with 0 it is TextRank alone.
    """
    body = [sentence for sentence in sentences if sentence.kind == "body"][:WINDOW]
    stems = [{word[:_STEM] for word in _WORD.findall(plain(sentence.text).lower())} for sentence in body]
    scores = _textrank(stems)
    ranked = sorted(range(len(body)), key=lambda index: (-scores[index] / (1.0 + lead * index), index))
    return [body[index] for index in ranked]


def _textrank(stems: Sequence[set[str]]) -> list[float]:
    size = len(stems)
    weights = [[0.0] * size for _ in range(size)]
    for left in range(size):
        for right in range(left):
            shared = len(stems[left] & stems[right])
            length = math.log(len(stems[left]) + 1) + math.log(len(stems[right]) + 1)
            if shared and length:
                weights[left][right] = weights[right][left] = shared / length
    totals = [sum(row) or 1.0 for row in weights]
    scores = [1.0] * size
    for _ in range(_ROUNDS):
        scores = [
            1 - _DAMPING + _DAMPING * sum(weights[j][i] / totals[j] * scores[j] for j in range(size) if weights[j][i])
            for i in range(size)
        ]
    return scores


_LEANING = re.compile(
    r"(?:Damit|Dies|Diese[rsmn]?|Er|Es|Beide[rsmn]?|Dabei|Dazu|Dort|Darin|Darum|Daher|Deshalb|Deswegen|Dagegen|Danach|"
    r"Hierbei|Hierzu|Zudem|Außerdem|Ferner|Jedoch|Allerdings|Dennoch|Trotzdem|Stattdessen|Ihre?[rnsm]?|Seine?[rnsm]?|"
    r"Jene[rsmn]?|Letztere[rsn]?|Ebenso|Ebenfalls|Gleichzeitig|Zugleich|Auch)\b"
    r"|(?:So|Sie) (?=[a-zäöü])"
    r"|(?:Das|Der|Die) (?:ist|sind|war|waren|hat|habe|haben|wird|sei|seien|soll|sollen|kann|könne)\b"
)


def leans_on_the_one_before(german: str) -> bool:
    """Say whether a sentence begins with a word that points back: alone it would not be understood."""
    return _LEANING.match(german) is not None
