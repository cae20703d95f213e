"""The application: `brief ARTICLE` with its subcommands beside it."""

from __future__ import annotations

import sys
from typing import Any

import typer
from typer.core import TyperGroup

from . import article, inspect

EPILOG = """\
[bold]Examples[/bold]

brief article.txt                       readable, on a terminal

brief article.txt > brief.json          the document as JSON

cat article.txt | brief - -o brief.md   from stdin, as Markdown

brief article.txt --provider ollama --model gemma3:12b

brief article.txt --kind security --brief-only

[bold]Other commands[/bold] (each has its own --help; a file of such a name is reached as ./name)

{commands}

[bold]Exit codes[/bold]

0 all done · 1 a part is missing, the document says which · 2 wrong input or option · 3 not German ·
4 key, package, model or server missing · 5 the endpoint failed · 70 an error in the program · 130 interrupted
"""

DEFAULT = "article"


class ArticleFirst(TyperGroup):
    """A group whose first word may be an article instead of a command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Send everything that is not a command's name to the default command."""
        if not args or args[0] not in self.commands:
            args = [DEFAULT, *(args or ["--help"])]
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Call the default command by no name, so that its usage reads `brief [OPTIONS] ARTICLE`."""
        name, command, rest = super().resolve_command(ctx, args)
        return ("" if name == DEFAULT else name), command, rest


app = typer.Typer(cls=ArticleFirst, add_completion=False, rich_markup_mode="rich", pretty_exceptions_enable=False)
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
    hidden=True,
    help=article.ARTICLE_HELP,
    epilog=EPILOG.format(commands="\n\n".join(f"brief {name:<12} {text}" for name, text in _LISTED)),
)(article.article)


def main() -> None:
    """Run `brief` with the arguments of this process."""
    for stream in (sys.stdout, sys.stderr):  # a German text must not fail on a terminal in another encoding
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace") if stream is sys.stderr else reconfigure(encoding="utf-8")
    app(prog_name="brief")
