"""How well does the evidence bear an item of a brief? All checks of the brief, and one confidence an item.

The confidence falls with each finding about the item and with the distance of its meaning from that of its evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from . import vectors
from .article import Article, plain
from .checks.brief import check_brief, items_of
from .confidence import doubtful, probability
from .document import ItemSupport, Translation
from .findings import Finding
from .items import Brief, Claim, Event, Item

if TYPE_CHECKING:
    from .vectors import Floats

_SOUND: Final = 2.5
"""Log-odds of an item that no check objects to."""
_PRICE: Final = {"error": 4.0, "warning": 1.5, "info": 0.0}
"""What a finding takes from them. Set by hand: not yet calibrated."""
_NEAR, _SLOPE = 0.45, 8.0
"""Similarity below which an item loses, and how much it loses for each unit."""


@dataclass(frozen=True, slots=True)
class Support:
    """What the checks say of a whole brief.

    Attributes:
        items: One for each item, in the brief's order.
        findings: About the items, and about items that say the same.
    """

    items: tuple[ItemSupport, ...] = ()
    findings: tuple[Finding, ...] = ()


def support_of(brief: Brief, article: Article, translation: Translation | None) -> Support:
    """Return what bears out each item of a brief.

    Args:
        brief: Of any kind; items of types that are not in `items` are checked for their evidence only.
        article: What the brief is of.
        translation: Its English, where there is one: names and numbers may stand there as well.
    """
    items = list(items_of(brief))
    findings = check_brief(brief, article, translation)
    found = [
        _supported(pointer, [finding for finding in findings if finding.where == pointer], similarity)
        for (pointer, _), similarity in zip(items, _similarities([item for _, item in items], article), strict=True)
    ]
    return Support(tuple(found), findings)


def _supported(pointer: str, findings: Sequence[Finding], similarity: float | None) -> ItemSupport:
    evidence = _SOUND - sum(_PRICE[finding.severity] for finding in findings)
    if similarity is not None:
        evidence -= _SLOPE * max(_NEAR - similarity, 0.0)
    confidence = round(probability(evidence), 3)
    return ItemSupport(
        where=pointer,
        status="doubtful" if doubtful(findings, confidence) else "ok",
        confidence=confidence,
        similarity=None if similarity is None else round(similarity, 3),
    )


def _similarities(items: Sequence[Item], article: Article) -> Iterator[float | None]:
    """Yield the cosine of each item's statement to its evidence; None where there is no statement or no encoder."""
    german = {sentence.id: plain(sentence.text) for sentence in article.sentences}
    sides = [(_statement(item), _evidence(item, german)) for item in items]
    texts = list(dict.fromkeys(text for said, there in sides if said and there for text in (said, *there)))
    if not texts or not vectors.available():
        yield from (None for _ in items)
        return
    rows: dict[str, Floats] = dict(zip(texts, vectors.embed(texts), strict=True))
    for said, there in sides:
        yield max(float(rows[said] @ rows[text]) for text in there) if said and there else None


def _statement(item: Item) -> str | None:
    match item:
        case Claim():
            return item.text
        case Event():
            return item.what
        case _:
            return None


def _evidence(item: Item, german: dict[str, str]) -> list[str]:
    """Return the sentences that an item names, and all of them as one text."""
    sentences = [german[sentence_id] for sentence_id in item.evidence if sentence_id in german]
    return [*sentences, " ".join(sentences)] if len(sentences) > 1 else sentences
