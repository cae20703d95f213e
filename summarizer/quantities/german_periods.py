"""German periods: weeks, months and years counted from today, durations, repetitions, vague times."""

from __future__ import annotations

import re

from .anchor import Anchor
from .german_grammar import CUES, DAYPARTS, FRAGMENTS, NAMES, OFFSETS, UNITS, amount, is_ahead, looked_up, number
from .times import Mark, Reading, Rules, after, before, marks, offset_mark

RULES = Rules(FRAGMENTS, CUES)

# Repetitions -------------------------------------------------------------------------------------------------------


@RULES.add(
    "unit", r"(?:\w+mal (?:am|im|in der|pro)|pro|je) (?P<set>Tag|Woche|Monat|Jahr|Stunde|Minute|Sekunde|Quartal|Nacht)"
)
@RULES.add(
    "unit",
    r"jede[nmrs]? (?:(?P<count>\w+(?:te|ste)[nrsm]?) )?"
    r"(?P<set>(?:Tag|Woche|Monat|Jahr|Stunde|Minute|Sekunde|Wochenende|Nacht|Abend|Morgen|Sommer|Winter|Quartal|Jahrzehnt)(?:e?s)?)",
)
@RULES.add("unit", r"alle (?:(?P<count><number>|paar) )?(?P<set>Tage|Wochen|Monate|Jahre|Stunden|Minuten|Sekunden)")
def _every(match: re.Match[str], _: Anchor) -> Reading:
    unit = looked_up(match["set"], UNITS)
    count = match.groupdict().get("count")
    value = amount(number(count) if count else 1, unit)
    return Reading("SET", value, marks(match, set=value.removeprefix("P") if unit in NAMES else None))


@RULES.add(
    "unit",
    r"(?:\w+mal )?(?P<set>(?:all)?(?:täglich|wöchentlich|monatlich|jährlich)|stündlich|(?:viertel|"
    r"halb)jährlich)<ending>?",
)
def _adverb(match: re.Match[str], _: Anchor) -> Reading:
    word = match["set"].lower().removeprefix("all")
    value = {"vi": "P3M", "ha": "P6M", "tä": "P1D", "wö": "P1W", "mo": "P1M", "jä": "P1Y", "st": "PT1H"}[word[:2]]
    return Reading("SET", value, marks(match, set=value.removeprefix("P")))


@RULES.add("unit", r"(?P<part>nachts|abends|morgens|(?:vor|nach)?mittags)|werktags|tagsüber")
def _at_that_time_of_day(match: re.Match[str], _: Anchor) -> Reading:
    part = match["part"]
    return Reading("SET", f"PT1{DAYPARTS[part.lower().removesuffix('s')]}" if part else "P1D")


# Periods counted from today ----------------------------------------------------------------------------------------

_PLURAL = re.compile(
    r"(?:sekunden|minuten|stunden|wochen|(?:tag|monat|quartal|jahr|jahrzehnt|jahrhundert|jahrtausend)en?)"
)


@RULES.add(
    "unit",
    r"<lead>(?P<relative>(?P<offset><offset>)) (?:(?P<count><number>|beiden|paar|wenigen|Wochen und) )?(?P<unit><unit>)"
    r"(?: (?P<year>(?:19|20)\d\d)(?! [A-ZÄÖÜ]))?",
)
@RULES.add(
    "unit",
    r"(?:<part>) (?:de[sr]) (?P<relative>(?P<unit>Jahres|Woche|Monats|Jahrzehnts|Jahrhunderts|Tages))(?: "
    r"(?P<year><year>))?",
)
def _period(match: re.Match[str], anchor: Anchor) -> Reading | None:
    found = match.groupdict()
    unit, count = looked_up(match["unit"], UNITS), found.get("count")
    offset = looked_up(found["offset"], OFFSETS) if found.get("offset") else 0
    if match["year"] and unit == "Y":
        return Reading("DATE", match["year"], marks(match, year=match["year"]))
    if count:
        value = 2.0 if count.lower() == "beiden" else number(count)
        return Reading("DURATION", amount(value, unit), _direction(match, offset))
    if _PLURAL.fullmatch(match["unit"].lower()):
        if not offset:
            return Reading("DATE", "PRESENT_REF") if unit == "D" else None
        return Reading("DURATION", amount(None, unit), _direction(match, offset) + _span(match, unit))
    return _counted(match, anchor, unit, offset)


def _counted(match: re.Match[str], anchor: Anchor, unit: str, offset: int) -> Reading | None:
    """Return the day, week, month … that many away."""
    if unit == "D":
        return Reading("DATE", anchor.day_value(offset) if offset else anchor.day)
    if unit == "WE":
        said = offset_mark(match, "weekend", offset) if offset else (Mark("weekend", "", *match.span("unit")),)
        return Reading("DATE", anchor.week_value(offset, "-WE"), said)
    if unit not in NAMES:
        return Reading("DURATION", amount(1, unit)) if unit in ("TH", "TM", "TS") else None
    of_unit = {"W": anchor.week_value, "M": anchor.month_value, "Y": anchor.year_value, "Q": anchor.quarter_value}
    if unit in of_unit:
        value = of_unit[unit](offset)
    else:
        value = f"{anchor.date.year // (10 if unit == 'DE' else 100) + offset}" if anchor.date else "XXX"
    return Reading("DATE", value, offset_mark(match, NAMES[unit], offset))


def _direction(match: re.Match[str], offset: int) -> tuple[Mark, ...]:
    return (Mark("direction", "past" if offset < 0 else "future", *match.span("relative")),) if offset else ()


def _span(match: re.Match[str], unit: str) -> tuple[Mark, ...]:
    """Return the mark of a time without a number: `in den vergangenen Jahren`."""
    return (Mark("span", NAMES[unit], *match.span("unit")),) if unit in NAMES else ()


@RULES.add("unit", r"(?:(?:<article>|<dies>) )?(?P<x>(?P<weekend>Wochenende)n?s?)")
def _weekend(match: re.Match[str], anchor: Anchor) -> Reading:
    ahead = is_ahead(match) or (anchor.date is not None and anchor.date.weekday() >= 5)
    said = marks(match, weekend="") if before(match, "am|das|dieses|diesem") else ()
    return Reading("DATE", anchor.week_value(0 if ahead else -1, "-WE"), said)


@RULES.add("long", r"(?P<relative>(?P<this>dies|letzt|vor)jährig<ending>|heuer|heurig<ending>)")
def _of_the_year(match: re.Match[str], anchor: Anchor) -> Reading:
    offset = 0 if (match["this"] or "dies").lower() == "dies" else -1
    return Reading("DATE", anchor.year_value(offset), offset_mark(match, "year", offset))


@RULES.add("unit", r"(?:(?:dem|des|das) )?(?P<narrated>vor(?P<unit>jahr|monat|woche)(?:e?s)?)")
def _before_that(match: re.Match[str], anchor: Anchor) -> Reading:
    unit = {"jahr": "year", "monat": "month", "woche": "week"}[match["unit"].lower()]
    values = {"year": anchor.year_value, "month": anchor.month_value, "week": anchor.week_value}
    return Reading("DATE", values[unit](-1), marks(match, narrated=f"{unit}:-1"))


# Durations ---------------------------------------------------------------------------------------------------------


@RULES.add(
    "unit",
    r"(?:(?:<about>) )?(?:(?:den|die|der) )?(?:ersten )?"
    r"(?:(?P<half>(?:<ein> )?(?:viertel|halbe?[rsnm]?)) ?|(?P<vague><vague>) |"
    r"(?P<count><number>|<ein>|beiden)(?:[-–]|(?:bis|und|oder)| ))(?:(?:bis|und|oder) <number> )?"
    r"(?:(?P<adjective>[a-zäöüß]+(?:e|en|er|es|em)) )?(?P<compound>[A-ZÄÖÜ][a-zäöüß]+)?"
    r"(?P<unit><unit>|sommer|winter|nächten?|abende?|nachmittage?)(?:-Woche|-Tag)?"
    r"(?: (?P<adverb>zuvor|später|früher|danach))?",
)
def _duration(match: re.Match[str], _: Anchor) -> Reading | None:
    count, half, adjective = match["count"], match["half"], match["adjective"]
    if _is_age(match) or (adjective and (adjective in {"und", "oder"} or count is None)):
        return None
    # `Arbeitstage` is a compound, `Bei tage` and `drei tage` are not
    if match["unit"][0].isupper() is bool(match["compound"]) and not half:
        return None
    unit = looked_up(match["unit"].lower().replace("nächt", "nacht"), UNITS)
    value: float | None = None
    if half:
        value = 0.25 if "viertel" in half.lower() else 0.5
    elif count:
        value = 2 if count.lower() == "beiden" else number(count)
    return Reading("DURATION", amount(value, unit), _ago(match) + (_span(match, unit) if value is None else ()))


def _is_age(match: re.Match[str]) -> bool:
    """Whether the years are somebody's age."""
    years = match["unit"].lower().startswith("jahr")
    return after(match, r" alte?[nrsm]?\b") or (years and before(match, "ab|unter|über|mit"))


def _ago(match: re.Match[str]) -> tuple[Mark, ...]:
    if before(match, "vor") or (match["adverb"] or "").lower() in {"zuvor", "früher"}:
        return (Mark("direction", "past", *match.span()),)
    if before(match, "in") and re.search(r"(?:n|m|r) |en$|\d", match[0]):
        return (Mark("direction", "future", *match.span()),)
    return ()


@RULES.add(
    "unit", r"(?P<unit>tagen?|wochen|monaten?|jahren?|jahrzehnten?|jahrhunderten?|jahrtausenden?|stunden|minuten)"
)
def _many(match: re.Match[str], _: Anchor) -> Reading | None:
    printed = match["unit"]
    dative = printed.endswith(("en", "Tage", "Jahre", "Monate"))
    if printed[0].islower() or not before(
        match, "seit|vor|binnen" + ("|in|mit|von|um|für|nach|über" if dative else "")
    ):
        return None
    unit = looked_up(printed, UNITS)
    return Reading("DURATION", amount(None, unit), _span(match, unit))


@RULES.add(
    "unit",
    r"(?P<unit>tage|wochen|monate|jahre|stunden|minuten|jahrzehnte|jahrhunderte)lang<ending>?|langjährig<ending>?",
)
def _long(match: re.Match[str], _: Anchor) -> Reading:
    return Reading("DURATION", amount(None, looked_up(match["unit"] or "jahr", UNITS)))


@RULES.add("unit", r"(?P<count>\d+-?|halb|<word>)(?P<unit>tägig|wöchig|monatig|stündig|minütig)<ending>?")
def _adjective(match: re.Match[str], _: Anchor) -> Reading:
    unit = {"tä": "D", "wö": "W", "mo": "M", "st": "TH", "mi": "TM"}[match["unit"][:2].lower()]
    return Reading("DURATION", amount(number(match["count"].rstrip("-")), unit))


# Vague times -------------------------------------------------------------------------------------------------------


@RULES.add(
    "now",
    r"jetzt|derzeit|zurzeit|zur Zeit|zur Stunde|momentan|gegenwärtig|heutzutage|im Moment|(?:die |der )?Gegenwart|"
    r"derzeitig<ending>",
)
def _now(_: re.Match[str], __: Anchor) -> Reading:
    return Reading("DATE", "PRESENT_REF")


@RULES.add(
    "once",
    r"damals|(?P<earlier>früher)|kürzlich|unlängst|neulich|vor kurzem|(?:die |der )?Vergangenheit|damalig<ending>|"
    r"(?:in )?letzter Zeit|(?:der )?(?:vergangene|früheren?|alten?)[nr]? Zeit(?:en)?",
)
def _once(match: re.Match[str], _: Anchor) -> Reading | None:
    counted = "jahre?|tage?|wochen?|monate?|minuten|stunden?|ein|noch|je|viel"
    if match["earlier"] and (after(match, " als| oder später| [A-ZÄÖÜ]") or before(match, counted)):
        return None
    return Reading("DATE", "PAST_REF")


@RULES.add("some day", r"demnächst|bald|künftig|zukünftig|in Kürze|(?:der |die )?Zukunft|(?:zu)?künftig<ending>")
def _some_day(_: re.Match[str], __: Anchor) -> Reading:
    return Reading("DATE", "FUTURE_REF")
