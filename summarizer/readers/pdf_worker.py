"""The lines of a PDF file, found by PDFium in a process of its own: a broken file can stop this process, no other.

Run as a script with the file on standard input; writes JSON to standard output: a list of pages, each a list of lines
`[text, left, bottom, right, top, font size]` in points, or `{"error": reason}`. It imports nothing of this package, so that it
starts fast and knows nothing.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import suppress

MAX_MEMORY = 2 * 2**30
"""Bytes of address space: PDFium takes some hundred megabytes for a file of twenty."""
MAX_CPU_SECONDS = 50
MAX_PAGES = 2000
LINE = re.compile(r"[^\n\x02\ufffe]*(?:[\n\x02\ufffe]|$)")
"""PDFium puts one of these two characters for a hyphen at the end of a line, and no line break behind it."""
GAP = 1.3
"""In sizes of the font: wider than the space in any justified line, narrower than what divides columns."""
MAX_CHARACTERS = 20 * 2**20


def main() -> None:
    """Read standard input, write standard output."""
    with suppress(ImportError, ValueError, OSError):  # not on Windows; the parent's clock holds there
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_SECONDS, MAX_CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    result: object
    try:
        result = pages(sys.stdin.buffer.read())
    except MemoryError:
        result = {"error": "memory"}
    except Exception as error:  # noqa: BLE001  # whatever is wrong with a file is the parent's to say
        result = {"error": f"{type(error).__name__}: {error}"}
    json.dump(result, sys.stdout)


def pages(data: bytes) -> list[list[list[object]]]:
    """Return the lines of each page."""
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


if __name__ == "__main__":
    main()
