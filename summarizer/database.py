"""How SQLite files are opened: by the process that writes them, and by any that looks at them meanwhile."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def connected(
    path: Path, *, readonly: bool = False, factory: type[sqlite3.Connection] = sqlite3.Connection
) -> Iterator[sqlite3.Connection]:
    """Connect to a file, and make it if there is none; the connection outlives the block unless that fails.

    Args:
        path: The file.
        readonly: Nothing is written then, nor made beside the file: it may be in a folder of somebody else.
        factory: The class of the connection.
    """
    address = path.absolute().as_uri()
    if readonly:  # without a log beside it nobody has it open, and SQLite needs none
        address += "?mode=ro" if log_of(path).exists() else "?mode=ro&immutable=1"
    db = sqlite3.connect(address, uri=True, timeout=20, isolation_level=None, check_same_thread=False, factory=factory)
    try:
        if not readonly:
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=NORMAL")  # an end of the process loses nothing, only one of the machine
        yield db
    except BaseException:
        db.close()
        raise


def log_of(path: Path) -> Path:
    """Return SQLite's log of a file: there while a process has the file open for writing, and after one was killed."""
    return path.with_name(f"{path.name}-wal")
