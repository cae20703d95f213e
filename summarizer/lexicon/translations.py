"""Which words of a pair the other side accounts for, by a list of German words and their English renderings.

The list (`translations.txt`) has some 18,700 German base forms with five renderings each on average. Forms are found by
their stems, compounds by their parts, and a word that begins alike on both sides accounts for itself
(`Präsident`, president). What the list does not know it takes no side on if it is capitalised: names have a check.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from .lists import entries
from .stems import english_stem, german_stem, german_stems
from .tokens import Token, tokenise, word_set
from .words import compounds, rarity

_FUNCTION = word_set(
    "der die das den dem des ein eine einen einem einer eines und oder aber dass daß dies diese dieser dieses diesen diesem "
    "es ist sind war waren sein bin hat haben hatte hatten wird werden wurde wurden worden kann können konnte konnten darf "
    "dürfen soll sollen sollte sollten muss müssen musste mussten will wollen wollte wollten nicht kein keine als wie er sie "
    "wir ihr ich ihm ihn ihnen uns sich mein dein seine seiner seinen seinem ihre ihrer ihren ihrem unser in im am auf aus bei "
    "beim bis durch für gegen mit nach ohne um unter von vom vor zu zum zur über zwischen während wegen seit auch so wenn dann "
    "da dort hier nur noch schon mehr sehr"
)
"""German words that English renders in too many ways, or not at all."""
_PARTICLES = word_set(
    "ab an auf aus bei durch ein fest fort frei her heran heraus herein hervor hin hinaus hinein los mit nach nieder statt teil "
    "über um unter vor voraus vorbei weg wider wieder zu zurück zusammen"
)
"""What a separable verb leaves at the end of its clause: *lehnte* … *ab*."""
_ENGLISH_FUNCTION = word_set(
    "a an the of to in on at for by with from and or but that this these those it its is are was were be been being have has had "
    "do does did will would can could may might shall should must not no as he she they we you i his her their our your my me him "
    "them us who which what when where there here so if than then also very more most up out off over about into after before "
    "between under again only own same such too just"
)
_CONTRACTIONS = {"re": "are", "ve": "have", "ll": "will", "m": "am", "d": "would"}
_LONG = 3
"""Letters from which a word is looked at, and one more to begin alike."""
_PART = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Account:
    """What the two sides of a pair do not account for of each other; words count by their rarity, 0 to 1.

    Attributes:
        unrendered: German words that no English word renders, summed.
        unexplained: English words that no German word explains, summed.
        german: All German words looked at, summed.
        english: All English words looked at, summed.
    """

    unrendered: float
    unexplained: float
    german: float
    english: float

    @property
    def share_unrendered(self) -> float:
        """Of the German; of very little text it is small."""
        return self.unrendered / (self.german + _LITTLE)

    @property
    def share_unexplained(self) -> float:
        """Of the English; of very little text it is small."""
        return self.unexplained / (self.english + _LITTLE)


_LITTLE = 1.0


def rendered(word: str, target: str) -> bool | None:
    """Say whether some word of English `target` may render a German word; None if the list does not have it."""
    if not (known := renderings(word)):
        return None
    english = _english(target)
    return not known.isdisjoint(english.stems) or bool(_beginnings([word]) & english.beginnings)


def verbs(infinitive: str) -> frozenset[str]:
    """Return the stems of the English verbs that may render a German one; of `take to court` the first word."""
    first = (
        rendering.split()[0]
        for line in _table().german.get(german_stem(infinitive), ())
        for rendering in line.split(", ")
    )
    return frozenset(english_stem(word) for word in first if word not in _ENGLISH_FUNCTION)


def is_listed_noun(word: str) -> bool:
    """Say whether the list has a word with a capital, as German writes its nouns."""
    return word in _table().nouns


def is_function_word(word: str) -> bool:
    """Say whether an English word in lower case is too common to tell what it renders."""
    return word in _ENGLISH_FUNCTION


def account(source: str, target: str) -> Account:
    """Return what German `source` and English `target` do not account for of each other."""
    german, english = tokenise(source), _english(target)
    particles = [token.text for token in german if token.text in _PARTICLES]
    renderings = [(token, _with_particles(token, particles)) for token in german]
    explained = frozenset[str]().union(*(known for _, known in renderings))
    here = _beginnings(token.text for token in german)
    unrendered = unexplained = german_sum = english_sum = 0.0
    for token, known in renderings:
        low = token.text.lower()
        if len(low) < _LONG or low in _FUNCTION or low in _PARTICLES or (token.capitalised and not known):
            continue
        weight = rarity(low, "de")
        german_sum += weight
        if known.isdisjoint(english.stems) and low[: _LONG + 1] not in english.beginnings:
            unrendered += weight
    whole = {token.text.lower() for token in german}
    for word in english.words:
        low = word.lower()
        if len(low) < _LONG or low in _ENGLISH_FUNCTION:
            continue
        stem = english_stem(word)
        if word[0].isupper() and stem not in _table().english:
            continue
        weight = rarity(low, "en")
        english_sum += weight
        if stem not in explained and low[: _LONG + 1] not in here and low not in whole:
            unexplained += weight
    return Account(unrendered, unexplained, german_sum, english_sum)


def _beginnings(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word[: _LONG + 1].lower() for word in words if len(word) > _LONG)


class _English(NamedTuple):
    """The words of an English text, their stems, and how they begin."""

    words: tuple[str, ...]
    stems: frozenset[str]
    beginnings: frozenset[str]


@lru_cache(maxsize=64)
def _english(text: str) -> _English:
    """Return what is looked at of an English text; several checks ask for that of one sentence."""
    words = tuple(_english_words(text))
    return _English(words, frozenset(map(english_stem, words)), _beginnings(words))


def _english_words(text: str) -> Iterator[str]:
    """Yield the words of an English text, parts of hyphenated ones and of contractions (`didn't`) each for itself."""
    for token in tokenise(text):
        for part in _PART.findall(token.text.replace("’", "'")):
            if part.lower().endswith("n't"):
                yield part[:-3] or "not"
                yield "not"
                continue
            word, _, ending = part.partition("'")
            yield word
            if ending in _CONTRACTIONS:
                yield _CONTRACTIONS[ending]


def _with_particles(token: Token, particles: Sequence[str]) -> frozenset[str]:
    known = renderings(token.text)
    if particles and not token.capitalised:
        known = known.union(*(_listed(particle + token.text) for particle in particles))
    return known


@lru_cache(maxsize=65_536)
def renderings(word: str) -> frozenset[str]:
    """Return the stems (`english_stem`) of the words that may render a German form, through its parts if it is a compound."""
    if known := _listed(word):
        return known
    if "-" in word:
        return frozenset[str]().union(*(renderings(part) for part in word.split("-") if part))
    best: frozenset[str] = frozenset()
    balance = 0
    for first, head in compounds(word.lower()):
        if (
            (shorter := min(len(first), len(head))) > balance
            and (last := _listed(head))
            and (begin := renderings(first))
        ):
            best, balance = begin | last, shorter
    return best


@lru_cache(maxsize=65_536)
def _listed(word: str) -> frozenset[str]:
    table = _table().german
    return frozenset(
        english_stem(part)
        for stem in german_stems(word)
        for rendering in table.get(stem, ())
        for part in _PART.findall(rendering)
    )


@dataclass(frozen=True, slots=True)
class _Table:
    german: dict[str, list[str]]
    english: frozenset[str]
    nouns: frozenset[str]


@cache
def _table() -> _Table:
    """Return the renderings by the stem of their German word, the stems of all renderings, and the nouns as listed."""
    german: dict[str, list[str]] = {}
    english, nouns = set(), set()
    for entry in entries("translations.txt"):
        word, _, renderings = entry.partition(": ")
        german.setdefault(german_stem(word), []).append(renderings)
        english.update(_PART.findall(renderings))
        if word[0].isupper():
            nouns.add(word)
    return _Table(german, frozenset(map(english_stem, english)), frozenset(nouns))
