"""Readers: a file, an address, bytes or a string → `Source`; a feed or JSON Lines → many. One module a format.

A further format is one module and one line in `formats.FORMATS`. Where a format is not text by itself (PDF, office
documents), all offsets refer to the text that was extracted.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import IO, Final

from ..article import Source
from ..errors import InputError
from .decode import MAX_BYTES, RARE, too_large
from .entries import Entry
from .formats import FORMATS, Format, by_content, by_suffix, by_type, named
from .metadata import completed
from .mojibake import repaired
from .text import half_character
from .web import Page, fetch, is_address

__all__ = ["FORMATS", "Entry", "is_address", "read", "read_bytes", "read_many", "read_path", "read_text", "read_url"]

MAX_LINES: Final = 300_000
"""A book has some tens of thousands."""


def read(source: str | os.PathLike[str] | bytes, *, format: str | None = None) -> Source:  # noqa: A002 - the public name
    """Read a path, an http(s) address, or bytes; see `read_path`, `read_url` and `read_bytes`."""
    if isinstance(source, bytes):
        return read_bytes(source, format=format)
    if isinstance(source, str) and is_address(source):
        return read_url(source, format=format)
    return read_path(source, format=format)


def read_many(source: str | os.PathLike[str], *, format: str | None = None) -> Iterator[Entry]:  # noqa: A002
    """Yield the articles of a source: those of a feed or of JSON Lines, or the one that any other source is.

    Files and pages are read when an entry's `read` is called: one that fails touches no other. Only an address is
    fetched at the first step, since the server's answer alone says whether it is a feed.

    Raises:
        InputError: The source as a whole cannot be had, or is no feed.
        SetupError: An extra is missing.
    """
    name = os.fspath(source)
    if is_address(name):
        page = fetch(name)
        kind = _format_of_page(page, name, format)
        if kind.split is None:
            yield Entry(name, partial(_page, page, name, kind))
        else:
            yield from kind.split(io.BytesIO(page.data), name)
        return
    file = Path(source)
    found = named(format) if format else by_suffix(file)
    if found is not None and found.split is not None:
        with _opened(file) as stream:
            yield from found.split(stream, file.name)
    else:
        yield Entry(name, partial(read_path, source, format=format))


def read_url(url: str, *, format: str | None = None) -> Source:  # noqa: A002 - the public name
    """Fetch and read one page; the source's `url` is where redirects led.

    Args:
        url: An http(s) address that the user gave. Addresses that are not public are refused (see `web.fetch`).
        format: A name in `FORMATS`, if the server's media type shall not decide.

    Raises:
        InputError: The page cannot be had, may not be asked for, or cannot be read.
        SetupError: The extra `web` is missing.
    """
    page = fetch(url)
    return _page(page, url, _format_of_page(page, url, format))


def read_path(path: str | os.PathLike[str], *, format: str | None = None) -> Source:  # noqa: A002 - the public name
    """Read a file.

    Args:
        path: The file; its suffix decides the format, or else its first bytes.
        format: A name in `FORMATS`, if the suffix shall not decide.

    Raises:
        InputError: The file cannot be read, is too large, no text, empty or many articles, or the format is unknown.
        SetupError: The extra that the format needs is missing.
    """
    file = Path(path)
    with _opened(file) as stream:
        try:
            data = stream.read(MAX_BYTES + 1)
        except OSError as error:
            raise InputError(f"{file} cannot be read: {error.strerror}.") from None
    kind = by_suffix(file)
    return read_bytes(data, file.name, format or (kind.name if kind else None))


def read_bytes(data: bytes, name: str = "stdin", format: str | None = None) -> Source:  # noqa: A002 - the public name
    """Read the bytes of a file.

    Args:
        data: The bytes.
        name: What messages and the document call the source.
        format: A name in `FORMATS`; None finds it by the first bytes.

    Raises:
        InputError: The data is too large, no text, empty or many articles, or the format is unknown.
        SetupError: The extra that the format needs is missing.
    """
    if len(data) > MAX_BYTES:
        raise too_large(name)
    kind = named(format) if format else by_content(data)
    if kind.load is not None:
        return _checked(kind.load(data, name), name, kind)
    decoded, encoding = kind.decode(data, name)
    decoded, mended = repaired(decoded)
    rare = RARE.get(encoding)
    guessed = f"The file does not say how its letters are encoded; they were read as {rare}." if rare else None
    source = read_text(decoded, name, kind.name)
    notes = tuple(note for note in (guessed, mended) if note)
    return source.model_copy(update={"encoding": encoding, "notes": (*notes, *source.notes)})


def read_text(text: str, name: str = "text", format: str = "text") -> Source:  # noqa: A002 - the public name
    """Read a decoded string; offsets in the source refer to exactly this string, or to the text of a page in it.

    Raises:
        InputError: The text is too large, empty or many articles, holds halves of characters, or the format is
            unknown or not text.
        SetupError: The extra that the format needs is missing.
    """
    if len(text) > MAX_BYTES:
        raise too_large(name)
    if text.count("\n") + text.count("\r") > 2 * MAX_LINES:
        raise InputError(f"{name} has more than {MAX_LINES:,} lines; give one article a file.")
    half = half_character(text)
    if half is not None:
        raise InputError(f"{name} holds half a character at {half}: decode it with errors='replace'.")
    kind = named(format)
    if kind.split is not None:
        raise InputError(f"{name} can hold many articles ({kind.name}); give it to `brief batch`, or one of them here.")
    if kind.parse is None:
        raise InputError(f"{name}: {kind.name} is no text; give its bytes.")
    try:
        return _checked(kind.parse(text), name, kind)
    except InputError as error:
        raise InputError(f"{name}: {error}") from error


def _checked(source: Source, name: str, kind: Format) -> Source:
    if not source.blocks:
        raise InputError("There is no text in it: it is empty.")
    if len(source.blocks) > MAX_LINES:
        raise InputError(f"{name} has more than {MAX_LINES:,} paragraphs; give one article a file.")
    return completed(source.model_copy(update={"name": name, "format": kind.name}))


def _page(page: Page, name: str, kind: Format) -> Source:
    return read_bytes(page.data, name, kind.name).model_copy(update={"url": page.url})


def _format_of_page(page: Page, url: str, format: str | None) -> Format:  # noqa: A002
    if format:
        return named(format)
    if page.media_type in ("", "application/octet-stream"):
        return by_suffix(Path(url)) or by_content(page.data)
    kind = by_type(page.media_type)
    if kind is None:
        raise InputError(f"{url} is {page.media_type}, which is not read; save it and give the file.")
    return kind


def _opened(file: Path) -> IO[bytes]:
    try:
        return file.open("rb")
    except FileNotFoundError:
        raise InputError(f"There is no file {file}.") from None
    except IsADirectoryError:
        raise InputError(f"{file} is a directory; name a file in it, or give all of it to `brief batch`.") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise InputError(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}.") from None
