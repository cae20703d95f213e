"""Items of one field of a brief that say the same: the later one is marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from .. import vectors
from ..findings import Finding
from ..items import Brief, Claim, Entity, Event, Figure, Item, Quotation
from ..lexicon.negations import ENGLISH_HARD
from ..quantities import english_quantities

if TYPE_CHECKING:
    from ..vectors import Floats

ALIKE = 0.8
"""Share of words in common from which two statements say the same."""
SAME_MEANING = 0.85
"""Cosine from which two statements with the same numbers and negations say the same."""


def duplicates(brief: Brief) -> Iterator[Finding]:
    """Yield `brief.duplicate` for each item that says what an earlier one of its field says."""
    for name, said, statements in _lists(brief):
        near = _Nearness([text for _, text in said])
        seen: set[int] = set()
        for (first, left), (second, right) in combinations(said, 2):
            if first in seen or second in seen:
                continue
            if _folded(left) == _folded(right) or (statements and _alike(left, right, near)):
                seen.add(second)
                yield Finding(
                    code="brief.duplicate",
                    severity="info",
                    where=f"/{name}/{second}",
                    message=f"It says nearly the same as number {first + 1} of this list.",
                )


def compared(brief: Brief) -> Iterator[str]:
    """Yield the texts whose vectors `duplicates` asks for, so that those of many briefs can be read in one go."""
    for _, said, statements in _lists(brief):
        texts = [text for _, text in said]
        if statements and any(_by_words(left, right) is None for left, right in combinations(texts, 2)):
            yield from texts


def _lists(brief: Brief) -> Iterator[tuple[str, list[tuple[int, str]], bool]]:
    """Yield the lists of items: their field, places and texts, and whether all items are statements."""
    for name in type(brief).model_fields:
        value: object = getattr(brief, name)
        if isinstance(value, tuple):
            said = [
                (place, text) for place, item in enumerate(value) if isinstance(item, Item) and (text := _said(item))
            ]
            yield name, said, all(isinstance(item, Claim | Event) for item in value)


def _said(item: Item) -> str:
    """Return what must differ between two items but for its case, as it is read elsewhere too."""
    match item:
        case Claim():
            text = item.text
        case Event():
            text = item.what
        case Entity():
            text = item.name
        case Figure():
            text = f"{item.as_printed} {item.what}"
        case Quotation():
            text = item.original
        case _:
            return ""
    return text


def _folded(text: str) -> list[str]:
    return text.lower().split()


class _Nearness:
    """Cosines of some texts, computed when first asked for; 0 without the encoder."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._rows: dict[str, Floats] = {}

    def __call__(self, left: str, right: str) -> float:
        if not vectors.available():
            return 0.0
        if not self._rows:
            self._rows = dict(zip(self._texts, vectors.embed(self._texts), strict=True))
        return float(self._rows[left] @ self._rows[right])


def _alike(left: str, right: str, near: _Nearness) -> bool:
    """Tell whether two statements say the same."""
    by_words = _by_words(left, right)
    return near(left, right) >= SAME_MEANING if by_words is None else by_words


def _by_words(left: str, right: str) -> bool | None:
    """Tell whether two statements say the same by their words: a number or a "not" makes all the difference.

    None if only their meaning can tell.
    """
    if _values(left) != _values(right) or bool(ENGLISH_HARD.search(left)) != bool(ENGLISH_HARD.search(right)):
        return False
    words = [set(re.findall(r"\w+", text.lower())) for text in (left, right)]
    return True if len(words[0] & words[1]) >= ALIKE * max(map(len, words)) else None


def _values(text: str) -> set[float]:
    return {quantity.value for quantity in english_quantities(text) if quantity.weight != "faint"}
