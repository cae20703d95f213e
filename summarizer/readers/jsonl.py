"""JSON Lines → one article a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import IO, Any, Final

from ..article import Source
from ..errors import InputError
from . import text as text_reader
from .dates import day
from .decode import MAX_BYTES
from .entries import Entry
from .metadata import completed

_FIELDS: Final = {
    "text": ("text", "body", "content", "article"),
    "title": ("title", "headline"),
    "byline": ("byline", "author"),
    "published": ("published", "date", "date_published", "datePublished"),
    "url": ("url", "link"),
    "site": ("site", "source", "outlet"),
}
"""Names that a field of an article may have, the first that is there counts."""


def split(stream: IO[bytes], name: str) -> Iterator[Entry]:
    """Yield an entry for each line that is not blank, named by `id` or by the line's number; lazily, in order."""
    number = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        whole = len(line) <= MAX_BYTES
        if not whole:  # the rest of an endless line is skipped piece by piece
            while (rest := stream.readline(MAX_BYTES)) and not rest.endswith(b"\n"):
                pass
        if line.strip():
            yield Entry(f"{name}:{number}", partial(_read, line, f"{name}:{number}", whole=whole))


def _read(line: bytes, name: str, *, whole: bool) -> Source:
    if not whole:
        raise InputError(f"{name} is longer than {MAX_BYTES // 2**20} MB; give one article a line.")
    try:
        row: Any = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name} is not JSON in UTF-8: {str(error).partition(':')[0]}.") from None
    if not isinstance(row, dict):
        raise InputError(f"{name} is no JSON object; give one article a line, with its text under `text`.")
    found = {field: _first(row, names) for field, names in _FIELDS.items()}
    body = found.pop("text")
    if body is None:
        raise InputError(f"{name} has no text; give it under `text`.")
    half = text_reader.half_character(body)
    if half is not None:
        raise InputError(f"{name} holds half a character at {half}.")
    source = text_reader.parse(body)
    if not source.blocks:
        raise InputError(f"{name} is empty: there is no text in it.")
    found["published"] = day(found["published"]) if found["published"] else None
    found["title"] = found["title"] or source.title
    return completed(source.model_copy(update={**found, "name": name, "format": "jsonl", "encoding": "utf-8"}))


def _first(row: dict[str, Any], names: tuple[str, ...]) -> str | None:
    return next((row[name] for name in names if isinstance(row.get(name), str) and row[name].strip()), None)
