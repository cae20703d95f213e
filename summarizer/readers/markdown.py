"""Markdown → blocks, by the parser's line map; offsets refer to the file as it is, markup around a block left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from ..article import Block, BlockKind, Source
from .text import is_caption, title

if TYPE_CHECKING:
    from markdown_it.token import Token

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_FRONT_MATTER: Final = re.compile(r"---[ \t]*(?:\r\n|\r|\n)(.*?)(?:\r\n|\r|\n)---[ \t]*(?:\r\n|\r|\n|$)", re.DOTALL)
_FIELD: Final = re.compile(r"^(title|author|date|url)[ \t]*:[ \t]*(.+?)[ \t]*$", re.MULTILINE | re.IGNORECASE)
_IMAGE: Final = re.compile(r"!\[([^\]\[]*)\]\([^()]*\)")


def parse(text: str) -> Source:
    """Return the source with a block for each heading, paragraph, list item's paragraph and table row.

    Code, raw HTML and rules are left out. A paragraph that is but a picture becomes a caption: its alternative
    text. Markup inside a paragraph stays. Front matter is not text; its title, author, date and url are kept.
    """
    matter = _FRONT_MATTER.match(text)
    fields = {key.lower(): value.strip("\"'") for key, value in _FIELD.findall(matter[1])} if matter else {}
    blocks = [block for block in _blocks(text, matter.end() if matter else 0) if block.end > block.start]
    return Source(
        text=text,
        blocks=tuple(blocks),
        title=fields.get("title") or title(text, blocks),
        byline=fields.get("author"),
        published=_iso_date(fields.get("date", "")),
        url=fields.get("url"),
    )


def _blocks(text: str, body: int) -> Iterator[Block]:
    from markdown_it import MarkdownIt

    starts = [body + match.start() for match in _LINE.finditer(text[body:])]
    # Blocks alone are wanted; without the inline rule no nesting of brackets costs time.
    tokens = MarkdownIt("commonmark").enable("table").disable("inline").parse(text[body:])
    first = True
    kind: BlockKind = "body"
    row = False
    for token in tokens:
        if token.type == "heading_open":
            kind = "headline" if first else "heading"
        elif token.type in ("paragraph_open", "tr_open"):
            kind = "body"
        if token.type in ("tr_open", "tr_close"):
            row = token.type == "tr_open"
        wanted = token.type == "tr_open" or (token.type == "inline" and not row)
        if not wanted or token.map is None:
            continue
        start, end = _span(text, starts, token)
        image = _IMAGE.fullmatch(text, start, end)
        if image:
            yield Block(start=image.start(1), end=image.end(1), kind="caption")
        else:
            yield Block(start=start, end=end, kind="caption" if is_caption(text[start:end]) else kind)
        first = False


def _span(text: str, starts: list[int], token: Token) -> tuple[int, int]:
    """Return where a token's text stands, without the marks of headings, quotes, list items and tables around it."""
    assert token.map is not None  # noqa: S101 - for the type checker; the caller looked
    first, behind = token.map
    lines = token.content.split("\n")
    start, end = starts[first], starts[behind] if behind < len(starts) else len(text)
    if token.type == "inline":
        opening = max(text.rfind(lines[0], start, starts[first + 1] if first + 1 < len(starts) else len(text)), -1)
        closing = text.rfind(lines[-1], max(start, opening), end)
        if opening >= 0 and closing >= 0:
            return opening, closing + len(lines[-1])
    return _stripped(text, start, end)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without white space and cell borders at its ends."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip("| \t\r\n")), start + len(piece.rstrip("| \t\r\n"))


def _iso_date(value: str) -> str | None:
    try:
        return date.fromisoformat(value[:10]).isoformat()
    except ValueError:
        return None
