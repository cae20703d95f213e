"""`brief schema`, `brief kinds`, `brief kinds new`, `brief kinds check`: what a brief can be."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ..errors import ExitCode
from .console import echo, errors_as_sentences, say
from .options import AsJson, KindsDir

KindArgument = Annotated[
    str, typer.Argument(metavar="KIND", help="A name, a .py, .json or .yaml file, or module:Class.")
]


class Language(StrEnum):
    """What a new kind is written in."""

    python = "python"
    yaml = "yaml"


def schema(
    kind: KindArgument = "news",
    document: Annotated[bool, typer.Option("--document", help="The whole document that holds such a brief.")] = False,
    kinds_dir: KindsDir = None,
) -> None:
    """Print the JSON Schema (2020-12) of a kind of brief, or of the whole document."""
    from .. import kinds

    with errors_as_sentences():
        found = kinds.json_schema(kinds.load(kind, kinds_dir), document=document)
        echo(json.dumps(found, indent=2, ensure_ascii=False))


def kinds_(kinds_dir: KindsDir = None, as_json: AsJson = False) -> None:
    """List the kinds of brief, each with where it comes from."""
    from .. import kinds
    from ..errors import InputError

    with errors_as_sentences():
        rows = []
        for found in kinds.find(kinds_dir):
            try:
                kind = kinds.load(found.name, kinds_dir)
            except InputError as error:
                say(str(error))
                continue
            rows.append(
                {
                    "name": found.name,
                    "version": kind.kind_version,
                    "origin": found.origin,
                    "purpose": kinds.purpose(kind),
                    "fields": list(kind.model_fields),
                }
            )
        if as_json:
            echo(json.dumps(rows, indent=2, ensure_ascii=False))
            return
        for row in rows:
            echo(f"{row['name']:<12} {row['version']:<6} {row['purpose']} ({row['origin']})")


def new(
    name: Annotated[str, typer.Argument(help="What the kind is to be called.")],
    folder: Annotated[Path, typer.Option("--dir", help="Where the files are written.")] = Path(),
    language: Annotated[Language, typer.Option("--in", help="A pydantic class, or a plain schema.")] = Language.python,
) -> None:
    """Write a commented schema and a commented template that work as they are."""
    from ..kinds import names
    from ..scaffold import new_kind

    with errors_as_sentences():
        schema, template = new_kind(name, folder, language.value)
        echo(schema)
        echo(template)
        if name in names():
            say(f"{name} is the name of a built-in kind: in a folder that --kinds-dir names, yours takes its place.")
        say(f"edit both, then: brief kinds check {schema} && brief ARTICLE --kind {schema}")


def check(kind: KindArgument, kinds_dir: KindsDir = None, as_json: AsJson = False) -> None:
    """Say in plain words what a model or this program cannot work with in a kind.

    Exit code 0: nothing is wrong (there may be warnings); 1: something is; 2: there is no such kind.
    """
    from dataclasses import asdict

    from ..advice import advise
    from ..kinds import load

    with errors_as_sentences():
        found = advise(load(kind, kinds_dir))
        if as_json:
            echo(json.dumps([asdict(item) for item in found], indent=2, ensure_ascii=False))
        else:
            for item in found:
                echo(f"{item.severity}: {item.where}: {item.message}")
            if not found:
                echo(f"{kind}: nothing to change.")
        if any(item.severity == "error" for item in found):
            raise typer.Exit(ExitCode.INCOMPLETE)
