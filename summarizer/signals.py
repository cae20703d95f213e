"""What the confidence of a pair is computed from: findings, lengths, repetition, grammar, and distances of meaning.

Every signal is a number from 0 to 1 with a readable name; one that is absent is 0. Continuous measures are cut into
ramps ("cosine below 0.5, to 0.35" rises from 0 to 1 between the two), so that a sum of weighted signals can bend; all
ramps rise towards what is bad, so that weights of 0 or more keep the sum monotone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from .checks import Pair
from .checks.length import surprise
from .findings import Finding
from .lexicon.words import counts

if TYPE_CHECKING:
    from .checks.meaning import Likeness

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*|[.,;:!?)]")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

_DETERMINERS = {"a", "an", "the", "my", "your", "its", "our", "their", "every"}
_PREPOSITIONS = {"at", "between", "by", "during", "for", "from", "in", "into", "of", "on", "through", "to", "with"}
_AUXILIARIES = {"is", "are", "was", "were", "has", "had", "will", "would", "could", "should", "may", "might", "must"}
_NO_COMPLEMENT = {"and", "or", "but", ".", ";", ":"} | _AUXILIARIES
_NO_NOUN = (
    {"a", "an", "the", "that", "which", "who", "have", "can", "been", "be", "being", "they", "he", "she", "it", "we"}
    | {",", "!", "?", ")"}
    | _PREPOSITIONS
    | _NO_COMPLEMENT
)

_SMALL_IS_BAD: dict[str, tuple[float, ...]] = {
    "cosine": (0.0, 0.2, 0.35, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0),
    "length": (-8.0, -5.0, -3.5, -2.5, -1.5, -0.5, 1.0),
}
_LARGE_IS_BAD: dict[str, tuple[float, ...]] = {
    "length": (0.0, 1.5, 2.5, 3.5, 5.0),
    "missing": (-0.4, -0.15, -0.05, 0.03, 0.08, 0.15, 0.3),
    "added": (-0.4, -0.15, -0.05, 0.03, 0.08, 0.15, 0.3),
    "shortfall": (-0.2, -0.1, 0.0, 0.1, 0.2, 0.4),
}
"""Where each measure bends: spread over its range in published translations and in the hallucination set."""
_RAMPS = {
    name: [
        *((f"below {high:g}, to {low:g}", high, low) for low, high in pairwise(_SMALL_IS_BAD.get(name, ()))),
        *((f"above {low:g}, to {high:g}", low, high) for low, high in pairwise(_LARGE_IS_BAD.get(name, ()))),
    ]
    for name in _SMALL_IS_BAD | _LARGE_IS_BAD
}
_COUNTED = 2
_SOON = 5  # words


def signals(pair: Pair, findings: Sequence[Finding], likeness: Likeness | None = None) -> dict[str, float]:
    """Return the signals of a pair by name, each from 0 to 1; those of meaning only if `likeness` is given."""
    found: dict[str, float] = {}
    for finding in findings:
        name = f"{finding.code} {finding.severity}"
        found[name] = min(found.get(name, 0.0) + 1 / _COUNTED, 1.0)
    found.update(_wording(pair))
    measures = {}
    if pair.source.strip() and pair.target.strip():
        measures["length"] = surprise(pair.source, pair.target)
    if likeness is not None:
        measures |= {
            "cosine": likeness.cosine,
            "missing": likeness.missing.gain,
            "added": likeness.added.gain,
            "shortfall": likeness.shortfall,
        }
    for name, value in measures.items():
        found.update(ramps(name, value))
    return {name: value for name, value in found.items() if value}


def ramps(name: str, value: float) -> Iterator[tuple[str, float]]:
    """Yield a measure as signals, one for each stretch of its range, each rising from 0 to 1 towards what is bad."""
    for place, none, full in _RAMPS[name]:
        yield f"{name} {place}", min(max((value - none) / (full - none), 0.0), 1.0)


def _wording(pair: Pair) -> Iterator[tuple[str, float]]:
    words = [match.group() for match in _WORD.finditer(pair.target)]
    lower = [word.lower() for word in words]
    letters = [word for word in lower if word[0].isalnum()]
    if not letters:
        return
    yield "long source", min(math.log(1 + len(pair.source.split())) / 4, 1.0)
    yield "repeated words", 1 - len(set(letters)) / len(letters)
    pairs = list(pairwise(lower))
    yield "repeated pairs", 1 - len(set(pairs)) / max(len(pairs), 1)
    yield "said again soon", _said_again(pair)
    source = {match.group().lower() for match in _WORD.finditer(pair.source)}
    common = [word for word in words if len(word) > 3 and word.islower()]
    yield "copied words", sum(word in source for word in common) / max(len(common), 1)
    yield "determiner without noun", _share(sum(a in _DETERMINERS and b in _NO_NOUN for a, b in pairs))
    yield "preposition without noun", _share(sum(a in _PREPOSITIONS and b in _NO_COMPLEMENT for a, b in pairs))


def _said_again(pair: Pair) -> float:
    """Return how many rare words the English says twice within a few words ("fun and fun"), less what the German does."""
    english = _LETTERS.findall(pair.target.lower())
    stems = [word.removesuffix("s") if len(word) > 4 else word for word in english]
    again = sum(
        _rarity(word)
        for place, word in enumerate(english)
        if len(word) > 2 and stems[place] in stems[max(place - _SOON + 1, 0) : place]
    )
    if not again:
        return 0.0
    german = _LETTERS.findall(pair.source.lower())
    beginnings = [word[:5] for word in german]
    excused = sum(
        len(word) > 3 and beginnings[place] in beginnings[max(place - _SOON, 0) : place]
        for place, word in enumerate(german)
    )
    return min(max(again - excused, 0.0), 1.0)


def _rarity(word: str) -> float:
    """Return 1 for an English word counted at most 400 times among 1.6 thousand million, 0 for the 200 commonest."""
    return min(max(1 - math.log((counts("en").get(word) + 50) / 450) / 8, 0.0), 1.0)


def _share(count: int) -> float:
    return min(count, _COUNTED) / _COUNTED
