"""How a batch shows how far it is: one live panel on a terminal, plain lines otherwise, or JSON."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .console import say

if TYPE_CHECKING:
    from ..batch import Ended, Tally

_LINE_SECONDS = 10.0
"""Between two lines on how far the run is, where there is no terminal."""


@dataclass(frozen=True, slots=True)
class Report:
    """Where news go.

    Attributes:
        ended: Told of each article that ends.
        say: Told what else there is to say, a sentence.
    """

    ended: Callable[[Ended], None]
    say: Callable[[str], None]


@contextmanager
def reporter(tally: Tally, *, log_json: bool, quiet: bool, verbose: bool) -> Iterator[Report]:
    """Show how far the run is until the block ends."""
    if log_json:
        with _every(_LINE_SECONDS, lambda: _json_line("progress", tally)):
            yield Report(lambda ended: _write(_ended_json(ended)), lambda text: _write(note_json(text)))
        return

    def ended(article: Ended) -> None:
        if article.state != "done" or verbose:
            say(f"{article.state}: {article.address}{f': {article.error}' if article.error else ''}")

    if quiet:
        yield Report(ended, say)
    elif sys.stderr.isatty():
        with _panel(tally):
            yield Report(ended, say)
    else:
        with _every(_LINE_SECONDS, lambda: say(f"{tally.summary()}.")):
            yield Report(ended, say)


@contextmanager
def _panel(tally: Tally) -> Iterator[None]:
    """Draw the panel at the bottom of the terminal; lines printed meanwhile stand above it."""
    from rich.console import Console
    from rich.live import Live
    from rich.panel import Panel
    from rich.progress_bar import ProgressBar
    from rich.table import Table

    class Now:
        """What is drawn, made anew each time that it is drawn."""

        def __rich__(self) -> Panel:
            grid = Table.grid(expand=True)
            settled = tally.ended + sum(tally.before.values())
            grid.add_row(ProgressBar(total=tally.total or None, completed=settled, pulse=tally.total is None))
            grid.add_row(tally.counts())
            grid.add_row(tally.rates())
            return Panel(grid, title="brief batch", title_align="left", border_style="dim")

    console = Console(stderr=True)
    with Live(Now(), console=console, refresh_per_second=4, transient=True, redirect_stdout=False):
        yield


@contextmanager
def _every(seconds: float, tell: Callable[[], None]) -> Iterator[None]:
    """Call `tell` again and again until the block ends, from a thread of its own."""
    over = threading.Event()

    def repeat() -> None:
        while not over.wait(seconds):
            tell()

    thread = threading.Thread(target=repeat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def as_json(event: str, tally: Tally, **more: Any) -> str:
    """Return the tally as one line of JSON."""
    return json.dumps({"event": event, **tally.data(), **more})


def note_json(message: str) -> str:
    """Return what else there is to say as one line of JSON."""
    return json.dumps({"event": "note", "message": message})


def _json_line(event: str, tally: Tally) -> None:
    _write(as_json(event, tally))


def _ended_json(ended: Ended) -> str:
    usage = ended.usage.model_dump(mode="json", exclude_defaults=True) if ended.usage else {}
    return json.dumps(
        {
            "event": "article",
            "address": ended.address,
            "state": ended.state,
            "error": ended.error,
            "doubtful": ended.doubtful,
            "usage": usage,
        }
    )


def _write(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
