"""The openai client for one address: no retries of its own, and nothing sent elsewhere than to that address."""

from __future__ import annotations

import ipaddress
import ssl
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import openai
    import openai.types


def make_client(base_url: str, key: str, *, timeout: float) -> openai.AsyncOpenAI:
    """Return a client for an endpoint; close it with `async with`.

    - A server on this machine is never asked through a proxy of the environment, which would be given the article.
    - A redirect is not followed but reported (see `transport`): an article goes where the person said.
    - For `http://` no authorities are loaded, which takes 30 ms or more and would serve nothing.

    Args:
        base_url: Up to `/v1`.
        key: Sent as the bearer token.
        timeout: Seconds for one request.
    """
    import openai

    address = urlsplit(base_url)
    http = openai.DefaultAsyncHttpxClient(
        trust_env=not is_loopback(address.hostname or ""),
        verify=True if address.scheme == "https" else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
        follow_redirects=False,
    )
    return openai.AsyncOpenAI(base_url=base_url, api_key=key, max_retries=0, timeout=timeout, http_client=http)


def is_loopback(host: str) -> bool:
    """Tell whether a host name or address means this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


async def listed_models(client: openai.AsyncOpenAI) -> list[openai.types.Model] | None:
    """Return the models that an endpoint lists, by name; None if what it answers is no such list.

    Raises:
        openai.OpenAIError: If it cannot be asked.
    """
    try:
        page = await client.models.list()
    except (ValueError, AttributeError):  # no JSON, or JSON that openai takes for a page without looking
        return None
    models = getattr(page, "data", None)
    if not isinstance(models, list) or not all(isinstance(getattr(model, "id", None), str) for model in models):
        return None
    return sorted(models, key=lambda model: model.id)
