"""The SQLite files: what cannot be used is closed again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from summarizer.batch.journal import Journal
from summarizer.batch.waves import Waves
from summarizer.errors import BriefError
from summarizer.llm import Cache


@pytest.mark.parametrize(
    ("name", "opened"),
    [
        ("journal.sqlite", lambda folder: Journal(folder / "journal.sqlite")),
        ("journal.sqlite", lambda folder: Journal(folder / "journal.sqlite", readonly=True)),
        ("waves.sqlite", Waves),
        ("answers.sqlite", Cache),
    ],
)
def test_what_cannot_be_used_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, opened: Callable[[Path], Any]
) -> None:
    connections: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def seen(*arguments: Any, **values: Any) -> sqlite3.Connection:
        connections.append(connect(*arguments, **values))
        return connections[0]

    monkeypatch.setattr(sqlite3, "connect", seen)
    (tmp_path / name).write_text("something else", encoding="utf-8")
    with pytest.raises(BriefError):
        opened(tmp_path)
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        _ = connections[0].total_changes
