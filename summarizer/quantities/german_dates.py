"""German calendar dates: days, months, seasons, quarters, decades, centuries."""

from __future__ import annotations

import re

from .anchor import Anchor
from .german_base import MONTHS, OFFSETS, WEEKDAYS, after, before, full_year, lemma, number, rule, season, year_of
from .times import Mark, Reading, marks


def _month_number(name: str) -> int:
    name = name.lower().rstrip(".")
    return MONTHS.get(name) or MONTHS[name.removesuffix("s")]


@rule(r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])")
@rule(
    r"(?:(?P<weekday><weekday>),? (?:de[nrm] )?)?(?P<day><day>)\.[^\S\n]?(?P<month>0?[1-9]|1[0-2])\.(?:[^\S\n]?(?P<year><year>|\d\d(?![\d.,])))?(?! ?Uhr|\d)"
)
def _numeric(match: re.Match[str], anchor: Anchor) -> Reading | None:
    found = match.groupdict()
    day, month = int(match["day"]), int(match["month"])
    year = full_year(match["year"]) if match["year"] else None
    weekday = WEEKDAYS[found["weekday"].lower()] if found.get("weekday") else None
    value = f"{f'{year:04}' if year else year_of(match, anchor, month)}-{month:02}-{day:02}"
    named = marks(match, day=day, month=month, year=year)
    return Reading("DATE", value, named + (marks(match, weekday=weekday) if weekday is not None else ()))


@rule(
    r"(?:(?P<article><article>) )?(?:(?P<weekday><weekday>),? (?:de[nrm] )?)?(?P<x>(?P<day><day>))\."
    r"(?=(?:[^\S\n]?(?:,|,? und|oder|sowie|bis(?: zum)?|[/–-])[^\S\n]?(?:(?:am|de[rnm]) )?(?:(?:<weekday>),? (?:de[rnm] )?)?(?:<day>)\.)*"
    r"[^\S\n]?(?:,|,? und|oder|sowie|bis(?: zum)?|[/–-])[^\S\n]?(?:(?:am|de[rnm]) )?(?:(?:<weekday>),? (?:de[rnm] )?)?(?:<day>)\. (?P<month><month>)(?: (?P<year><year>))?)"
)
def _first_of_range(match: re.Match[str], anchor: Anchor) -> Reading | None:
    month, day = _month_number(match["month"]), int(match["day"])
    year = match["year"] or year_of(match, anchor, month)
    weekday = WEEKDAYS[match["weekday"].lower()] if match["weekday"] else None
    return Reading("DATE", f"{year}-{month:02}-{day:02}", marks(match, weekday=weekday, day=day))


@rule(
    r"(?:(?P<part><part>|nacht|abend|morgen) (?:de[srnm] )?|(?P<article><article>) )?"
    r"(?:(?P<weekday><weekday>)(?:s|e)?,? (?:de[nrm] )?)?(?:(?P<day><day>|erste[nr]?|zweite[nr]?|dritte[nr]?)(?:\.|(?<=[a-z])))[^\S\n]?(?P<month><month>s?|(?:<mon>)\.)"
    r"(?: (?P<year><year>|\d\d(?=\W|$))| (?:des|de[rnm]) (?:Jahres )?(?P<year2><year>))?"
)
def _day_of_month(match: re.Match[str], anchor: Anchor) -> Reading | None:
    month = _month_number(match["month"])
    day = int(match["day"]) if match["day"].isdecimal() else {"e": 1, "z": 2, "d": 3}[match["day"][0].lower()]
    printed = match["year"] or match["year2"]
    year = str(full_year(printed)) if printed else None
    weekday = WEEKDAYS[match["weekday"].lower()] if match["weekday"] else None
    named = marks(match, weekday=weekday, day=day, month=month, year=year if match["year"] else None)
    value = f"{year or year_of(match, anchor, month)}-{month:02}-{day:02}"
    return Reading("DATE", value, named + marks(match, year2=year))


@rule(
    r"(?:(?P<part><part>) (?:de[srnm] )?(?:Monats )?|(?P<article><article>|<dies>) (?:Monat )?)?(?P<month><month>s?|(?:<mon>)\.)"
    r"(?:[^\S\n]*(?:de[rs] Jahres )?(?P<year><year>)| (?P<relative>(?:de[rs] )?(?P<offset><offset>) Jahres))?"
)
def _month(match: re.Match[str], anchor: Anchor) -> Reading | None:
    name = match["month"]
    if name[0].islower() or (
        name.lower() == "august" and after(match, r" [A-ZÄÖÜ]") and not before(match, "im|seit|bis|ab|und|vom")
    ):
        return None
    month = _month_number(name)
    offset = OFFSETS[lemma(match["offset"], OFFSETS)] if match["offset"] else None
    year = match["year"] or (anchor.year_value(offset) if offset is not None else year_of(match, anchor, month))
    named = marks(match, month=month, year=match["year"])
    if offset is not None:
        named += (Mark("relative", f"year:{offset}", *match.span("relative")),)
    return Reading("DATE", f"{year}-{month:02}", named)


@rule(
    r"(?:(?P<part><part>) (?:de[srnm] )?|(?P<article><article>|<dies>) )?(?P<offset>(?:<offset>) )?(?P<season>(?:früh|spät|hoch)?(?:<season>)(?:s|es)?)"
    r"(?: (?:de[rs] (?:Jahres )?)?(?P<year><year>)(?:/(?P<next>\d{2,4}))?| (?P<relative>(?:de[rs] )?(?P<of><offset>) Jahres))?"
)
def _season_of(match: re.Match[str], anchor: Anchor) -> Reading | None:
    name = re.sub(r"^(?:früh(?!ling|jahr)|spät|hoch)", "", match["season"].lower())
    which = season(name)
    named = marks(match, season=which, year=match["year"])
    if match["year"]:
        return Reading("DATE", f"{match['year']}-{which}", named)
    offset = 0
    if match["of"]:
        offset = OFFSETS[lemma(match["of"], OFFSETS)]
        named += (Mark("relative", f"year:{offset}", *match.span("relative")),)
    elif match["offset"]:
        back = OFFSETS[lemma(match["offset"], OFFSETS)]
        months = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[which]
        now = anchor.date.month if anchor.date else 1
        offset = back if back * (months - now) <= 0 else 0
    return Reading("DATE", f"{anchor.year_value(offset)}-{which}", named)


@rule(
    r"(?:(?P<part><part>) (?:de[srnm] )?|(?P<article><article>) )?(?P<number>erste[nsm]?|zweite[nsm]?|dritte[nsm]?|vierte[nsm]?|[1-4]\.) (?P<unit>Quartals?|Halbjahr(?:e?s)?)(?: (?:des Jahres )?(?P<year><year>)| (?P<relative>(?:de[rs] )?(?P<offset><offset>) Jahres))?"
)
def _quarter(match: re.Match[str], anchor: Anchor) -> Reading | None:
    count = {"e": 1, "z": 2, "d": 3, "v": 4}.get(match["number"][0].lower()) or int(match["number"][0])
    kind = "Q" if match["unit"][0] in "Qq" else "H"
    if kind == "H" and count > 2:
        return None
    offset = OFFSETS[lemma(match["offset"], OFFSETS)] if match["offset"] else None
    named = marks(match, year=match["year"]) + (Mark("quarter", f"{kind}{count}", *match.span("number")),)
    if offset is not None:
        named += (Mark("relative", f"year:{offset}", *match.span("relative")),)
    return Reading("DATE", f"{match['year'] or anchor.year_value(offset or 0)}-{kind}{count}", named)


@rule(
    r"(?:(?P<part><part>) (?:de[srnm] )?|(?P<article><article>) )?(?:(?:frühen|späten) )?"
    r"(?:(?P<digits>(?:1[0-9]|20)?[1-9]0)er|(?P<words>zwanziger|drei(?:ß|ss)iger|vierziger|fünfziger|sechziger|siebziger|achtziger|neun?ziger))(?:[-\s]jahren?s?|n|s)?"
)
def _decade(match: re.Match[str], anchor: Anchor) -> Reading | None:
    years = re.search(r"jahre", match[0], re.I) is not None
    if match["digits"]:
        printed = match["digits"]
        group = "digits"
    else:
        if not years and not match["words"][0].isupper():
            return None
        tens = {"zw": 20, "dr": 30, "vi": 40, "fü": 50, "se": 60, "si": 70, "ac": 80, "ne": 90}
        printed, group = str(tens[match["words"][:2].lower()]), "words"
    decade = int(printed) // 10
    value = f"{decade:03}" if len(printed) == 4 else f"19{decade}"
    if (
        not years
        and len(printed) < 4
        and (before(match, "mitte|ende|anfang") is False and not match["part"] and not before(match, "in den"))
    ):
        return None
    return Reading("DATE", value, (Mark("decade", str(decade % 10 * 10), *match.span(group)),))


@rule(
    r"(?:(?P<part><part>|(?:der )?(?:ersten?|zweiten?) hälfte) (?:de[srnm] )?|(?P<article><article>) )?(?:(?:frühen|späten) )?"
    r"(?P<number>\d\d?\.|\w+(?:te|ste)[nsm]?)(?:[- ](?:und|bis|/)[^\S\n]?\d\d?\.)? (?P<unit>Jahrhundert(?:e?s)?)(?: (?:v\.|vor) (?:Chr\.|Christus))?"
)
def _century(match: re.Match[str], _: Anchor) -> Reading | None:
    printed = match["number"]
    count = int(printed[:-1]) if printed[0].isdecimal() else number(printed)
    if not count:
        return None
    return Reading("DATE", f"{int(count) - 1:02}", (Mark("century", str(int(count)), *match.span("number")),))
