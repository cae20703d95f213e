"""Work side by side: in order, one failure ends all."""

from __future__ import annotations

import asyncio
import os

import pytest

from summarizer.concurrency import cores, pooled, together
from summarizer.errors import EndpointError


async def failing(cause: Exception | None) -> None:
    raise EndpointError("It failed.") from cause


async def echo(value: int) -> int:
    await asyncio.sleep(0.001 * (3 - value))
    return value


def test_results_come_in_the_order_of_the_work() -> None:
    assert asyncio.run(together(echo(value) for value in range(3))) == [0, 1, 2]


@pytest.mark.parametrize("cause", [ConnectionError("reset"), None])
def test_the_first_failure_is_raised_with_its_cause_and_ends_the_rest(cause: Exception | None) -> None:
    ended = []

    async def long() -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            ended.append(True)
            raise

    async def nested() -> None:
        await together([long(), failing(cause)])

    with pytest.raises(EndpointError) as caught:
        asyncio.run(together([long(), nested()]))
    assert caught.value.__cause__ is cause
    assert caught.value.__suppress_context__, "the group of failures is not shown"
    assert ended == [True, True]


def test_a_pool_begins_a_call_only_when_there_is_a_place() -> None:
    running, most = 0, 0

    async def one() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.001)
        running -= 1

    asyncio.run(pooled([one] * 10, 3))
    assert most == 3


def test_the_cores_are_those_that_this_process_may_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {1, 5}, raising=False)
    assert cores() == {1, 5}
    monkeypatch.delattr(os, "sched_getaffinity")  # macOS and Windows have none
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    assert len(cores()) == 3
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert len(cores()) == 1
