"""The index page of a batch whose results are pages: the journal keeps what it says of each article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from ..document import Document
from ..errors import InputError
from ..files import write_whole
from ..renderers import index
from ..renderers.page import is_foreign

NAME: Final = "index.html"
"""The page, in the folder of results; no article gets this name."""


def kept(document: Document[Any], page: str) -> str:
    """Return as JSON what the index says of a document, whose page is that file, relative to the folder of results."""
    return _entries().dump_json(index.entry(document, page)).decode()


def check(path: Path) -> None:
    """Raise InputError if a file of that name is no page of this program."""
    if is_foreign(path):
        raise InputError(f"{path} is there and no page of this program: move it away, or give --force.")


def write(path: Path, entries: Iterable[str]) -> None:
    """Write the index page of what was `kept`; raises InputError if it cannot be written."""
    try:
        write_whole(path, index.render(list(_read(entries))))
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}).") from None


def _read(entries: Iterable[str]) -> Iterator[index.Entry]:
    for text in entries:
        try:
            yield _entries().validate_json(text)
        except ValidationError:  # of another version: `brief index` makes pages of documents
            continue


@cache
def _entries() -> TypeAdapter[index.Entry]:
    return TypeAdapter(index.Entry)
