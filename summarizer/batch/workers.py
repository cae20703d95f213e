"""The checks of a batch in processes beside this one, so that its event loop is free for requests and answers.

They are for the check of meaning: the rules alone cost less than what it takes to tell another process. What waits for
a worker goes to it together: the vectors of short texts take a third of the time of what they take article by article. A worker is a Python of our own with two pipes (`worker`). It ends when its input does, thus
also when this process is killed, and no Ctrl-C reaches it. A worker that is lost costs nothing but time: its work is
done here.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import sys
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Self, TypeVar

from ..article import Article
from ..checkers import HERE
from ..checks import Pair
from ..concurrency import cores
from ..confidence import Assessment
from ..document import Translation
from ..items import Brief
from ..support import Support
from .worker import Assess, Bear, Task, Terms

T = TypeVar("T")

FEW: Final = 16
"""Articles that are checked here if there are no more of them: few do not pay for a process."""
MOST: Final = 8
"""Workers at most; each takes some hundred megabytes, and one event loop does not feed more."""

_AT_ONCE: Final = 128
"""Tasks that go to a worker together at most: what is waited for must not become too long."""
_BACKLOG: Final = 256
"""Texts that wait for each worker before another one is started: about a second of its work, as starting one takes."""
_LOOK_AROUND: Final = 0.1
"""Seconds from the first article to the decision where it is checked: by then all that begin with it are known."""
_AHEAD: Final = 2
"""Messages that are on their way to a worker or back, so that it need not wait for this process."""
_SECONDS: Final = 2.0
"""For a worker to end by itself, once its input has ended."""


class Workers:
    """A `Checker`: a few articles here, more of them in as many processes as there are cores."""

    def __init__(self, terms: Terms, most: int | None = None, few: int | None = None) -> None:
        """Prepare; nothing is started before it is needed.

        Args:
            terms: What the workers must know of the job.
            most: Workers at most; as many as there are cores, up to `MOST`, if not said.
            few: Articles that are checked here; `FEW` if not said.
        """
        self._terms = terms
        self._most = min(MOST, len(cores())) if most is None else most
        self._few = FEW if few is None else few
        self._seen: set[str] = set()
        self._looking: asyncio.TimerHandle | None = None
        self._workers: list[_Worker] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._looking is not None:
            self._looking.cancel()
        await asyncio.gather(*(worker.close() for worker in self._workers))

    def load(self, article: Article) -> None:
        """Begin to load what the checks need: in this process if there are few articles, else in the first worker."""
        self._see(article)
        if self._looking is None:
            self._looking = asyncio.get_running_loop().call_later(_LOOK_AROUND, self._begin, article)

    def _begin(self, article: Article) -> None:
        if self._elsewhere and not self._workers:
            self._workers.append(_Worker(self._terms))
        elif not self._elsewhere:
            HERE.load(article)

    def _see(self, article: Article) -> None:
        if not self._elsewhere:
            self._seen.add(article.id)

    @property
    def _elsewhere(self) -> bool:
        """Whether there are so many articles that workers check them."""
        return self._most > 0 and len(self._seen) > self._few

    async def assess(self, article: Article, pairs: Sequence[Pair]) -> list[Assessment]:
        """Return what `confidence.assess` does."""
        found = await self._done(article, Assess(tuple(pairs)))
        return found if found is not None else await HERE.assess(article, pairs)

    async def support(self, brief: Brief, article: Article, translation: Translation | None) -> Support:
        """Return what `support.support_of` does."""
        english = translation.model_dump_json() if translation is not None else None
        found = await self._done(article, Bear(brief.model_dump_json(), article.model_dump_json(), english))
        return found if found is not None else await HERE.support(brief, article, translation)

    async def _done(self, article: Article, task: Task[T]) -> T | None:
        """Return what a worker says; None if this process is to do it."""
        worker = self._worker(article)
        if worker is None:
            return None
        found = await worker.do(task)  # not returned at once: mypy would take what is returned for the task's type
        return found  # noqa: RET504

    def _worker(self, article: Article) -> _Worker | None:
        """Return the worker for an article, the same each time while there are as many: it remembers what it has read."""
        self._see(article)
        if not self._elsewhere:
            return None
        if len(self._workers) < self._most and all(worker.behind for worker in self._workers):
            self._workers.append(_Worker(self._terms))
        worker = self._workers[int(article.id[:8], 16) % len(self._workers)]
        return None if worker.lost else worker


class _Worker:
    """One process, started at once."""

    def __init__(self, terms: Terms) -> None:
        self.lost = False
        self._waiting: deque[tuple[Task[Any], asyncio.Future[Any]]] = deque()
        self._there = asyncio.Event()
        self._answers = False
        self._serving = asyncio.create_task(self._serve(terms))

    @property
    def behind(self) -> bool:
        """Whether more waits for it than it does in the time that another one needs to start; never while it starts."""
        return self._answers and sum(task.texts for task, _ in self._waiting) >= _BACKLOG

    async def do(self, task: Task[T]) -> T | None:
        """Return the result; None if the worker was lost or could not do it."""
        if self.lost:
            return None
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append((task, future))
        self._there.set()
        result: T | None = await future
        self._answers = True
        return result

    async def close(self) -> None:
        """End the process."""
        self._serving.cancel()
        with suppress(asyncio.CancelledError):
            await self._serving

    async def _serve(self, terms: Terms) -> None:
        under_way: deque[list[asyncio.Future[Any]]] = deque()
        process = None
        try:
            process = await _started()
            assert process.stdin is not None  # noqa: S101  # both are pipes
            assert process.stdout is not None  # noqa: S101
            _write(process.stdin, terms)
            places = asyncio.Semaphore(_AHEAD)
            async with asyncio.TaskGroup() as group:
                group.create_task(self._send(process.stdin, under_way, places))
                group.create_task(_receive(process.stdout, under_way, places))
        except* (OSError, EOFError, pickle.PickleError):
            pass
        finally:
            self.lost = True
            for future in (*(future for futures in under_way for future in futures), *(f for _, f in self._waiting)):
                if not future.done():
                    future.set_result(None)
            if process is not None:
                await _ended(process)

    async def _send(
        self, stream: asyncio.StreamWriter, under_way: deque[list[asyncio.Future[Any]]], places: asyncio.Semaphore
    ) -> None:
        while True:
            await places.acquire()
            await self._there.wait()
            batch = [self._waiting.popleft() for _ in range(min(_AT_ONCE, len(self._waiting)))]
            if not self._waiting:
                self._there.clear()
            under_way.append([future for _, future in batch])
            _write(stream, [task for task, _ in batch])
            await stream.drain()


async def _receive(
    stream: asyncio.StreamReader, under_way: deque[list[asyncio.Future[Any]]], places: asyncio.Semaphore
) -> None:
    while True:
        size = int.from_bytes(await stream.readexactly(8), "big")
        results = pickle.loads(await stream.readexactly(size))  # noqa: S301  # from a process that we have started
        for future, result in zip(under_way.popleft(), results, strict=True):
            if not future.done():  # the article was given up meanwhile
                future.set_result(result)
        places.release()


def _write(stream: asyncio.StreamWriter, value: object) -> None:
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(len(data).to_bytes(8, "big") + data)


async def _started() -> asyncio.subprocess.Process:
    paths = [*sys.path, str(Path(__file__).parents[2])]  # so that it finds what this process finds, a user's kinds too
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-c",
        f"import sys; sys.path[:] = {paths!r}; from {__package__}.worker import main; main()",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C in a terminal goes to all of a session's processes
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
    )


async def _ended(process: asyncio.subprocess.Process) -> None:
    if process.stdin is not None:
        process.stdin.close()
    try:
        await asyncio.wait_for(process.wait(), _SECONDS)
    except TimeoutError:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
