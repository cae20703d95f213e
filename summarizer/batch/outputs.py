"""Where documents go: a folder that mirrors the inputs, or one JSONL or Parquet file.

Names come from the inputs' names, never from an article's text.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, Final

from ..errors import InputError
from ..files import replacing
from ..renderers import endings
from .tables import parquet

SINGLE: Final = (".jsonl", ".parquet")
"""Endings by which `-o` names one file and not a folder."""

_UNSAFE: Final = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u2028\u2029\u202a-\u202e\u2066-\u2069]+')
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_ROW: Final = re.compile(r"(?P<table>.+?\.(?:jsonl|ndjson|csv|tsv|parquet))#(?P<row>.+)", re.IGNORECASE | re.DOTALL)
_LONGEST: Final = 120


@dataclass(frozen=True, slots=True)
class Place:
    """Where a batch writes.

    Attributes:
        output: The folder of results, or the single file.
    """

    output: Path

    @property
    def single(self) -> bool:
        """Whether all documents go into one file."""
        return self.output.suffix.lower() in SINGLE

    @property
    def state(self) -> Path:
        """The folder of journal, answers and lock."""
        return self.output.with_name(f".{self.output.name}.brief") if self.single else self.output / ".brief"

    @property
    def journal(self) -> Path:
        """The journal's file."""
        return self.state / "journal.sqlite"

    @property
    def lock(self) -> Path:
        """The file that the process locks which works there."""
        return self.state / "lock"

    @property
    def failed(self) -> Path:
        """The list of what failed."""
        return (
            self.output.with_name(f"{self.output.stem}.failed.jsonl") if self.single else self.output / "failed.jsonl"
        )

    def prepare(self) -> None:
        """Make the folders; raises InputError if that cannot be."""
        if self.single and self.output.is_dir():
            raise InputError(f"{self.output} is a folder: give a file name, or one without {self.output.suffix}.")
        try:
            self.state.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"{self.state.parent} cannot be written ({error.strerror}): give another -o.") from None


def output_name(address: str, format: str) -> str:  # noqa: A002  # the field's term
    """Return the file of an article, relative to the folder of results: its address, with the format's ending.

    Each part of the path is made safe on every common file system. A part that had to be changed ends in a piece of
    its hash, so that two that differ stay apart.
    """
    row = _ROW.fullmatch(address)
    if row:
        *folders, table = row["table"].split("/")
        folders, name = [*folders, _stem(table)], row["row"]
    else:
        *folders, name = [part for part in (address.partition("://")[2] or address).split("/") if part]
        name = _stem(name)
    folders = [folder for folder in folders if folder != ".."]  # beside the folder of the first run
    return str(PurePosixPath(*map(_safe, folders), _safe(name) + endings(format)[0]))


def _stem(name: str) -> str:
    return name.rsplit(".", 1)[0] or name


def apart(name: str, address: str) -> str:
    """Return another name for an article whose first one belongs to another."""
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}-{_short_hash(address)}{path.suffix}"))


def _safe(part: str) -> str:
    clean = _UNSAFE.sub("_", part).strip(". ")
    if _RESERVED.match(clean):
        clean = f"_{clean}"
    clean = clean.encode("utf-8", "replace")[:_LONGEST].decode("utf-8", "ignore")
    return clean if clean == part else f"{clean or 'article'}-{_short_hash(part)}"


def _short_hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def write_single(path: Path, documents: Iterable[str]) -> int:
    """Write documents (JSON) into one JSONL or Parquet file, whole or not at all; return how many.

    Raises:
        InputError: If it cannot be written.
        SetupError: If a package is missing.
    """
    try:
        with replacing(path) as file:
            if path.suffix.lower() != ".jsonl":
                return _write_parquet(file, documents)
            with file.open("w", encoding="utf-8") as stream:
                return sum(1 for document in documents if stream.write(document.rstrip("\n") + "\n"))
    except OSError as error:
        raise InputError(
            f"{path} cannot be written ({error.strerror}): the documents are kept; run it again."
        ) from None


_PARQUET_COLUMNS: Final = ("id", "source", "url", "published", "title", "kind", "complete", "document")


def _write_parquet(path: Path, documents: Iterable[str]) -> int:
    """Write what one selects by as columns, and the whole document as JSON in the last one."""
    pyarrow = parquet()
    types = {"complete": pyarrow.bool_()}
    schema = pyarrow.schema([(name, types.get(name, pyarrow.string())) for name in _PARQUET_COLUMNS])
    count = 0
    with pyarrow.parquet.ParquetWriter(path, schema) as writer:
        rows = map(_columns, documents)
        while batch := list(islice(rows, 256)):
            writer.write_table(pyarrow.Table.from_pylist(batch, schema=schema))
            count += len(batch)
    return count


def _columns(document: str) -> dict[str, Any]:
    value = json.loads(document)
    article = value["article"]
    said = {name: article.get(name) for name in ("source", "url", "published", "title")}
    return {"id": value["id"], **said, "kind": value["kind"], "complete": value["complete"], "document": document}
