"""Document → text in a format; one module a format, each with `render(document, terminal=...) -> str`."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from ..document import Document

FORMATS = ("json", "text", "markdown", "html")


def render(document: Document[Any], format: str, *, terminal: bool = False) -> str:  # noqa: A002  # the field's term
    """Return the document in one of `FORMATS`, ending in a line break.

    Args:
        document: What to show.
        format: One of `FORMATS`.
        terminal: Whether it goes to a terminal: colours and its width are used then.
    """
    module = import_module(f".{format}", __package__)
    rendered: str = module.render(document, terminal=terminal)
    return rendered if rendered.endswith("\n") else rendered + "\n"
