"""English clock times, weekdays, periods counted from today, durations with a direction, repetitions."""

from __future__ import annotations

import re

from .anchor import Anchor
from .english_grammar import CUES, FRAGMENTS, NAMES, OFFSETS, number, unit_of, weekday_of
from .times import Mark, Reading, Rules, after, before, marks, offset_mark

RULES = Rules(FRAGMENTS, CUES)

_CLOCK_CUES = (
    "at|from|until|to|by|after|before|around|about|approximately|between|and|am|pm|since|on|,",
    "at|around",
)
"""What stands before 20:15, and before 20.15, if they are clock times and not scores or decimals."""


@RULES.add(
    "figure",
    r"(?P<hour><hour>)[:.](?P<minute>[0-5]\d)(?![.,]\d)~(?:(?P<half><ampm>)|(?P<sure>h(?:rs|ours)?|(?:o['’])?clock))?",
)
@RULES.add(
    "figure", r"(?P<hour><hour>)~(?P<sure>(?P<half><ampm>)|o['’]~clock|h|hrs)(?: (?:in the|at) (?P<part><daypart>))?"
)
@RULES.add(
    "figure", r"(?P<hour><hour>)(?P<sure>)(?=(?:~[-–]| to| and| until)~(?:<hour>)(?:[:.][0-5]\d)?~(?P<half><ampm>))"
)
def _clock(match: re.Match[str], anchor: Anchor) -> Reading | None:
    found = match.groupdict()
    hour, minute = int(match["hour"]), int(found.get("minute") or 0)
    if match["half"] is None and match["sure"] is None:
        colon = match.string[match.end("hour")] == ":"
        counted = after(match, r"[^\S\n]?(?:percent|per|million|billion|%|€)")
        if counted or not before(match, _CLOCK_CUES[0 if colon else 1]):
            return None
    part = (found.get("part") or "").lower()
    if match["half"] or part:
        after_noon = match["half"].lower().startswith("p") if match["half"] else part != "morning"
        return _time(match, anchor, hour % 12 * 60 + minute + (720 if after_noon else 0), sure=True)
    return _time(match, anchor, hour * 60 + minute, sure=hour > 12)


@RULES.add(
    "clock",
    r"(?P<hour><word>)(?: o['’]~clock|~(?P<half><ampm>))|half past (?P<past><word>)|"
    r"(?:a )?quarter (?P<side>past|to) (?P<to><word>)",
)
def _spoken_clock(match: re.Match[str], anchor: Anchor) -> Reading | None:
    hour = number(match["hour"] or match["past"] or match["to"])
    if hour is None or hour > 12:
        return None
    minutes = int(hour) * 60 + (30 if match["past"] else 0)
    if match["side"]:
        minutes += 15 if match["side"].lower() == "past" else -15
    if match["half"]:
        minutes = minutes % 720 + (720 if match["half"].lower().startswith("p") else 0)
    return _time(match, anchor, minutes, sure=match["half"] is not None)


@RULES.add("noon", r"(?P<clock>noon|midday)|(?P<clock2>midnight)")
def _turning_point(match: re.Match[str], anchor: Anchor) -> Reading:
    clock = "12:00" if match["clock"] else "00:00"
    return Reading("TIME", f"{anchor.day}T{clock}", marks(match, clock=clock, clock2=clock))


def _time(match: re.Match[str], anchor: Anchor, minutes: int, *, sure: bool) -> Reading:
    """Return the clock time; with a question mark in its mark if it may be twelve hours later."""
    clock = f"{minutes // 60 % 24:02}:{minutes % 60:02}"
    return Reading("TIME", f"{anchor.day}T{clock}", (Mark("clock", clock + ("" if sure else "?"), *match.span()),))


@RULES.add("weekday", r"(?:(?:<offset>) )?(?P<weekday><weekday>)(?P<s>s)?(?:~(?:<daypart>)s?)?")
def _weekday(match: re.Match[str], anchor: Anchor) -> Reading | None:
    weekday = weekday_of(match["weekday"])
    if weekday is None or match["weekday"][0].islower() or len(match["weekday"]) < len("Monday"):
        return None
    said = marks(match, weekday=weekday)
    if match["s"]:
        return Reading("SET", f"XXXX-WXX-{weekday + 1}", said)
    return Reading("DATE", anchor.weekday_value(weekday, -1), said)


@RULES.add(
    "today",
    r"(?P<back2>the day before yesterday)|(?P<on2>the day after tomorrow)|(?P<back1>yesterday)|(?P<on1>tomorrow)|"
    r"(?P<on0>today|tonight|this (?:morning|afternoon|evening))",
)
def _from_today(match: re.Match[str], anchor: Anchor) -> Reading:
    group = match.lastgroup or "on0"
    offset = int(group[-1]) * (-1 if group.startswith("back") else 1)
    return Reading("DATE", anchor.day_value(offset), offset_mark(match, "day", offset, group))


@RULES.add(
    "unit",
    r"(?:the )?(?P<relative>(?P<offset><offset>)) (?:(?P<count><number>|few|couple of|several) )?(?P<unit><unit>)",
)
@RULES.add(
    "unit",
    r"(?:the )?(?:end|beginning|start|middle) of (?P<relative>(?P<offset>the|this) (?P<unit>year|week|month|decade|"
    r"century|weekend))",
)
@RULES.add(
    "unit", r"(?:the )?(?P<relative>(?P<unit>year|month|week|weekend) (?P<earlier>before last|before|prior|earlier))"
)
def _period(match: re.Match[str], anchor: Anchor) -> Reading:
    found = match.groupdict()
    unit, printed = unit_of(match["unit"]), (found.get("offset") or "").lower()
    earlier = found.get("earlier")
    offset = OFFSETS[printed] if earlier is None else -2 if earlier.lower() == "before last" else -1
    if found.get("count") or (match["unit"].lower().endswith("s") and unit != "WE"):
        way = (Mark("direction", "past" if offset < 0 else "future", *match.span("relative")),) if offset else ()
        return Reading("DURATION", "PX", way + (() if found.get("count") else _span(match, unit)))
    if unit not in NAMES or unit == "D":
        return Reading("DATE", "XXXX-XX-XX")
    if unit == "WE" and not offset:
        return Reading("DATE", anchor.week_value(0, "-WE"), (Mark("weekend", "", *match.span("unit")),))
    values = {"W": anchor.week_value, "M": anchor.month_value, "Q": anchor.quarter_value}
    told = earlier or printed in {"previous", "preceding", "following"}
    said = Mark("narrated" if told else "relative", f"{NAMES[unit]}:{offset}", *match.span("relative"))
    return Reading("DATE", values.get(unit, anchor.year_value)(offset), (said,))


@RULES.add(
    "unit",
    r"(?:recent|several|a few|few|many|some|for|over|other|those|these|first) (?P<unit>days|weeks|months|years|decades)",
)
def _many(match: re.Match[str], _: Anchor) -> Reading:
    return Reading("DURATION", "PX", _span(match, unit_of(match["unit"])))


def _span(match: re.Match[str], unit: str) -> tuple[Mark, ...]:
    """Return the mark of a time without a number: in recent years."""
    return (Mark("span", NAMES[unit], *match.span("unit")),) if unit in NAMES else ()


@RULES.add("unit", r"(?P<weekend>weekends?)")
def _weekend(match: re.Match[str], anchor: Anchor) -> Reading:
    return Reading("DATE", anchor.week_value(0, "-WE"), marks(match, weekend=""))


@RULES.add(
    "unit",
    r"(?P<direction>(?:<number>|<vague>)[-\s](?:<unit>)) (?:and a half )?(?P<way>ago|earlier|before|previously|later|"
    r"from now)",
)
@RULES.add("unit", r"in (?P<direction>(?:<number>|<vague>) (?:<unit>))(?P<way>['’]? time)?")
def _ago(match: re.Match[str], _: Anchor) -> Reading:
    past = (match["way"] or "").lower() in {"ago", "earlier", "before", "previously"}
    return Reading("DURATION", "PX", marks(match, direction="past" if past else "future"))


@RULES.add(
    "unit",
    r"(?:every|each|per) (?:(?P<count>other|second|third|\d+|<word>) )?"
    r"(?P<set>day|week|month|year|hour|minute|second|quarter|decade|weekend)s?",
)
def _every(match: re.Match[str], _: Anchor) -> Reading:
    count, unit = (match["count"] or "one").lower(), unit_of(match["set"])
    value = f"{2 if count == 'other' else number(count) or 1:g}{unit}"
    return Reading("SET", f"P{value}", marks(match, set=value if unit in NAMES else None))


_ADVERBS = {
    "daily": "1D", "weekly": "1W", "monthly": "1M", "yearly": "1Y", "annually": "1Y", "annual": "1Y", "hourly": "T1H",
    "biweekly": "2W", "quarterly": "3M",
}  # fmt: skip


@RULES.add("often", rf"(?P<set>{'|'.join(_ADVERBS)})")
def _adverb(match: re.Match[str], _: Anchor) -> Reading:
    value = _ADVERBS[match["set"].lower()]
    return Reading("SET", f"P{value}", marks(match, set=value))
