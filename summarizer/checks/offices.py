"""Offices: a minister or ministry of something else, a ministry that became a minister, a deputy who became the chief, another office or court."""

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
_DEPUTY: Final = re.compile(
    r"(?i)\b(?:vize|stellvertretende[nrms]? |stv\. |stellvertret)[\w-]*"
    r"(?:minister|präsident|kanzler|chef|vorsitzende|leiter|direktor|bürgermeister|sprecher)\w*"
)
_ENGLISH_DEPUTY: Final = re.compile(r"(?i)\b(?:deput|vice|vp\b|second|number two|under|assistant|associate|co-)")
_MINISTER: Final = re.compile(r"(?i)\bministers?\b")
_MINISTRY: Final = re.compile(r"(?i)\w*minister(?:ium|ien)\w*")
_PERSON: Final = re.compile(r"(?i)minister(?!i(?:um|en|ell))")
_ENGLISH_MINISTRY: Final = re.compile(r"(?i)\bministr|department|office|treasury|pentagon")
_OFFICES: Final = tuple(
    tuple(re.compile(f"(?i){pattern or '(?!)'}") for pattern in row)
    for row in (
        (r"\w*kanzler\w*", "regierungschef", "chancellor|chancellery", "head of (?:the )?government|leader"),
        (
            r"(?:minister|landes)präsident\w*|\bpremier(?:s|minister\w*)?\b",
            "regierungschef|landesvater",
            r"prime minister|\bpremier|minister.president",
            r"\bpm\b|head of|leader|governor|president",
        ),
        (r"landeshaupt(?:mann|frau)\w*|gouverneur\w*", "notenbank|zentralbank", "governor", "head|premier|leader"),
        (r"\w*bürgermeister\w*", r"rathaus|stadt\w*|\bob\b", r"\bmayor", "burgomaster|head of|council"),
        (r"landr[aä]t\w*", "kreis", "district administrator|county commissioner", "district|county|council|landrat"),
        (r"\w*(?:staats|bundes)anw\w+", "ankl[aä]g|ermittler|strafverfolg", r"prosecut\w+", "attorney|justice"),
        (
            r"\b(?:straf|pflicht)?verteidiger\w*",
            r"anw[aä]lt",
            "defen[cs]e (?:lawyer|counsel|attorney)",
            "defen[cs]|defend|lawyer|attorney|counsel|barrister|back",
        ),
        (r"botschafter\w*", "botschaft", "ambassador", "envoy|representative|embassy"),
        (
            r"\w*verfassungsgericht\w*|bverfg",
            "verfassung|karlsruhe|vfgh",
            "constitutional court",
            "karlsruhe|constitution",
        ),
        (
            r"\w*bundesgerichtshof\w*|\bbgh\b|\beugh\b",
            "gerichtshof",
            r"(?:federal |european )?court of justice",
            r"european court|\becj|cjeu|bgh",
        ),
        (
            r"\w*verwaltungsgericht\w*|bverwg",
            r"\bo?vg\b",
            r"(?:federal |higher )?administrative court",
            "administrative",
        ),
        (r"\w*arbeitsgericht\w*", r"\bbag\b", "labou?r court", "labou?r|employment|industrial tribunal"),
        (r"\w*sozialgericht\w*", r"\bbsg\b", "social court", "social"),
        (r"\w*finanzgericht\w*|finanzhof\w*", r"\bbfh\b", "(?:fiscal|finance|tax) court", "fiscal|financ|tax"),
    )
)
"""Offices and courts: their German, what else in German vouches for the English, their English, what else answers the German."""
_SOME_OFFICE: Final = (
    *("kanzler", "präsident", "premier", "landeshaupt", "gouverneur", "bürgermeister", "landrat", "landrät", "anw"),
    *("verteidiger", "botschafter", "gericht", "finanzhof", "bgh", "eugh", "bverfg", "bverwg"),
)
"""What one of them has in its German, small: most sentences have none, and this is quick."""
_SOME_DEPUTY: Final = ("vize", "stellvertret", "stv.")

_FIELDS: Final = re.compile(
    r"\b[Mm]inister\w* (?:der|des|für)((?:(?: (?:die|das|den))?(?: (?!eine)[a-zäöüß]+[en])? [A-ZÄÖÜ][\w-]+(?:,| und| sowie)?(?: (?:der|des|für))?)+)"
)
"""What a minister or ministry is for, up to the first word that cannot belong to its name."""
_NOUN: Final = re.compile(r"[A-ZÄÖÜ][\w-]+")
_INSTITUTION: Final = re.compile(
    r"(?:\b[A-Z]\w+ )?\bMinistr(?:y|ies)\b(?: (?:of|for)(?: the)? [A-Z]\w+)?|\b(?:defen[cs]e|foreign|interior) ministry\b"
)
_LIKE_A_MINISTRY: Final = re.compile(
    r"(?i:ressort|amt(?:e?s)?\b|pentagon|department)|\bBM[A-Z]|\bE[DFJV][A-Z]{1,2}\b|\b(?:VBS|WBF|UVEK)\b"
)
"""German words for what English may call a ministry; the short names of German, Austrian and Swiss ones among them."""


def offices(pair: Pair) -> Iterator[Finding]:
    """Yield `names.replaced`, `names.added` and `names.missing` for ministers, ministries, other offices and courts."""
    german = pair.source.lower()
    yield from _portfolios(pair, german)
    if any(word in german for word in _SOME_DEPUTY):
        yield from _promoted(pair)
    if any(word in german for word in _SOME_OFFICE):
        yield from _another(pair)


def _portfolios(pair: Pair, german: str) -> Iterator[Finding]:
    """Yield `names.replaced` for a minister or ministry of something else than the German says.

    A ministry where the German speaks of none is `names.added`; a minister is not: a translator may say what Lavrov is.
    """
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


def _promoted(pair: Pair) -> Iterator[Finding]:
    """Yield `names.replaced` for a deputy who became the chief."""
    deputy = _DEPUTY.search(pair.source)
    if deputy and not _ENGLISH_DEPUTY.search(pair.target):
        chief = _MINISTER.search(pair.target)
        yield pair.finding(
            "names.replaced",
            "warning",
            f"The German has “{deputy[0]}”, a deputy; the English has none.",
            (span(pair.source, *deputy.span()),),
            (span(pair.target, *chief.span()),) if chief else (),
        )


def _another(pair: Pair) -> Iterator[Finding]:
    """Yield `names.replaced` for an office or court of the English that the German does not have while one of the German is lost."""
    lost = [
        german
        for own, _, english, more in _OFFICES
        if (german := own.search(pair.source)) and not english.search(pair.target) and not more.search(pair.target)
    ]
    made_up = [
        found
        for own, more, english, _ in _OFFICES
        if lost
        and (found := english.search(pair.target))
        and not own.search(pair.source)
        and not more.search(pair.source)
    ]
    for german, found in zip(lost, made_up, strict=False):
        yield pair.finding(
            "names.replaced",
            "warning",
            f"The English has “{found[0]}” where the German has “{german[0]}”.",
            (span(pair.source, *german.span()),),
            (span(pair.target, *found.span()),),
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
