"""Waves of requests to a provider's Batch API and back; what was begun in an earlier process is taken up, not repeated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import InputError
from ..files import replacing
from ..llm.batches import MAX_BYTES, MAX_REQUESTS, BatchApi, RemoteBatch
from .lines import Result, read_result
from .waves import Upload, Waves


@dataclass(slots=True)
class Fetched:
    """What asking after the batches gave.

    Attributes:
        answers: How many came.
        troubles: Batches that the provider refused or somebody cancelled, one sentence each: nothing more should be
            sent before a person has read it.
    """

    answers: int = 0
    troubles: list[str] = field(default_factory=list)


async def send(waves: Waves, api: BatchApi, folder: Path, *, max_requests: int = MAX_REQUESTS) -> int:
    """Send all open requests; return how many.

    Args:
        waves: The job.
        api: Where to.
        folder: For the files while they are sent.
        max_requests: In one batch at most.

    Raises:
        InputError: If a file cannot be written.
        EndpointError, SetupError: As `BatchApi`; what was sent until then is kept.
    """
    for upload in _unsent(waves):
        await _send(waves, api, upload, folder)
    if waves.recall("crowded") and waves.uploads(unfinished=True):
        return 0  # the provider's queue is full: there is room when something ends
    waves.pack(max_requests=min(max_requests, waves.recall("max_requests") or MAX_REQUESTS), max_bytes=MAX_BYTES)
    sent = 0
    for upload in _unsent(waves):
        await _send(waves, api, upload, folder)
        sent += upload.requests
    return sent


async def fetch(waves: Waves, api: BatchApi, folder: Path) -> Fetched:
    """Ask after all batches under way and take the results of those that ended.

    Raises:
        InputError: If the results cannot be written to `folder`.
        EndpointError, SetupError: As `BatchApi`; what was taken until then is kept.
    """
    fetched = Fetched()
    for upload in waves.uploads(unfinished=True):
        if upload.batch is None:
            continue
        batch = await api.retrieve(upload.batch)
        waves.told(upload, batch.status, batch.done + batch.failed)
        if not batch.ended:
            continue
        if batch.status == "failed":
            _refused(waves, upload, batch, fetched)
            continue
        fetched.answers += await _take(waves, api, upload, batch, folder)
        waves.remember("crowded", value=False)
        if batch.status == "cancelled":
            fetched.troubles.append(f"The batch {batch.id} was cancelled; what it had done until then is kept.")
    return fetched


def write_requests(waves: Waves, path: Path) -> int:
    """Write all open requests to a file, whole or not at all; return how many.

    Raises:
        InputError: If it cannot be written.
    """
    count = 0

    def counted() -> Iterator[str]:
        nonlocal count
        for count, line in enumerate(waves.open_lines(), 1):  # noqa: B007  # the last number is the count
            yield line

    _write(path, counted())
    return count


def read_results(waves: Waves, path: Path) -> int:
    """Take the results that a file holds; return how many were of use.

    Raises:
        InputError: If it cannot be read.
    """
    try:
        return waves.take(_results(path))
    except OSError as error:
        raise InputError(f"The results {path} cannot be read ({error.strerror}): check the path.") from error


def _unsent(waves: Waves) -> list[Upload]:
    return [upload for upload in waves.uploads(unfinished=True) if upload.batch is None]


async def _send(waves: Waves, api: BatchApi, upload: Upload, folder: Path) -> None:
    """Upload the file and create the batch, each noted before it is begun and when it is done."""
    path = folder / upload.name
    if upload.file is None:
        _write(path, waves.lines(upload))
        tried = bool(upload.tried)
        waves.change(upload, tried="file")
        upload = waves.change(upload, file=await api.upload(path, upload.name, tried=tried))
    tried = upload.tried == "batch"
    waves.change(upload, tried="batch")
    batch = await api.create(str(upload.file), upload.name, tried=tried)
    waves.change(upload, batch=batch.id, status=batch.status)
    path.unlink(missing_ok=True)


async def _take(waves: Waves, api: BatchApi, upload: Upload, batch: RemoteBatch, folder: Path) -> int:
    paths = [folder / f"{upload.name}.{number}" for number in range(len(batch.files))]
    for file_id, path in zip(batch.files, paths, strict=True):
        await api.download(file_id, path)
    answers = waves.take((result for path in paths for result in _results(path)), upload)
    for path in paths:
        path.unlink(missing_ok=True)
    return answers


def _refused(waves: Waves, upload: Upload, batch: RemoteBatch, fetched: Fetched) -> None:
    waves.refuse(upload, batch.error)
    if not batch.crowded:
        fetched.troubles.append(f"The batch {batch.id} was refused ({batch.error or 'no reason given'}).")
    elif waves.uploads(unfinished=True):
        waves.remember("crowded", value=True)
    else:  # nothing else waits there: it is too much at once
        waves.remember("max_requests", max(1, upload.requests // 2))


def _write(path: Path, lines: Iterator[str]) -> None:
    try:
        with replacing(path) as whole, whole.open("w", encoding="utf-8", newline="") as file:
            file.writelines(lines)
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}).") from error


def _results(path: Path) -> Iterator[Result | None]:
    with path.open("rb") as file:  # by bytes: only a line feed ends a line, not a separator inside an answer
        for line in file:
            if line.strip():
                yield read_result(line)
