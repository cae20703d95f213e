"""Where names, times and doubts stand in a sentence: texts cut into runs that a page can mark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from ..article import plain
from ..checks.brief import items_of
from ..document import Document
from ..findings import Finding
from ..items import Brief, Entity, Organisation, Person, Place
from ..lexicon.marks import quotes
from ..quantities import english_times, german_times

Side = Literal["german", "english"]
Stretch = tuple[int, int, str]
"""Start, end, and the name of a mark."""

_ENDINGS = {"german": "(?:s|es|['’]s?)?", "english": ""}
"""The genitive belongs to a German name (Malis), and does not to an English one (Mali's)."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a text with the names of the marks that it bears."""

    text: str
    marks: tuple[str, ...]


class Names:
    """Finds the names of a brief's people, organisations and places in sentences of one language."""

    def __init__(self, document: Document[Any], side: Side) -> None:
        marks: dict[str, set[str]] = {"person": set(), "organisation": set(), "place": set()}
        if isinstance(document.brief, Brief):
            for _, item in items_of(document.brief):
                if isinstance(item, Entity):
                    marks[_mark(item)].update(_forms(item, side))
        self._patterns = [(mark, _pattern(forms, side)) for mark, forms in marks.items() if forms]

    def find(self, text: str) -> Iterator[Stretch]:
        """Yield where names stand in `text`."""
        for mark, pattern in self._patterns:
            yield from ((match.start(), match.end(), mark) for match in pattern.finditer(text))


def _mark(item: Entity) -> str:
    match item:
        case Person():
            return "person"
        case Place():
            return "place"
        case Organisation():
            return "organisation"
        case _:
            return "organisation"


def _forms(item: Entity, side: Side) -> Iterator[str]:
    """Yield how an entity may be written: its whole name, and a person's last name."""
    names = (item.name, item.name_as_printed) if side == "english" else (item.name_as_printed,)
    for name in map(plain, names):
        if name:
            yield name
        last = name.split()[-1] if isinstance(item, Person) and name else ""
        if len(last) > 3 and last[0].isupper():
            yield last


def _pattern(forms: set[str], side: Side) -> re.Pattern[str]:
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))}){_ENDINGS[side]}(?!\w)")


def times(text: str, side: Side, published: str | None) -> Iterator[Stretch]:
    """Yield where `text` names a day, month, year or hour; durations and "now" are left out."""
    find = german_times if side == "german" else english_times
    for time in find(text, published):
        if time.type in {"DATE", "TIME"} and not time.value.endswith("_REF"):
            yield time.start, time.end, "date"


def doubts(text: str, findings: Sequence[Finding], side: Side) -> Iterator[Stretch]:
    """Yield where findings point to in `text`; a span that does not give its own text back is left out."""
    for finding in findings:
        for span in finding.source_spans if side == "german" else finding.target_spans:
            if text[span.start : span.end] == span.text and span.text:
                yield span.start, span.end, f"doubt-{finding.severity}"


def has_quotation(text: str) -> bool:
    """Tell whether words stand in quotation marks."""
    return bool(quotes(text))


def runs(text: str, names: Iterable[Stretch], overlay: Iterable[Stretch] = ()) -> list[Run]:
    """Return `text` cut where marks begin and end.

    Args:
        text: Any text; the runs joined are this text.
        names: Marks that exclude one another: of two that overlap, the longer one stands.
        overlay: Marks that may lie over any other.
    """
    taken: list[Stretch] = []
    for stretch in sorted(names, key=lambda item: (item[0] - item[1], item[0])):
        if all(stretch[1] <= start or end <= stretch[0] for start, end, _ in taken):
            taken.append(stretch)
    taken.extend(overlay)
    cuts = sorted({0, len(text), *(cut for start, end, _ in taken for cut in (start, end))})
    return [
        Run(text[left:right], tuple(sorted({mark for start, end, mark in taken if start <= left and right <= end})))
        for left, right in pairwise(cuts)
    ]
