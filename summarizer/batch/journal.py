"""What has become of each article: a SQLite file beside the results, written as each one ends.

A row is written in one transaction after its result is in place, so at any moment a row that says `done` is right, and
what was under way when the process died is simply not there yet.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, Self

from ..database import connected
from ..document import Usage
from ..errors import InputError

State = Literal["done", "incomplete", "failed"]
"""`incomplete`: a document was written, but a part of it is missing. `failed`: there is none."""

_VERSION = 1
_COLUMNS = "address, work, state, attempts, error, exit_code, output, document, usage, at"
_LISTED = "(state = 'done' OR address NOT IN (SELECT address FROM gone))"


@dataclass(frozen=True, slots=True)
class Record:
    """The last outcome of one article.

    Attributes:
        address: Its name within the batch.
        work: SHA-256 of its content and of everything that changes the answer.
        state: What became of it.
        attempts: How often it was worked on.
        error: Why it failed, or what is missing; a sentence.
        exit_code: What the single run would have returned.
        output: The file, relative to the folder of results; None in a single file and for what failed.
        document: The document's id.
        usage: What the last attempt took.
        at: When, UTC, ISO 8601.
    """

    address: str
    work: str
    state: State
    attempts: int = 1
    error: str | None = None
    exit_code: int = 0
    output: str | None = None
    document: str | None = None
    usage: Usage | None = None
    at: str = ""


class Journal:
    """The journal of one folder of results."""

    def __init__(self, path: Path, *, readonly: bool = False) -> None:
        """Open the journal, and make it if there is none; `readonly` writes and makes nothing.

        Raises:
            InputError: If there is none to read, or it cannot be used.
        """
        self._path = path
        if readonly and not path.is_file():
            raise InputError(f"There is no batch in {path.parent.parent}: name the folder given to -o.")
        with self._said(), connected(path, readonly=readonly) as self._db:
            (version,) = self._db.execute("PRAGMA user_version").fetchone()
            if version not in {0, _VERSION}:
                raise InputError(f"{path} is of another version of this program: give another folder to -o.")
            if readonly:
                if not version:
                    raise InputError(f"The batch in {path.parent.parent} has only just begun: ask again.")
                if not self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'gone'").fetchone():
                    self._db.execute("CREATE TEMP TABLE gone (address TEXT)")  # an older version had none
                return
            self._db.executescript(_SCHEMA)
            self._db.execute("CREATE TEMP TABLE met (address TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def meet(self, address: str, digest: str) -> str | None:
        """Note what an address stands for while the journal is open; return what it stood for before, or None.

        These notes are on disk and not in memory, which does not grow with the number of inputs.
        """
        with self._said():
            if self._db.execute("INSERT OR IGNORE INTO met VALUES (?, ?)", (address, digest)).rowcount:
                return None
            (before,) = self._db.execute("SELECT digest FROM met WHERE address = ?", (address,)).fetchone()
        return str(before)

    def note_gone(self, *, all_met: bool) -> None:
        """Note which articles that are not done are no longer among the inputs: they are not listed until they come back.

        Args:
            all_met: Whether every input was met while the journal was open; else it is only noted which came back.
        """
        with self._said():
            self._db.execute("DELETE FROM gone WHERE address IN (SELECT address FROM met)")
            if all_met:
                self._db.execute(
                    "INSERT OR IGNORE INTO gone SELECT address FROM articles "
                    "WHERE state != 'done' AND address NOT IN (SELECT address FROM met)"
                )

    @property
    def base(self) -> str | None:
        """The folder that addresses are relative to, as it was noted."""
        with self._said():
            row = self._db.execute("SELECT value FROM notes WHERE name = 'base'").fetchone()
        return os.fsdecode(row[0]) if row else None

    @base.setter
    def base(self, folder: str) -> None:
        with self._said():
            self._db.execute("INSERT OR REPLACE INTO notes VALUES ('base', ?)", (os.fsencode(folder),))

    def find(self, address: str) -> Record | None:
        """Return the last outcome of an article, or None."""
        with self._said():
            row = self._db.execute(f"SELECT {_COLUMNS} FROM articles WHERE address = ?", (address,)).fetchone()  # noqa: S608  # our own columns
        return _record(row) if row else None

    def owner(self, output: str) -> str | None:
        """Return the address whose result a file is, or None; upper and lower case are one, as on many disks."""
        with self._said():
            row = self._db.execute("SELECT address FROM outputs WHERE output = ?", (output,)).fetchone()
        return row[0] if row else None

    def claim(self, output: str, address: str) -> None:
        """Note whose result a file will be: before it is written, so that one from before a kill is known as ours."""
        with self._said():
            self._db.execute("INSERT INTO outputs VALUES (?, ?)", (output, address))

    def write(self, record: Record, document: str | None = None) -> None:
        """Note an outcome; attempts are counted on if the work is the same.

        Args:
            record: The outcome; `attempts` and `at` are filled in here.
            document: The document's JSON, if it is to be kept here until it goes into a single file.
        """
        usage = record.usage.model_dump_json(exclude_defaults=True) if record.usage else None
        at = datetime.now(UTC).isoformat(timespec="seconds")
        values = (
            record.address, record.work, record.state, record.error, record.exit_code, record.output, record.document,
            usage, at,
        )  # fmt: skip
        with self._said():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                self._db.execute(_WRITE, values)
                self._db.execute("DELETE FROM gone WHERE address = ?", (record.address,))
                if document is not None:
                    self._db.execute("INSERT OR REPLACE INTO documents VALUES (?, ?)", (record.address, document))
                elif record.state == "failed":  # what is left is of other work
                    self._db.execute("DELETE FROM documents WHERE address = ?", (record.address,))
                self._db.execute("COMMIT")
            except sqlite3.Error:
                self._db.rollback()
                raise

    def counts(self) -> dict[State, int]:
        """Return how many articles are in each state; see `note_gone`."""
        with self._said():
            found = dict(self._db.execute(f"SELECT state, count(*) FROM articles WHERE {_LISTED} GROUP BY state"))  # noqa: S608  # our own
        return {state: found.get(state, 0) for state in ("done", "incomplete", "failed")}

    def totals(self) -> dict[str, float]:
        """Return the sums of what the last attempts took: requests, tokens and cost."""
        names = ("requests", "cached_answers", "input_tokens", "output_tokens", "cost")
        paths = [f"$.{name}.amount" if name == "cost" else f"$.{name}" for name in names]
        sums = ", ".join("total(json_extract(usage, ?))" for _ in names)
        with self._said():
            row = self._db.execute(f"SELECT {sums} FROM articles", paths).fetchone()  # noqa: S608  # only placeholders
        return {name: value if name == "cost" else int(value) for name, value in zip(names, row, strict=True)}

    def records(self, *states: State) -> Iterator[Record]:
        """Yield the outcomes in these states, or all, by address; see `note_gone`."""
        wanted = states or ("done", "incomplete", "failed")
        marks = ", ".join("?" * len(wanted))
        with self._said():
            rows = self._db.execute(
                f"SELECT {_COLUMNS} FROM articles WHERE state IN ({marks}) AND {_LISTED} ORDER BY address",  # noqa: S608  # our own
                wanted,
            )
            yield from map(_record, rows)

    def documents(self) -> Iterator[str]:
        """Yield the JSON of the documents that are kept here, by address."""
        with self._said():
            for (document,) in self._db.execute("SELECT document FROM documents ORDER BY address"):
                yield document

    @contextmanager
    def _said(self) -> Iterator[None]:
        """Turn a failure of the file itself into one sentence."""
        try:
            yield
        except sqlite3.Error as error:
            raise InputError(
                f"The journal {self._path} cannot be used ({error}): is the disk full, may the folder be written? "
                "Nothing that was finished is lost; run it again after that."
            ) from error


def _record(row: tuple[Any, ...]) -> Record:
    values = dict(zip(_COLUMNS.split(", "), row, strict=True))
    usage = values.pop("usage")
    return Record(**values, usage=Usage(**json.loads(usage)) if usage else None)


_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS articles (
    address TEXT PRIMARY KEY, work TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL, error TEXT,
    exit_code INTEGER NOT NULL, output TEXT, document TEXT, usage TEXT, at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS outputs (output TEXT PRIMARY KEY COLLATE NOCASE, address TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (address TEXT PRIMARY KEY, document TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS gone (address TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
PRAGMA user_version = {_VERSION};
"""

_WRITE = """
INSERT INTO articles (address, work, state, attempts, error, exit_code, output, document, usage, at)
VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (address) DO UPDATE SET
    work = ?2, state = ?3, attempts = CASE WHEN work = ?2 THEN attempts + 1 ELSE 1 END,
    error = ?4, exit_code = ?5, output = coalesce(?6, output), document = ?7, usage = ?8, at = ?9
"""
