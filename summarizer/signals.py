"""What the confidence of a pair is computed from: findings, lengths, words, fluency, and distances of meaning.

Every signal is a number from 0 to 1 with a readable name; one that is absent is 0. Continuous measures are cut into
ramps ("cosine below 0.5, to 0.35" rises from 0 to 1 between the two), so that a sum of weighted signals can bend; all
ramps rise towards what is bad, so that weights of 0 or more keep the sum monotone. What finds its own thresholds takes
the measures as they are.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

from .checks import Pair
from .checks.length import surprise
from .fluency import fluency
from .lexicon.translations import account
from .lexicon.words import is_english, rarity

if TYPE_CHECKING:
    from .checks.suite import Examination

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
    "unrendered": (0.0, 0.5, 1.0, 2.0, 4.0),
    "unexplained": (0.0, 0.5, 1.0, 2.0, 4.0),
    "more unexplained than unrendered": (-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 4.0),
    "share unrendered": (0.0, 0.15, 0.3, 0.5, 0.8),
    "share unexplained": (0.0, 0.15, 0.3, 0.5, 0.8),
    "disfluency": (-3.6, -2.7, -2.1, -1.5, -1.0, -0.4, 0.5),
    "disfluency by German word": (-3.1, -2.3, -1.8, -1.2, -0.7, -0.3, 0.25),
    "clashes": (0.0, 1.0, 2.5, 5.0, 9.0, 14.0),
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


class Observation(NamedTuple):
    """What a pair shows, by readable names; what is 0 is left out.

    Attributes:
        signals: Each from 0 to 1, the continuous measures in ramps.
        measures: The same with each continuous measure as it is, and some more.
    """

    signals: dict[str, float]
    measures: dict[str, float]


def observe(pair: Pair, examination: Examination) -> Observation:
    """Return what the confidence of a pair is computed from; what lies in its meaning only if that was examined."""
    found = _found(pair, examination)
    measured = _measures(pair, examination)
    ramped = chain.from_iterable(ramps(name, value) for name, value in measured.items())
    further = {
        "German words": float(len(pair.source.split())),
        "English words": float(len(pair.target.split())),
        "said again": _said_again(pair, None),
        "unknown words": float(_unknown(pair)),
        "growth": examination.likeness.growth if examination.likeness else 0.0,
    }
    return Observation(
        {name: value for name, value in chain(found.items(), ramped) if value},
        {name: value for name, value in chain(found.items(), measured.items(), further.items()) if value},
    )


def _found(pair: Pair, examination: Examination) -> dict[str, float]:
    found: dict[str, float] = {}
    for finding in examination.findings:
        name = f"{finding.code} {finding.severity}"
        found[name] = min(found.get(name, 0.0) + 1 / _COUNTED, 1.0)
    found.update(_wording(pair))
    return found


def _measures(pair: Pair, examination: Examination) -> dict[str, float]:
    measured = {}
    if pair.source.strip() and pair.target.strip():
        measured["length"] = surprise(pair.source, pair.target)
    words = account(pair.source, pair.target)
    measured |= {
        "unrendered": words.unrendered,
        "unexplained": words.unexplained,
        "more unexplained than unrendered": words.unexplained - words.unrendered,
        "share unrendered": words.share_unrendered,
        "share unexplained": words.share_unexplained,
    }
    if (likeness := examination.likeness) is not None:
        measured |= {
            "cosine": likeness.cosine,
            "missing": likeness.missing.gain,
            "added": likeness.added.gain,
            "shortfall": likeness.shortfall,
        }
        flow = fluency(pair.target)
        measured |= {
            "disfluency": flow.mean,
            "disfluency by German word": flow.per(len(pair.source.split())),
            "clashes": flow.clashes,
        }
    return measured


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
    yield "said again soon", min(_said_again(pair, _SOON), 1.0)
    source = {match.group().lower() for match in _WORD.finditer(pair.source)}
    common = [word for word in words if len(word) > 3 and word.islower()]
    yield "copied words", sum(word in source for word in common) / max(len(common), 1)
    yield "determiner without noun", _share(sum(a in _DETERMINERS and b in _NO_NOUN for a, b in pairs))
    yield "preposition without noun", _share(sum(a in _PREPOSITIONS and b in _NO_COMPLEMENT for a, b in pairs))


def _said_again(pair: Pair, within: int | None) -> float:
    """Return how many rare words the English says again ("fun and fun"), less what the German does, 0 or more.

    Args:
        pair: Both texts.
        within: Within how many words; None is anywhere.
    """
    english = _LETTERS.findall(pair.target.lower())
    stems = [word.removesuffix("s") if len(word) > 4 else word for word in english]
    again = sum(
        rarity(word, "en")
        for place, word in enumerate(english)
        if len(word) > 2 and stems[place] in stems[max(place - within + 1, 0) if within else 0 : place]
    )
    if not again:
        return 0.0
    german = _LETTERS.findall(pair.source.lower())
    beginnings = [word[:5] for word in german]
    excused = sum(
        len(word) > 3 and beginnings[place] in beginnings[max(place - within, 0) if within else 0 : place]
        for place, word in enumerate(german)
    )
    return max(again - excused, 0.0)


def _unknown(pair: Pair) -> int:
    """Return how many English words in lower case are in no list of English, and not in the German either."""
    german = pair.source.lower()
    return sum(
        word.islower() and len(word) > 3 and not is_english(word) and word not in german
        for word in _LETTERS.findall(pair.target)
    )


def _share(count: int) -> float:
    return min(count, _COUNTED) / _COUNTED
