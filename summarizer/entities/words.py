"""Words of a German sentence as a finder of names sees them: which may be a name, which are surely none."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ..german import MONTHS, STARTERS, WEEKDAYS
from ..lexicon.gazetteer import is_given_name, office, place_at
from ..lexicon.tokens import word_set
from ..lexicon.words import could_be_compound, is_german, is_german_noun

_TOKEN = re.compile(r"\w+(?:['’‑-]\w+)*|[^\w\s]")


class Word(NamedTuple):
    """A word or a punctuation mark: `text[start:end]`, and whether only white space of one line stands before it."""

    text: str
    start: int
    end: int
    spaced: bool

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


def words_of(text: str) -> list[Word]:
    """Return the words and marks of a text in order."""
    found: list[Word] = []
    for match in _TOKEN.finditer(text):
        gap = text[found[-1].end : match.start()] if found else ""
        found.append(Word(match[0], match.start(), match.end(), bool(gap) and gap.strip(" \t\u00a0") == ""))
    return found


_CALENDAR = (
    MONTHS | WEEKDAYS | word_set("frühjahr frühling sommer herbst winter ostern pfingsten weihnachten silvester")
)
_NOUN_ENDING = re.compile(
    r"(?i).{3,}(?:ung|heit|keit|schaft|tät|ismus|tion|ungen|heiten|keiten|schaften|täten|tionen|ismen|erin|erinnen|isten?|"
    r"isch|ische[nrsm]?)$"
)


_ARABIC = re.compile(r"(?:al|el|as|ad|an|ar|at|asch|az|ben|bin)-[A-ZÄÖÜ]\w+")
"""Surnames that begin small: `al-Assad`."""


def begins_sentence(words: list[Word], i: int) -> bool:
    """Whether the word begins a sentence, a quotation or a clause behind a colon: its capital tells nothing."""
    return i == 0 or words[i - 1].text in set("„“”»«\"'‚:.!?–—-•/|(")


@lru_cache(maxsize=65_536)
def is_strange(word: str) -> bool:
    """Whether German has neither the word nor parts that it could be put together from: most likely a name."""
    low = word.lower()
    bare = low.removesuffix("s") if len(low) > 4 else low
    if not word[0].isupper() or len(word) < 3 or low in _CALENDAR or not word[0].isalpha():
        return False
    if "-" in word or "‑" in word:
        parts = re.split("[-‑]", word)
        return all(part and (part[0].islower() or is_strange(part) or is_given_name(part)) for part in parts)
    if is_german(low) or is_german(bare) or _NOUN_ENDING.match(word):
        return False
    return not could_be_compound(low)


@lru_cache(maxsize=65_536)
def may_be_surname(word: str) -> bool:
    """Whether a capitalised word behind a given name or an office can be a surname: many are nouns too (Müller, Klein)."""
    low = word.lower()
    if _ARABIC.match(word):
        return True
    return (
        word[0].isupper()
        and word[0].isalpha()
        and len(word) > 1
        and low not in _CALENDAR
        and low not in STARTERS
        and not (word.isupper() and len(word) < 5)
        and office(word) is None
    )


@lru_cache(maxsize=65_536)
def is_common(word: str) -> bool:
    """Whether a capitalised word is a noun, an adjective or a small word of German rather than a name."""
    low = word.lower()
    return low in STARTERS or low in _CALENDAR or is_german_noun(low) or bool(_NOUN_ENDING.match(word))


@lru_cache(maxsize=65_536)
def is_known_place(word: str) -> bool:
    """Whether the whole word is a known place, also in the genitive."""
    known = place_at(word, 0)
    return known is not None and known.end >= len(word) - 1
