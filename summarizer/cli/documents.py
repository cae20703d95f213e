"""`brief validate`, `brief upgrade`: documents that were made before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import ExitCode, InputError
from .console import errors_as_sentences, say

if TYPE_CHECKING:
    from ..document import Document

Files = Annotated[list[Path], typer.Argument(metavar="FILE...", help="Documents as JSON.")]
Kind = Annotated[
    str | None,
    typer.Option("--kind", "-k", help="The kind of their briefs, where it is one of your own.", show_default=False),
]


def validate(
    files: Files,
    kind: Kind = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only what is wrong.")] = False,
) -> None:
    """Say whether documents are what their schema says, and hold together: ids, offsets, evidence, hash.

    Exit code 0: all are; 1: one is not; 2: one cannot be read.
    """
    from ..validate import problems

    with errors_as_sentences():
        unsound = 0
        unread: InputError | None = None
        for path in files:
            try:
                wrong = list(problems(_read(path, kind)))
            except InputError as error:
                unread = error
                say(str(error))
                continue
            unsound += bool(wrong)
            for sentence in wrong:
                typer.echo(f"{path}: {sentence}")
            if not wrong and not quiet:
                typer.echo(f"{path}: sound")
        if unread is not None:
            raise typer.Exit(unread.exit_code)
        if unsound:
            raise typer.Exit(ExitCode.INCOMPLETE)


def upgrade(files: Files, kind: Kind = None) -> None:
    """Write documents of older versions anew in this version's shape, in place; current ones stay as they are."""
    import json

    from ..files import write_whole

    with errors_as_sentences():
        for path in files:
            document = _read(path, kind)
            before = json.loads(path.read_bytes())
            if json.loads(document.model_dump_json()) == before:
                typer.echo(f"{path}: current")
                continue
            write_whole(path, document.model_dump_json(indent=2) + "\n")
            typer.echo(f"{path}: upgraded")


def _read(path: Path, kind: str | None) -> Document[Any]:
    from .. import kinds

    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    try:
        return kinds.parse_document(data, kinds.load(kind) if kind else None)
    except InputError as error:
        raise InputError(f"{path}: {error}") from error
