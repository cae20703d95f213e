"""The forms that a German word takes: by the endings of its class, written small.

Rules instead of a lemmatiser: a glossary's words are few and known, so their forms are made once and each word of an
article is looked up once. Where a form without umlaut would be another word's (`Rat`, `Räte`; `Rate` is a rate), the list
of German words decides. docs/terms.md compares it with simplemma.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from ..lexicon.words import is_german

_UMLAUTS: Final = {"a": "ä", "o": "ö", "u": "ü", "au": "äu"}
_LAST_VOWEL: Final = re.compile(r"(au|(?<!a)[aou](?!u))(?=[^aeiouäöü]*(?:e[lnr])?$)")
_EN: Final = re.compile(r"(?:ung|heit|keit|schaft|ion|tät|ik|ei|ur|enz|anz|ent|ant|ist|at|oge|graf|soph|ie)$")
_ADJECTIVE: Final = re.compile(r"(?<=[a-zäöüß]{3})(?:es|er|en|em|e)$")
_ADJECTIVE_ENDINGS: Final = ("", "e", "es", "er", "en", "em")


@lru_cache(maxsize=16_384)
def forms(word: str, *, modifier: bool = False) -> frozenset[str]:
    """Return the forms of a word in small letters, itself among them.

    Args:
        word: A noun or name in the nominative; an adjective in any form.
        modifier: Whether it stands before a noun, as an adjective may (`Auswärtiges` Amt).
    """
    low = word.lower()
    if not low.isalpha() or sum(letter.isupper() for letter in word) > 1:  # an abbreviation: AfD, die AKWs, der EU
        return frozenset({low, low + "s"})
    if word[0].islower() or modifier:
        stem = _ADJECTIVE.sub("", low)
        inflected = {stem + ending for ending in _ADJECTIVE_ENDINGS} if stem != low else set()
        return frozenset({low, *inflected} if word[0].islower() else {low, *inflected, *_noun(low)})
    return frozenset(_noun(low))


def _noun(low: str) -> Iterator[str]:
    yield low
    if low.endswith("e"):  # die Behörde; der Beamte, ein Beamter, die Grünen
        yield from (low + ending for ending in ("n", "r", "s", "m"))
    elif low.endswith("in"):
        yield from (low + "nen", low + "s")
    elif re.search(r"(?:er|el|en|chen|lein)$", low):
        yield from (low + ending for ending in ("s", "n"))
        if low.endswith("er") and is_german(low[:-1]):  # ein Abgeordneter, die Abgeordneten
            yield from (low[:-1] + ending for ending in ("", "n", "s", "m"))
        yield from (changed + ending for changed in _umlauted(low) for ending in ("", "n") if is_german(changed))
    elif low.endswith(("s", "ß", "x", "z")):
        yield from (low + ending for ending in ("es", "e", "en", "er", "ern", "ses", "se", "sen"))
        yield from _changed(low)
    else:
        yield from (low + "s", low + "es")
        changed = list(_changed(low))
        yield from changed
        if not changed or (not is_german(changed[0]) and is_german(low + "e")):
            yield from (
                low + ending for ending in (("e", "en", "n") if _EN.search(low) else ("e", "en", "n", "er", "ern"))
            )


def _changed(low: str) -> Iterator[str]:
    """Yield the plural with umlaut (Räte, Ämter, Ausschüsse) if the language has it."""
    for changed in _umlauted(low):
        for ending, dative in (("e", "en"), ("er", "ern")):
            known = changed + ending
            if is_german(known) or any(is_german(known[cut:]) for cut in range(3, len(known) - 3)):
                yield from (known, changed + dative)


def _umlauted(low: str) -> Iterator[str]:
    found = _LAST_VOWEL.search(low)
    if found:
        yield low[: found.start()] + _UMLAUTS[found[1]] + low[found.end() :]
