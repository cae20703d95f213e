"""Chat completions by aiohttp itself, for whoever has many requests in flight.

The openai client builds and reads each request in layers that look at every part of it; with the stub endpoint of
`benchmarks/batch_throughput.py` that was two thirds of what a request took of this process. What goes over the wire,
what comes back and what is raised are the same.
"""

from __future__ import annotations

import json
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from .client import is_loopback

if TYPE_CHECKING:
    import openai

Send = Callable[[dict[str, Any]], Awaitable[Any]]
"""Body of a chat completion → `openai.types.chat.ChatCompletion`; raises what the openai client raises."""

_KEPT_OPEN: Final = 30.0
"""Seconds that an unused connection is kept: less than most servers do, so that none is closed while a request goes out."""


@asynccontextmanager
async def open_bulk(client: openai.AsyncOpenAI) -> AsyncIterator[Send | None]:
    """Open connections beside an openai client: to its address, with its headers, its timeout, and no retries.

    Yields:
        What sends; None if the environment names a proxy that aiohttp does not speak to, such as SOCKS.
    """
    import aiohttp
    import httpx2
    import openai
    from openai.types.chat import ChatCompletion

    url = f"{str(client.base_url).rstrip('/')}/chat/completions"
    proxy = _proxy(url)
    if proxy is not None and urlsplit(proxy).scheme not in {"http", "https"}:
        yield None
        return
    headers = {name: value for name, value in client.default_headers.items() if isinstance(value, str)}
    seconds = client.timeout if isinstance(client.timeout, (int, float)) else None
    asked = httpx2.Request("POST", url)
    connector = aiohttp.TCPConnector(
        limit=0,  # the gate holds the limit
        keepalive_timeout=_KEPT_OPEN,
        ssl=httpx2.create_ssl_context() if url.startswith("https:") else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
    )

    async with aiohttp.ClientSession(
        connector=connector,
        headers={**headers, **client.auth_headers},
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=seconds, sock_read=seconds),
        cookie_jar=aiohttp.DummyCookieJar(),
    ) as session:

        async def send(body: dict[str, Any]) -> Any:
            data = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
            try:
                async with session.post(url, data=data, allow_redirects=False, proxy=proxy) as response:
                    content = await response.read()
            except TimeoutError as error:
                raise openai.APITimeoutError(asked) from error
            except (aiohttp.ClientError, OSError) as error:
                raise openai.APIConnectionError(request=asked) from error
            if response.status >= 300:
                raise _refusal(httpx2.Response(response.status, headers=response.headers, request=asked), content)
            try:
                return ChatCompletion.model_validate_json(content)
            except (
                ValueError
            ):  # endpoints leave out, or say otherwise, what nobody needs: so the openai client reads it
                answer = json.loads(content)
                return ChatCompletion.construct(**answer) if isinstance(answer, dict) else answer

        yield send


def _refusal(response: Any, content: bytes) -> openai.APIStatusError:
    import openai

    text = content.decode("utf-8", "replace").strip()
    try:
        body = json.loads(text)
    except ValueError:
        body = text
    return openai.APIStatusError(f"Error code: {response.status_code}", response=response, body=body)


def _proxy(url: str) -> str | None:
    """Return the proxy that the environment names for an address; never one for this machine."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if is_loopback(host) or proxy_bypass(host):
        return None
    named = getproxies()
    return named.get(parts.scheme) or named.get("all")
