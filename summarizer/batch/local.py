"""The local engine: many articles at once in one event loop, with one open model for all."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

from ..article import Article
from ..document import Document
from ..draft import ABOUT_THE_TEXT
from ..errors import BriefError, EndpointError, InputError, UnsuitableError
from ..pipeline import Options, prepare
from .ledger import Ledger, Repeated, Skipped, Task
from .tally import Ended, Tally, Watch

DOWN_AFTER = 10
"""Articles that fail in a row for reasons that lie not in their text, after which the endpoint is taken to be down."""

_BREATH = 50
"""Articles that are passed over before the event loop may do something else."""


Perform = Callable[[Task, Article], Awaitable[Document[Any]]]
"""article → document, as `pipeline.run`; raises `Postponed` if that cannot be yet."""


class Crew(Protocol):
    """Who does the articles: this process, or the nodes of a cluster."""

    @property
    def recipe(self) -> str:
        """Everything but the article that changes the answer, as a hash."""

    @property
    def workers(self) -> int:
        """Articles under way at once."""

    @property
    def notes(self) -> Sequence[str]:
        """What was noticed and should be told once."""

    async def perform(self, task: Task, article: Article, /) -> Document[Any]:
        """Return the document of an article, as `pipeline.run`."""


class Postponed(Exception):  # noqa: N818  # no error
    """The article cannot be done in this run; a later one does it."""


class Control:
    """How a run is stopped: the first word ends it in good order, a second one at once.

    Attributes:
        reason: Why the run stops; None while it goes on.
    """

    def __init__(self) -> None:
        self.reason: BaseException | None = None
        self.asked = asyncio.Event()
        self.at_once = asyncio.Event()

    def stop(self, reason: BaseException) -> None:
        """Begin no further article; when a person says so again, also give up what is in flight."""
        if isinstance(reason, KeyboardInterrupt) and isinstance(self.reason, KeyboardInterrupt):
            self.at_once.set()
        if self.reason is None or isinstance(reason, KeyboardInterrupt):
            self.reason = reason
        self.asked.set()


@dataclass(slots=True)
class LocalEngine:
    """Works through a ledger.

    Attributes:
        ledger: What is to do, and where results go; open.
        perform: Makes the document of an article: here, on another node, or from answers that came by file.
        options: What is wanted of each.
        tally: Kept up to date.
        watch: Told of each article that ends.
        control: Its `reason` says afterwards why the run ended early, if it did.
        workers: Articles under way at once; requests are limited by the model's gate.
        grace: Seconds for what is in flight when the run is stopped.
    """

    ledger: Ledger
    perform: Perform
    options: Options
    tally: Tally
    watch: Watch
    control: Control
    workers: int
    grace: float
    _under_way: dict[str, asyncio.Event] = field(default_factory=dict)
    _failures_in_a_row: int = 0

    async def run(self) -> None:
        """Do all that is pending, until it is done or `control` says stop; raises nothing that is an article's own.

        Raises:
            Exception: An error in the program itself, when what was in flight has ended.
        """
        pending = enumerate(self.ledger.pending())

        async def work() -> None:
            while self.control.reason is None:
                try:
                    number, item = next(pending, (0, None))
                    if item is None:
                        return
                    if isinstance(item, Task):
                        await self._do(item)
                        continue
                    self._pass_over(item)
                except Exception as error:  # noqa: BLE001  # whatever it is, others must not run on without this one
                    self.control.stop(error)
                    return
                if number % _BREATH == 0:
                    await asyncio.sleep(0)

        crew: asyncio.Future[Any] = asyncio.gather(*(work() for _ in range(self.workers)))
        asked: asyncio.Future[Any] = asyncio.create_task(self.control.asked.wait())
        at_once: asyncio.Future[Any] = asyncio.create_task(self.control.at_once.wait())
        try:
            await asyncio.wait({crew, asked}, return_when=asyncio.FIRST_COMPLETED)
            if not crew.done():
                await asyncio.wait({crew, at_once}, timeout=self.grace, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for waiting in (crew, asked, at_once):
                waiting.cancel()
            with suppress(asyncio.CancelledError):
                await crew
        if isinstance(self.control.reason, Exception) and not isinstance(self.control.reason, BriefError):
            raise self.control.reason

    def _pass_over(self, item: Skipped | Repeated) -> None:
        if isinstance(item, Repeated):
            if self.tally.total is not None:
                self.tally.total -= 1  # which had both
        elif item.new:
            self.tally.count(item.state, None)
            self.watch(Ended(item.address, item.state, error=item.error))
        else:
            self.tally.before[item.state] += 1

    async def _do(self, task: Task) -> None:
        """Do one article; what goes wrong with it is noted, and what goes wrong with all is raised."""
        self.tally.in_flight += 1
        try:
            await self._article(task)
        finally:
            self.tally.in_flight -= 1

    async def _article(self, task: Task) -> None:
        """Do one article, and note how it ended; one that is not noted is done by a later run."""
        try:
            entry = task.entry
            source = await asyncio.to_thread(entry.read) if entry.waits else entry.read()
            article = prepare(source, self.options)
            async with _Alone(self._under_way, article):
                document = await self.perform(task, article)
            state = await self.ledger.finish(task, document)
        except Postponed:
            return
        except InputError as error:
            self._failed(task, error)
        except EndpointError as error:
            if not isinstance(error, ABOUT_THE_TEXT):
                self._failures_in_a_row += 1
                if self._failures_in_a_row >= DOWN_AFTER:
                    self.control.stop(error)
                if self.control.reason is not None:
                    return
            self._failed(task, error)
        except (BriefError, asyncio.CancelledError):
            raise
        except Exception as error:  # noqa: BLE001  # one article that the program cannot do must not end the others
            what = f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"
            self._failed(task, _ProgramError(f"An error in the program itself ({what}): please report it."))
        else:
            self._failures_in_a_row = 0
            self.tally.count(state, document.usage)
            segments = document.translation.segments if document.translation else ()
            doubtful = sum(segment.status == "doubtful" for segment in segments)
            self.watch(Ended(task.entry.address, state, doubtful=doubtful, usage=document.usage))

    def _failed(self, task: Task, error: BriefError) -> None:
        try:
            self.ledger.fail(task, error)
        except InputError as broken:  # the journal itself
            self.control.stop(broken)
            return
        self.tally.count("failed", error.usage)
        self.tally.refused += isinstance(error, UnsuitableError)
        self.watch(Ended(task.entry.address, "failed", error=str(error), usage=error.usage))


class _ProgramError(BriefError):
    """An article met an error in the program."""


@dataclass(slots=True)
class _Alone:
    """Holds back an article whose text is already under way, so that the answers are there when it runs."""

    under_way: dict[str, asyncio.Event]
    article: Article

    async def __aenter__(self) -> None:
        while self.article.id in self.under_way:
            await self.under_way[self.article.id].wait()
        self.under_way[self.article.id] = asyncio.Event()

    async def __aexit__(self, *_: object) -> None:
        self.under_way.pop(self.article.id).set()
