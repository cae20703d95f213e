"""The figures, each a function of sums over what a run is made of: so a corpus and a resample are computed alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Literal

from ..checks.brief import items_of
from ..document import Document
from ..rank import key_sentences
from ..verify import CheckedPair
from .human import Passage
from .references import score, statistics

KEY_SENTENCES: Final = 5
"""So many of an article's sentences, the most important by `rank`, should be among the evidence of its brief."""

Sums = dict[str, tuple[float, ...]]
"""What one sentence or document adds to each figure, by the figure's name."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a run.

    Attributes:
        label: What it is, with its unit.
        better: Which way is better.
        digits: How many decimals are shown.
        value: From the sums; None if there is nothing that it could be about.
    """

    label: str
    better: Literal["higher", "lower"]
    digits: int
    value: Callable[[Sequence[float]], float | None]


def _ratio(scale: float, sums: Sequence[float]) -> float | None:
    part, whole = sums
    return scale * part / whole if whole else None


_each, _percent = partial(_ratio, 1.0), partial(_ratio, 100.0)

FIGURES: Final[Mapping[str, Figure]] = {
    "chrf": Figure("chrF", "higher", 1, partial(score, "chrf")),
    "bleu": Figure("BLEU", "higher", 1, partial(score, "bleu")),
    "errors": Figure("errors per 100 segments", "lower", 1, _percent),
    "warnings": Figure("warnings per 100 segments", "lower", 1, _percent),
    "confidence": Figure("mean confidence", "higher", 3, _each),
    "doubtful": Figure("doubtful segments, %", "lower", 1, _percent),
    "missing": Figure("missing segments, %", "lower", 1, _percent),
    "supported": Figure("items that their evidence supports, %", "higher", 1, _percent),
    "coverage": Figure("key sentences in the evidence, %", "higher", 1, _percent),
    "repairs": Figure("repairs per 100 segments", "lower", 1, _percent),
    "reasks": Figure("re-asks per 100 requests", "lower", 1, _percent),
    "tokens": Figure("tokens per document", "lower", 0, _each),
    "cost": Figure("USD per document", "lower", 4, _each),
    "seconds": Figure("seconds per document", "lower", 1, _each),
}
"""In the order in which they are shown."""


def of_sentences(rows: Sequence[CheckedPair]) -> Sums:
    """Return what checked sentences add to the figures that need no reference."""
    severities = [finding.severity for row in rows for finding in row.findings]
    confidences = [row.confidence for row in rows if row.confidence is not None]
    return {
        "errors": _share(severities.count("error"), rows),
        "warnings": _share(severities.count("warning"), rows),
        "confidence": _share(sum(confidences), confidences),
        "doubtful": _share(sum(row.status == "doubtful" for row in rows), rows),
        "missing": _share(sum(row.status == "missing" for row in rows), rows),
    }


def of_passages(passages: Sequence[Passage]) -> Sums:
    """Return what passages with a reference add to the figures that need one; nothing if there are none."""
    rows = [statistics(passage.target, passage.reference) for passage in passages]
    return {name: tuple(map(sum, zip(*(row[name] for row in rows), strict=True))) for name in rows[0]} if rows else {}


def of_document(document: Document[Any]) -> Sums:
    """Return what a document adds beside its sentences: its brief, and what it took."""
    usage, sums = document.usage, Sums()
    if document.brief is not None:
        evidence = {sentence_id for _, item in items_of(document.brief) for sentence_id in item.evidence}
        key = key_sentences(document.article.sentences)[:KEY_SENTENCES]
        sums["coverage"] = _share(sum(sentence.id in evidence for sentence in key), key)
        sums["supported"] = _share(sum(item.status == "ok" for item in document.support), document.support)
    if document.translation is not None:
        sums["repairs"] = _share(usage.repairs, document.translation.segments)
    sums["reasks"] = (usage.reasks, usage.requests)
    sums["tokens"] = (usage.input_tokens + usage.output_tokens, 1)
    sums["seconds"] = (usage.seconds, 1)
    if usage.cost is not None:
        sums["cost"] = (usage.cost.amount, 1)
    return sums


def _share(part: float, whole: Iterable[object]) -> tuple[float, float]:
    return part, sum(1 for _ in whole)
