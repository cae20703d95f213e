"""The lines of a PDF file, found by PDFium; run by `worker.py`: a broken file can stop that process, no other."""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_PAGES = 2000
LINE = re.compile(r"[^\n\x02\ufffe]*(?:[\n\x02\ufffe]|$)")
"""PDFium puts one of these two characters for a hyphen at the end of a line, and no line break behind it."""
GAP = 1.3
"""In sizes of the font: wider than the space in any justified line, narrower than what divides columns."""
MAX_CHARACTERS = 20 * 2**20


def work(data: bytes) -> list[list[list[object]]]:
    """Return the lines of each page: text, left, bottom, right, top and size of the font, in points."""
    import pypdfium2

    found = []
    size = 0
    document = pypdfium2.PdfDocument(data)
    if len(document) > MAX_PAGES:
        raise ValueError(f"more than {MAX_PAGES} pages")
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        found.append(lines(text))
        size += text.count_chars()
        if size > MAX_CHARACTERS:
            raise ValueError("too much text")
        text.close()
        page.close()
    return found


def lines(page: object) -> list[list[object]]:
    """Return the lines of one page in the order of its content."""
    import pypdfium2.raw as pdfium

    raw = page.raw  # type: ignore[attr-defined]
    text = page.get_text_range(errors="replace").replace("\x00", " ")  # type: ignore[attr-defined]
    if len(text) != page.count_chars():  # type: ignore[attr-defined]  # a character beyond the BMP counts twice there
        text = "".join(chr(min(pdfium.FPDFText_GetUnicode(raw, i), 0x10FFFF)) for i in range(page.count_chars()))  # type: ignore[attr-defined]
    result: list[list[object]] = []
    for start, end in spans(text):
        size = pdfium.FPDFText_GetFontSize(raw, start)
        for first, behind in split_at_gaps(page, text, start, end, GAP * size):
            left, bottom, _, top = page.get_charbox(first, loose=True)  # type: ignore[attr-defined]
            right = page.get_charbox(behind - 1, loose=True)[2]  # type: ignore[attr-defined]
            result.append([text[first:behind], left, min(bottom, top), right, max(bottom, top), size])
    return result


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each line stands, without the white space around it."""
    start = 0
    for line in LINE.findall(text):
        bare = line.strip()
        if bare:
            first = start + len(line) - len(line.lstrip())
            yield first, first + len(bare)
        start += len(line)


def split_at_gaps(page: object, text: str, start: int, end: int, widest: float) -> Iterator[tuple[int, int]]:
    """Yield the parts of a line between gaps that no justified line has: what stands in two columns is no one line."""
    for index in range(start + 1, end - 1):
        if text[index] == " ":
            before = page.get_charbox(index - 1, loose=True)[2]  # type: ignore[attr-defined]
            behind = page.get_charbox(index + 1, loose=True)[0]  # type: ignore[attr-defined]
            if behind - before > widest:
                yield start, index
                start = index + 1
    yield start, end
