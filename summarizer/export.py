"""Claims, entities, events or quotations of many documents as one table: CSV or Parquet, streamed."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final, Literal

from .article import plain
from .checks.brief import items_of
from .document import Document
from .errors import InputError
from .extras import require
from .files import replacing
from .items import Brief, Claim, Entity, Event, Item, Quotation

Table = Literal["claims", "entities", "events", "quotations"]
Row = dict[str, str | float | None]

COMMON: Final = ("document", "file", "title", "published", "url")
REST: Final = ("field", "evidence", "german", "confidence", "status", "doubts")
COLUMNS: Final[Mapping[Table, tuple[str, ...]]] = {
    "claims": (*COMMON, "text", "stance", "attributed_to", *REST),
    "entities": (*COMMON, "type", "name", "name_as_printed", "role", *REST),
    "events": (*COMMON, "what", "iso", "precision", "as_printed", "where", "who", *REST),
    "quotations": (*COMMON, "speaker", "original", "english", *REST),
}
"""The columns of each table; all are texts but `confidence`."""

_KINDS: Final[Mapping[Table, type[Item]]] = {
    "claims": Claim, "entities": Entity, "events": Event, "quotations": Quotation,
}  # fmt: skip
_ROWS_AT_ONCE: Final = 5000
_FORMULA: Final = tuple("=+-@\t\r")


def rows(documents: Iterable[tuple[str, Document[Any]]], table: Table) -> Iterator[Row]:
    """Yield a row for each item, with the sentences that it rests on in German.

    Args:
        documents: Documents with their names.
        table: Which items.
    """
    for name, document in documents:
        if not isinstance(document.brief, Brief):
            continue
        article = document.article
        findings = document.findings_by_place()
        borne = {support.where: support for support in document.support}
        sentences = {sentence.id: plain(sentence.text) for sentence in article.sentences}
        for pointer, item in items_of(document.brief):
            if not isinstance(item, _KINDS[table]):
                continue
            support = borne.get(pointer)
            yield {
                "document": document.id,
                "file": name.encode(errors="replace").decode(),  # a name on a disk need not be UTF-8
                "title": article.title,
                "published": article.published,
                "url": article.url,
                **_values(item),
                "field": pointer.split("/")[1],
                "evidence": " ".join(item.evidence),
                "german": " ".join(sentences.get(sentence_id, "") for sentence_id in item.evidence),
                "confidence": support.confidence if support else None,
                "status": support.status if support else None,
                "doubts": " ".join(finding.message for finding in findings.get(pointer, ())),
            }


def _values(item: Item) -> Row:
    match item:
        case Claim():
            return {"text": item.text, "stance": item.stance, "attributed_to": item.attributed_to}
        case Entity():
            names = {"name": item.name, "name_as_printed": item.name_as_printed, "role": item.role}
            return {"type": type(item).__name__.lower(), **names}
        case Event():
            when = item.when
            times = (when.iso, when.precision, when.as_printed) if when else (None, None, None)
            return {
                "what": item.what,
                **dict(zip(("iso", "precision", "as_printed"), times, strict=True)),
                "where": item.where,
                "who": "; ".join(item.who),
            }
        case Quotation():
            return {"speaker": item.speaker, "original": item.original, "english": item.english}
        case _:
            return {}


def write_csv(found: Iterable[Row], table: Table, file: IO[str]) -> int:
    """Write rows as CSV with a head line; return how many.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it: texts come from strangers.
    """
    writer = csv.DictWriter(file, COLUMNS[table], lineterminator="\n")
    writer.writeheader()
    count = 0
    for row in found:
        writer.writerow({name: _harmless(value) for name, value in row.items()})
        count += 1
    return count


def write_csv_file(found: Iterable[Row], table: Table, path: Path) -> int:
    """Write rows as a CSV file (UTF-8), whole or not at all; return how many; raises InputError if that fails."""
    try:
        with replacing(path) as whole, whole.open("w", encoding="utf-8", newline="") as file:
            return write_csv(found, table, file)
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror or error}).") from error


def _harmless(value: str | float | None) -> str | float | None:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def write_parquet(found: Iterable[Row], table: Table, path: Path) -> int:
    """Write rows as Parquet, whole or not at all; return how many.

    Raises:
        SetupError: If pyarrow is not installed.
        InputError: If the file cannot be written.
    """
    pyarrow = require("pyarrow", "parquet", "Writing Parquet")
    parquet = require("pyarrow.parquet", "parquet", "Writing Parquet")
    types = {"confidence": pyarrow.float64()}
    schema = pyarrow.schema([(name, types.get(name, pyarrow.string())) for name in COLUMNS[table]])
    count = 0
    try:
        with replacing(path) as file, parquet.ParquetWriter(file, schema) as writer:
            left = iter(found)
            while batch := list(islice(left, _ROWS_AT_ONCE)):
                writer.write_table(pyarrow.Table.from_pylist(batch, schema=schema))
                count += len(batch)
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror or error}).") from error
    return count
