"""DOCX → blocks: paragraphs, headings, list items and table rows, in the document's order.

python-docx opens the package and knows its styles; the text is taken from the XML itself, since python-docx leaves out
what tracked changes inserted and what stands in content controls, and a lost insertion may be a lost "nicht".
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any, Final

from ..article import BlockKind, Source, plain
from ..errors import InputError
from ..extras import require
from .blocks import Piece, assemble
from .text import is_caption, raised

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_UNPACKED: Final = 40 * 2**20
"""Bytes of all XML, unpacked: a book has some ten millions, a zip bomb is beyond."""
MAX_PARTS: Final = 5000
_PIECE: Final = 2**20

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DELETED: Final = frozenset({f"{_W}del", f"{_W}moveFrom", _FALLBACK})
_BREAKS: Final = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_MAX_DEPTH: Final = 60


def load(data: bytes, name: str) -> Source:
    """Return the text of a Word document. Deleted text, comments, notes, headers and footers are left out.

    The file's properties are not used: the author there is whoever's computer it was.

    Raises:
        InputError: The file is damaged, encrypted, no Word document, or unpacks to too much.
        SetupError: The extra `documents` is missing.
    """
    require("docx", "documents", "Reading Word documents")
    from docx import Document

    package = _unpacked(data, name)
    try:
        document = Document(package)
        styles = {style.style_id: str(style.name) for style in document.styles}
        pieces = list(_pieces(document.element.body, styles))
    except Exception as error:  # what a damaged file makes python-docx, lxml and zlib raise has no common base
        raise InputError(f"{name} is no Word document that can be read: it is damaged or of another kind.") from error
    title = next((plain(piece.text) for piece in pieces if piece.kind == "headline"), None)
    return assemble(pieces, title=title)


def _unpacked(data: bytes, name: str) -> IO[bytes]:
    """Return the package with its XML unpacked, and without what its pictures and fonts hold.

    It is unpacked here, piece by piece, since what an archive says of the size of its parts may be a lie, and a library
    that reads a part at once would believe it.

    Raises:
        InputError: The ZIP archive is damaged, encrypted or unpacks to too much.
    """
    result, left = io.BytesIO(), MAX_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(result, "w") as package:
            parts = packed.infolist()
            if "mimetype" in packed.namelist():
                raise InputError(
                    f"{name} is an OpenDocument or e-book file; save it as a Word document (.docx) or as text."
                )
            if any(part.flag_bits & 1 for part in parts):
                raise InputError(f"{name} is encrypted with a password; save it without.")
            if len(parts) > MAX_PARTS:
                raise InputError(f"{name} has more than {MAX_PARTS:,} parts; save the article's text alone.")
            for part in {part.filename: part for part in parts}.values():
                text = part.filename.endswith((".xml", ".rels"))
                with packed.open(part) as stream, package.open(part.filename, "w") as copy:
                    while text and (piece := stream.read(_PIECE)):
                        left -= len(piece)
                        if left < 0:
                            raise _too_much(name)
                        copy.write(piece)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError, RuntimeError, EOFError) as error:
        raise InputError(f"{name} is no Word document: its ZIP archive is damaged, or it is encrypted.") from error
    result.seek(0)
    return result


def _too_much(name: str) -> InputError:
    return InputError(f"{name} unpacks to more than {MAX_UNPACKED // 2**20} MB; save the article's text alone.")


def _pieces(body: Any, styles: dict[str, str]) -> Iterator[Piece]:
    first = True
    for element in _blocks(body, _MAX_DEPTH):
        if element.tag == f"{_W}tr":
            cells = (plain(" ".join(map(_text, cell.iter(f"{_W}p")))) for cell in element.iterchildren(f"{_W}tc"))
            text, kind = " | ".join(filter(None, cells)), "body"
        else:
            text, kind = _text(element), _kind(_style(element, styles))
        if text:
            yield Piece(text, _settled(kind, text, first=first))
            first = False


def _settled(kind: str, text: str, *, first: bool) -> BlockKind:
    if kind == "title" or (kind == "heading" and first):
        return "headline"
    if kind == "caption" or (kind == "body" and is_caption(text)):
        return "caption"
    return "heading" if kind == "heading" else "body"


def _blocks(parent: _Element, depth: int) -> Iterator[_Element]:
    """Yield paragraphs and table rows in order, also those in content controls, custom XML and tracked insertions."""
    for child in parent.iterchildren():
        if child.tag in (f"{_W}p", f"{_W}tr"):
            yield child
        elif depth and isinstance(child.tag, str) and child.tag not in _DELETED:
            yield from _blocks(child, depth - 1)


def _text(paragraph: _Element) -> str:
    parts: list[str] = []
    skipped: list[_Element] = []
    for element in paragraph.iter():
        if skipped and skipped[-1] in element.iterancestors():
            continue
        if element.tag in _DELETED:
            skipped.append(element)
        elif element.tag == f"{_W}t":
            place = element.getparent().find(f"{_W}rPr/{_W}vertAlign")
            up = place is not None and place.get(f"{_W}val") == "superscript"
            parts.append(raised(element.text or "") if up else element.text or "")
        elif element.tag in _BREAKS and element.getparent().tag == f"{_W}r":
            parts.append(_BREAKS[element.tag])
    lines = (" ".join(line.split(" ")).strip() for line in "".join(parts).split("\n"))
    return "\n".join(filter(None, lines))


def _style(paragraph: _Element, styles: dict[str, str]) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return styles.get(style.get(f"{_W}val", ""), "") if style is not None else ""


def _kind(style: str) -> str:
    low = style.lower()
    if low == "title":
        return "title"
    if low.startswith("heading") or low == "subtitle":
        return "heading"
    return "caption" if low == "caption" else "body"
