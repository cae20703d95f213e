"""Which of several translations of a sentence is best? A linear score, its weights fitted on development data.

A model that only continues text is often wrong in its likeliest answer and right in one of its samples. They are scored
by what the checks say of them (the confidence), what the model thinks of them (log-probability) and their length. The
weights stand in `choice.json`, with how they were fitted (`benchmarks/fit_choice.py`); what they reach on other
sentences prints `benchmarks/embedded_quality.py` (docs/embedded-quality.md). There are two sets: with sentence vectors and without.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

from .checks import Pair
from .confidence import Assessment
from .vectors import available

WEIGHTS_FILE: Final = "choice.json"
SURE: Final = 0.8
"""Confidence from which on a sentence is left as it is at `normal`: its samples gain little (docs/embedded-quality.md)."""
LENGTH: Final = 0.3
"""Up to this size the logarithm of English by German characters says nothing against a translation."""
LEAST_LOGPROB: Final = -3.0
"""Mean log-probability below which all is equally unlikely; what stands for one that an endpoint does not tell."""
MOST_EVIDENCE: Final = 6.0
"""Log-odds of the confidence beyond which one is as good, or as bad, as another."""


def best(pairs: Sequence[Pair], assessments: Sequence[Assessment], logprobs: Sequence[float | None]) -> int:
    """Return the index of the best of several translations of one sentence; the first of equals.

    Args:
        pairs: The same German with each of the candidates, at least one.
        assessments: What the checks say of each.
        logprobs: Mean log-probability of each candidate's tokens; None if it is not known.
    """
    weights = _weights("vectors" if available() else "rules")
    scores = [
        sum(weights[name] * value for name, value in measures(*candidate).items())
        for candidate in zip(pairs, assessments, logprobs, strict=True)
    ]
    return scores.index(max(scores))


def sure(assessment: Assessment) -> bool:
    """Tell whether a translation is so likely right that other versions need not be looked at."""
    return assessment.confidence >= SURE and not assessment.doubtful


def measures(pair: Pair, assessment: Assessment, logprob: float | None) -> dict[str, float]:
    """Return what a candidate is scored by: log-odds of its confidence, mean log-probability, excess of length."""
    confidence = min(max(assessment.confidence, 1e-9), 1 - 1e-9)
    odds = math.log(confidence / (1 - confidence))
    return {
        "confidence": max(min(odds, MOST_EVIDENCE), -MOST_EVIDENCE),
        "logprob": LEAST_LOGPROB if logprob is None else max(logprob, LEAST_LOGPROB),
        "length": max(abs(math.log(max(len(pair.target), 1) / max(len(pair.source), 1))) - LENGTH, 0.0),
    }


@cache
def _weights(kind: str) -> Mapping[str, float]:
    weights: Mapping[str, float] = json.loads((files(__package__) / WEIGHTS_FILE).read_text("utf-8"))["weights"][kind]
    return weights
