"""Measures of a score against labels, in plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby


def auroc(bad: Sequence[float], good: Sequence[float]) -> float | None:
    """Return how often a bad case scores below a good one (ties count half); None if either side is empty."""
    if not bad or not good:
        return None
    ordered = sorted([(score, True) for score in bad] + [(score, False) for score in good])
    wins, bad_so_far = 0.0, 0
    for _, tied in groupby(ordered, key=lambda case: case[0]):
        labels = [label for _, label in tied]
        bad_here = sum(labels)
        wins += (len(labels) - bad_here) * (bad_so_far + bad_here / 2)
        bad_so_far += bad_here
    return wins / (len(bad) * len(good))


def pairwise(bad: Sequence[float], good: Sequence[float]) -> float | None:
    """Return the share of cases whose bad version scores below its own good one; ties count half."""
    if not bad:
        return None
    return sum((b < g) + (b == g) / 2 for b, g in zip(bad, good, strict=True)) / len(bad)


def threshold(good: Sequence[float], share: float) -> float:
    """Return the score below which at most `share` of the good cases fall."""
    ordered = sorted(good)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def below(scores: Sequence[float], limit: float) -> float | None:
    """Return the share of the scores below the limit; None if there are none."""
    return sum(score < limit for score in scores) / len(scores) if scores else None


def brier(probabilities: Sequence[float], outcomes: Sequence[bool], weights: Sequence[float]) -> float:
    """Return the weighted mean squared difference of probability and outcome: 0 is perfect (Brier 1950)."""
    cases = zip(probabilities, outcomes, weights, strict=True)
    return sum(w * (p - o) ** 2 for p, o, w in cases) / sum(weights)


def reliability(
    probabilities: Sequence[float], outcomes: Sequence[bool], weights: Sequence[float], bins: int = 10
) -> list[tuple[float, float, float, int]]:
    """Return per bin of equal width that has any: mean probability, share that was right, share of all cases, count."""
    filled: dict[int, list[tuple[float, bool, float]]] = {}
    for probability, outcome, weight in zip(probabilities, outcomes, weights, strict=True):
        filled.setdefault(min(int(probability * bins), bins - 1), []).append((probability, outcome, weight))
    rows = []
    for _, cases in sorted(filled.items()):
        total = sum(w for *_, w in cases)
        said, was = sum(p * w for p, _, w in cases) / total, sum(w for _, o, w in cases if o) / total
        rows.append((said, was, total / sum(weights), len(cases)))
    return rows


def calibration_error(probabilities: Sequence[float], outcomes: Sequence[bool], weights: Sequence[float]) -> float:
    """Return the expected calibration error: the mean gap between the two sides of `reliability`, by cases."""
    return sum(abs(said - was) * share for said, was, share, _ in reliability(probabilities, outcomes, weights))
