"""Finds the quantities of a text: numerals, spelled-out numbers, their scales, ranges and units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from .model import Quantity, Role, Weight, Word
from .numerals import DASHES, ENGLISH, EXACT, GERMAN, VULGAR, Language, Token, digits, tokens
from .units import CURRENCY_SIGNS, PHRASES, UNITS

_ORDINAL_SUFFIXES = frozenset({"st", "nd", "rd", "th"})
_ABBREVIATED_SCALES = {"k": 1e3, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12, "tr": 1e12}
_NAMES = frozenset({("covid", 19), ("cov", 2)})
_CLUBS = frozenset({"fc", "fsv", "fck", "sc"})
_ROMAN = re.compile(r"X{0,2}(?:IX|IV|V?I{0,3})")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}


class _Numeral(NamedTuple):
    value: float
    stop: int
    """Index of the token behind it."""
    role: Role
    weight: Weight
    unit: str | None = None
    readings: tuple[float, ...] = ()
    spelled: bool = True
    """Whether it begins with a word, not with figures."""


class _Scanner:
    def __init__(self, text: str, language: Language) -> None:
        self.text = text
        self.language = language
        self.tokens = tokens(text)

    def quantities(self) -> Iterator[Quantity]:
        """Yield the quantities in order, without overlap."""
        taken = 0
        for index in range(len(self.tokens)):
            if index < taken or not self._may_begin(self.tokens[index]):
                continue
            numeral = self._numeral(index)
            if numeral is None:
                yield from self._code(index)
                continue
            first = index
            if index > taken and self.tokens[index - 1].text in CURRENCY_SIGNS:
                first, numeral = index - 1, self._money(numeral, UNITS[self.tokens[index - 1].text])
            quantity, taken = self._measured(first, numeral)
            yield quantity

    def _may_begin(self, token: Token) -> bool:
        """Whether a numeral may begin with a token: most words are told apart here at the cost of a look-up."""
        first = token.text[0]
        if not first.isalpha():
            return first.isdecimal() or first in VULGAR
        return self.language.word(token.text) is not None or (token.capital and first in "ivx")

    def _word(self, index: int) -> str:
        return self.tokens[index].text if index < len(self.tokens) else ""

    def _adjacent(self, index: int) -> bool:
        """Whether a token follows the one before without a space."""
        return index < len(self.tokens) and self.tokens[index].start == self.tokens[index - 1].end

    def _and_a_half(self, index: int) -> bool:
        return [self._word(index + ahead) for ahead in range(3)] == ["and", "a", "half"]

    # Numerals ------------------------------------------------------------------------------------------------------

    def _numeral(self, index: int) -> _Numeral | None:
        token = self.tokens[index]
        if token.text[0].isdecimal() or token.text[0] in VULGAR:
            value = digits(token.text, self.language)
            return None if value is None else self._extended(self._figures(index, value))
        word = self.language.word(token.text)
        if word is None:
            return self._roman(index)
        if word.role == "scale":
            if len(token.text) <= 3:  # `Bio`, `m`: an abbreviation only behind a number
                return None
            return _Numeral(word.value, index + 1, "vague", "faint")
        if token.text in {"tens", "hundreds", "thousands"} and self._word(index + 1) == "of":
            more = self.language.word(self._word(index + 2))
            if more is not None and more.role == "vague" and more.value >= 100:
                return _Numeral(word.value * more.value, index + 3, "vague", "faint")
        # `außer Acht`, `die deutsche Elf`, `ein zweistelliger Millionenbetrag`
        other = (token.text in {"acht", "elf"} and token.capital and index > 0) or (
            "stellig" in token.text and self._word(index + 1).startswith(("million", "milliard"))
        )
        numeral = _Numeral(word.value, index + 1, word.role, "faint" if other else _weight(word), word.unit)
        if word.role in ("vague", "compound", "multiple"):
            return numeral
        if word.role == "ordinal":
            if index and self._word(index - 1) in {"a", "an", "one", "jeder", "jede", "jedes", "jeden", "jedem"}:
                numeral = numeral._replace(readings=(1 / word.value,))
            return numeral
        return self._extended(numeral)

    def _figures(self, index: int, value: float) -> _Numeral:
        numeral = _Numeral(value, index + 1, "cardinal", "digits", spelled=False)
        suffix = self._word(index + 1) if self._adjacent(index + 1) else ""
        if suffix in _ORDINAL_SUFFIXES:
            return numeral._replace(stop=index + 2, role="ordinal")
        if self.language.adds_up and suffix == "m":  # metres or million
            return numeral._replace(readings=(_times(value, 1e6),))
        if self.language.adds_up and suffix in _ABBREVIATED_SCALES:
            return numeral._replace(value=_times(value, _ABBREVIATED_SCALES[suffix]), stop=index + 2)
        if (parts := self._fraction(index)) is not None:
            return numeral._replace(value=parts, stop=index + 3, role="fraction")
        if (parts := self._fraction(index + 1)) is not None and not self._adjacent(index + 1):
            return numeral._replace(value=value + parts, stop=index + 4)
        return numeral._replace(weight="faint") if self._in_a_name(index, value) else numeral

    def _in_a_name(self, index: int, value: float) -> bool:
        """Whether a numeral is part of a name that also does without it: Covid-19, `1. FC Köln`, `Schalke 04`."""
        if index > 1 and self._word(index - 1) in DASHES:
            return (self._word(index - 2), value) in _NAMES
        if value == 1 and self._word(index + 1) == ".":
            return self._word(index + 2) in _CLUBS
        return index > 0 and self.tokens[index - 1].capital and re.fullmatch(r"0\d", self._word(index)) is not None

    def _fraction(self, index: int) -> float | None:
        """Return the value of a fraction in figures, 1/2 or 2/3, that begins at a token."""
        count, slash, whole = self._word(index), self._word(index + 1), self._word(index + 2)
        if slash != "/" or not (count.isdecimal() and whole.isdecimal() and self._adjacent(index + 1)):
            return None
        if self._word(index + 3) == "/" or not 0 < int(count[:3]) < int(whole[:3]) <= 10:
            return None
        return int(count) / int(whole)

    def _roman(self, index: int) -> _Numeral | None:
        token = self.tokens[index]
        printed = self.text[token.start : token.end]
        if len(printed) < 2 or not token.capital or not _ROMAN.fullmatch(printed):
            return None
        values = [_ROMAN_DIGITS[letter] for letter in printed]
        following = [*values[1:], 0]
        value = sum(-one if one < after else one for one, after in zip(values, following, strict=True))
        return _Numeral(value, index + 1, "ordinal", "words")

    def _code(self, index: int) -> Iterator[Quantity]:
        """Yield the parts of a numeral with separators that no notation explains: 20.15.3, 1.2.3."""
        token = self.tokens[index]
        if not token.text[0].isdecimal():
            return
        for match in re.finditer(r"\d+", token.text):
            start, end = token.start + match.start(), token.start + match.end()
            yield Quantity(start, end, match[0], float(match[0]))

    def _extended(self, numeral: _Numeral) -> _Numeral:
        """Take in what follows: scales, tens and units, a denominator, `and a half`."""
        while (longer := self._step(numeral)) is not None:
            numeral = longer
        return numeral

    def _step(self, numeral: _Numeral) -> _Numeral | None:
        index, value = numeral.stop, numeral.value
        text = self._word(index)
        skip = 0
        if text in DASHES:
            skip = 1
        elif text in {"a", "of"} and numeral.role == "fraction" and self.language.adds_up:
            skip = 2 if self._word(index + 1) == "a" else 1
        elif text == "and" and self.language.adds_up:
            if self._and_a_half(index) and value >= 1:
                return numeral._replace(value=value + 0.5, stop=index + 3, role="cardinal", weight="words")
            if value < 100:
                return None
            skip = 1
        word = self.language.word(self._word(index + skip)) if index + skip < len(self.tokens) else None
        if word is None or (text in DASHES and self.language is GERMAN):
            return None
        stop = index + skip + 1
        if word.role == "scale":
            if text == "and" or (skip and numeral.role != "fraction" and text not in DASHES):
                return None
            return numeral._replace(value=_times(value, word.value), stop=stop, role="cardinal", weight="digits")
        if word.role == "fraction" and numeral.role in ("cardinal", "article") and text != "and":
            whole = numeral.role == "article" and word.value == 0.5
            return numeral._replace(
                value=word.value if whole else value * word.value,
                stop=stop,
                role="fraction",
                weight="faint" if whole else "words",
            )
        if not (self.language.adds_up and numeral.spelled and numeral.role in ("cardinal", "article")):
            return None
        if word.role == "ordinal" and _is_denominator(value, word.value, self._word(stop)):
            return numeral._replace(value=value / word.value, stop=stop, role="fraction", weight="words")
        if word.role in ("cardinal", "ordinal") and _fits(value, word.value):
            return numeral._replace(value=value + word.value, stop=stop, role=word.role, weight="digits")
        return None

    # Units and ranges ----------------------------------------------------------------------------------------------

    def _money(self, numeral: _Numeral, unit: str) -> _Numeral:
        stop = numeral.stop
        if self._word(stop) in {"m", "mio"}:
            return numeral._replace(value=numeral.value * 1e6, stop=stop + 1, unit=unit)
        return numeral._replace(unit=unit)

    def _measured(self, first: int, numeral: _Numeral) -> tuple[Quantity, int]:
        """Return the numeral that begins at `first` as a quantity with its unit or its range, and what comes next."""
        upper: float | None = None
        lower = numeral
        if (end := self._range_end(first, numeral)) is not None:
            upper = end.value
            if lower.value < 1000 <= upper:
                lower = self._rescaled(lower, end)
            numeral = end._replace(readings=lower.readings)
        unit, stop = (numeral.unit, numeral.stop)
        after_colon = first > 0 and self._word(first - 1) == ":" and self._adjacent(first)  # `1:12 Minuten`: seconds
        if unit is None and not after_colon and numeral.role not in ("article", "ordinal"):
            unit, stop = self._unit(stop, numeral.role)
        elif unit is None and numeral.role == "article" and self._word(stop) in UNITS:
            named, after = self._unit(stop, numeral.role)
            if self._and_a_half(after):
                unit, stop = named, after
                lower = lower._replace(role="cardinal", weight="words")
        value = lower.value
        if unit and self._and_a_half(stop):
            value, stop = value + 0.5, stop + 3
        start, end_at = self.tokens[first].start, self.tokens[stop - 1].end
        printed = self.text[start:end_at]
        return (
            Quantity(start, end_at, printed, value, upper, unit, lower.role, lower.weight, lower.readings),
            max(stop, first + 1),
        )

    def _rescaled(self, lower: _Numeral, upper: _Numeral) -> _Numeral:
        """Give the lower end of `3 bis 5 Millionen` the scale of the upper end."""
        word = self.language.word(self._word(upper.stop - 1))
        if word is None or word.role != "scale":
            return lower
        return lower._replace(value=lower.value * word.value, readings=(lower.value,))

    def _range_end(self, first: int, numeral: _Numeral) -> _Numeral | None:
        joint = self._word(numeral.stop)
        if numeral.role != "cardinal" or numeral.unit or numeral.stop + 1 >= len(self.tokens):
            return None
        enclosed = joint == self.language.conjunction and first > 0 and self._word(first - 1) == self.language.between
        if joint not in self.language.to and not enclosed:
            return None
        end = self._numeral(numeral.stop + 1)
        if end is None or end.role != "cardinal" or "faint" in (end.weight, numeral.weight):
            return None
        return end if end.value > numeral.value else None

    def _unit(self, stop: int, role: Role) -> tuple[str | None, int]:
        """Return the unit that begins at a token, if any, and the index behind it."""
        begin = stop
        if self._word(begin) in DASHES or (self._word(begin) == "." and self._adjacent(begin)):
            begin += 1
        if role == "fraction":
            while self._word(begin) in {"of", "an", "a"} and begin < stop + 2:
                begin += 1
        for length in (3, 2):
            phrase = tuple(token.text for token in self.tokens[begin : begin + length])
            if (unit := PHRASES.get(phrase)) is not None:
                return unit, begin + len(phrase)
        unit = UNITS.get(self._word(begin))
        return (unit, begin + 1) if unit else (None, stop)


def _weight(word: Word) -> Weight:
    if (
        word.role in ("vague", "article", "fraction")
        or word.value == 1
        or (word.role == "multiple" and word.value <= 2)
    ):
        return "faint"
    return "digits" if word.value >= 13 else "words"


def _times(value: float, scale: float) -> float:
    """Return the product, whole if it is: 4.35 million is 4350000, not 4349999.999."""
    product = value * scale if value < 10**EXACT else float(value) * scale
    whole = product < 1e15 and abs(product - round(product)) < 1e-4 * max(1.0, scale / 1e6)
    return round(product) if whole else product


def _fits(high: float, low: float) -> bool:
    if high in _TENS:
        return 1 <= low <= 9
    return high >= 100 and high % 100 == 0 and 1 <= low < 100


_TENS = frozenset(range(20, 100, 10))


def _is_denominator(count: float, ordinal: float, following: str) -> bool:
    """Whether `one third` is a fraction, not the third of something."""
    return count == 1 and 3 <= ordinal <= 10 and following in {"of", ",", ".", ""}


@lru_cache(maxsize=256)
def _german(text: str) -> tuple[Quantity, ...]:
    return tuple(_Scanner(text, GERMAN).quantities())


@lru_cache(maxsize=256)
def _english(text: str) -> tuple[Quantity, ...]:
    return tuple(_Scanner(text, ENGLISH).quantities())


def german_quantities(text: str) -> list[Quantity]:
    """Return the quantities of a German text, in order, without overlap. Never raises on any text."""
    return list(_german(text))


def english_quantities(text: str) -> list[Quantity]:
    """Return the quantities of an English text, in order, without overlap. Never raises on any text."""
    return list(_english(text))


def ends(quantity: Quantity) -> tuple[Quantity, ...]:
    """Return a range as its two ends, each with the span of the whole; anything else as it is."""
    if quantity.upper is None:
        return (quantity,)
    return replace(quantity, upper=None), replace(quantity, value=quantity.upper, upper=None, readings=())
