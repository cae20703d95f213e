"""How long work tells that it moves on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

Stage = Literal["translating", "repairing", "briefing"]

Progress = Callable[[Stage, int, int], None]
"""Called with the stage, the units done and the units there are; must be fast and must not raise."""


def silent(stage: Stage, done: int, total: int) -> None:
    """Say nothing."""
