"""The application: `brief ARTICLE`, and its other commands by their first word.

Each command is a Typer application of its own, built only when it is called: Typer makes a pydantic adapter for every
parameter that it parses, which is most of the start-up time (see benchmarks/startup.py). Help is plain text for the same
reason.
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import typer

from ..errors import InputError
from .console import errors_as_sentences, to_stdout
from .examples import examples


class Command(NamedTuple):
    """Where a command's function lies, and what it is for in a few words.

    A command of two words (`kinds new`) stands beside that of its first word.
    """

    module: str
    function: str
    purpose: str


ARTICLE = Command("article", "article", "a brief with its translation")
COMMANDS = {
    "translate": Command("article", "translate", "only the translation, no brief"),
    "batch": Command("batch", "batch", "many articles: folders, tables, lists of URLs"),
    "batch status": Command("batch", "status", "how far a batch is"),
    "batch submit": Command("waves", "submit", "a batch through a provider's Batch API"),
    "batch collect": Command("waves", "collect", "the answers to it"),
    "convert": Command("exchange", "convert", "a document that exists, in another format"),
    "import": Command("exchange", "import_", "a reviewed translation (XLIFF) back into its document"),
    "check": Command("check", "check", "the checks for English that exists already"),
    "eval": Command("eval", "evaluate", "quality figures of runs, side by side"),
    "index": Command("exchange", "index", "pages for a folder of documents, and one that lists them"),
    "export": Command("exchange", "export", "claims, entities, events or quotations as CSV or Parquet"),
    "schema": Command("kinds", "schema", "the JSON Schema of a kind or of the whole document"),
    "prompts": Command("prompts", "prompts_", "what models are asked"),
    "prompts show": Command("prompts", "show", "one prompt template"),
    "prompts export": Command("prompts", "export", "copies to change"),
    "validate": Command("documents", "validate", "whether documents hold together"),
    "upgrade": Command("documents", "upgrade", "documents of older versions in this one's shape"),
    "models": Command("models", "models", "the models that can be used, or pulled"),
    "models pull": Command("models", "pull", "a larger model to this machine"),
    "models remove": Command("models", "remove", "a pulled model from this machine"),
    "doctor": Command("inspect", "doctor", "what the configured model and its endpoint really do"),
    "kinds": Command("kinds", "kinds_", "the kinds of brief"),
    "kinds new": Command("kinds", "new", "a starting pair for a kind of your own"),
    "kinds check": Command("kinds", "check", "what a model could not work with in a kind"),
}

_LISTING = frozenset({"kinds", "models", "prompts"})
"""Commands that list: `brief prompts` and `brief prompts list` are the same."""

EPILOG = """\
{examples}

\b
Other commands, each with its own --help (a file of such a name: ./name):
{commands}

\b
Exit codes:
  0  all done                     4  key, package, model or server missing
  1  a part is missing, see it    5  the endpoint failed
  2  wrong input or option        6  no article: cookie wall, paywall, listing
  3  not German                   70  an error in the program
                                  130  interrupted
"""


def application(name: str | None) -> typer.Typer:
    """Return the application of one command; None means `brief ARTICLE`."""
    command = COMMANDS[name] if name else ARTICLE
    width = max(map(len, COMMANDS))
    listed = "\n".join(f"  brief {other:<{width}}  {item.purpose}" for other, item in COMMANDS.items())
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    function = getattr(import_module(f".{command.module}", __package__), command.function)
    shown = examples(name or "")
    app.command(epilog=shown if name else EPILOG.format(examples=shown, commands=listed))(function)
    return app


def choose(arguments: list[str]) -> tuple[str | None, list[str]]:
    """Return the command that the first one or two words name, None for `brief ARTICLE`, and the other words."""
    if arguments[1:2] == ["list"] and arguments[0] in _LISTING:
        return arguments[0], arguments[2:]
    for words in (2, 1):
        name = " ".join(arguments[:words])
        if name in COMMANDS:
            return name, arguments[words:]
    return None, arguments


def check_word(word: str) -> None:
    """Raise InputError if what stands in the place of the article is a single word and no file: a mistyped command, mostly."""
    if word.isalpha() and not Path(word).exists():
        from difflib import get_close_matches

        near = get_close_matches(word.lower(), COMMANDS, 1)
        meant = f"did you mean `brief {near[0]}`? " if near else ""
        raise InputError(f"There is no command and no file {word!r}: {meant}`brief --help` lists the commands.")


def collect_seldom() -> None:
    """Let Python look for cycles in every 20,000 new objects, not in every 700.

    Most of what a command makes are modules and schemas, which stay: looking at them takes a tenth of its imports' time.
    """
    gc.set_threshold(20_000, 10, 10)


def main() -> None:
    """Run `brief` with the arguments of this process."""
    collect_seldom()
    for closed in ("stdin", "stdout", "stderr"):  # None if the process was started with it closed
        if getattr(sys, closed) is None:
            setattr(sys, closed, Path(os.devnull).open("r+", encoding="utf-8"))  # noqa: SIM115  # open until the end
    for stream in (sys.stdout, sys.stderr):  # a German text must not fail on a terminal in another encoding
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding=None if stream is sys.stderr else "utf-8", errors="backslashreplace")
    arguments = sys.argv[1:] or ["--help"]
    name, rest = choose(arguments)
    called = f"brief {name}" if name else "brief"
    try:
        with errors_as_sentences(), to_stdout():  # help is printed outside of the commands
            if name is None:
                check_word(rest[0])
            app = application(name)
            if rest == ["--help"]:  # answered here: to parse even this flag typer would import pydantic
                command = typer.main.get_command(app)
                typer.echo(command.get_help(typer.Context(command, info_name=called)))
            else:
                app(rest, prog_name=called)
    except typer.Exit as ended:
        sys.exit(ended.exit_code)
