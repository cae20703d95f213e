"""What a person sees beside the result: messages and progress on stderr, and errors as one sentence."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ..errors import BriefError, ExitCode, InputError, UnsuitableError
from ..files import write_whole
from ..terminal import printable

if TYPE_CHECKING:
    from ..article import Sentence
    from ..document import Segment
    from ..findings import Finding
    from ..progress import Progress


def say(message: str) -> None:
    """Print one line to stderr, with the program's name before it; what an endpoint or a file name puts in acts not."""
    sys.stderr.write(f"brief: {printable(message)}\n")
    sys.stderr.flush()


@contextmanager
def errors_as_sentences(*, verbose: bool = False) -> Iterator[None]:
    """Turn every error into one line on stderr and the exit code that belongs to it."""
    try:
        yield
    except BriefError as error:
        if verbose:
            _traceback()
        say(_told(error))
        raise typer.Exit(error.exit_code) from error
    except KeyboardInterrupt as error:
        say("interrupted.")
        raise typer.Exit(ExitCode.INTERRUPTED) from error
    except BrokenPipeError as error:
        _discard_stdout()  # the reader of a pipe has left
        raise typer.Exit(ExitCode.OK) from error
    except typer.Exit:
        raise
    except Exception as error:
        if verbose:
            _traceback()
        say(
            f"an error in the program itself ({type(error).__name__}: {' '.join(str(error).split())[:300]}): "
            "please report it, with what --verbose prints."
        )
        raise typer.Exit(ExitCode.INTERNAL) from error


def _told(error: BriefError) -> str:
    """Return what is said of an error, with the flag that goes on in spite of it, which is the same in all commands of one text."""
    if isinstance(error, UnsuitableError):
        return f"{str(error).removesuffix('.')}; use --force to go on nevertheless."
    return str(error)


def _traceback() -> None:
    import traceback

    traceback.print_exc()


@contextmanager
def progress_bar(*, wanted: bool) -> Iterator[Progress]:
    """Give a progress callback that draws a bar on stderr if it is a terminal and that is wanted."""
    from ..progress import Stage, silent

    if not wanted or not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks = {}

        def advance(stage: Stage, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield advance


def show_segment(sentence: Sentence, segment: Segment, findings: tuple[Finding, ...]) -> None:
    """Print one sentence's English to stderr, with what is doubted and the German where something is."""
    lines = [f"{sentence.id:>5}  {segment.text if segment.text is not None else '(no translation)'}"]
    if segment.status == "doubtful" and segment.confidence is not None:
        lines[0] += f"  (doubtful, confidence {segment.confidence:.0%})"
    if segment.status != "ok":
        lines += [sentence.text, *(f"! {finding.message}" for finding in findings if finding.severity != "info")]
    sys.stderr.write("\n       ".join(map(printable, lines)) + "\n")
    sys.stderr.flush()


def check_writable(path: Path, source: str, option: str = "-o") -> None:
    """Raise InputError now if `path` cannot be written later, or is the source itself, before any work is done; `option` gives it."""
    parent = path.parent
    if path.exists() and Path(source).exists() and path.samefile(source):
        raise InputError(f"{path} is the input itself: give another path to {option}.")
    if path.is_dir():
        raise InputError(f"{path} is a folder: give a file name to {option}.")
    if not parent.is_dir():
        raise InputError(f"The folder {parent} does not exist: make it, or give another path to {option}.")
    if not os.access(path if path.exists() else parent, os.W_OK):
        raise InputError(f"{path} cannot be written: check its permissions, or give another path to {option}.")


def write_result(result: str | bytes, path: Path | None) -> None:
    """Write to a file, whole or not at all, or to stdout if `path` is None; raises InputError if that fails."""
    if path is None:
        with to_stdout():
            if isinstance(result, bytes):
                sys.stdout.buffer.write(result)
            else:
                sys.stdout.write(result)
        return
    try:
        write_whole(path, result)
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}).") from error


def echo(line: object) -> None:
    """Print a line to stdout; raises InputError if that fails."""
    write_result(f"{line}\n", None)


@contextmanager
def to_stdout() -> Iterator[None]:
    """Write to stdout within, and have it flushed; raises InputError if that fails."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        _discard_stdout()
        raise InputError(f"The standard output cannot be written ({error.strerror}).") from error


def _discard_stdout() -> None:
    """Send what is left to nowhere: Python would complain once more when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
