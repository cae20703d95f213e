"""chrF and BLEU as sacrebleu computes them, from statistics of single sentences that add up.

Of a corpus both are functions of sums over its sentences, so that a resample costs an addition and not a comparison of
texts. sacrebleu's own significance test works on the same two methods, which it has not given public names.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from ..extras import require

METRICS: Final = {"chrf": "CHRF", "bleu": "BLEU"}
"""Names of figures and of sacrebleu's classes, with sacrebleu's defaults: chrF2 and BLEU by 13a tokens."""


def statistics(target: str, *references: str) -> dict[str, tuple[float, ...]]:
    """Return what one sentence with its references adds to the sums of each metric; raises SetupError without sacrebleu."""
    found = {
        name: _metric(name)._extract_corpus_statistics([target], [[text] for text in references]) for name in METRICS
    }
    return {name: tuple(map(float, rows[0])) for name, rows in found.items()}


def score(name: str, sums: Sequence[float]) -> float | None:
    """Return a metric from 0 to 100 by the sums over its sentences; None if there are none."""
    return float(_metric(name)._compute_score_from_stats(list(sums)).score) if any(sums) else None


def sentence_chrf(target: str, reference: str) -> float | None:
    """Return the chrF of one sentence; None if there is nothing to compare."""
    return score("chrf", statistics(target, reference)["chrf"])


def signatures() -> dict[str, str]:
    """Return sacrebleu's signature of each metric, by which others can repeat it; after `statistics` was called."""
    return {name: str(_metric(name).get_signature()) for name in METRICS}


@cache
def _metric(name: str) -> Any:
    return getattr(require("sacrebleu.metrics", "eval", "Comparing with references"), METRICS[name])()
