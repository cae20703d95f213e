"""The document for Word: the brief, then a table of German and English; doubts are comments."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from ..article import plain
from ..document import Document
from ..extras import require
from ..findings import Finding
from . import xml
from .html import readable_date
from .outline import about, doubt, outline

_AUTHOR = "brief"


def package() -> Any:
    """Return python-docx; raises SetupError if it is not installed."""
    return require("docx", "documents", "Writing Word files")


def render(document: Document[Any]) -> bytes:
    """Return a .docx file.

    Raises:
        SetupError: If python-docx is not installed.
    """
    docx = package()
    word = docx.Document()
    fields = dict(outline(document))
    title = fields.get("Headline", [])
    word.add_heading(xml.text(title[0].text if title else document.article.title or document.article.source), 0)
    published = (document.article.site, document.article.agency, readable_date(document.article.published))
    if any(published):
        word.add_paragraph(xml.text(" · ".join(part for part in published if part)), style="Subtitle")
    for said in about(document):
        warning = said.startswith(("DEMO", "INCOMPLETE"))
        word.add_paragraph(xml.text(said), style="Intense Quote" if warning else None)
    for finding in document.findings_at("document"):
        word.add_paragraph(xml.text(f"{finding.severity}: {finding.message}"), style="Intense Quote")
    for label, group in fields.items():
        word.add_heading(xml.text(label), 1)
        for line in group:
            paragraph = word.add_paragraph(style="List Bullet")
            run = paragraph.add_run(xml.text(line.text))
            paragraph.add_run(f"  {' '.join(line.evidence)}").font.color.rgb = docx.shared.RGBColor(0x62, 0x5C, 0x53)
            _comment(word, run, line.findings, line.doubt)
    _sentences(document, word)
    word.core_properties.title = xml.text(document.article.title or document.article.source)[:255]
    word.core_properties.author = _AUTHOR
    word.core_properties.comments = f"document {document.id}"
    buffer = BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def _sentences(document: Document[Any], word: Any) -> None:
    if document.translation is None:
        return
    word.add_heading("The article, sentence by sentence", 1)
    table = word.add_table(rows=1, cols=3, style="Light Grid Accent 1")
    for cell, label in zip(table.rows[0].cells, ("", "German", "English"), strict=True):
        cell.text = label
    findings = document.findings_by_place()
    for sentence, segment in zip(document.article.sentences, document.translation.segments, strict=True):
        row = table.add_row()
        number, german, english = row.cells
        number.text, german.text = sentence.id, xml.text(plain(sentence.text))
        run = english.paragraphs[0].add_run(xml.text(segment.text) if segment.text is not None else "(no translation)")
        shown = doubt(segment.confidence) if segment.status == "doubtful" else None
        _comment(word, run, findings.get(sentence.id, ()), shown)


def _comment(word: Any, run: Any, findings: tuple[Finding, ...], shown: str | None) -> None:
    said = [f"{finding.severity}: {finding.message}" for finding in findings] + ([shown] if shown else [])
    if said:
        word.add_comment(run, text=xml.text(" ".join(said)), author=_AUTHOR, initials="b")
