"""The grammar of English time expressions: enough to compare a translation with its German source."""

from __future__ import annotations

import re

from .anchor import Anchor
from .scan import ENGLISH, digits
from .times import Grammar, Mark, Reading, marks
from .english_words import english_word

MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9,
    "october": 10, "november": 11, "december": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8,
    "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
WEEKDAYS = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip
_SEASONS = {
    "spring": "SP",
    "springtime": "SP",
    "summer": "SU",
    "summertime": "SU",
    "autumn": "FA",
    "fall": "FA",
    "winter": "WI",
    "wintertime": "WI",
}
_DAYPARTS = {
    "morning": "MO",
    "forenoon": "MO",
    "noon": "MI",
    "afternoon": "AF",
    "evening": "EV",
    "night": "NI",
    "lunchtime": "MI",
}
_UNITS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "week": "W", "weekend": "WE", "month": "M", "quarter": "Q",
    "year": "Y", "decade": "DE", "century": "CE", "centurie": "CE", "night": "TNI",
}  # fmt: skip
NAMES = {
    "D": "day",
    "W": "week",
    "M": "month",
    "Y": "year",
    "Q": "quarter",
    "WE": "weekend",
    "DE": "decade",
    "CE": "century",
}
_OFFSETS = {
    "last": -1, "past": -1, "previous": -1, "preceding": -1, "this": 0, "current": 0, "the current": 0, "next": 1,
    "coming": 1, "upcoming": 1, "following": 1,
}  # fmt: skip
_DECADES = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90,
}  # fmt: skip
_HOLIDAYS = {
    "ash wednesday": "ash wednesday", "palm sunday": "palm sunday", "maundy thursday": "maundy thursday",
    "good friday": "good friday", "easter sunday": "easter sunday", "easter monday": "easter monday", "easter": "easter",
    "pentecost": "pentecost", "whitsun": "pentecost", "whit sunday": "pentecost", "whit monday": "whit monday",
    "corpus christi": "corpus christi", "ascension day": "ascension", "new year's eve": "new year's eve",
    "new year’s eve": "new year's eve", "new year's day": "new year", "new year’s day": "new year", "new year": "new year",
    "epiphany": "epiphany", "all saints' day": "all saints", "christmas eve": "christmas eve", "christmas": "christmas",
    "xmas": "christmas",
}  # fmt: skip
_NUMBER_WORDS = (
    "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-(?:one|two|three|four|five|six|seven|eight|nine))?|"
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    "nineteen"
)

GRAMMAR = Grammar(
    anchors=(
        r"\d|^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|day|week|month|year|decade|centur|second|minute|hour|"
        r"quarter|half|night|noon|morning|evening|spring|summer|autumn|fall|winter|clock|tomorrow|daily|annual|ties$|"
        r"^[ap]m?$|easter|pentecost|whitsun|christ|xmas|epiphany|saints|eve$"
    ),
    month="|".join(sorted(MONTHS, key=len, reverse=True)),
    weekday="|".join(WEEKDAYS) + "|mon|tues?|wed|thurs?|fri|sat",
    season="|".join(sorted(_SEASONS, key=len, reverse=True)),
    daypart="|".join(_DAYPARTS),
    day=r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?",
    year=r"1[0-9]\d\d|20\d\d|21\d\d",
    offset="|".join(_OFFSETS),
    unit="seconds?|minutes?|hours?|days?|weeks?|weekends?|months?|quarters?|years?|decades?|century|centuries",
    number=rf"\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|{_NUMBER_WORDS}",
    word=_NUMBER_WORDS,
    vague="several|a few|few|many|some|a couple of|an?",
    part="early|mid|late|the beginning of|the start of|the middle of|the end of|beginning|end",
    ampm=r"[ap]\.?[^\S\n]?m\b\.?",
    holiday="|".join(sorted(_HOLIDAYS, key=len, reverse=True)),
)
_rule = GRAMMAR.rule


def _number(printed: str) -> float | None:
    if printed[0].isdecimal():
        return digits(printed, ENGLISH)
    total = 0.0
    for part in printed.lower().split("-"):
        word = english_word(part)
        if word is None:
            return None
        total += word.value
    return total


def _unit(printed: str) -> str:
    return _UNITS[printed.lower().removesuffix("s").replace("centurie", "century")]


def _weekday(printed: str) -> int:
    return next(value for name, value in WEEKDAYS.items() if name.startswith(printed.lower()[:3]))


def _day(printed: str) -> int:
    return int(printed.rstrip("stndrhSTNDRH"))


def _before(match: re.Match[str], words: str) -> bool:
    near = match.string[max(0, match.start() - 24) : match.start()]
    return re.search(rf"(?<!\w)(?:{words})[^\S\n]+$", near, re.IGNORECASE) is not None


def _dated(match: re.Match[str], anchor: Anchor, month: int, number: int | None, **named: object) -> Reading:
    year = match["year"] or anchor.year_value(0)
    value = f"{year}-{month:02}" + (f"-{number:02}" if number else "")
    return Reading("DATE", value, marks(match, month=month, year=match["year"], **named))


@_rule(r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])")
def _iso(match: re.Match[str], anchor: Anchor) -> Reading | None:
    return _dated(match, anchor, int(match["month"]), int(match["day"]), day=int(match["day"]))


@_rule(
    r"(?P<first>0?[1-9]|[12]\d|3[01])(?P<separator>[./])(?P<second>0?[1-9]|[12]\d|3[01])(?:[./]|(?=\.?[^\S\n]))(?P<year><year>|\d\d)?"
)
def _numeric(match: re.Match[str], _: Anchor) -> Reading | None:
    if match["year"] is None and match["separator"] == ".":
        return None
    first, second = int(match["first"]), int(match["second"])
    if match["separator"] == "/" and match["year"] is None:
        return None
    if match["separator"] == "." and second <= 12:
        return Reading("DATE", f"XXXX-{second:02}-{first:02}", _pair(match, second, first))
    month, day = (first, second) if first <= 12 else (second, first)
    if month > 12:
        return None
    if first <= 12 and second <= 12 and first != second:
        return Reading(
            "DATE",
            "XXXX-XX-XX",
            (
                Mark("either", f"{first}/{second}", match.start("first"), match.end("second")),
                *marks(match, year=_century_of(match["year"])),
            ),
        )
    return Reading("DATE", f"XXXX-{month:02}-{day:02}", _pair(match, month, day))


def _century_of(year: str | None) -> str | None:
    return year if year is None or len(year) == 4 else f"{20 if int(year) < 50 else 19}{year}"


def _pair(match: re.Match[str], month: int, day: int) -> tuple[Mark, ...]:
    swapped = month == int(match["first"])
    month_group, day_group = ("first", "second") if swapped else ("second", "first")
    return (
        Mark("day", str(day), *match.span(day_group)),
        Mark("month", str(month), *match.span(month_group)),
        *marks(match, year=_century_of(match["year"])),
    )


@_rule(
    r"(?:(?P<weekday><weekday>)\.?,? (?:the )?)?(?P<month><month>)\.? (?:the )?(?P<day><day>)(?![.,]?\d)(?:[^\S\n]?(?:-|–|to|and|&|until|through)[^\S\n]?(?:the )?(?P<day2><day>)(?!\d))?"
    r"(?:,? (?P<year><year>)(?![.,]\d))?"
)
@_rule(
    r"(?:(?P<weekday><weekday>)\.?,? (?:the )?)?(?P<day><day>)(?:[^\S\n]?(?:-|–|to|and|&|until|through)[^\S\n]?(?:the )?(?P<day2><day>))? (?:of )?(?P<month><month>)\.?(?:,? (?P<year><year>)(?![.,]\d))?"
)
def _day_of_month(match: re.Match[str], anchor: Anchor) -> Reading | None:
    if match["month"][0].islower():
        return None
    month, day = MONTHS[match["month"].lower()], _day(match["day"])
    weekday = _weekday(match["weekday"]) if match["weekday"] else None
    day2 = _day(match["day2"]) if match["day2"] else None
    return _dated(match, anchor, month, day, day=day, day2=day2, weekday=weekday)


@_rule(
    r"(?:the )?(?P<day>\d\d?(?:st|nd|rd|th))(?=(?: to| and| until| through|,|[^\S\n]?[-–])[^\S\n]?(?:the )?\d\d?(?:st|nd|rd|th)? (?:of )?(?P<month><month>))"
)
def _first_of_range(match: re.Match[str], _: Anchor) -> Reading | None:
    return Reading("DATE", "XXXX-XX-XX", marks(match, day=_day(match["day"])))


@_rule(
    r"(?:(?P<part><part>)[-\s])?(?P<month><month>)\.?(?:,? (?:of )?(?P<year><year>)(?![.,]\d)| (?P<relative>(?:of )?(?P<offset>last|this|next) year))?"
)
def _month(match: re.Match[str], anchor: Anchor) -> Reading | None:
    name = match["month"]
    short = len(name) == 3 and name != "May"
    if name[0].islower() or (short and not match["year"] and not match.string.startswith(".", match.end("month"))):
        return None
    if name in {"May", "March"} and not match["year"] and not match["part"]:
        preposition = _before(
            match,
            r"in|of|since|until|till|by|to|from|between|and|or|for|during|before|after|last|next|this|through|around|per|every|each|end|to|early|late|mid",
        )
        if not preposition:
            return None
    found = _dated(match, anchor, MONTHS[name.lower()], None)
    if match["offset"]:
        offset = _OFFSETS[match["offset"].lower()]
        found = found._replace(marks=(*found.marks, Mark("relative", f"year:{offset}", *match.span("relative"))))
    return found


@_rule(r"(?:(?P<offset><offset>) )?(?P<weekday><weekday>)(?P<s>s)?(?:[^\S\n](?P<part><daypart>)s?)?")
def _weekdays(match: re.Match[str], anchor: Anchor) -> Reading | None:
    name = match["weekday"]
    if name[0].islower() or len(name) < 6:
        return None
    weekday = _weekday(name)
    if match["s"]:
        return Reading("SET", f"XXXX-WXX-{weekday + 1}", marks(match, weekday=weekday))
    return Reading("DATE", anchor.weekday_value(weekday, -1), marks(match, weekday=weekday))


@_rule(
    r"(?:(?P<m2>the day before yesterday)|(?P<p2>the day after tomorrow)|(?P<m1>yesterday)|(?P<p1>tomorrow)|(?P<p0>today|tonight|this (?:morning|afternoon|evening)))"
)
def _deictic(match: re.Match[str], anchor: Anchor) -> Reading | None:
    group = match.lastgroup or ""
    offset = int(group[1]) * (-1 if group[0] == "m" else 1)
    return Reading("DATE", anchor.day_value(offset), (Mark("relative", f"day:{offset}", *match.span()),))


@_rule(r"(?:the )?(?P<offset><offset>) (?:(?P<count><number>|few|couple of|several) )?(?P<unit><unit>)")
@_rule(
    r"(?P<end>(?:the )?(?:end|beginning|start|middle) of (?:the|this)) (?P<unit>year|week|month|decade|century|day|weekend)"
)
@_rule(r"(?:the )?(?P<unit>year|month|week|weekend) (?P<before>before last|before|prior|earlier)")
def _period(match: re.Match[str], anchor: Anchor) -> Reading | None:
    found = match.groupdict()
    what = _unit(match["unit"])
    if found.get("before"):
        offset = -2 if match["before"].lower() == "before last" else -1
    else:
        offset = _OFFSETS[found["offset"].lower()] if found.get("offset") else 0
    if found.get("count") or (match["unit"].lower().endswith("s") and what != "WE"):
        direction = (Mark("direction", "past" if offset < 0 else "future", *match.span("offset")),) if offset else ()
        return Reading("DURATION", "PX", direction + (() if found.get("count") else _span(match, what)))
    if what not in NAMES or what == "D":
        return Reading("DATE", "XXXX")
    kind = NAMES[what]
    group = "offset" if found.get("offset") else "unit"
    value = {"week": anchor.week_value, "month": anchor.month_value, "year": anchor.year_value}.get(
        kind, anchor.year_value
    )(offset)
    if what == "WE" and not offset:
        return Reading("DATE", value, (Mark("weekend", "", *match.span(group)),))
    told = found.get("before") or (found.get("offset") or "").lower() in {"previous", "preceding", "following"}
    return Reading("DATE", value, (Mark("narrated" if told else "relative", f"{kind}:{offset}", *match.span(group)),))


@_rule(
    r"(?:recent|several|a few|few|many|some|for|over|other|those|these|first) (?P<unit>days|weeks|months|years|decades)"
)
def _many(match: re.Match[str], _: Anchor) -> Reading | None:
    return Reading("DURATION", "PX", _span(match, _unit(match["unit"])))


def _span(match: re.Match[str], what: str) -> tuple[Mark, ...]:
    return (Mark("span", NAMES[what], *match.span("unit")),) if what in NAMES else ()


@_rule(r"(?P<weekend>weekends?)")
def _weekend(match: re.Match[str], _: Anchor) -> Reading | None:
    return Reading("DATE", "XXXX-WXX-WE", (Mark("weekend", "", *match.span("weekend")),))


@_rule(
    r"(?P<x>(?P<count><number>|<vague>)(?:[-\s](?P<unit><unit>)))(?: (?:and a half )?(?P<ago>ago|earlier|before|previously|later|from now))"
)
@_rule(r"(?P<within>in) (?P<x>(?P<count><number>|<vague>) (?P<unit><unit>))(?:['’]s? time)?")
def _direction(match: re.Match[str], _: Anchor) -> Reading | None:
    found = match.groupdict()
    if found.get("ago"):
        way = "future" if match["ago"].lower() in {"from now", "later"} else "past"
    else:
        way = "future"
    return Reading("DURATION", "PX", (Mark("direction", way, *match.span("x")),))


@_rule(
    r"(?P<hour>[01]?\d|2[0-4])[:.](?P<minute>[0-5]\d)[^\S\n]?(?:(?P<half><ampm>)|h(?:rs|ours)?|(?:o['’])?clock|hrs)?"
)
@_rule(
    r"(?P<hour>[01]?\d|2[0-4])[^\S\n]?(?:(?P<half><ampm>)|(?:o['’][^\S\n]?clock)|h|hrs)(?:[^\S\n]?(?P<half2><ampm>))?(?: (?:in the|at) (?P<part><daypart>))?"
)
@_rule(
    r"(?:(?P<hour>[01]?\d|2[0-4]))(?=(?:[^\S\n]?[-–]| to| and| until)[^\S\n]?(?:[01]?\d|2[0-4])(?:[:.][0-5]\d)?[^\S\n]?(?P<half><ampm>))"
)
def _clock(match: re.Match[str], anchor: Anchor) -> Reading | None:
    found = match.groupdict()
    hour, minute = int(match["hour"]), int(found.get("minute") or 0)
    half = found.get("half") or found.get("half2")
    if not half and "minute" in found and not re.search(r"[hk]", match[0]):
        colon = match.string[match.end("hour")] == ":"
        if not (
            _before(match, "at|from|until|to|by|after|before|around|about|approximately|between|and|am|pm|since|on|,")
            if colon
            else _before(match, "at|around")
        ):
            return None
        if not colon and re.match(r"[^\S\n]?(?:percent|per|million|billion|%|€)", match.string[match.end() :]):
            return None
    printed = f"{hour:02}:{minute:02}"
    if half or found.get("part"):
        after_noon = half.lower().startswith("p") if half else found["part"] in {"afternoon", "evening", "night"}
        hour = hour % 12 + (12 if after_noon else 0)
        printed = f"{hour:02}:{minute:02}"
    elif hour <= 12:
        printed += "?"
    return Reading("TIME", f"{anchor.day}T{hour:02}:{minute:02}", (Mark("clock", printed, *match.span()),))


@_rule(
    r"(?P<hour><word>)(?:(?: o['’][^\S\n]?clock)|[^\S\n](?P<half><ampm>))|half past (?P<past><word>)|(?:a )?quarter (?P<side>past|to) (?P<to><word>)"
)
def _spoken_clock(match: re.Match[str], anchor: Anchor) -> Reading | None:
    hour = _number(match["hour"] or match["past"] or match["to"])
    if hour is None or hour > 12:
        return None
    minutes = (
        int(hour) * 60
        + (30 if match["past"] else 0)
        + ({"past": 15, "to": -15}[match["side"].lower()] if match["side"] else 0)
    )
    if match["half"]:
        minutes = minutes % 720 + (720 if match["half"].lower().startswith("p") else 0)
    clock = f"{minutes // 60:02}:{minutes % 60:02}"
    return Reading(
        "TIME", f"{anchor.day}T{clock}", (Mark("clock", clock + ("" if match["half"] else "?"), *match.span()),)
    )


@_rule(
    r"(?P<part>(?:<part>)[-\s])?(?:(?P<offset><offset>|each|every) )?(?P<season><season>)(?: (?:of )?(?P<year><year>)| (?P<relative>(?:of )?(?P<of>last|this|next) year))?"
)
def _season(match: re.Match[str], anchor: Anchor) -> Reading | None:
    name = match["season"]
    if name.lower() in {"fall", "spring", "falls"} and not (
        match["year"]
        or match["offset"]
        or match["of"]
        or _before(match, "the|in|since|by|until|of|during|early|late|and|or|to")
    ):
        return None
    if name.lower() == "fall" and re.match(r"[^\S\n](?:in|of(?! \d)|by|to|from)\b", match.string[match.end() :]):
        return None
    season = _SEASONS[name.lower()]
    named = marks(match, season=season, year=match["year"])
    if match["of"]:
        named += (Mark("relative", f"year:{_OFFSETS[match['of'].lower()]}", *match.span("relative")),)
    return Reading("DATE", f"{match['year'] or anchor.year_value(0)}-{season}", named)


@_rule(
    r"(?:the )?(?:(?P<number>first|second|third|fourth|1st|2nd|3rd|4th|\d)[-\s](?P<unit>quarter|half)|Q(?P<q>[1-4]))(?: (?:of )?(?:(?:the )?(?:fiscal |financial )?year )?(?P<year><year>)| of (?P<relative>(?P<offset>the|this|last|next) year))?"
)
def _quarter(match: re.Match[str], anchor: Anchor) -> Reading | None:
    if match["q"]:
        label, group = f"Q{match['q']}", "q"
    else:
        half = match["unit"].lower() == "half"
        if not (match["year"] or match["relative"]) and half:
            return None
        count = {"f": 1, "s": 2, "t": 3}.get(match["number"][0].lower()) or int(match["number"][0])
        count = 4 if match["number"].lower() == "fourth" else count
        label, group = f"{'H' if half else 'Q'}{count}", "number"
    named = (Mark("quarter", label, *match.span(group)), *marks(match, year=match["year"]))
    return Reading("DATE", f"{match['year'] or anchor.year_value(0)}-{label}", named)


@_rule(
    r"(?:(?P<part><part>)[-\s])?(?:the )?(?:(?P<part2><part>)[-\s])?(?:(?P<digits>(?:1[0-9]|20)\d0)['’]?s|['’‘]?(?P<two>[2-9]0)['’]?s|(?P<words>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))"
)
def _decade(match: re.Match[str], _: Anchor) -> Reading | None:
    group = "digits" if match["digits"] else "two" if match["two"] else "words"
    tens = _DECADES[match["words"].lower()] if match["words"] else int(match[group]) % 100
    return Reading("DATE", f"19{tens // 10}", (Mark("decade", str(tens), *match.span(group)),))


@_rule(
    r"(?:(?P<part><part>)[-\s])?(?:the )?(?P<number>\d\d?(?:st|nd|rd|th)|<word>|\w+(?:th|first|second|third))[-\s](?P<unit>century|centuries)"
)
def _century(match: re.Match[str], _: Anchor) -> Reading | None:
    printed = match["number"].lower()
    count: float | None = _day(printed) if printed[0].isdecimal() else _ordinal(printed)
    return (
        Reading("DATE", f"{int(count) - 1:02}", (Mark("century", str(int(count)), *match.span("number")),))
        if count
        else None
    )


def _ordinal(printed: str) -> float | None:
    values = [english_word(part) for part in printed.split("-")]
    return sum(word.value for word in values if word) if all(values) else None


@_rule(
    r"(?:(?P<each>every|each|per) (?:(?P<nth>other|second|third|\d+|<word>) )?(?P<unit>day|week|month|year|hour|minute|second|quarter|decade|weekend)s?|(?P<often>daily|weekly|monthly|yearly|annually|annual|hourly|biweekly|quarterly))"
)
def _set(match: re.Match[str], _: Anchor) -> Reading | None:
    if match["often"]:
        word = match["often"].lower()
        each = {"d": "1D", "w": "1W", "m": "1M", "y": "1Y", "a": "1Y", "h": "1TH", "b": "2W", "q": "3M"}[word[0]]
        return Reading("SET", f"P{each}", (Mark("set", each.replace("T", ""), *match.span("often")),))
    nth = match["nth"]
    count = 1 if nth is None else 2 if nth.lower() == "other" else _number(nth)
    what = _unit(match["unit"])
    if count is None or what not in NAMES:
        return Reading("SET", "PX")
    return Reading("SET", f"P{count:g}{what}", (Mark("set", f"{count:g}{what}", *match.span("unit")),))


@_rule(r"(?P<holiday><holiday>)(?: (?P<year><year>))?")
def _holiday(match: re.Match[str], anchor: Anchor) -> Reading | None:
    if match["holiday"][0].islower():
        return None
    name = _HOLIDAYS[match["holiday"].lower()]
    year = int(match["year"]) if match["year"] else None
    return Reading("DATE", anchor.holiday_value(name, year), marks(match, holiday=name, year=year))


@_rule(
    r"(?P<year><year>)(?:[/–-](?P<next>\d\d(?:\d\d)?)(?!\d))?(?!(?:[.,:]\d|%|[^\S\n]*(?:€|\$|euros?|dollars?|percent|per cent|met(?:er|re)s?|kilomet(?:er|re)s?|km|kg|people|residents|inhabitants|tons?|tonnes)(?!\w)))"
)
def _year(match: re.Match[str], _: Anchor) -> Reading | None:
    near = match.string[max(0, match.start() - 6) : match.start()]
    if re.search(r"[^\W\d]-?$|[$€£#]$|(?:No|no)\. ?$", near):
        return None
    cue = _before(
        match,
        "in|since|until|till|by|from|of|year|between|and|to|before|after|during|for|around|early|late|mid|through|the|,",
    )
    if not cue and re.match(r"[^\S\n][a-z]+s\b", match.string[match.end() :]):
        return None
    named = marks(match, year=match["year"])
    if match["next"]:
        printed = match["next"] if len(match["next"]) == 4 else match["year"][:2] + match["next"]
        named += (Mark("year", printed, *match.span("next")),)
    return Reading("DATE", match["year"], named)
