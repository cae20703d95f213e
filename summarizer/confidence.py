"""How likely is a translated segment right? All checks, and one calibrated probability from what they find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from .checks import Check, Pair
from .findings import Finding

RULES = ("numbers", "dates", "names", "negation", "attribution", "quotations", "untranslated", "repetition", "length")


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the checks say of one pair.

    Attributes:
        confidence: Probability, 0 to 1, that the English says what the German says.
        findings: Of all checks, in the order of the checks.
    """

    confidence: float
    findings: tuple[Finding, ...]


@cache
def _rules() -> dict[str, Check]:
    present = [name for name in RULES if find_spec(f"{__package__}.checks.{name}")]
    return {name: import_module(f"{__package__}.checks.{name}").check for name in present}


def checks_available(*, vectors: bool = True) -> tuple[str, ...]:
    """Return the names of the checks that run here; `meaning` only if the encoder is installed and wanted."""
    del vectors
    return tuple(_rules())


def assess(pairs: Sequence[Pair], *, vectors: bool = True) -> list[Assessment]:
    """Run every check on every pair; `vectors=False` leaves the sentence vectors out even if they are installed."""
    del vectors
    return [_assessment(tuple(_findings(pair))) for pair in pairs]


def score(pairs: Sequence[Pair], *, vectors: bool = True) -> list[float]:
    """Return only the confidence of each pair."""
    return [assessment.confidence for assessment in assess(pairs, vectors=vectors)]


def _findings(pair: Pair) -> Iterator[Finding]:
    for check in _rules().values():
        yield from check(pair)


def _assessment(findings: tuple[Finding, ...]) -> Assessment:
    weights = {"error": 0.2, "warning": 0.6, "info": 0.95}
    confidence = 0.97
    for finding in findings:
        confidence *= weights[finding.severity]
    return Assessment(confidence, findings)
