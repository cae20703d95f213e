"""Reads the time expressions of German and English text."""

from __future__ import annotations

from functools import lru_cache

from . import english_clock, english_dates, german_clock, german_dates, german_periods
from .anchor import Anchor
from .times import Grammar, TimeExpression

_KEPT = 256
"""How many texts are remembered: the checks of a pair read the same two."""


@lru_cache(maxsize=1)
def _german_grammar() -> Grammar:
    rules = (german_dates.RULES, german_clock.RULES, german_periods.RULES, german_dates.YEARS)
    return Grammar(rules)


@lru_cache(maxsize=1)
def _english_grammar() -> Grammar:
    return Grammar((english_dates.RULES, english_clock.RULES, english_dates.YEARS))


@lru_cache(maxsize=_KEPT)
def _german(text: str, published: str | None) -> tuple[TimeExpression, ...]:
    return tuple(_german_grammar().read(text, Anchor.of(published)))


@lru_cache(maxsize=_KEPT)
def _english(text: str, published: str | None) -> tuple[TimeExpression, ...]:
    return tuple(_english_grammar().read(text, Anchor.of(published)))


def german_times(text: str, published: str | None = None) -> list[TimeExpression]:
    """Return the time expressions of a German text, in order, without overlap.

    Args:
        text: Any text.
        published: ISO 8601 date that `heute` means; None if unknown, then what depends on it is X in the values.

    Returns:
        The expressions with TIMEX3 type and value, after the guidelines of KRAUTS (Strötgen et al., LREC 2018): with
        an article that stands alone, without a preposition. Never raises on any text.
    """
    return list(_german(text, published))


def english_times(text: str, published: str | None = None) -> list[TimeExpression]:
    """Return the time expressions of an English text, in order, without overlap.

    They are read for comparison with a German source: `marks` tell what is said, values are rougher than those of
    `german_times`. Never raises on any text.

    Args:
        text: Any text.
        published: ISO 8601 date that `today` means; None if unknown.
    """
    return list(_english(text, published))
