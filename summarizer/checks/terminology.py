"""Is the glossary's English in the translation, and none that it forbids?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from ..findings import Finding, Severity, Span
from ..lexicon.tokens import span
from ..terms.matching import Use
from . import Pair

_WORD: Final = re.compile(r"[^\W_]+(?:\.(?=[^\W_]))?(?:[^\W_]+\.?)*", re.UNICODE)
_FILLERS: Final = frozenset({"the", "a", "an", "s"})
_SPELLINGS: Final = (
    ("defence", "defense"), ("offence", "offense"), ("centre", "center"), ("programme", "program"),
    ("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("ise", "ize"), ("our", "or"), ("lled", "led"),
)  # fmt: skip


def check(pair: Pair) -> Iterator[Finding]:
    """Yield a finding for each term whose wanted English is missing, and for each forbidden English.

    English may inflect: case, plural, possessive, article, hyphens and British or American spelling do not matter. A
    term of the user's that stands by itself is an error, so that the sentence is asked for again; one inside a compound, whose
    English may be put differently, a warning; one of the built-in glossary for information only.
    """
    words = _words(pair.target)
    seen: set[str] = set()
    for use in pair.terms:
        if use.term.source in seen:  # the second mention may be a pronoun
            continue
        seen.add(use.term.source)
        printed = span(pair.source, use.start, use.end)
        wanted = [place for target in use.term.targets for place in _places(words, target)]
        for text in use.term.forbidden:
            places = [place for place in _places(words, text) if not _covered(place, wanted)]
            if places:
                message = f"The glossary forbids “{text}” for “{printed.text}”: write “{use.term.targets[0]}” in the form that fits."
                spans = [Span(start=start, end=end, text=pair.target[start:end]) for start, end in places]
                yield pair.finding("terminology.forbidden", _severity(use), message, [printed], spans)
                break
        else:
            if not wanted:
                message = f"The glossary wants “{use.term.targets[0]}” for “{printed.text}”, in the form that fits; the English does not have it."
                yield pair.finding("terminology.missing", _severity(use), message, [printed])


def _severity(use: Use) -> Severity:
    if use.term.builtin:
        return "info"
    return "warning" if use.compound else "error"


def _places(words: Sequence[tuple[str, int, int]], phrase: str) -> list[tuple[int, int]]:
    wanted = [word for word, _, _ in _words(phrase)]
    if not wanted:
        return []
    size = len(wanted)
    return [
        (words[at][1], words[at + size - 1][2])
        for at in range(len(words) - size + 1)
        if all(_same(words[at + offset][0], wanted[offset]) for offset in range(size))
    ]


def _covered(place: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place[0] and place[1] <= end for start, end in others)


@lru_cache(maxsize=512)
def _words(text: str) -> tuple[tuple[str, int, int], ...]:
    """Return the words in their plainest spelling, with their places; articles left out."""
    found = ((_spelled(match.group()), match.start(), match.end()) for match in _WORD.finditer(text))
    return tuple(item for item in found if item[0] not in _FILLERS)


def _spelled(word: str) -> str:
    low = word.lower().replace(".", "")
    for british, american in _SPELLINGS:
        low = low.replace(british, american)
    return low


def _same(word: str, wanted: str) -> bool:
    """Tell whether a word is the wanted one or a form of it: ministers, parties, reviewed."""
    if word == wanted:
        return True
    if len(wanted) < 3:
        return False
    stem = wanted[:-1] if wanted[-1] in "ey" else wanted
    return word.startswith(stem) and word[len(stem) :] in ("s", "es", "ies", "ed", "d", "ing", "e", "y", "ied")
