"""Lists of names: places and organisations with their English, given names, offices that stand before a name.

The lists are the text files beside this module, written from general knowledge of the languages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from .lists import entries

_ENTRY = re.compile(r",\s+")


class Known(NamedTuple):
    """A name of a list that stands in a text: where it ends, and its English."""

    end: int
    english: str


@dataclass(slots=True)
class _Phrases:
    """Names by the beginning of their first word, as they stand in the list, each with its English."""

    by_start: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def at(self, text: str, start: int) -> Known | None:
        """Return the longest name that begins at `start` and ends with a word there, a genitive's s left out."""
        longest: Known | None = None
        for german, english in self.by_start.get(text[start : start + 2], ()):
            match = _pattern(german).match(text, start)
            if match and (longest is None or match.end("name") > longest.end):
                longest = Known(match.end("name"), english)
        return longest


@cache
def _phrases(name: str) -> _Phrases:
    found = _Phrases()
    for line in entries(name):
        for entry in _ENTRY.split(line):
            german, _, english = entry.partition(" = ")
            found.by_start.setdefault(german[:2], []).append((german, english or german.replace("*", "")))
    return found


@cache
def _pattern(german: str) -> re.Pattern[str]:
    """Return what finds a name of a list, also in the genitive; compiled when a text has its first letters."""
    name = re.escape(german).replace(r"\*", r"\w{0,3}").replace(r"\ ", r"\s+")
    return re.compile(rf"(?P<name>{name})(?:s|['’])?(?!\w)")


def place_at(text: str, start: int) -> Known | None:
    """Return the known place whose German name begins at `start`, also in the genitive: `Malis`."""
    return _phrases("places.txt").at(text, start)


def organisation_at(text: str, start: int) -> Known | None:
    """Return the known organisation whose German name begins at `start`."""
    return _phrases("organisations.txt").at(text, start)


@cache
def _given() -> frozenset[str]:
    return frozenset(name for line in entries("given.txt") for name in line.split())


@lru_cache(maxsize=16_384)
def is_given_name(word: str) -> bool:
    """Whether a word is a given name, or two of them with a hyphen: `Hans-Peter`."""
    return all(part in _given() for part in word.split("-"))


@cache
def _offices() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    whole: dict[str, str] = {}
    endings: dict[str, str] = {}
    areas: dict[str, str] = {}
    for line in entries("offices.txt"):
        german, _, english = line.partition(" = ")
        kind = {"-": endings, "+": areas}.get(german[0], whole)
        kind[german.lstrip("-+")] = english
    return whole, endings, areas


@lru_cache(maxsize=16_384)
def office(word: str) -> str | None:
    """Return the English of a title or office that stands before a name; None if the word is none.

    `Generalmajor` is a Major General, `Verteidigungsministerin` a defence minister. It is empty for an office whose
    English is not known, since only its ending is: `Holzsprecher`, `SPD-Chef`.
    """
    whole, endings, areas = _offices()
    for form in _masculine(word):
        if form in whole:
            return whole[form]
    head, hyphen, last = word.rpartition("-")
    if hyphen:
        english = office(last)
        if english is None:
            return None
        return {"Ex": f"former {english}", "Vize": f"deputy {english}"}.get(head, "") if english else ""
    for form in _masculine(word):
        for ending in sorted(endings, key=len, reverse=True):
            before = form[: -len(ending)] if form.endswith(ending) else ""
            if len(before) > 2:
                return _composed(before, endings[ending], areas)
    return None


def _masculine(word: str) -> list[str]:
    """Return a word and the forms in the list that it may be a feminine or an inflected form of."""
    forms = [word]
    forms += [word[: -len(ending)] for ending in ("in", "s", "es", "en") if word.endswith(ending)]
    if word.endswith("en"):
        forms.append(word[:-1])
    return forms if word != "Obersten" else []  # nearly always the adjective


def _composed(before: str, head: str, areas: dict[str, str]) -> str:
    """Return the English of `before` and an office; empty if it is not known."""
    words = []
    rest = before
    while rest:
        area = next(
            (area for area in sorted(areas, key=len, reverse=True) if rest.lower().startswith(area.lower())), None
        )
        if area is None:
            return ""
        words.append(areas[area])
        rest = rest[len(area) :]
    return " ".join([*words, head])


_MINISTRY = re.compile(r"(?P<area>[A-ZÄÖÜ]\w+?)ministerium(?P<case>s)?")


def ministry(word: str) -> str | None:
    """Return the English of a ministry: `Verteidigungsministerium` is the Defence Ministry; None if it is none."""
    match = _MINISTRY.fullmatch(word)
    if match is None:
        return None
    english = _composed(match["area"], "ministry", _offices()[2])
    return english.title() or None
