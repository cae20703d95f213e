"""What a batch works on: files, folders, tables and addresses, as a stream of entries in a stable order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from ..errors import InputError
from ..readers import FORMATS, is_address, read_many
from ..readers.formats import by_suffix
from . import tables
from .entries import BrokenEntry, Entry, FileEntry, MemberEntry, UrlEntry


@dataclass(frozen=True, slots=True)
class Inputs:
    """What is wanted, as it was named.

    Attributes:
        named: Files, folders, tables (`.jsonl`, `.csv`, `.tsv`, `.parquet`), feeds, and URLs of pages and feeds.
        glob: Which files of a folder, e.g. `*.txt` or `2025/**/*.md`; None: all that hold one article each.
        urls: A file with one URL a line.
        text_field: The column of a table that holds the article.
        id_field: The column that holds its id; None numbers the rows.
        without: Files and folders that are left out of the folders that are named, since the results lie there.
        base: The folder that addresses are relative to; None: what all files have in common.
        is_result: Tells of a file in such a folder whether it is a result of the batch all the same.
    """

    named: Sequence[str]
    glob: str | None = None
    urls: Path | None = None
    text_field: str = "text"
    id_field: str | None = None
    without: Sequence[Path] = ()
    base: Path | None = None
    is_result: Callable[[Path], bool] = lambda _: False

    def check(self) -> None:
        """Raise InputError if something that is named is not there."""
        for name in self.named:
            if not is_address(name) and not Path(name).exists():
                raise InputError(f"There is no file or folder {name}.")
        if self.urls is not None and not self.urls.is_file():
            raise InputError(f"There is no file {self.urls}: --urls wants one with an address a line.")
        if not self.named and self.urls is None:
            raise InputError("Nothing is named to work on: give files, folders, tables or --urls.")

    def check_any(self) -> None:
        """Raise InputError if there is no article in all that is named; an address, which may be a feed, is not asked."""
        if any(map(is_address, self.named)) or next(self.entries(), None) is not None:
            return
        where = ", ".join([*self.named, *([str(self.urls)] if self.urls is not None else [])])
        if self.glob is not None:
            raise InputError(
                f"There is no file in {where} that --glob {self.glob!r} chooses: change it, or leave it away."
            )
        raise InputError(f"There is no article in {where}: name files, or folders of files, that a reader reads.")

    def entries(self) -> Iterator[Entry]:
        """Yield an entry an article; what cannot be read is an entry that says so."""
        base = self.base or self.common() or Path.cwd()
        for name in self.named:
            if is_address(name):
                yield from _members(name, name)
                continue
            path = Path(name)
            folder, files = (path, self._walk(path)) if path.is_dir() else (path.parent, [path])
            where = Path(seen_from(folder, base))
            for file in files:
                yield from self._file(file, (where / file.relative_to(folder)).as_posix())
        if self.urls is not None:
            for url in _lines(self.urls):
                yield UrlEntry(url, url) if is_address(url) else BrokenEntry(url, f"{url!r} is not a web address.")

    def count(self) -> int | None:
        """Return how many articles there are; None if an address is named, which may be a feed.

        It reads tables and feeds once, but no article.
        """
        if any(map(is_address, self.named)):
            return None
        total = sum(1 for _ in _lines(self.urls)) if self.urls is not None else 0
        for name in self.named:
            path = Path(name)
            files = self._walk(path) if path.is_dir() else [path]
            total += sum(_count(file) for file in files)
        return total

    def holds(self) -> Callable[[Path], bool]:
        """Return what tells of a file whether it is one of those that are worked on, or the list of URLs."""
        files = [Path(name) for name in self.named if not is_address(name)]
        folders = [(path.resolve(), path, self._wanted(path)) for path in files if path.is_dir()]
        named = {path.resolve() for path in (*files, *([self.urls] if self.urls is not None else []))}
        without = {path.resolve() for path in self.without}

        def held(path: Path) -> bool:
            path = path.resolve()
            if path in named:
                return True
            for real, folder, wanted in folders:
                if not path.is_relative_to(real):
                    continue
                inside = path.relative_to(real)
                left_out = any(real / part in without for part in (inside, *inside.parents) if part.name)
                if not left_out and wanted(folder / inside):
                    return not self.is_result(path)
            return False

        return held

    def common(self) -> Path | None:
        """Return the folder that files come from: the one folder that is named, or what all have in common; None without files."""
        paths = [Path(os.path.abspath(name)) for name in self.named if not is_address(name)]  # noqa: PTH100  # and without ..
        folders = [path if path.is_dir() else path.parent for path in paths]
        return Path(os.path.commonpath(folders)) if folders else None

    def _file(self, path: Path, address: str) -> Iterator[Entry]:
        if _is_table(path):
            try:
                yield from tables.rows(path, address, text_field=self.text_field, id_field=self.id_field)
            except InputError as error:
                yield BrokenEntry(address, str(error))
        elif _is_feed(path):
            yield from _members(path, address)
        else:
            yield FileEntry(address, path)

    def _walk(self, folder: Path) -> Iterator[Path]:
        """Yield the files of a folder that are wanted, sorted; hidden ones and the results are left out."""
        wanted = self._wanted(folder)
        without = {path.resolve() for path in self.without}
        for parent, folders, files in os.walk(folder):
            here, real = Path(parent), Path(parent).resolve()
            folders[:] = sorted(name for name in folders if not name.startswith(".") and real / name not in without)
            for name in sorted(files):
                path, place = here / name, real / name
                if not name.startswith(".") and wanted(path) and place not in without and not self.is_result(place):
                    yield path

    def _wanted(self, folder: Path) -> Callable[[Path], bool]:
        """Return what tells of a file in a folder whether it is to be worked on."""
        glob = self.glob
        if glob is None:
            suffixes = {suffix for format_ in FORMATS.values() if format_.split is None for suffix in format_.suffixes}
            return lambda path: path.suffix.lower() in suffixes
        return set(folder.glob(glob)).__contains__ if "/" in glob else lambda path: fnmatch(path.name, glob)


def _is_feed(path: Path) -> bool:
    format_ = by_suffix(path)
    return format_ is not None and format_.split is not None


def _members(source: str | Path, address: str) -> Iterator[Entry]:
    """Yield the articles of a feed, or the page that an address turns out to be."""
    try:
        for member in read_many(source):
            _, _, link = member.name.partition(": ")
            yield MemberEntry(link if is_address(link) else member.name, member)
    except InputError as error:
        yield BrokenEntry(address, str(error))


def _count(path: Path) -> int:
    if _is_table(path):
        return tables.count(path)
    return sum(1 for _ in _members(path, path.name)) if _is_feed(path) else 1


def _is_table(path: Path) -> bool:
    return path.suffix.lower() in tables.SUFFIXES


def seen_from(path: Path, folder: Path) -> str:
    """Return a path relative to a folder, or the whole path if it is on another drive."""
    try:
        return os.path.relpath(path, folder)
    except ValueError:
        return str(path)


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8-sig", errors="replace") as stream:
        for line in stream:
            if line.strip() and not line.startswith("#"):
                yield line.strip()
