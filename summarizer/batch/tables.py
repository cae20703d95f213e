"""Rows of JSONL, CSV and Parquet files, streamed: however long the file, one row (or one row group's batch) is in memory."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from ..errors import InputError, SetupError
from ..extras import require
from .entries import BrokenEntry, Entry, RowEntry, metadata

SUFFIXES = (".jsonl", ".ndjson", ".csv", ".tsv", ".parquet")

_MAX_FIELD = 16 * 1024 * 1024
"""Characters in one field of a CSV file; the module's own limit of 131,072 is shorter than a long article."""


def rows(path: Path, address: str, *, text_field: str, id_field: str | None) -> Iterator[Entry]:
    """Yield an entry a row, `address#id`; a row that is no article is an entry that says so.

    Args:
        path: The file; its suffix decides the format.
        address: The file's own address.
        text_field: The column with the article.
        id_field: The column with a row's id; None numbers the rows from 1.

    Raises:
        InputError: If the file cannot be read at all.
        SetupError: If a package is missing.
    """
    seen = 0
    for row in _rows(path):
        seen += 1
        number = f"{seen:06d}"
        if isinstance(row, str):
            yield BrokenEntry(f"{address}#{number}", f"Row {seen} of {path} {row}.")
            continue
        row_id = row.get(id_field) if id_field else number
        if row_id in (None, ""):
            yield BrokenEntry(f"{address}#{number}", f"Row {seen} of {path} has no {id_field!r}: see --id-field.")
            continue
        text = row.get(text_field)
        where = f"{address}#{row_id}"
        if not isinstance(text, str) or not text.strip():
            lacks = f"has no text in {text_field!r} (it has {', '.join(map(str, row))[:200]}): see --text-field"
            yield BrokenEntry(where, f"Row {seen} of {path} {lacks}.")
            continue
        yield RowEntry(where, text, metadata(row))


def count(path: Path) -> int:
    """Return the number of rows, or 0 if the file cannot be read."""
    try:
        if path.suffix.lower() == ".parquet":
            with _said(path):
                return int(parquet().parquet.ParquetFile(path).metadata.num_rows)
        return sum(1 for _ in _rows(path))
    except (InputError, SetupError, OSError):
        return 0


def _rows(path: Path) -> Iterator[dict[str, Any] | str]:
    """Yield rows as dictionaries; for one that is broken, what is wrong with it."""
    suffix = path.suffix.lower()
    with _said(path):
        if suffix in {".jsonl", ".ndjson"}:
            yield from _jsonl(path)
        elif suffix in {".csv", ".tsv"}:
            yield from _csv(path, "\t" if suffix == ".tsv" else None)
        else:
            for batch in parquet().parquet.ParquetFile(path).iter_batches(batch_size=64):
                yield from batch.to_pylist()


def _jsonl(path: Path) -> Iterator[dict[str, Any] | str]:
    with path.open("rb") as stream:
        for line in stream:
            if not line.strip():
                continue
            try:
                value = json.loads(line.decode("utf-8-sig"))
            except (ValueError, RecursionError) as error:
                yield f"is not JSON ({error})"
                continue
            yield value if isinstance(value, dict) else "is not a JSON object"


def _csv(path: Path, delimiter: str | None) -> Iterator[dict[str, Any] | str]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        csv.field_size_limit(_MAX_FIELD)
        if delimiter is None:  # German spreadsheets write semicolons
            head = stream.readline()
            delimiter = max(",;\t", key=head.count)
            stream.seek(0)
        for row in csv.DictReader(stream, delimiter=delimiter):
            surplus = row.pop(None, None)
            if surplus and any(surplus):  # empty ones at the end do no harm
                yield f"has more fields than the head line: put texts that hold {delimiter!r} in quotation marks"
            else:
                yield row


@contextmanager
def _said(path: Path) -> Iterator[None]:
    """Turn what a broken file raises into one sentence."""
    try:
        yield
    except FileNotFoundError:
        raise InputError(f"{path} is no longer there.") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.") from None
    except (ValueError, csv.Error) as error:  # pyarrow's errors are ValueErrors
        raise InputError(f"{path} cannot be read: {' '.join(str(error).split())[:200]}.") from None


def parquet() -> ModuleType:
    """Return pyarrow with its Parquet part; raises SetupError if it is not installed."""
    require("pyarrow.parquet", "parquet", "Parquet")
    return require("pyarrow", "parquet", "Parquet")
