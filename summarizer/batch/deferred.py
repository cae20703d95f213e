"""The engine for answers that come later: a job goes wave by wave, through a provider's Batch API or by files.

A step takes what answers there are, runs every article as far as they reach, and sends what was asked on the way. It can
be killed at any moment and run again: nothing is lost and nothing is sent twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from ..article import Article
from ..document import Document, Usage
from ..errors import BriefError, ExitCode, InputError
from ..llm import Model, open_model
from ..llm.batches import MAX_REQUESTS, BatchApi
from ..llm.deferred import HeldCache, Pass, attempt, open_deferred
from ..pipeline import run
from ..settings import Settings
from .journal import Record
from .kept import keep, recall
from .ledger import Ledger, Repeated, Skipped, Task
from .lines import holds_requests
from .local import Control, LocalEngine, Postponed
from .provider import fetch, read_results, send, write_requests
from .recipe import recipe
from .run import Job
from .tally import Tally, Watch, exit_code, unwatched
from .waves import Counts, Waves


@dataclass(frozen=True, slots=True)
class Exchange:
    """How requests go out and answers come in: through the Batch API, unless a file is named.

    Attributes:
        results: A file of results to take.
        requests: A file to write the open requests to.
        max_requests: In one batch at most.
    """

    results: Path | None = None
    requests: Path | None = None
    max_requests: int = MAX_REQUESTS

    @property
    def by_file(self) -> bool:
        """Whether no provider takes part."""
        return self.results is not None or self.requests is not None

    def check(self, job: Job) -> None:
        """Raise InputError if the requests would take the place of anything else: an input, the results, a foreign file."""
        path = self.requests
        if path is None:
            return
        if path.resolve() in {job.place.output.resolve(), job.place.failed.resolve()}:
            raise InputError(f"{path} is where the documents go: give another file to --to-file.")
        try:
            if path.is_file() and not holds_requests(path):
                raise InputError(
                    f"{path} is there and holds no requests: move it away, or give another file to --to-file."
                )
        except OSError as error:
            raise InputError(f"{path} cannot be read ({error.strerror}): give another file to --to-file.") from None


@dataclass(slots=True)
class Step:
    """How a step ended.

    Attributes:
        tally: The articles.
        answers: Answers that came in.
        sent: Requests that went out.
        waiting: Articles that wait for an answer.
        counts: Requests by state.
        under_way: Batches that the provider works on.
        stopped: Why it ended early; None if it did not.
        troubles: What the provider refused, a sentence each; nothing was sent after that.
        notes: What was noticed of the endpoint.
    """

    tally: Tally
    answers: int = 0
    sent: int = 0
    waiting: int = 0
    counts: Counts = field(default_factory=lambda: Counts(0, 0, 0, 0))
    under_way: int = 0
    stopped: BaseException | None = None
    troubles: list[str] = field(default_factory=list)
    notes: tuple[str, ...] = ()

    @property
    def exit_code(self) -> ExitCode:
        """For the shell: 0 if all is done or on its way."""
        return exit_code(self.stopped, self.tally, refused=bool(self.troubles))

    def summary(self) -> str:
        """Return one line: how many articles are done and how many wait, answers in and requests out."""
        tally = self.tally
        done, incomplete, failed = (
            getattr(tally, state) + tally.before[state] for state in ("done", "incomplete", "failed")
        )
        return (
            f"{done:,} done, {incomplete:,} incomplete, {failed:,} failed, {self.waiting:,} wait for answers; "
            f"{self.answers:,} answers came, {self.sent:,} requests went out"
        )


async def submit(
    job: Job,
    exchange: Exchange = Exchange(),  # frozen
    *,
    watch: Watch = unwatched,
) -> Step:
    """Begin a job, or go on with it: send all requests that are not on their way.

    Args:
        job: What is wanted; without inputs, what was submitted before for that output.
        exchange: How.
        watch: Told of each article that ends.

    Raises:
        InputError: If an input is not there, the folder cannot be written, or another process works on it.
        SetupError: If the model cannot be used, or is the built-in one.
        EndpointError: If the provider fails; what was done until then is kept.
    """
    if not job.inputs and job.urls is None:
        kept = recall(job.output, job.settings)
        any_language = job.any_language or kept.any_language
        job = replace(kept, retry_failed=job.retry_failed, any_language=any_language)
    return await _step(job, exchange, watch, take=False)


async def collect(
    output: Path,
    exchange: Exchange = Exchange(),  # frozen
    *,
    settings: Settings | None = None,
    pause: float | None = None,
    watch: Watch = unwatched,
) -> Step:
    """Take the answers to a job that was submitted, finish what can be finished, send what is asked next.

    Args:
        output: What the job writes to.
        exchange: How.
        settings: For the key, which is not kept; None means those of environment and configuration file.
        pause: Seconds after which it is done again, until nothing is under way; None for once.
        watch: Told of each article that ends.

    Raises:
        InputError: If nothing was submitted there, or as `submit`.
        SetupError, EndpointError: As `submit`.
    """
    job = recall(output, settings)
    while True:
        step = await _step(job, exchange, watch, take=True)
        if pause is None or not step.under_way or step.stopped or step.troubles:
            return step
        await asyncio.sleep(pause)


async def ask(output: Path, settings: Settings | None = None) -> None:
    """Ask the provider after the batches of a job and note what it says; nothing is taken or sent.

    Raises:
        SetupError, EndpointError: If it cannot be asked.
    """
    job = recall(output, settings)
    async with open_model(job.settings) as model:
        with Waves(job.place.state) as waves:
            for upload in waves.uploads(unfinished=True):
                if upload.batch is not None:
                    batch = await BatchApi(model).retrieve(upload.batch)
                    waves.told(upload, batch.status, batch.done + batch.failed)


class _Held(Ledger):
    """A ledger that passes over the articles that wait for an answer."""

    def __init__(self, *arguments: Any, waves: Waves, step: Step, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._waves = waves
        self._step = step

    def pending(self) -> Iterator[Task | Skipped | Repeated]:
        for item in super().pending():
            if isinstance(item, Task) and self._waves.waits(item.work):
                self._step.waiting += 1
            else:
                yield item

    def tries_again(self, record: Record) -> bool:
        """Tell whether a failed article is to be done again; its answers are asked for anew, once."""
        if super().tries_again(record):
            self._waves.forget(record.work)
        return self._waves.forgotten(record.work)


@dataclass(slots=True)
class _Reader:
    """Makes documents from the answers that are there."""

    model: Model
    job: Job
    waves: Waves
    step: Step

    async def perform(self, task: Task, article: Article) -> Document[Any]:
        seen = Pass()
        try:
            document = await attempt(run(article, self.model, self.job.options), seen)
        except BriefError as error:
            error.usage = error.usage and _at_batch_price(error.usage, self.model)
            self.waves.settle(task.work)
            raise
        finally:
            self.waves.note(task.work, seen.asked)
        if document is None:
            self.step.waiting += 1
            raise Postponed
        if isinstance(self.model.cache, HeldCache):
            self.model.cache.release(seen)
        self.waves.settle(task.work)
        return document.model_copy(update={"usage": _at_batch_price(document.usage, self.model)})


async def _step(job: Job, exchange: Exchange, watch: Watch, *, take: bool) -> Step:
    job.check()
    exchange.check(job)
    step = Step(Tally())
    async with AsyncExitStack() as stack:
        job.place.prepare()
        waves = stack.enter_context(Waves(job.place.state))
        cache = job.settings.cache or (job.place.state if job.keep_answers else None)
        settings = job.settings.model_copy(update={"cache": cache})
        model = await stack.enter_async_context(open_deferred(settings, waves))
        ledger = stack.enter_context(job.ledger(recipe(model, job.options), partial(_Held, waves=waves, step=step)))
        if take:
            await _take(job, exchange, waves, step)
        else:
            keep(job, waves)
        await _pass(job, model, waves, ledger, step, watch)
        if not step.troubles and not step.stopped:
            await _send(job, exchange, waves, step)
        step.counts, step.under_way = waves.counts(), len(waves.uploads(unfinished=True))
        step.notes = model.notes
    return step


async def _take(job: Job, exchange: Exchange, waves: Waves, step: Step) -> None:
    if exchange.results is not None:
        step.answers = read_results(waves, exchange.results)
    elif waves.uploads(unfinished=True):
        async with open_model(job.settings) as model:
            fetched = await fetch(waves, BatchApi(model), job.place.state)
        step.answers, step.troubles = fetched.answers, fetched.troubles


async def _pass(job: Job, model: Model, waves: Waves, ledger: Ledger, step: Step, watch: Watch) -> None:
    """Run every article that does not wait; what it asks is noted."""
    reader, control = _Reader(model, job, waves, step), Control()
    engine = LocalEngine(ledger, reader.perform, job.options, step.tally, watch, control, workers=1, grace=job.grace)
    waves.begin()
    try:
        await engine.run()
    finally:
        ledger.close_up()
    step.stopped = control.reason
    if step.stopped is None:
        waves.end()


async def _send(job: Job, exchange: Exchange, waves: Waves, step: Step) -> None:
    if exchange.requests is not None:
        step.sent = write_requests(waves, exchange.requests)
    elif not exchange.by_file and waves.unsent():
        async with open_model(job.settings) as model:
            step.sent = await send(waves, BatchApi(model), job.place.state, max_requests=exchange.max_requests)


def _at_batch_price(usage: Usage, model: Model) -> Usage:
    """Return the usage with the cost of a batch in place of that of single requests."""
    cost, share = usage.cost, model.provider.batch_price
    if cost is None or share is None:
        return usage
    cost = cost.model_copy(
        update={"amount": cost.amount * share, "price_source": f"{cost.price_source}, times {share} for the Batch API"}
    )
    return usage.model_copy(update={"cost": cost})
