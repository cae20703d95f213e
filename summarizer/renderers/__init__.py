"""Document → text in a format; one module a format, each with `render(document, terminal=...) -> str`."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from ..document import Document  # the command asks for names and endings alone when it starts


class Format(StrEnum):
    """All formats."""

    json = "json"
    text = "text"
    markdown = "markdown"
    html = "html"
    docx = "docx"
    xliff = "xliff"
    tmx = "tmx"
    ninjs = "ninjs"
    jsonld = "jsonld"


FILES: Final = (Format.docx,)
"""Formats that are not text."""
FORMATS: Final = tuple(format_ for format_ in Format if format_ not in FILES)
"""Formats that are."""

_OTHER_ENDINGS: Final = {
    Format.text: (".txt",),
    Format.markdown: (".md", ".markdown"),
    Format.html: (".html", ".htm"),
    Format.xliff: (".xlf", ".xliff"),
}


def endings(format: str) -> tuple[str, ...]:  # noqa: A002  # the field's term
    """Return the endings of files in a format, first the one that is written."""
    return _OTHER_ENDINGS.get(Format(format), (f".{format}",))


def of_ending(ending: str) -> Format | None:
    """Return the format that an ending stands for, in upper or lower case; None if it stands for none."""
    return next((format_ for format_ in Format if ending.lower() in endings(format_)), None)


def ensure_package(format: str) -> None:  # noqa: A002  # the field's term
    """Raise SetupError if a package is missing that a format needs."""
    if format in FILES:
        import_module(f".{format}", __package__).package()


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
