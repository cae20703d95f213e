"""RSS and Atom feeds → the articles that they announce.

An entry that carries its whole text is read from the feed; of the others the page is fetched, through the same gate
as an address on the command line, and only if the site's robots.txt allows it: nobody named these pages one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from html import escape
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from ..article import Source, plain
from ..errors import InputError
from ..extras import require
from . import html, isolation, web
from .dates import day
from .decode import MAX_BYTES, too_large
from .entries import Entry
from .metadata import completed

if TYPE_CHECKING:
    from urllib.robotparser import RobotFileParser

_MAX_ROBOTS: Final = 500 * 1024
"""Bytes of a robots.txt that count, as RFC 9309 has it."""
MAX_ENTRIES: Final = 1000
WHOLE_TEXT: Final = 1500
"""Characters of text from which on an entry's own content counts as the article, not as its beginning."""


Allowed = Callable[[str], "RobotFileParser"]


def split(stream: IO[bytes], name: str) -> Iterator[Entry]:
    """Yield an entry for each article that the feed announces, newest first as feeds have them.

    Raises:
        InputError: It is no feed, or too large.
        SetupError: The extra `web` is missing.
    """
    require("feedparser", "web", "Reading feeds")
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise too_large(name)
    found = isolation.run(Path(__file__).with_name("feed_worker.py"), data, name)
    if not found:
        raise InputError(f"{name} is no RSS or Atom feed.")
    title, items = found
    allowed = cache(_allowed_by_host)
    site = plain(title) or None
    for number, item in enumerate(items[:MAX_ENTRIES], start=1):
        link = urljoin(name if name.startswith("http") else "", item["link"])
        label = f"{name}: {link}" if link else f"{name}: entry {number}"
        yield Entry(label, partial(_read, item, link, label, site, allowed))


def _read(item: dict[str, str], link: str, name: str, site: str | None, allowed: Allowed) -> Source:
    content = item["content"]
    source = _from_content(content, item["title"]) if len(content) >= WHOLE_TEXT else None
    if source is None:
        source = _from_page(link, name, allowed)
    stated = day(item["published"])
    known = {
        "title": source.title or plain(item["title"]) or None,
        "byline": source.byline or plain(item["author"]) or None,
        "published": source.published or stated,
        "site": source.site or site,
        "url": source.url or (link if link.startswith(("http://", "https://")) else None),
    }
    return completed(source.model_copy(update={**known, "name": name, "format": "feed"}))


def _from_content(content: str, title: str) -> Source | None:
    """Return the article from the entry's own content, if that is the whole of it."""
    try:
        source = html.parse(f"<html><body><article><h1>{escape(plain(title))}</h1>{content}</article></body></html>")
    except InputError:
        return None
    return source if len(source.text) >= WHOLE_TEXT else None


def _from_page(link: str, name: str, allowed: Allowed) -> Source:
    if not link.startswith(("http://", "https://")):
        raise InputError(f"{name} has neither a whole text nor a web address.")
    parts = urlsplit(link)
    if not allowed(f"{parts.scheme}://{parts.netloc}").can_fetch(web.AGENT, link):
        raise InputError(f"{name} is not fetched: the site's robots.txt asks programs to stay away.")
    from . import read_url

    return read_url(link)


def _allowed_by_host(origin: str) -> RobotFileParser:
    """Return what a site's robots.txt says: all is allowed if there is none, nothing if it cannot be had (RFC 9309)."""
    from urllib.robotparser import RobotFileParser

    rules = RobotFileParser()
    try:
        page = web.fetch(f"{origin}/robots.txt", any_status=True)
    except InputError:
        page = None
    if page is None or page.status >= 500:
        rules.parse(["User-agent: *", "Disallow: /"])
    elif page.status >= 400:
        rules.parse([])
    else:
        rules.parse(page.data[:_MAX_ROBOTS].decode("utf-8", "replace").splitlines())
    return rules
