"""The same English for different German: the mark of a translation that has let go of its source.

Translation systems that lose hold of a sentence fall back on a few fluent ones of their training ("The staff were very
friendly and helpful."), again and again (Raunak, Menezes and Junczys-Dowmunt, NAACL 2021: detached hallucinations).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..findings import Finding
from . import Pair

CODE = "reuse.english"

_WORD = re.compile(r"\w+")
_SHORTEST = 5
"""English words from which on a sentence is not said twice by chance: *He said nothing.*"""
_STEM = 5
_SHARED = 0.25
"""Share of stems that two German sentences of one meaning have in common at least, of those of the one with fewer."""


def among(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the pairs, all of one text, each with its `twins`: those of the same English and other German."""
    same: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, pair in enumerate(pairs):
        same[_words(pair.target)].append(place)
    found = list(pairs)
    for english, places in same.items():
        if len(places) > 1 and len(english) >= _SHORTEST:
            german = {place: _words(pairs[place].source) for place in places}
            for place in places:
                others = (pairs[other] for other in places if german[other] != german[place])
                found[place] = replace(pairs[place], twins=tuple((other.id, other.source) for other in others))
    return found


def check(pair: Pair) -> Iterator[Finding]:
    """Yield `reuse.english` (error) if another sentence, whose German has hardly a word in common, has this English."""
    for other, german in pair.twins:
        if _shared(pair.source, german) < _SHARED:
            message = f"The English is word for word that of {other}, whose German says something else."
            yield pair.finding(CODE, "error", message)
            return


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.lower()))


def _shared(one: str, other: str) -> float:
    """Return the share of stems in common; 1 if a side has none, for then nothing can be said."""
    stems = [{word[:_STEM] for word in _words(text) if len(word) > 3} for text in (one, other)]
    fewest = min(map(len, stems))
    return len(stems[0] & stems[1]) / fewest if fewest else 1.0
