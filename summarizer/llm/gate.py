"""When a request may go: how many at once, how many a minute, and within which budget, for all that share a model.

The number in flight adapts as TCP's congestion window does (additive increase, multiplicative decrease, RFC 5681): it
grows while answers come, and only a 429 cuts it. A server's error or a dropped connection says nothing of the rate.
One 429 with Retry-After holds back every request, not only the one that met it.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from ..errors import BudgetError
from .answers import Tokens
from .transport import asked_to_wait, overloaded, rate_limited

CHARS_PER_TOKEN = 2.5
"""A low estimate for German in common tokenizers: what is cut or reserved by it rather turns out too small or too much."""

_BURST_SECONDS = 1.0
"""What may go at once under a limit a minute: so much of the minute's share."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What may be spent at most.

    Attributes:
        limit: In tokens or money.
        price: Input and output tokens → what they take of it.
        unit: For people: `tokens` or `USD`.
    """

    limit: float
    price: Callable[[int, int], float]
    unit: str


@dataclass(slots=True)
class Ticket:
    """A request under way: the tokens reserved for it, and those that it took, once known."""

    input_tokens: int = 0
    output_tokens: int = 0
    used: Tokens | None = None
    sent: float = 0.0


class Gate:
    """Lets requests through, first come first served.

    Attributes:
        limit: Requests in flight at most.
        window: Requests in flight at most just now.
        in_flight: Requests in flight.
        spent: Of the budget.
    """

    def __init__(
        self,
        limit: int,
        *,
        start: int | None = None,
        requests_per_minute: float | None = None,
        tokens_per_minute: float | None = None,
        budget: Budget | None = None,
        max_wait: float = 60.0,
    ) -> None:
        """Make a gate; see the class and `Budget`.

        Args:
            limit: Requests in flight at most.
            start: How many to begin with; None for a number that does not adapt.
            requests_per_minute: None for no limit.
            tokens_per_minute: None for no limit; input and output together.
            budget: None for none.
            max_wait: Longest pause in seconds that a `Retry-After` is given.
        """
        self.limit = limit
        self.window = float(limit if start is None else min(start, limit))
        self.in_flight = 0
        self.spent = 0.0
        self._adapts = start is not None
        self._growing_fast = True
        self._last_cut = float("-inf")
        self._open_from = 0.0
        self._rates = [
            _Rate(per_minute, counts)
            for per_minute, counts in ((requests_per_minute, False), (tokens_per_minute, True))
            if per_minute
        ]
        self._counts_tokens = budget is not None or tokens_per_minute is not None
        self._budget = budget
        self._reserved = 0.0
        self._exhausted = False
        self._max_wait = max_wait
        self._waiting: deque[tuple[asyncio.Future[None], Ticket]] = deque()
        self._timer: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def place(self, request: dict[str, Any], max_tokens: int) -> AsyncIterator[Ticket]:
        """Wait until the request may go, and hold its place until the block ends.

        What the block raises is looked at and raised on. Set `used` of the ticket to what the endpoint counted.

        Raises:
            BudgetError: If the request could take more than is left of the budget.
        """
        ticket = Ticket()
        if self._counts_tokens:
            ticket.input_tokens, ticket.output_tokens = _estimate(request), max_tokens
        await self._enter(ticket)
        try:
            yield ticket
        except Exception as error:
            self._failed(error, ticket)
            raise
        else:
            self._succeeded()
        finally:
            self._leave(ticket)

    async def _enter(self, ticket: Ticket) -> None:
        if not self._waiting and self._verdict(ticket) == 0.0:
            self._take(ticket)
            return
        future = asyncio.get_running_loop().create_future()
        self._waiting.append((future, ticket))
        self._wake()
        try:
            await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled() and future.exception() is None:
                self._leave(ticket)  # it was let in and cancelled before it could run
            self._wake()
            raise

    def _wake(self) -> None:
        """Let in those at the head of the queue that may go; come back when time alone opens the gate."""
        while self._waiting:
            future, ticket = self._waiting[0]
            if future.done():
                self._waiting.popleft()
                continue
            verdict = self._verdict(ticket)
            if verdict is None:
                if not (self._exhausted and self.in_flight == 0):
                    return
                self._waiting.popleft()
                future.set_exception(self._out_of_budget())
            elif verdict > 0.0:
                if self._timer is None:
                    self._timer = asyncio.get_running_loop().call_later(verdict, self._tick)
                return
            else:
                self._waiting.popleft()
                self._take(ticket)
                future.set_result(None)

    def _tick(self) -> None:
        self._timer = None
        self._wake()

    def _verdict(self, ticket: Ticket) -> float | None:
        """Return the seconds to wait, 0 to go now, None to wait until a request beside this one ends."""
        if self._budget is not None:
            wanted = self._budget.price(ticket.input_tokens, ticket.output_tokens)
            if self.spent + self._reserved + wanted > self._budget.limit:
                # What is reserved is more than what will be taken: only an empty house shows that the budget is used up.
                self._exhausted = self.in_flight == 0
                return None
        if self.in_flight >= max(1, int(self.window)):
            return None
        now = time.monotonic()
        return max(0.0, self._open_from - now, *(rate.wait(now) for rate in self._rates))

    def _out_of_budget(self) -> BudgetError:
        budget = self._budget
        assert budget is not None  # noqa: S101  # only a budget can be exhausted
        return BudgetError(
            f"The budget of {budget.limit:,.10g} {budget.unit} is used up but for less than the next request may take "
            f"({self.spent:,.6g} spent): run it again with a larger --budget to go on."
        )

    def _take(self, ticket: Ticket) -> None:
        self.in_flight += 1
        ticket.sent = time.monotonic()
        for rate in self._rates:
            rate.take(ticket.input_tokens + ticket.output_tokens)
        if self._budget is not None:
            self._reserved += self._budget.price(ticket.input_tokens, ticket.output_tokens)

    def _leave(self, ticket: Ticket) -> None:
        self.in_flight -= 1
        taken = (0, 0)
        if ticket.used is not None:
            taken = (ticket.used.read, ticket.used.written)
            for rate in self._rates:
                rate.correct(sum(taken) - ticket.input_tokens - ticket.output_tokens)
        if self._budget is not None:
            self._reserved -= self._budget.price(ticket.input_tokens, ticket.output_tokens)
            self.spent += self._budget.price(*taken)
        self._wake()

    def _succeeded(self) -> None:
        if self._adapts and self.window < self.limit and self.in_flight >= int(self.window):
            self.window = min(self.limit, self.window + (1.0 if self._growing_fast else 1.0 / self.window))

    def _failed(self, error: Exception, ticket: Ticket) -> None:
        now = time.monotonic()
        asked = asked_to_wait(error) if rate_limited(error) or overloaded(error) else None
        if asked is not None:
            self._open_from = max(self._open_from, now + min(asked, self._max_wait))
        if (
            rate_limited(error) and self._adapts and ticket.sent >= self._last_cut
        ):  # those sent before the cut met the old rate
            self.window = max(1.0, self.window / 2)
            self._growing_fast = False
            self._last_cut = now


class _Rate:
    """A limit a minute, as a bucket that fills steadily; it may be overdrawn by the request that empties it."""

    def __init__(self, per_minute: float, counts_tokens: bool) -> None:
        burst = per_minute / 60 * _BURST_SECONDS
        self._per_second = (per_minute - burst) / 60  # so that burst and a minute's flow stay within the limit
        self._burst = max(burst, 1.0)
        self._counts_tokens = counts_tokens
        self._level = self._burst
        self._at = time.monotonic()

    def wait(self, now: float) -> float:
        """Return the seconds until there is something in the bucket."""
        self._level = min(self._burst, self._level + (now - self._at) * self._per_second)
        self._at = now
        needed = 1e-9 if self._counts_tokens else 1.0
        return max(0.0, (needed - self._level) / self._per_second)

    def take(self, tokens: int) -> None:
        self._level -= tokens if self._counts_tokens else 1

    def correct(self, tokens: int) -> None:
        """Take what a request took beyond its estimate; give back what it left."""
        if self._counts_tokens:
            self._level -= tokens


def _estimate(request: dict[str, Any]) -> int:
    """Return the most tokens that the request's text and schema may be."""
    text = sum(len(message["content"]) + 16 for message in request["messages"] if message.get("content"))
    schema = request.get("response_format") or request.get("tools") or ""
    return int((text + len(json.dumps(schema))) / CHARS_PER_TOKEN)
