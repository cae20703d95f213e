"""What the rules of English time expressions are made of: names and fragments."""

from __future__ import annotations

import re

from .english_words import english_word
from .numerals import ENGLISH, digits

MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9,
    "october": 10, "november": 11, "december": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8,
    "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
WEEKDAYS = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip
SEASONS = {
    "springtime": "SP", "spring": "SP", "summertime": "SU", "summer": "SU", "autumn": "FA", "fall": "FA",
    "wintertime": "WI", "winter": "WI",
}  # fmt: skip
DAYPARTS = {
    "morning": "MO", "noon": "MI", "lunchtime": "MI", "afternoon": "AF", "evening": "EV", "night": "NI",
}  # fmt: skip
UNITS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "week": "W", "weekend": "WE", "month": "M",
    "quarter": "Q", "year": "Y", "decade": "DE", "century": "CE", "centurie": "CE", "night": "TNI",
}  # fmt: skip
NAMES = {
    "D": "day", "W": "week", "M": "month", "Y": "year", "Q": "quarter", "WE": "weekend", "DE": "decade",
    "CE": "century",
}  # fmt: skip
OFFSETS = {
    "last": -1, "past": -1, "previous": -1, "preceding": -1, "this": 0, "the current": 0, "current": 0, "the": 0,
    "next": 1, "coming": 1, "upcoming": 1, "following": 1,
}  # fmt: skip
DECADES = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90,
}  # fmt: skip
HOLIDAYS = {
    "ash wednesday": "ash wednesday", "palm sunday": "palm sunday", "maundy thursday": "maundy thursday",
    "good friday": "good friday", "easter sunday": "easter sunday", "easter monday": "easter monday",
    "easter": "easter",
    "pentecost": "pentecost", "whitsun": "pentecost", "whit sunday": "pentecost", "whit monday": "whit monday",
    "corpus christi": "corpus christi", "ascension day": "ascension", "new year's eve": "new year's eve",
    "new year's day": "new year", "new year": "new year", "epiphany": "epiphany", "all saints' day": "all saints",
    "christmas eve": "christmas eve", "christmas": "christmas", "xmas": "christmas",
}  # fmt: skip

_NUMBER_WORDS = (
    "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-(?:one|two|three|four|five|six|seven|eight|nine))?|"
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen"
)

CUES = {
    "figure": r"\d",
    "month": "|".join(name for name in MONTHS if len(name) == 3),
    "weekday": "|".join(f"^{name[:3]}" for name in WEEKDAYS),
    "season": "|".join(SEASONS),
    "holiday": "easter|pentecost|whit|christ|xmas|epiphany|saints|eve$|year|day",
    "unit": "day|week|month|year|decade|centur|second|minute|hour|quarter|night",
    "clock": "clock|half|quarter|^[ap]m?$",
    "noon": "noon|midday|midnight",
    "today": "day|tomorrow|night|morning|afternoon|evening",
    "quarter": r"quarter|half|^q\d",
    "decade": r"\ds?$|ties$",
    "often": "daily|ly$|annual",
}
"""What a word contains near which a rule is tried."""
FRAGMENTS = {
    "month": "|".join(sorted(MONTHS, key=len, reverse=True)),
    "weekday": "|".join(WEEKDAYS) + "|mon|tues?|wed|thurs?|fri|sat",
    "season": "|".join(SEASONS),
    "daypart": "|".join(DAYPARTS),
    "day": r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?",
    "year": r"1[0-9]\d\d|20\d\d|21\d\d",
    "hour": r"[01]?\d|2[0-4]",
    "to": r"~(?:-|–|to|and|&|until|through)~",
    "offset": "|".join(offset for offset in OFFSETS if offset != "the"),
    "ofyear": "(?P<relative>(?:of )?(?P<of>last|this|next) year)",
    "unit": "seconds?|minutes?|hours?|days?|weeks?|weekends?|months?|quarters?|years?|decades?|century|centuries",
    "number": rf"\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|{_NUMBER_WORDS}",
    "word": _NUMBER_WORDS,
    "vague": "several|a few|few|many|some|a couple of|an?",
    "part": "early|mid|late|the beginning of|the start of|the middle of|the end of|beginning|end",
    "ampm": r"[ap]\.?~m\b\.?",
    "holiday": "|".join(sorted(HOLIDAYS, key=len, reverse=True)).replace("'", "['’]"),
}


def number(printed: str) -> float | None:
    """Return the value of a number in figures or words, None if it is none."""
    if printed[0].isdecimal():
        return digits(printed, ENGLISH)
    values = [english_word(part) for part in printed.lower().split("-")]
    return sum(word.value for word in values if word) if all(values) else None


def unit_of(printed: str) -> str:
    """Return the TIMEX3 letter of a unit in the singular or plural."""
    return UNITS[printed.lower().removesuffix("s")]


def weekday_of(printed: str | None) -> int | None:
    """Return the number of a weekday, Monday 0, from its name or its abbreviation."""
    if not printed:
        return None
    return next(value for name, value in WEEKDAYS.items() if name.startswith(printed.lower()[:3]))


def day_of(printed: str) -> int:
    """Return the value of 3 or 3rd."""
    return int(re.sub(r"[^\d]", "", printed))
