"""What is done with documents that exist: `brief convert`, `brief import`, `brief index`, `brief export`."""

from __future__ import annotations

import sys
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from ..errors import ExitCode, InputError
from .article import FormatOption, GlossaryOption, Output, chosen_format, rendered
from .console import check_writable, errors_as_sentences, say, to_stdout, write_result
from .documents import Kind, glossary_of, own_kind, read_document, read_file
from .options import KindsDir


class Table(StrEnum):
    """What a table holds."""

    claims = "claims"
    entities = "entities"
    events = "events"
    quotations = "quotations"


DocumentArgument = Annotated[Path, typer.Argument(metavar="DOC.json", help="A document that `brief` wrote as JSON.")]


def convert(
    document: DocumentArgument,
    output: Output = None,
    format: FormatOption = None,  # noqa: A002
    kind: Kind = None,
    kinds_dir: KindsDir = None,
) -> None:
    """Write a document that exists in another format; no model is asked."""
    with errors_as_sentences():
        if output is not None:
            check_writable(output, str(document))
        chosen = chosen_format(format, output)
        found = read_document(document, own_kind(kind, kinds_dir), kinds_dir)
        write_result(rendered(found, chosen, to_terminal=output is None), output)


def import_(
    reviewed: Annotated[Path, typer.Argument(metavar="REVIEWED.xlf", help="An XLIFF 2 file from a translator's tool.")],
    document: DocumentArgument,
    output: Output = None,
    format: FormatOption = None,  # noqa: A002
    everything: Annotated[
        bool, typer.Option("--all", help="Take every sentence as reviewed, not only those marked so or changed.")
    ] = False,
    glossary: GlossaryOption = None,
    kind: Kind = None,
    kinds_dir: KindsDir = None,
) -> None:
    """Take a reviewed translation back into its document.

    Sentences that the file marks as reviewed or final, and those that it changed, become a person's and are checked again.
    Terms are checked against --glossary, or the glossary of your settings if the document was made with it.
    """
    with errors_as_sentences():
        from ..review import take_back

        if output is not None:
            check_writable(output, str(reviewed))
        chosen = chosen_format(format, output)
        before = read_document(document, own_kind(kind, kinds_dir), kinds_dir)
        terms = glossary_of(before, glossary)
        result, taken = take_back(before, read_file(reviewed), reviewed.name, everything=everything, glossary=terms)
        write_result(rendered(result, chosen, to_terminal=output is None), output)
        say(f"{taken} of {len(result.article.sentences)} sentences are reviewed by a person now.")


def index(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder of documents, as `brief batch` writes them.")],
    kind: Kind = None,
    kinds_dir: KindsDir = None,
) -> None:
    """Write a page for each document of a folder, and index.html that lists, filters and dates them.

    Exit code 0: all are listed; 1: what is no document was passed over; 2: there is none.
    """
    with errors_as_sentences():
        from ..collection import PassedOver, write_pages

        passed_over = PassedOver(say)
        pages = write_pages(folder, passed_over, own_kind(kind, kinds_dir), kinds_dir)
        say(f"{pages.path}: {pages.articles} articles, {pages.written} of their pages written anew.")
        if passed_over.count:
            raise typer.Exit(ExitCode.INCOMPLETE)


def export(
    source: Annotated[Path, typer.Argument(metavar="DIR", help="A folder of documents, or a .jsonl file of them.")],
    table: Annotated[Table, typer.Option("--table", "-t", help="Which items, a row each.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A .csv or .parquet file; CSV to stdout if not said.")
    ] = None,
    kind: Kind = None,
    kinds_dir: KindsDir = None,
) -> None:
    """Write the claims, entities, events or quotations of many documents as a table.

    Exit code 0: all are in it; 1: what is no document was passed over; 2: there is none.
    """
    with errors_as_sentences():
        from .. import export as tables
        from ..collection import PassedOver, documents

        if output is not None and output.suffix.lower() not in ("", ".csv", ".parquet"):
            raise InputError(f"{output} is no name of a table: give a .csv or a .parquet file to -o.")
        passed_over = PassedOver(say)
        found = documents(source, passed_over, own_kind(kind, kinds_dir), kinds_dir)
        first = next(found, None)
        if first is None:
            raise InputError(f"{source} holds no document to export: `brief batch … -o {source}` writes some.")
        rows = tables.rows(chain([first], found), table.value)
        if output is None:
            with to_stdout():
                tables.write_csv(rows, table.value, sys.stdout)
        else:
            check_writable(output, str(source))
            write = tables.write_parquet if output.suffix.lower() == ".parquet" else tables.write_csv_file
            say(f"{output}: {write(rows, table.value, output)} rows.")
        if passed_over.count:
            raise typer.Exit(ExitCode.INCOMPLETE)
