"""Many documents that exist: a folder of JSON files or a JSONL file, one after the other; and pages for a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .document import Document
from .errors import InputError
from .files import write_whole
from .items import Brief
from .kinds import parse_document
from .renderers import html, index
from .renderers.page import is_foreign

Report = Callable[[str], None]
"""Told, in a sentence, what could not be read."""


@dataclass(slots=True)
class PassedOver:
    """Passes on what is reported, and counts it.

    Attributes:
        report: Told.
        count: How often.
    """

    report: Report
    count: int = 0

    def __call__(self, sentence: str) -> None:
        """Report a sentence."""
        self.count += 1
        self.report(sentence)


def documents(
    path: Path, report: Report, kind: type[Brief] | None = None, kinds_dir: Path | None = None
) -> Iterator[tuple[str, Document[Any]]]:
    """Yield the documents of a folder (with its folders) or a JSONL file, each with its name; one is in memory at a time.

    What is no document is reported and passed over. Hidden folders, as a batch's journal has one, are left out.

    Args:
        path: The folder or file.
        report: Told what was passed over.
        kind: The one kind of all their briefs, where it is a user's own.
        kinds_dir: A user's folder of kinds, for documents of several.

    Raises:
        InputError: If there is no such folder or file.
    """

    def parsed(name: str, read: Callable[[], bytes]) -> Iterator[tuple[str, Document[Any]]]:
        try:
            yield name, parse_document(read(), kind, kinds_dir)
        except (InputError, OSError) as error:
            report(f"{name} is passed over: {error}")

    if path.is_dir():
        for file in sorted(path.rglob("*.json")):
            name = file.relative_to(path)
            if not any(part.startswith(".") for part in name.parts):
                yield from parsed(name.as_posix(), file.read_bytes)
    elif path.suffix.lower() in {".jsonl", ".ndjson"} and path.is_file():
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield from parsed(f"{path.name}:{number}", lambda line=line: line)  # type: ignore[misc]
    else:
        raise InputError(f"{path} is no folder of documents and no .jsonl file of them.")


@dataclass(slots=True)
class Pages:
    """What `write_pages` did.

    Attributes:
        path: The index page.
        articles: How many articles it lists.
        written: How many of their pages were written; the others were there and newer than their documents.
        entries: What it says of them.
    """

    path: Path
    articles: int = 0
    written: int = 0
    entries: list[index.Entry] = field(default_factory=list)


def write_pages(folder: Path, report: Report, kind: type[Brief] | None = None, kinds_dir: Path | None = None) -> Pages:
    """Write a page beside each document of a folder, and `index.html` that lists them.

    The arguments are those of `documents`.

    Raises:
        InputError: If there is no document, a file of that name is not a page of this program, or one cannot be written.
    """
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder.")
    pages = Pages(folder / "index.html")
    _must_be_ours(pages.path)
    for name, document in documents(folder, report, kind, kinds_dir):
        source = folder / name
        page = source.with_suffix(".html")
        if page == pages.path:
            page = source.with_name("index.article.html")
        if not page.exists() or page.stat().st_mtime <= source.stat().st_mtime:
            _must_be_ours(page)
            _write(page, html.render(document))
            pages.written += 1
        pages.entries.append(index.entry(document, page.relative_to(folder).as_posix()))
    if not pages.entries:
        raise InputError(f"{folder} holds no document: `brief batch … -o {folder}` writes some.")
    pages.articles = len(pages.entries)
    _write(pages.path, index.render(pages.entries))
    return pages


def _must_be_ours(path: Path) -> None:
    if is_foreign(path):
        raise InputError(f"{path} is there and no page of this program: move it away.")


def _write(path: Path, text: str) -> None:
    try:
        write_whole(path, text)
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}).") from error
