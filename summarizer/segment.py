"""Source → sentences with stable ids, and the article that holds them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .article import Article, Sentence, Source, content_id
from .boundaries import sentence_spans

MAX_SENTENCE: Final = 1000
"""Characters that a sentence may have before it is split at a clause boundary, so that a small model can take it."""

_CLAUSE_ENDS: Final = tuple(re.compile(pattern) for pattern in (r";\s+", r"\s[–—-]\s+|:\s+", r",\s+", r"\s+"))
"""Where to split, best first."""


def segment(source: Source) -> tuple[Sentence, ...]:
    """Return the sentences of a source, in order, numbered from s1.

    A sentence lies inside one block, `text` is exactly `source.text[start:end]`, and neither begins nor ends with
    white space. Headings and captions are segmented like paragraphs. Time is linear in the text's length.
    """
    spans = (
        (paragraph, block.kind, start, end)
        for paragraph, block in enumerate(source.blocks, start=1)
        for start, end in _spans(source.text, block.start, block.end)
    )
    return tuple(
        Sentence(id=f"s{number}", paragraph=paragraph, kind=kind, start=start, end=end, text=source.text[start:end])
        for number, (paragraph, kind, start, end) in enumerate(spans, start=1)
    )


def to_article(source: Source, language: str) -> Article:
    """Return the segmented article; `language` is the ISO 639-1 code that was found."""
    return Article(
        id=content_id(source.text),
        source=source.name,
        format=source.format,
        encoding=source.encoding,
        language=language,
        title=source.title,
        byline=source.byline,
        agency=source.agency,
        published=source.published,
        url=source.url,
        site=source.site,
        place=source.place,
        notes=source.notes,
        sentences=segment(source),
    )


def _spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for first, behind in sentence_spans(text[start:end]):
        yield from _bounded(text, start + first, start + behind)


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the span, in pieces of at most `MAX_SENTENCE` characters, split where a clause ends if there is a place."""
    while end - start > MAX_SENTENCE:
        window = text[start : start + MAX_SENTENCE]
        behind, following = _split(window)
        yield start, start + behind
        start += following
    yield start, end


def _split(window: str) -> tuple[int, int]:
    """Return where the first piece ends and the next begins: the last clause boundary in the window's second half."""
    for boundary in _CLAUSE_ENDS:
        *_, last = (None, *boundary.finditer(window, len(window) // 2))
        if last and last.end() < len(window):
            return len(window[: last.end()].rstrip()), last.end()
    return len(window), len(window)
