"""German and English number words: what a single word says about a quantity."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

Role = Literal["cardinal", "ordinal", "fraction", "scale", "multiple", "compound", "vague", "article"]


class Word(NamedTuple):
    """What a word says: a value, the part it plays, and the unit that it brings along (`dreitägig`: day)."""

    value: float
    role: Role
    unit: str | None = None


_DE_UNITS = "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split()
_DE_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()


def _german_below_hundred() -> dict[str, int]:
    words = {word: value for value, word in enumerate(_DE_UNITS)}
    words |= {"eins": 1, "zwo": 2, "fuenf": 5, "zwoelf": 12}
    for value, stem in enumerate("drei vier fünf sech sieb acht neun".split(), 13):
        words[stem + "zehn"] = value
    for tens, word in enumerate(_DE_TENS, 2):
        words[word] = tens * 10
        for unit in range(1, 10):
            words[f"{_DE_UNITS[unit]}und{word}"] = tens * 10 + unit
    words |= {word.replace("ß", "ss"): value for word, value in words.items() if "ß" in word}
    return words


_DE_SMALL = _german_below_hundred()


def german_cardinal(word: str) -> int | None:
    """Return the value of a German number word in lower case (`einundzwanzigtausend`), None if it is none."""
    if (small := _DE_SMALL.get(word)) is not None:
        return small
    head, thousand, rest = word.partition("tausend")
    if thousand:
        high = german_cardinal(head) if head else 1
        low = german_cardinal(rest.removeprefix("und")) if rest else 0
        return None if high is None or low is None or high >= 1000 or low >= 1000 else high * 1000 + low
    head, hundred, rest = word.partition("hundert")
    if hundred:
        high = _DE_SMALL.get(head) if head else 1
        low = _DE_SMALL.get(rest.removeprefix("und")) if rest else 0
        return None if high is None or low is None else high * 100 + low
    return None


def _german_ordinal_stem(value: int, word: str) -> str:
    irregular = {1: "erst", 3: "dritt", 7: "siebt", 8: "acht"}
    return irregular.get(value) or word + ("t" if value < 20 else "st")


_DE_ORDINALS = {
    _german_ordinal_stem(value, word): value for word, value in _DE_SMALL.items() if 1 <= value and word != "eins"
} | {"siebent": 7, "hundertst": 100, "tausendst": 1000, "millionst": 10**6}

_DE_FRACTIONS = {
    ("dritt" if value == 3 else _german_ordinal_stem(value, word)).removesuffix("t") + "tel": 1 / value
    for word, value in _DE_SMALL.items()
    if value >= 3
} | {"siebentel": 1 / 7, "hundertstel": 1 / 100, "tausendstel": 1 / 1000}

_DE_SUFFIX_UNITS = {
    "jährig": "year", "monatig": "month", "wöchig": "week", "tägig": "day", "stündig": "hour", "minütig": "minute",
    "sekündig": "second", "prozentig": "percent", "köpfig": None, "fach": None, "mal": None, "malig": None,
    "teilig": None, "seitig": None, "stellig": None, "stöckig": None, "geschossig": None, "spurig": None,
    "sprachig": None, "türig": None, "sitzig": None, "zeilig": None, "gleisig": None, "erlei": None, "motorig": None,
    "bändig": None, "gängig": None, "beinig": None, "stufig": None, "sätzig": None, "strahlig": None, "eckig": None,
    "jahres": "year", "tages": "day", "monats": "month", "jahre": "year", "stunden": "hour",
}  # fmt: skip
_DE_COMPOUND = re.compile(rf"(.+?)({'|'.join(_DE_SUFFIX_UNITS)})(?:e[rsnm]?|s)?")
_DE_ORDINAL_COMPOUND = re.compile(
    r"(.+?t)(?:größt|grösst|höchst|best|meist|ältest|jüngst|wichtigst|stärkst|längst|schnellst|teuerst|reichst|"
    r"schlechtest|niedrigst|kleinst|mächtigst|erfolgreichst|beliebtest|häufigst|platziert|rangig|klassig|geboren|ligist\w*|"
    r"letzt|schönst|schwerst|bevölkerungsreichst)(?:e[rsnm]?)?"
)

_DE_FIXED: dict[str, Word] = {
    "hälfte": Word(0.5, "fraction"),
    "halb": Word(0.5, "fraction"),
    "anderthalb": Word(1.5, "cardinal"),
    "anderthalbfach": Word(1.5, "multiple"),
    "dutzend": Word(12, "scale"),
    "dutzende": Word(12, "vague"),
    "dutzenden": Word(12, "vague"),
    "hunderte": Word(100, "vague"),
    "hunderten": Word(100, "vague"),
    "hunderter": Word(100, "vague"),
    "tausende": Word(1000, "vague"),
    "tausenden": Word(1000, "vague"),
    "tausender": Word(1000, "vague"),
    "zehntausende": Word(10**4, "vague"),
    "zehntausenden": Word(10**4, "vague"),
    "hunderttausende": Word(10**5, "vague"),
    "hunderttausenden": Word(10**5, "vague"),
    "million": Word(10**6, "scale"),
    "millionen": Word(10**6, "scale"),
    "mio": Word(10**6, "scale"),
    "milliarde": Word(10**9, "scale"),
    "milliarden": Word(10**9, "scale"),
    "mrd": Word(10**9, "scale"),
    "billion": Word(10**12, "scale"),
    "billionen": Word(10**12, "scale"),
    "bio": Word(10**12, "scale"),
    "billiarde": Word(10**15, "scale"),
    "billiarden": Word(10**15, "scale"),
    "tsd": Word(1000, "scale"),
    "doppelt": Word(2, "multiple"),
    "doppel": Word(2, "multiple"),
    "verdoppelt": Word(2, "multiple"),
    "verdoppeln": Word(2, "multiple"),
    "verdoppelte": Word(2, "multiple"),
    "verdoppelten": Word(2, "multiple"),
    "verdoppelung": Word(2, "multiple"),
    "verdopplung": Word(2, "multiple"),
    "verdreifacht": Word(3, "multiple"),
    "verdreifachen": Word(3, "multiple"),
    "verdreifachte": Word(3, "multiple"),
    "verdreifachung": Word(3, "multiple"),
    "vervierfacht": Word(4, "multiple"),
    "vervierfachen": Word(4, "multiple"),
    "verfünffacht": Word(5, "multiple"),
    "verzehnfacht": Word(10, "multiple"),
    "halbiert": Word(0.5, "multiple"),
    "halbieren": Word(0.5, "multiple"),
    "halbierte": Word(0.5, "multiple"),
    "halbierung": Word(0.5, "multiple"),
    "beide": Word(2, "vague"),
    "beiden": Word(2, "vague"),
    "beider": Word(2, "vague"),
    "beides": Word(2, "vague"),
    "paar": Word(2, "vague"),
    "zwilling": Word(2, "vague"),
    "zwillinge": Word(2, "vague"),
    "zweit": Word(2, "cardinal"),
    "dritt": Word(3, "cardinal"),
    "viert": Word(4, "cardinal"),
    "zweier": Word(2, "cardinal"),
    "dreier": Word(3, "cardinal"),
    "viertelstunde": Word(15, "compound", "minute"),
    "dreiviertelstunde": Word(45, "compound", "minute"),
    "vierteljahr": Word(3, "compound", "month"),
    "halbjahr": Word(6, "vague", "month"),
    "halbe": Word(0.5, "fraction"),
    "halber": Word(0.5, "fraction"),
    "halbes": Word(0.5, "fraction"),
    "halben": Word(0.5, "fraction"),
    "halbem": Word(0.5, "fraction"),
    "dreiviertel": Word(0.75, "fraction"),
    "erstmals": Word(1, "vague"),
    "erst": Word(1, "vague"),
    "einst": Word(1, "vague"),
} | {form: Word(1, "article") for form in ("ein", "eine", "einen", "einem", "einer", "eines", "eins", "einzige", "einzigen", "einziger", "einziges", "einmal")}  # fmt: skip


@lru_cache(maxsize=1 << 16)
def german_word(word: str) -> Word | None:
    """Return what a German word in lower case says as a number, None if it says none."""
    if (fixed := _DE_FIXED.get(word)) is not None:
        return fixed
    if (value := german_cardinal(word)) is not None:
        return Word(value, "cardinal")
    if (fraction := _DE_FRACTIONS.get(word.removesuffix("n"))) is not None:
        return Word(fraction, "fraction")
    if (stem := re.fullmatch(r"(.+t)(?:e[rsnm]?|ens)", word)) and (value := _ordinal(stem[1])) is not None:
        return Word(value, "ordinal")
    if word.endswith("einhalb") and (value := german_cardinal(word.removesuffix("einhalb") or "ein")) is not None:
        return Word(value + 0.5, "cardinal")
    if match := _DE_COMPOUND.fullmatch(word):
        value = german_cardinal(match[1])
        if value is not None:
            return Word(value, "compound", _DE_SUFFIX_UNITS[match[2]])
    if (match := _DE_ORDINAL_COMPOUND.fullmatch(word)) and (value := _ordinal(match[1])) is not None:
        return Word(value, "ordinal")
    return None


def _ordinal(stem: str) -> int | None:
    if (value := _DE_ORDINALS.get(stem)) is not None:
        return value
    for small in range(2):
        cardinal = german_cardinal(stem.removesuffix("st" if small else "t"))
        if cardinal is not None and cardinal >= 100:
            return cardinal
    return None


_EN_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_EN_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()

_EN_WORDS: dict[str, Word] = {
    **{word: Word(value, "cardinal") for value, word in enumerate(_EN_UNITS)},
    **{word: Word(value * 10, "cardinal") for value, word in enumerate(_EN_TENS, 2)},
    **{word: Word(value, "ordinal") for value, word in enumerate(_EN_ORDINALS) if value},
    **{word[:-1] + "ieth": Word(value * 10, "ordinal") for value, word in enumerate(_EN_TENS, 2)},
    **{word + "s": Word(1 / value, "fraction") for value, word in enumerate(_EN_ORDINALS) if value >= 3},
    "hundred": Word(100, "scale"),
    "thousand": Word(1000, "scale"),
    "million": Word(10**6, "scale"),
    "billion": Word(10**9, "scale"),
    "trillion": Word(10**12, "scale"),
    "quadrillion": Word(10**15, "scale"),
    "bn": Word(10**9, "scale"),
    "mn": Word(10**6, "scale"),
    "mln": Word(10**6, "scale"),
    "tn": Word(10**12, "scale"),
    "dozen": Word(12, "scale"),
    "dozens": Word(12, "vague"),
    "hundreds": Word(100, "vague"),
    "thousands": Word(1000, "vague"),
    "millions": Word(10**6, "vague"),
    "billions": Word(10**9, "vague"),
    "half": Word(0.5, "fraction"),
    "halves": Word(0.5, "fraction"),
    "quarter": Word(0.25, "fraction"),
    "quarters": Word(0.25, "fraction"),
    "hundredth": Word(100, "ordinal"),
    "thousandth": Word(1000, "ordinal"),
    "hundredths": Word(1 / 100, "fraction"),
    "thousandths": Word(1 / 1000, "fraction"),
    "fortnight": Word(2, "vague", "week"),
    "once": Word(1, "article"),
    "single": Word(1, "article"),
    "sole": Word(1, "article"),
    "only": Word(1, "article"),
    "a": Word(1, "article"),
    "an": Word(1, "article"),
    "twice": Word(2, "compound"),
    "thrice": Word(3, "compound"),
    "both": Word(2, "vague"),
    "two-way": Word(2, "vague"),
    "couple": Word(2, "vague"),
    "couples": Word(2, "vague"),
    "pair": Word(2, "vague"),
    "pairs": Word(2, "vague"),
    "duo": Word(2, "vague"),
    "twin": Word(2, "vague"),
    "twins": Word(2, "vague"),
    "either": Word(2, "vague"),
    "double": Word(2, "multiple"),
    "doubled": Word(2, "multiple"),
    "doubles": Word(2, "multiple"),
    "doubling": Word(2, "multiple"),
    "triple": Word(3, "multiple"),
    "tripled": Word(3, "multiple"),
    "tripling": Word(3, "multiple"),
    "treble": Word(3, "multiple"),
    "trebled": Word(3, "multiple"),
    "trio": Word(3, "vague"),
    "quadruple": Word(4, "multiple"),
    "quadrupled": Word(4, "multiple"),
    "quartet": Word(4, "vague"),
    "halve": Word(0.5, "multiple"),
    "halved": Word(0.5, "multiple"),
    "halving": Word(0.5, "multiple"),
    "secondly": Word(2, "ordinal"),
    "thirdly": Word(3, "ordinal"),
    "runner": Word(2, "vague"),
    "firstly": Word(1, "ordinal"),
    "one-off": Word(1, "article"),
}


@lru_cache(maxsize=1 << 16)
def english_word(word: str) -> Word | None:
    """Return what an English word in lower case says as a number, None if it says none."""
    if (known := _EN_WORDS.get(word)) is not None:
        return known
    if word.endswith("fold") and (known := _EN_WORDS.get(word.removesuffix("fold"))) is not None:
        return Word(known.value, "compound")
    return None
