"""English calendar dates: days, months, seasons, quarters, years, decades, centuries, holidays."""

from __future__ import annotations

import re

from .anchor import Anchor
from .english_grammar import CUES, DECADES, FRAGMENTS, HOLIDAYS, MONTHS, OFFSETS, SEASONS, day_of, number, weekday_of
from .times import Mark, Reading, Rules, after, before, marks, offset_mark

RULES = Rules(FRAGMENTS, CUES)


@RULES.add("figure", r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])")
def _iso(match: re.Match[str], _: Anchor) -> Reading:
    said = marks(match, day=int(match["day"]), month=int(match["month"]), year=match["year"])
    return Reading("DATE", match[0], said)


@RULES.add(
    "figure", r"(?P<one>0?[1-9]|[12]\d|3[01])(?P<sign>[./])(?P<other>0?[1-9]|[12]\d|3[01])[./](?P<year><year>|\d\d)"
)
def _in_figures(match: re.Match[str], _: Anchor) -> Reading | None:
    one, other = int(match["one"]), int(match["other"])
    year = match["year"] if len(match["year"]) == 4 else f"{20 if int(match['year']) < 50 else 19}{match['year']}"
    said = marks(match, year=year)
    if match["sign"] == "/" and one <= 12 and other <= 12 and one != other:
        either = Mark("either", f"{one}/{other}", match.start("one"), match.end("other"))
        return Reading("DATE", year, (either, *said))
    day, month = ("one", "other") if match["sign"] == "." or one > 12 else ("other", "one")
    if int(match[month]) > 12:
        return None
    in_order = (
        Mark("day", str(int(match[day])), *match.span(day)),
        Mark("month", str(int(match[month])), *match.span(month)),
    )
    return Reading("DATE", f"{year}-{int(match[month]):02}-{int(match[day]):02}", in_order + said)


@RULES.add(
    "month",
    r"(?:(?P<weekday><weekday>)\.?,? (?:the )?)?(?P<day><day>)(?:<to>(?:the )?(?P<day2><day>))? (?:of )?"
    r"(?P<month><month>)\.?(?:,? (?P<year><year>)(?![.,]\d))?",
)
@RULES.add(
    "month",
    r"(?:(?P<weekday><weekday>)\.?,? (?:the )?)?(?P<month><month>)\.? (?:the )?(?P<day><day>)(?![.,]?\d)"
    r"(?:<to>(?:the )?(?P<day2><day>)(?!\d))?(?:,? (?P<year><year>)(?![.,]\d))?",
)
def _day_of_month(match: re.Match[str], anchor: Anchor) -> Reading | None:
    if match["month"][0].islower():
        return None
    month, day = MONTHS[match["month"].lower()], day_of(match["day"])
    day2 = day_of(match["day2"]) if match["day2"] else None
    said = marks(match, weekday=weekday_of(match["weekday"]), day=day, day2=day2, month=month, year=match["year"])
    return Reading("DATE", f"{match['year'] or anchor.year_value(0)}-{month:02}-{day:02}", said)


@RULES.add(
    "figure",
    r"(?:the )?(?P<day>\d\d?(?:st|nd|rd|th))(?=(?: to| and| until| through|,|~[-–])~(?:the )?\d\d?(?:st|nd|rd|th)? "
    r"(?:of )?"
    r"(?P<month><month>))",
)
def _first_of_several(match: re.Match[str], _: Anchor) -> Reading:
    return Reading("DATE", "XXXX-XX-XX", marks(match, day=day_of(match["day"])))


_MONTH_CUES = (
    "in|of|since|until|till|by|to|from|between|and|or|for|during|before|after|last|next|this|through|around|per|every|each|"
    "end|early|late|mid"
)


@RULES.add(
    "month", r"(?:(?P<part><part>)[-\s])?(?P<month><month>)\.?(?:,? (?:of )?(?P<year><year>)(?![.,]\d)| <ofyear>)?"
)
def _month(match: re.Match[str], anchor: Anchor) -> Reading | None:
    name = match["month"]
    abbreviated = name not in {"May", "Sept"} and len(name) == 3
    if name[0].islower() or (
        abbreviated and not match["year"] and not match.string.startswith(".", match.end("month"))
    ):
        return None
    if name in {"May", "March"} and not (match["year"] or match["part"] or before(match, _MONTH_CUES)):
        return None
    month = MONTHS[name.lower()]
    said = marks(match, month=month, year=match["year"])
    if match["of"]:
        said += offset_mark(match, "year", OFFSETS[match["of"].lower()])
    return Reading("DATE", f"{match['year'] or anchor.year_value(0)}-{month:02}", said)


_SEASON_CUES = "the|in|since|by|until|of|during|early|late|and|or|to"


@RULES.add(
    "season",
    r"(?:(?:<part>)[-\s])?(?:(?P<offset><offset>|each|every) )?(?P<season><season>)(?: (?:of )?(?P<year><year>)|"
    r" <ofyear>)?",
)
def _season(match: re.Match[str], anchor: Anchor) -> Reading | None:
    name = match["season"].lower()
    if name in {"fall", "spring"}:
        told = match["year"] or match["offset"] or match["of"]
        if not (told or before(match, _SEASON_CUES)) or after(match, r"[^\S\n](?:in|of(?! \d)|by|to|from)\b"):
            return None
    said = marks(match, season=SEASONS[name], year=match["year"])
    if match["of"]:
        said += offset_mark(match, "year", OFFSETS[match["of"].lower()])
    return Reading("DATE", f"{match['year'] or anchor.year_value(0)}-{SEASONS[name]}", said)


@RULES.add(
    "quarter",
    r"(?:the )?(?:(?P<number>first|second|third|fourth|1st|2nd|3rd|4th)[-\s](?P<unit>quarter|half)|Q(?P<quarter>[1-4]))"
    r"(?: (?:of )?(?:(?:the )?(?:fiscal |financial )?year )?(?P<year><year>)| of (?P<relative>(?P<of>the|this|last|"
    r"next) year))?",
)
def _quarter(match: re.Match[str], anchor: Anchor) -> Reading | None:
    half = (match["unit"] or "").lower() == "half"
    if half and not (match["year"] or match["of"]):  # of a match, of a prize
        return None
    printed = (match["number"] or match["quarter"]).lower()
    count = {"fi": 1, "se": 2, "th": 3, "fo": 4}.get(printed[:2]) or int(printed[0])
    label = f"{'H' if half else 'Q'}{count}"
    said = (
        Mark("quarter", label, *match.span("number" if match["number"] else "quarter")),
        *marks(match, year=match["year"]),
    )
    if match["of"]:
        said += offset_mark(match, "year", OFFSETS[match["of"].lower()])
    return Reading("DATE", f"{match['year'] or anchor.year_value(0)}-{label}", said)


@RULES.add(
    "decade",
    r"(?:(?:<part>)[-\s])?(?:the )?(?:(?:<part>)[-\s])?(?:(?P<decade>(?:1[0-9]|20)\d0)['’]?s|['’‘]?"
    r"(?P<decade2>[2-9]0)['’]?s|"
    rf"(?P<decade3>{'|'.join(DECADES)}))",
)
def _decade(match: re.Match[str], _: Anchor) -> Reading | None:
    if match["decade3"] and before(match, "his|her|their|our|my|your"):  # an age
        return None
    tens = DECADES[match["decade3"].lower()] if match["decade3"] else int(match["decade"] or match["decade2"]) % 100
    return Reading("DATE", f"19{tens // 10}", marks(match, decade=tens, decade2=tens, decade3=tens))


@RULES.add(
    "unit",
    r"(?:(?:<part>)[-\s])?(?:the )?(?P<century>\d\d?(?:st|nd|rd|th)|\w+(?:th|first|second|third))[-\s]centur(?:y|ies)",
)
def _century(match: re.Match[str], _: Anchor) -> Reading | None:
    printed = match["century"]
    count = day_of(printed) if printed[0].isdecimal() else number(printed)
    return Reading("DATE", f"{int(count) - 1:02}", marks(match, century=int(count))) if count else None


@RULES.add("holiday", r"(?P<holiday><holiday>)(?: (?P<year><year>))?")
def _holiday(match: re.Match[str], anchor: Anchor) -> Reading | None:
    if match["holiday"][0].islower():
        return None
    name = HOLIDAYS[re.sub(r"\s+", " ", match["holiday"].lower().replace("’", "'"))]
    year = int(match["year"]) if match["year"] else None
    return Reading("DATE", anchor.holiday_value(name, year), marks(match, holiday=name, year=year))


YEARS = Rules(FRAGMENTS, CUES)
"""Years alone: tried last, after durations."""

_YEAR_CUES = (
    "in|since|until|till|by|from|of|year|between|and|to|before|after|during|for|around|early|late|mid|through|the|,"
)
_COUNTED = (
    r"(?:[.,:]\d|%|[^\S\n]*(?:€|\$|euros?|dollars?|percent|per cent|met(?:er|re)s?|kilomet(?:er|re)s?|km|kg|people|"
    r"residents|"
    r"inhabitants|tons?|tonnes)(?!\w))"
)


@YEARS.add("figure", rf"(?P<year><year>)(?:[/–-](?P<year2>\d\d(?:\d\d)?)(?!\d))?(?!{_COUNTED})")
def _year(match: re.Match[str], _: Anchor) -> Reading | None:
    near = match.string[max(0, match.start() - 6) : match.start()]
    if re.search(r"[^\W\d]-?$|[$€£#]$|(?:No|no)\. ?$", near):
        return None
    if not before(match, _YEAR_CUES) and after(match, r"[^\S\n][a-z]+s\b"):  # 2000 homes
        return None
    second = match["year2"]
    if second and len(second) == 2:
        second = match["year"][:2] + second
    return Reading("DATE", match["year"], marks(match, year=match["year"], year2=second))
