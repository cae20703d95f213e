"""PDF → blocks: lines by PDFium, put together to paragraphs and headings.

PDFium (of Chrome; Apache-2.0 and BSD) is taken since it is the one permissively licensed library that is fuzzed
without end, keeps the order of the content, marks hyphens at line ends, and takes a hundredth of a second a page where
libraries in pure Python take a tenth and more. It runs in a process of its own with bounds of memory and time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from statistics import multimode
from typing import Final, NamedTuple

from ..article import BlockKind, Source
from ..errors import InputError
from ..extras import require
from . import isolation
from .blocks import Piece, assemble
from .text import FINAL_PUNCTUATION, LIST_ITEM, begins_item, ended, is_caption

_EDGE_LINES: Final = 2
"""Lines at a page's top and bottom that may be running heads."""
_SURE_PAGES: Final = 3
_SURE_SHARE: Final = 0.4
"""A running head stands on as many pages at least, and on this share of all: left and right pages may differ. Of two pages
both suffice if it is smaller than the text."""
_MAX_HEAD: Final = 120
_PAGE_NUMBER: Final = re.compile(r"(?:Seite |S\. |[-–—] ?)?(\d{1,4})(?: ?(?:/|von) ?\d{1,4})?(?: ?[-–—])?")
_COLUMN_LINES: Final = 5
"""A column has as many lines at least."""
_LARGER: Final = 1.15
"""A heading's font is larger than the text's by this factor."""
_LEADING: Final = 1.35
"""Lines of a paragraph are no farther apart than this, in units of the page's usual distance."""
_MAX_HEADING: Final = 200
_HYPHENS: Final = "\x02\ufffe\u00ad"
"""What PDFium puts in place of a hyphen at the end of a line, and the soft hyphen."""
_SUSPENDED: Final = re.compile(r"(?:und|oder|bzw\.|sowie|bis|als auch)\b")


class Line(NamedTuple):
    """A line and where it stands on its page, in points from the lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    page: int


def load(data: bytes, name: str) -> Source:
    """Return the text of a PDF file, running heads and page numbers left out, hyphens at line ends joined.

    Raises:
        InputError: The file is damaged, encrypted, without text (a scan), or takes too much memory or time.
        SetupError: The extra `documents` is missing.
    """
    require("pypdfium2", "documents", "Reading PDF")
    pages = isolation.run(Path(__file__).with_name("pdf_worker.py"), data, name)
    lines = [[Line._make([*line, number]) for line in page] for number, page in enumerate(pages, start=1)]
    if not any(any(character.isalpha() for line in page for character in line.text) for page in lines):
        raise InputError(f"{name} holds no text, only pictures of it: run text recognition (OCR) on it first.")
    heads = running_heads(lines)
    kept = [line for page in lines for line in in_reading_order([line for line in page if line not in heads])]
    pieces = list(_pieces(list(paragraphs(kept)), kept))
    title = next((piece.text for piece in pieces if piece.kind == "headline"), None)
    return assemble(pieces, title=title, notes=_notes(heads))


def running_heads(pages: Sequence[Sequence[Line]]) -> set[Line]:
    """Return the lines that repeat at the edge of pages but for their numbers, and page numbers that count right."""
    edges = [line for page in pages for line in _edges(page) if len(line.text) <= _MAX_HEAD]
    count = Counter(_likeness(line) for line in edges)
    enough = max(_SURE_PAGES, _SURE_SHARE * len(pages))
    text = _usual_size([line for page in pages for line in page])
    numbers = {line: int(found[1]) - line.page for line in edges if (found := _PAGE_NUMBER.fullmatch(line.text))}
    offsets = Counter(numbers.values())
    return {
        line
        for line in edges
        if count[_likeness(line)] >= (2 if len(pages) == 2 and line.size < text else enough)
        or (line in numbers and (numbers[line] == 0 or offsets[numbers[line]] >= _SURE_PAGES))
    }


def _edges(page: Sequence[Line]) -> list[Line]:
    by_height = sorted(page, key=lambda line: line.bottom)
    return [*by_height[:_EDGE_LINES], *by_height[_EDGE_LINES:][-_EDGE_LINES:]]


def _likeness(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.bottom / 6)


def in_reading_order(page: Sequence[Line]) -> Sequence[Line]:
    """Return the lines of a page column by column; as the content has them if there are no two columns."""
    gutter = _gutter(page)
    if gutter is None:
        return page
    ordered: list[Line] = []
    band: list[Line] = []
    for line in sorted(page, key=lambda line: -line.top):
        if line.left < gutter < line.right:  # a line across both columns ends what stands above it
            ordered += _by_column(band, gutter)
            ordered.append(line)
            band = []
        else:
            band.append(line)
    return ordered + _by_column(band, gutter)


def _by_column(band: Iterable[Line], gutter: float) -> list[Line]:
    return sorted(band, key=lambda line: (line.left >= gutter, -line.top, line.left))


def _gutter(page: Sequence[Line]) -> float | None:
    """Return where a page divides into two columns, or None."""
    for edge in sorted({round(line.left) for line in page}):
        gutter = edge - 1.0
        left = sum(line.right <= gutter for line in page)
        right = sum(line.left >= gutter for line in page)
        beside = sum(
            any(other.left >= gutter and abs(other.top - line.top) < line.size for other in page)
            for line in page
            if line.right <= gutter
        )
        if min(left, right) >= _COLUMN_LINES and left + right >= 0.8 * len(page) and beside >= _COLUMN_LINES:
            return gutter
    return None


def paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines in paragraphs."""
    steps = [a.top - b.top for a, b in pairwise(lines) if a.page == b.page and 0 < a.top - b.top < 4 * a.size]
    step = min(multimode(map(round, steps)), default=0)
    rights = {key: max(line.right for line in group) for key, group in _columns(lines)}
    paragraph = [lines[0]]
    for before, line in pairwise(lines):
        if _begins(before, line, paragraph, step, rights[_column(before)]):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    yield paragraph


def _column(line: Line) -> tuple[int, int]:
    return line.page, round(line.left / 100)


def _columns(lines: Sequence[Line]) -> Iterator[tuple[tuple[int, int], Iterator[Line]]]:
    return groupby(sorted(lines, key=_column), key=_column)


def _begins(before: Line, line: Line, paragraph: Sequence[Line], step: int, right: float) -> bool:
    """Tell whether a paragraph begins with `line`."""
    if abs(before.size - line.size) > 0.6:
        return True
    short = right - before.right > 6 * before.size
    if begins_item(line.text, before.text, paragraph[0].text) or (short and LIST_ITEM.match(line.text)):
        return True
    over = ended(before.text, line.text)
    down = before.top - line.top
    if before.page != line.page or down <= 0:  # the next page or column
        return over
    if down > _LEADING * max(step, line.size):
        return True
    indented = line.left - before.left > 0.8 * line.size and before.left - min(item.left for item in paragraph) < 1
    return over and (indented or short)


def _pieces(found: Sequence[Sequence[Line]], lines: Sequence[Line]) -> Iterator[Piece]:
    usual = _usual_size(lines)
    largest = max((lines[0].size for lines in found if lines[0].page == 1), default=usual)
    headline = largest >= _LARGER * usual
    for number, paragraph in enumerate(found):
        text, size = joined([line.text for line in paragraph]), paragraph[0].size
        kind: BlockKind = "body"
        if is_caption(text):
            kind = "caption"
        elif len(text) <= _MAX_HEADING and size >= _LARGER * usual:
            kind = "headline" if headline and size >= largest - 0.1 else "heading"
            headline = headline and kind != "headline"
        elif len(paragraph) == 1 and number < len(found) - 1 and _announces(text):
            kind = "heading"
        if any(character.isalnum() for character in text):
            yield Piece(text, kind)


def _announces(text: str) -> bool:
    return len(text) <= 80 and text[:1].isupper() and not FINAL_PUNCTUATION.search(text) and not LIST_ITEM.match(text)


def _usual_size(lines: Sequence[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0]


def joined(lines: Sequence[str]) -> str:
    """Return the lines of a paragraph as one; a word divided at a line's end is put together."""
    text = lines[0]
    for line in lines[1:]:
        text = _join(text, line)
    return re.sub(f"[{_HYPHENS[:2]}]", "-", text)


def _join(text: str, line: str) -> str:
    last = text[-1]
    if last not in f"-‐{_HYPHENS}" or len(text) < 2 or text[-2].isspace():
        return f"{text} {line}"
    stem = text[:-1]
    word = re.split(r"[\s-]", stem)[-1]
    if _SUSPENDED.match(line):  # Ein- und Ausfuhr
        return f"{stem}- {line}"
    if line[0].islower() and not (word.isupper() and len(word) > 1):  # EU-weit keeps it
        return stem + line
    return f"{stem}-{line}"


def _notes(heads: Iterable[Line]) -> tuple[str, ...]:
    in_order = sorted(heads, key=lambda line: (line.page, -line.top))
    texts = dict.fromkeys(re.sub(r"\d+", "#", line.text) for line in in_order)
    if not texts:
        return ()
    named = "; ".join(f"“{text}”" for text in list(texts)[:5])
    return (f"Left out as running heads or page numbers (# stands for a number): {named}.",)
