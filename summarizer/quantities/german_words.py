"""What a single German word says about a quantity."""

from __future__ import annotations

import re
from functools import lru_cache

from .model import Word

_UNITS = ("null", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf")
_TENS = ("zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig")
_TEEN_STEMS = ("drei", "vier", "fünf", "sech", "sieb", "acht", "neun")


def _below_hundred() -> dict[str, int]:
    words = {word: value for value, word in enumerate(_UNITS)} | {"eins": 1, "zwo": 2}
    words |= {stem + "zehn": value for value, stem in enumerate(_TEEN_STEMS, 13)}
    for tens, word in enumerate(_TENS, 2):
        words[word] = tens * 10
        words |= {f"{_UNITS[unit]}und{word}": tens * 10 + unit for unit in range(1, 10)}
    return words


_CARDINALS = _below_hundred()
_LONGEST = len("neunhundertneunundneunzigtausendneunhundertundneunundneunzig")


def german_cardinal(word: str) -> int | None:
    """Return the value of a number word in lower case (`einundzwanzigtausend`), None if it is none."""
    if len(word) > _LONGEST:
        return None
    word = word.replace("dreissig", "dreißig")
    if (small := _CARDINALS.get(word)) is not None:
        return small
    for name, size in (("tausend", 1000), ("hundert", 100)):
        head, found, rest = word.partition(name)
        if found:
            high = german_cardinal(head) if head else 1
            low = german_cardinal(rest.removeprefix("und")) if rest else 0
            return None if high is None or low is None or high >= 1000 or low >= size else high * size + low
    return None


def _ordinal_stem(value: int, word: str) -> str:
    return {1: "erst", 3: "dritt", 7: "siebt", 8: "acht"}.get(value) or word + ("t" if value < 20 else "st")


_ORDINALS = {_ordinal_stem(value, word): value for word, value in _CARDINALS.items() if value and word != "eins"}
_ORDINALS |= {"hundertst": 100, "tausendst": 1000, "millionst": 10**6}
_FRACTIONS = {stem.removesuffix("t") + "tel": 1 / value for stem, value in _ORDINALS.items() if value >= 3}
_FRACTIONS |= {"drittel": 1 / 3, "achtel": 1 / 8, "hundertstel": 1 / 100, "tausendstel": 1 / 1000}

_SUFFIXES: dict[str, str | None] = {
    "jährig": "year", "monatig": "month", "wöchig": "week", "tägig": "day", "stündig": "hour", "minütig": "minute",
    "sekündig": "second", "prozentig": "percent",
} | dict.fromkeys(
    (
        "köpfig", "fach", "mal", "malig", "teilig", "seitig", "stellig", "stöckig", "geschossig", "spurig", "sprachig",
        "türig", "sitzig", "zeilig", "gleisig", "erlei", "motorig", "bändig", "stufig", "strahlig", "eckig",
    )
)  # fmt: skip
_COMPOUND = re.compile(rf"(.+?)({'|'.join(_SUFFIXES)})(?:e[rsnm]?|s)?")
_SUPERLATIVE = re.compile(
    rf"({'|'.join(sorted(_ORDINALS, key=len, reverse=True))})(?:\w{{2,}}st(?:e[rsnm]?)?|platzierte[rsnm]?|"
    rf"klassige?[rsnm]?)"
)
_ENDING = re.compile(r"(?:e[rsnm]?)$")

_SCALES = {
    "dutzend": 12, "tausend": 1000, "tsd": 1000, "million": 10**6, "mio": 10**6, "milliarde": 10**9, "mrd": 10**9,
    "md": 10**9, "billion": 10**12, "bio": 10**12, "billiarde": 10**15,
}  # fmt: skip
_VAGUE = {
    "dutzende": 12, "hunderte": 100, "tausende": 1000, "zehntausende": 10**4, "hunderttausende": 10**5, "beide": 2,
    "paar": 2, "zwilling": 2, "duo": 2, "trio": 3, "quartett": 4, "halbjahr": 0.5, "halbzeit": 0.5, "hälfte": 0.5,
    "halbfinal": 4, "viertelfinal": 8, "achtelfinal": 16, "sechzehntelfinal": 32, "einst": 1, "erstmal": 1,
}  # fmt: skip
_MULTIPLES = {
    "doppelt": 2, "verdoppel": 2, "verdoppl": 2, "verdreifach": 3, "vervierfach": 4, "verfünffach": 5,
    "versechsfach": 6, "verzehnfach": 10, "halbier": 0.5,
}  # fmt: skip
_MULTIPLE = re.compile(rf"({'|'.join(sorted(_MULTIPLES, key=len, reverse=True))})(?:t?e?[rsnm]?|ung(?:en)?)")
_SHARE = re.compile(r"(zwei|drei|vier)(drittel|viertel|fünftel)")
"""What the share is of may follow: `Zweidrittelmehrheit`."""
_ADJECTIVES = {"halb": Word(0.5, "fraction"), "einzig": Word(1, "article"), "einzeln": Word(1, "article")}
_FIXED = {
    "halb": Word(0.5, "fraction"),
    "anderthalb": Word(1.5, "cardinal"),
    "dreiviertel": Word(0.75, "fraction"),
    "viertelstunde": Word(15, "compound", "minute"),
    "dreiviertelstunde": Word(45, "compound", "minute"),
    "vierteljahr": Word(3, "compound", "month"),
    "dreivierteljahr": Word(9, "compound", "month"),
    "vierteljahrhundert": Word(25, "compound", "year"),
    "zweit": Word(2, "cardinal"),
    "dritt": Word(3, "cardinal"),
    "viert": Word(4, "cardinal"),
    "einmal": Word(1, "article"),
}
_ARTICLES = frozenset({"ein", "eine", "einen", "einem", "einer", "eines", "eins"})
_HOMOGRAPHS = frozenset({"achten", "achte", "erst", "dreist", "sieben"})
"""Number words that are more often something else; of no weight."""
_BEGINNINGS = {word: value for word, value in _CARDINALS.items() if 2 <= value <= 12}
_BEGINNINGS |= {"zweit": 2, "dritt": 3, "viert": 4, "fünft": 5, "doppel": 2, "double": 2, "tripel": 3, "triple": 3}
_BEGINNING = re.compile(rf"({'|'.join(sorted(_BEGINNINGS, key=len, reverse=True))})(?:er|[a-zäöüß]{{4,}})?")
_END = re.compile(r"[a-zäöüß]{3,}(erst|zweit|dritt|viert|fünft)e[rsnm]?")


_CUES = {*_CARDINALS, *_TEEN_STEMS, *_SCALES, *_VAGUE, *_MULTIPLES, *_FIXED, *_BEGINNINGS, "erst", "hundert"}
_CUE = re.compile("|".join(cue for cue in sorted(_CUES) if not any(other in cue for other in _CUES - {cue})))
"""Found in every word that says a number."""


@lru_cache(maxsize=1 << 16)
def german_word(word: str) -> Word | None:
    """Return what a German word in lower case says as a number, None if it says none."""
    if word in _ARTICLES:
        return Word(1, "article")
    if _CUE.search(word) is None:
        return None
    stem = _ENDING.sub("", word)
    if (fixed := _FIXED.get(word) or _ADJECTIVES.get(stem)) is not None:
        return fixed
    singular = word.removesuffix("n")
    if (scale := _SCALES.get(word) or _SCALES.get(singular) or _SCALES.get(word.removesuffix("en"))) is not None:
        return Word(scale, "scale")
    if (cardinal := german_cardinal(word)) is not None:
        return Word(cardinal, "vague" if word in _HOMOGRAPHS and word != "sieben" else "cardinal")
    if (fraction := _FRACTIONS.get(singular) or _FRACTIONS.get(word.removesuffix("s"))) is not None:
        return Word(fraction, "fraction")
    if word != stem and (ordinal := _ordinal(stem)) is not None:
        return Word(ordinal, "vague" if word in _HOMOGRAPHS else "ordinal")
    if word.endswith("einhalb") and (whole := german_cardinal(word.removesuffix("einhalb") or "ein")) is not None:
        return Word((whole if word != "einhalb" else 0) + 0.5, "cardinal")
    return _inflected(word) or _inside(word)


def _inflected(word: str) -> Word | None:
    for ending in ("", "n", "r", "s", "e", "en", "es", "er"):
        if word.endswith(ending) and (vague := _VAGUE.get(word.removesuffix(ending) if ending else word)) is not None:
            return Word(vague, "vague")
    if match := _SHARE.match(word):
        return Word(_CARDINALS[match[1]] * _FRACTIONS[match[2]], "fraction")
    if match := _MULTIPLE.fullmatch(word):
        return Word(_MULTIPLES[match[1]], "multiple")
    if (match := _COMPOUND.fullmatch(word)) and (count := german_cardinal(match[1])) is not None:
        return Word(count, "compound", _SUFFIXES[match[2]])
    if (match := _SUPERLATIVE.fullmatch(word)) and (place := _ordinal(match[1])) is not None:
        return Word(place, "ordinal")
    return None


def _inside(word: str) -> Word | None:
    """Return the number at the edge of a compound (`Zweifamilienhaus`, `Tabellendritter`): of no weight of its own."""
    if match := _BEGINNING.fullmatch(word):
        return Word(_BEGINNINGS[match[1]], "vague")
    if match := _END.fullmatch(word):
        return Word(_ORDINALS[match[1]], "vague")
    return None


def _ordinal(stem: str) -> int | None:
    if (value := _ORDINALS.get(stem)) is not None:
        return value
    for ending in ("st", "t"):
        cardinal = german_cardinal(stem.removesuffix(ending)) if stem.endswith(ending) else None
        if cardinal is not None and cardinal >= 100:
            return cardinal
    return None
