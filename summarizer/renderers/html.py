"""The document as one self-contained page: the brief, then German and English side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ..article import plain
from ..document import Document, Segment
from ..findings import Finding
from ..items import Claim, Entity, Event, Figure, Quotation
from .marks import Names, Run, doubts, has_quotation, runs, times
from .outline import Line, anchor, doubt, outline
from .page import render_page

LISTED_ASIDE = (Entity,)
"""What stands in the narrow column beside the statements."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of the brief as it stands on the page.

    Attributes:
        anchor: Its id in the page.
        form: How it is set: claim, entity, event, figure, quotation or other.
        line: The item with its text, evidence and findings.
        when: Of an event, the time for a reader.
    """

    anchor: str
    form: str
    line: Line
    when: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence as it stands on the page.

    Attributes:
        sentence: The sentence.
        segment: Its English; None if nothing was translated.
        opens: Whether a paragraph begins with it.
        german: Its text in runs.
        english: Its English in runs; empty if missing.
        findings: What the checks say of it.
        doubt: What to show of the confidence in it; None if it is not doubtful.
        quotes: Whether it holds words in quotation marks.
        cited: Anchors of the items that rest on it.
    """

    sentence: Any
    segment: Segment | None
    opens: bool
    german: list[Run]
    english: list[Run]
    findings: tuple[Finding, ...]
    doubt: str | None
    quotes: bool
    cited: list[str]


def render(document: Document[Any], *, terminal: bool = False) -> str:  # noqa: ARG001  # the same everywhere
    """Return HTML that needs nothing from outside, and in which nothing from article or model acts."""
    fields = {lines[0].pointer.split("/")[1]: (label, _entries(lines)) for label, lines in outline(document)}
    entries = [entry for _, group in fields.values() for entry in group]
    rows = _rows(document, entries)
    shown = {entry.line.pointer for entry in entries} | {row.sentence.id for row in rows}
    headline = fields.pop("headline", ("", []))[1]
    main = {name: field for name, field in fields.items() if not isinstance(field[1][0].line.item, LISTED_ASIDE)}
    states = [row.segment.status for row in rows if row.segment]
    return render_page(
        "article",
        document=document,
        article=document.article,
        headline=headline[0] if headline else None,
        title=_title(document, headline),
        lede=main.pop("abstract", ("", []))[1],
        topic=main.pop("topic", ("", []))[1],
        main=main,
        aside={name: field for name, field in fields.items() if isinstance(field[1][0].line.item, LISTED_ASIDE)},
        rows=rows,
        doubtful=states.count("doubtful"),
        missing=states.count("missing"),
        quoting=sum(row.quotes for row in rows),
        doubted=[entry for entry in entries if _doubted(entry.line)],
        marks=sorted({mark for row in rows for run in (*row.german, *row.english) for mark in run.marks}),
        general=[finding for finding in document.findings if finding.where not in shown],
        published=readable_date(document.article.published),
    )


def _entries(lines: list[Line]) -> list[Entry]:
    return [
        Entry(
            anchor=anchor(line.pointer),
            form=_form(line.item),
            line=line,
            when=readable_date(line.item.when.iso) if isinstance(line.item, Event) and line.item.when else "",
        )
        for line in lines
    ]


def _doubted(line: Line) -> bool:
    return line.doubt is not None or any(finding.severity != "info" for finding in line.findings)


def _form(item: object) -> str:
    forms = {Claim: "claim", Entity: "entity", Event: "event", Figure: "figure", Quotation: "quotation"}
    return next((form for kind, form in forms.items() if isinstance(item, kind)), "other")


def _title(document: Document[Any], headline: list[Entry]) -> str:
    """Return the English headline: the brief's, else the translation of the article's own, else the source's name."""
    if headline and isinstance(headline[0].line.item, Claim):
        return headline[0].line.item.text
    if document.translation is not None:
        for sentence, segment in zip(document.article.sentences, document.translation.segments, strict=True):
            if sentence.kind == "headline" and segment.text:
                return segment.text
    return document.article.title or document.article.source


def _rows(document: Document[Any], entries: list[Entry]) -> list[Row]:
    cited: dict[str, list[str]] = {}
    for entry in entries:
        for sentence_id in dict.fromkeys(entry.line.evidence):
            cited.setdefault(sentence_id, []).append(entry.anchor)
    german_names, english_names = Names(document, "german"), Names(document, "english")
    found = document.findings_by_place()
    published = document.article.published
    segments = document.translation.segments if document.translation else [None] * len(document.article.sentences)
    rows: list[Row] = []
    for sentence, segment in zip(document.article.sentences, segments, strict=True):
        findings = found.get(sentence.id, ())
        german = plain(sentence.text)
        english = (segment.text if segment else None) or ""
        rows.append(
            Row(
                sentence=sentence,
                segment=segment,
                opens=not rows or rows[-1].sentence.paragraph != sentence.paragraph,
                german=runs(
                    german,
                    [*german_names.find(german), *times(german, "german", published)],
                    doubts(german, findings, "german"),
                ),
                english=runs(
                    english,
                    [*english_names.find(english), *times(english, "english", published)],
                    doubts(english, findings, "english"),
                ),
                findings=findings,
                doubt=doubt(segment.confidence) if segment and segment.status == "doubtful" else None,
                quotes=has_quotation(german),
                cited=cited.get(sentence.id, []),
            )
        )
    return rows


def readable_date(iso: str | None) -> str:
    """Return an ISO day as a reader writes it (11 November 2025); anything else as it is."""
    try:
        day = date.fromisoformat(iso or "")
    except ValueError:
        return iso or ""
    return f"{day.day} {day:%B %Y}" if iso and len(iso) == 10 else iso or ""
