"""Offices: a minister or ministry of something else, a ministry that became a minister, a deputy who became the chief."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..findings import Finding
from ..lexicon.tokens import span
from ..lexicon.translations import rendered
from . import Pair

_PORTFOLIOS: Final = {
    "prime": "premier|präsident|regierungschef",
    "foreign": "außen|aussen|auswärtig|äußere",
    "interior|internal|home": "innen|inner|inland",
    "defen[cs]e": "verteidig|wehr|militär|armee",
    "war": "krieg",
    "finances?|treasury": "finan|schatz|kasse|haushalt",
    "justice": "justiz|recht",
    "econom(?:y|ics?)|business|trade|commerce": "wirtschaft|ökonom|handel|business",
    "health": "gesundheit",
    "education": "bildung|kultus|schul|unterricht|erziehung",
    "environment(?:al)?": "umwelt",
    "transport(?:ation)?": "verkehr|transport|infrastruktur",
    "labou?r": "arbeit|sozial",
    "agricultur(?:e|al)": "landwirt|agrar|ernährung",
    "culture|cultural": "kultur|kultus",
}
"""What a ministry is for in English, and what begins or stands in the German words for it."""
_ENGLISH: Final = {
    german: re.compile(
        rf"(?i)\b(?:(?:{english})(?: affairs)? minist(?:er|ry)|minist(?:er|ry) (?:of|for)(?: the)? (?:{english})(?: affairs)?)\b"
    )
    for english, german in _PORTFOLIOS.items()
}
_DEPUTY: Final = re.compile(r"(?i)\b(?:vize|stellvertret)\w*minister\w*|\bstellvertretende[nrms]? \w*minister\w*")
_ENGLISH_DEPUTY: Final = re.compile(r"(?i)\b(?:deputy|deputies|vice|second|under|assistant)")
_MINISTER: Final = re.compile(r"(?i)\bministers?\b")
_MINISTRY: Final = re.compile(r"(?i)\w*minister(?:ium|ien)\w*")
_PERSON: Final = re.compile(r"(?i)minister(?!i(?:um|en|ell))")
_ENGLISH_MINISTRY: Final = re.compile(r"(?i)\bministr|department|office|treasury|pentagon")


_FIELDS: Final = re.compile(
    r"\b[Mm]inister\w* (?:der|des|für)((?:(?: (?:die|das|den))?(?: (?!eine)[a-zäöüß]+[en])? [A-ZÄÖÜ][\w-]+(?:,| und| sowie)?(?: (?:der|des|für))?)+)"
)
"""What a minister or ministry is for, up to the first word that cannot belong to its name."""
_NOUN: Final = re.compile(r"[A-ZÄÖÜ][\w-]+")
_INSTITUTION: Final = re.compile(
    r"(?:\b[A-Z]\w+ )?\bMinistr(?:y|ies)\b(?: (?:of|for)(?: the)? [A-Z]\w+)?|\b(?:defen[cs]e|foreign|interior) ministry\b"
)
_LIKE_A_MINISTRY: Final = re.compile(r"(?i:ressort|amt(?:e?s)?\b|pentagon|department)|\bBM[A-Z]|\bE[DFJV][A-Z]{1,2}\b|\b(?:VBS|WBF|UVEK)\b")
"""German words for what English may call a ministry; the short names of German, Austrian and Swiss ones among them."""


def portfolios(pair: Pair) -> Iterator[Finding]:
    """Yield `names.replaced` for a minister or ministry of something else than the German says.

    A ministry where the German speaks of none is `names.added`; a minister is not: a translator may say what Lavrov is.
    """
    german = pair.source.lower()
    if "minist" not in german:
        yield from _made_up(pair)
        return
    for words, english in _ENGLISH.items():
        found = english.search(pair.target)
        if found and not re.search(words, german):
            yield pair.finding(
                "names.replaced",
                "warning",
                f"The English has “{found[0]}”; the German names no such ministry.",
                target=(span(pair.target, *found.span()),),
            )
    yield from _half_rendered(pair)
    chief = _MINISTER.search(pair.target)
    ministry = _MINISTRY.search(pair.source)
    if ministry and chief and not _PERSON.search(pair.source) and not _ENGLISH_MINISTRY.search(pair.target):
        yield pair.finding(
            "names.replaced",
            "warning",
            f"The English has “{chief[0]}” where the German has “{ministry[0]}”.",
            (span(pair.source, *ministry.span()),),
            (span(pair.target, *chief.span()),),
        )
    deputy = _DEPUTY.search(pair.source)
    if deputy and not _ENGLISH_DEPUTY.search(pair.target):
        yield pair.finding(
            "names.replaced",
            "warning",
            f"The German has “{deputy[0]}”, a deputy; the English has none.",
            (span(pair.source, *deputy.span()),),
            (span(pair.target, *chief.span()),) if chief else (),
        )


def _half_rendered(pair: Pair) -> Iterator[Finding]:
    """Yield `names.missing` for a part of what a ministry is for that the English does not have: `der ehemaligen Kämpfer`."""
    for fields in _FIELDS.finditer(pair.source):
        nouns = list(_NOUN.finditer(pair.source, *fields.span(1)))
        known = [(noun, rendered(noun[0], pair.target)) for noun in nouns]
        if not any(found for _, found in known):
            continue  # called otherwise as a whole: a Foreign Office, a spokesman for it
        for noun, found in known:
            if found is False:
                yield pair.finding(
                    "names.missing",
                    "warning",
                    f"The English does not have “{noun[0]}” of “{fields[0]}”.",
                    (span(pair.source, *noun.span()),),
                )


def _made_up(pair: Pair) -> Iterator[Finding]:
    invented = _INSTITUTION.search(pair.target)
    if invented and not _LIKE_A_MINISTRY.search(pair.source):
        yield pair.finding(
            "names.added",
            "warning",
            f"The German has no “{invented[0]}”.",
            target=(span(pair.target, *invented.span()),),
        )
