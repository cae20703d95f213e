"""A transport that sends nothing: answers come later, by file, and a request without one is noted.

The pipeline runs as ever, with this in place of the network. A request without an answer ends what depends on it by
cancellation, as Ctrl-C would. What runs beside it goes on, so that one pass over an article notes all that can be asked
now, and nothing goes on from half an answer. The next pass finds the answers and comes as far as the next question: a
re-ask, a repair, a merge. Above the transport nothing knows of this: an answer that does not fit is asked for again, one
that was cut off is split, and an error in a line is explained, by the same code as when they come over the wire.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Awaitable
from contextlib import ExitStack, asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

import httpx2
from pydantic import SecretStr

from ..errors import BriefError, EndpointError, SetupError
from ..settings import Settings
from . import choose_provider, open_model
from .cache import Cache
from .model import Model

T = TypeVar("T")

AT_ONCE = 512
"""Requests of one article that one pass notes at most; what is beyond comes with the next."""


class Answers(Protocol):
    """Where requests are noted and answers found."""

    def find(self, request_id: str) -> tuple[int, str] | None:
        """Return the HTTP status and the JSON of the answer to a request, or None if there is none yet."""

    def want(self, request_id: str, body: str) -> None:
        """Note a request that has no answer; a second time changes nothing."""


@dataclass(slots=True)
class Pass:
    """What one pass over an article asked.

    Attributes:
        asked: The ids of all requests.
        missing: Of these, those without an answer.
        good: Answers for the cache, by its key.
        broken: What is wrong with the answers' store itself.
    """

    asked: set[str] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)
    good: dict[str, str] = field(default_factory=dict)
    broken: BriefError | None = None


_current: ContextVar[Pass] = ContextVar("pass")


class HeldCache(Cache):
    """A cache that takes the answers of an article only when it is done.

    An answer that a later pass found in the cache would count as one that was not paid for.
    """

    def put(self, key: str, answer: str) -> None:
        """Hold an answer back until `release`."""
        _current.get().good[key] = answer

    def release(self, done: Pass) -> None:
        """Keep what a pass that came to its end found good."""
        for key, answer in done.good.items():
            super().put(key, answer)


class DeferredTransport(httpx2.AsyncBaseTransport):
    """Answers chat completions from `Answers`; see the module."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the answer as a response; raises CancelledError if there is none yet."""
        body = json.loads(await request.aread())
        request_id = identify(body)
        seen = _current.get()
        again = request_id in seen.asked
        seen.asked.add(request_id)
        try:
            answer = self._answers.find(request_id)
            if answer is None:
                # In the order in which it was made: a model writes the fields in the order of the schema.
                self._answers.want(request_id, json.dumps(body, ensure_ascii=False, separators=(",", ":")))
        except BriefError as error:  # the client would take it for a lost connection
            seen.broken, answer = error, None
        if answer is None:
            seen.missing.add(request_id)
            raise asyncio.CancelledError("the answer comes with a later wave")
        status, text = answer
        return httpx2.Response(
            status,
            content=(_without_usage(text) if again else text).encode(),
            headers={"content-type": "application/json"},
            request=request,
        )


def _without_usage(body: str) -> str:
    """Return a completion that counts nothing: the same request, asked twice, is sent and paid once."""
    return json.dumps({**json.loads(body), "usage": None}, ensure_ascii=False)


def identify(body: object) -> str:
    """Return the id of a request: 128 bits of its canonical JSON's SHA-256, in hexadecimal.

    It serves as `custom_id`, for which OpenAI takes up to 64 characters.
    """
    canonical = json.dumps(body, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:32]


@asynccontextmanager
async def open_deferred(settings: Settings, answers: Answers) -> AsyncIterator[Model]:
    """Open the model that the settings mean, with `answers` in place of its endpoint; it needs no key.

    Raises:
        SetupError: If a model's name or an address is missing, or the built-in model is meant.
    """
    if choose_provider(settings).name == "embedded" and not settings.base_url:
        raise SetupError(
            "The built-in model has no Batch API: name an endpoint with --provider or --base-url, or use `brief batch`."
        )
    settings = settings.model_copy(update={"api_key": SecretStr("none"), "retries": 0, "concurrency": AT_ONCE})
    with ExitStack() as stack:
        cache = stack.enter_context(HeldCache(settings.cache)) if settings.cache else None
        http = httpx2.AsyncClient(transport=DeferredTransport(answers))
        async with http, open_model(settings, cache=cache) as model:
            yield replace(model, client=model.client.with_options(http_client=http))


async def attempt(work: Awaitable[T], seen: Pass) -> T | None:
    """Run work against a deferred transport as far as the answers reach.

    Args:
        work: What asks.
        seen: Filled with what it asked, however it ends.

    Returns:
        Its result, or None if an answer is missing.

    Raises:
        BriefError: As the work, or if the answers' store is broken.
    """
    before = _current.set(seen)
    try:
        result = await work
    except EndpointError:
        if seen.missing:
            return None  # an error that another answer may yet belie
        raise
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if not seen.missing or (task is not None and task.cancelling()):
            raise  # this is Ctrl-C
        return None
    finally:
        _current.reset(before)
        if seen.broken is not None:
            raise seen.broken
    return None if seen.missing else result
