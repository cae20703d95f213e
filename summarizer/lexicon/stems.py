"""What the forms of a word have in common: stems of German and English words.

The stemmers are Snowball's (PyStemmer); the verbs whose stem changes and the English irregular forms, which those do not
know, stand in `strong.txt` and `irregular.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from threading import local
from typing import Any

from .lists import entries
from .tokens import word_set
from .words import american

_SEPARABLE = word_set(
    "ab an auf aus auseinander bei da dar durch ein empor entgegen entlang fest fort frei gleich heim her herab heran herauf "
    "heraus herbei herein herum herunter hervor hin hinaus hinein hinter hinweg hinzu hoch los mit nach nahe nieder statt teil "
    "uber um umher unter voll vor voran voraus vorbei vorher weg weiter wider wieder zu zuruck zusammen zuvor"
)
_PREFIXES = re.compile(f"({'|'.join(sorted(_SEPARABLE, reverse=True))})?(zu|ge|be|ent|er|ver|zer|miss)?(.{{3,}})")
_PARTICIPLES = ("", "et", "t", "ert", "igt", "end", "nd")
"""What a stem may still end in, of a participle or a past form."""


class _Stemmers(local):
    """One stemmer a language and thread: they are not to be shared."""

    def __init__(self) -> None:
        from Stemmer import Stemmer  # type: ignore[import-untyped, import-not-found, unused-ignore]

        self.german: Any = Stemmer("german")
        self.english: Any = Stemmer("english")


_stemmers = _Stemmers()


def german_stem(word: str) -> str:
    """Return the plain stem of a form: `Häuser` → `haus`."""
    stem: str = _stemmers.german.stemWord(word.lower().replace("ß", "ss"))
    return stem


def german_stems(word: str) -> tuple[str, ...]:
    """Return the stems under which a form may be listed, the plain one first: `bestritt` → `bestritt`, `bestreit`."""
    return tuple(dict.fromkeys(_variants(german_stem(word))))


def _variants(stem: str) -> Iterator[str]:
    yield stem
    if (match := _PREFIXES.fullmatch(stem)) is None:
        return
    first, second, root = match[1] or "", match[2] or "", match[3]
    joined = "" if second in ("ge", "zu") else second  # abgelehnt, abzulehnen: ablehnen
    for part, rest in {("", stem), (first, second + root), (first + joined, root)}:
        for ending in _PARTICIPLES:
            if rest.endswith(ending) and len(form := rest.removesuffix(ending)) > 2:
                yield part + form
                yield from (part + infinitive for infinitive in _strong().get(form, ()))


@cache
def _strong() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for infinitive, *forms in map(str.split, entries("strong.txt")):
        for form in forms:
            found.setdefault(form, []).append(infinitive)
    return found


@lru_cache(maxsize=65_536)
def english_stem(word: str) -> str:
    """Return the stem of a form: `forbade` and `forbids` → `forbid`, `labour` and `labor` → `labor`."""
    low = word.lower().replace("’", "'").removesuffix("'s")
    stem: str = _stemmers.english.stemWord(_irregular().get(low) or american(low))
    return stem


@cache
def _irregular() -> dict[str, str]:
    return {form: base for base, *forms in map(str.split, entries("irregular.txt")) for form in forms}
