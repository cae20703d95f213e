"""Answers by request: what was asked once and answered in shape is not asked again, in this run or a later one.

The key is everything that changes the answer and nothing that does not, so a changed brief prompt leaves the
translations where they are. Only answers that passed validation are kept: no failure, nothing cut off, filtered or
out of shape.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
from pathlib import Path
from typing import Any, Self

from ..database import connected
from ..errors import SetupError

FORMAT = 1
"""Of keys and values; another number makes all earlier answers unfindable."""

_FILE = "answers.sqlite"


def request_key(endpoint: str, weights: str | None, body: dict[str, Any]) -> str:
    """Return the SHA-256 (hex) of a request in canonical JSON.

    Args:
        endpoint: Base URL without credentials, or `in-process`.
        weights: SHA-256 of the weights if they are a local file: a name may stay while the file changes.
        body: The request's body as it is sent: model, messages, schema, parameters.
    """
    canonical = json.dumps(
        [FORMAT, endpoint, weights, body], ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str
    )
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


class Cache:
    """A store of answers in a folder; several processes may share it.

    Subclasses may override `missed`, which is awaited for every request that is not answered from here, before it is
    sent: to record it, to hold it back, or to raise instead.

    Attributes:
        note: What went wrong with the store itself; the work goes on without it. None if nothing did.
    """

    def __init__(self, folder: Path) -> None:
        """Open the store, and make it if there is none.

        Raises:
            SetupError: If the folder or the file in it cannot be made or is something else.
        """
        self.note: str | None = None
        folder = folder.expanduser()
        self._path = folder / _FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # One thread at a time uses it: the event loop's; which one that is may change between runs.
            with connected(self._path) as self._db:
                self._db.execute(
                    "CREATE TABLE IF NOT EXISTS answers"
                    " (key TEXT PRIMARY KEY, answer TEXT NOT NULL, at REAL NOT NULL) WITHOUT ROWID"
                )
        except (OSError, sqlite3.Error) as error:
            raise SetupError(
                f"The answer cache {folder} cannot be used ({error}): give another --cache, or --no-cache."
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def get(self, key: str) -> str | None:
        """Return the answer's JSON, a chat completion as the endpoint gave it, or None."""
        try:
            row = self._db.execute("SELECT answer FROM answers WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error as error:
            self._complain(error)
            return None
        return row[0] if row else None

    def put(self, key: str, answer: str) -> None:
        """Keep an answer; one that is there already is replaced."""
        try:
            self._db.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", (key, answer, time.time()))
        except sqlite3.Error as error:
            self._complain(error)

    async def missed(self, key: str, body: dict[str, Any]) -> None:
        """Do nothing: the request goes to the endpoint."""

    def _complain(self, error: sqlite3.Error) -> None:
        self.note = f"the answer cache {self._path} fails ({error}): answers are asked for again next time"
