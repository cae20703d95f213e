"""Which English sentences translate which German ones, when somebody else translated and the numbers differ.

Dynamic programming over beads of at most two sentences a side (1-1, 1-2, 2-1, 2-2, 1-0, 0-1), as Gale and Church (1993)
do it. The cost of a bead is theirs, by length in characters and kind of bead, and two more: the distance of the
sentence vectors (as in vecalign, Thompson and Koehn 2019) and numbers and names that one side has and the other has not.
Without the encoder the vectors are left out. Figures: docs/checks/brief-check.md, made by `benchmarks/alignment.py`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from . import vectors
from .quantities import english_quantities, german_quantities

if TYPE_CHECKING:
    from .vectors import Floats

BEADS: Final[Mapping[tuple[int, int], float]] = {
    (1, 1): 0.89,
    (1, 0): 0.005,
    (0, 1): 0.005,
    (2, 1): 0.0445,
    (1, 2): 0.0445,
    (2, 2): 0.011,
}
"""Probability of each bead: German and English sentences in it (Gale and Church 1993, table 5)."""
RATIO: Final = 0.9
"""English characters for each German one (docs/checks/length.md)."""
VARIANCE: Final = 6.8
"""Of the English length for each German character (Gale and Church 1993)."""
BAND: Final = 40
"""Sentences to either side of the diagonal that are looked at, beyond the difference of the numbers."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part of the cost counts.

    Attributes:
        length: Of the length in characters.
        meaning: Of one minus the cosine, from `far` down.
        anchors: Of the share of numbers and names without a partner.
        far: Distance that says nothing for or against.
        alone: Of a sentence without a partner, whatever it says.
    """

    length: float
    meaning: float
    anchors: float
    far: float
    alone: float


WITH_VECTORS: Final = Weights(length=0.35, meaning=10.0, anchors=0.5, far=0.4, alone=2.0)
WITHOUT: Final = Weights(length=1.0, meaning=0.0, anchors=2.0, far=0.0, alone=3.0)
"""Both chosen on every second document of NTREX-128 (see `benchmarks/alignment.py`); the figures are from the others."""


class Link(NamedTuple):
    """A bead: German sentences `source[0]` to before `source[1]`, English ones `target[0]` to before `target[1]`."""

    source: tuple[int, int]
    target: tuple[int, int]


def align(
    german: Sequence[str],
    english: Sequence[str],
    *,
    use_vectors: bool = True,
    weights: Weights | None = None,
) -> list[Link]:
    """Return links that cover both texts in order, each sentence in exactly one.

    Takes time in proportion to the longer text times `BAND`.

    Args:
        german: Its sentences.
        english: Its sentences.
        use_vectors: False leaves the sentence vectors out even if the encoder is installed.
        weights: Other than `WITH_VECTORS` and `WITHOUT`.
    """
    chosen = weights or (WITH_VECTORS if use_vectors and vectors.available() else WITHOUT)
    sides = _Sides(german, english, chosen)
    rows, columns = len(german), len(english)
    slope, reach = columns / max(rows, 1), BAND + abs(rows - columns)
    best: list[dict[int, tuple[float, tuple[int, int]]]] = [{} for _ in range(rows + 1)]
    best[0][0] = (0.0, (0, 0))
    for i in range(rows + 1):
        middle = round(i * slope)
        for j in range(max(0, middle - reach), min(columns, middle + reach) + 1):
            options = [
                (best[i - a][j - b][0] + sides.cost(i - a, i, j - b, j), (a, b))
                for a, b in BEADS
                if a <= i and b <= j and j - b in best[i - a]
            ]
            if options:
                best[i][j] = min(options)
    links = []
    i, j = rows, columns
    while i or j:
        a, b = best[i][j][1]
        links.append(Link((i - a, i), (j - b, j)))
        i, j = i - a, j - b
    return links[::-1]


class _Sides:
    """Both texts with what the cost of a bead needs."""

    def __init__(self, german: Sequence[str], english: Sequence[str], weights: Weights) -> None:
        self._weights = weights
        self._german, self._english = german, english
        self._long = ([len(text) for text in german], [len(text) for text in english])
        self._anchors = (
            [_anchors(text, {q.value for q in german_quantities(text) if q.weight != "faint"}) for text in german],
            [_anchors(text, {q.value for q in english_quantities(text) if q.weight != "faint"}) for text in english],
        )
        self._rows = self._vectors() if weights.meaning else None

    def _vectors(self) -> tuple[dict[tuple[int, int], Floats], ...]:
        """Return the vectors of all runs of one and two sentences, by side."""
        sides = []
        for texts in (self._german, self._english):
            runs = [(i, i + size) for size in (1, 2) for i in range(len(texts) - size + 1)]
            rows = vectors.embed([" ".join(texts[start:end]) for start, end in runs])
            sides.append(dict(zip(runs, rows, strict=True)))
        return tuple(sides)

    def cost(self, i: int, k: int, j: int, m: int) -> float:
        """Return the cost of German sentences i to before k with English ones j to before m."""
        weights = self._weights
        prior = -math.log(BEADS[k - i, m - j])
        source, target = sum(self._long[0][i:k]), sum(self._long[1][j:m])
        if k == i or m == j:
            return weights.alone
        cost = prior + weights.length * _surprise(source * RATIO, target)
        if self._rows is not None:
            cosine = float(self._rows[0][i, k] @ self._rows[1][j, m])
            cost += weights.meaning * (1 - cosine - weights.far) * max(k - i, m - j)
        left = set().union(*self._anchors[0][i:k])
        right = set().union(*self._anchors[1][j:m])
        if left or right:
            cost += weights.anchors * (1 - 2 * len(left & right) / len(left | right))
        return cost


def _surprise(expected: float, length: float) -> float:
    """Return -log of the probability that a length is at least so far from the expected one."""
    delta = abs(length - expected) / math.sqrt(max((length + expected) / 2, 1.0) * VARIANCE)
    return -math.log(max(math.erfc(delta / math.sqrt(2)), 1e-10))


_NAME = re.compile(r"\b[A-ZÄÖÜ][\w'-]{3,}")


def _anchors(text: str, numbers: set[float]) -> set[object]:
    """Return what stands in both languages alike: numbers, and the beginnings of capitalised words."""
    return {*numbers, *(match.group()[:5].lower() for match in _NAME.finditer(text))}
