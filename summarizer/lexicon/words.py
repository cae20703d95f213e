"""Which words are English, which are German, how common they are.

The lists are those of pyspellchecker (MIT): 160,000 English and 340,000 German word forms in lower case with counts
from film subtitles; rare forms carry a floor of 50. They are read on first use (en 60 ms, de 150 ms).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache


@cache
def counts(language: str) -> Mapping[str, int]:
    """Return word form → count of `language` (`de` or `en`), keys in lower case."""
    import gzip
    import json
    from importlib.resources import files

    packed = files("spellchecker").joinpath("resources", f"{language}.json.gz").read_bytes()
    words: dict[str, int] = json.loads(gzip.decompress(packed))
    return words


def is_english(word: str) -> bool:
    """Whether `word` is an English word form in any case, in British or American spelling."""
    low = word.lower().replace("’", "'")
    known = counts("en")
    if low in known or low.removesuffix("'s") in known:
        return True
    american = low.replace("isation", "ization").replace("our", "or").replace("ence", "ense").replace("yse", "yze")
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
        if low.endswith(british) and low.removesuffix(british) + other in known:
            return True
    return american in known


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
def is_german_compound(word: str) -> bool:
    """Whether `word` is two German words in one, the last a common noun: `Sicherheitsberater`, `Teammitglieder`."""
    return any(is_german_noun(head) and is_german(first) for first, head in _cuts(word.lower()))


@lru_cache(maxsize=65_536)
def could_be_compound(word: str) -> bool:
    """Whether `word` can be read as German words in one, of any kind: the opposite of a sure name."""
    low = word.lower()
    return any(
        (is_german(head) or is_german(head.removesuffix("s"))) and (is_german(first) or could_be_compound(first))
        for first, head in _cuts(low)
    )


def _cuts(low: str) -> Iterator[tuple[str, str]]:
    """Yield every (first, head) of a compound, the first without its joint: Sicherheit|s|berater."""
    for cut in range(len(low) - 3, 2, -1):
        first = low[:cut]
        for joint in ("", "s", "es", "n", "en", "er"):
            if first.endswith(joint) and len(first) - len(joint) > 2:
                yield first[: len(first) - len(joint)], low[cut:]
