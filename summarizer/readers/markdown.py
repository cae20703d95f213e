"""Markdown → blocks, by the parser's line map, without markup.

Marks around a block are left out of it, so offsets refer to the file as it is. Only where a sentence holds markup inside, the
text is the file without that: a model, a check or a reader would take a link's address for words and numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from ..article import Block, BlockKind, Source, plain
from .text import is_caption, title

if TYPE_CHECKING:
    from markdown_it.token import Token

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_FRONT_MATTER: Final = re.compile(r"---[ \t]*(?:\r\n|\r|\n)(.*?)(?:\r\n|\r|\n)---[ \t]*(?:\r\n|\r|\n|$)", re.DOTALL)
_FIELD: Final = re.compile(r"^(title|author|date|url)[ \t]*:[ \t]*(.+?)[ \t]*$", re.MULTILINE | re.IGNORECASE)
_IMAGE: Final = re.compile(r"!\[([^\]\[]*)\]\([^()]*\)")
_FOOTNOTE: Final = re.compile(r"\[\^[^\]\s]{1,40}\]:?")
_LINE_BREAK: Final = re.compile(r"<br\b", re.IGNORECASE)
_MAX_INLINE: Final = 2**20
"""Characters of a text whose sentences are looked at for markup: a thousand pages take a few seconds."""
_NOTE: Final = "Markup inside sentences was left out; offsets refer to the text without it."


class _Found(NamedTuple):
    """A block where it stands in the file, and what a reader of the page sees of it."""

    block: Block
    shown: str


def parse(text: str) -> Source:
    """Return the source with a block for each heading, paragraph, list item's paragraph and table row.

    Code, raw HTML and rules are left out. A paragraph that is but a picture becomes a caption: its alternative text.
    Inside a paragraph, links become their text, pictures their alternative text, and emphasis, tags, marks of footnotes
    and what is struck out are left out; a note says so. Front matter is not text; its title, author, date and url are
    kept.
    """
    matter = _FRONT_MATTER.match(text)
    fields = {key.lower(): value.strip("\"'") for key, value in _FIELD.findall(matter[1])} if matter else {}
    found = [item for item in _found(text, matter.end() if matter else 0) if item.shown.strip()]
    text, blocks, notes = _without_markup(text, found)
    return Source(
        text=text,
        blocks=tuple(blocks),
        title=fields.get("title") or title(text, blocks),
        byline=fields.get("author"),
        published=_iso_date(fields.get("date", "")),
        url=fields.get("url"),
        notes=notes,
    )


def _without_markup(text: str, found: Iterable[_Found]) -> tuple[str, list[Block], tuple[str, ...]]:
    """Return the text and its blocks with what is shown of each in its place, and the notes on that."""
    pieces: list[str] = []
    blocks: list[Block] = []
    position = length = 0
    changed = False
    for block, shown in found:
        original = text[block.start : block.end]
        same = plain(original) == plain(shown)
        changed = changed or not same
        kept = original if same else shown.strip()
        start = length + block.start - position
        pieces += text[position : block.start], kept
        blocks.append(block.model_copy(update={"start": start, "end": start + len(kept)}))
        position, length = block.end, start + len(kept)
    return "".join([*pieces, text[position:]]), blocks, (_NOTE,) if changed else ()


def _found(text: str, body: int) -> Iterator[_Found]:
    from markdown_it import MarkdownIt

    starts = [body + match.start() for match in _LINE.finditer(text[body:])]
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    if len(text) > _MAX_INLINE:
        parser.disable("inline")
    tokens = parser.parse(text[body:])
    first = True
    kind: BlockKind = "body"
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            kind = "headline" if first else "heading"
        elif token.type in ("paragraph_open", "tr_open"):
            kind = "body"
        in_row = token.level > 0 and tokens[number - 1].type in ("th_open", "td_open")
        if token.map is None or not (token.type == "tr_open" or (token.type == "inline" and not in_row)):
            continue
        start, end = _span(text, starts, token)
        if start >= end:
            continue
        image = _IMAGE.fullmatch(text, start, end)
        if image:
            yield _Found(Block(start=image.start(1), end=image.end(1), kind="caption"), image[1])
        else:
            shown = _row(tokens, number) if token.type == "tr_open" else _shown(token)
            shown = text[start:end] if shown is None else shown
            yield _Found(Block(start=start, end=end, kind="caption" if is_caption(shown) else kind), shown)
        first = False


def _row(tokens: Sequence[Token], first: int) -> str | None:
    """Return what is shown of the table row that begins with `tokens[first]`, or None if no cell was looked into."""
    cells = []
    for token in (tokens[place] for place in range(first, len(tokens))):  # a slice would copy the rest for each row
        if token.type == "tr_close":
            break
        if token.type == "inline":
            cells.append(_shown(token))
    return None if None in cells else " | ".join(cell or "" for cell in cells)


def _shown(token: Token) -> str | None:
    """Return what a page shows of a paragraph or cell, or None if it was not looked into."""
    if not token.children:
        return None if token.content else ""
    words: list[str] = []
    struck = 0
    for child in token.children:
        if child.type in ("s_open", "s_close"):
            struck += child.nesting
        elif struck:
            continue
        elif child.type in ("softbreak", "hardbreak") or _LINE_BREAK.match(child.content):
            words.append("\n")
        elif child.type != "html_inline":
            words.append(child.content)
    return _FOOTNOTE.sub("", "".join(words))


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
