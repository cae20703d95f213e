"""A provider's Files and Batches API: upload a file of requests, have it run, fetch the results.

Requests that change something may have had their effect although the answer was lost. So nothing is sent a second time
before it was looked for: a file by its name, a batch by the name in its metadata.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from ..errors import InputError, SetupError
from ..files import replacing
from ..providers import BATCH_ENDPOINT
from .meter import Meter
from .model import Model
from .transport import explain, retry_policy

if TYPE_CHECKING:
    from openai.types import Batch, FileObject

T = TypeVar("T")
_Item = TypeVar("_Item", "Batch", "FileObject")

MAX_REQUESTS = 50_000
"""Requests in one file at most. Source: the API reference of OpenAI, as in `openai.types.BatchCreateParams`."""
MAX_BYTES = 200_000_000
"""Size of one file at most; same source."""

_ENDED = frozenset({"completed", "failed", "expired", "cancelled"})
_NO_SUCH = frozenset({404, 405, 501})
_NAME = "brief"
"""The key of the metadata that holds a batch's name."""
_CROWDED = frozenset({"token_limit_exceeded", "rate_limit_exceeded"})


@dataclass(frozen=True, slots=True)
class RemoteBatch:
    """A batch as the provider tells.

    Attributes:
        id: The provider's id.
        status: `validating`, `in_progress`, `finalizing`, `completed`, `failed`, `expired`, `cancelling` or `cancelled`.
        files: The ids of the files with results and with errors, as far as there are any.
        done: Requests answered.
        failed: Requests that ended in an error.
        error: Why the whole was refused, in one line; empty if it was not.
        crowded: Whether it was refused only because too much waits already.
    """

    id: str
    status: str
    files: tuple[str, ...] = ()
    done: int = 0
    failed: int = 0
    error: str = ""
    crowded: bool = False

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self.status in _ENDED


@dataclass(frozen=True, slots=True)
class BatchApi:
    """The API at the endpoint of an open model.

    Attributes:
        model: Its client, its retries and its name for messages.

    Every method raises:
        SetupError: If the endpoint refuses the key or has no such API.
        EndpointError: If it fails after the retries.
    """

    model: Model

    async def upload(self, path: Path, name: str, *, tried: bool) -> str:
        """Return the id of the uploaded file.

        Args:
            path: The file.
            name: Its name at the provider, by which it is found again.
            tried: Whether an upload of that name was begun before.
        """

        async def find() -> str | None:
            async for file in _once_each(self.model.client.files.list(purpose="batch", order="desc")):
                if file.filename == name:
                    return file.id
            return None

        async def send() -> str:
            with path.open("rb") as stream:
                return (await self.model.client.files.create(file=(name, stream), purpose="batch")).id

        return await self._once(find, send, tried=tried)

    async def create(self, file_id: str, name: str, *, tried: bool) -> RemoteBatch:
        """Return the batch that runs an uploaded file; `name` and `tried` as in `upload`."""

        async def find() -> RemoteBatch | None:
            async for batch in _once_each(self.model.client.batches.list(limit=100)):
                if (batch.metadata or {}).get(_NAME) == name:
                    return _told(batch)
            return None

        async def send() -> RemoteBatch:
            return _told(
                await self.model.client.batches.create(
                    input_file_id=file_id, endpoint=BATCH_ENDPOINT, completion_window="24h", metadata={_NAME: name}
                )
            )

        return await self._once(find, send, tried=tried)

    async def retrieve(self, batch_id: str) -> RemoteBatch:
        """Return how far a batch is."""

        async def send() -> RemoteBatch:
            return _told(await self.model.client.batches.retrieve(batch_id))

        return await self._retried(send)

    async def download(self, file_id: str, path: Path) -> None:
        """Write a file of results to `path`, whole or not at all; raises InputError if the disk does not take it."""

        async def send() -> None:
            async with self.model.client.files.with_streaming_response.content(file_id) as response:
                with replacing(path) as file:
                    await response.stream_to_file(file)

        try:
            await self._retried(send)
        except OSError as error:
            raise InputError(f"{path} cannot be written ({error.strerror or error}).") from error

    async def _once(
        self, find: Callable[[], Awaitable[T | None]], send: Callable[[], Awaitable[T]], *, tried: bool
    ) -> T:
        """Send, but look first whether an earlier attempt had its effect."""

        async def look_or_send() -> T:
            nonlocal tried
            if tried and (found := await find()) is not None:
                return found
            tried = True
            return await send()

        return await self._retried(look_or_send)

    async def _retried(self, send: Callable[[], Awaitable[T]]) -> T:
        model = self.model
        try:
            async for attempt in retry_policy(Meter(), retries=model.retries, max_wait=model.max_wait):
                with attempt:
                    result = await send()
        except Exception as error:
            if getattr(error, "status_code", None) in _NO_SUCH:
                raise SetupError(
                    f"{model.endpoint} has no Batch API, or no longer has the file or batch that was asked for "
                    f"({getattr(error, 'status_code', '')}): use `brief batch`, or --to-file."
                ) from error
            told = explain(
                error,
                endpoint=model.endpoint,
                model=model.name,
                provider=model.provider.name,
                retried=model.retries > 0,
            )
            if told is None:
                raise
            raise told from error
        return result


async def _once_each(listed: AsyncIterable[_Item]) -> AsyncIterator[_Item]:
    """Yield what a list holds until something comes again: a server that knows no pages gives the first one for ever."""
    seen: set[str] = set()
    async for item in listed:
        if item.id in seen:
            return
        seen.add(item.id)
        yield item


def _told(batch: Batch) -> RemoteBatch:
    errors: list[Any] = list((batch.errors.data if batch.errors else None) or [])
    counts = batch.request_counts
    return RemoteBatch(
        id=batch.id,
        status=cast("str", batch.status),
        files=tuple(file_id for file_id in (batch.output_file_id, batch.error_file_id) if file_id),
        done=counts.completed if counts else 0,
        failed=counts.failed if counts else 0,
        error=" ".join(str(errors[0].message or errors[0].code or "").split()) if errors else "",
        crowded=bool(errors) and all(error.code in _CROWDED for error in errors),
    )
