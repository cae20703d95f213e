"""Checks of a brief against its evidence: what an item says must stand in the sentences that it names."""

from __future__ import annotations

from collections.abc import Iterator

from ..article import Article, plain
from ..document import Translation
from ..findings import Finding
from ..items import Brief, Claim, Entity, Event, Figure, Item, Quotation
from .duplicates import duplicates
from .grounding import Grounds, check_item, leaves


def items_of(brief: Brief) -> Iterator[tuple[str, Item]]:
    """Yield the items of a brief, each with the JSON pointer to it."""
    for name in type(brief).model_fields:
        value: object = getattr(brief, name)
        if isinstance(value, Item):
            yield f"/{name}", value
        elif isinstance(value, tuple):
            yield from ((f"/{name}/{index}", item) for index, item in enumerate(value) if isinstance(item, Item))


def check_brief(brief: Brief, article: Article, translation: Translation | None) -> tuple[Finding, ...]:
    """Return what the checks say of each item, and of items that say the same.

    The German vouches for what an item says, and so does its translation where no check doubts that.
    """
    german = {sentence.id: plain(sentence.text) for sentence in article.sentences}
    english = {
        segment.id: segment.text
        for segment in (translation.segments if translation else ())
        if segment.text is not None and segment.status == "ok"
    }
    everything = " ".join(german.values())
    findings: list[Finding] = []
    for pointer, item in items_of(brief):
        known = [sentence_id for sentence_id in item.evidence if sentence_id in german]
        grounds = Grounds(
            known=tuple(known),
            sentences=tuple(german[sentence_id] for sentence_id in known),
            english=" ".join(english.get(sentence_id, "") for sentence_id in known),
            everything=everything,
            published=article.published,
        )
        findings.extend(check_item(pointer, item, english_texts(item), grounds))
    findings.extend(duplicates(brief))
    return tuple(findings)


def statement(item: Item) -> str | None:
    """Return the English sentence that an item asserts; None if it asserts none, as a name does."""
    match item:
        case Claim():
            return item.text
        case Event():
            return item.what
        case _:
            return None


def english_texts(item: Item) -> list[str]:
    """Return everything that an item says in English."""
    texts: list[str | None]
    match item:
        case Claim():
            texts = [item.text, item.attributed_to]
        case Entity():
            texts = [item.name, item.role]
        case Event():
            texts = [item.what, item.where, *item.who]
        case Figure():
            texts = [item.what]
        case Quotation():
            texts = [item.english, item.speaker]
        case _:
            texts = [leaf for leaf in leaves(item) if isinstance(leaf, str)]
    return [text for text in texts if text]
