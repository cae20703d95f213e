"""Runs a batch: the ledger opened, the model opened, the local engine between them."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from .. import kinds
from ..article import Article
from ..checkers import HERE, Checker
from ..document import Document
from ..errors import ExitCode, InputError
from ..llm import Cache, Gate, Model, open_model
from ..pipeline import Options, Task, run
from ..renderers import FILES, FORMATS, ensure_package
from ..settings import Settings
from ..vectors import available
from .budget import parse_budget
from .inputs import Inputs
from .ledger import Ledger
from .ledger import Task as ArticleTask
from .local import Control, Crew, LocalEngine
from .outputs import Place
from .recipe import recipe
from .tables import parquet
from .tally import Tally, Watch, exit_code, unwatched
from .worker import Terms
from .workers import Workers

START = 8
"""Requests in flight to begin with; it doubles with every round of answers until the limit or the first 429."""


@dataclass(frozen=True)
class Job:
    """A batch, as it is wanted.

    Attributes:
        inputs: Files, folders, tables and URLs.
        output: The folder of results, or a file that ends in `.jsonl` or `.parquet`.
        settings: Which model, which kind of brief.
        task: `both`, `translate` or `brief`.
        format: Of the results in a folder, one of `renderers.FORMATS` or `renderers.FILES`; with `html` an index page comes
            with them.
        glob: Which files of a folder; None means all that a reader reads.
        urls: A file with one URL a line.
        text_field: The column of a table that holds the article.
        id_field: The column with its id; None numbers the rows.
        overwrite: Whether files that this batch did not write may be replaced.
        any_language: Whether to go on with texts that are not German, or no article (a cookie wall, a paywall's stub).
        retry_failed: Whether to try again what failed or is incomplete.
        keep_answers: Whether answers are kept for later runs: beside the journal, or in the folder `settings.cache`.
        requests_per_minute: At most; None for no limit.
        tokens_per_minute: At most, input and output together; None for no limit.
        budget: At most in all, e.g. `5USD` or `2Mtokens`; None for no limit.
        grace: Seconds for what is in flight when the run is stopped.
        cluster: The address of a Ray cluster whose nodes do the work; None: this process does.
    """

    inputs: Sequence[str]
    output: Path
    settings: Settings
    task: Task = "both"
    format: str = "json"
    glob: str | None = None
    urls: Path | None = None
    text_field: str = "text"
    id_field: str | None = None
    overwrite: bool = False
    any_language: bool = False
    retry_failed: bool = False
    keep_answers: bool = True
    requests_per_minute: float | None = None
    tokens_per_minute: float | None = None
    budget: str | None = None
    grace: float = 30.0
    cluster: str | None = None

    @cached_property
    def options(self) -> Options:
        """What is wanted of each article; glossary and memory are read once."""
        return Options.of(self.settings, task=self.task, force=self.any_language)

    @property
    def place(self) -> Place:
        """Where results go."""
        return Place(self.output)

    @property
    def sources(self) -> Inputs:
        """What is worked on."""
        without = (self.place.output, self.place.failed)
        return Inputs(
            [str(name) for name in self.inputs], self.glob, self.urls, self.text_field, self.id_field, without
        )

    def check(self) -> None:
        """See that nothing about the job itself is wrong, before anything is opened.

        Raises:
            InputError: If something is.
            SetupError: If a package is missing that writes the results.
        """
        if self.format not in (known := (*FORMATS, *FILES)):
            raise InputError(f"There is no format {self.format!r}: choose one of {', '.join(known)}.")
        if self.place.single and self.format != "json":
            raise InputError(f"{self.output} holds documents as JSON: leave --format away, or give a folder to -o.")
        if self.output.suffix.lower() == ".parquet":
            parquet()
        ensure_package(self.format)
        kinds.load(self.settings.kind, self.settings.kinds_dir)
        self.sources.check()
        self._check_files()
        self.sources.check_any()

    def _check_files(self) -> None:
        """Raise InputError if a file that the batch writes as a whole is an input or a foreign one."""
        place, is_input = self.place, self.sources.holds()
        for path in (place.output, place.failed) if place.single else (place.failed,):
            if is_input(path):
                raise InputError(f"{path} is an input and would be replaced by results: give another -o.")
            if path.exists() and not (self.overwrite or place.journal.exists()):
                raise InputError(f"{path} is there and not of this batch: move it away, give --force, or another -o.")

    def ledger(self, recipe: str, kind: Callable[..., Ledger] = Ledger) -> Ledger:
        """Return the ledger of this job for what gives the answers (see `recipe.recipe`), to be opened by `with`."""
        return kind(
            self.sources,
            self.place,
            recipe,
            format=self.format,
            overwrite=self.overwrite,
            retry_failed=self.retry_failed,
        )

    @contextmanager
    def answers(self) -> Iterator[Cache]:
        """Open the store of answers; without `keep_answers` one for this run only, so that equal articles are done once."""
        if self.keep_answers:
            self.place.prepare()
            with Cache(self.settings.cache or self.place.state) as cache:
                yield cache
        else:
            with tempfile.TemporaryDirectory(prefix="brief-") as folder, Cache(Path(folder)) as cache:
                yield cache


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended.

    Attributes:
        tally: What was counted.
        stopped: Why it ended early; None if all was worked through.
        notes: What was noticed of the endpoint and the store of answers.
    """

    tally: Tally
    stopped: BaseException | None
    notes: tuple[str, ...]

    @property
    def exit_code(self) -> ExitCode:
        """For the shell: 0 only if every article is done."""
        return exit_code(self.stopped, self.tally)


async def arun_batch(
    job: Job,
    *,
    tally: Tally | None = None,
    watch: Watch = unwatched,
    control: Control | None = None,
    count: bool = False,
    progress: bool = False,
) -> Outcome:
    """Do all articles of a job that are not done yet.

    Args:
        job: What is wanted.
        tally: Counted in, for who wants to look while it runs.
        watch: Told of each article that ends.
        control: To stop the run from outside.
        count: Whether to count the articles first, for an estimate of the time left.
        progress: Whether downloads may draw a progress bar on stderr.

    Raises:
        InputError: If an input is not there, the folder cannot be written, or another process works on it.
        SetupError: If the model cannot be used.
    """
    job.check()
    tally = tally or Tally()
    control = control or Control()
    async with _crew(job, progress=progress) as crew:
        with job.ledger(crew.recipe) as ledger:
            if count:
                tally.total = ledger.inputs.count()
            engine = LocalEngine(
                ledger, crew.perform, job.options, tally, watch, control, workers=crew.workers, grace=job.grace
            )
            try:
                await engine.run()
            finally:
                ledger.close_up()
    return Outcome(tally, control.reason, tuple(crew.notes))


@dataclass(frozen=True, slots=True)
class Here:
    """A crew of one open model in this process."""

    job: Job
    model: Model
    checker: Checker = HERE

    @property
    def recipe(self) -> str:
        """As `recipe.recipe`."""
        return recipe(self.model, self.job.options)

    @property
    def workers(self) -> int:
        """As many as requests may be in flight, and a quarter more if articles wait for checks meanwhile."""
        limit = self.model.concurrency
        return limit if self.checker is HERE else limit + limit // 4

    @property
    def notes(self) -> tuple[str, ...]:
        """What was noticed of the endpoint and the store of answers."""
        return self.model.notes

    async def perform(self, _: ArticleTask, article: Article) -> Document[Any]:
        """Return the document, as `pipeline.run`."""
        return await run(article, self.model, self.job.options, checker=self.checker)


@asynccontextmanager
async def _crew(job: Job, *, progress: bool) -> AsyncIterator[Crew]:
    if job.cluster is not None:
        from .cluster import open_cluster

        async with open_cluster(job, job.cluster) as cluster:
            yield cluster
        return
    with job.answers() as answers:
        async with opened(job, answers, progress=progress) as model, _checker(job, model) as checker:
            yield Here(job, model, checker)


@asynccontextmanager
async def _checker(job: Job, model: Model) -> AsyncIterator[Checker]:
    """Give what runs the checks: others where sentence vectors take most of the time, and the model does not need them here."""
    if model.style == "completion" or not available():
        yield HERE
        return
    async with Workers(Terms(job.settings.kind, job.settings.kinds_dir)) as workers:
        yield workers


@asynccontextmanager
async def opened(
    job: Job, answers: Cache | None = None, *, progress: bool = False, share: int = 1
) -> AsyncIterator[Model]:
    """Open the model with a gate that adapts and holds the job's limits, or the share of one node in them."""
    async with open_model(job.settings, progress=progress, cache=answers, many=True) as model:
        limit = job.settings.concurrency or model.provider.batch_concurrency
        budget = parse_budget(job.budget, model.name, model.endpoint) if job.budget else None
        gate = Gate(
            limit,
            start=START,
            requests_per_minute=job.requests_per_minute and job.requests_per_minute / share,
            tokens_per_minute=job.tokens_per_minute and job.tokens_per_minute / share,
            budget=budget and replace(budget, limit=budget.limit / share),
            max_wait=job.settings.max_wait,
        )
        yield replace(model, gate=gate, concurrency=limit)


def run_batch(job: Job, *, watch: Watch = unwatched) -> Outcome:
    """Do as `arun_batch`, for code without an event loop."""
    return asyncio.run(arun_batch(job, watch=watch))
