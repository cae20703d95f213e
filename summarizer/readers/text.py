"""Plain text → blocks: paragraphs from lines, hard-wrapped or not, with headings and captions told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import Final, NamedTuple

from ..article import Block, BlockKind, Source, plain
from ..boundaries import sentence_spans
from ..german import DANGLING, MONTHS

INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Characters that take no room: a line of these and white space alone is blank."""

_MAX_HEADING: Final = 120
_MAX_CAPTION: Final = 400
_MIN_WRAP: Final = 30
_MAX_WRAP: Final = 120
"""No running text is wrapped narrower or wider than this, in characters."""
_WRAPPED_SHARE: Final = 0.8
"""So many line breaks of a hard-wrapped run stand where the next word no longer fitted, or inside a sentence for certain."""

_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_VISIBLE: Final = re.compile(rf"[^\s{INVISIBLE}]")
FINAL_PUNCTUATION: Final = re.compile(r"[.!?:;,…][\"'“”„«»‹›‘’)\]]*$")
LIST_ITEM: Final = re.compile(r"(?:[-–—*•‣▪·+o]|\(?\d{1,3}[.)]|\(?[a-z]\))\s")
_IN_A_SENTENCE: Final = re.compile(r"[-–—]\s|\d{1,3}\.\s")
"""What begins an item may also be a dash or an ordinal of a sentence that went over to the next line."""
_ORDINAL: Final = re.compile(r"\d{1,2}\.\s+([^\W\d_]+)")
_ENDED: Final = re.compile(r"[.!?:…][\"'“”„«»‹›‘’)\]]*$")
_CREDIT: Final = r"(?:Bild|Foto|Photo|Grafik|Illustration|Montage|Karte|Symbol(?:bild|foto)|Archiv(?:bild|foto))"
_CAPTION: Final = re.compile(
    rf"(?:Bild(?:unterschrift|text|nachweis|quelle|rechte)|{_CREDIT}(?:s|os)?)\s*:"
    rf"|[(\[]\s*{_CREDIT}s?\b[^()\[\]]*[)\]]$"
    rf"|.*[(\[]\s*{_CREDIT}s?\s*:[^()\[\]]*[)\]]$"
    rf"|.*\s[–—/|]\s*{_CREDIT}s?\s*:\s*\S+.{{0,60}}$"
)


class _Line(NamedTuple):
    """A line without the white space around it: `text[start:end]`."""

    start: int
    end: int
    text: str


def parse(text: str) -> Source:
    """Return the source with its blocks.

    Blank lines separate paragraphs; each line is a paragraph of its own unless the text is hard-wrapped. A short
    line without final punctuation that something follows is a heading; if the article begins with one, that is its
    headline.
    """
    paragraphs = list(_paragraphs(text))
    blocks = []
    for number, lines in enumerate(paragraphs):
        kind = _kind(lines, first=number == 0, last=number == len(paragraphs) - 1)
        blocks.append(Block(start=lines[0].start, end=lines[-1].end, kind=kind))
    return Source(text=text, blocks=tuple(blocks), title=title(text, blocks))


def title(text: str, blocks: Iterable[Block]) -> str | None:
    """Return the headline as one plain line, or None if there is none."""
    return next((plain(text[block.start : block.end]) for block in blocks if block.kind == "headline"), None)


def half_character(text: str) -> int | None:
    """Return where half a character (a lone surrogate) stands: it has no UTF-8, so no request could hold it."""
    half = _SURROGATE.search(text)
    return half.start() if half else None


def spelled(text: str) -> str:
    """Return a text that has UTF-8: halves of characters, as a file name that is not UTF-8 holds them, are spelled out."""
    return text.encode("utf-8", "backslashreplace").decode()


def raised(text: str) -> str:
    """Return superscript text with raised digits: else m² became m2, and a note's number a part of the number before it."""
    return text.translate(_RAISED)


def is_caption(text: str) -> bool:
    """Tell whether a paragraph says what a picture shows or whose picture it is."""
    return len(text) <= _MAX_CAPTION and _CAPTION.match(text) is not None


def ended(line: str, following: str) -> bool:
    """Tell whether a sentence, or what a colon announces it with, is over where one line ends and another begins.

    The stop of `den 12.` is none if `Dezember` follows.
    """
    if not _ENDED.search(line):
        return False
    return not line.endswith(".") or any(end == len(line) for _, end in sentence_spans(f"{line} {following}"))


def begins_item(line: str, before: str, first: str) -> bool:
    """Tell whether a line begins an item of a list, and is not a sentence's next line (`am / 12. Dezember`).

    Args:
        line: The line.
        before: The line above it, with text up to where lines end.
        first: The first line of the paragraph that `before` belongs to.
    """
    if not LIST_ITEM.match(line):
        return False
    if not _IN_A_SENTENCE.match(line) or _ENDED.search(before):
        return True
    ordinal = _ORDINAL.match(line)
    if ordinal and ordinal[1].lower() in MONTHS:
        return False
    return LIST_ITEM.match(first) is not None


def _kind(lines: list[_Line], *, first: bool, last: bool) -> BlockKind:
    text = " ".join(line.text for line in lines)
    if is_caption(text):
        return "caption"
    if (
        last  # a heading announces something
        or len(lines) > 1
        or len(text) > _MAX_HEADING
        or FINAL_PUNCTUATION.search(text)
        or LIST_ITEM.match(text)
        or not any(character.isalpha() for character in text)
    ):
        return "body"
    return "headline" if first else "heading"


def _lines(text: str) -> Iterator[_Line | None]:
    """Yield the lines in order, None for a blank one."""
    offset = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if _VISIBLE.search(bare):
            start = offset + len(line) - len(line.lstrip())
            yield _Line(start, start + len(bare), bare)
        else:
            yield None
        offset += len(line)


def _paragraphs(text: str) -> Iterator[list[_Line]]:
    runs = [
        [line for line in run if line is not None]
        for blank, run in groupby(_lines(text), key=lambda line: line is None)
        if not blank
    ]
    widths = [_wrap_width(run) for run in runs]
    common = max(widths, default=0)
    for run, width in zip(runs, widths, strict=True):
        yield from _unwrapped(run, width or common)


def _wrap_width(run: list[_Line]) -> int:
    """Return the width that the run was wrapped to, 0 if it was not.

    Greedy wrapping puts a word on the next line only if it did not fit; and in German running text some lines then
    begin with a small letter or end with an article or conjunction, which lines that are paragraphs do not.
    """
    width = max(line.end - line.start for line in run)
    breaks = list(pairwise(run))
    if not _MIN_WRAP <= width <= _MAX_WRAP or not any(_goes_on(*pair) for pair in breaks):
        return 0
    forced = sum(_goes_on(*pair) or not _would_fit(*pair, width) for pair in breaks)
    return width if forced >= _WRAPPED_SHARE * len(breaks) else 0


def _goes_on(line: _Line, following: _Line) -> bool:
    return following.text[0].islower() or line.text.rsplit(maxsplit=1)[-1].lower() in DANGLING


def _would_fit(line: _Line, following: _Line, width: int) -> bool:
    return len(line.text) + 1 + len(following.text.split(maxsplit=1)[0]) <= width


def _unwrapped(run: list[_Line], width: int) -> Iterator[list[_Line]]:
    """Yield the paragraphs of a run of lines that is wrapped to `width`; 0 leaves each line by itself."""
    paragraph = run[:1]
    for line, following in pairwise(run):
        fits = _would_fit(line, following, width) and not _goes_on(line, following)
        if len(line.text) > width or fits or begins_item(following.text, line.text, paragraph[0].text):
            yield paragraph
            paragraph = []
        paragraph.append(following)
    yield paragraph
