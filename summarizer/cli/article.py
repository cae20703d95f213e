"""`brief ARTICLE` and `brief translate ARTICLE`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import BriefError, ExitCode, InputError
from ..renderers import FILES, Format, endings, ensure_package, of_ending
from .console import check_writable, echo, errors_as_sentences, progress_bar, say, show_segment, write_result
from .options import Config, KindsDir, PromptsDir

if TYPE_CHECKING:
    from ..article import Article
    from ..document import Document
    from ..pipeline import Options, Task
    from ..settings import Settings

ArticleArgument = Annotated[
    str,
    typer.Argument(
        metavar="ARTICLE",
        help="A German article: a .txt, .md, .html, .pdf or .docx file, an http(s) address, or - for standard input.",
    ),
]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file instead of stdout.")]
FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format",
        "-f",
        help="Default: text on a terminal, json in a pipe; for -o by the file's ending.",
        show_default=False,
    ),
]
ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model", "-m", help="Model name, path/to/model.gguf, or hf:owner/repo/file.gguf.", show_default=False
    ),
]
BaseUrl = Annotated[
    str | None, typer.Option(help="An OpenAI-compatible endpoint, e.g. http://127.0.0.1:8080/v1.", show_default=False)
]
ProviderOption = Annotated[
    str | None, typer.Option(help="E.g. openai, azure, mistral, ollama (docs/providers.md).", show_default=False)
]
JudgeOption = Annotated[
    bool, typer.Option("--judge", help="Let the model judge what the checks doubt, in one more request.")
]
EffortOption = Annotated[
    str | None,
    typer.Option(
        help="fast, normal or best: how long a model that only continues text works on a sentence.",
        show_default="normal",
    ),
]
CacheOption = Annotated[
    Path | None,
    typer.Option(help="Keep answers in this folder, and ask nothing again that is there.", show_default=False),
]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Keep no answers, also if a setting names a folder.")]
GlossaryOption = Annotated[
    Path | None, typer.Option(help="Your terms, hinted at and checked: a table (CSV) or TBX file.", show_default=False)
]
MemoryOption = Annotated[Path | None, typer.Option(help="Your translation memory: a TMX file.", show_default=False)]
StreamOption = Annotated[
    bool, typer.Option("--stream", help="Show each sentence on stderr as soon as it is translated and checked.")
]
Force = Annotated[bool, typer.Option("--force", help="Go on although the text does not look like a German article.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary on stderr.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say more on stderr, with tracebacks.")]


def _version(wanted: bool) -> None:
    if wanted:
        from .. import __version__

        with errors_as_sentences():
            echo(f"brief {__version__}")
        raise typer.Exit


def article(
    article: ArticleArgument,
    output: Output = None,
    format: FormatOption = None,  # noqa: A002  # the option's name
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            "-k",
            help="Kind of brief: a name (`brief kinds`), my_kind.py, .json or .yaml.",
            show_default="news",
        ),
    ] = None,
    kinds_dir: KindsDir = None,
    model: ModelOption = None,
    base_url: BaseUrl = None,
    provider: ProviderOption = None,
    config: Config = None,
    translate_only: Annotated[bool, typer.Option("--translate-only", help="Only the translation.")] = False,
    brief_only: Annotated[bool, typer.Option("--brief-only", help="Only the brief.")] = False,
    judge: JudgeOption = False,
    effort: EffortOption = None,
    glossary: GlossaryOption = None,
    memory: MemoryOption = None,
    cache: CacheOption = None,
    no_cache: NoCache = False,
    prompts_dir: PromptsDir = None,
    show_prompt: Annotated[
        bool, typer.Option("--show-prompt", help="Print what would be asked of the model first, and ask nothing.")
    ] = False,
    stream: StreamOption = False,
    force: Force = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    version: Annotated[  # noqa: ARG001  # done by its callback, whatever else is given
        bool, typer.Option("--version", help="Print the version and leave.", is_eager=True, callback=_version)
    ] = False,
) -> None:
    """Turn a German news article into a structured brief in English and a full translation.

    Every statement of the brief names the sentences it rests on; what the program cannot vouch for is marked.
    """
    if translate_only and brief_only:
        raise typer.BadParameter("choose one of --translate-only and --brief-only")
    if judge and brief_only:
        raise typer.BadParameter("--judge is asked about the translation, which --brief-only leaves out")
    task: Task = "translate" if translate_only else "brief" if brief_only else "both"
    flags = {
        "model": model,
        "base_url": base_url,
        "provider": provider,
        "kind": kind,
        "kinds_dir": kinds_dir,
        "glossary": glossary,
        "memory": memory,
        "prompts_dir": prompts_dir,
        "cache": cache,
        "judge": judge or None,
        "effort": effort,
    }
    if show_prompt:
        _show_prompt(article, task, flags, config, output, force=force, verbose=verbose)
        return
    _run(
        article,
        task,
        flags,
        config,
        output,
        format,
        no_cache=no_cache,
        stream=stream,
        force=force,
        quiet=quiet,
        verbose=verbose,
    )


def translate(
    article: ArticleArgument,
    output: Output = None,
    format: FormatOption = None,  # noqa: A002  # the option's name
    model: ModelOption = None,
    base_url: BaseUrl = None,
    provider: ProviderOption = None,
    config: Config = None,
    judge: JudgeOption = False,
    effort: EffortOption = None,
    glossary: GlossaryOption = None,
    memory: MemoryOption = None,
    cache: CacheOption = None,
    no_cache: NoCache = False,
    stream: StreamOption = False,
    force: Force = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Translate a German news article, sentence by sentence, without a brief."""
    flags = {
        "model": model,
        "base_url": base_url,
        "provider": provider,
        "glossary": glossary,
        "memory": memory,
        "cache": cache,
        "judge": judge or None,
        "effort": effort,
    }
    _run(
        article,
        "translate",
        flags,
        config,
        output,
        format,
        no_cache=no_cache,
        stream=stream,
        force=force,
        quiet=quiet,
        verbose=verbose,
    )


def _run(
    name: str,
    task: Task,
    flags: dict[str, Any],
    config: Path | None,
    output: Path | None,
    format: Format | None,  # noqa: A002
    *,
    no_cache: bool,
    stream: bool,
    force: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    with errors_as_sentences(verbose=verbose):
        if output is not None:
            check_writable(output, name)
        chosen = chosen_format(format, output)
        document, early = _document(
            name, task, flags, config, no_cache=no_cache, stream=stream, force=force, quiet=quiet
        )
        if early is not None:
            output = _beside(output)
            write_result(rendered(document, chosen, to_terminal=output is None), output)
            say(str(early) or "interrupted.")
            say(f"what was done until then is written{f' to {output}' if output else ''}: {summary(document)}.")
            raise typer.Exit(early.exit_code if isinstance(early, BriefError) else ExitCode.INTERRUPTED)
        write_result(rendered(document, chosen, to_terminal=output is None), output)
        if verbose or (sys.stderr.isatty() and not quiet):
            say(f"{summary(document)}.")
        if not document.complete:
            say("not everything could be done: see the findings with code translation.missing and brief.missing.")
            raise typer.Exit(ExitCode.INCOMPLETE)


def _document(
    name: str,
    task: Task,
    flags: dict[str, Any],
    config: Path | None,
    *,
    no_cache: bool,
    stream: bool,
    force: bool,
    quiet: bool,
) -> tuple[Document[Any], BriefError | KeyboardInterrupt | None]:
    """Return the document, and what ended the work early if anything did; raises that if nothing was done by then."""
    import asyncio

    from ..llm import open_model
    from ..pipeline import run
    from ..settings import Settings

    settings = Settings.load(config, **flags)
    if no_cache:
        settings = settings.model_copy(update={"cache": None})
    article, options = _prepared(name, task, settings, force=force)
    partial: list[Document[Any]] = []

    async def work() -> Document[Any]:
        async with open_model(settings, progress=not quiet) as model:
            if model.quality == "demo" and not (quiet and settings.model):
                say(
                    f"using the built-in model {model.name}: demo quality, often wrong. For real work set "
                    "OPENAI_API_KEY, or --provider and --model (see `brief models`)."
                )
            with progress_bar(wanted=not quiet and not stream) as progress:
                document = await run(
                    article,
                    model,
                    options,
                    progress=progress,
                    on_segment=show_segment if stream else None,
                    on_partial=partial.append,
                )
            for note in model.notes:
                say(f"{note}.")
            return document

    try:
        return asyncio.run(work()), None
    except (BriefError, KeyboardInterrupt) as error:
        if not partial:
            raise
        return partial[0], error


def _beside(output: Path | None) -> Path | None:
    """Return where a part goes: not in the place of a file that is there, for that may be the whole."""
    if output is None or not output.is_file():
        return output
    return output.with_name(f"{output.stem}.partial{output.suffix}")


def _prepared(name: str, task: Task, settings: Settings, *, force: bool) -> tuple[Article, Options]:
    from ..kinds import load as load_kind
    from ..pipeline import Options, prepare
    from ..readers import read, read_bytes

    load_kind(settings.kind, settings.kinds_dir)
    source = read_bytes(sys.stdin.buffer.read(), name="stdin") if name == "-" else read(name)
    options = Options.of(settings, task=task, force=force)
    return prepare(source, options), options


def _show_prompt(
    name: str,
    task: Task,
    flags: dict[str, Any],
    config: Path | None,
    output: Path | None,
    *,
    force: bool,
    verbose: bool,
) -> None:
    import asyncio

    from ..preview import first_requests, shown
    from ..settings import Settings

    with errors_as_sentences(verbose=verbose):
        if output is not None:
            check_writable(output, name)
        settings = Settings.load(config, **flags)
        article, options = _prepared(name, task, settings, force=force)
        write_result(shown(asyncio.run(first_requests(article, options, settings))), output)


def summary(document: Document[Any]) -> str:
    """Return one line: sentences, doubts, tokens, time and cost."""
    usage = document.usage
    parts = []
    if document.translation is not None:
        states = [segment.status for segment in document.translation.segments]
        parts.append(f"{len(states)} sentences, {states.count('doubtful')} doubtful, {states.count('missing')} missing")
    cached = f" ({usage.cached_answers} answers from the cache)" if usage.cached_answers else ""
    parts.append(f"{usage.requests} requests{cached}, {usage.input_tokens} + {usage.output_tokens} tokens")
    parts.append(f"{usage.seconds:.1f} s")
    if usage.cost is not None:
        parts.append(f"{usage.cost.amount:.4f} {usage.cost.currency}")
    return "; ".join(parts)


def default_format(output: Path | None) -> Format:
    """Return the format by the file's ending, JSON if it has none; without a file, text on a terminal and JSON in a pipe.

    Raises:
        InputError: If the ending stands for no format.
    """
    if output is not None and output.suffix:
        if found := of_ending(output.suffix):
            return found
        known = ", ".join(endings(format_)[0] for format_ in Format)
        raise InputError(f"No format has the ending of {output}: give --format, or -o a file with one of {known}.")
    if output is not None:
        return Format.json
    return Format.text if sys.stdout.isatty() else Format.json


def chosen_format(given: Format | None, output: Path | None) -> Format:
    """Return the format given, else that of `default_format`; what would keep a document from being written in it is said now.

    Raises:
        InputError: The ending stands for no format, or the format is no text and goes to a terminal.
        SetupError: A package is missing.
    """
    chosen = given or default_format(output)
    if chosen in FILES and output is None and sys.stdout.isatty():
        raise InputError("This format is no text for a terminal: give a file to -o.")
    ensure_package(chosen)
    return chosen


def rendered(document: Document[Any], chosen: Format, *, to_terminal: bool) -> str | bytes:
    """Return the document in a format: text, or bytes if the format is none."""
    from .. import renderers

    if chosen.value in renderers.FILES:
        return renderers.render_file(document, chosen.value)
    return renderers.render(document, chosen.value, terminal=to_terminal and sys.stdout.isatty())
