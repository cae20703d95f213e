"""The document as JSON-LD with schema.org's words: NewsArticle, Quotation, Event; https://schema.org/NewsArticle."""

from __future__ import annotations

import json
import re
from typing import Any

from ..document import Document
from ..items import Claim, Entity, Event, Item, Organisation, Person, Place, Quotation
from .outline import english, german, identifier, items, safe, warnings
from .page import web_address

_TYPES: dict[type[Entity], str] = {Person: "Person", Organisation: "Organization", Place: "Place"}
_TAKE_PART = frozenset({"Person", "Organization"})
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d(:\d\d(:\d\d)?)?)?)?)?")


def render(document: Document[Any], *, terminal: bool = False) -> str:  # noqa: ARG001  # the same everywhere
    """Return one NewsArticle, the translation of another; `subjectOf` names the sentences that an item rests on."""
    return json.dumps(_article(document), indent=2, ensure_ascii=False)


def _article(document: Document[Any]) -> dict[str, Any]:
    found = list(items(document))
    claims = [(pointer, safe(item.text)) for pointer, item in found if isinstance(item, Claim)]
    base = identifier(document.article.id)
    types = {item.name: _type(item) for _, item in found if isinstance(item, Entity)}
    values = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": identifier(document.id),
        "inLanguage": "en",
        "headline": next((text for pointer, text in claims if pointer == "/headline"), None),
        "abstract": " ".join(text for pointer, text in claims if pointer.startswith("/abstract/")),
        "articleBody": english(document),
        "backstory": warnings(document),
        "dateCreated": document.provenance.created.isoformat(),
        "creativeWorkStatus": "Complete" if document.complete else "Incomplete",
        "translationOfWork": _original(document, base),
        "about": [_entity(item, base) for _, item in found if isinstance(item, Entity)],
        "mentions": [_event(item, base, types) for _, item in found if isinstance(item, Event)],
        "hasPart": [_quotation(item, base) for _, item in found if isinstance(item, Quotation)],
    }
    return _filled(values)


def _original(document: Document[Any], base: str) -> dict[str, Any]:
    article = document.article
    publisher = article.site or article.agency
    return _filled(
        {
            "@type": "NewsArticle",
            "@id": base,
            "inLanguage": article.language,
            "headline": safe(article.title or ""),
            "url": article.url if web_address(article.url) else None,
            "author": {"@type": "Person", "name": safe(article.byline)} if article.byline else None,
            "publisher": {"@type": "Organization", "name": safe(publisher)} if publisher else None,
            "datePublished": article.published,
            "articleBody": german(document),
        }
    )


def _type(item: Entity) -> str:
    return next((name for wanted, name in _TYPES.items() if isinstance(item, wanted)), "Thing")


def _entity(item: Entity, base: str) -> dict[str, Any]:
    printed = item.name_as_printed if item.name_as_printed != item.name else ""
    values = {
        "@type": _type(item),
        "name": safe(item.name),
        "alternateName": safe(printed),
        "description": safe(item.role or ""),
    }
    return _filled({**values, "subjectOf": _evidence(item, base)})


def _event(item: Event, base: str, types: dict[str, str]) -> dict[str, Any]:
    """Return an event; who took part is a person or an organisation where the brief says which, else a bare name."""
    start, _, end = (item.when.iso or "").partition("/") if item.when else ("", "", "")
    return _filled(
        {
            "@type": "Event",
            "name": safe(item.what),
            "startDate": start if _DATE.fullmatch(start) else None,
            "endDate": end if _DATE.fullmatch(end) else None,
            "location": {"@type": "Place", "name": safe(item.where)} if item.where else None,
            "attendee": [
                {"@type": types[name], "name": safe(name)} if types.get(name) in _TAKE_PART else safe(name)
                for name in item.who
            ],
            "subjectOf": _evidence(item, base),
        }
    )


def _quotation(item: Quotation, base: str) -> dict[str, Any]:
    return _filled(
        {
            "@type": "Quotation",
            "inLanguage": "en",
            "text": safe(item.english),
            "spokenByCharacter": {"@type": "Person", "name": safe(item.speaker)} if item.speaker else None,
            "translationOfWork": {"@type": "Quotation", "inLanguage": "de", "text": safe(item.original)},
            "subjectOf": _evidence(item, base),
        }
    )


def _evidence(item: Item, base: str) -> list[dict[str, str]]:
    return [{"@type": "CreativeWork", "@id": f"{base}#{sentence_id}"} for sentence_id in item.evidence]


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
