"""German clock times, weekdays, parts of the day, and days counted from today."""

from __future__ import annotations

import re

from .anchor import Anchor
from .german_grammar import CUES, DAYPARTS, FRAGMENTS, NIGHT_TO, OFFSETS, WEEKDAYS, is_ahead, is_past, looked_up, number
from .times import Mark, Reading, Rules, after, before, marks, offset_mark

RULES = Rules(FRAGMENTS, CUES)


@RULES.add("figure", r"(?:um|ab|gegen) (?P<x>(?P<hour><hour>)[.:](?P<minute>[0-5]\d))(?!~Uhr)")
@RULES.add(
    "figure",
    r"(?P<hour><hour>)(?:[.:](?P<minute>[0-5]\d))?~(?:Uhr(?: (?P<minute2>[0-5]?\d)(?![.,]?\d))?|h)(?: "
    r"(?P<part><adverb>))?",
)
@RULES.add(
    "figure",
    r"(?P<hour><hour>)(?:[.:](?P<minute>[0-5]\d))?"
    r"(?=(?: bis| und|~[-–/])(?: gegen| etwa)?~(?:<hour>)(?:[.:][0-5]\d)? Uhr)",
)
def _clock(match: re.Match[str], anchor: Anchor) -> Reading:
    found = match.groupdict()
    minute = int(found["minute"] or found.get("minute2") or 0)
    return _time(match, anchor, int(found["hour"]) * 60 + minute, found.get("part"))


@RULES.add(
    "clock",
    r"(?:halb (?P<half><word>)|(?P<quarter>(?:drei)?viertel)(?: (?P<side>vor|nach))? (?P<to><word>)|"
    r"(?P<hour><word>) Uhr)"
    r"(?: (?P<part><adverb>))?",
)
def _spoken_clock(match: re.Match[str], anchor: Anchor) -> Reading | None:
    hour = number(match["half"] or match["to"] or match["hour"])
    if hour is None or not 0 < hour <= 24 or hour != int(hour):
        return None
    if match["to"] and not before(match, "um|gegen|bis|ab|seit|vor|nach"):
        return None
    minutes = int(hour) * 60
    if match["half"]:
        minutes -= 30
    elif match["side"]:
        minutes += 15 if match["side"].lower() == "nach" else -15
    elif match["to"]:  # `viertel acht` is 7:15, `dreiviertel acht` 7:45
        minutes -= 15 if match["quarter"].lower().startswith("drei") else 45
    return _time(match, anchor, minutes, match["part"])


def _time(match: re.Match[str], anchor: Anchor, minutes: int, part: str | None) -> Reading:
    if part and minutes < 12 * 60 and part.lower() in {"nachmittags", "abends"}:
        minutes += 12 * 60
    hour, minute = divmod(minutes, 60)
    said = Mark("clock", f"{hour % 24:02}:{minute:02}", *match.span())
    return Reading("TIME", f"{anchor.day}T{hour:02}:{minute:02}", (said,))


@RULES.add(
    "weekday",
    r"(?:(?P<every>jede[nmrs]?) (?:\w+te[nrsm]? )?|(?:(?:<article>|<dies>) )?(?P<offset><offset>) |(?:<dies>) )?"
    r"(?P<weekday><weekday>)(?:~(?P<part>(?:vor|nach)?mittag|morgen|früh|abend|nacht))?(?P<s>s|es)?"
    r"(?: (?P<adverb><adverb>))?(?: im Monat)?",
)
def _weekday(match: re.Match[str], anchor: Anchor) -> Reading | None:
    weekday = WEEKDAYS[match["weekday"].lower()]
    daypart = match["part"] or match["adverb"]
    part = f"T{looked_up(daypart, DAYPARTS)}" if daypart else ""
    # the night to Sunday is Saturday night in English
    night = before(match, NIGHT_TO)
    said = marks(match, weekday=f"{(weekday - 1) % 7}/{weekday}" if night else weekday)
    often = match["s"] == "s" and (match["weekday"][0].islower() or part)
    if match["every"] or often or ((match["adverb"] or "").endswith("s") and not before(match, "am")):
        return Reading("SET", f"XXXX-WXX-{weekday + 1}{part}", said)
    if match["weekday"][0].islower():
        return None
    step = 1 if is_ahead(match) else -1
    if match["offset"]:
        step = {-1: -2, 0: 1, 1: 2}[max(-1, min(1, looked_up(match["offset"], OFFSETS)))]
    return Reading("TIME" if part else "DATE", anchor.weekday_value(weekday, step) + part, said)


@RULES.add("today", r"(?P<relative>heute|gestern|vorgestern|morgen|übermorgen)(?: (?P<part><daypart>))?")
@RULES.add("today", r"(?P<relative>heutig|gestrig|morgig)<ending>(?: (?P<part>Tag|<daypart>))?")
def _from_today(match: re.Match[str], anchor: Anchor) -> Reading | None:
    word, part = match["relative"].lower(), (match["part"] or "tag").lower()
    if match["relative"] == "Morgen" and (before(match, r"\w+") or after(match, "s?stunden?")):
        return None
    offset = {"heut": 0, "gest": -1, "vorg": -2, "morg": 1, "über": 2}[word[:4]]
    said = offset_mark(match, "day", offset)
    if part != "tag":
        return Reading("TIME", f"{anchor.day_value(offset)}T{DAYPARTS[part]}", said)
    # `heute` with a verb in the past is this very day, else it is mostly `nowadays`
    if not offset and not (word == "heute" and is_past(match)):
        return Reading("DATE", "PRESENT_REF", said)
    return Reading("DATE", anchor.day_value(offset), said)


@RULES.add(
    "daypart",
    r"(?:(?P<dies><dies>) |(?:<article>) )?(?P<early>(?:früh|spät)<ending> )?"
    r"(?P<part>(?:vor|nach)?mittag|morgen|abend|nacht)(?:s?stunden?)?",
)
def _daypart(match: re.Match[str], anchor: Anchor) -> Reading | None:
    cue = match["early"] or match["dies"] or before(match, "am|in|gegen|zum|im|bis|seit")
    if match["part"][0].islower() or not cue:
        return None
    return Reading("TIME", f"{anchor.day}T{DAYPARTS[match['part'].lower()]}")


@RULES.add(
    "unit",
    r"(?:de[smr] )?vortag(?:e?s)?|tags zuvor|tag zuvor|(?P<next>tags darauf|tag darauf|tag danach|nächsten tag|"
    r"folgetag)",
)
def _neighbour(match: re.Match[str], anchor: Anchor) -> Reading:
    return Reading("DATE", Anchor.of(anchor.day).day_value(1 if match["next"] else -1))
