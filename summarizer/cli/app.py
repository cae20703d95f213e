"""The application: `brief ARTICLE` with its subcommands beside it.

Help is plain text: with rich, and with the pydantic that typer reads options with, `brief --help` took four times as
long (see benchmarks/startup.py).
"""

from __future__ import annotations

import sys
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from . import article, inspect

EPILOG = """\
\b
Examples:
  brief article.txt                      a readable brief with the translation
  brief article.txt > brief.json         the document as JSON
  cat article.txt | brief - -o brief.md  from standard input, as Markdown
  brief article.txt --provider ollama --model gemma3:12b
  brief article.txt --kind security --brief-only

\b
Other commands, each with its own --help (a file of such a name: ./name):
{commands}

\b
Exit codes:
  0 all done               1 a part is missing, the document says which
  2 wrong input or option  3 not German
  4 key, package, model or server missing
  5 the endpoint failed    70 an error in the program    130 interrupted
"""

DEFAULT = "article"


class DefaultContext(typer.Context):
    """What the default command is called in its usage line: like the program."""

    @property
    def command_path(self) -> str:
        """Return the name without that of the command, which nobody types."""
        return self.parent.command_path if self.parent else DEFAULT


class DefaultCommand(TyperCommand):
    """The command that runs when none is named."""

    context_class = DefaultContext


class ArticleFirst(TyperGroup):
    """A group whose first word may be an article instead of a command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Send everything that is not a command's name to the default command."""
        if args in ([], ["--help"]):  # answered here: to read even this flag typer would import pydantic
            command = self.commands[DEFAULT]
            typer.echo(command.get_help(command.context_class(command, info_name=DEFAULT, parent=ctx)))
            raise typer.Exit
        if args[0] not in self.commands:
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(cls=ArticleFirst, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
app.command("translate", help=article.TRANSLATE_HELP)(article.translate)
app.command("schema")(inspect.schema)
app.command("models")(inspect.models)
app.command("kinds")(inspect.kinds_)

_LISTED = (
    ("translate", "only the translation, no brief"),
    ("schema", "the JSON Schema of a kind or of the whole document"),
    ("models", "the models that can be used"),
    ("kinds", "the kinds of brief"),
)
app.command(
    DEFAULT,
    cls=DefaultCommand,
    hidden=True,
    help=article.ARTICLE_HELP,
    epilog=EPILOG.format(commands="\n".join(f"  brief {name:<12} {text}" for name, text in _LISTED)),
)(article.article)


def main() -> None:
    """Run `brief` with the arguments of this process."""
    for stream in (sys.stdout, sys.stderr):  # a German text must not fail on a terminal in another encoding
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace") if stream is sys.stderr else reconfigure(encoding="utf-8")
    app(prog_name="brief")
