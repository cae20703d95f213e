"""German time expressions with their TIMEX3 values."""

from __future__ import annotations

from functools import lru_cache

from . import german_dates, german_spans
from .anchor import Anchor
from .german_base import GRAMMAR
from .times import TimeExpression

assert german_dates
assert german_spans


@lru_cache(maxsize=256)
def _times(text: str, published: str | None) -> tuple[TimeExpression, ...]:
    return tuple(GRAMMAR.read(text, Anchor.of(published)))


def german_times(text: str, published: str | None = None) -> list[TimeExpression]:
    """Return the time expressions of a German text, in order, without overlap.

    Args:
        text: Any text.
        published: ISO 8601 date that `heute` means; None if unknown, then what depends on it is X in the values.

    Never raises on any text.
    """
    return list(_times(text, published))
