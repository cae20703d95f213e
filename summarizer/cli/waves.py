"""`brief batch submit INPUT… -o OUT` and `brief batch collect OUT`: at the price of a provider's Batch API, or by files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import ExitCode
from .article import Verbose
from .console import errors_as_sentences, say
from .jobs import say_refused, takes_job
from .options import Config

if TYPE_CHECKING:
    from ..batch import Ended, Job
    from ..batch.deferred import Step

ToFile = Annotated[
    Path | None,
    typer.Option(
        help="Write the requests to this file (JSONL, for vLLM's run-batch too) instead of sending them.",
        show_default=False,
    ),
]
MaxRequests = Annotated[int, typer.Option(min=1, max=50_000, help="Requests in one batch at most.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Only failures and the last line.")]


@takes_job
def submit(
    job: Callable[[], Job],
    to_file: ToFile = None,
    max_requests: MaxRequests = 50_000,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Send many articles through a provider's Batch API: half the price at most providers, answers within a day.

    `brief batch collect OUT` takes the answers, as often as it is called, until all is done.
    """
    with errors_as_sentences(verbose=verbose):
        import asyncio

        from ..batch.deferred import Exchange, submit

        exchange = Exchange(requests=to_file, max_requests=max_requests)
        wanted = job()
        step = asyncio.run(submit(wanted, exchange, watch=_told(quiet=quiet)))
        _conclude(step, wanted.output, exchange.requests)


def collect(
    output: Annotated[Path, typer.Argument(metavar="OUT", help="What was given to -o.")],
    from_file: Annotated[
        Path | None,
        typer.Option(help="Take the results from this file instead of the provider.", show_default=False),
    ] = None,
    to_file: ToFile = None,
    wait: Annotated[bool, typer.Option("--wait", help="Ask again and again until nothing is under way.")] = False,
    every: Annotated[float, typer.Option(min=0, help="With --wait: seconds between two times.")] = 60.0,
    max_requests: MaxRequests = 50_000,
    config: Config = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Take the answers to what was submitted, write what is done, and send what is asked next.

    Repairs and re-asks are further waves: call it again, or with --wait, until nothing is under way.
    """
    with errors_as_sentences(verbose=verbose):
        import asyncio

        from ..batch.deferred import Exchange, collect
        from ..settings import Settings

        exchange = Exchange(from_file, to_file, max_requests)
        settings = Settings.load(config)
        pause = every if wait else None
        step = asyncio.run(collect(output, exchange, settings=settings, pause=pause, watch=_told(quiet=quiet)))
        _conclude(step, output, exchange.requests)


def _told(*, quiet: bool) -> Callable[[Ended], None]:
    def watch(ended: Ended) -> None:
        if ended.state != "done" and not quiet:
            say(f"{ended.state}: {ended.address}{f': {ended.error}' if ended.error else ''}")

    return watch


def _conclude(step: Step, output: Path, to_file: Path | None) -> None:
    """Say what was done, what waits, and how to go on."""
    for note in (*step.notes, *(trouble.rstrip(".") for trouble in step.troubles)):
        say(f"{note}.")
    if step.stopped is not None:
        say(f"stopped: {step.stopped} Run the same command again to go on.")
    say(f"{step.summary()}.")
    if step.sent and to_file is not None:
        say(
            f"{step.sent:,} requests written to {to_file}: have them run, then "
            f"`brief batch collect {output} --from-file RESULTS`."
        )
    elif step.under_way:
        batches = "1 batch is" if step.under_way == 1 else f"{step.under_way:,} batches are"
        say(f"{batches} under way: `brief batch collect {output}` takes the answers.")
    elif step.counts.open:
        say(f"{step.counts.open:,} requests are not sent yet: `brief batch submit -o {output}` sends them.")
    elif step.tally.not_done:
        say(f"not all is done: `brief batch submit -o {output} --retry-failed` tries that again.")
    say_refused(step.tally)
    if step.exit_code != ExitCode.OK:
        raise typer.Exit(step.exit_code)
