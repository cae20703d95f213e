"""Provider profiles: what differs between OpenAI-compatible endpoints, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

Mode = Literal["json_schema", "tools", "json"]
"""How structured output is asked for; the names are instructor's."""

Style = Literal["instruct", "completion"]
"""`instruct`: follows instructions and may write a brief. `completion`: only continues text, may not."""


@dataclass(frozen=True, slots=True)
class Provider:
    """What the program must know of an endpoint.

    Attributes:
        name: The name for `--provider`.
        title: The name for people.
        base_url: Where it listens; None means that the person must say.
        key_env: Environment variables that may hold the key, first one first; empty: no key needed.
        default_model: Used if no model is named; None means that the person must name one.
        modes: Ways of asking for structured output, the best first; the next one is tried (and reported) when
            an endpoint refuses one.
        strict: Whether to send `strict: true` with a JSON schema.
        style: What models behind it can be trusted with.
        context_tokens: Context that may be counted on if nothing is configured.
        max_tokens_field: The request field that limits the output.
        temperature: Sent if nothing is configured; None leaves it out (some models refuse any).
        concurrency: Requests in flight for one article.
        batch_concurrency: Requests in flight at most for a batch, which begins with fewer and looks how far it can go.
        batch_price: What a request in a batch costs, as a part of the price of a single one; None if it is not known.
        extra_body: Fields added to every request.
    """

    name: str
    title: str
    base_url: str | None = None
    key_env: tuple[str, ...] = ()
    default_model: str | None = None
    modes: tuple[Mode, ...] = ("json_schema", "tools", "json")
    strict: bool = False
    style: Style = "instruct"
    context_tokens: int = 8192
    max_tokens_field: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    temperature: float | None = 0.0
    concurrency: int = 4
    batch_concurrency: int = 32
    batch_price: float | None = None
    extra_body: MappingProxyType[str, Any] = field(default_factory=lambda: MappingProxyType({}))


PROVIDERS: MappingProxyType[str, Provider] = MappingProxyType(
    {
        provider.name: provider
        for provider in (
            Provider(
                name="embedded",
                title="the built-in llama.cpp",
                modes=("json_schema",),
                context_tokens=4096,
                batch_concurrency=1,
                concurrency=1,  # one slot: the only way to the same answer twice
                extra_body=MappingProxyType({"cache_prompt": True}),
            ),
            Provider(
                name="openai",
                title="OpenAI",
                base_url="https://api.openai.com/v1",
                key_env=("OPENAI_API_KEY",),
                default_model="gpt-5-mini",
                strict=True,
                context_tokens=128_000,
                max_tokens_field="max_completion_tokens",
                temperature=None,
                concurrency=8,
                batch_concurrency=64,
                batch_price=0.5,  # platform.openai.com/docs/guides/batch: "50% cost discount compared to synchronous APIs"
            ),
            Provider(
                name="ollama", title="Ollama", base_url="http://127.0.0.1:11434/v1", concurrency=2, batch_concurrency=2
            ),
            Provider(
                name="llamacpp",
                title="llama.cpp server",
                base_url="http://127.0.0.1:8080/v1",
                concurrency=2,
                batch_concurrency=2,
            ),
            Provider(
                name="vllm",
                title="vLLM",
                base_url="http://127.0.0.1:8000/v1",
                context_tokens=16_384,
                concurrency=16,
                batch_concurrency=128,
            ),
            Provider(name="custom", title="an OpenAI-compatible endpoint", key_env=("OPENAI_API_KEY",)),
        )
    }
)
