"""Fetching a page that the user named: public addresses only, within bounds of size, time and redirects.

A page or a redirect must not make this machine ask a service of its own network. So the host name is looked up once,
every address that comes back must be public, and the connection goes to the very address that was looked at: what
DNS says a moment later changes nothing. Proxies of the environment are not used, since they would look up again.
"""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, Final, NamedTuple

from .. import __version__
from ..errors import InputError
from ..extras import require
from .decode import MAX_BYTES

if TYPE_CHECKING:
    from httpx2 import URL, AsyncClient, Response

MAX_REDIRECTS: Final = 5
MAX_SECONDS: Final = 30.0
"""For all of a page, redirects included."""
AGENT: Final = f"brief/{__version__}"
"""How this program names itself to servers, and the name that robots.txt may address (before the slash)."""

_IDLE_SECONDS: Final = 10.0
_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)  # two letters: C:// is a drive
_NAT64: Final = IPv6Network("64:ff9b::/96")

Address = IPv4Address | IPv6Address


class Page(NamedTuple):
    """What a server sent.

    Attributes:
        url: Where it was found, after redirects.
        media_type: Without parameters, in small letters; empty if the server did not say.
        data: The body, decompressed.
        status: What the server answered.
    """

    url: str
    media_type: str
    data: bytes
    status: int = 200


def is_public(address: Address) -> bool:
    """Tell whether an address belongs to the public internet, also the one that an IPv6 address embeds."""
    if isinstance(address, IPv6Address):
        embedded = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if embedded is None and address in _NAT64:
            embedded = IPv4Address(int(address) & 0xFFFFFFFF)
        if embedded is not None:
            return is_public(embedded)
        if address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def is_address(name: str) -> bool:
    """Tell whether this names something on a network, and no path; `fetch` takes http and https alone."""
    return _ADDRESS.match(name) is not None


def fetch(
    url: str,
    *,
    max_bytes: int = MAX_BYTES,
    max_seconds: float = MAX_SECONDS,
    permitted: Callable[[Address], bool] = is_public,
    any_status: bool = False,
) -> Page:
    """Return the page at an http(s) address.

    Args:
        url: The address, without a user name.
        max_bytes: Largest body, decompressed.
        max_seconds: Longest time for everything.
        permitted: Which addresses may be connected to.
        any_status: Return also what is not a success.

    Raises:
        InputError: The address is none that may be asked for, or the server does not give the page within the bounds.
        SetupError: The extra `web` is missing.
    """
    httpx2 = require("httpx2", "web", "Fetching web pages")

    async def bounded() -> Page:
        try:  # the one bound that also holds against a server that sends its headers byte by byte
            async with asyncio.timeout(max_seconds):
                page = await _follow(url, max_bytes, permitted)
        except TimeoutError:
            raise InputError(f"{url} takes more than {max_seconds:g} s; save the page and give the file.") from None
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as error:
            raise InputError(f"{url} cannot be fetched: {_reason(error)}.") from error
        if any_status or 200 <= page.status < 300:
            return page
        raise InputError(f"{url} cannot be fetched: the server answers {page.status}.")

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(bounded())
    with ThreadPoolExecutor(1) as thread:  # called inside a loop, as `asummarize` is
        return thread.submit(asyncio.run, bounded()).result()


async def _follow(url: str, max_bytes: int, permitted: Callable[[Address], bool]) -> Page:
    import httpx2

    headers = {"User-Agent": AGENT, "Accept": "text/html,application/xhtml+xml,*/*;q=0.5", "Accept-Language": "de"}
    async with httpx2.AsyncClient(trust_env=False, timeout=_IDLE_SECONDS, headers=headers) as client:
        target = httpx2.URL(url)
        for _ in range(MAX_REDIRECTS + 1):
            page = await _get(client, target, max_bytes, permitted)
            if isinstance(page, Page):
                return page
            target = page
    raise InputError(f"{url} cannot be fetched: more than {MAX_REDIRECTS} redirects.")


async def _get(client: AsyncClient, url: URL, max_bytes: int, permitted: Callable[[Address], bool]) -> Page | URL:
    """Return the page, or where the server sends on to."""
    address = await _resolve(url, permitted)
    name = url.raw_host.decode("ascii")
    # The connection goes to the address, the request and the certificate are the named host's.
    headers = {"Host": url.netloc.decode("ascii")}
    async with client.stream(
        "GET", url.copy_with(host=str(address)), headers=headers, extensions={"sni_hostname": name}
    ) as response:
        if response.has_redirect_location:
            return url.join(response.headers["location"])
        data = await _body(response, url, max_bytes)
        media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        return Page(str(url), media_type, data, response.status_code)


async def _resolve(url: URL, permitted: Callable[[Address], bool]) -> Address:
    """Return the address to connect to, if all that the host name stands for are permitted."""
    if url.scheme not in ("http", "https") or not url.host:
        raise InputError(f"{url} is no web address; only http and https are fetched, and a file is named by its path.")
    if url.userinfo:
        raise InputError(f"The address of {url.host} holds a user name; give it without.")
    try:
        found = await asyncio.get_running_loop().getaddrinfo(url.host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise InputError(f"There is no host {url.host}; look at the address again.") from None
    addresses = [ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    refused = next((address for address in addresses if not permitted(address)), None)
    if refused is not None:
        raise InputError(f"{url} leads to {refused}, which is not a public address, so it is not asked.")
    return addresses[0]


async def _body(response: Response, url: URL, max_bytes: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for part in response.aiter_bytes(65536):
        size += len(part)
        if size > max_bytes:
            raise InputError(f"{url} is larger than {max_bytes // 2**20} MB; save the part that is wanted.")
        parts.append(part)
    return b"".join(parts)


def _reason(error: Exception) -> str:
    if "Timeout" in type(error).__name__:
        return "the server does not answer in time"
    return str(error).splitlines()[0].rstrip(".") if str(error) else type(error).__name__
