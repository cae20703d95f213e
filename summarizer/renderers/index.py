"""Many articles as one page: a list with search and filters, and a timeline of events, linking the articles' pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from ..document import Document
from ..items import Claim, Event, Person, Place
from .html import readable_date
from .outline import anchor, describe, items, safe
from .page import render_page

_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
CHOICES = 300
"""Names in a filter at most, the most frequent ones; the search finds the others."""


@dataclass(frozen=True, slots=True)
class Happening:
    """An event on the timeline.

    Attributes:
        day: Year, month or day, ISO 8601, where it begins.
        when: The same for a reader.
        what: What happens.
        anchor: Its place in the article's page.
    """

    day: str
    when: str
    what: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index page needs of a document: a few hundred bytes, so that many fit in memory.

    Attributes:
        href: The article's page, relative to the index page.
        title: English headline.
        original: German headline, if known.
        summary: The first statement of the brief.
        source: Outlet, agency or file name.
        published: ISO 8601 date, or an empty text.
        topic: What it is about, or an empty text.
        people: English names.
        places: English names.
        events: Those whose time is known.
        sentences: How many the article has.
        doubtful: How many of them are doubtful or missing.
        demo: Whether a model of demo quality made it.
    """

    href: str
    title: str
    original: str
    summary: str
    source: str
    published: str
    topic: str
    people: tuple[str, ...]
    places: tuple[str, ...]
    events: tuple[Happening, ...]
    sentences: int
    doubtful: int
    demo: bool

    @property
    def when(self) -> str:
        """The date for a reader."""
        return readable_date(self.published[:10])


def entry(document: Document[Any], path: str) -> Entry:
    """Return what the index page shows of a document.

    Args:
        document: Any document.
        path: Its page, relative to the index page, with `/` between folders.
    """
    article = document.article
    found = list(items(document))
    claims = [item for _, item in found if isinstance(item, Claim)]
    headlines = [item.text for pointer, item in found if isinstance(item, Claim) and pointer == "/headline"]
    translated = document.translation.segments if document.translation else ()
    english = [
        segment.text
        for sentence, segment in zip(article.sentences, translated, strict=False)
        if sentence.kind == "headline" and segment.text
    ]
    title = safe((headlines or english or [article.title or article.source])[0])
    topics = [safe(describe(item)) for pointer, item in found if pointer == "/topic"]
    return Entry(
        href=quote(path, errors="surrogateescape"),  # a name on a disk need not be UTF-8
        title=title,
        original=safe(article.title or ""),
        summary=next((safe(item.text) for item in claims if safe(item.text) != title), ""),
        source=safe(article.site or article.agency or article.source),
        published=safe(article.published or ""),
        topic=topics[0] if topics else "",
        people=_names(found, Person),
        places=_names(found, Place),
        events=tuple(_happenings(found)),
        sentences=len(article.sentences),
        doubtful=sum(segment.status != "ok" for segment in translated),
        demo=document.provenance.quality == "demo",
    )


def _names(found: list[tuple[str, Any]], wanted: type[Person] | type[Place]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(safe(item.name) for _, item in found if isinstance(item, wanted)))


def _happenings(found: list[tuple[str, Any]]) -> Iterable[Happening]:
    for pointer, item in found:
        if isinstance(item, Event) and item.when and item.when.iso:
            day = _DAY.match(item.when.iso)
            if day:
                yield Happening(day[0], readable_date(item.when.iso), safe(item.what), anchor(pointer))


def render(entries: Sequence[Entry]) -> str:
    """Return the page: newest first, those without a date last. As self-contained and closed as an article's page."""
    newest = sorted(sorted(entries, key=lambda item: item.title), key=lambda item: item.published, reverse=True)
    timeline = sorted(
        ((event, item) for item in entries for event in item.events), key=lambda pair: (pair[0].day, pair[1].title)
    )
    numbers = {id(item): number for number, item in enumerate(newest)}
    return render_page(
        "index",
        entries=newest,
        timeline=[(event, item, numbers[id(item)]) for event, item in timeline],
        topics=_choices(item.topic for item in entries),
        people=_choices(name for item in entries for name in item.people),
        places=_choices(name for item in entries for name in item.places),
        dated=any(item.published for item in entries),
    )


def _choices(names: Iterable[str]) -> list[tuple[str, int]]:
    """Return names with how many articles have them, by name; of too many the most frequent."""
    return sorted(Counter(filter(None, names)).most_common(CHOICES))
