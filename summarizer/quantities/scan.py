"""Finds the quantities of a text: numerals, spelled-out numbers, their scales, ranges and units."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from .model import Kind, Quantity, Weight
from .units import CURRENCIES, UNITS
from .words import Word, english_word, german_word

_TOKEN = re.compile(
    r"\d{1,3}(?:[\u00a0\u202f\u2009 ]\d{3})+(?!\d)|\d+(?:[.,'’]\d+)*[½¼¾⅓⅔]?|[½¼¾⅓⅔]|km/h|°[CF]\b|[^\W\d_]+|[^\w\s]"
)
_VULGAR = {"½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3}
_DASHES = frozenset("-–—‑")


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int


def _tokens(text: str) -> list[_Token]:
    return [_Token(match[0].lower(), match.start(), match.end()) for match in _TOKEN.finditer(text)]


@dataclass(frozen=True, slots=True)
class Language:
    """What the scanner must know of a language."""

    word: Callable[[str], Word | None]
    thousands: re.Pattern[str]
    decimal: str
    to: frozenset[str]
    between: str
    conjunction: str


GERMAN = Language(
    german_word, re.compile(r"\d{1,3}(?:[.'’]\d{3})+"), ",", frozenset({"bis", *_DASHES}), "zwischen", "und"
)
ENGLISH = Language(
    english_word, re.compile(r"\d{1,3}(?:[,'’]\d{3})+"), ".", frozenset({"to", *_DASHES}), "between", "and"
)


def digits(printed: str, language: Language) -> float | None:
    """Return the value of a numeral (`1.234,56`, `1,234.56`, `2½`) in that language's notation, None if it is not one."""
    vulgar = _VULGAR.get(printed[-1], 0.0)
    body = re.sub(r"[\s\u00a0\u202f\u2009]", "", printed[:-1] if vulgar else printed)
    whole, _, fraction = body.partition(language.decimal)
    if language.thousands.fullmatch(whole):
        whole = re.sub(r"\D", "", whole)
    body = f"{whole}.{fraction}" if fraction else whole
    if body.count(".") > 1 or "," in body or "'" in body or "’" in body:
        return None
    if not body:
        return vulgar
    if "." in body or len(body) > 400:
        return float(body) + vulgar
    return int(body) + vulgar if vulgar else int(body)


@dataclass(slots=True)
class _Numeral:
    value: float
    stop: int
    """Index of the token behind it."""
    kind: Kind
    weight: Weight
    unit: str | None = None
    readings: tuple[float, ...] = ()


def _numeral(tokens: list[_Token], i: int, language: Language) -> _Numeral | None:
    """Return the number that begins at token `i`: digits or words with their scale and fraction."""
    token = tokens[i]
    if token.text[0].isdecimal() or token.text[0] in _VULGAR:
        value = digits(token.text, language)
        if value is None:
            return None
        numeral = _Numeral(value, i + 1, "cardinal", "digits")
        if i + 1 < len(tokens) and tokens[i + 1].start == token.end:
            suffix = tokens[i + 1].text
            if suffix in {"st", "nd", "rd", "th"}:
                numeral.kind, numeral.stop = "ordinal", i + 2
            elif suffix in _ADJACENT and language is ENGLISH:
                numeral.value, numeral.stop = value * _ADJACENT[suffix], i + 2
    else:
        word = language.word(token.text)
        if word is None:
            return None
        value, kind, unit = word
        weight: Weight = "digits" if value >= 13 else "words"
        if kind in ("vague", "article", "multiple") or value == 1 or kind == "fraction":
            weight = "faint"
        numeral = _Numeral(value, i + 1, "cardinal" if kind == "scale" else kind, weight, unit)
        if kind in ("vague", "compound", "multiple"):
            return numeral
    return _extend(tokens, numeral, language)


_ADJACENT = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}


def _extend(tokens: list[_Token], numeral: _Numeral, language: Language) -> _Numeral:
    """Take in what follows: scales, tens and units, `and a half`, a denominator."""
    total = 0.0
    current = numeral.value
    while numeral.stop < len(tokens):
        text = tokens[numeral.stop].text
        step = 1
        if (
            text in _DASHES
            or (text == "and" and current >= 100 and language is ENGLISH)
            or text in {"a", "of"}
            and current in (0.5, 0.25)
        ):
            if numeral.stop + 1 == len(tokens):
                break
            text, step = tokens[numeral.stop + 1].text, 2
            if text == "a" and numeral.stop + 2 < len(tokens):
                text, step = tokens[numeral.stop + 2].text, 3
        word = language.word(text)
        if word is None:
            break
        if word.role == "scale" and (step == 1 or text in {"dozen", "million", "billion", "thousand", "hundred"}):
            if text == "hundred" or current < 1:
                current *= word.value
            else:
                total += current * word.value
                current = 0
            if numeral.weight == "faint":
                numeral.kind = "cardinal"
            numeral.weight = "digits"
        elif (
            language is ENGLISH
            and word.role in ("cardinal", "ordinal")
            and numeral.weight != "faint"
            and _fits(current, word.value)
        ):
            current += word.value
            numeral.kind = "ordinal" if word.role == "ordinal" else numeral.kind
        elif word.role == "fraction" and (language is GERMAN and step == 1 or language is ENGLISH) and total == 0:
            if text in _HALVES_AFTER_ARTICLE and numeral.kind == "article":
                current = 0.5
            else:
                current *= word.value
            numeral.kind = "fraction"
            numeral.weight = "words"
        else:
            break
        numeral.stop += step
        if numeral.weight == "words" and current >= 13:
            numeral.weight = "digits"
    numeral.value = total + current
    return numeral


_HALVES_AFTER_ARTICLE = frozenset({"halbe", "halber", "halbes", "halben", "halbem", "half"})


def _fits(high: float, low: float) -> bool:
    return (high in _TENS and 1 <= low <= 9) or (high >= 100 and high % 100 == 0 and 1 <= low < 100)


_TENS = frozenset(range(20, 100, 10))


def _scan(text: str, language: Language) -> Iterator[Quantity]:
    tokens = _tokens(text)
    i = 0
    while i < len(tokens):
        numeral = _numeral(tokens, i, language)
        if numeral is None:
            i += 1
            continue
        first, stop = i, numeral.stop
        unit = numeral.unit
        if (
            first
            and tokens[first - 1].text in UNITS
            and UNITS[tokens[first - 1].text] in CURRENCIES
            and not tokens[first - 1].text.isalpha()
        ):
            first, unit = first - 1, UNITS[tokens[first - 1].text]
        if unit is None:
            unit, stop = _unit(tokens, stop)
        start, end = tokens[first].start, tokens[stop - 1].end
        yield Quantity(
            start, end, text[start:end], numeral.value, None, unit, numeral.kind, numeral.weight, numeral.readings
        )
        i = max(stop, i + 1)


def _unit(tokens: list[_Token], stop: int) -> tuple[str | None, int]:
    skip = 1 if stop < len(tokens) and tokens[stop].text in {"-", ".", "‑"} else 0
    if stop + skip < len(tokens) and (unit := UNITS.get(tokens[stop + skip].text)):
        after = stop + skip + 1
        if unit == "percent" and after < len(tokens) and tokens[after].text in {"point", "points"}:
            return "percentage point", after + 1
        return unit, after
    if stop + 1 < len(tokens) and tokens[stop].text == "per" and tokens[stop + 1].text == "cent":
        return "percent", stop + 2
    return None, stop


@lru_cache(maxsize=256)
def _german(text: str) -> tuple[Quantity, ...]:
    return tuple(_scan(text, GERMAN))


@lru_cache(maxsize=256)
def _english(text: str) -> tuple[Quantity, ...]:
    return tuple(_scan(text, ENGLISH))


def german_quantities(text: str) -> list[Quantity]:
    """Return the quantities of a German text, in order, without overlap. Never raises on any text."""
    return list(_german(text))


def english_quantities(text: str) -> list[Quantity]:
    """Return the quantities of an English text, in order, without overlap. Never raises on any text."""
    return list(_english(text))
