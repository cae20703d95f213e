"""Running things side by side."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, TypeVar

T = TypeVar("T")


def cores() -> frozenset[int]:
    """Return the numbers of the processors that this process may use."""
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    return frozenset(allowed)


async def together(work: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """Return the results in order; the first failure cancels the rest and is raised as it is.

    `asyncio.gather` would leave the rest running, `asyncio.TaskGroup` alone would raise a group.
    """
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(item) for item in work]
    except BaseExceptionGroup as failures:
        error = _first(failures)
        raise error from error.__cause__  # `from None` would take its cause from it
    return [task.result() for task in tasks]


async def pooled(calls: Iterable[Callable[[], Coroutine[Any, Any, None]]], workers: int) -> None:
    """Run the calls in order, at most `workers` at a time; each begins only when there is a place.

    So a call that looks whether the work still makes sense sees what the calls before it found.
    """
    ready = list(calls)
    waiting = iter(ready)

    async def work() -> None:
        for call in waiting:
            await call()

    await together(work() for _ in range(min(workers, len(ready))))


def _first(failures: BaseExceptionGroup[BaseException]) -> BaseException:
    error: BaseException = failures
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
