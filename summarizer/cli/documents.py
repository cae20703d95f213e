"""`brief validate`, `brief upgrade`; and how every command opens a document that was made before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import ExitCode, InputError
from .console import echo, errors_as_sentences, say, write_result
from .options import KindsDir

if TYPE_CHECKING:
    from ..document import Document
    from ..items import Brief
    from ..terms.glossary import Glossary

Files = Annotated[list[Path], typer.Argument(metavar="FILE...", help="Documents as JSON.")]
Kind = Annotated[
    str | None,
    typer.Option("--kind", "-k", help="The kind of brief in it, where it is one of your own.", show_default=False),
]


def glossary_of(document: Document[Any], given: Path | None, config: Path | None = None) -> Glossary | None:
    """Return the terms to check a document against: the file given, else those of today's settings if it was made with them.

    Raises:
        InputError: If the glossary or the settings cannot be read.
    """
    from ..settings import Settings
    from ..terms.glossary import glossary

    settings = Settings.load(config, glossary=given)
    found = glossary(settings.glossary, with_builtin=settings.builtin_glossary)
    made_with = document.provenance.parameters.get("glossary_sha256")
    return found if given is not None or found.sha256 == made_with else None


def validate(
    files: Files,
    kind: Kind = None,
    kinds_dir: KindsDir = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only what is wrong.")] = False,
) -> None:
    """Say whether documents are what their schema says, and hold together: ids, offsets, evidence, hash.

    Exit code 0: all are; 1: one is not; 2: one cannot be read.
    """
    from ..validate import problems

    with errors_as_sentences():
        unsound = 0
        unread: InputError | None = None
        own = own_kind(kind, kinds_dir)
        for path in files:
            try:
                wrong = list(problems(_parse(path, read_file(path), own, kinds_dir, whole=False)))
            except InputError as error:
                unread = error
                say(str(error))
                continue
            unsound += bool(wrong)
            for sentence in wrong:
                echo(f"{path}: {sentence}")
            if not wrong and not quiet:
                echo(f"{path}: sound")
        if unread is not None:
            raise typer.Exit(unread.exit_code)
        if unsound:
            raise typer.Exit(ExitCode.INCOMPLETE)


def upgrade(files: Files, kind: Kind = None, kinds_dir: KindsDir = None) -> None:
    """Write documents of older versions anew in this version's shape, in place; current ones stay as they are.

    Exit code 0: all are in this shape now; 2: one cannot be read (it is named, and the others are upgraded).
    """
    import json

    with errors_as_sentences():
        unread: InputError | None = None
        own = own_kind(kind, kinds_dir)
        for path in files:
            try:
                data = read_file(path)
                document = _parse(path, data, own, kinds_dir)
            except InputError as error:
                unread = error
                say(str(error))
                continue
            if json.loads(document.model_dump_json()) == json.loads(data):
                echo(f"{path}: current")
                continue
            write_result(document.model_dump_json(indent=2) + "\n", path)
            echo(f"{path}: upgraded")
        if unread is not None:
            raise typer.Exit(unread.exit_code)


def own_kind(kind: str | None, kinds_dir: Path | None) -> type[Brief] | None:
    """Return the kind that is named, None if none is; raises InputError if it or the folder is not there."""
    from .. import kinds

    found = kinds.load(kind or kinds.DEFAULT, kinds_dir)
    return found if kind else None


def read_document(path: Path, kind: type[Brief] | None, kinds_dir: Path | None) -> Document[Any]:
    """Return the document in a file; raises InputError if it cannot be read or is none."""
    return _parse(path, read_file(path), kind, kinds_dir)


def read_file(path: Path) -> bytes:
    """Return a file; raises InputError if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}).") from error


def _parse(
    path: Path, data: bytes, kind: type[Brief] | None, kinds_dir: Path | None, *, whole: bool = True
) -> Document[Any]:
    from ..kinds import parse_document

    try:
        return parse_document(data, kind, kinds_dir, whole=whole)
    except InputError as error:
        raise InputError(f"{path}: {error}") from error
