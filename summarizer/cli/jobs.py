"""What `brief batch` and `brief batch submit` have in common: the options that describe a job, and the job made of them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .article import BaseUrl, CacheOption, EffortOption, ModelOption, ProviderOption
from .console import say
from .options import Config, KindsDir

if TYPE_CHECKING:
    from ..batch import Job, Tally

Output = Annotated[
    Path,
    typer.Option(
        "--output", "-o", help="The folder of results; or one file that ends in .jsonl or .parquet.", show_default=False
    ),
]
Inputs = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="INPUT...",
        help="Files, folders, tables (.jsonl, .csv, .tsv, .parquet: an article a row) and URLs.",
        show_default=False,
    ),
]
Glob = Annotated[
    str | None,
    typer.Option(help="Which files of a folder, e.g. '*.txt'; all that can be read if not said.", show_default=False),
]
Urls = Annotated[Path | None, typer.Option(help="A file with one URL a line.", show_default=False)]
TextField = Annotated[str, typer.Option(help="The column of a table that holds the article.")]
IdField = Annotated[
    str | None, typer.Option(help="The column with its id; the rows are numbered if not said.", show_default=False)
]
FormatName = Annotated[str, typer.Option("--format", "-f", help="Of the results in a folder, as in the single run.")]
Kind = Annotated[str | None, typer.Option("--kind", "-k", help="Kind of brief (`brief kinds`).", show_default="news")]
TranslateOnly = Annotated[bool, typer.Option("--translate-only", help="Only the translations.")]
BriefOnly = Annotated[bool, typer.Option("--brief-only", help="Only the briefs.")]
RetryFailed = Annotated[bool, typer.Option("--retry-failed", help="Also try again what failed or is incomplete.")]
NoAnswers = Annotated[bool, typer.Option("--no-cache", help="Take no answers of earlier runs, and keep none.")]
Overwrite = Annotated[bool, typer.Option("--force", help="Replace files that this batch did not write.")]
AnyLanguage = Annotated[
    bool, typer.Option("--any-language", help="Go on with texts that look neither German nor like an article.")
]


def described(
    output: Output,
    inputs: Inputs = None,
    glob: Glob = None,
    urls: Urls = None,
    text_field: TextField = "text",
    id_field: IdField = None,
    format: FormatName = "json",  # noqa: A002  # the option's name
    kind: Kind = None,
    kinds_dir: KindsDir = None,
    model: ModelOption = None,
    base_url: BaseUrl = None,
    provider: ProviderOption = None,
    config: Config = None,
    translate_only: TranslateOnly = False,
    brief_only: BriefOnly = False,
    effort: EffortOption = None,
    retry_failed: RetryFailed = False,
    cache: CacheOption = None,
    no_cache: NoAnswers = False,
    force: Overwrite = False,
    any_language: AnyLanguage = False,
) -> Job:
    """Return the job that these options describe."""
    from ..batch import Job
    from ..settings import Settings

    flags: dict[str, Any] = {"model": model, "base_url": base_url, "provider": provider}
    flags |= {"kind": kind, "kinds_dir": kinds_dir, "cache": cache, "effort": effort}
    return Job(
        inputs=inputs or [],
        output=output,
        settings=Settings.load(config, **flags),
        task="translate" if translate_only else "brief" if brief_only else "both",
        format=format,
        glob=glob,
        urls=urls,
        text_field=text_field,
        id_field=id_field,
        overwrite=force,
        any_language=any_language,
        retry_failed=retry_failed,
        keep_answers=not no_cache,
    )


def say_refused(tally: Tally) -> None:
    """Say how to go on with the articles that were refused in this run, if there are any."""
    if tally.refused:
        say(f"{tally.refused:,} refused by their look: add --any-language (with --retry-failed) to go on with them.")


def takes_job(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command that begins with a function `job` the options of `described` instead, before its own.

    The function makes the job: what is wrong with it is said where the command says its errors.
    """
    common, (_, *own) = _parameters(described), _parameters(command).values()

    @wraps(command)
    def with_options(**values: Any) -> None:
        chosen = {name: values.pop(name) for name in common}
        if chosen["translate_only"] and chosen["brief_only"]:
            raise typer.BadParameter("choose one of --translate-only and --brief-only")
        command(lambda: described(**chosen), **values)

    parameters = [*common.values(), *own]
    with_options.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # typer reads both
    with_options.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return with_options


def _parameters(function: Callable[..., Any]) -> Mapping[str, inspect.Parameter]:
    unseen: dict[str, Any] = {"Job": object}  # imported for type checkers only
    return inspect.signature(function, eval_str=True, locals=unseen).parameters
