"""`brief check`: what the checks say of English that exists already."""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from ..errors import ExitCode, InputError
from .article import BaseUrl, GlossaryOption, JudgeOption, ModelOption, ProviderOption
from .console import echo, errors_as_sentences, say
from .documents import Kind, glossary_of, own_kind, read_document
from .options import Config, KindsDir

if TYPE_CHECKING:
    from ..document import Document
    from ..verify import BadRow, CheckedPair, CheckedTranslation


class Format(StrEnum):
    """Output formats."""

    json = "json"
    text = "text"


class FailOn(StrEnum):
    """Severities."""

    error = "error"
    warning = "warning"
    info = "info"


def check(
    source: Annotated[
        Path | None,
        typer.Option("--source", "-s", help="A German article; give --translation too.", show_default=False),
    ] = None,
    translation: Annotated[
        Path | None, typer.Option("--translation", "-t", help="Its English, by whomever.", show_default=False)
    ] = None,
    document: Annotated[
        Path | None,
        typer.Option("--document", "-d", help="A document of this program, to be checked again.", show_default=False),
    ] = None,
    pairs: Annotated[
        str | None,
        typer.Option(
            "--pairs",
            "-p",
            help="JSON Lines with src and mt (and id), any number; - for standard input.",
            show_default=False,
        ),
    ] = None,
    fail_on: Annotated[
        FailOn, typer.Option(help="Exit with 1 if there is a finding of this severity or above.")
    ] = FailOn.error,
    format: Annotated[  # noqa: A002  # the option's name
        Format | None,
        typer.Option("--format", "-f", help="Default: text on a terminal, json in a pipe.", show_default=False),
    ] = None,
    glossary: GlossaryOption = None,
    kind: Kind = None,
    kinds_dir: KindsDir = None,
    judge: JudgeOption = False,
    model: ModelOption = None,
    base_url: BaseUrl = None,
    provider: ProviderOption = None,
    config: Config = None,
    rules_only: Annotated[bool, typer.Option("--rules-only", help="Without sentence vectors.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Go on although the source does not look German.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say more on stderr, with tracebacks.")] = False,
) -> None:
    """Check English that exists already against its German; no model is asked, but by --judge.

    Give one of: --source with --translation (aligned sentence by sentence), --document, --pairs. --judge, --glossary and
    --config go with --document; without --glossary, terms are checked again if your settings name the glossary it was made with.

    Exit codes: 0 no finding at or above --fail-on, 1 there are some, 2 wrong input (lines of --pairs that are no pairs are
    named, and the others checked).
    """
    from ..document import Document
    from ..verify import Tally, check_document, check_rows, check_translation, checked_pairs, read_pairs

    as_json = (format or (Format.text if sys.stdout.isatty() else Format.json)) is Format.json
    given = [name for name, value in (("document", document), ("pairs", pairs)) if value]
    if (source is None) != (translation is None):
        raise typer.BadParameter("--source and --translation go together")
    if len(given) + (source is not None) != 1:
        raise typer.BadParameter("give one of: --source with --translation, --document, --pairs")
    if document is not None and rules_only:
        raise typer.BadParameter("--rules-only does not go with --document")
    if judge and document is None:
        raise typer.BadParameter("--judge goes with --document")
    if not judge and (model or base_url or provider):
        raise typer.BadParameter("--model, --base-url and --provider go with --judge")
    if config is not None and document is None:
        raise typer.BadParameter("--config goes with --document")
    if glossary is not None and document is None:
        raise typer.BadParameter("--glossary goes with --document")
    with errors_as_sentences(verbose=verbose):
        tally = Tally()
        if pairs is not None:
            with _opened(pairs) as stream:
                for row in check_rows(read_pairs(stream), vectors=not rules_only):
                    tally.count(row)
                    _show(row, as_json=as_json)
        else:
            checked: CheckedTranslation | Document[Any]
            if document is not None:
                made = read_document(document, own_kind(kind, kinds_dir), kinds_dir)
                checked = check_document(made, glossary_of(made, glossary, config))
            else:
                checked = check_translation(source or "", translation or "", force=force, vectors=not rules_only)
            if judge and isinstance(checked, Document):
                flags = {"model": model, "base_url": base_url, "provider": provider}
                checked = _judged(checked, flags, config)
            if as_json:
                echo(checked.model_dump_json(indent=2))
            for row in checked_pairs(checked):
                tally.count(row)
                if not as_json:
                    _show(row, as_json=False)
        if as_json:
            if verbose or sys.stderr.isatty():
                say(f"{tally}.")
        else:
            echo(f"{tally}.")
        raise typer.Exit(
            ExitCode.BAD_INPUT if tally.bad else ExitCode.INCOMPLETE if tally.reaches(fail_on.value) else ExitCode.OK
        )


def _judged(checked: Document[Any], flags: dict[str, str | None], config: Path | None) -> Document[Any]:
    import asyncio

    from ..judge import judge_document
    from ..llm import open_model
    from ..settings import Settings

    settings = Settings.load(config, **flags)

    async def work() -> Document[Any]:
        async with open_model(settings) as opened:
            return await judge_document(checked, opened)

    return asyncio.run(work())


def _show(row: CheckedPair | BadRow, *, as_json: bool) -> None:
    from ..renderers.checked import readable
    from ..verify import BadRow

    if isinstance(row, BadRow):
        say(f"line {row.line} is no pair: {row.error}.")
    if as_json:
        echo(row.model_dump_json())
    elif shown := readable(row, terminal=sys.stdout.isatty() and "NO_COLOR" not in os.environ):
        echo(shown)


def _opened(name: str) -> AbstractContextManager[IO[bytes]]:
    if name == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise InputError(f"{name} cannot be read ({error.strerror}).") from None
