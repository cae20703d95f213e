"""Names of the German that the English does not have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..lexicon.folding import fold
from ..lexicon.given import GIVEN_NAMES
from ..lexicon.tokens import Token
from ..lexicon.translations import rendered
from .name_sides import Sides
from .name_words import POSSIBLE, certainty, is_abbreviation


class Loss(NamedTuple):
    """A German word without counterpart.

    Attributes:
        word: The word.
        certainty: How sure it is that it is a name: `SURE`, `LIKELY` or `POSSIBLE`.
        beside: Where in the English, by index, its neighbour stands that makes one name with it, before 0 or behind 1;
            None without one. A part of a name may be left out (Olivia de Havilland), but not be another.
    """

    word: Token
    certainty: int
    beside: tuple[int, int] | None = None


def losses(sides: Sides, at_least: int = POSSIBLE) -> Iterator[Loss]:
    """Yield the words of the German that are names by that certainty and that the English does not have."""
    for i, token in enumerate(sides.german):
        if not (token.capitalised or sides.german_names[i]):
            continue
        if certainty(sides, i, part=True) < at_least or _is_currency(sides, i):
            continue
        if sides.in_english(token, sides.german_names[i]) is not None or _expanded(sides, token):
            continue
        beside = _kept_part(sides, i)
        sure = certainty(sides, i, part=beside is not None)
        if sure == POSSIBLE and rendered(token.text, sides.pair.target):
            continue
        if sure >= at_least:
            yield Loss(token, sure, beside)


def _kept_part(sides: Sides, i: int) -> tuple[int, int] | None:
    """Return where the English has the neighbour that this word makes one name with: Olivia of `Olivia de Havilland`."""
    for j in (i - 1, i + 1):
        if not 0 <= j < len(sides.german):
            continue
        first, second = sides.german[min(i, j)], sides.german[max(i, j)]
        if sides.pair.source[first.end : second.start] not in (" ", "-") or not sides.german[j].capitalised:
            continue
        kept = fold(sides.german[j].text)
        if j > i and kept in GIVEN_NAMES and fold(sides.german[i].text) not in GIVEN_NAMES:
            continue  # what stands before a given name is an office or a rank: Oberst Georg
        for index, token in enumerate(sides.english):
            if len(kept) > 1 and token.capitalised and fold(token.text) in (kept, kept.removesuffix("s")):
                return index, int(j < i)
    return None


def _is_currency(sides: Sides, i: int) -> bool:
    """Whether a word is the first of `US-Dollar`, which English may write as a sign."""
    after = sides.german[i + 1 : i + 2]
    return bool(after) and after[0].text == "Dollar" and sides.pair.source[sides.german[i].end] == "-"


def _expanded(sides: Sides, token: Token) -> bool:
    """Say whether the English has an abbreviation of its own or spells the German one out."""
    word = token.text
    if not is_abbreviation(word):
        return False
    letters = "".join(part.text[0].upper() for part in sides.english if part.capitalised)
    own = any(
        is_abbreviation(part.text) and abs(len(part.text) - len(word)) < 2
        for part in sides.english
        if len(part.text) > 1
    )
    return word in letters or own
