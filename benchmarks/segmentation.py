"""Sentence boundaries: this program's against the libraries', on German news articles with gold sentence spans.

    python -m benchmarks.segmentation DATA/wikinews_quotes.jsonl

The file has one article a line with `text` and `sentences`, a list of [start, end]. Libraries that are not installed
are named and left out: `pip install pysbd sentencex syntok segtok SoMaJo yasbd-lib sentencesplit sentence-splitter
nupunkt blingfire` brings them. Every library is given one paragraph (line) at a time, as this program's own is.

Three figures, each the harmonic mean of precision and recall over all articles:

- `F1`: sentence ends, those of paragraphs included, which nobody misses.
- `inner`: sentence ends inside paragraphs alone.
- `spans`: sentences whose beginning and end are both right.

`--details` adds this program's boundaries joined with each library's, and split at semicolons and colons; and the marks
behind which it misses ends.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

Span = tuple[int, int]
Splitter = Callable[[str], Iterable[Span]]


@dataclass
class Score:
    """Right, superfluous and missing answers, counted over articles."""

    right: int = 0
    superfluous: int = 0
    missing: int = 0

    def add(self, found: set[Any], gold: set[Any]) -> None:
        """Count one article's answers."""
        self.right += len(found & gold)
        self.superfluous += len(found - gold)
        self.missing += len(gold - found)

    @property
    def precision(self) -> float:
        """The share of the answers that are right."""
        return self.right / ((self.right + self.superfluous) or 1)

    @property
    def recall(self) -> float:
        """The share of the gold that was found."""
        return self.right / ((self.right + self.missing) or 1)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / ((2 * self.right + self.superfluous + self.missing) or 1)


def _strip(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _located(text: str, sentences: Iterable[str]) -> Iterator[Span]:
    """Yield the spans of sentences that a library gives back as strings; raises ValueError if it altered them."""
    position = 0
    for sentence in map(str.strip, sentences):
        if sentence:
            start = text.index(sentence, position)
            position = start + len(sentence)
            yield start, position


def _ours() -> Splitter:
    from summarizer.boundaries import sentence_spans

    return sentence_spans


def _naive() -> Splitter:
    # a mark, white space and a capital: what one line does
    gap = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ„\"»])")
    return lambda text: _located(text, gap.split(text))


def _pysbd() -> Splitter:
    segmenter = import_module("pysbd").Segmenter(language="de", clean=False)
    return lambda text: _located(text, segmenter.segment(text))


def _sentencesplit() -> Splitter:
    segmenter = import_module("sentencesplit").Segmenter(language="de", clean=False)
    return lambda text: _located(text, segmenter.segment(text))


def _sentencex() -> Splitter:
    library = import_module("sentencex")
    return lambda text: _located(text, library.segment("de", text))


def _syntok() -> Splitter:
    library = import_module("syntok.segmenter")
    return lambda text: [
        (sentence[0].offset, sentence[-1].offset + len(sentence[-1].value))
        for paragraph in library.analyze(text)
        for sentence in paragraph
    ]


def _segtok() -> Splitter:
    library = import_module("segtok.segmenter")
    return lambda text: _located(text, library.split_single(text))


def _somajo() -> Splitter:
    tokenizer = import_module("somajo").SoMaJo("de_CMC", split_sentences=True, character_offsets=True)
    return lambda text: [
        (sentence[0].character_offset[0], sentence[-1].character_offset[1])
        for sentence in tokenizer.tokenize_text([text])
    ]


def _yasbd() -> Splitter:
    detector = import_module("yasbd").BoundaryDetector("de")
    return lambda text: _located(text, map(str, detector.segment(text)))


def _sentence_splitter() -> Splitter:
    splitter = import_module("sentence_splitter").SentenceSplitter(language="de")
    return lambda text: _located(text, splitter.split(text))


def _nupunkt() -> Splitter:
    library = import_module("nupunkt")
    return lambda text: [_strip(text, start, end) for start, end in library.sent_spans(text)]


def _blingfire() -> Splitter:
    library = import_module("blingfire")
    return lambda text: [_strip(text, *span) for span in library.text_to_sentences_and_offsets(text)[1]]


SPLITTERS: dict[str, Callable[[], Splitter]] = {
    "brief (ours)": _ours,
    "SoMaJo": _somajo,
    "yasbd-lib": _yasbd,
    "sentencesplit": _sentencesplit,
    "pysbd": _pysbd,
    "segtok": _segtok,
    "sentencex": _sentencex,
    "sentence-splitter": _sentence_splitter,
    "blingfire": _blingfire,
    "nupunkt": _nupunkt,
    "syntok": _syntok,
    "regular expression": _naive,
}


class Result:
    """What a splitter scores on a set of articles."""

    def __init__(self, split: Splitter, articles: list[dict[str, Any]]) -> None:
        self.ends, self.inner, self.spans = Score(), Score(), Score()
        self.seconds, self.sentences, self.altered = 0.0, 0, 0
        self.missed_behind: Counter[str] = Counter()
        for article in articles:
            self._add(split, article["text"], {(start, end) for start, end in article["sentences"]})

    def _add(self, split: Splitter, text: str, gold: set[Span]) -> None:
        found: set[Span] = set()
        paragraph_ends: set[int] = set()
        for paragraph in re.finditer(r"[^\n]*\S[^\n]*", text):
            offset = paragraph.start()
            began = time.perf_counter()
            try:
                local = list(split(paragraph[0]))
            except ValueError:  # a sentence that is not in the text
                self.altered += 1
                local = [_strip(paragraph[0], 0, len(paragraph[0]))]
            self.seconds += time.perf_counter() - began
            found |= {(offset + start, offset + end) for start, end in local}
            paragraph_ends.add(offset + len(paragraph[0].rstrip()))
        self.sentences += len(found)
        found_ends, gold_ends = {end for _, end in found}, {end for _, end in gold}
        self.ends.add(found_ends, gold_ends)
        self.inner.add(found_ends - paragraph_ends, gold_ends - paragraph_ends)
        self.spans.add(found, gold)
        for end in gold_ends - paragraph_ends - found_ends:
            mark = text[:end].rstrip("“”»«\"')")[-1:]
            self.missed_behind[mark if mark in ".!?…:;" else "no mark"] += 1

    def __str__(self) -> str:
        return (
            f"{100 * self.ends.f1:5.2f} {100 * self.inner.f1:6.2f} {100 * self.inner.precision:6.2f} "
            f"{100 * self.inner.recall:6.2f} {100 * self.spans.f1:6.2f} {self.sentences / self.seconds:11,.0f}"
            + (f"  altered {self.altered} paragraphs" if self.altered else "")
        )


def _combined(one: Splitter, other: Splitter, join: Callable[[set[int], set[int]], set[int]]) -> Splitter:
    """Return a splitter whose sentence ends are those of two, joined."""

    def split(text: str) -> Iterator[Span]:
        start = 0
        for end in sorted(join({end for _, end in one(text)}, {end for _, end in other(text)})):
            yield _strip(text, start, end)
            start = end

    return split


def _at(mark: str) -> Splitter:
    """Return a splitter that knows no mark but one, and the paragraph's end."""
    gap = re.compile(mark)
    return lambda text: [(0, end) for end in (*(match.end() for match in gap.finditer(text)), len(text.rstrip()))]


def _installed() -> Iterator[tuple[str, Splitter | None, str | None]]:
    for name, make in SPLITTERS.items():
        try:
            split = make()
            list(split("Ein Satz. Noch einer."))  # what is loaded at the first call is not timed
        except ImportError as error:
            yield name, None, error.name
        else:
            yield name, split, None


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="JSON Lines with `text` and `sentences`")
    parser.add_argument("--details", action="store_true")
    arguments = parser.parse_args()
    articles = [json.loads(line) for line in arguments.file.read_text(encoding="utf-8").splitlines()]
    print(f"{len(articles)} articles, {sum(len(article['sentences']) for article in articles)} sentences\n")
    print(f"{'':28}{'F1':>5} {'inner':>6} {'prec.':>6} {'recall':>6} {'spans':>6} {'sentences/s':>11}")
    ours = _ours()
    for name, split, missing in _installed():
        print(f"{name:28}{Result(split, articles) if split else f'not installed ({missing})'}", flush=True)
        if arguments.details and split and SPLITTERS[name] is not _ours:
            for sign, join in (("or", set.union), ("and", set.intersection)):
                print(f"{f'  ours {sign} it':28}{Result(_combined(ours, split, join), articles)}", flush=True)
    if arguments.details:
        for name, mark in (("ours, split at ;", r";(?=\s)"), ("ours, split at : + capital", r":(?=\s+[„A-ZÄÖÜ])")):
            print(f"{name:28}{Result(_combined(ours, _at(mark), set.union), articles)}", flush=True)
        print(f"\nends that ours misses, behind: {dict(Result(ours, articles).missed_behind.most_common())}")


if __name__ == "__main__":
    main()
