"""The words of a pair, side by side: which word of the one language vouches for which name of the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..lexicon.exonyms import is_place, names, of_english, of_german
from ..lexicon.folding import alike, fold
from ..lexicon.gazetteer import office
from ..lexicon.tokens import Token, tokenise
from . import Pair

_NATIONAL = re.compile(r"(isch|deutsch)(e[mnrs]?)?$")
_MEASURED = frozenset({"Pfund", "Sommerzeit", "Zeit"})
"""What English has abbreviations for: £, BST."""
_BEFORE_PLURALS = frozenset({"both", "the", "two"})
_HYPHEN = re.compile("[-‑]")
_CLITIC = re.compile(r"(?i)(['’](s|m|re|ve|ll|d)?|n['’]t)$")


class Sides:
    """The words of both sides, and the names of the exonym table that each may stand for."""

    def __init__(self, pair: Pair) -> None:
        self.pair = pair
        self.german = _parts(tokenise(pair.source))
        self.english = _parts(tokenise(pair.target))
        self.german_names = [of_german(token.text) for token in self.german]
        self.english_names = [of_english(token.text) for token in self.english]
        self.places = {token: i for i, token in enumerate(self.english)}
        _add_phrases(self.german, self.german_names, german=True)
        _add_phrases(self.english, self.english_names, german=False)

    def in_german(self, word: Token, names_of: frozenset[int]) -> Token | None:
        """Return the German word that vouches for an English one."""
        low = fold(word.text)
        stem = low.removesuffix("s") if len(low) > 3 else low
        for token in self.german:
            other = fold(token.text)
            if other in (low, stem, stem + "s") or (len(stem) > 3 and stem in other):
                return token
        for token, found in zip(self.german, self.german_names, strict=True):
            if names_of & {abs(name) for name in found}:
                return token
        for token, found in zip(self.german, self.german_names, strict=True):
            # two known names that look alike are two, and a name that the table has is spelled as it says
            if alike(token.text, word.text) and not (found and (names_of or is_place(token.text))):
                return token
        return next((token for token in self.german if low in _title(token)), None)

    def in_english(self, word: Token, names_of: frozenset[int]) -> Token | None:
        """Return the English word that a German one became."""
        low = fold(word.text)
        for token in self.english:
            other = fold(token.text)
            if other == low or (len(other) > 3 and other in low) or (len(low) > 4 and low.removesuffix("s") in other):
                return token
        for token, found in zip(self.english, self.english_names, strict=True):
            if found & names_of:
                return token
        for token, found in zip(self.english, self.english_names, strict=True):
            if alike(word.text, token.text) and not (names_of and (found or is_place(word.text))):
                return token
        return None

    def lost_nationalities(self) -> Iterator[Token]:
        """Yield the adjectives of places that the English has in no form: *der deutsche Offizier* → the officer."""
        after = [*(token.text for token in self.german), ""][1:]
        for token, found, noun in zip(self.german, self.german_names, after, strict=True):
            if token.capitalised or not _NATIONAL.search(token.text) or noun in _MEASURED:
                continue
            if any(name > 0 and name not in names().weak for name in found) and self.in_english(token, found) is None:
                yield token

    def endings(self) -> Iterator[Token]:
        """Yield the places that the English leaves in their German genitive: `of Malis`."""
        german = {token.text for token in self.german}
        before = ""
        for token in self.english:
            word = token.text
            if word.endswith("s") and word in german and is_place(word) and before not in _BEFORE_PLURALS:
                low = fold(word)
                if not names().english.lookup(low) and names().english.lookup(low[:-1]):
                    yield token
            before = word.lower()


def _title(word: Token) -> list[str]:
    """Return the words of the English rank or office that a German word is: lieutenant, colonel."""
    return (office(word.text) or "").lower().split() if word.capitalised else []


def _parts(tokens: Sequence[Token]) -> list[Token]:
    """Split words at their hyphens and drop a clitic: `Trump-Regierung` names Trump, so does `Trump's`."""
    result = []
    for token in tokens:
        if token.text.isalpha():
            result.append(token)
            continue
        at = token.start
        for part in _HYPHEN.split(token.text):
            bare = _CLITIC.sub("", part)
            if bare:
                result.append(Token(bare, at, at + len(bare)))
            at += len(part) + 1
    return result


def _add_phrases(words: list[Token], found: list[frozenset[int]], *, german: bool) -> None:
    side = names().german if german else names().english
    low = [fold(word.text) for word in words]
    for i, word in enumerate(low):
        if word[:2] in side.starts:
            for name, size in side.phrase(low, i).items():
                found[i : i + size] = [names_of | {name} for names_of in found[i : i + size]]
