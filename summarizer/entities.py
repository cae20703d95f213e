"""Is a name a person, an organisation or a place? By its own form and the German words around it; else not said."""

from __future__ import annotations

import re

from .findings import Span
from .items import Entity, Organisation, Person, Place
from .lexicon.exonyms import is_place
from .lexicon.given import GIVEN_NAMES

_TITLES = re.compile(
    r"(?:\b(?:Herr|Frau|Dr\.|Prof\.|Professor(?:in)?|König(?:in)?|Papst|Prinz(?:essin)?|General(?:major|leutnant|sekretär(?:in)?)?"
    r"|Oberst(?:leutnant)?|Major|Hauptmann|Admiral|Kapitän|Senator(?:in)?|Richter(?:in)?)"
    r"|[Mm]inister(?:in|präsident(?:in)?)?|[Kk]anzler(?:in)?|[Pp]räsident(?:in)?|[Ss]precher(?:in)?|[Cc]hef(?:in)?"
    r"|[Vv]orsitzende[rn]?|[Dd]irektor(?:in)?|[Bb]ürgermeister(?:in)?|[Tt]rainer(?:in)?|[Aa]nwalt|[Aa]nwältin)\s+$"
)
"""German titles and offices directly before a person's name."""
_ORGANISATION = re.compile(
    r"\b(?:AG|GmbH|SE|KG|e\. ?V\.|Inc|Ltd)\b"
    r"|(?:partei|verband|ministerium|agentur|bank|universität|gewerkschaft|konzern)\b",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(r"[A-ZÄÖÜ]{2,}[A-Za-z]{0,2}")
_PLACE_BEFORE = re.compile(r"\b(?:in|aus|nach|bei|Stadt|Region|Provinz|Bezirk|Hauptstadt)\s+$")


def classify(name: Span, sentence: str) -> type[Entity] | None:
    """Return the class of the name at a span of a German sentence, or None if nothing tells it.

    Countries and cities with an English name of their own are places; an office or title before it, or a given name
    at its beginning, makes a person; a legal form, or capitals only, an organisation; `in`, `aus` or `nach` directly
    before it a place.
    """
    before = sentence[: name.start]
    first = name.text.split()[0] if name.text.split() else ""
    if " " in name.text and first.lower() in GIVEN_NAMES:
        return Person
    if _TITLES.search(before):  # der Präsident Malis
        return Place if is_place(name.text) and name.text.endswith("s") else Person
    if _ORGANISATION.search(name.text) or _ABBREVIATION.fullmatch(name.text):
        return Organisation
    if is_place(name.text) or _PLACE_BEFORE.search(before):
        return Place
    return None
