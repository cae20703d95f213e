"""What the rules of German time expressions are made of: names, fragments, and how the sentence decides."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

from .anchor import Anchor
from .german_words import german_word
from .numerals import GERMAN, digits

T = TypeVar("T")

MONTHS = {
    "januar": 1, "jänner": 1, "februar": 2, "feber": 2, "märz": 3, "april": 4, "mai": 5, "juni": 6, "juli": 7,
    "august": 8, "september": 9, "oktober": 10, "november": 11, "dezember": 12, "jan": 1, "feb": 2, "mär": 3,
    "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "okt": 10, "nov": 11, "dez": 12,
}  # fmt: skip
WEEKDAYS = {
    "montag": 0, "dienstag": 1, "mittwoch": 2, "donnerstag": 3, "freitag": 4, "samstag": 5, "sonnabend": 5,
    "sonntag": 6,
}  # fmt: skip
SEASONS = {"frühling": "SP", "frühjahr": "SP", "sommer": "SU", "herbst": "FA", "winter": "WI"}
DAYPARTS = {
    "vormittag": "MO", "nachmittag": "AF", "mittag": "MI", "morgen": "MO", "früh": "MO", "abend": "EV", "nacht": "NI",
    "mitternacht": "NI",
}  # fmt: skip
UNITS = {
    "sekunde": "TS", "minute": "TM", "stunde": "TH", "tag": "D", "woche": "W", "wochenende": "WE", "monat": "M",
    "quartal": "Q", "jahr": "Y", "jahrzehnt": "DE", "jahrhundert": "CE", "jahrtausend": "L", "nacht": "TNI",
    "abend": "TEV", "nachmittag": "TAF", "vormittag": "TMO", "morgen": "TMO", "sommer": "SU", "winter": "WI",
}  # fmt: skip
NAMES = {
    "D": "day", "W": "week", "M": "month", "Y": "year", "Q": "quarter", "WE": "weekend", "DE": "decade",
    "CE": "century",
}  # fmt: skip
OFFSETS = {
    "vorvergangen": -2, "vorvorig": -2, "vorletzt": -2, "vergangen": -1, "letzt": -1, "vorig": -1, "dies": 0,
    "laufend": 0, "aktuell": 0, "nächst": 1, "kommend": 1, "übernächst": 2,
}  # fmt: skip
HOLIDAYS = {
    "rosenmontag": "carnival monday", "aschermittwoch": "ash wednesday", "palmsonntag": "palm sunday",
    "gründonnerstag": "maundy thursday", "karfreitag": "good friday", "ostersonntag": "easter sunday",
    "ostermontag": "easter monday", "ostern": "easter", "pfingsten": "pentecost", "pfingstsonntag": "pentecost",
    "pfingstmontag": "whit monday", "fronleichnam": "corpus christi", "christi himmelfahrt": "ascension",
    "neujahr": "new year", "dreikönigstag": "epiphany", "allerheiligen": "all saints", "heiligabend": "christmas eve",
    "weihnachten": "christmas", "silvester": "new year's eve",
}  # fmt: skip

_UNIT_WORDS = "ein|eins|zwei|zwo|drei|vier|fünf|sechs|sieben|acht|neun"
_TENS_WORDS = "zwanzig|drei(?:ß|ss)ig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig"
_NUMBER_WORDS = (
    rf"(?:(?:{_UNIT_WORDS})und)?(?:{_TENS_WORDS})|(?:drei|vier|fünf|sech|sieb|acht|neun)zehn|zehn|elf|zwölf|"
    rf"(?:{_UNIT_WORDS})?einhalb|anderthalb|(?:{_UNIT_WORDS})?hundert|(?:{_UNIT_WORDS})?tausend|{_UNIT_WORDS}"
)

_SHORT_MONTHS = [name for name in MONTHS if len(name) <= 4 and name not in {"mai", "märz", "juni", "juli"}]
_UNIT_CUE = (
    r"t[aä]g|w[oö]ch|monat|j[aä]hr|st[uü]nd|min[uü]t|sek[uü]nd|quartal|n[aä]cht|abend|morgen|mittag|sommer|winter"
)
CUES = {
    "figure": r"\d",
    "month": rf"{'|'.join(name for name in MONTHS if len(name) > 3)}|^mai|^(?:{'|'.join(_SHORT_MONTHS)})$",
    "weekday": "|".join(WEEKDAYS),
    "season": "|".join(SEASONS),
    "holiday": "|".join(name.split()[-1] for name in HOLIDAYS),
    "unit": _UNIT_CUE,
    "long": rf"heu[er]r|{_UNIT_CUE}",
    "daypart": "|".join(DAYPARTS),
    "clock": "^uhr$|halb|viertel",
    "today": "heut|gest|morg",
    "decade": r"\der|ziger|[sß]iger",
    "now": "jetzt|derzeit|zurzeit|^zeit|stunde|moment|gegenw|heutzutage",
    "once": "damal|früh|kürz|unlängst|neulich|kurzem|vergangenh|zeit",
    "some day": "demnächst|bald|künftig|kürze|zukunft",
}
"""What a word contains near which a rule is tried."""
_ENDING = "e[rsnm]?"
FRAGMENTS = {
    "month": "|".join(name for name in MONTHS if len(name) > 3) + "|mai",
    "mon": "|".join(_SHORT_MONTHS),
    "weekday": "|".join(WEEKDAYS),
    "season": "|".join(SEASONS),
    "daypart": "|".join(DAYPARTS),
    "adverb": "(?:vor|nach)?mittags|morgens|früh|abends|nachts",
    "day": r"0?[1-9]|[12]\d|3[01]",
    "year": r"1[0-9]\d\d|20\d\d|21\d\d",
    "hour": r"[01]?\d|2[0-4]",
    "to": r"~(?:,|,? und|oder|sowie|bis(?: zum)?|[/–-])~(?:(?:am|de[rnm]) )?",
    "lead": "(?:(?:anfang|mitte|ende|beginn) (?:de[srnm] )?|(?:de[rnms]|die|das) )?",
    "part": "anfang|mitte|ende|beginn",
    "article": "de[rnms]|die|das",
    "dies": f"dies{_ENDING}",
    "offset": f"(?:{'|'.join(OFFSETS)}){_ENDING}",
    "ofyear": f"(?P<relative>(?:de[rs] )?(?P<of>(?:{'|'.join(OFFSETS)}){_ENDING}) Jahres)",
    "unit": (
        "sekunden?|minuten?|stunden?|tag(?:en?|e?s)?|wochenenden?|woche|wochen|monat(?:en?|e?s)?|quartal(?:en?|s)?|"
        "jahr(?:en?|e?s)?|jahrzehnt(?:en?|e?s)?|jahrhundert(?:en?|e?s)?|jahrtausend(?:en?|e?s)?"
    ),
    "ending": _ENDING,
    "number": rf"\d{{1,3}}(?:\.\d{{3}})+|\d+(?:,\d+)?|{_NUMBER_WORDS}",
    "word": _NUMBER_WORDS,
    "ein": "ein(?:e[nmrs]?)?",
    "about": (
        r"mehr als|weniger als|gut|rund|etwa|knapp|fast|circa|ca\.|ungefähr|mindestens|höchstens|nur|genau|über|bis zu|"
        r"zirka|wenigstens|kaum"
    ),
    "vague": "einige[nrsm]?|mehrere[nrsm]?|viele[nrsm]?|wenige[nrsm]?|ein paar|etliche[nrsm]?|lange[nr]?",
    "holiday": "|".join(HOLIDAYS),
}


def looked_up(word: str, table: Mapping[str, T]) -> T:
    """Return the entry of the longest key that a word begins with; raises ValueError if there is none."""
    word = word.lower()
    return table[max((key for key in table if word.startswith(key)), key=len)]


def number(printed: str) -> float | None:
    """Return the value of a number in figures or words, None if it is none."""
    if printed[0].isdecimal():
        return digits(printed, GERMAN)
    word = german_word(printed.lower())
    return word.value if word else None


def amount(value: float | None, unit: str) -> str:
    """Return a TIMEX3 duration: P3D, PT2H, PXY."""
    clock, unit = ("T", unit[1:]) if unit.startswith("T") else ("", unit)
    return f"P{clock}{'X' if value is None else f'{value:g}'}{unit}"


def full_year(printed: str) -> int:
    """Return the year that two or four figures stand for."""
    year = int(printed)
    return year if len(printed) > 2 else 2000 + year if year < 50 else 1900 + year


_AHEAD = (
    r"wird|werden|soll(?:en|te|ten)?|will|wollen|findet|finden|beginnt|beginnen|startet|starten|tritt|geplant|"
    r"lädt|laden"
)
_BEHIND = (
    r"war|waren|wurden?|hatten?|haben|hat|sind|fand(?:en)?|kam(?:en)?|ging(?:en)?|gab(?:en)?|traf(?:en)?|"
    r"stand(?:en)?|lag(?:en)?|nahm(?:en)?|sprach(?:en)?|ließ(?:en)?|blieb(?:en)?|hielt(?:en)?|begann(?:en)?|zog(?:en)?|fuhr(?:en)?|schrieb(?:en)?|"
    r"starb(?:en)?|rief(?:en)?|lief(?:en)?|fiel(?:en)?|trat(?:en)?|schlug(?:en)?|gewann(?:en)?|verlor(?:en)?|worden|"
    r"(?!heute|bitte|letzte|erste|zweite|dritte|meiste|beste|leute|seite|mitte)[a-zäöüß]{3,}te"
)
_NEAR = 300
"""How many characters from an expression its verb may stand."""
_TENSE = re.compile(rf"(?<!\w)(?:(?P<ahead>{_AHEAD})|(?P<behind>{_BEHIND}))(?!\w)")


def _tense(match: re.Match[str]) -> str | None:
    """Return `ahead` or `behind` by the verb nearest to the match in its sentence, None if no verb tells."""
    text = match.string
    start, stop = max(0, match.start() - _NEAR), min(len(text), match.end() + _NEAR)
    start = max(start, text.rfind(". ", start, match.start()), text.rfind("\n", start, match.start()))
    ends = (text.find(". ", match.end(), stop), text.find("\n", match.end(), stop))
    stop = min((end for end in ends if end >= 0), default=stop)
    verbs = _TENSE.finditer(text, start, stop)
    nearest = min(verbs, key=lambda verb: max(match.start() - verb.end(), verb.start() - match.end()), default=None)
    return nearest.lastgroup if nearest else None


NIGHT_TO = r"Nacht (?:auf|zum|zu)(?: de[nm])?"
"""What makes a day the night before it."""


def is_ahead(match: re.Match[str]) -> bool:
    """Whether the sentence speaks of what is to come."""
    return _tense(match) == "ahead"


def is_past(match: re.Match[str]) -> bool:
    """Whether the sentence tells what has happened."""
    return _tense(match) == "behind"


def year_of(match: re.Match[str], anchor: Anchor, month: int) -> str:
    """Return the year of a month without one: that named just before, else that of publication or a neighbour."""
    named, where = anchor.year_named
    if match.start() - where < 60:
        return f"{named:04}"
    if anchor.date is None:
        return "XXXX"
    gap = month - anchor.date.month
    if gap >= 8 and not is_ahead(match):
        return f"{anchor.date.year - 1:04}"
    return f"{anchor.date.year + (gap <= -9 and not is_past(match)):04}"
