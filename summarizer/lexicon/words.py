"""Which words are English, which are German, how common they are.

The lists are those of pyspellchecker (MIT): 160,000 English and 340,000 German word forms in lower case with counts
from film subtitles; rare forms carry a floor of 50. They are unpacked on first use (25 ms each) and searched as they are.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from threading import Lock, Thread
from typing import Final

_BLOCK: Final = 2048
"""How many bytes of a list are searched for a word: fewer make a longer index, more make each search longer."""


class WordList:
    """Word form → count, looked up in the lines of a sorted JSON object: making a dictionary of it costs ten times more.

    Args:
        data: A JSON object; as pyspellchecker has it, with one `"word": count` a line and the words in order. Any other
            is rewritten so.
    """

    def __init__(self, data: bytes) -> None:
        self._index(data)
        if not data.startswith(b'{\n"') or self._words != sorted(self._words) or b"\\" in data:
            words: dict[str, int] = json.loads(data)
            self._index("".join(f'\n"{word}": {count},' for word, count in sorted(words.items())).encode() + b"\n")

    def _index(self, lines: bytes) -> None:
        self._lines = lines
        starts = (lines.find(b'\n"', at) for at in range(0, len(lines), _BLOCK))
        self._starts = sorted({start for start in starts if start >= 0}) or [0]
        self._words = [lines[start + 2 : lines.find(b'": ', start)] for start in self._starts]
        self._starts.append(len(lines))

    def __contains__(self, word: str) -> bool:
        """Return whether the list has the form."""
        return self._find(word) >= 0

    def get(self, word: str) -> int:
        """Return how often the form was counted, 0 if the list does not have it."""
        found = self._find(word)
        if found < 0:
            return 0
        start = self._lines.find(b'": ', found) + 3
        end = self._lines.find(b"\n", start)
        return int(self._lines[start:end].rstrip(b","))

    def _find(self, word: str) -> int:
        key = word.encode("utf-8", "surrogatepass")
        block = max(bisect_right(self._words, key), 1)
        return self._lines.find(b'\n"%b":' % key, self._starts[block - 1], self._starts[block])


_unpacking = Lock()


@cache
def counts(language: str) -> WordList:
    """Return the word list of `language` (`de` or `en`), unpacked once for all threads."""
    with _unpacking:
        return _unpacked(language)


@cache
def load_german() -> None:
    """Begin to unpack the German list in the background, once, and return; unpacking leaves the interpreter to others."""
    Thread(target=counts, args=("de",), name="words", daemon=True).start()


@cache
def _unpacked(language: str) -> WordList:
    import gzip
    from importlib.resources import files

    packed = files("spellchecker").joinpath("resources", f"{language}.json.gz").read_bytes()
    return WordList(gzip.decompress(packed))


@lru_cache(maxsize=65_536)
def rarity(word: str, language: str) -> float:
    """Return 0 for the commonest word forms of `language` (`de` or `en`), 1 for those counted at most 400 times, or never."""
    return min(max(1 - math.log((counts(language).get(word.lower()) + 50) / 450) / 8, 0.0), 1.0)


@lru_cache(maxsize=65_536)
def is_english(word: str) -> bool:
    """Whether `word` is an English word form in any case, in British or American spelling."""
    low = word.lower().replace("’", "'")
    return low.removesuffix("'s") in counts("en") or american(low) in counts("en")


@lru_cache(maxsize=65_536)
def american(low: str) -> str:
    """Return the American spelling of a British word form in lower case, if that is what the list has; else the form."""
    known = counts("en")
    if low in known:
        return low
    for british, other in (
        ("isation", "ization"),
        ("our", "or"),
        ("ence", "ense"),
        ("yse", "yze"),
    ):
        if (form := low.replace(british, other)) in known:
            return form
    for british, other in (
        ("ise", "ize"),
        ("ised", "ized"),
        ("ising", "izing"),
        ("ises", "izes"),
        ("re", "er"),
        ("lled", "led"),
        ("lling", "ling"),
        ("mme", "m"),
    ):
        if low.endswith(british) and (form := low.removesuffix(british) + other) in known:
            return form
    return low


@lru_cache(maxsize=65_536)
def is_german(word: str) -> bool:
    """Whether `word` is a German word form in any case."""
    return word.lower() in counts("de")


@lru_cache(maxsize=65_536)
def is_german_noun(word: str) -> bool:
    """Whether `word` looks like a common noun of German: it is known, and so is a further inflected form of it.

    Names inflect by -s only (`Merkels`), towns derive in -er (`Kölner`): neither says noun.
    """
    low, known = word.lower(), counts("de")
    if low not in known:
        return False
    if any(low + ending in known for ending in ("e", "n", "en", "es", "nen", "ern")):
        return True
    return any(
        low.endswith(ending) and len(low) - len(ending) > 2 and low.removesuffix(ending) in known
        for ending in ("en", "e", "n", "es", "nen", "ern")
    )


@lru_cache(maxsize=65_536)
def is_german_town(word: str) -> bool:
    """Whether `word` is a town by the names of its people, and no noun that inflects: `Boston`, by `Bostoner`, `Bostonern`."""
    low, known = word.lower(), counts("de")
    return (
        f"{low}er" in known
        and f"{low}ern" in known
        and not any(low + ending in known for ending in ("e", "n", "en", "es", "nen"))
    )


@lru_cache(maxsize=65_536)
def is_german_compound(word: str) -> bool:
    """Whether `word` is two German words in one, the last a common noun: `Sicherheitsberater`, `Teammitglieder`."""
    return any(is_german_noun(head) and is_german(first) for first, head in compounds(word.lower()))


@lru_cache(maxsize=65_536)
def could_be_compound(word: str) -> bool:
    """Whether `word` can be read as German words in one, of any kind: the opposite of a sure name."""
    low = word.lower()
    return any(
        (is_german(head) or is_german(head.removesuffix("s"))) and (is_german(first) or could_be_compound(first))
        for first, head in compounds(low)
    )


def compounds(low: str) -> Iterator[tuple[str, str]]:
    """Yield every (first, head) that a word in lower case can be cut into, without the joint: Sicherheit|s|berater."""
    for cut in range(len(low) - 3, 2, -1):
        first = low[:cut]
        for joint in ("", "s", "es", "n", "en", "er"):
            if first.endswith(joint) and len(first) - len(joint) > 2:
                yield first[: len(first) - len(joint)], low[cut:]
