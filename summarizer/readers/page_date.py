"""What a web page states about itself: its date of publication (JSON-LD, meta elements, its `time` element), its authors.

htmldate, which trafilatura asks, also takes a date of change, a date in a teaser or a year in the footer; relative
dates („am Montag") are resolved against this one, so here a date is stated or there is none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from .dates import day

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE_TYPES: Final = ("article", "posting", "report")
"""Endings of schema.org's types of articles: NewsArticle, LiveBlogPosting, Report, …"""
_META: Final = re.compile(
    r"(?:og:)?(?:article:)?(?:date_?)?published(?:_time|_at)?|pub_?date|publi(?:sh|cation)[-_]?date|"
    r"(?:dc(?:terms)?\.)?(?:date|issued|created)(?:\.(?:issued|created))?|"
    r"sailthru\.date|parsely-pub-date|cxenseparse:recs:publishtime",
    re.IGNORECASE,
)
"""Names of meta elements with a date of publication: Open Graph, schema.org, Dublin Core, and three services'."""
_MAX_JSON_DEPTH: Final = 20


def published(tree: HtmlElement) -> str | None:
    """Return the ISO 8601 day on which the page says it was published, or None if it does not say it."""
    for values in (_in_json_ld(tree), _in_meta(tree), _in_time_elements(tree)):
        found = next((stated for stated in map(day, values) if stated), None)
        if found:
            return found
    return None


def people(tree: HtmlElement) -> list[str]:
    """Return the names of the persons that the page gives as its article's authors in JSON-LD."""
    for item in json_ld(tree):
        authors = item.get("author")
        found = [
            " ".join(author["name"].split())
            for author in (authors if isinstance(authors, list) else [authors])
            if isinstance(author, dict) and author.get("@type") == "Person" and isinstance(author.get("name"), str)
        ]
        if found:
            return found
    return []


def json_ld(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield the articles that a page describes in JSON-LD; what is broken is left out."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _articles(data, _MAX_JSON_DEPTH)


def _articles(data: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth and isinstance(data, list):
        for item in data:
            yield from _articles(item, depth - 1)
    elif depth and isinstance(data, dict):
        kinds = data.get("@type")
        names = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(name, str) and name.lower().endswith(_ARTICLE_TYPES) for name in names):
            yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _articles(data.get(key), depth - 1)


def _in_json_ld(tree: HtmlElement) -> Iterator[str]:
    for item in json_ld(tree):
        value = item.get("datePublished")
        if isinstance(value, str):
            yield value


def _in_meta(tree: HtmlElement) -> Iterator[str]:
    for meta in tree.iterfind(".//meta[@content]"):
        if any(_META.fullmatch(meta.get(key) or "") for key in ("property", "name", "itemprop")):
            yield meta.get("content", "")


def _in_time_elements(tree: HtmlElement) -> list[str]:
    """Return the date of the page's own `time` element; none if several differ and none is marked."""
    marked = tree.xpath("//time[@datetime][@pubdate or @itemprop='datePublished']/@datetime")
    if marked:
        return [str(value) for value in marked]
    inside = "ancestor::article or ancestor::main"
    outside = "ancestor::aside or ancestor::nav or ancestor::footer"
    stamps = [str(value) for value in tree.xpath(f"//time[@datetime][{inside}][not({outside})]/@datetime")]
    return stamps[:1] if len({day(stamp) for stamp in stamps}) == 1 else []
