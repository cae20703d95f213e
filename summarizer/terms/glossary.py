"""Glossaries: German terms with the English that is wanted and the English that is not."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from ..article import plain
from ..errors import InputError

MAX_BYTES: Final = 20 * 2**20
_MAX_TERM: Final = 200
_COLUMNS: Final = {
    "source": ("source", "german", "de", "term", "source term"),
    "target": ("target", "english", "en", "wanted", "wanted english"),
    "forbidden": ("forbidden", "forbidden english", "not", "avoid"),
    "note": ("note", "notes", "comment", "remark"),
}
"""Names that the columns of a table may have; without a header the columns are taken in this order."""


@dataclass(frozen=True, slots=True)
class Term:
    """One row.

    Attributes:
        source: The German term in its basic form.
        targets: The English that is wanted: the first is to be written, all are accepted.
        forbidden: The English that is not wanted.
        note: For people and models.
        builtin: Whether it comes with the program, not from the user.
    """

    source: str
    targets: tuple[str, ...]
    forbidden: tuple[str, ...] = ()
    note: str = ""
    builtin: bool = False


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity: what is looked up by it is looked up often
class Glossary:
    """Terms, and the hash by which a document names them."""

    terms: tuple[Term, ...]
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        rows = [[term.source, term.targets, term.forbidden, term.note, term.builtin] for term in self.terms]
        digest = hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()
        object.__setattr__(self, "sha256", digest)

    def over(self, other: Glossary) -> Glossary:
        """Return both, where a term of this one replaces one of the same name in the other."""
        own = {term.source.lower() for term in self.terms}
        return Glossary((*self.terms, *(term for term in other.terms if term.source.lower() not in own)))


NO_TERMS: Final = Glossary(())


@cache
def builtin() -> Glossary:
    """Return the glossary that comes with the program: German institutions, offices, parties and agencies."""
    text = files(__package__).joinpath("institutions.csv").read_text(encoding="utf-8")
    return Glossary(tuple(_terms(_table(text, "institutions.csv"), builtin=True)))


def glossary(path: Path | None, *, with_builtin: bool = True) -> Glossary:
    """Return the user's glossary over the built-in one, either of them, or none; raises as `load`."""
    own = load(path) if path else NO_TERMS
    return own.over(builtin()) if with_builtin else own


def load(path: Path) -> Glossary:
    """Return the glossary in a file: `.tbx`, or a table with commas, semicolons or tabs.

    A table has the columns source, target, forbidden and note, with or without a header; several spellings in one cell
    are divided by `|`.

    Raises:
        InputError: The file cannot be read, or a row lacks a term or its English.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"The glossary {path} cannot be read ({error.strerror}).") from error
    if len(data) > MAX_BYTES:
        raise InputError(f"The glossary {path} is larger than {MAX_BYTES // 2**20} MB.")
    if path.suffix.lower() in (".tbx", ".xml"):
        from .exchange import read_tbx

        return Glossary(tuple(read_tbx(data, path.name)))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("windows-1252", "replace")
    return Glossary(tuple(_terms(_table(text, path.name), builtin=False)))


def _table(text: str, name: str) -> Iterable[dict[str, str]]:
    """Yield the cells of each row by column, and under `line` where it stands; lines with # are remarks."""
    lines = ["" if line.startswith("#") else line for line in text.splitlines()]
    first = next((line for line in lines if line.strip()), None)
    if first is None:
        raise InputError(f"The glossary {name} is empty.")
    reader = csv.reader(io.StringIO("\n".join(lines)), delimiter=max(",;\t", key=first.count))
    order: list[str] | None = None
    try:
        for row in reader:
            cells = [plain(cell) for cell in row]
            if not any(cells):
                continue
            if order is None:
                header = _header(cells)
                order = header or list(_COLUMNS)
                if header:
                    continue
            yield dict(zip(order, cells, strict=False)) | {"line": f"{name}, line {reader.line_num}"}
    except csv.Error as error:
        raise InputError(f"The glossary {name} is no table ({error}).") from error


def _header(cells: list[str]) -> list[str] | None:
    names = {spelling: column for column, spellings in _COLUMNS.items() for spelling in spellings}
    found = [names.get(cell.lower(), cell) for cell in cells]
    return found if "source" in found and "target" in found else None


def _terms(rows: Iterable[dict[str, str]], *, builtin: bool) -> Iterable[Term]:
    for row in rows:
        source, targets = row.get("source", ""), alternatives(row.get("target", ""))
        if not source or not targets:
            raise InputError(f"The glossary lacks a German term or its English in {row['line']}.")
        if len(source) > _MAX_TERM or not any(letter.isalpha() for letter in source):
            raise InputError(f"The glossary has no term, or too long a one, in {row['line']}.")
        yield Term(source, targets, alternatives(row.get("forbidden", "")), row.get("note", ""), builtin)


def alternatives(cell: str) -> tuple[str, ...]:
    """Return the spellings in one cell."""
    return tuple(part for part in (plain(part) for part in cell.split("|")) if part)
