"""The one door to a model: openai for the wire, instructor for structure, tenacity for retries.

Each kind of retry has one owner. The openai client's own retries are off. tenacity, around each single request,
retries transport failures. instructor asks again when an answer does not fit the schema. Whoever calls splits the
work when an answer was cut off or did not fit the context.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from ..errors import EndpointError, InputError, SetupError
from ..providers import PROVIDERS, Provider, Style, variant_for
from ..settings import Settings
from .bulk import open_bulk
from .cache import Cache
from .client import listed_models, make_client
from .control import defuse
from .gate import Gate
from .keys import find_key
from .model import Completion, Message, Model, Negotiated
from .transport import explain

__all__ = ["Cache", "Completion", "Gate", "Message", "Model", "choose_provider", "list_models", "open_model"]


def choose_provider(settings: Settings) -> Provider:
    """Return the profile that the settings mean; the built-in model's when nothing is configured.

    A named provider wins; then a local file or hub reference as the model; then a base URL; then the name of a model
    that runs here (`brief models`); then a key for OpenAI.

    Raises:
        InputError: If the base URL is no address.
        SetupError: If a model is named but no endpoint.
    """
    if settings.base_url:
        _check_address(settings.base_url)
    if settings.provider:
        return PROVIDERS[settings.provider]
    model = settings.model or ""
    if model.startswith("hf:") or model.endswith(".gguf"):
        return PROVIDERS["embedded"]
    if settings.base_url:
        address = settings.base_url
        return next((item for item in PROVIDERS.values() if item.serves(address)), PROVIDERS["custom"])
    if model and _is_local(model):
        return PROVIDERS["embedded"]
    if settings.api_key or settings.key_file or any(map(os.environ.get, PROVIDERS["openai"].key_env)):
        return PROVIDERS["openai"]
    if model:
        raise SetupError(
            f"The model {model!r} is named but no endpoint: add --provider or --base-url, set OPENAI_API_KEY, "
            "give a .gguf file, or pull a model that `brief models` lists."
        )
    return PROVIDERS["embedded"]


def _is_local(model: str) -> bool:
    from ..embedded.curated import is_name

    return is_name(model)


@asynccontextmanager
async def open_model(
    settings: Settings, *, progress: bool = False, cache: Cache | None = None, many: bool = False
) -> AsyncIterator[Model]:
    """Open the model that the settings mean, and close it (and a server started for it) at the end.

    Args:
        settings: See `Settings`.
        progress: Whether downloads may draw a progress bar on stderr.
        cache: Where answers are looked up and kept; None means the one in the folder `settings.cache`, if that is set.
        many: Whether many articles will use it at once.

    Raises:
        InputError: If the base URL is no address, or the model's name no reference.
        SetupError: If a key, a model's name, a package or a file is missing.
    """
    _quiet_libraries()
    provider = choose_provider(settings)
    async with AsyncExitStack() as stack:
        if cache is None and settings.cache is not None:
            cache = stack.enter_context(Cache(settings.cache))
        if provider.name == "embedded" and not settings.base_url:
            model = await _open_embedded(settings, provider, stack, progress=progress)
        else:
            model = await _open_remote(settings, provider, stack, many=many)
        yield replace(model, cache=cache)


async def list_models(settings: Settings) -> tuple[str, list[str]]:
    """Return the address of the configured endpoint and the models that it offers; ("", []) if none is configured.

    Raises:
        InputError, SetupError, EndpointError: If the endpoint cannot be asked.
    """
    provider = choose_provider(settings)
    if provider.name == "embedded" and not settings.base_url:
        return "", []
    async with AsyncExitStack() as stack:
        model = await _open_remote(settings.model_copy(update={"model": settings.model or "any"}), provider, stack)
        try:
            listed = await listed_models(model.client)
        except Exception as error:
            told = explain(error, endpoint=model.endpoint, model=model.name, provider=provider.name)
            if told is None:
                raise
            raise told from error
    if listed is None:
        raise EndpointError(f"{model.endpoint} lists no models: check --base-url, which mostly ends in /v1.")
    return model.endpoint, [item.id for item in listed]


_SAMPLED: Final = 8
"""Slots in which samples of one sentence are drawn side by side: the prompt is read once, and each token takes two thirds of
the processor time. Sentences still come one after the other, so the same article gives the same English again."""
_ROOM: Final = 1_500_000_000
"""Bytes that the caches of these slots may take."""


async def _open_embedded(settings: Settings, provider: Provider, stack: AsyncExitStack, *, progress: bool) -> Model:
    from ..embedded import EmbeddedServer, resolve

    weights = await asyncio.to_thread(resolve, settings.model, progress=progress)
    context = settings.context_tokens or provider.context_tokens
    style: Style = "completion" if weights.translates_only else weights.chat
    slots = settings.concurrency or provider.concurrency
    if style == "completion" and settings.effort != "fast" and weights.header.cache_bytes * context * _SAMPLED < _ROOM:
        slots = max(slots, _SAMPLED)
    server = stack.enter_context(EmbeddedServer(weights, slots=slots, context=context, threads=settings.threads))
    model = await _connect(
        settings, replace(provider, style=style), stack, server.base_url, server.api_key, server.model
    )
    return replace(
        model,
        endpoint="in-process",
        quality=weights.quality,
        sha256=weights.sha256,
        prompt_variant=settings.prompt_variant
        or weights.prompt_variant
        or variant_for(f"{weights.name} {weights.path.stem}", model.style),
        translates_only=weights.translates_only,
        plain=lambda text: server.plain(defuse(text)),
        choices=slots,
    )


async def _open_remote(settings: Settings, provider: Provider, stack: AsyncExitStack, *, many: bool = False) -> Model:
    base_url = settings.base_url or provider.base_url
    if base_url is None:
        raise SetupError(f"The provider {provider.name!r} needs the address of an endpoint: give --base-url.")
    _check_address(base_url)
    key = find_key(settings, provider)
    if key is None and provider.key_env and provider.name != "custom":
        raise SetupError(
            f"There is no key for {provider.title}: set {provider.key_env[0]}, or choose another --provider."
        )
    name = settings.model or provider.default_model
    if not name:
        raise SetupError(
            f"No model is named for {provider.title}: give --model or BRIEF_MODEL (`brief models` lists them)."
        )
    return await _connect(settings, provider, stack, base_url, key.value if key else "none", name, many=many)


async def _connect(
    settings: Settings,
    provider: Provider,
    stack: AsyncExitStack,
    base_url: str,
    key: str,
    name: str,
    *,
    many: bool = False,
) -> Model:
    import httpx2

    try:
        client = make_client(base_url, key, timeout=settings.timeout)
    except httpx2.InvalidURL:
        raise _no_address(base_url) from None
    await stack.enter_async_context(client)
    send = await stack.enter_async_context(open_bulk(client)) if many else None
    concurrency = settings.concurrency or provider.concurrency
    style = settings.style or provider.style
    temperature = settings.temperature if settings.temperature is not None else provider.temperature
    return Model(
        name=name,
        provider=provider,
        endpoint=_without_credentials(base_url),
        style=style,
        context_tokens=settings.context_tokens or provider.context_tokens,
        temperature=temperature,
        retries=settings.retries,
        max_wait=settings.max_wait,
        reasks=settings.reasks,
        quality="unrated",
        sha256=None,
        client=client,
        send=send,
        concurrency=concurrency,
        gate=Gate(concurrency, max_wait=settings.max_wait),
        negotiated=Negotiated(settings.mode or provider.modes[0]),
        prompt_folders=(settings.prompts_dir,) if settings.prompts_dir else (),
        prompt_variant=settings.prompt_variant or variant_for(name, style),
    )


def _check_address(url: str) -> None:
    """Raise InputError unless it is an address; what only the HTTP client refuses is found when it is opened."""
    try:
        parts = urlsplit(url)
        whole = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:  # a bracket without its other half, a port that is no number or too large
        whole = False
    if not whole:
        raise _no_address(url)


def _no_address(url: str) -> InputError:
    shown = url.rsplit("@", 1)[-1]  # a password may stand before it
    return InputError(f"{shown!r} is not an address: --base-url wants one like http://127.0.0.1:8080/v1.")


def _without_credentials(url: str) -> str:
    parts = urlsplit(url)
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    return urlunsplit((parts.scheme, f"{host}:{parts.port}" if parts.port else host, parts.path.rstrip("/"), "", ""))


def _quiet_libraries() -> None:
    """Keep instructor from printing errors that the caller reports in one sentence."""
    logging.getLogger("instructor").addHandler(logging.NullHandler())
    logging.getLogger("instructor").propagate = False
