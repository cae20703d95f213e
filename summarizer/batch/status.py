"""How far a batch is, read from its journal while it runs or after."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel

from ..database import log_of
from ..terminal import printable
from .journal import Journal
from .outputs import Place
from .waves import sent

_SHOWN = 20
"""Failures that the readable form names; the JSON names all."""


class Failure(BaseModel):
    """An article that is not done."""

    address: str
    state: str
    error: str | None
    attempts: int
    at: str


class RemoteState(BaseModel):
    """A batch at a provider, as it was when it was last asked after."""

    id: str | None
    status: str
    requests: int
    done: int
    error: str


class Status(BaseModel):
    """A batch as its journal has it."""

    output: str
    running: bool
    done: int
    incomplete: int
    failed: int
    requests: int
    cached_answers: int
    input_tokens: int
    output_tokens: int
    cost: float
    failures: list[Failure]
    unsent_requests: int
    awaited_requests: int
    batches: list[RemoteState]


def read_status(output: Path) -> Status:
    """Return the status of what was given to `-o`; nothing is written there, and it may be in a folder of somebody else.

    Raises:
        InputError: If there is no batch.
    """
    place = Place(output)
    with Journal(place.journal, readonly=True) as journal:
        failures = [
            Failure(address=item.address, state=item.state, error=item.error, attempts=item.attempts, at=item.at)
            for item in journal.records("failed", "incomplete")
        ]
        submitted = sent(place)
        batches = [
            RemoteState(id=item.batch, status=item.status, requests=item.requests, done=item.done, error=item.error)
            for item in submitted.uploads
        ]
        return Status(
            output=str(output),
            running=_running(place),
            failures=failures,
            unsent_requests=submitted.counts.open,
            awaited_requests=submitted.counts.sent,
            batches=batches,
            **journal.counts(),
            **journal.totals(),
        )


def _running(place: Place) -> bool:
    """Tell whether a process holds the lock, by taking it for a moment if that is allowed; a run that begins just then waits."""
    from filelock import FileLock, Timeout

    if not place.lock.is_file():
        return False
    try:
        with FileLock(place.lock).acquire(timeout=0):
            return False
    except Timeout:
        return True
    except OSError:
        return log_of(place.journal).exists()


def status_text(status: Status) -> str:
    """Return the status for a person."""
    cost = f", {status.cost:,.4f} USD" if status.cost else ""
    lines = [
        f"{status.output}: {'running' if status.running else 'not running'}",
        f"{'done':<12}{status.done:>10,}",
        f"{'incomplete':<12}{status.incomplete:>10,}",
        f"{'failed':<12}{status.failed:>10,}",
        f"{status.requests:,} requests, {status.cached_answers:,} answers kept from before, "
        f"{status.input_tokens:,} + {status.output_tokens:,} tokens{cost}",
    ]
    if status.unsent_requests or status.awaited_requests:
        lines.append(
            f"{status.awaited_requests:,} requests wait for answers, {status.unsent_requests:,} are not sent yet"
        )
    lines += [
        printable(
            f"batch {item.id or 'not begun'}: {item.status}, {item.done:,} of {item.requests:,} {item.error}".rstrip()
        )
        for item in status.batches
    ]
    lines += [printable(f"{item.state}: {item.address}: {item.error}") for item in status.failures[:_SHOWN]]
    if len(status.failures) > _SHOWN:
        lines.append(f"… and {len(status.failures) - _SHOWN:,} more (--json names all)")
    return "\n".join(lines)
