"""`brief batch INPUT… -o OUT` and `brief batch status OUT`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import ExitCode
from .article import Verbose
from .console import echo, errors_as_sentences, say
from .jobs import say_refused, takes_job
from .options import AsJson, Config

if TYPE_CHECKING:
    from ..batch import Job, Outcome, Tally


class Engine(StrEnum):
    """Who does the work."""

    local = "local"
    ray = "ray"


@takes_job
def batch(
    job: Callable[[], Job],
    concurrency: Annotated[
        int | None,
        typer.Option("--concurrency", "-j", min=1, help="Requests in flight at most.", show_default="the provider's"),
    ] = None,
    requests_per_minute: Annotated[
        float | None, typer.Option("--rpm", min=0.1, help="Requests a minute at most.", show_default=False)
    ] = None,
    tokens_per_minute: Annotated[
        float | None, typer.Option("--tpm", min=1, help="Tokens a minute at most.", show_default=False)
    ] = None,
    budget: Annotated[
        str | None,
        typer.Option(help="Stop before more than this is spent: 5USD, 2Mtokens.", show_default=False),
    ] = None,
    engine: Annotated[
        Engine, typer.Option(help="Who does the work: this process, or the nodes of a Ray cluster.")
    ] = Engine.local,
    ray_address: Annotated[str, typer.Option(help="The cluster for --engine ray.")] = "auto",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say how many articles and tokens, and the cost; ask nothing.")
    ] = False,
    grace: Annotated[float, typer.Option(min=0, help="Seconds for what is in flight after Ctrl-C.")] = 30.0,
    log_json: Annotated[bool, typer.Option("--log-json", help="A JSON object a line on stderr instead.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only failures and the last line.")] = False,
    verbose: Verbose = False,
) -> None:
    """Turn many articles into many documents: start it, stop it, start it again.

    A second run goes on where the first one ended. `brief batch status OUT` shows how far a batch is.
    """
    with errors_as_sentences(verbose=verbose):
        described = job()
        wanted = replace(
            described,
            settings=described.settings.model_copy(update={"concurrency": concurrency} if concurrency else {}),
            requests_per_minute=requests_per_minute,
            tokens_per_minute=tokens_per_minute,
            budget=budget,
            grace=grace,
            cluster=ray_address if engine is Engine.ray else None,
        )
        if dry_run:
            _estimate(wanted)
            return
        outcome = _run(wanted, log_json=log_json, quiet=quiet, verbose=verbose)
        if outcome.exit_code != ExitCode.OK:
            raise typer.Exit(outcome.exit_code)


def status(
    output: Annotated[Path, typer.Argument(metavar="OUT", help="What was given to -o.")],
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Show how far a batch is, what it took, and what failed; a provider is asked about what it works on."""
    import asyncio

    from ..batch.outputs import Place
    from ..batch.status import read_status, status_text
    from ..batch.waves import sent
    from ..errors import BriefError

    with errors_as_sentences():
        if sent(Place(output)).under_way:
            from ..batch.deferred import ask
            from ..settings import Settings

            try:
                asyncio.run(ask(output, Settings.load(config)))
            except BriefError as error:
                say(f"{error} What follows is what was known before.")
        found = read_status(output)
        echo(found.model_dump_json(indent=2) if as_json else status_text(found))


def _estimate(job: Job) -> None:
    from ..batch.estimate import estimate

    echo(estimate(job).text())


def _run(job: Job, *, log_json: bool, quiet: bool, verbose: bool) -> Outcome:
    import asyncio

    from ..batch import Tally, arun_batch
    from ..batch.local import Control
    from .panel import reporter

    tally, control = Tally(), Control()

    async def work() -> Outcome:
        with reporter(tally, log_json=log_json, quiet=quiet, verbose=verbose) as report:
            _on_interrupt(control, tally, report.say)
            return await arun_batch(
                job, tally=tally, watch=report.ended, control=control, count=not quiet, progress=not quiet
            )

    outcome = asyncio.run(work())
    if log_json:
        _conclude_json(outcome)
    else:
        _conclude(outcome, job)
    return outcome


def _on_interrupt(control: Any, tally: Tally, tell: Any) -> None:
    """Let the first Ctrl-C (or a polite kill) end the run in good order, and a second one at once."""
    import asyncio
    import signal

    def interrupted() -> None:
        if control.reason is None:
            tell(f"stopping: {tally.in_flight} articles in flight are finished; Ctrl-C again stops at once.")
        control.stop(KeyboardInterrupt())
        if control.at_once.is_set():  # a third one is Python's own, should something else hang
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(number)

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, interrupted)
        except NotImplementedError:  # Windows: Ctrl-C cancels the run, and what is done is written all the same
            return


def _conclude_json(outcome: Outcome) -> None:
    """Print the notes and the last event, which says why the run ended early if it did."""
    from .panel import as_json, note_json

    lines = [note_json(f"{note}.") for note in outcome.notes]
    stopped = None if outcome.stopped is None else str(outcome.stopped) or "interrupted."
    lines.append(as_json("end", outcome.tally, exit_code=int(outcome.exit_code), stopped=stopped))
    sys.stderr.write("\n".join(lines) + "\n")


def _conclude(outcome: Outcome, job: Job) -> None:
    """Print the notes and the last lines: what was done, how many failed, and how to go on."""
    tally = outcome.tally
    for note in outcome.notes:
        say(f"{note}.")
    if isinstance(outcome.stopped, KeyboardInterrupt):
        say("stopped; run the same command again to go on.")
    elif outcome.stopped is not None:
        say(f"stopped: {outcome.stopped} Run the same command again to go on.")
    say(f"{tally.summary()}.")
    if tally.not_done:
        say(
            f"{tally.not_done} not done, see {job.place.failed}: run the same command with --retry-failed to try them again."
        )
    say_refused(tally)
