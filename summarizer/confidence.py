"""How likely is a translated segment right? All checks, and one calibrated probability from what they find.

Three risks are told from the `signals`: that something is wrong (a logistic regression), that the English is made up or
caught in a loop, and that a part is missing (sums of steps). The confidence is the probability that it is neither wrong nor
made up. Weights and steps stand in `confidence.json`, with how they were fitted and what cross-validation says of them
(`benchmarks/fit_confidence.py`). There are two sets: with sentence vectors and without.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from threading import Thread
from typing import Final

from .checks import Pair, suite
from .findings import Finding
from .signals import observe
from .vectors import available

WEIGHTS_FILE: Final = "confidence.json"
DOUBTFUL: Final = 0.7
"""Below this confidence a text is doubtful though no finding says why (docs/confidence.md has what that costs)."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the checks say of one pair.

    Attributes:
        confidence: Probability, 0 to 1, that the English says what the German says.
        hallucination: Probability, 0 to 1, that the English has lost the German: made up, or caught in a loop.
        omission: Probability, 0 to 1, that a part of the German is missing.
        findings: Of all checks, in the order of the checks.
    """

    confidence: float
    hallucination: float
    omission: float
    findings: tuple[Finding, ...]

    @property
    def doubtful(self) -> bool:
        """Whether a person should look."""
        return doubtful(self.findings, self.confidence)


def doubtful(findings: Iterable[Finding], confidence: float) -> bool:
    """Return whether a person should look: a finding above `info` says so, or the confidence is below `DOUBTFUL`."""
    return confidence < DOUBTFUL or any(finding.severity != "info" for finding in findings)


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic regression over signals; positive weights speak for the error.

    Attributes:
        intercept: The log-odds without any signal.
        weights: Log-odds that a signal adds, by its name; one that is not here adds nothing.
        unseen: Log-odds that a finding adds of which the fit had too few to weigh it, by severity.
    """

    intercept: float
    weights: Mapping[str, float]
    unseen: Mapping[str, float] = field(default_factory=dict)

    def evidence(self, found: Mapping[str, float]) -> float:
        """Return the log-odds of the error."""
        return self.intercept + sum(self._weight(name) * value for name, value in found.items())

    def _weight(self, name: str) -> float:
        weight = self.weights.get(name)
        return self.unseen.get(name.rpartition(" ")[2], 0.0) if weight is None else weight


@dataclass(frozen=True, slots=True)
class Steps:
    """A sum of steps: each measure adds what belongs to the thresholds that it exceeds."""

    intercept: float
    steps: Mapping[str, Sequence[tuple[float, float]]]

    def evidence(self, found: Mapping[str, float]) -> float:
        """Return the log-odds of the error; a measure that is absent is 0."""
        evidence = self.intercept
        for name, steps in self.steps.items():
            value = found.get(name, 0.0)
            for threshold, rise in steps:
                if value > threshold:
                    evidence += rise
        return evidence


def probability(evidence: float) -> float:
    """Return the probability that belongs to log-odds."""
    return 1 / (1 + math.exp(-max(min(evidence, 30.0), -30.0)))


def checks_available(*, vectors: bool = True) -> tuple[str, ...]:
    """Return the names of the checks that run here; `meaning` only if the encoder is installed and wanted."""
    return (*suite.RULES, "meaning") if vectors and available() else suite.RULES


def assess(pairs: Sequence[Pair], *, vectors: bool = True) -> list[Assessment]:
    """Run every check on every pair: the one way from two texts to findings and a confidence.

    Args:
        pairs: What to check, each for itself; many at once are faster.
        vectors: False leaves the sentence vectors out even if the encoder is installed.
    """
    for thread in _loading:
        thread.join()
    return _assess(pairs, vectors=vectors)


def load(sources: Sequence[str] = ()) -> None:
    """Begin to load what the checks need (word lists, patterns, vectors) in the background, once, and return at once.

    For the time in which a model's first answer is waited for: it takes a second or two of one core.

    Args:
        sources: German texts that will be checked: what is read of them is remembered.
    """
    if _loading:
        return

    def work() -> None:
        with suppress(Exception):  # it is met again, and said, when the checks run
            _assess([*_SAMPLES, *(Pair("s1", text, text) for text in sources[:_AHEAD])])

    _loading.append(Thread(target=work, name="checks", daemon=True))
    _loading[0].start()


_loading: list[Thread] = []
_AHEAD: Final = 50
"""Sentences that are read ahead at most: an answer must not wait for more."""


_SAMPLES = [
    Pair("s1", german, english)
    for german, english in (
        (
            "Am 3. Oktober 2025 sagte die Ministerin in Berlin, rund 3,5 Mio. Euro seien „nicht genug“.",
            "On 3 October 2025 the minister said in Berlin that about 3.5 million euros were “not enough”.",
        ),
        (
            "Seit Montagabend um 20 Uhr, vor drei Wochen und im vergangenen Jahr, hieß es Ende Mai im zweiten Quartal.",
            "Since Monday evening at 8 p.m., three weeks ago and last year, it was said at the end of May in the second quarter.",
        ),
        (
            "Heute, morgen früh, in den 1990er Jahren und 2024/25 dauerte es zwei Stunden, laut Polizei angeblich bis Herbst.",
            "Today, tomorrow morning, in the 1990s and in 2024/25 it took two hours, according to police allegedly until autumn.",
        ),
    )
]
"""Have something for every check to read, and most words at which rules for times are compiled."""


def _assess(pairs: Sequence[Pair], *, vectors: bool = True) -> list[Assessment]:
    model = models("vectors" if vectors and available() else "rules")
    assessments = []
    for pair, examination in zip(pairs, suite.examined(pairs, meaning=vectors), strict=True):
        found = observe(pair, examination)
        wrong = probability(model.wrong.evidence(found.signals))
        hallucination = probability(model.hallucination.evidence(found.measures))
        omission = probability(model.omission.evidence(found.measures))
        assessments.append(Assessment((1 - wrong) * (1 - hallucination), hallucination, omission, examination.findings))
    return assessments


def score(pairs: Sequence[Pair], *, vectors: bool = True) -> list[float]:
    """Return only the confidence of each pair."""
    return [assessment.confidence for assessment in assess(pairs, vectors=vectors)]


@dataclass(frozen=True, slots=True)
class Models:
    """The fitted models, by the error that they tell."""

    wrong: Model
    hallucination: Steps
    omission: Steps


@cache
def models(kind: str) -> Models:
    """Return the fitted models of a kind, `vectors` or `rules`."""
    fitted = json.loads((files(__package__) / WEIGHTS_FILE).read_text("utf-8"))["models"][kind]
    return Models(Model(**fitted["wrong"]), Steps(**fitted["hallucination"]), Steps(**fitted["omission"]))
