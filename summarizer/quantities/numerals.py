"""How German and English write numbers in figures, and the tokens of a text that holds some."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from .english_words import english_word
from .german_words import german_word
from .model import Word

_TOKEN = re.compile(
    r"\d{1,3}(?:[\u00a0\u202f\u2009 ]\d{3})+(?![\d.,]\d|\d)|\d+(?:[.,'’]\d+)*[½¼¾⅓⅔]?|[½¼¾⅓⅔]|km/h|[°º][CF]\b|"
    r"[^\W\d_]+|[^\w\s]"
)
VULGAR = {"½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3}
DASHES = frozenset("-–—‑")
EXACT = 18
"""So many digits of a whole number are exact; a longer one is a float, which cannot overflow."""


class Token(NamedTuple):
    """A numeral, a word, or a sign."""

    text: str
    """In lower case."""
    start: int
    end: int
    capital: bool


@dataclass(frozen=True, slots=True)
class Language:
    """What the scanner must know of a language."""

    word: Callable[[str], Word | None]
    thousands: re.Pattern[str]
    decimal: str
    to: frozenset[str]
    between: str
    conjunction: str
    adds_up: bool
    """Whether number words follow each other: `two hundred and fifty`."""


GERMAN = Language(
    german_word, re.compile(r"\d{1,3}(?:[.'’]\d{3})+"), ",", DASHES | {"bis"}, "zwischen", "und", adds_up=False
)
ENGLISH = Language(
    english_word, re.compile(r"\d{1,3}(?:[,'’]\d{3})+"), ".", DASHES | {"to"}, "between", "and", adds_up=True
)


def digits(printed: str, language: Language) -> float | None:
    """Return the value of a numeral (`1.234,56`, `1,234.56`, `2½`) in that language's notation, None if it is none."""
    vulgar = VULGAR.get(printed[-1], 0.0)
    body = re.sub(r"\s", "", printed[:-1] if vulgar else printed)
    if not body:
        return vulgar
    whole, _, fraction = body.partition(language.decimal)
    if language.thousands.fullmatch(whole):
        whole = re.sub(r"\D", "", whole)
    body = f"{whole}.{fraction}" if fraction else whole
    if body.count(".") > 1 or not body.replace(".", "").isdecimal():
        return None
    if "." in body or len(body) > EXACT:
        return float(body) + vulgar
    return int(body) + vulgar if vulgar else int(body)


def tokens(text: str) -> list[Token]:
    """Return the tokens of a text, in order."""
    return [Token((word := match[0]).lower(), *match.span(), word[0].isupper()) for match in _TOKEN.finditer(text)]
