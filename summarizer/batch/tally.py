"""How far a batch is: the figures that a panel, a log or a caller reads."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ..document import Usage
from ..errors import ExitCode
from .journal import State


@dataclass(slots=True)
class Tally:
    """A running count of one run.

    Attributes:
        total: Articles there are, less one whenever one turns out to be named twice; None if that is not known.
        done: Articles done in this run.
        incomplete: Documents written in this run that lack a part.
        failed: Articles that failed in this run.
        refused: Those of them that are not German, or no article, by their look.
        before: Articles that an earlier run had settled, by state.
        in_flight: Articles under way.
    """

    total: int | None = None
    done: int = 0
    incomplete: int = 0
    failed: int = 0
    refused: int = 0
    before: dict[State, int] = field(default_factory=lambda: {"done": 0, "incomplete": 0, "failed": 0})
    in_flight: int = 0
    requests: int = 0
    cached_answers: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = None
    started: float = field(default_factory=time.monotonic)

    @property
    def ended(self) -> int:
        """Articles that ended in this run, well or not."""
        return self.done + self.incomplete + self.failed

    @property
    def not_done(self) -> int:
        """Articles that failed or lack a part, of this run and of earlier ones."""
        return self.failed + self.incomplete + self.before["failed"] + self.before["incomplete"]

    @property
    def seconds(self) -> float:
        """Since the run began."""
        return time.monotonic() - self.started

    @property
    def per_minute(self) -> float:
        """Articles a minute in this run."""
        return 60 * self.ended / self.seconds if self.seconds > 0 else 0.0

    @property
    def remaining(self) -> float | None:
        """Seconds that the rest takes at the present rate; None if that cannot be said."""
        if self.total is None or not self.ended:
            return None
        left = self.total - sum(self.before.values()) - self.ended
        return max(0, left) * self.seconds / self.ended

    def counts(self) -> str:
        """Return the counts for a person."""
        of = f" of {self.total:,}" if self.total is not None else ""
        parts = [f"{self.done + self.before['done']:,}{of} done"]
        incomplete, failed = self.incomplete + self.before["incomplete"], self.failed + self.before["failed"]
        parts += [f"{incomplete:,} incomplete"] if incomplete else []
        parts += [f"{failed:,} failed"]
        parts += [f"{self.in_flight:,} in flight"] if self.in_flight else []
        parts += [f"{self.before['done']:,} of them by earlier runs"] if self.before["done"] else []
        return ", ".join(parts)

    def rates(self) -> str:
        """Return speed, tokens, cost and the time left for a person."""
        parts = [f"{self.per_minute:,.0f} articles/min", f"{self.input_tokens:,} + {self.output_tokens:,} tokens"]
        if self.cached_answers:
            parts.append(f"{self.cached_answers:,} answers from the cache")
        if self.cost is not None:
            parts.append(f"{self.cost:,.4f} USD")
        left = self.remaining
        parts.append(f"{_duration(self.seconds)} gone" + (f", about {_duration(left)} left" if left else ""))
        return ", ".join(parts)

    def summary(self) -> str:
        """Return all of it in one line."""
        return f"{self.counts()}; {self.rates()}"

    def data(self) -> dict[str, Any]:
        """Return the figures by name."""
        names = ("total", "done", "incomplete", "failed", "before", "in_flight", "requests", "cached_answers")
        more = ("input_tokens", "output_tokens", "cost")
        return {
            **{name: getattr(self, name) for name in (*names, *more)},
            "seconds": round(self.seconds, 3),
            "articles_per_minute": round(self.per_minute, 2),
            "seconds_left": None if self.remaining is None else round(self.remaining, 1),
        }

    def count(self, state: State, usage: Usage | None) -> None:
        """Count an article that ended, and what it took."""
        setattr(self, state, getattr(self, state) + 1)
        if usage is None:
            return
        self.requests += usage.requests
        self.cached_answers += usage.cached_answers
        self.input_tokens += usage.input_tokens
        self.output_tokens += usage.output_tokens
        if usage.cost is not None:
            self.cost = (self.cost or 0.0) + usage.cost.amount


@dataclass(frozen=True, slots=True)
class Ended:
    """An article that ended.

    Attributes:
        address: Its name within the batch.
        state: What became of it.
        error: Why it failed, or what is missing.
        doubtful: Sentences that a check objects to.
        usage: What it took.
    """

    address: str
    state: State
    error: str | None = None
    doubtful: int = 0
    usage: Usage | None = None


Watch = Callable[[Ended], None]
"""Told of each article that ends; must be fast and must not raise."""


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


def unwatched(_: Ended) -> None:
    """Say nothing."""


def exit_code(stopped: BaseException | None, tally: Tally, *, refused: bool = False) -> ExitCode:
    """Return how a run ended, for the shell.

    Args:
        stopped: What ended it early; None if nothing did.
        tally: Its articles.
        refused: Whether the provider took no more work.
    """
    if isinstance(stopped, KeyboardInterrupt):
        return ExitCode.INTERRUPTED
    if stopped is not None:
        return getattr(stopped, "exit_code", ExitCode.INTERNAL)
    if refused:
        return ExitCode.ENDPOINT
    return ExitCode.INCOMPLETE if tally.not_done else ExitCode.OK
