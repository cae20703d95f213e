"""Web pages → blocks: the article's own text by trafilatura, with headings, lists, quotations and tables kept.

The source's text is the text that was found, block by block; offsets refer to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Final

from ..article import BlockKind, Source, plain
from ..errors import InputError
from ..extras import require
from . import decode as decoding
from .blocks import Piece, assemble
from .page_date import people, published
from .text import FINAL_PUNCTUATION, is_caption, raised

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

MAX_ELEMENTS: Final = 20_000
"""An article has some hundreds; far beyond this the search for its text takes time with the square of them."""
_DECLARED: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_DECLARATION_WITHIN: Final = 4096
_WEB_LATIN: Final = frozenset({"iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii", "ascii"})
"""Names that pages use for Windows-1252, and that browsers read so (WHATWG Encoding Standard)."""
_XML_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_BLOCKS: Final = frozenset({"head", "p", "item", "list", "row", "table", "quote", "code"})
_PARTS: Final = ("span", "div", "small", "strong")
"""Elements that stand beside one another in a heading: kicker and headline."""
_MAX_KICKER: Final = 60
"""Characters of a line above the headline."""
_NOBODY: Final = re.compile(r"^(?:admin|webmaster)$|redaktion", re.IGNORECASE)
"""Authors who are no persons: `Redaktion`, `Musterbote Onlineredaktion`."""


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Return the page's text and its encoding: byte order mark, then what fits of UTF-8 and the declared one.

    Raises:
        InputError: The bytes are too many, no text, or damaged.
    """
    declared = _DECLARED.search(data, 0, _DECLARATION_WITHIN)
    label = declared[1].decode("ascii").lower() if declared else ""
    if label and label not in _WEB_LATIN and not label.startswith(("utf", "windows-1252")):
        try:
            return data.decode("utf-8"), "utf-8"  # many a page is, whatever it declares
        except UnicodeDecodeError:
            with suppress(LookupError, UnicodeDecodeError):  # a label that Python does not know, or that is wrong
                return data.decode(label), label
    return decoding.decode(data, name)


def parse(text: str) -> Source:
    """Return the article of a page, without menus, teasers and comments.

    Raises:
        InputError: There is no article text in it.
        SetupError: The extra `web` is missing.
    """
    trafilatura = require("trafilatura", "web", "Reading web pages")
    from lxml import html as lxml_html
    from lxml.etree import LxmlError

    try:
        # An encoding declared in the text is void once it is decoded; lxml refuses it in an XML declaration.
        tree: HtmlElement = lxml_html.fromstring(_XML_DECLARATION.sub("", text, count=1).replace("\x00", ""))
        if sum(1 for _ in islice(tree.iter(), MAX_ELEMENTS + 1)) > MAX_ELEMENTS:
            raise InputError(f"This page has more than {MAX_ELEMENTS:,} elements; save the article alone.")
        stated, authors = published(tree), people(tree)
        _make_visible(tree)
        page = trafilatura.bare_extraction(tree, with_metadata=True, include_comments=False, include_tables=True)
    except (LxmlError, ValueError, RecursionError, AssertionError):
        page = None
    if page is None or page.body is None:
        raise InputError("There is no article text in this page.")
    pieces = list(_pieces(page.body))
    title = plain(page.title or "") or None
    if title and not any(piece.kind == "headline" or plain(piece.text) == title for piece in pieces):
        pieces.insert(0, Piece(title, "headline"))
    return assemble(
        pieces,
        title=title,
        byline=_byline(authors or (page.author or "").split("; ")),
        published=stated,
        site=plain(page.sitename or "") or None,
        url=page.url if re.match(r"https?://", page.url or "") else None,
    )


def _byline(names: Iterable[str]) -> str | None:
    return plain(", ".join(name for name in names if not _NOBODY.search(name))) or None


def _make_visible(tree: HtmlElement) -> None:
    """Write what a browser shows by style alone: marks around a `q`, raised numbers, the space in a heading of parts."""
    for part in tree.iter("sup"):
        if part.text and not len(part):
            part.text = raised(part.text)
    for quoted in reversed(list(tree.iter("q"))):  # the inner before the outer
        opening, closing = ("‚", "‘") if any(True for _ in quoted.iterancestors("q")) else ("„", "“")
        if not quoted.text_content().lstrip().startswith(tuple('„“"»«‚‘›‹')):
            quoted.text = opening + (quoted.text or "")
            if len(quoted):
                quoted[-1].tail = (quoted[-1].tail or "") + closing
            else:
                quoted.text += closing
        quoted.tag = "span"
    for heading in tree.iter("h1", "h2", "h3", "h4"):
        for part in heading.iter(*_PARTS):
            if part.getnext() is not None and part.getnext().tag in _PARTS and not part.tail:
                part.tail = " "


def _pieces(body: _Element) -> Iterator[Piece]:
    """Yield the blocks of trafilatura's tree: paragraphs, headings, list items, rows; in order."""
    headline, first = True, "h1" if body.find(".//head[@rend='h1']") is not None else "head"
    for tag, text in _texts(body):
        lines = "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))
        if not lines:
            continue
        if tag in ("head", "h1"):
            kind: BlockKind = "headline" if headline and tag == first else "heading"
            headline = headline and tag != first
        else:
            kind = "caption" if is_caption(lines) else "body"
            headline = headline and len(lines) <= _MAX_KICKER and not FINAL_PUNCTUATION.search(lines)
        yield Piece(lines, kind)


def _texts(body: _Element) -> Iterator[tuple[str, str]]:
    """Yield the text of each block in order, with its tag or `h1`; a block inside another divides that one's text."""
    from lxml.etree import iterwalk

    tags, parts = [body.tag], list[str]()
    walk = iterwalk(body, events=("start", "end"))
    for event, element in walk:
        if element.tag in _BLOCKS:
            yield tags[-1], "".join(parts)
            parts.clear()
        if event == "start":
            if element.tag in _BLOCKS:
                tags.append("h1" if element.get("rend") == "h1" else element.tag)
            if element.tag == "row":
                parts.append(_row(element))
                walk.skip_subtree()
            else:
                parts.append("\n" if element.tag == "lb" else element.text or "")
        else:
            if element.tag in _BLOCKS:
                tags.pop()
            parts.append(element.tail or "")
    yield tags[-1], "".join(parts)


def _row(row: _Element) -> str:
    return " | ".join(filter(None, (plain("".join(cell.itertext())) for cell in row)))
