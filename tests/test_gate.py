"""When a request may go: how many at once, one pause for all, rates, budgets."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from typing import Any

import httpx2
import openai
import pytest

from summarizer.errors import BudgetError
from summarizer.llm.answers import Tokens
from summarizer.llm.gate import Budget, Gate

REQUEST: dict[str, Any] = {"messages": [{"role": "user", "content": "x" * 234}]}  # 100 tokens by the gate's estimate


def status(code: int, **headers: str) -> openai.APIStatusError:
    response = httpx2.Response(code, headers=headers, request=httpx2.Request("POST", "http://127.0.0.1/"))
    kind = openai.RateLimitError if code == 429 else openai.InternalServerError
    return kind("failed", response=response, body=None)


async def send(gate: Gate, error: Exception | None = None, seconds: float = 0.0, used: Tokens | None = None) -> float:
    """Send one request; return when it was let through."""
    try:
        async with gate.place(REQUEST, 50) as ticket:
            at = time.monotonic()
            await asyncio.sleep(seconds)
            if error:
                raise error
            ticket.used = used
    except openai.APIError:
        pass
    return at


def run(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(work)


def test_never_more_in_flight_than_the_limit() -> None:
    gate, most = Gate(3), 0

    async def one() -> None:
        nonlocal most
        async with gate.place(REQUEST, 1):
            most = max(most, gate.in_flight)
            await asyncio.sleep(0.001)

    async def work() -> None:
        await asyncio.gather(*(one() for _ in range(20)))

    run(work())
    assert most == 3
    assert gate.in_flight == 0


def test_it_grows_while_answers_come_and_only_429_cuts_it() -> None:
    gate = Gate(64, start=4)

    async def work() -> None:
        await asyncio.gather(*(send(gate, seconds=0.001) for _ in range(300)))
        assert gate.window == 64
        await asyncio.gather(*(send(gate, status(500), 0.001) for _ in range(64)))
        assert gate.window == 64
        await asyncio.gather(*(send(gate, status(429), 0.001) for _ in range(64)))
        assert gate.window == 32  # once for all that were in flight together
        await send(gate, status(429))
        assert gate.window == 16
        await asyncio.gather(*(send(gate, seconds=0.001) for _ in range(16)))
        assert 16 < gate.window < 20  # slowly now

    run(work())


def test_a_fixed_gate_stays_as_it_is() -> None:
    gate = Gate(4)
    run(send(gate, status(429)))
    assert gate.window == 4


@pytest.mark.parametrize("code", [429, 503])
def test_one_retry_after_holds_back_all(code: int) -> None:
    gate = Gate(8)

    async def work() -> None:
        begun = time.monotonic()  # before it is said: afterwards a busy machine may be late
        await send(gate, status(code, **{"retry-after-ms": "80"}))
        times = await asyncio.gather(*(send(gate) for _ in range(5)))
        assert min(times) - begun >= 0.08

    run(work())


def test_requests_per_minute() -> None:
    gate = Gate(100, requests_per_minute=6000)  # 100 a second, of which 100 at once

    async def work() -> float:
        times = await asyncio.gather(*(send(gate) for _ in range(110)))
        return max(times) - min(times)

    assert run(work()) >= 0.08


def test_tokens_per_minute_are_corrected_by_what_was_counted() -> None:
    async def taken(used: Tokens) -> float:
        gate = Gate(1, tokens_per_minute=60_000)  # 1000 a second, of which 1000 at once
        times = [await send(gate, used=used) for _ in range(8)]
        return times[-1] - times[0]

    assert run(taken(Tokens(1, 1))) < run(taken(Tokens(100, 50)))


def test_a_budget_is_never_passed_and_ends_in_one_sentence() -> None:
    gate = Gate(16, budget=Budget(1000, lambda sent, received: sent + received, "tokens"))

    async def work() -> list[Any]:
        sends = [send(gate, seconds=0.001, used=Tokens(90, 20)) for _ in range(30)]
        return await asyncio.gather(*sends, return_exceptions=True)

    outcomes = run(work())
    stopped = [item for item in outcomes if isinstance(item, BudgetError)]
    assert gate.spent == 110 * (30 - len(stopped)) == 880  # a request may take 150: with 880 spent none fits
    assert gate.in_flight == 0
    assert "--budget" in str(stopped[0])


def test_who_is_cancelled_while_waiting_leaves_no_gap() -> None:
    gate = Gate(1)

    async def work() -> None:
        first = asyncio.create_task(send(gate, seconds=0.02))
        await asyncio.sleep(0.001)
        second, third = asyncio.create_task(send(gate)), asyncio.create_task(send(gate))
        await asyncio.sleep(0.001)
        second.cancel()
        await asyncio.wait_for(asyncio.gather(first, third), 5)
        assert gate.in_flight == 0

    run(work())
