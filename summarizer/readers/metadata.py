"""What an article's own first and last lines say about it: byline, agency credit, date line, place.

Fills only fields that the format did not give. The lines stay in the text, so offsets stay true. A date is taken only
from a line that is one (`Stand: 03.10.2026`, `Berlin, 3. Oktober 2026 –`), never from a sentence: relative dates are
resolved against it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from ..article import Source, plain
from ..german import STARTERS
from .text import spelled

_HEAD_BLOCKS: Final = 8
_TAIL_BLOCKS: Final = 3
_MAX_LINE: Final = 160

AGENCIES: Final = (
    "dpa-AFX", "dpa", "Reuters", "AFP", "APA", "AP", "epd", "KNA", "SID", "Keystone-SDA", "sda", "dts", "dapd", "ddp",
    "AWP", "ots", "Bloomberg", "Tass", "Interfax", "Xinhua", "Ansa", "UPI",
)  # fmt: skip
"""News agencies as German media credit them."""
_SPELLINGS: Final = {name.lower(): name for name in AGENCIES} | {"rtr": "Reuters", "dpa-infocom": "dpa"}

_AGENCY: Final = "(?:" + "|".join(map(re.escape, sorted(_SPELLINGS, key=len, reverse=True))) + ")"
_CREDITS: Final = rf"(?:{_AGENCY})(?:\s*[/,+&]\s*[\w.-]{{2,12}})*"
"""`dpa`, `dpa/AFP`, `dpa/lby`, `AFP/mku`: what follows the agency is another, a region or an editor's letters."""

_MONTHS: Final = (
    "januar|jänner|jan", "februar|feber|feb", "märz|mär|mrz", "april|apr", "mai", "juni|jun", "juli|jul", "august|aug",
    "september|sept|sep", "oktober|okt", "november|nov", "dezember|dez",
)  # fmt: skip
_MONTH: Final = "|".join(_MONTHS)
_DATE: Final = rf"(?:\d{{1,2}}\.\s?\d{{1,2}}\.\s?(?:20|19)?\d\d|\d{{1,2}}\.\s(?:{_MONTH})\.?\s(?:20|19)\d\d|(?:20|19)\d\d-\d\d-\d\d)(?!\d)"
_WEEKDAY: Final = r"(?:(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag|Mo|Di|Mi|Do|Fr|Sa|So)\.?,?\s+(?:(?:den|dem)\s+)?)?"
_TIME: Final = r"(?:\s*[,|–-]?\s*(?:um\s+)?\d{1,2}[:.]\d\d(?:\s*Uhr)?)?"

_PLACE: Final = r"[A-ZÄÖÜ][\w.'’-]*(?:[ /-](?:am|an der|a\.|der|im|bei|[A-ZÄÖÜ][\w.'’-]*)){0,4}"
_LEAD_CREDIT: Final = re.compile(
    rf"(?:(?P<place>{_PLACE})\s*)?(?:,\s*(?P<date>{_DATE}|\d{{1,2}}\.\s?(?:{_MONTH})\.?)\s*)?\((?P<credits>{_CREDITS})\)\s*[-–—.:,]?",
    re.IGNORECASE,
)
_PLACE_LINE: Final = re.compile(
    rf"(?P<place>{_PLACE}),\s+(?:(?:den|am)\s+)?{_WEEKDAY}(?P<date>{_DATE})\s*(?:[-–—.:]\s|$)", re.IGNORECASE
)
_PUBLISHED: Final = re.compile(
    rf"(?:veröffentlicht|erschienen|erstellt|publiziert|publikationsdatum|datum|artikel\s+vom|meldung\s+vom)\s*(?:am\s*)?:?\s*{_WEEKDAY}(?P<date>{_DATE})",
    re.IGNORECASE,
)
_AS_OF: Final = re.compile(rf"Stand\s*:?\s*{_WEEKDAY}(?P<date>{_DATE})", re.IGNORECASE)
_DATE_LINE: Final = re.compile(rf"{_WEEKDAY}(?P<date>{_DATE}){_TIME}(?:\s*[|·•].{{0,60}})?", re.IGNORECASE)
_CREDIT_LINE: Final = re.compile(
    rf"(?:(?:Quellen?|Agenturen?|Mit\s+Material\s+von|Mit\s+Informationen\s+von|©|\(c\))\s*:?\s*)?[(\[]?(?P<credits>{_CREDITS})[)\]]?\.?",
    re.IGNORECASE,
)
_TRAILING_CREDIT: Final = re.compile(rf"[(\[](?P<credits>{_CREDITS})[)\]]\s*$", re.IGNORECASE)

_NAME: Final = r"(?:(?:Dr|Prof)\.\s)?[A-ZÄÖÜ][\w'’.-]+(?:\s(?:von|van|de|der|den|zu|al|el|bin|[A-ZÄÖÜ][\w'’.-]*)){1,4}"
_BYLINE: Final = re.compile(
    r"(?:(?:Ein(?:e|en)?\s(?:Bericht|Analyse|Kommentar|Reportage|Gastbeitrag|Interview|Feature|Essay)\s)?[Vv]on"
    r"|Text|Autor(?:in|en)?|Bericht)\s*:?\s+"
    r"(?:(?:unser(?:em|er)\s|dem\s|der\s)?(?:\w+-)?(?:Korrespondent(?:in|en)?|Reporter(?:in)?|Redakteur(?:in|en)?|Mitarbeiter(?:in)?)\s)?"
    rf"(?P<names>{_NAME}(?:(?:,\s|\sund\s|\s?/\s?|\s?&\s?){_NAME})*)"
    rf"(?:\s*[,(|·–-]\s*[^.!?]{{2,40}})?"
)


def completed(source: Source) -> Source:
    """Return the source with the fields that its own lines can fill: byline, agency, published, place.

    What was said of it beside the text, its name too, is spelled so that it can be written as UTF-8.
    """
    texts = [plain(source.text[block.start : block.end]) for block in source.blocks]
    edges = [*texts[:_HEAD_BLOCKS], *texts[_HEAD_BLOCKS:][-_TAIL_BLOCKS:]]
    lead = next((found for text in edges[:_HEAD_BLOCKS] if (found := _lead(text))), None)
    known = {
        "byline": source.byline or _byline(edges[1:]),
        "agency": source.agency or _agency(edges, lead),
        "published": source.published or _published(edges, lead),
        "place": source.place or (plain(lead["place"]) if lead and lead["place"] else None),
    }
    given = {name: getattr(source, name) for name in ("name", "title", "url", "site")}
    return source.model_copy(update={name: value and spelled(value) for name, value in (given | known).items()})


def _lead(text: str) -> re.Match[str] | None:
    """Return the place, date or agency that a paragraph opens with."""
    found = _LEAD_CREDIT.match(text) or _PLACE_LINE.match(text)
    place = found["place"] if found else None
    if place and (place[0].islower() or place.split()[0].lower() in STARTERS):  # Die Agentur (dpa) meldet
        return None
    return found


def _byline(lines: Sequence[str]) -> str | None:
    for line in lines:
        found = _BYLINE.fullmatch(line) if len(line) <= _MAX_LINE else None
        if found:
            return found["names"]
    return None


def _agency(texts: Sequence[str], lead: re.Match[str] | None) -> str | None:
    """Return the agencies that are credited, as `dpa` or `dpa, AFP`."""
    if lead and "credits" in lead.groupdict():
        return _names(lead["credits"])
    for text in texts:
        found = _CREDIT_LINE.fullmatch(text) if len(text) <= _MAX_LINE else None
        if found or (text is texts[-1] and (found := _TRAILING_CREDIT.search(text))):
            return _names(found["credits"])
    return None


def _names(credits_: str) -> str:
    parts = re.split(r"\s*[/,+&]\s*", credits_)
    return ", ".join(dict.fromkeys(_SPELLINGS[part.lower()] for part in parts if part.lower() in _SPELLINGS))


def _published(texts: Sequence[str], lead: re.Match[str] | None) -> str | None:
    """Return the one day that the surest kind of line names; None if lines of that kind disagree."""
    lines = [text for text in texts if len(text) <= _MAX_LINE]
    for days in (
        [_day(found["date"]) for line in lines for found in _PUBLISHED.finditer(line)],
        [_day(lead["date"])] if lead and lead["date"] else [],
        [_day(found["date"]) for line in lines if (found := _DATE_LINE.fullmatch(line))],
        [_day(found["date"]) for line in lines for found in _AS_OF.finditer(line)],
    ):
        stated = {day for day in days if day}
        if stated:
            return stated.pop() if len(stated) == 1 else None
    return None


def _day(text: str) -> str | None:
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return date.fromisoformat(text).isoformat()
        day, month, year = _parts(text)
        return date(year + 2000 if year < 100 else year, month, day).isoformat()
    except ValueError:
        return None


def _parts(text: str) -> tuple[int, int, int]:
    """Return day, month and year; raises ValueError if one is missing."""
    named = re.fullmatch(rf"(\d{{1,2}})\.\s?({_MONTH})\.?\s(\d{{4}})", text, re.IGNORECASE)
    if named:
        return int(named[1]), _month(named[2]), int(named[3])
    day, month, year = (int(part) for part in re.split(r"\.\s?", text))
    return day, month, year


def _month(name: str) -> int:
    return next(number for number, names in enumerate(_MONTHS, start=1) if name.lower() in names.split("|"))
