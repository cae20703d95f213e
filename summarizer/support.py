"""How well does the evidence bear an item of a brief? All checks of the brief, and one confidence an item.

The confidence is a logistic regression over the findings about the item and, for what asserts a sentence, over how much
of its meaning its evidence has. Its weights stand in `support.json` (`benchmarks/brief_support.py`), in two sets: with
sentence vectors and without.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING, Final

from . import vectors
from .article import Article, plain
from .checks.brief import check_brief, items_of, statement
from .checks.duplicates import compared
from .confidence import Model, doubtful, probability
from .document import ItemSupport, Translation
from .findings import Finding
from .items import Brief, Item
from .signals import ramps

if TYPE_CHECKING:
    from .checks.meaning import Bearing

WEIGHTS_FILE: Final = "support.json"
UNSEEN: Final[Mapping[str, float]] = {"error": 4.0, "warning": 1.5, "info": 0.0}
"""Log-odds that a finding costs of which the data of the fit has too few, by severity: as much as the heaviest there."""
UNSUPPORTED: Final = 0.15
"""Cosine to its evidence below which a statement is said to be unsupported."""


@dataclass(frozen=True, slots=True)
class Support:
    """What the checks say of a whole brief.

    Attributes:
        items: One for each item, in the brief's order.
        findings: About the items, and about items that say the same.
    """

    items: tuple[ItemSupport, ...] = ()
    findings: tuple[Finding, ...] = ()


Briefed = tuple[Brief, Article, Translation | None]
"""A brief, what it is of, and the English of that where there is one."""


def support_of(brief: Brief, article: Article, translation: Translation | None) -> Support:
    """Return what bears out each item of a brief.

    Args:
        brief: Of any kind; items of types that are not in `items` are checked for names, numbers and dates only.
        article: What the brief is of.
        translation: Its English, where there is one: names and numbers may stand there as well.
    """
    return supports_of([(brief, article, translation)])[0]


def supports_of(several: Sequence[Briefed]) -> list[Support]:
    """Return what `support_of` does for each of several briefs, which is faster than one after the other."""
    items = [list(items_of(brief)) for brief, _, _ in several]
    stated = [(item, article) for own, (_, article, _) in zip(items, several, strict=True) for _, item in own]
    # before the single checks, which ask one by one for texts that this reads in one go, on all cores
    borne = iter(bearings(stated))
    if vectors.available():
        vectors.embed([text for brief, _, _ in several for text in compared(brief)])
    return [
        _support(own, check_brief(*briefed), list(islice(borne, len(own))))
        for own, briefed in zip(items, several, strict=True)
    ]


def _support(items: Sequence[tuple[str, Item]], found: Sequence[Finding], borne: Sequence[Bearing | None]) -> Support:
    findings = [*found]
    supports = []
    for (pointer, _), bearing in zip(items, borne, strict=True):
        if bearing is not None and bearing.cosine < UNSUPPORTED:
            message = "The evidence does not seem to say this."
            findings.append(Finding(code="evidence.unsupported", severity="warning", where=pointer, message=message))
        own = [finding for finding in findings if finding.where == pointer]
        model = models("rules" if bearing is None else "vectors")
        confidence = round(1 - probability(model.evidence(item_signals(own, bearing))), 3)
        supports.append(
            ItemSupport(
                where=pointer,
                status="doubtful" if doubtful(own, confidence) else "ok",
                confidence=confidence,
                similarity=None if bearing is None else round(bearing.cosine, 3),
            )
        )
    order = {pointer: place for place, (pointer, _) in enumerate(items)}
    return Support(tuple(supports), tuple(sorted(findings, key=lambda finding: order.get(finding.where, -1))))


def item_signals(findings: Sequence[Finding], bearing: Bearing | None) -> dict[str, float]:
    """Return the signals of an item by name, each from 0 to 1 and rising towards what is bad."""
    found = {f"{finding.code} {finding.severity}": 1.0 for finding in findings}
    if bearing is not None:
        # what the evidence says beyond the item is no fault of the item
        for name, value in (("cosine", bearing.cosine), ("added", bearing.added.gain)):
            found.update(ramps(name, value))
    return {name: value for name, value in found.items() if value}


def bearings(items: Sequence[tuple[Item, Article]]) -> list[Bearing | None]:
    """Return how far its evidence bears out each item; None where it asserts no sentence or there is no encoder.

    Of the evidence sentences, each alone, all together, and each that points back together with the one before it, the
    nearest counts.
    """
    if not vectors.available():
        return [None] * len(items)
    german = {id(article): _german(article) for _, article in items}
    stated = [
        (place, text, sides)
        for place, (item, article) in enumerate(items)
        if (text := statement(item)) is not None and (sides := _sides(item, german[id(article)]))
    ]
    if not stated:
        return [None] * len(items)
    from .checks import meaning

    places, texts, sides_of = zip(*stated, strict=True)
    found = dict(zip(places, meaning.bearings(texts, sides_of), strict=True))
    return [found.get(place) for place in range(len(items))]


def _german(article: Article) -> dict[str, str]:
    return {sentence.id: plain(sentence.text) for sentence in article.sentences}


def _sides(item: Item, german: Mapping[str, str]) -> list[str]:
    sentences = [german[sentence_id] for sentence_id in item.evidence if sentence_id in german]
    sides = [*sentences, " ".join(sentences)] if len(sentences) > 1 else sentences
    for sentence_id in item.evidence:
        before = german.get(f"s{int(sentence_id[1:]) - 1}")
        if before is not None and _POINTS_BACK.search(german.get(sentence_id, "")):
            sides = [*sides, f"{before} {german[sentence_id]}"]
    return sides


_POINTS_BACK = re.compile(
    r"\b(?:er|sie|ihm|ihn|ihr|ihnen|ihre[mnrs]?|sein|seine[mnrs]?|dies|diese[mnrs]?|dort|damit|dafür|dagegen|deren|dessen)\b",
    re.IGNORECASE,
)
"""German words for what the sentence before names: a claim says the name instead, and rests on both."""


@cache
def models(kind: str) -> Model:
    """Return the fitted model of a kind, `vectors` or `rules`."""
    data = json.loads((files(__package__) / WEIGHTS_FILE).read_text("utf-8"))["models"][kind]
    return Model(data["intercept"], data["weights"], UNSEEN)
