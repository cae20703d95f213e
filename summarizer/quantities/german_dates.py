"""German calendar dates: days, months, seasons, quarters, years, decades, centuries, holidays."""

from __future__ import annotations

import re

from .anchor import Anchor
from .german_grammar import (
    CUES,
    FRAGMENTS,
    HOLIDAYS,
    MONTHS,
    NIGHT_TO,
    OFFSETS,
    SEASONS,
    WEEKDAYS,
    full_year,
    looked_up,
    number,
    year_of,
)  # fmt: skip
from .times import Mark, Reading, Rules, after, before, marks, offset_mark

RULES = Rules(FRAGMENTS, CUES)


def _month_number(name: str) -> int:
    name = name.lower().rstrip(".")
    return MONTHS.get(name) or MONTHS[name.removesuffix("s")]


def _weekday_number(name: str | None) -> int | None:
    return WEEKDAYS[name.lower()] if name else None


@RULES.add("figure", r"(?P<weekday>(?!))?(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])")
@RULES.add(
    "figure",
    r"(?:(?P<weekday><weekday>),? (?:de[nrm] )?)?(?P<day><day>)\.~(?P<month>0?[1-9]|1[0-2])\."
    r"(?:~(?P<year><year>|\d\d(?![\d.,])))?(?! ?Uhr|\d)",
)
def _in_figures(match: re.Match[str], anchor: Anchor) -> Reading:
    day, month = int(match["day"]), int(match["month"])
    year = full_year(match["year"]) if match["year"] else None
    value = f"{f'{year:04}' if year else year_of(match, anchor, month)}-{month:02}-{day:02}"
    weekday = _weekday_number(match["weekday"])
    return Reading("DATE", value, marks(match, weekday=weekday, day=day, month=month, year=year))


@RULES.add(
    "figure",
    r"(?:<article> )?(?:(?P<weekday><weekday>),? (?:de[nrm] )?)?(?P<x>(?P<day><day>))\."
    r"(?=(?:<to>(?:<weekday>,? (?:de[rnm] )?)?(?:<day>)\.)*<to>(?:<weekday>,? (?:de[rnm] )?)?(?:<day>)\. "
    r"(?P<month><month>)(?: (?P<year><year>))?)",
)
def _first_of_several(match: re.Match[str], anchor: Anchor) -> Reading:
    """Read the 7th of `7. bis 9. Mai`."""
    month, day = _month_number(match["month"]), int(match["day"])
    year = match["year"] or year_of(match, anchor, month)
    said = marks(match, weekday=_weekday_number(match["weekday"]), day=day)
    return Reading("DATE", f"{year}-{month:02}-{day:02}", said)


@RULES.add(
    "month",
    r"(?:(?:<part>|nacht|abend|morgen) (?:de[srnm] )?|(?:<article>) )?"
    r"(?:(?P<weekday><weekday>)(?:s|e)?,? (?:de[nrm] )?)?"
    r"(?P<day>(?:<day>)(?=\.)|erste[nr]?|zweite[nr]?|dritte[nr]?)\.?~(?P<month><month>s?|(?:<mon>)\.)"
    r"(?: (?P<year><year>|\d\d(?=\W|$))| (?:des|de[rnm]) (?:Jahres )?(?P<year2><year>))?",
)
def _day_of_month(match: re.Match[str], anchor: Anchor) -> Reading:
    month = _month_number(match["month"])
    day = int(match["day"]) if match["day"].isdecimal() else {"e": 1, "z": 2, "d": 3}[match["day"][0].lower()]
    printed = match["year"] or match["year2"]
    year = str(full_year(printed)) if printed else None
    value = f"{year or year_of(match, anchor, month)}-{month:02}-{day:02}"
    weekday = _weekday_number(match["weekday"])
    days, months = str(day), str(month)
    if before(match, NIGHT_TO):
        days = f"{day - 1}/{day}" if day > 1 else "28/29/30/31/1"
        months = months if day > 1 else f"{(month - 2) % 12 + 1}/{month}"
    return Reading("DATE", value, marks(match, weekday=weekday, day=days, month=months, year=year, year2=year))


@RULES.add(
    "month",
    r"(?:(?:<part>) (?:de[srnm] )?(?:Monats )?|(?:<article>|<dies>) (?:Monat )?)?(?P<month><month>s?|(?:<mon>)\.)"
    r"(?:[^\S\n]*(?:de[rs] Jahres )?(?P<year><year>)| <ofyear>)?",
)
def _month(match: re.Match[str], anchor: Anchor) -> Reading | None:
    name = match["month"]
    person = name == "August" and after(match, r" [A-ZÄÖÜ]") and not before(match, "im|seit|bis|ab|und|vom|für")
    if name[0].islower() or person or match[0] == "Junis":  # Chan Junis
        return None
    month = _month_number(name)
    said = marks(match, month=month, year=match["year"])
    if match["of"]:
        offset = looked_up(match["of"], OFFSETS)
        return Reading("DATE", f"{anchor.year_value(offset)}-{month:02}", said + offset_mark(match, "year", offset))
    return Reading("DATE", f"{match['year'] or year_of(match, anchor, month)}-{month:02}", said)


@RULES.add(
    "season",
    r"(?:(?:<part>) (?:de[srnm] )?|(?:<article>|<dies>) )?(?:(?P<offset><offset>) )?"
    r"(?P<season>(?:früh|spät|hoch)??(?:<season>)(?:e?s)?)"
    r"(?: (?:de[rs] (?:Jahres )?)?(?P<year><year>)(?:/\d{2,4})?| <ofyear>)?",
)
def _season(match: re.Match[str], anchor: Anchor) -> Reading:
    name = match["season"].lower()
    season = SEASONS[next(key for key in SEASONS if key in name)]
    said = marks(match, season=season, year=match["year"])
    if match["year"]:
        return Reading("DATE", f"{match['year']}-{season}", said)
    offset = 0
    if match["of"]:
        offset = looked_up(match["of"], OFFSETS)
        said += offset_mark(match, "year", offset)
    elif match["offset"] and anchor.date:
        begins = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[season]
        back = looked_up(match["offset"], OFFSETS)
        offset = back if back * (begins - anchor.date.month) <= 0 else 0
    return Reading("DATE", f"{anchor.year_value(offset)}-{season}", said)


@RULES.add(
    "unit",
    r"<lead>(?P<number>(?:erste|zweite|dritte|vierte)[nsm]?|[1-4]\.) (?P<unit>Quartals?|Halbjahr(?:e?s)?)"
    r"(?: (?:des Jahres )?(?P<year><year>)| <ofyear>)?",
)
def _quarter(match: re.Match[str], anchor: Anchor) -> Reading:
    first = match["number"][0].lower()
    label = ("Q" if match["unit"][0] in "Qq" else "H") + {"e": "1", "z": "2", "d": "3", "v": "4"}.get(first, first)
    said = (*marks(match, year=match["year"]), Mark("quarter", label, *match.span("number")))
    offset = looked_up(match["of"], OFFSETS) if match["of"] else 0
    if match["of"]:
        said += offset_mark(match, "year", offset)
    return Reading("DATE", f"{match['year'] or anchor.year_value(offset)}-{label}", said)


_TENS = {"zw": 20, "dr": 30, "vi": 40, "fü": 50, "se": 60, "si": 70, "ac": 80, "ne": 90}


@RULES.add(
    "decade",
    r"(?:(?P<part><part>) (?:de[srnm] )?|(?:<article>) )?(?:(?:frühen|späten) )?"
    r"(?:(?P<decade>(?:1[0-9]|20)?[1-9]0)er|"
    r"(?P<decade2>(?:zwan|vier|fünf|sech|sieb|acht|neun?)ziger|drei(?:ß|ss)iger))(?P<years>[-\s]?jahren?s?|n|s)?",
)
def _decade(match: re.Match[str], _: Anchor) -> Reading | None:
    printed = match["decade"] or match["decade2"]
    tens = int(printed) if match["decade"] else _TENS[printed[:2].lower()]
    of_a_century = len(match["years"] or "") > 1 or match["part"] or before(match, "mitte|ende|anfang|in den")
    if not of_a_century and tens < 100:  # a man in his fifties, a size
        return None
    value = f"{tens // 10}" if tens >= 100 else f"19{tens // 10}"
    return Reading("DATE", value, marks(match, decade=tens % 100, decade2=tens % 100))


@RULES.add(
    "unit",
    r"(?:(?:<part>|(?:der )?(?:ersten?|zweiten?) hälfte) (?:de[srnm] )?|(?:<article>) )?(?:(?:frühen|späten) )?"
    r"(?P<century>\d\d?\.|\w+(?:te|ste)[nsm]?) Jahrhundert(?:e?s)?(?: (?:v\.|vor) (?:Chr\.|Christus))?",
)
def _century(match: re.Match[str], _: Anchor) -> Reading | None:
    count = number(match["century"].rstrip("."))
    return Reading("DATE", f"{int(count) - 1:02}", marks(match, century=int(count))) if count else None


@RULES.add("holiday", r"(?P<holiday><holiday>)(?: (?P<year><year>))?")
def _holiday(match: re.Match[str], anchor: Anchor) -> Reading | None:
    if match["holiday"][0].islower():
        return None
    name = HOLIDAYS[re.sub(r"\s+", " ", match["holiday"].lower())]
    year = int(match["year"]) if match["year"] else None
    return Reading("DATE", anchor.holiday_value(name, year), marks(match, holiday=name, year=year))


YEARS = Rules(FRAGMENTS, CUES)
"""Years alone: tried last, after durations such as `1000 Jahre`."""

_YEAR_CUES = (
    "jahren?|seit|bis|anfang|mitte|ende|sommer|herbst|winter|frühjahr|frühling|saison|ab|von|vor|nach|zwischen|und"
)
_COUNTED = (
    r"(?:[.,:]\d|%|[^\S\n]*(?:Uhr|€|\$|Euro|Dollar|Prozent|Meter|Kilometer|Tonnen|km|kg|m|ha|Mark|Einwohner\w*|Menschen|"
    r"Personen|Stück)(?!\w))"
)


@YEARS.add(
    "figure",
    rf"(?P<cue>(?:(?:<part>) )?(?:Jahr(?:es?)? )?)(?P<year><year>)(?:[/–-]~(?P<year2>\d\d)(?!\d))?(?!{_COUNTED})",
)
def _year(match: re.Match[str], _: Anchor) -> Reading | None:
    second = match["year"][:2] + match["year2"] if match["year2"] else None
    follows = second is not None and int(second) == int(match["year"]) + 1
    said = marks(match, year=match["year"], year2=second if follows else None)
    if not (match["cue"] or second or before(match, _YEAR_CUES)):
        near = match.string[max(0, match.start() - 6) : match.start()]
        if after(match, r" [A-ZÄÖÜ]") or re.search(r"[^\W\d]-?$|[$€£#/]$|(?:Nr|Tel|Seite)\.? ?$", near):
            return None
    return Reading("DATE", match["year"], said)
