"""How well do the words of an English sentence follow one another? By the trigrams of a general English language model.

The model is the one that PocketSphinx brings for dictation (CMU, 20,000 words, BSD licence; extra `local`). It is read where
it lies in 0.03 s, and a sentence takes some 50 microseconds. Words that it does not know, most names and all figures
among them, are passed over: what follows them is judged without them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from typing import Any, Final

_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_BASE: Final = 1.0001
"""Of the logarithms that the model counts in; the natural one of it is 1e-4."""
_NEVER: Final = -10_000_000
"""A logarithm below that of any word that the model knows."""


_TYPICAL, _TYPICAL_CLASHES = -1.53, 0.3
"""Total and clashes a word, the median of published and machine translations: what is taken where there is no model."""
_FEW = 4
"""Words of such text that are added to each, so that a text of few words is not judged by them alone."""


@dataclass(frozen=True, slots=True)
class Fluency:
    """How much less likely the words of a text are where they stand than anywhere, in nats.

    Attributes:
        total: Summed over the words: below 0 if they follow well on one another, and lower for longer texts.
        clashes: The same, of only those words that are less likely where they stand.
        words: How many words were judged.
    """

    total: float
    clashes: float
    words: int

    @property
    def mean(self) -> float:
        """The total by word; of few words nearer to that of most texts, for they tell little."""
        return self.per(self.words)

    def per(self, words: int) -> float:
        """Return the total by so many words, such as those of the source; drawn to that of most texts as `mean` is."""
        return (self.total + _FEW * _TYPICAL) / (words + _FEW)


@cache
def available() -> bool:
    """Return whether the package with the model is installed."""
    return find_spec("pocketsphinx") is not None


def fluency(text: str) -> Fluency:
    """Return how well the words of an English text follow one another; as in most texts where the model is not installed."""
    words = [match.group().lower().replace("’", "'") for match in _WORD.finditer(text)]
    if not available():
        return Fluency(_TYPICAL * len(words), _TYPICAL_CLASHES * len(words), len(words))
    steps = list(_steps(words))
    return Fluency(sum(steps, 0.0), sum((max(step, 0.0) for step in steps), 0.0), len(steps))


def _steps(words: list[str]) -> Iterator[float]:
    history: tuple[str, ...] = ()
    for word in words:
        alone = _logarithm(word)
        if alone < _NEVER:
            history = ()
            continue
        if history:
            yield (alone - _logarithm(word, *history)) * 1e-4
        history = (word, *history[:1])


@lru_cache(maxsize=65_536)
def _logarithm(word: str, *before: str) -> int:
    """Return the logarithm of the probability of a word after those before it, the nearest first."""
    found: int = _model().prob([word, *before])
    return found


@cache
def _model() -> Any:
    from pocketsphinx import Config, LogMath, NGramModel, get_model_path  # type: ignore[import-untyped, import-not-found, unused-ignore]

    return NGramModel(Config(), LogMath(base=_BASE), get_model_path("en-us/en-us.lm.bin"))
