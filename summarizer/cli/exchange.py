"""`brief convert`, `brief import`: documents that exist, in other formats, and reviewed translations taken back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .article import FormatOption, Output, default_format, rendered
from .console import check_writable, errors_as_sentences, say, write_result

if TYPE_CHECKING:
    from ..document import Document

DocumentArgument = Annotated[Path, typer.Argument(metavar="DOC.json", help="A document that `brief` wrote as JSON.")]


def convert(document: DocumentArgument, output: Output = None, format: FormatOption = None) -> None:  # noqa: A002
    """Write a document that exists in another format; no model is asked."""
    with errors_as_sentences():
        if output is not None:
            check_writable(output, str(document))
        chosen = format or default_format(output)
        write_result(rendered(load(document), chosen, to_terminal=output is None), output)


def import_(
    reviewed: Annotated[Path, typer.Argument(metavar="REVIEWED.xlf", help="An XLIFF 2 file from a translator's tool.")],
    document: DocumentArgument,
    output: Output = None,
    format: FormatOption = None,  # noqa: A002
    everything: Annotated[
        bool, typer.Option("--all", help="Take every sentence as reviewed, not only those marked so or changed.")
    ] = False,
) -> None:
    """Take a reviewed translation back into its document.

    Sentences that the file marks as reviewed or final, and those that it changed, become a person's and are checked again.
    """
    with errors_as_sentences():
        from ..review import take_back

        if output is not None:
            check_writable(output, str(reviewed))
        result, taken = take_back(load(document), _read(reviewed), reviewed.name, everything=everything)
        write_result(rendered(result, format or default_format(output), to_terminal=output is None), output)
        say(f"{taken} of {len(result.article.sentences)} sentences are reviewed by a person now.")


def load(path: Path) -> Document[Any]:
    """Return the document in a file; raises InputError if it cannot be read or is none."""
    from ..kinds import parse_document

    return parse_document(_read(path))


def _read(path: Path) -> bytes:
    from ..errors import InputError

    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}).") from error
