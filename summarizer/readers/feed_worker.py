"""What a feed says, found by feedparser; run by `worker.py`.

feedparser is lenient, as feeds need it, and takes time with the square of what a hostile feed holds (attributes of one
element), so it runs in a process that can be stopped.
"""

from __future__ import annotations

from html import unescape
from typing import Any

FIELDS = ("title", "link", "published", "author")


def work(data: bytes) -> list[object]:
    """Return the feed's title and its entries, each with its fields and its longest content; nothing if it is no feed."""
    import feedparser

    feed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    if not feed.version and not feed.entries:
        return []
    return [text(feed.feed, "title"), [entry(item) for item in feed.entries]]


def entry(item: Any) -> dict[str, str]:
    """Return the fields of an entry as text."""
    contents = [text(part, "value") for part in item.get("content", [])]
    return {**{name: text(item, name) for name in FIELDS}, "content": max(contents, key=len, default="")}


def text(part: Any, name: str) -> str:
    """Return a field as text, empty if it is not there; a title may be HTML (`&ndash;`)."""
    value = str(part.get(name) or "")
    return value if name in ("link", "value") else unescape(value)
