"""The requests of a job and their answers, between the pipeline and the files that carry them. SQLite.

A request is *open* until it is put into an upload, *sent* until its answer is there. One that failed or expired is open
again, a bounded number of times; the error of its last attempt is then its answer. Every change is one transaction, so
that a process killed at any moment finds what was begun.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from ..database import connected
from ..errors import InputError, SetupError
from .lines import Result, failure, request_line
from .outputs import Place

ATTEMPTS = 4
"""Times that a request is sent before its error stands."""

_TABLES = """
CREATE TABLE IF NOT EXISTS job (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS requests (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL, upload INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0, status INTEGER, answer TEXT);
CREATE INDEX IF NOT EXISTS requests_by_upload ON requests (upload);
CREATE TABLE IF NOT EXISTS asked (article TEXT, request TEXT, PRIMARY KEY (article, request)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS asked_by_request ON asked (request);
CREATE TABLE IF NOT EXISTS seen (article TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS forgotten (article TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS uploads (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL, requests INTEGER NOT NULL, tried TEXT NOT NULL DEFAULT '',
    file TEXT, batch TEXT, status TEXT NOT NULL DEFAULT 'new', done INTEGER NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT '');
"""

_FILE = "waves.sqlite"
_OPEN = "answer IS NULL AND upload IS NULL AND EXISTS (SELECT 1 FROM asked WHERE request = requests.id)"
"""Not on its way, and an article still asks for it: a prompt that changed since leaves requests behind."""


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of requests on its way.

    Attributes:
        number: In this job.
        name: At the provider; no other job has it.
        requests: How many it holds.
        tried: What was begun and may have had its effect: nothing, `file` or `batch`.
        file: The provider's id of the file, as soon as it is known.
        batch: The provider's id of the batch, as soon as it is known.
        status: `new`; then as the provider tells; in the end `collected` or `refused`.
        done: Requests of which the provider says that they are done.
        error: Why it was refused; empty if it was not.
    """

    number: int
    name: str
    requests: int
    tried: str
    file: str | None
    batch: str | None
    status: str
    done: int
    error: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many requests there are of each state; `refused` are those answered by an error."""

    open: int
    sent: int
    answered: int
    refused: int


class _Connection(sqlite3.Connection):
    """Says in a sentence what is wrong with the file itself."""

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        with _said():
            return super().execute(*arguments)

    def executemany(self, *arguments: Any) -> sqlite3.Cursor:
        with _said():
            return super().executemany(*arguments)


@contextmanager
def _said() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise SetupError(
            f"The journal of what was submitted cannot be used ({error}): is the disk full, may the folder be written? "
            "Nothing that came is lost; run it again after that."
        ) from error


class Waves:
    """The store of one job; also the `Answers` of a deferred transport."""

    def __init__(self, folder: Path, *, readonly: bool = False) -> None:
        """Open the store in a folder, and make it if there is none; `readonly` writes and makes nothing.

        Raises:
            InputError: If the file cannot be made or is something else.
        """
        path = folder / _FILE
        try:
            if not readonly:
                folder.mkdir(parents=True, exist_ok=True)
            with connected(path, readonly=readonly, factory=_Connection) as self._db:
                if readonly:
                    self._db.execute("SELECT 1 FROM job")
                    return
                self._db.executescript(_TABLES)
                self._db.execute("INSERT OR IGNORE INTO job VALUES ('id', ?)", (json.dumps(uuid.uuid4().hex[:12]),))
        except (OSError, sqlite3.Error, SetupError) as error:
            raise InputError(f"The journal {path} cannot be used ({error}): is the folder writable?") from error

    @staticmethod
    def there(folder: Path) -> bool:
        """Tell whether a folder holds a store."""
        return (folder / _FILE).is_file()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    # --- what the job is

    def remember(self, name: str, value: Any) -> None:
        """Keep a value (JSON) of the job."""
        self._db.execute("INSERT OR REPLACE INTO job VALUES (?, ?)", (name, json.dumps(value)))

    def recall(self, name: str) -> Any:
        """Return a value of the job, or None."""
        row = self._db.execute("SELECT value FROM job WHERE name = ?", (name,)).fetchone()
        return json.loads(row[0]) if row else None

    # --- what the pipeline asks

    def find(self, request_id: str) -> tuple[int, str] | None:
        """Return the HTTP status and the JSON of the answer to a request, or None if there is none yet."""
        query = "SELECT status, answer FROM requests WHERE id = ? AND answer IS NOT NULL"
        row: tuple[int, str] | None = self._db.execute(query, (request_id,)).fetchone()
        return row

    def want(self, request_id: str, body: str) -> None:
        """Note a request that has no answer; a second time changes nothing."""
        self._db.execute("INSERT OR IGNORE INTO requests (id, body) VALUES (?, ?)", (request_id, body))

    def begin(self) -> None:
        """Begin a pass over all articles."""
        self._db.execute("DELETE FROM seen")

    def end(self) -> None:
        """End it: what articles ask for that were not seen is not wanted any more, since text or prompt have changed."""
        self._db.execute(
            "DELETE FROM asked WHERE article NOT IN (SELECT article FROM seen)"
            " AND request IN (SELECT id FROM requests WHERE answer IS NULL)"
        )

    def note(self, article: str, asked: Iterable[str]) -> None:
        """Keep which requests an article rests on, in place of what was known before."""
        with self._transaction():
            self._db.execute("INSERT OR IGNORE INTO seen VALUES (?)", (article,))
            self._db.execute("DELETE FROM asked WHERE article = ?", (article,))
            self._db.executemany("INSERT INTO asked VALUES (?, ?)", ((article, request) for request in asked))

    def waits(self, article: str) -> bool:
        """Tell whether an answer is missing that the article is known to need."""
        self._db.execute("INSERT OR IGNORE INTO seen VALUES (?)", (article,))
        query = "SELECT 1 FROM asked JOIN requests ON id = request WHERE article = ? AND answer IS NULL LIMIT 1"
        return self._db.execute(query, (article,)).fetchone() is not None

    def forget(self, article: str) -> None:
        """Drop the answers that an article rests on, so that they are asked for again, until it is settled."""
        with self._transaction():
            self._db.execute("INSERT OR IGNORE INTO forgotten VALUES (?)", (article,))
            self._db.execute(
                "UPDATE requests SET status = NULL, answer = NULL, upload = NULL, attempts = 0"
                " WHERE answer IS NOT NULL AND id IN (SELECT request FROM asked WHERE article = ?)",
                (article,),
            )

    def forgotten(self, article: str) -> bool:
        """Tell whether the answers were dropped and the article is not settled since."""
        return self._db.execute("SELECT 1 FROM forgotten WHERE article = ?", (article,)).fetchone() is not None

    def settle(self, article: str) -> None:
        """Note that an article has ended, well or not."""
        self._db.execute("DELETE FROM forgotten WHERE article = ?", (article,))

    # --- what is sent

    def counts(self) -> Counts:
        """Return how many requests there are of each state."""
        row = self._db.execute(
            f"SELECT coalesce(sum({_OPEN}), 0), coalesce(sum(answer IS NULL AND upload IS NOT NULL), 0),"  # noqa: S608  # no value from outside
            " coalesce(sum(answer IS NOT NULL), 0), coalesce(sum(status <> 200), 0) FROM requests"
        ).fetchone()
        return Counts(*row)

    def open_lines(self) -> Iterator[str]:
        """Give the lines of all open requests, in the order in which they came up."""
        query = f"SELECT id, body FROM requests WHERE {_OPEN} ORDER BY number"  # noqa: S608  # no value from outside
        for row in self._db.execute(query):
            yield request_line(*row)

    def pack(self, *, max_requests: int, max_bytes: int) -> None:
        """Put all open requests into uploads within the limits (a longer single one goes alone)."""
        frame = len(request_line("0" * 32, ""))
        query = f"SELECT number, length(CAST(body AS BLOB)) FROM requests WHERE {_OPEN} ORDER BY number"  # noqa: S608  # no value from outside
        with self._transaction():
            room, left, upload = 0, 0, 0
            for number, length in self._db.execute(query).fetchall():
                if left == 0 or length + frame > room:
                    upload, left, room = self._new_upload(), max_requests, max_bytes
                left, room = left - 1, room - length - frame
                self._db.execute(
                    "UPDATE requests SET upload = ?, attempts = attempts + 1 WHERE number = ?", (upload, number)
                )
                self._db.execute("UPDATE uploads SET requests = requests + 1 WHERE number = ?", (upload,))

    def _new_upload(self) -> int:
        number = self._db.execute("SELECT coalesce(max(number), 0) + 1 FROM uploads").fetchone()[0]
        name = f"brief-{self.recall('id')}-{number}.jsonl"
        self._db.execute("INSERT INTO uploads (number, name, requests) VALUES (?, ?, 0)", (number, name))
        return int(number)

    def uploads(self, *, unfinished: bool = False) -> list[Upload]:
        """Return the uploads, oldest first."""
        where = "WHERE status NOT IN ('collected', 'refused')" if unfinished else ""
        rows = self._db.execute(f"SELECT * FROM uploads {where} ORDER BY number")  # noqa: S608  # no value from outside
        return [Upload(*row) for row in rows]

    def unsent(self) -> bool:
        """Tell whether there is anything to send."""
        return self.counts().open > 0 or any(upload.batch is None for upload in self.uploads(unfinished=True))

    def change(self, upload: Upload, **values: str | int) -> Upload:
        """Keep new values of an upload, safe from a power cut, and return it with them."""
        if not self._db.in_transaction:
            self._db.execute("PRAGMA synchronous=FULL")
        for name, value in values.items():
            self._db.execute(f"UPDATE uploads SET {name} = ? WHERE number = ?", (value, upload.number))  # noqa: S608  # names of fields
        if not self._db.in_transaction:
            self._db.execute("PRAGMA synchronous=NORMAL")
        return Upload(*self._db.execute("SELECT * FROM uploads WHERE number = ?", (upload.number,)).fetchone())

    def told(self, upload: Upload, status: str, done: int) -> None:
        """Keep what the provider says of a batch, unless it was collected meanwhile."""
        self._db.execute(
            "UPDATE uploads SET status = ?, done = ? WHERE number = ? AND status NOT IN ('collected', 'refused')",
            (status, done, upload.number),
        )

    def lines(self, upload: Upload) -> Iterator[str]:
        """Give the lines of an upload; the same at every call until an answer comes."""
        query = "SELECT id, body FROM requests WHERE upload = ? ORDER BY number"
        for row in self._db.execute(query, (upload.number,)):
            yield request_line(*row)

    # --- what comes back

    def take(self, results: Iterable[Result | None], upload: Upload | None = None) -> int:
        """Keep the answers among results; return how many were of use.

        What may succeed another time becomes open again, until it was sent `ATTEMPTS` times.

        Args:
            results: None stands for a line that cannot be read.
            upload: Where they come from. With it, its requests without a result are open again too, and it is done.
        """
        used = 0
        with self._transaction():
            for result in results:
                if result is not None:
                    used += self._take(result)
            if upload is not None:
                lost = failure("the batch ended without a result for this request")
                query = "SELECT id FROM requests WHERE upload = ? AND answer IS NULL"
                for (request_id,) in self._db.execute(query, (upload.number,)).fetchall():
                    self._take(Result(request_id, 503, lost, final=False))
                self.change(upload, status="collected")
        return used

    def _take(self, result: Result) -> int:
        """Note one result; return 1 if it is the answer to a request that had none."""
        answer = "UPDATE requests SET status = ?, answer = ? WHERE id = ? AND answer IS NULL"
        if not result.final:
            answer += f" AND attempts >= {ATTEMPTS}"
        taken = self._db.execute(answer, (result.status, result.body, result.id)).rowcount
        if not taken:
            self._db.execute(  # one that came by hand was not counted when it went
                "UPDATE requests SET upload = NULL, attempts = attempts + (upload IS NULL)"
                " WHERE id = ? AND answer IS NULL",
                (result.id,),
            )
        return taken

    def refuse(self, upload: Upload, error: str) -> None:
        """Open the requests of an upload again that the provider did not begin; this is no attempt."""
        with self._transaction():
            self._db.execute(
                "UPDATE requests SET upload = NULL, attempts = attempts - 1 WHERE upload = ? AND answer IS NULL",
                (upload.number,),
            )
            self.change(upload, status="refused", error=error)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self._db.in_transaction:  # SQLite may have rolled back itself
                self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")


@dataclass(frozen=True, slots=True)
class Sent:
    """What a job has with a provider: its uploads, oldest first, and its requests."""

    uploads: list[Upload]
    counts: Counts

    @property
    def under_way(self) -> bool:
        """Whether the provider knows more than is known here."""
        return any(upload.batch and upload.status not in {"collected", "refused"} for upload in self.uploads)


def sent(place: Place) -> Sent:
    """Return what a job has with a provider; nothing if it was never submitted."""
    if not Waves.there(place.state):
        return Sent([], Counts(0, 0, 0, 0))
    with Waves(place.state, readonly=True) as waves:
        return Sent(waves.uploads(), waves.counts())
