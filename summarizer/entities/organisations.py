"""Organisations of a German sentence: known ones, by legal form, by expansion, by the noun that says what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..items import Organisation
from ..lexicon.gazetteer import is_given_name, ministry, office, organisation_at, place_at
from ..lexicon.tokens import word_set
from ..lexicon.words import is_english, is_german, is_german_noun
from .abbreviations import abbreviation, expanded
from .candidate import CUED, FORMED, LISTED, Candidate
from .nouns import FOREIGN_HEADS, HEADS, KINDS
from .words import Word, begins_sentence, is_known_place, is_strange

_LEGAL = word_set(
    "AG GmbH KG SE OHG KGaA mbH UG eG Inc Ltd Corp plc PLC LLC Co SA SpA NV BV AB ASA Oyj Limited Holding Group Airlines Airways"
)
_FOREIGN_LINKS = word_set("of the for and de la le les du des d l et del y di e the international pour un une en sur")
_FOREIGN_FIRST = word_set(
    "International National Royal American British Standard Federal United New North South West East Central World Global First European "
    "African Asian Free People's"
)
_AGENCIES = word_set("dpa AFP AP Reuters APA epd KNA")
_ADJECTIVE = re.compile(r"[A-ZÄÖÜ]\w{3,}(?:e|en|er|es|em)")


def organisations(text: str, words: list[Word]) -> Iterator[Candidate]:
    """Yield the organisations of a sentence."""
    shouting = sum(word.text.isupper() and len(word.text) > 1 for word in words) > 3 + len(words) // 5
    for i, word in enumerate(words):
        if not (word.capital or word.text in ("dpa", "epd", "ver", "al")):
            continue
        known = organisation_at(text, word.start)
        if known is not None and _is_product(words, i):
            continue
        if known is not None and word.text in _AGENCIES and (not i or words[i - 1].text in ("(", ":", "/")):
            continue  # who reports, not what it is about
        if known is not None:
            yield Candidate(word.start, known.end, Organisation, LISTED, known.english)
        elif (english := ministry(word.text)) is not None:
            yield Candidate(word.start, word.end - word.text.endswith("ums"), Organisation, LISTED, english)
        yield from _by_form(text, words, i)
        if not shouting and known is None:
            yield from abbreviation(words, i)
    yield from expanded(words)


def _is_product(words: list[Word], i: int) -> bool:
    """Whether a company's name stands for what it makes: `ein BMW`, `die Boeing 747`."""
    before = words[i - 1].text.lower() if i else ""
    follows = words[i + 1].text if i + 1 < len(words) and words[i + 1].spaced else ""
    model = before in ("der", "die", "das", "den", "dem", "des", "eine", "einer") and re.fullmatch(
        r"[A-Z]?\d*", follows
    )
    return before in ("ein", "einen", "einem", "eines") or bool(follows and model)


def _by_form(text: str, words: list[Word], i: int) -> Iterator[Candidate]:
    word = words[i]
    if (word.text in _LEGAL and i and word.spaced) or (
        word.text == "e" and text[word.start : word.start + 5] in ("e. V.", "e.V.")
    ):
        yield from _with_legal_form(text, words, i)
    if HEADS.fullmatch(word.text) and i and word.spaced:
        before = words[i - 1]
        named = before.capital and not begins_sentence(words, i - 1) and is_german(before.text.lower())
        if before.capital and before.text.endswith("er") and _of_town(before.text):
            new = i > 1 and before.spaced and words[i - 2].text.startswith(("Neue", "Freie", "Alte"))
            yield Candidate(words[i - 1 - new].start, word.end, Organisation, CUED)
        elif (
            named
            and _ADJECTIVE.fullmatch(before.text)
            and not is_german_noun(before.text)
            and office(before.text) is None
        ):
            yield Candidate(before.start, word.end, Organisation, CUED)
        elif is_strange(before.text) and not is_given_name(before.text) and not before.text.endswith("s"):
            start = i - 1
            while start > 0 and words[start].spaced and is_strange(words[start - 1].text) and i - start < 3:
                start -= 1
            yield Candidate(words[start].start, word.end, Organisation, CUED)
    if KINDS.fullmatch(word.text) and office(word.text) is None:
        end = i + 1
        while end < len(words) and words[end].spaced and end - i < 4 and _own(words[end]):
            end += 1
        if (
            end == i + 1 < len(words)
            and word.text in ("Firma", "Gewerkschaft")
            and words[end].spaced
            and words[end].capital
        ):
            end += 1
        if end > i + 1 and not is_given_name(words[i + 1].text) and not is_known_place(words[i + 1].text):
            yield Candidate(words[i + 1].start, words[end - 1].end, Organisation, CUED)
    if word.text in FOREIGN_HEADS:
        yield from _foreign(words, i)


def _of_town(word: str) -> bool:
    """Whether a word in -er derives from a town: `Wiener`, `Heidenheimer`."""
    known = place_at(word[:-2], 0)
    return (known is not None and known.end == len(word) - 2) or not is_german(word.lower())


def _own(word: Word) -> bool:
    """Whether a word can be part of an organisation's name behind the noun that says what it is."""
    return word.capital and (is_strange(word.text) or (word.text.isupper() and len(word.text) > 1))


def _with_legal_form(text: str, words: list[Word], i: int) -> Iterator[Candidate]:
    """Yield the capitalised words up to a legal form: `Nordwerk Maschinenbau AG`."""
    start = i
    while start > 0 and i - start < 6:
        before = words[start - 1]
        joined = before.text in ("&", "+", "-") or before.capital or before.text[0].isdigit()
        if not joined or not (
            words[start].spaced or before.text in ("&", "+", "-") or words[start].text in ("&", "+", "-")
        ):
            break
        if (
            KINDS.fullmatch(before.text.rpartition("-")[2])
            or office(before.text) is not None
            or before.text.lower() in _SMALL
        ):
            break
        start -= 1
    while start < i and not words[start].capital:
        start += 1
    if start == i:
        return
    end = words[i].end
    if words[i].text == "e":
        end = words[i].start + (5 if text[words[i].start : words[i].start + 5] == "e. V." else 4)
    elif text[end : end + 1] == "." and words[i].text in ("Inc", "Co", "Ltd", "Corp") and text[end + 1 : end + 2] != "":
        end += text[end + 1 : end + 2] != "\n" and text[end + 2 : end + 3].islower()
    yield Candidate(words[start].start, end, Organisation, FORMED)


_SMALL = word_set(
    "die der das den dem des ein eine einer eines im in am an bei beim von vom zu zum zur und oder für laut mit nach aus"
)


def _foreign(words: list[Word], i: int) -> Iterator[Candidate]:
    """Yield a name in a foreign language around one of its nouns: `École de maintien de la paix Alioune Blondin Beye`."""

    def part(word: Word) -> bool:
        if word.text in ("’", "'"):
            return True
        return word.text in _FOREIGN_LINKS or word.text in FOREIGN_HEADS or is_strange_any(word)

    start, end = i, i + 1
    while start > 0 and words[start].spaced and words[start - 1].capital and _foreign_name(words, start - 1):
        start -= 1
    while end < len(words) and (words[end].spaced or words[end].text in "’'") and part(words[end]):
        end += 1
    while end > i + 1 and words[end - 1].text in _FOREIGN_LINKS:
        end -= 1
    if end - start > 1:
        yield Candidate(words[start].start, words[end - 1].end, Organisation, FORMED + 1)


def _foreign_name(words: list[Word], i: int) -> bool:
    """Whether a capitalised word before a foreign noun belongs to the name."""
    word = words[i].text
    if word in _FOREIGN_FIRST or is_given_name(word) or is_strange(word):
        return True
    return not is_german_noun(word) and not begins_sentence(words, i) and is_english(word)


def is_strange_any(word: Word) -> bool:
    """Whether a word in any case is none of German."""
    return is_strange(word.text[0].upper() + word.text[1:]) if word.text[0].isalpha() else False
