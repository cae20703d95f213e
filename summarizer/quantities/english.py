"""English time expressions with TIMEX3 values."""

from __future__ import annotations

from functools import lru_cache

from .anchor import Anchor
from .english_times import GRAMMAR
from .times import TimeExpression


@lru_cache(maxsize=256)
def _times(text: str, published: str | None) -> tuple[TimeExpression, ...]:
    return tuple(GRAMMAR.read(text, Anchor.of(published)))


def english_times(text: str, published: str | None = None) -> list[TimeExpression]:
    """Return the time expressions of an English text, in order, without overlap.

    They are read for comparison: `marks` tell what is said, values are rougher than those of `german_times`.
    Never raises on any text.
    """
    return list(_times(text, published))
