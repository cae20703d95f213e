"""German clock times, weekdays, periods counted from today, durations and repetitions."""

from __future__ import annotations

import re

from .anchor import Anchor
from .german_base import (
    DAYPARTS, HOLIDAYS, NAMES, OFFSETS, WEEKDAYS, after, amount, before, is_ahead, is_past, lemma, number, rule, unit,
)  # fmt: skip
from .times import Mark, Reading, TimeType, marks

# Clock times -------------------------------------------------------------------------------------------------------


@rule(
    r"(?P<hour>[01]?\d|2[0-4])(?:[.:](?P<minute>[0-5]\d))?(?=(?: bis| und|[^\S\n]?[-–/])(?: gegen| etwa)?[^\S\n]?(?:[01]?\d|2[0-4])(?:[.:][0-5]\d)? Uhr)"
)
@rule(
    r"(?P<hour>[01]?\d|2[0-4])(?:[.:](?P<minute>[0-5]\d))?[^\S\n]?(?:Uhr(?: (?P<minute2>[0-5]?\d)(?![.,]?\d))?|h)(?: (?P<part>morgens|früh|vormittags|mittags|nachmittags|abends|nachts))?"
)
@rule(r"(?:um|ab|gegen) (?P<x>(?P<hour>[01]?\d|2[0-4])[.:](?P<minute>[0-5]\d))")
def _clock(match: re.Match[str], anchor: Anchor) -> Reading | None:
    found = match.groupdict()
    hour = int(found["hour"])
    minute = int(found["minute"] or found.get("minute2") or 0)
    return _time(match, anchor, hour, minute, found.get("part"))


@rule(
    r"(?:halb (?P<half><word>)|(?P<quarter>(?:drei)?viertel)(?: (?P<side>vor|nach))? (?P<to><word>)|(?P<hour><word>) Uhr)(?: (?P<part>morgens|früh|vormittags|mittags|nachmittags|abends|nachts))?"
)
def _spoken_clock(match: re.Match[str], anchor: Anchor) -> Reading | None:
    hour = number(match["half"] or match["to"] or match["hour"])
    if hour is None or not 0 < hour <= 24 or hour != int(hour):
        return None
    minutes = int(hour) * 60
    if match["half"]:
        minutes -= 30
    elif match["to"]:
        if not before(match, "um|gegen|bis|ab|seit|vor|nach"):
            return None
        minutes += {"vor": -15, "nach": 15}.get(
            (match["side"] or "").lower(), -15 if len(match["quarter"]) > 7 else -45
        )
    return _time(match, anchor, *divmod(minutes, 60), match["part"])


def _time(match: re.Match[str], anchor: Anchor, hour: int, minute: int, part: str | None) -> Reading:
    if part and hour < 12 and part.lower() in {"nachmittags", "abends"}:
        hour += 12
    clock = f"{hour % 24:02}:{minute:02}"
    return Reading("TIME", f"{anchor.day}T{hour:02}:{minute:02}", (Mark("clock", clock, *match.span()),))


# Weekdays and parts of days ----------------------------------------------------------------------------------------


@rule(
    r"(?:(?P<every>jede[nmrs]?) (?P<nth>\w+te[nrsm]? )?|(?:(?P<article><article>|<dies>) )?(?P<offset><offset>) |(?P<dies><dies>) )?(?P<weekday><weekday>)"
    r"(?:[^\S\n]?(?P<part>vormittag|nachmittag|mittag|morgen|früh|abend|nacht))?(?P<s>s|es)?(?: (?P<parts>vormittags|nachmittags|mittags|morgens|abends|nachts|früh))?(?: im Monat)?"
)
def _weekday(match: re.Match[str], anchor: Anchor) -> Reading | None:
    weekday = WEEKDAYS[match["weekday"].lower()]
    part = f"T{DAYPARTS[lemma(match['part'] or match['parts'], DAYPARTS)]}" if match["part"] or match["parts"] else ""
    # the night to Sunday is Saturday night in English
    night = before(match, r"Nacht (?:auf|zum|zu)(?: de[nm])?")
    named = marks(match, weekday=f"{(weekday - 1) % 7}/{weekday}" if night else weekday)
    often = match["s"] == "s" and (match["weekday"][0].islower() or part)
    if match["every"] or often or (match["parts"] and match["parts"].endswith("s") and not before(match, "am")):
        return Reading("SET", f"XXXX-WXX-{weekday + 1}{part}", named)
    if match["weekday"][0].islower():
        return None
    step = 1 if is_ahead(match) else -1
    if match["offset"]:
        offset = OFFSETS[lemma(match["offset"], OFFSETS)]
        step = 2 if offset > 0 else -2 if offset < 0 else 1
    return Reading("TIME" if part else "DATE", anchor.weekday_value(weekday, step) + part, named)


@rule(r"(?P<day>heute|gestern|vorgestern|morgen|übermorgen)(?: (?P<part><daypart>|mittag))?")
@rule(r"(?P<day>heutig|gestrig|morgig)<ending>(?: (?P<part>Tag|<daypart>))?")
def _deictic(match: re.Match[str], anchor: Anchor) -> Reading | None:
    word = match["day"].lower()
    if word == "morgen" and match["day"][0] == "M" and (before(match, r"\w+") or after(match, "s?stunden?")):
        return None
    offset = {"heut": 0, "gest": -1, "vorg": -2, "morg": 1, "über": 2}[word[:4]]
    named = (Mark("relative", f"day:{offset}", *match.span("day")),)
    part = match["part"]
    if part and part.lower() != "tag":
        return Reading("TIME", f"{anchor.day_value(offset)}T{DAYPARTS[part.lower()]}", named)
    if not offset and not (word == "heute" and is_past(match)):
        return Reading("DATE", "PRESENT_REF", named)
    return Reading("DATE", anchor.day_value(offset), named)


@rule(
    r"(?:(?P<article><article>|<dies>) )?(?P<early>(?:früh|spät)<ending> )?(?P<part>(?:vor|nach)?mittag|morgen|abend|nacht)(?:s?stunden?)?"
)
def _daypart(match: re.Match[str], anchor: Anchor) -> Reading | None:
    noun = match["part"][0].isupper()
    if not noun or not (
        match["early"] or before(match, "am|in|gegen|zum|im|bis|seit|gegen") or match[0].lower().startswith("dies")
    ):
        return None
    return Reading("TIME", f"{anchor.day}T{DAYPARTS[match['part'].lower()]}")


@rule(
    r"(?:(?P<mal>\w+mal) (?:am|im|in der|pro) (?P<per>Tag|Woche|Monat|Jahr|Stunde)|(?:pro|je) (?P<unit>Tag|Woche|Monat|Jahr|Stunde|Minute|Sekunde|Quartal|Nacht))"
)
@rule(
    r"jede[nmrs]? (?:(?P<nth>\w+(?:te|ste)[nrsm]?) )?(?P<unit>Tag|Woche|Monat|Jahr|Stunde|Minute|Sekunde|Wochenende|Nacht|Abend|Morgen|Sommer|Winter|Quartal|Jahrzehnt)(?:e?s)?"
)
@rule(r"alle (?:(?P<count><number>|paar) )?(?P<unit>Tage|Wochen|Monate|Jahre|Stunden|Minuten|Sekunden)")
@rule(
    r"(?:\w+mal )?(?P<often>all(?:täglich|jährlich|wöchentlich|monatlich)|stündlich|täglich|wöchentlich|monatlich|vierteljährlich|halbjährlich|jährlich)<ending>?"
)
@rule(r"(?P<when>nachts|abends|morgens|mittags|vormittags|nachmittags|werktags|tagsüber)")
def _set(match: re.Match[str], _: Anchor) -> Reading | None:
    found = {name: group for name, group in match.groupdict().items() if group}
    if when := found.get("when"):
        if when.lower() in {"werktags", "tagsüber"}:
            return Reading("SET", "P1D")
        return Reading("SET", f"PT1{DAYPARTS[when.lower().removesuffix('s')]}")
    if often := found.get("often"):
        often = often.lower().removeprefix("all")
        count, each = {"vier": ("3", "M"), "halb": ("6", "M")}.get(
            often[:4], ("1", {"t": "D", "w": "W", "m": "M", "j": "Y", "s": "TH"}[often[0]])
        )
        return Reading("SET", amount(float(count), each), (Mark("set", count + each, *match.span("often")),))
    each = unit(found.get("unit") or found["per"])
    count_word = found.get("count") or found.get("nth")
    count_value = None if (count_word or "").lower() == "paar" else (number(count_word) if count_word else 1)
    value = amount(count_value, each)
    group = "unit" if "unit" in found else "per"
    return Reading(
        "SET",
        value,
        (Mark("set", value.removeprefix("P").removeprefix("T"), *match.span(group)),) if each in NAMES else (),
    )


# Periods counted from today ----------------------------------------------------------------------------------------


@rule(
    r"(?:(?P<part><part>) (?:de[srnm] )?|(?P<article><article>) )?(?P<offset><offset>) (?:(?P<count><number>|beiden|paar|wenigen|Wochen und) )?"
    r"(?P<unit><unit>)(?: (?P<year><year>))?"
)
@rule(r"(?P<part><part>) (?:de[sr]) (?P<unit>Jahres|Woche|Monats|Jahrzehnts|Jahrhunderts|Tages)(?: (?P<year><year>))?")
def _period(match: re.Match[str], anchor: Anchor) -> Reading | None:
    found = match.groupdict()
    printed = match["unit"]
    what = unit(printed)
    offset = OFFSETS[lemma(found["offset"], OFFSETS)] if found.get("offset") else 0
    if match["year"] and what == "Y":
        return Reading("DATE", match["year"], marks(match, year=match["year"]))
    count = found.get("count")
    plural = re.fullmatch(
        r"(?:sekunden|minuten|stunden|tagen?|wochen|monaten?|quartalen?|jahren?|jahrzehnten?|jahrhunderten?|jahrtausenden?)",
        printed,
        re.I,
    )
    if (
        plural
        and printed.lower() in {"tage", "monate", "jahre", "jahrzehnte"}
        and not count
        and re.search(r"em$|im [^ ]+$", match["offset"] or "")
    ):
        plural = None
    if count or plural:
        if not offset and not count:
            return Reading("DATE", "PRESENT_REF") if what == "D" else None
        value = (
            2.0
            if (count or "").lower() == "beiden"
            else number(count)
            if count and count[0:4].lower() not in ("paar", "weni", "woch")
            else None
        )
        direction = (Mark("direction", "past" if offset < 0 else "future", *match.span("offset")),) if offset else ()
        return Reading("DURATION", amount(value, what), direction + (() if count else _span(match, what)))
    named = (
        Mark("relative", f"{NAMES.get(what, what)}:{offset}", *match.span("offset" if found.get("offset") else "unit")),
    )
    if what == "D":
        return Reading("DATE", anchor.day_value(offset) if offset else anchor.day)
    if what == "WE" and not offset:
        named = (Mark("weekend", "", *match.span("unit")),)
    values = {
        "W": anchor.week_value, "M": anchor.month_value, "Y": anchor.year_value, "Q": anchor.quarter_value,
    }  # fmt: skip
    if what in values:
        return Reading("DATE", values[what](offset), named)
    if what == "WE":
        return Reading("DATE", anchor.week_value(offset, "-WE"), named)
    if what in ("DE", "CE") and anchor.date:
        return Reading("DATE", f"{anchor.date.year // (10 if what == 'DE' else 100) + offset:02}", named)
    return (
        Reading("DURATION", amount(None if what not in ("TH", "TM", "TS") else 1, what))
        if what.startswith("T")
        else None
    )


@rule(r"(?:(?P<article><article>|<dies>) )?(?P<x>(?P<unit>Wochenende)n?s?)")
def _weekend(match: re.Match[str], anchor: Anchor) -> Reading | None:
    ahead = is_ahead(match) or (anchor.date is not None and anchor.date.weekday() >= 5)
    named = () if not before(match, "am|das|dieses|diesem") else (Mark("weekend", "", *match.span("unit")),)
    return Reading("DATE", anchor.week_value(0 if ahead else -1, "-WE"), named)


@rule(r"(?P<which>dies|letzt|vor)jährig<ending>")
@rule(r"(?P<heuer>heuer|heurig<ending>)")
@rule(r"(?:(?:dem|des|das) )?(?P<vor>vor(?:jahr|monat)(?:e?s)?|vorwoche)")
@rule(
    r"(?P<tag>(?:de[smr] )?vortag(?:e?s)?|tags zuvor|tag zuvor|tags darauf|tag darauf|tag danach|nächsten tag|folgetag)"
)
def _named_period(match: re.Match[str], anchor: Anchor) -> Reading | None:
    found = match.groupdict()
    if found.get("which"):
        offset = 0 if match["which"].lower() == "dies" else -1
        return Reading("DATE", anchor.year_value(offset), (Mark("relative", f"year:{offset}", *match.span()),))
    if found.get("heuer"):
        return Reading("DATE", anchor.year_value(0), (Mark("relative", "year:0", *match.span()),))
    if word := found.get("vor"):
        what = {"j": "year", "m": "month", "w": "week"}[word[3].lower()]
        value = {"year": anchor.year_value, "month": anchor.month_value, "week": anchor.week_value}[what](-1)
        return Reading("DATE", value, (Mark("narrated", f"{what}:-1", *match.span("vor")),))
    offset = -1 if "vor" in match[0].lower() else 1
    return Reading("DATE", Anchor.of(anchor.day).day_value(offset) if anchor.day[0] != "X" else "XXXX-XX-XX")


def _span(match: re.Match[str], what: str) -> tuple[Mark, ...]:
    """Return the mark of a time without a number: `in den vergangenen Jahren`."""
    return (Mark("span", NAMES[what], *match.span("unit")),) if what in NAMES else ()


# Durations ---------------------------------------------------------------------------------------------------------


def _is_age(match: re.Match[str]) -> bool:
    """Whether the years are somebody's age."""
    return after(match, r" alte?[nrsm]?\b") or (
        match["unit"].lower().startswith("jahr") and before(match, "ab|unter|über|mit")
    )


@rule(
    r"(?:(?P<about><about>) )?(?:(?:den|die|der) )?(?:ersten )?(?:(?P<half>(?:<ein> )?(?:viertel|halbe?[rsnm]?)) ?|(?P<vague><vague>) |(?P<count><number>|<ein>|beiden)(?:[-–]|(?:bis|und|oder)| ))"
    r"(?P<more>(?:bis|und|oder) <number> )?(?:(?P<adjective>[a-zäöüß]+(?:e|en|er|es|em)) )?(?P<compound>[A-ZÄÖÜ][a-zäöüß]+)?(?P<unit><unit>|sommer|winter|nächten?|abende?|nachmittage?)(?:-Woche|-Tag)?(?: (?P<lang>zuvor|später|früher|danach))?"
)
def _duration(match: re.Match[str], _: Anchor) -> Reading | None:
    count, half = match["count"], match["half"]
    if _is_age(match):
        return None
    if match["adjective"] and (match["adjective"] in {"und", "oder"} or count is None):
        return None
    what = unit(re.sub("nächt", "nacht", match["unit"].lower()))
    if match["compound"] and match["unit"][0].isupper():
        return None
    if not match["compound"] and match["unit"][0].islower() and not half:
        return None
    if half:
        value: float | None = 0.25 if "viertel" in half.lower() else 0.5
    elif match["vague"]:
        value = None
    elif count.lower().startswith("ein") and len(count) <= 5:
        value = 1
    else:
        value = 2 if count.lower() == "beiden" else number(count)
    direction: tuple[Mark, ...] = ()
    if before(match, "vor") or match["lang"] in {"zuvor", "früher"}:
        direction = (Mark("direction", "past", *match.span()),)
    elif before(match, "in") and re.search(r"(?:n|m|r) |en$|\d", match[0]):
        direction = (Mark("direction", "future", *match.span()),)
    return Reading("DURATION", amount(value, what), direction + (_span(match, what) if value is None else ()))


@rule(r"(?P<x>(?P<unit>tagen?|wochen|monaten?|jahren?|jahrzehnten?|jahrhunderten?|jahrtausenden?|stunden|minuten))")
def _many(match: re.Match[str], _: Anchor) -> Reading | None:
    if match["unit"][0].islower() or not before(match, "seit|vor|nach|binnen|in|über|für|mit|von|um|seit vielen"):
        return None
    if before(match, "in|mit|von|um|für|nach|über") and not match["unit"].endswith(("en", "Tage", "Jahre", "Monate")):
        return None
    what = unit(match["unit"])
    return Reading("DURATION", amount(None, what), _span(match, what))


@rule(
    r"(?P<unit>tage|wochen|monate|jahre|stunden|minuten|jahrzehnte|jahrhunderte)lang<ending>?|(?P<years>langjährig)<ending>?"
)
@rule(r"(?P<count>\d+-?|halb|<word>)(?P<unit>tägig|wöchig|monatig|stündig|minütig)<ending>?")
def _adjective(match: re.Match[str], _: Anchor) -> Reading | None:
    found = match.groupdict()
    if found.get("years"):
        return Reading("DURATION", "PXY")
    what = {"tä": "D", "wö": "W", "mo": "M", "st": "TH", "mi": "TM"}.get(match["unit"][:2].lower()) or unit(
        match["unit"]
    )
    if count := found.get("count"):
        value = 0.5 if count.lower() == "halb" else number(count.rstrip("-"))
        return Reading("DURATION", amount(value, what))
    return Reading("DURATION", amount(None, unit(match["unit"])))


# Holidays and vague times ------------------------------------------------------------------------------------------


@rule(r"(?P<holiday><holiday>)(?: (?P<year><year>))?")
def _holiday(match: re.Match[str], anchor: Anchor) -> Reading | None:
    if match["holiday"][0].islower():
        return None
    name = HOLIDAYS[match["holiday"].lower()]
    year = int(match["year"]) if match["year"] else None
    return Reading("DATE", anchor.holiday_value(name, year), marks(match, holiday=name, year=year))


@rule(
    r"(?P<now>jetzt|derzeit|zurzeit|zur Zeit|zur Stunde|momentan|gegenwärtig|heutzutage|im Moment|(?:die |der )?Gegenwart|derzeitig<ending>)"
)
@rule(
    r"(?P<past>damals|früher|kürzlich|unlängst|neulich|vor kurzem|(?:die |der )?Vergangenheit|damalig<ending>|(?:in )?letzter Zeit|(?:der )?(?:vergangene|früheren?|alten?)[nr]? Zeit(?:en)?)"
)
@rule(r"(?P<future>demnächst|bald|künftig|zukünftig|in Kürze|(?:der |die )?Zukunft|(?:zu)?künftig<ending>)")
def _vague(match: re.Match[str], _: Anchor) -> Reading | None:
    (kind,) = match.groupdict()
    word = match[0].lower()
    if word == "früher" and (
        after(match, " als| oder später| [A-ZÄÖÜ]")
        or before(match, "jahre?|tage?|wochen?|monate?|minuten|stunden?|ein|noch|je|viel")
    ):
        return None
    return Reading("DATE", {"now": "PRESENT_REF", "past": "PAST_REF", "future": "FUTURE_REF"}[kind])


@rule(
    r"(?:(?P<part><part>) )?(?:(?P<jahr>Jahr(?:es?)? )?(?:(?P<year><year>)(?:[/–-][^\S\n]?(?P<next>\d\d)(?!\d))?)(?!(?:[.,:]\d|%|[^\S\n]*(?:Uhr|€|\$|Euro|Dollar|Prozent|Meter|Kilometer|Tonnen|km|kg|m|ha|Mark|Einwohner\w*|Menschen|Personen|Stück)(?!\w))))"
)
def _year(match: re.Match[str], anchor: Anchor) -> Reading | None:
    named = marks(match, year=match["year"])
    if match["next"] and int(match["next"]) == (int(match["year"]) + 1) % 100:
        named += (Mark("year", match["year"][:2] + match["next"], *match.span("next")),)
    if match["jahr"] or match["part"] or match["next"] or before(match, _YEAR_CUES):
        return Reading("DATE", match["year"], named)
    if after(match, r" [A-ZÄÖÜ]") or re.search(
        r"[^\W\d]-?$|[$€£#/]$|(?:Nr|Tel|Seite)\.? ?$", match.string[max(0, match.start() - 6) : match.start()]
    ):
        return None
    return Reading("DATE", match["year"], named)


_YEAR_CUES = (
    "jahren?|seit|bis|anfang|mitte|ende|sommer|herbst|winter|frühjahr|frühling|saison|ab|von|vor|nach|zwischen|und"
)
