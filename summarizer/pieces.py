"""How much goes into one request, and may come back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from .llm.gate import CHARS_PER_TOKEN

T = TypeVar("T")


def cut(items: Iterable[T], size: Callable[[T], float], *, room: float, at_most: int) -> list[Sequence[T]]:
    """Cut items into runs, in order, each as long as fits; one that does not fit stands alone.

    Args:
        items: Of whatever kind.
        size: What one takes, in tokens.
        room: Tokens that a run may take.
        at_most: Items of a run.
    """
    runs: list[list[T]] = []
    used = 0.0
    for item in items:
        taken = size(item)
        if not runs or used + taken > room or len(runs[-1]) == at_most:
            runs.append([])
            used = 0.0
        runs[-1].append(item)
        used += taken
    return list(runs)


def tokens_of(text: str) -> float:
    """Return about how many tokens a sentence takes, with its id."""
    return len(text) / CHARS_PER_TOKEN + 8


def answer_tokens(texts: Iterable[str]) -> int:
    """Return a limit that a right translation of these texts stays below and a loop does not."""
    return 64 + round(1.5 * sum(map(tokens_of, texts)))
