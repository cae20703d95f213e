"""What a single English word says about a quantity."""

from __future__ import annotations

from functools import lru_cache

from .model import Word

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = (
    "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
)  # fmt: skip
_SCALES = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "quadrillion": 10**15,
    "dozen": 12, "mn": 10**6, "mln": 10**6, "bn": 10**9, "bln": 10**9, "tn": 10**12,
}  # fmt: skip
_VAGUE = {
    "tens": 10, "dozens": 12, "hundreds": 100, "thousands": 1000, "millions": 10**6, "billions": 10**9,
    "both": 2, "couple": 2, "couples": 2, "pair": 2, "pairs": 2, "duo": 2, "twin": 2, "twins": 2, "either": 2,
    "trio": 3, "quartet": 4, "centennial": 100, "centenary": 100,
}  # fmt: skip
_MULTIPLES = {
    "double": 2, "doubled": 2, "doubles": 2, "doubling": 2, "triple": 3, "tripled": 3, "triples": 3, "tripling": 3,
    "treble": 3, "trebled": 3, "quadruple": 4, "quadrupled": 4, "halve": 0.5, "halved": 0.5, "halving": 0.5,
}  # fmt: skip
_WORDS: dict[str, Word] = {
    **{word: Word(value, "cardinal") for value, word in enumerate(_UNITS)},
    **{word: Word(value * 10, "cardinal") for value, word in enumerate(_TENS, 2)},
    **{word: Word(value, "ordinal") for value, word in enumerate(_ORDINALS) if word},
    **{word[:-1] + "ieth": Word(value * 10, "ordinal") for value, word in enumerate(_TENS, 2)},
    **{word + "s": Word(1 / value, "fraction") for value, word in enumerate(_ORDINALS) if value >= 3},
    **{word: Word(value, "scale") for word, value in _SCALES.items()},
    **{word: Word(value, "vague") for word, value in _VAGUE.items()},
    **{word: Word(value, "multiple") for word, value in _MULTIPLES.items()},
    "half": Word(0.5, "fraction"),
    "halves": Word(0.5, "fraction"),
    "quarter": Word(0.25, "fraction"),
    "quarters": Word(0.25, "fraction"),
    "hundredth": Word(100, "ordinal"),
    "thousandth": Word(1000, "ordinal"),
    "hundredths": Word(1 / 100, "fraction"),
    "thousandths": Word(1 / 1000, "fraction"),
    "fortnight": Word(14, "compound", "day"),
    "twice": Word(2, "compound"),
    "thrice": Word(3, "compound"),
    "secondly": Word(2, "ordinal"),
    "thirdly": Word(3, "ordinal"),
    "once": Word(1, "article"),
    "single": Word(1, "article"),
    "a": Word(1, "article"),
    "an": Word(1, "article"),
}


@lru_cache(maxsize=1 << 16)
def english_word(word: str) -> Word | None:
    """Return what an English word in lower case says as a number, None if it says none."""
    if (known := _WORDS.get(word)) is not None:
        return known
    if word.endswith("fold") and (known := _WORDS.get(word.removesuffix("fold"))) is not None:
        return Word(known.value, "compound")
    return None
