"""The document as ninjs 2.1, IPTC's JSON for news: https://iptc.org/std/ninjs/ninjs-schema_2.1.json."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from ..document import Document
from ..items import Claim, Entity, Event, Organisation, Person, Place
from .outline import english, german, identifier, items, safe, warnings
from .page import web_address

MEDIA_TOPICS: Final = {
    "arts, culture, entertainment and media": "01000000",
    "crime, law and justice": "02000000",
    "disaster, accident and emergency incident": "03000000",
    "economy, business and finance": "04000000",
    "education": "05000000",
    "environment": "06000000",
    "health": "07000000",
    "human interest": "08000000",
    "labour": "09000000",
    "lifestyle and leisure": "10000000",
    "politics and government": "11000000",
    "religion": "12000000",
    "science and technology": "13000000",
    "society": "14000000",
    "sport": "15000000",
    "conflict, war and peace": "16000000",
    "weather": "17000000",
}
"""IPTC Media Topics, top level (https://cv.iptc.org/newscodes/mediatopic, CC BY 4.0)."""


def render(document: Document[Any], *, terminal: bool = False) -> str:  # noqa: ARG001  # the same everywhere
    """Return one ninjs object in English; of demo quality it is `withheld`, and the editorial note says what is doubtful."""
    return json.dumps(_object(document), indent=2, ensure_ascii=False)


def _object(document: Document[Any]) -> dict[str, Any]:
    article, made = document.article, document.provenance
    claims = [(pointer, item) for pointer, item in items(document) if isinstance(item, Claim)]
    headline = next((safe(item.text) for pointer, item in claims if pointer == "/headline"), "")
    values: dict[str, Any] = {
        "uri": identifier(document.id),
        "standard": {
            "name": "ninjs", "version": "2.1", "schema": "https://iptc.org/std/ninjs/ninjs-schema_2.1.json",
        },
        "type": "text",
        "representationtype": "full" if document.complete else "partial",
        "version": "1",
        "versioncreated": made.created.isoformat(),
        "pubstatus": "withheld" if made.quality == "demo" else "usable",
        "language": "en",
        "ednote": warnings(document),
        "headlines": [
            *_valued([("main", headline)]), *_valued([("original", safe(article.title or ""))]),
        ],
        "descriptions": _valued(
            (pointer.split("/")[1], safe(item.text)) for pointer, item in claims if pointer != "/headline"
        ),
        "bodies": [
            {**body, "contenttype": "text/plain", "charcount": len(body["value"]), "wordcount": len(body["value"].split())}
            for body in _valued([("translation", english(document)), ("original", german(document))])
        ],
        "by": safe(article.byline or ""),
        "infosources": [{"name": safe(name)} for name in (article.agency, article.site) if name],
        "altids": _valued(
            [("article", identifier(article.id)), ("url", article.url if web_address(article.url) else "")]
        ),
        "people": _named(document, Person),
        "organisations": _named(document, Organisation),
        "places": _named(document, Place),
        "events": [
            {"name": safe(item.what), **({"literal": safe(item.when.iso or item.when.as_printed)} if item.when else {})}
            for _, item in items(document)
            if isinstance(item, Event)
        ],
        "subjects": _subjects(document),
    }  # fmt: skip
    if article.published and "T" in article.published:
        values["contentcreated"] = article.published
    return {name: value for name, value in values.items() if value}


def _valued(pairs: Iterable[tuple[str, str | None]]) -> list[dict[str, str]]:
    return [{"role": role, "value": value} for role, value in pairs if value]


def _named(document: Document[Any], wanted: type[Entity]) -> list[dict[str, str]]:
    return [
        {"name": safe(item.name), "literal": safe(item.name_as_printed)}
        for _, item in items(document)
        if isinstance(item, wanted)
    ]


def _subjects(document: Document[Any]) -> list[dict[str, str]]:
    label = getattr(getattr(document.brief, "topic", None), "label", None)
    code = MEDIA_TOPICS.get(label) if isinstance(label, str) else None
    return [{"name": str(label), "uri": f"http://cv.iptc.org/newscodes/mediatopic/{code}"}] if code else []
