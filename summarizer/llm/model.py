"""One open connection to one model: text completions and structured answers, metered and retried."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypedDict, TypeVar

from pydantic import BaseModel, ValidationError

from ..concurrency import together
from ..errors import BriefError, ContentFilteredError, ContextTooLongError, InvalidAnswerError, TruncatedError
from ..providers import Mode, Provider, Style
from .answers import failure_in, is_completion, mean_logprob, text_of, tokens_of
from .bulk import Send
from .cache import Cache, request_key
from .control import defuse
from .gate import Gate
from .meter import Meter
from .transport import explain, no_completion, refuses_structure, retry_policy
from .wire import response_format

if TYPE_CHECKING:
    import openai

T = TypeVar("T", bound=BaseModel)

_FENCED = re.compile(r"^\s*```(?:json)?\s*\n(?P<inner>.*?)\n?```\s*$", re.DOTALL)

MOST_CHARS_PER_TOKEN = 8
"""More than any tokenizer reaches over a whole prompt: about 4 in English, fewer in German."""


class Message(TypedDict):
    """One turn of a chat."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Completion:
    """A continuation.

    Attributes:
        text: What the model wrote, stripped.
        logprob: Mean log-probability of its tokens; None if the endpoint does not tell.
    """

    text: str
    logprob: float | None = None


@dataclass(frozen=True, slots=True)
class _Got:
    """The answer to one request, the key of that request, and whether it was in the cache."""

    key: str
    answer: Any
    cached: bool


@dataclass(slots=True)
class Negotiated:
    """What was learnt of the endpoint; shared by all copies of a model."""

    mode: Mode
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Model:
    """The door to a model. Make one with `llm.open_model`.

    Attributes:
        name: The model's name at the endpoint.
        provider: The endpoint's profile.
        endpoint: Base URL without credentials, or `in-process`.
        style: What the model can be trusted with.
        context_tokens: Its context in tokens.
        temperature: Sent with each request unless None.
        retries: Transport retries for one request.
        max_wait: Longest pause before a retry in seconds.
        reasks: Times to ask again when an answer does not fit the schema.
        quality: `demo` if the model is known to be too small for work.
        sha256: Of the weights, if they are a local file.
        concurrency: Requests in flight at most.
        gate: Holds that, and the limits of rate and budget, for everything that uses this model.
        client: The openai client; its own retries are off.
        send: Takes its place for chat completions where many are in flight (see `bulk`).
        plain: Makes the model's control words plain text; every message passes it.
        meter: Where this copy counts; `for_article` gives a copy with a fresh one.
        cache: Where answers are looked up before the endpoint is asked, and kept once they are known to be good.
        prompt_folders: A user's folders of templates, which win over the built-in ones.
        prompt_variant: Which variant of a template is taken where there is one (`news.small.j2`).
        choices: Continuations that one request may ask for; they share the reading of its prompt.
        translates_only: Whether it follows no other instruction than to translate.
    """

    name: str
    provider: Provider
    endpoint: str
    style: Style
    context_tokens: int
    temperature: float | None
    retries: int
    max_wait: float
    reasks: int
    quality: Literal["demo", "unrated"]
    sha256: str | None
    client: openai.AsyncOpenAI
    concurrency: int
    gate: Gate
    negotiated: Negotiated
    plain: Callable[[str], str] = defuse
    send: Send | None = None
    meter: Meter = field(default_factory=Meter)
    cache: Cache | None = None
    prompt_folders: tuple[Path, ...] = ()
    prompt_variant: str = ""
    choices: int = 1
    translates_only: bool = False

    def for_article(self) -> Model:
        """Return this model with a meter of its own."""
        return replace(self, meter=Meter())

    @property
    def notes(self) -> tuple[str, ...]:
        """What was noticed of the endpoint and should be told once."""
        return (*self.negotiated.notes, *([self.cache.note] if self.cache and self.cache.note else ()))

    @property
    def mode(self) -> Mode:
        """How structured output is asked for now: the profile's first mode that the endpoint did not refuse."""
        return self.negotiated.mode

    async def complete(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        stop: Sequence[str] = (),
        logprob: bool = True,
    ) -> Completion:
        """Return the likeliest continuation in plain text (at the model's temperature).

        Args:
            messages: The prompt.
            max_tokens: Where it is cut off.
            stop: Texts before which it ends.
            logprob: Whether its log-probability is wanted, which costs llama.cpp 2 to 5 ms a token for 262,000 words.

        Raises:
            EndpointError: If the endpoint fails after the retries, or filters the text.
            SetupError: If the key, the address or the model's name is wrong.
        """
        return (await self._continue(messages, max_tokens=max_tokens, stop=stop, logprob=logprob))[0]

    async def sample(
        self,
        messages: Sequence[Message],
        n: int,
        *,
        max_tokens: int,
        temperature: float,
        stop: Sequence[str] = (),
        after: int = 0,
    ) -> list[Completion]:
        """Return `n` continuations drawn at a temperature, with seeds from 1 on: the same ones whenever it is asked again.

        Args:
            messages: The prompt.
            n: How many, at least 1.
            max_tokens: Of each.
            temperature: Above 0.
            stop: Texts at which one ends.
            after: Seeds that were drawn with before, so that these are others.

        Raises:
            EndpointError, SetupError: As in `complete`.
        """
        drawn = await together(
            self._continue(
                messages,
                max_tokens=max_tokens,
                stop=stop,
                temperature=temperature,
                seed=after + first + 1,
                n=min(self.choices, n - first),
            )
            for first in range(0, n, self.choices)
        )
        return [completion for completions in drawn for completion in completions]

    async def _continue(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        stop: Sequence[str],
        temperature: float | None = None,
        seed: int | None = None,
        n: int = 1,
        logprob: bool = True,
    ) -> list[Completion]:
        parameters: dict[str, Any] = {"logprobs": True} if logprob and self.style == "completion" else {}
        if stop:
            parameters["stop"] = list(stop)
        if seed is not None:
            parameters["seed"] = seed
        if temperature is not None:
            parameters["temperature"] = temperature
        if n > 1:
            parameters["n"] = n
        try:
            got = await self._create(
                {"messages": list(messages), self.provider.max_tokens_field: max_tokens, **parameters}
            )
        except Exception as error:
            told = self._explain(error)
            if told is None:
                raise
            raise told from error
        choices = got.answer.choices
        if all(choice.finish_reason != "length" for choice in choices):
            self._keep(got)
        return [Completion(text=text_of(choice).strip(), logprob=mean_logprob(choice)) for choice in choices]

    async def extract(self, messages: Sequence[Message], schema: type[T], *, max_tokens: int) -> T:
        """Return an instance of `schema` (made by `wire.grounded` or `wire.keyed`) that the model wrote.

        Raises:
            TruncatedError: If the answer hit the token limit: split the work.
            ContextTooLongError: If the request does not fit: split the work.
            ContentFilteredError: If the endpoint's filter stopped it.
            InvalidAnswerError: If the answer did not fit the schema, also after the re-asks.
            EndpointError, SetupError: As in `complete`.
        """
        while True:
            mode = self.negotiated.mode
            try:
                return await self._extract(messages, schema, mode, max_tokens)
            except Exception as error:  # noqa: BLE001  # raised again, as it is or explained
                cause = _unwrap(error)
                if refuses_structure(cause) and self._next_mode(mode):
                    continue
                told = self._explain(cause)
                if told is None:
                    raise cause from cause.__cause__
                raise told from cause

    async def _extract(self, messages: Sequence[Message], schema: type[T], mode: Mode, max_tokens: int) -> T:
        limit: dict[str, Any] = {self.provider.max_tokens_field: max_tokens}
        exchange: list[_Got] = []
        if mode == "json_schema":
            # For each request instructor walks all classes of the schema, which takes longer than all the rest. So it is
            # called when there is something to ask again; its first request would have been this one.
            got = await self._create({"messages": list(messages), "response_format": response_format(schema), **limit})
            try:
                answer = schema.model_validate_json(text_of(got.answer.choices[0]))
            except ValidationError:
                exchange.append(got)
            else:
                self._keep(got)
                return answer
        return await self._negotiate(messages, schema, mode, limit, exchange)

    async def _negotiate(
        self,
        messages: Sequence[Message],
        schema: type[T],
        mode: Mode,
        limit: dict[str, Any],
        exchange: list[_Got],
    ) -> T:
        """Ask by way of instructor, which asks again; an answer in `exchange` takes the place of the first request's."""
        import instructor

        at_hand = list(exchange)

        async def counted(**request: Any) -> Any:
            if at_hand:
                return at_hand.pop().answer
            exchange.append(await self._create(request, reask=bool(exchange)))
            return exchange[-1].answer

        # No `context=` here, ever: instructor would render article text as a Jinja template.
        create: Any = instructor.patch(create=counted, mode=instructor.Mode(_INSTRUCTOR_MODES[mode]))
        answer: T = await create(response_model=schema, max_retries=self.reasks, messages=list(messages), **limit)
        # What was right in the end, also after re-asks, answers the first request next time.
        self._keep(exchange[-1], key=exchange[0].key)
        return answer

    def _keep(self, got: _Got, key: str = "") -> None:
        """Put an answer that was found good into the cache, unless it comes from there."""
        if self.cache is not None and not got.cached:
            self.cache.put(key or got.key, got.answer.model_dump_json(exclude_unset=True))

    def _next_mode(self, refused: Mode) -> bool:
        """Go on to the next mode of the profile; False if there is none left."""
        modes = self.provider.modes
        if self.negotiated.mode != refused:  # a request beside this one has already moved on
            return True
        following = modes[modes.index(refused) + 1 :] if refused in modes else ()
        if not following:
            return False
        self.negotiated.mode = following[0]
        self.negotiated.notes.append(f"{self.endpoint} refuses structured output by {refused}; {following[0]} is used")
        return True

    async def _create(self, request: dict[str, Any], *, reask: bool = False) -> _Got:
        """Return the answer to one request, from the cache or the endpoint, its end looked at."""
        request["messages"] = self._as_text(request["messages"])
        request.setdefault("temperature", self.temperature)
        if request["temperature"] is None:
            del request["temperature"]
        structured = "response_format" in request or "tools" in request
        if self.provider.strict and request.get("response_format", {}).get("type") == "json_schema":
            request["response_format"]["json_schema"]["strict"] = True
        got = await self._fetch(request, reask=reask)
        if self.provider.cuts_silently:
            self._look_at_prompt(request["messages"], got.answer)
        self._look_at_end(got.answer, structured=structured)
        return got

    async def _fetch(self, request: dict[str, Any], *, reask: bool) -> _Got:
        """Look the request up; on a miss send it: limited, retried on transport failures, metered."""
        extra = dict(self.provider.extra_body)
        key = ""
        if self.cache is not None:
            body = {"model": self.name, **request, **extra}
            key = request_key(self.endpoint, self.sha256, body)
            kept = _completion(self.cache.get(key))
            if kept is not None:
                self.meter.cached_answers += 1
                return _Got(key, kept, cached=True)
            await self.cache.missed(key, body)
        self.meter.reasks += reask
        limit = request[self.provider.max_tokens_field]
        async for attempt in retry_policy(self.meter, retries=self.retries, max_wait=self.max_wait):
            with attempt:
                async with self.gate.place(request, limit) as ticket:
                    with self.meter.waiting():
                        self.meter.requests += 1
                        answer = await self._send({**request, **extra})
                    ticket.used = tokens_of(answer)
        self.meter.count(ticket.used)
        return _Got(key, answer, cached=False)

    def _as_text(self, part: Any) -> Any:
        """Return messages without control words anywhere: what a re-ask quotes is foreign text too."""
        if isinstance(part, str):
            return self.plain(part)
        if isinstance(part, list):
            return [self._as_text(item) for item in part]
        if isinstance(part, dict):
            return {name: self._as_text(value) for name, value in part.items()}
        return part

    async def _send(self, request: dict[str, Any]) -> Any:
        from openai.types.chat import ChatCompletion

        body = {"model": self.name, **request}
        try:
            if self.send is not None:
                answer = await self.send(body)
            else:
                # `chat.completions.create` looks at every node of the schema before it does just this.
                answer = await self.client.post(
                    "/chat/completions",
                    cast_to=ChatCompletion,
                    body=body,
                    options={"security": {"bearer_auth": True}},
                )
        except (json.JSONDecodeError, UnicodeDecodeError) as error:
            # Left to itself instructor takes it for an answer that does not fit.
            raise no_completion(self.endpoint) from error
        failure = failure_in(answer, self.endpoint)
        if failure is not None:
            raise failure
        return answer

    def _look_at_prompt(self, messages: Any, answer: Any) -> None:
        """Raise ContextTooLongError if far fewer tokens were read than the prompt must have."""
        tokens = tokens_of(answer)
        read = tokens.read if tokens else 0
        sent = sum(len(message.get("content") or "") for message in messages)
        if read and sent > read * MOST_CHARS_PER_TOKEN:
            raise ContextTooLongError(
                f"{self.endpoint} read only {read:,} tokens of a prompt of {sent:,} characters and dropped the rest: "
                "set its context (OLLAMA_CONTEXT_LENGTH) and BRIEF_CONTEXT_TOKENS to the same number."
            )

    def _look_at_end(self, answer: Any, *, structured: bool) -> None:
        if not is_completion(answer):
            raise no_completion(self.endpoint)
        for choice in answer.choices:
            refusal = getattr(choice.message, "refusal", None)
            if choice.finish_reason == "content_filter" or refusal:
                raise ContentFilteredError(
                    f"The content filter of {self.endpoint} stopped the answer{f' ({refusal})' if refusal else ''}."
                )
            if structured:
                if choice.finish_reason == "length":
                    raise TruncatedError(f"The answer of {self.name!r} ended at its token limit.")
                fenced = _FENCED.match(text_of(choice))
                if fenced:
                    choice.message.content = fenced["inner"]

    def _explain(self, error: Exception) -> BriefError | None:
        """Return what is to be said of an answer or an endpoint; None if the error is not theirs (see `explain`)."""
        from instructor.core.exceptions import AsyncValidationError, InstructorRetryException, ResponseParsingError

        unfit = (ValidationError, json.JSONDecodeError, AsyncValidationError, ResponseParsingError)
        if isinstance(error, (*unfit, InstructorRetryException)):
            reason = _first_error(error) if isinstance(error, ValidationError) else " ".join(str(error).split())
            return InvalidAnswerError(
                f"The answer of {self.name!r} did not fit the schema, also after {self.reasks} re-asks "
                f"({reason[:200]}): try another model, or another BRIEF_MODE."
            )
        return explain(
            error,
            endpoint=self.endpoint,
            model=self.name,
            provider=self.provider.name,
            retried=self.retries > 0,
        )


_INSTRUCTOR_MODES: dict[Mode, str] = {
    "json_schema": "json_schema_mode",
    "tools": "tool_call",
    "json": "json_mode",
}


def _completion(kept: str | None) -> Any:
    """Return a kept answer as the client would have given it; None if there is none or it is damaged."""
    from openai.types.chat import ChatCompletion

    try:
        return ChatCompletion.model_validate_json(kept) if kept else None
    except ValidationError:
        return None


def _unwrap(error: Exception) -> Exception:
    """Return the real cause of instructor's wrapper."""
    from instructor.core.exceptions import InstructorRetryException

    while isinstance(error, InstructorRetryException) and isinstance(error.__cause__, Exception):
        error = error.__cause__
    return error


def _first_error(error: ValidationError) -> str:
    """Return where the first error is and what it is, without the answer's own words."""
    first = error.errors(include_url=False, include_input=False)[0]
    where = "/".join(str(part) for part in first["loc"])
    return f"{where}: {first['msg']}" if where else first["msg"]
