"""Persons of a German sentence: by a given name, an office, Herr or Frau, or a party behind the name."""

from __future__ import annotations

from collections.abc import Iterator

from ..german import WEEKDAYS
from ..items import Person
from ..lexicon.gazetteer import is_given_name, office, organisation_at
from ..lexicon.tokens import word_set
from ..lexicon.words import is_german_compound
from .candidate import CUED, Candidate
from .words import Word, is_common, is_known_place, is_strange, may_be_surname

_PARTICLES = word_set(
    "von van vom zu zur der den de da dos del della di du bin ibn al el la le ter ten af und Van De Al El Abu Bin Di Da Le La"
)
_SURE_PARTICLES = word_set(
    "von van de da dos del della di du bin ibn al el ter ten af Van De Al El Abu Bin Di Da Le La"
)
_PARTIES = word_set(
    "CDU CSU SPD FDP AfD Grüne Grünen Linke Linkspartei Piraten BSW ÖVP SPÖ FPÖ Neos NEOS SVP FPD parteilos CVP SP Die"
)


def persons(text: str, words: list[Word]) -> Iterator[Candidate]:
    """Yield the persons that a sign of their own makes sure."""
    for i, word in enumerate(words):
        if not word.capital:
            continue
        english = office(word.text)
        if english is not None:
            if not (i and words[i].spaced and office(words[i - 1].text) is not None):  # the first of several
                yield from _behind_office(text, words, i)
        elif is_given_name(word.text) and not _inside_compound(words, i):
            end = _surname_end(words, i + 1)
            if end is not None:
                start = i
                while start > 0 and words[start].spaced and i - start < 2 and _first_of_several(words[start - 1]):
                    start -= 1
                yield _person(text, words, start, end)
        elif _stands_before_party(words, i):
            start = i
            while start > 0 and words[start].spaced and i - start < 3 and _part(words[start - 1]):
                start -= 1
            if is_strange(word.text) or start < i:
                yield _person(text, words, start, i + 1)


def _behind_office(text: str, words: list[Word], i: int) -> Iterator[Candidate]:
    """Yield the person whose name follows an office: `Generalmajor Sidiki Samaké`."""
    start = i + 1
    while start < len(words) and words[start].spaced and office(words[start].text) is not None:
        start += 1  # Oberst Dr.
    if start < len(words) and words[start].text == "." and not words[start].spaced:
        start += 1  # Dr. Weber
    while (
        start + 1 < len(words)
        and words[start].text in ("Dr", "Prof", "Med", "med", "jur", "h", "c")
        and words[start + 1].text == "."
    ):
        start += 2
    if start >= len(words) or not words[start].spaced:
        return
    first = words[start]
    if not first.capital or not may_be_surname(first.text) or is_known_place(first.text):
        return
    if organisation_at(text, first.start) and not is_given_name(first.text):
        return
    given = is_given_name(first.text)
    end = _surname_end(words, start + 1) if given else None
    if end is None:
        end = start + 1
        while not given and end < len(words) and words[end].spaced and end - start < 3 and _part(words[end]):
            end += 1
        if not given and end == start + 1 and is_common(first.text) and not _only_name(words, i, end):
            return
        if end == start + 1 and is_german_compound(first.text) and words[i].text not in ("Herr", "Frau"):
            return  # Experten Senfgas
    roles = [role for word in words[i:start] if (role := office(word.text)) and word.text != "Dr"]
    yield _person(text, words, start, end, _limited(words, i, roles[-1]) if roles else None)


_LIMITS = {
    "ehemalig": "former",
    "früher": "former",
    "einstig": "former",
    "vormalig": "former",
    "gestürzt": "former",
    "abgesetzt": "former",
    "zurückgetreten": "former",
    "entmachtet": "former",
    "damalig": "then",
    "stellvertretend": "deputy",
    "designiert": "designated",
    "künftig": "future",
    "kommissarisch": "acting",
}
"""Adjectives before an office that its holder does not have, or not quite."""


def _limited(words: list[Word], i: int, role: str) -> str:
    """Return an office with the adjective before it that takes it back in part: `der ehemalige polnische Präsident`."""
    for word in reversed(words[max(0, i - 4) : i]):
        if not word.text[0].isalpha() or word.text.lower() in ("der", "die", "das", "den", "dem", "des"):
            break
        for adjective, english in _LIMITS.items():
            if word.text.lower().startswith(adjective):
                return role if role.startswith(english) else f"{english} {role}"
    return role


def _only_name(words: list[Word], i: int, end: int) -> bool:
    """Whether a noun behind an office can only be its bearer's name: `Frau Müller`, `Kanzler Schmidt sagte`."""
    singular = i == 0 or words[i - 1].text.lower() not in ("die", "der", "den", "dem", "des", "ein", "einen", "einem")
    follows = words[end].text if end < len(words) else "."
    return singular and not follows[0].isupper() and follows not in ("der", "des", "und", "oder")


def _part(word: Word) -> bool:
    return word.capital and (is_strange(word.text) or is_given_name(word.text)) and may_be_surname(word.text)


def _surname_end(words: list[Word], i: int) -> int | None:
    """Return where a name ends whose given name stands before `i`; None if no surname follows."""
    end: int | None = None
    while i < len(words) and words[i].spaced:
        word = words[i]
        if len(word.text) == 1 and word.capital and end is None and i + 1 < len(words) and words[i + 1].text == ".":
            behind = words[i + 2].text if i + 2 < len(words) else "."
            if not behind[0].isupper():
                return i + 2  # Patrick D.
        if len(word.text) == 1 and word.capital and i + 1 < len(words) and words[i + 1].text == ".":
            i += 2  # George W. Bush
            continue
        if word.text in _PARTICLES and end is None:
            follows = words[i + 1] if i + 1 < len(words) else None
            if follows is None or not follows.spaced:
                break
            if word.text in _SURE_PARTICLES or (follows.text in _PARTICLES or words[i - 1].text in _PARTICLES):
                i += 1
                continue
            break
        if not may_be_surname(word.text) and not (end is None and word.text.lower() in WEEKDAYS):
            break
        if end is None or (is_strange(word.text) and not is_known_place(word.text) and end == i and i - end < 2):
            end = i + 1
        else:
            break
        if not is_given_name(word.text):
            i += 1
            more = words[i] if i < len(words) and words[i].spaced else None
            genitive = word.text.endswith("s") and is_strange(word.text[:-1])  # Spielbergs „Bridge“
            if (
                more
                and not genitive
                and is_strange(more.text)
                and may_be_surname(more.text)
                and not is_known_place(more.text)
            ):
                end = i + 1
            return end
        i += 1
    return end


def _first_of_several(word: Word) -> bool:
    """Whether a word before a given name is one that no list has: `Henk Jaap Meijer`."""
    return _part(word) and not is_known_place(word.text) and not word.text.isupper()


_CLUBS = word_set("FC SC SV VfB VfL TSV BC AC AS HSV Stiftung Universität Schule Klinik Hotel Verlag Straße Institut")


def _inside_compound(words: list[Word], i: int) -> bool:
    return i > 0 and words[i - 1].text in _CLUBS | {"-", "/", "@", "#"}


def _stands_before_party(words: list[Word], i: int) -> bool:
    return (
        i + 3 < len(words)
        and words[i + 1].text == "("
        and words[i + 2].text in _PARTIES
        and words[i + 3].text in (")", ",", "/", "Linke", "-")
        and may_be_surname(words[i].text)
        and not is_known_place(words[i].text)
    )


def _person(text: str, words: list[Word], start: int, end: int, role: str | None = None) -> Candidate:
    """Return the name, without a genitive's s where what it has follows: `Angela Merkels Partei`."""
    last = words[end - 1]
    stop = last.end
    follows = words[end] if end < len(words) and words[end].spaced else None
    if (
        last.text.endswith("s")
        and len(last.text) > 4
        and follows is not None
        and follows.capital
        and is_common(follows.text)
    ):
        stop -= 1
    if text[stop - 2 : stop] in ("'s", "’s"):
        stop -= 2
    return Candidate(words[start].start, stop, Person, CUED + (end - start > 1), role=role)
