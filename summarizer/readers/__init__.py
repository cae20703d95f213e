"""Readers: a file, an address, bytes or a string → `Source`. One module a format.

A further format is one module and one line in `FORMATS`: with a `parse` if the format is text by itself, with a `load`
if it is not (PDF, office documents); then all offsets refer to the text that was extracted.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..article import Source
from ..errors import InputError
from . import html, markdown, text
from .decode import MAX_BYTES, decode, too_large


@dataclass(frozen=True, slots=True)
class Format:
    """How one kind of file is read.

    Attributes:
        name: What `Source.format` and the command line call it.
        suffixes: File name endings, lower case, with the dot.
        types: Media types that a web server gives it.
        parse: Decoded text → a source whose blocks are found; None if it is not text by itself.
        decode: Bytes and the source's name → text and the encoding it was in.
    """

    name: str
    suffixes: tuple[str, ...]
    types: tuple[str, ...]
    parse: Callable[[str], Source]
    decode: Callable[[bytes, str], tuple[str, str]] = decode


FORMATS: Final = {
    format_.name: format_
    for format_ in (
        Format("text", (".txt", ".text"), ("text/plain",), text.parse),
        Format("markdown", (".md", ".markdown"), ("text/markdown",), markdown.parse),
        Format("html", (".html", ".htm", ".xhtml"), ("text/html", "application/xhtml+xml"), html.parse, html.decode),
    )
}

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_ADDRESS: Final = re.compile(r"https?://", re.IGNORECASE)


def read(source: str | os.PathLike[str] | bytes, *, format: str | None = None) -> Source:  # noqa: A002 - the public name
    """Read a path, an http(s) address, or bytes; see `read_path`, `read_url` and `read_bytes`."""
    if isinstance(source, bytes):
        return read_bytes(source, format=format or "text")
    if isinstance(source, str) and _ADDRESS.match(source):
        return read_url(source, format=format)
    return read_path(source, format=format)


def read_url(url: str, *, format: str | None = None) -> Source:  # noqa: A002 - the public name
    """Fetch and read one page; the source's `url` is where redirects led.

    Args:
        url: An http(s) address that the user gave. Addresses that are not public are refused (see `web.fetch`).
        format: A name in `FORMATS`, if the server's media type shall not decide.

    Raises:
        InputError: The page cannot be had, may not be asked for, or cannot be read.
        SetupError: The extra `web` is missing.
    """
    from .web import fetch

    page = fetch(url)
    named = format or next((name for name, item in FORMATS.items() if page.media_type in item.types), None)
    if named is None:
        raise InputError(f"{url} is {page.media_type}, which is not read; save it and give the file.")
    return read_bytes(page.data, url, named).model_copy(update={"url": page.url})


def read_path(path: str | os.PathLike[str], *, format: str | None = None) -> Source:  # noqa: A002 - the public name
    """Read a file.

    Args:
        path: The file; its suffix decides the format (see `FORMATS`; without a known one it is text).
        format: A name in `FORMATS`, if the suffix shall not decide.

    Raises:
        InputError: The file cannot be read, is too large, no text or empty, or the format is unknown.
    """
    file = Path(path)
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise InputError(f"There is no file {file}.") from None
    except IsADirectoryError:
        raise InputError(f"{file} is a directory; name a file in it.") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise InputError(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}.") from None
    return read_bytes(data, file.name, format or _format_of(file))


def read_bytes(data: bytes, name: str = "stdin", format: str = "text") -> Source:  # noqa: A002 - the public name
    """Read the bytes of a file; `name` is what messages and the document call it.

    Raises:
        InputError: The data is too large, no text or empty, or the format is unknown.
    """
    if len(data) > MAX_BYTES:
        raise too_large(name)
    decoded, encoding = _format(format).decode(data, name)
    return read_text(decoded, name, format).model_copy(update={"encoding": encoding})


def read_text(text: str, name: str = "text", format: str = "text") -> Source:  # noqa: A002 - the public name
    """Read a decoded string; offsets in the source refer to exactly this string.

    Raises:
        InputError: The text is too large or empty, holds halves of characters, or the format is unknown.
    """
    if len(text) > MAX_BYTES:
        raise too_large(name)
    half = _SURROGATE.search(text)
    if half:  # it has no UTF-8, so neither a request nor a document could hold it
        raise InputError(f"{name} holds half a character at {half.start()}: decode it with errors='replace'.")
    try:
        source = _format(format).parse(text)
    except InputError as error:
        raise InputError(f"{name}: {error}") from error
    if not source.blocks:
        raise InputError(f"{name} is empty: there is no text in it.")
    return source.model_copy(update={"name": name, "format": format})


def _format(name: str) -> Format:
    if name not in FORMATS:
        raise InputError(f"There is no format {name!r}; the formats are {', '.join(sorted(FORMATS))}.")
    return FORMATS[name]


def _format_of(file: Path) -> str:
    suffix = file.suffix.lower()
    return next((name for name, format_ in FORMATS.items() if suffix in format_.suffixes), "text")
