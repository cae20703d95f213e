"""Document → text in a format; one module a format, each with `render(document, terminal=...) -> str`."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from ..document import Document

FORMATS = ("json", "text", "markdown", "html", "xliff", "tmx", "ninjs", "jsonld")
"""Formats that are text."""
FILES = ("docx",)
"""Formats that are not."""


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


def render_file(document: Document[Any], format: str) -> bytes:  # noqa: A002  # the field's term
    """Return what a file in one of `FORMATS` or `FILES` holds; raises SetupError if a package is missing."""
    if format not in FILES:
        return render(document, format).encode()
    file: bytes = import_module(f".{format}", __package__).render(document)
    return file
