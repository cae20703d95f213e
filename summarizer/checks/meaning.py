"""Does the English say as much as the German, no more and no less? By sentence vectors that both languages share.

Needs the encoder of the extra `local` (`summarizer.vectors`) and works on batches, unlike the rule checks.
It doubts four things: German words that nothing in the English answers (`meaning.omission`), English words that
nothing in the German answers (`meaning.addition`), a pair whose meanings lie far apart (`meaning.inadequate`), and an
English sentence that fits a neighbour better than its own German (`meaning.misplaced`).

The thresholds are percentiles of published translations (2,435 pairs of newstest2021, both references, and of
NTREX-128): a warning where about 1 % of those lie beyond, an error where about 0.2 % do; see docs/checks/meaning.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from ..findings import Finding, Severity, Span
from ..vectors import Pull, Reading, embed, in_parallel, pulls, read
from . import Pair

_Limits = tuple[tuple[float, Severity], ...]
_FAR: _Limits = ((0.7, "error"), (0.55, "warning"))
"""Distance (1 - cosine) above which the two sides lie far apart."""
_MISSING: _Limits = ((0.21, "error"), (0.13, "warning"))
"""`Likeness.shortfall` above which something is missing."""
_ADDED: _Limits = ((0.13, "warning"),)
"""Gain in cosine without some English words above which they are an addition."""
_FITS, _FITS_BETTER = 0.6, 0.25
"""Cosine to a neighbour's German, and its distance to the own, from which an English sentence is misplaced."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How near the two sides of a pair lie; cosines of sentence vectors, 1 is the same meaning, 0 is none.

    Attributes:
        cosine: Of the two texts.
        missing: The German words that pull the German most away from the English.
        added: The English words that pull the English most away from the German.
        growth: Logarithm of English words per German word.
    """

    cosine: float
    missing: Pull
    added: Pull
    growth: float

    @property
    def shortfall(self) -> float:
        """How much speaks for an omission: the gain without the missing words, and more if the English is short.

        An English sentence has on average 1.05 words for each German one (newstest2021, NTREX-128).
        """
        return self.missing.gain - 0.2 * min(self.growth, 0.1)


@dataclass(frozen=True, slots=True)
class Bearing:
    """How far German evidence bears out an English text.

    Attributes:
        cosine: Of the text and the part of the evidence that lies nearest to it.
        added: The English words that pull the text most away from that.
    """

    cosine: float
    added: Pull


def bearings(texts: Sequence[str], sides: Sequence[Sequence[str]]) -> list[Bearing]:
    """Return how far each text is borne out by the nearest of its sides, of which there must be at least one.

    Raises:
        SetupError: The encoder is not installed.
    """
    return list(chain.from_iterable(in_parallel(_bearings, list(zip(texts, sides, strict=True)))))


def _bearings(claims: Sequence[tuple[str, Sequence[str]]]) -> list[Bearing]:
    import numpy as np

    readings = read([text for text, _ in claims])
    rows = iter(embed([side for _, sides in claims for side in sides]))
    near = []
    for reading, (_, sides) in zip(readings, claims, strict=True):
        near.append(max((next(rows) for _ in sides), key=lambda row: float(row @ reading.vector)))
    return [
        Bearing(float(row @ reading.vector), added)
        for reading, row, added in zip(readings, near, pulls(readings, np.stack(near)), strict=True)
    ]


def measure_and_check(pairs: Sequence[Pair]) -> list[tuple[Likeness, list[Finding]]]:
    """Return the likeness of each pair and the findings about it, at the price of one.

    Raises:
        SetupError: The encoder is not installed.
    """
    measured = _measured(pairs)
    found = []
    for pair, (likeness, source, target) in zip(pairs, measured, strict=True):
        fitting = _fitting_neighbour(pair, likeness, target)
        if fitting is not None:
            message = f"The English reads like the translation of another sentence ({fitting})."
            findings = [Finding(code="meaning.misplaced", severity="error", where=pair.id, message=message)]
        else:
            findings = list(_findings(pair, likeness, source, target))
        found.append((likeness, findings))
    return found


_Measured = tuple[Likeness, Reading, Reading]


def _measured(pairs: Sequence[Pair]) -> list[_Measured]:
    return list(chain.from_iterable(in_parallel(_measured_batch, pairs)))


def _measured_batch(pairs: Sequence[Pair]) -> list[_Measured]:
    import numpy as np

    readings = read([pair.source for pair in pairs] + [pair.target for pair in pairs])
    sources, targets = readings[: len(pairs)], readings[len(pairs) :]
    other_sides = np.stack([reading.vector for reading in (*targets, *sources)])
    found = pulls(readings, other_sides)
    missing, added = found[: len(pairs)], found[len(pairs) :]
    return [
        (_likeness(source, target, missing[i], added[i]), source, target)
        for i, (source, target) in enumerate(zip(sources, targets, strict=True))
    ]


def _likeness(source: Reading, target: Reading, missing: Pull, added: Pull) -> Likeness:
    return Likeness(
        cosine=float(source.vector @ target.vector),
        missing=missing,
        added=added,
        growth=math.log((len(target.spans) + 1) / (len(source.spans) + 1)),
    )


def _findings(pair: Pair, likeness: Likeness, source: Reading, target: Reading) -> Iterator[Finding]:
    def finding(code: str, severity: Severity, message: str, **spans: tuple[Span, ...]) -> Finding:
        return Finding(code=f"meaning.{code}", severity=severity, where=pair.id, message=message, **spans)

    terse = pair.kind in ("headline", "heading")  # rewritten rather than translated: only errors count
    if severity := _beyond(1 - likeness.cosine, _FAR, terse):
        yield finding("inadequate", severity, "The English seems to say something else than the German.")
        return
    if likeness.missing.gain > 0 and (severity := _beyond(likeness.shortfall, _MISSING, terse)):
        span = _span(pair.source, source, likeness.missing)
        yield finding("omission", severity, f"Nothing in the English answers “{span.text}”.", source_spans=(span,))
    if severity := _beyond(likeness.added.gain, _ADDED, terse):
        span = _span(pair.target, target, likeness.added)
        yield finding("addition", severity, f"Nothing in the German answers “{span.text}”.", target_spans=(span,))


def _beyond(value: float, limits: _Limits, terse: bool) -> Severity | None:
    reached = [severity for limit, severity in limits if value > limit and (severity == "error" or not terse)]
    return reached[0] if reached else None


def _span(text: str, reading: Reading, run: Pull) -> Span:
    start, end = reading.spans[run.first][0], reading.spans[run.last - 1][1]
    return Span(start=start, end=end, text=text[start:end])


def _fitting_neighbour(pair: Pair, likeness: Likeness, target: Reading) -> str | None:
    """Return the id of the sentence around whose German the English fits, if it fits that and not its own."""
    if not pair.around or 1 - likeness.cosine < _FAR[-1][0]:
        return None
    cosines = embed([text for _, text in pair.around]) @ target.vector
    best = int(cosines.argmax())
    fits = cosines[best] > _FITS and cosines[best] > likeness.cosine + _FITS_BETTER
    return pair.around[best][0] if fits else None
