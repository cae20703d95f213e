"""Places of a German sentence: known ones, those that a word of place or a preposition makes one, streets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..items import Place
from ..lexicon.gazetteer import is_given_name, office, place_at
from ..lexicon.tokens import word_set
from ..lexicon.words import is_english, is_german
from .candidate import CUED, GUESSED, LISTED, Candidate
from .words import Word, begins_sentence, is_common, is_strange

_KINDS = re.compile(
    r"(?:\w*(?:[Ss]tadt|[Pp]rovinz|[Rr]egion|[Ii]nsel|[Dd]orf|[Gg]emeinde|[Bb]ezirk|[Dd]istrikt|[Kk]anton|[Kk]reis|[Ss]tadtteil"
    r"|[Oo]rtsteil|[Vv]orort|[Bb]undesstaat|[Bb]undesland|[Dd]epartement|[Dd]épartement|[Gg]ouvernement|[Ff]lughafen)|Ort|Fluss|See|Vulkan|Berg)"
)
_IN = word_set("in aus nach nahe Aus Nach In Nahe nördlich südlich östlich westlich")
_DIRECTIONS = ("Nord", "Süd", "Ost", "West", "Zentral", "Nordost", "Nordwest", "Südost", "Südwest")
_DIRECTIONS_ENGLISH = {
    "Nord": "northern", "Süd": "southern", "Ost": "eastern", "West": "western", "Zentral": "central",
    "Nordost": "north-eastern", "Nordwest": "north-western", "Südost": "south-eastern", "Südwest": "south-western",
}  # fmt: skip
_STREET = re.compile(r"[A-ZÄÖÜ]\w+(?:straße|strasse|allee|gasse)|(?:Straße|Platz|Allee|Brücke|Tor)")
_PARTS = word_set("Nord Süd Ost West Mitte Stadtmitte Zentrum Altstadt Neustadt")
_TOWN = re.compile(
    r"[A-ZÄÖÜ]\w+(?:ingen|hausen|heim|dorf|burg|furt|münde|kirchen|brück|bronn|stetten|weiler|rode|itz|büttel|stedt|berg|bach)s?"
)
_FOREIGN = word_set(
    "Las Los Santa San El La Port Saint Sainte Puerto Ciudad Tel Al Rio Cape New Fort Mount Kuala Ho Tell Deir Ras Abu"
)


_DATELINE = re.compile(
    r"(?P<place>[A-ZÄÖÜ][\w-]+(?: (?:am|an der|im)? ?[A-ZÄÖÜ][\w-]+)?)(?: \([\w/-]+\))? (?:–|—|-) ?(?=[A-ZÄÖÜ„])"
)
"""`Lindenau (dpa) – Der Stadtrat …`"""


def places(text: str, words: list[Word]) -> Iterator[Candidate]:
    """Yield the places of a sentence."""
    dateline = _DATELINE.match(text)
    if dateline and not is_common(dateline["place"]) and not is_given_name(dateline["place"].split()[0]):
        yield Candidate(0, dateline.end("place"), Place, GUESSED, None)
    for i, word in enumerate(words):
        if not word.capital or (i and words[i - 1].text in ("@", "-")):
            continue
        known = place_at(text, word.start)
        if "-" in word.text and (hyphened := _with_place(word)):
            yield hyphened
        elif known is not None and not _are_people(words, i):
            yield Candidate(word.start, known.end, Place, LISTED, known.english)
        elif (part := _directed(word)) is not None:
            yield Candidate(word.start, part[0], Place, LISTED, part[1])
        elif (
            i
            and word.spaced
            and _STREET.fullmatch(word.text)
            and words[i - 1].text.endswith("er")
            and words[i - 1].capital
        ):
            yield Candidate(words[i - 1].start, word.end, Place, CUED)
        elif i and word.spaced and (is_strange(word.text) or (_TOWN.fullmatch(word.text) and not is_german(word.text))):
            yield from _by_neighbour(words, i)


_PEOPLES = word_set("Polen Franken Schwaben Hessen Sachsen Bayern Westfalen")


def _are_people(words: list[Word], i: int) -> bool:
    """Whether the word means people or money: `die Polen`, `20 Franken`; as places these have no article."""
    before = words[i - 1].text.lower() if i else ""
    return words[i].text in _PEOPLES and (before in ("die", "den", "der", "schweizer") or before[-1:].isdigit())


def _by_neighbour(words: list[Word], i: int) -> Iterator[Candidate]:
    """Yield an unknown name that a preposition or a word of place stands before: `in Sévaré`, `die Stadt Kati`."""
    word, before = words[i], words[i - 1]
    end = i + 1
    while end < len(words) and words[end].spaced and is_strange(words[end].text) and end - i < 3:
        end += 1
    if end < len(words) and words[end].spaced and words[end].capital and not is_german(words[end].text.lower()):
        return
    if _KINDS.fullmatch(before.text) and office(before.text) is None:
        yield Candidate(word.start, words[end - 1].end, Place, CUED)
    elif (
        before.text in _IN
        and not _no_place(word.text)
        and not is_given_name(word.text)
        and (end == i + 1 or word.text in _FOREIGN)
    ):
        if before.text in ("In", "Nach", "Aus", "Nahe") and not begins_sentence(words, i - 1):
            return
        yield Candidate(word.start, words[end - 1].end, Place, GUESSED)


def _no_place(word: str) -> bool:
    """Whether a word behind `in` or `aus` is more likely a thing: English, or in part a German word."""
    return (
        is_english(word)
        or "'" in word
        or word.startswith(("Bio", "Öko", "Anti", "Multi", "Tele", "Mikro", "Nano", "Elektro"))
        or word.isupper()
    )


def _directed(word: Word) -> tuple[int, str] | None:
    """Return end and English of a part of a known place: `Südfrankreich`, `Ost-Ghouta` only if Ghouta is known."""
    for direction in sorted(_DIRECTIONS, key=len, reverse=True):
        if not word.text.startswith(direction) or len(word.text) < len(direction) + 4:
            continue
        rest = word.text[len(direction) :].lstrip("-")
        known = place_at(rest[:1].upper() + rest[1:], 0)
        if known and known.end >= len(rest) - 1:
            return word.end - (len(rest) - known.end), f"{_DIRECTIONS_ENGLISH[direction]} {known.english}"
    return None


def _with_place(word: Word) -> Candidate | None:
    """Return a part of a place: `Berlin-Tegel`; None for a compound that only begins with one: `Ukraine-Krieg`."""
    first, _, rest = word.text.partition("-")
    known = place_at(first, 0)
    if (
        known
        and known.end == len(first)
        and rest[:1].isupper()
        and (is_strange(rest) or _TOWN.fullmatch(rest) or rest.rpartition("-")[2] in _PARTS)
    ):
        return Candidate(word.start, word.end, Place, LISTED)
    return None
