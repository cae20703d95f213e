"""The formats that are read: how each is recognised and which module reads it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Final

from ..article import Source
from ..errors import InputError
from . import docx, feed, html, jsonl, markdown, pdf, text
from .decode import decode
from .entries import Entry


@dataclass(frozen=True, slots=True)
class Format:
    """How one kind of file is read: by exactly one of `parse`, `load` and `split`.

    Attributes:
        name: What `Source.format` and the command line call it.
        suffixes: File name endings, lower case, with the dot.
        types: Media types that a web server gives it.
        parse: Decoded text → a source whose blocks are found, for what is text by itself.
        load: Bytes and the source's name → source, for what is not.
        split: An open file and its name → its articles, for what holds many.
        decode: Bytes and the source's name → text and the encoding it was in, before `parse`.
    """

    name: str
    suffixes: tuple[str, ...]
    types: tuple[str, ...]
    parse: Callable[[str], Source] | None = None
    load: Callable[[bytes, str], Source] | None = None
    split: Callable[[IO[bytes], str], Iterator[Entry]] | None = None
    decode: Callable[[bytes, str], tuple[str, str]] = decode


_HTML: Final = ("text/html", "application/xhtml+xml")
_DOCX: Final = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",)
_FEED: Final = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml")
_JSONL: Final = ("application/jsonl", "application/x-ndjson")

FORMATS: Final = {
    format_.name: format_
    for format_ in (
        Format("text", (".txt", ".text"), ("text/plain",), parse=text.parse),
        Format("markdown", (".md", ".markdown"), ("text/markdown",), parse=markdown.parse),
        Format("html", (".html", ".htm", ".xhtml"), _HTML, parse=html.parse, decode=html.decode),
        Format("pdf", (".pdf",), ("application/pdf",), load=pdf.load),
        Format("docx", (".docx",), _DOCX, load=docx.load),
        Format("feed", (".rss", ".atom", ".xml"), _FEED, split=feed.split),
        Format("jsonl", (".jsonl", ".ndjson"), _JSONL, split=jsonl.split),
    )
}

_SNIFFED: Final = 2048
_MARKUP: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+)?(html|head|body|article|rss|feed|rdf:rdf)[\s>]",
    re.IGNORECASE | re.DOTALL,
)


def named(name: str) -> Format:
    """Return the format of that name; raises InputError if there is none."""
    if name not in FORMATS:
        raise InputError(f"There is no format {name!r}; the formats are {', '.join(sorted(FORMATS))}.")
    return FORMATS[name]


def by_suffix(path: PurePath) -> Format | None:
    """Return the format that a file's ending says, if it says one."""
    suffix = path.suffix.lower()
    return next((item for item in FORMATS.values() if suffix in item.suffixes), None)


def by_type(media_type: str) -> Format | None:
    """Return the format of a media type, if it is one that is read."""
    return next((item for item in FORMATS.values() if media_type in item.types), None)


def by_content(data: bytes) -> Format:
    """Return the format that the first bytes show; without a sign of another it is text."""
    head = data[:_SNIFFED]
    if b"%PDF-" in head[:1024]:
        return FORMATS["pdf"]
    if head.startswith(b"PK\x03\x04"):
        return FORMATS["docx"]
    markup = _MARKUP.match(head)
    if markup:
        return FORMATS["html" if markup[1].lower() in (b"html", b"head", b"body", b"article") else "feed"]
    if head.lstrip().startswith(b"{"):
        try:
            json.loads(data.lstrip().partition(b"\n")[0])
        except (ValueError, RecursionError):
            return FORMATS["text"]
        return FORMATS["jsonl"]
    return FORMATS["text"]
