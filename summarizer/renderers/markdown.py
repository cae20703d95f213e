"""The document as Markdown: the brief, then German and English sentence by sentence, doubts where they are."""

from __future__ import annotations

import re
from typing import Any

from ..article import plain
from ..document import Document
from .outline import about, doubt, outline, safe

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~!&])")
_LIST_MARK = re.compile(r"^(\d*)([-+=.)])")
"""At the beginning of a line these make a list, a rule or a heading."""


def render(document: Document[Any], *, terminal: bool = False) -> str:  # noqa: ARG001  # the same everywhere
    """Return CommonMark; nothing from article or model acts as markup."""
    blocks: list[str] = [f"# {_escape(document.article.title or document.article.source)}"]
    blocks.extend(f"> {_escape(line)}" for line in about(document))
    for label, lines in outline(document):
        blocks.append(f"## {label}")
        rows = []
        for line in lines:
            links = " ".join(f"[{sentence_id}](#{sentence_id})" for sentence_id in line.evidence)
            shown = f" **{line.doubt}**" if line.doubt else ""
            rows.append(f"- {_escape(line.text)} ({links}){shown}")
            rows.extend(f"  - {sentence_id}: {_escape(german)}" for sentence_id, german in line.german)
            rows.extend(f"  - **{finding.severity}**: {_escape(finding.message)}" for finding in line.findings)
        blocks.append("\n".join(rows))
    if document.translation is not None:
        blocks.append("## Translation")
        blocks.extend(_sentences(document))
    general = document.findings_at("document")
    if general:
        blocks.append("## Findings")
        blocks.append("\n".join(f"- **{item.severity}**: {_escape(item.message)}" for item in general))
    return "\n\n".join(blocks) + "\n"


def _sentences(document: Document[Any]) -> list[str]:
    blocks: list[str] = []
    segments = document.translation.segments if document.translation else ()
    findings = document.findings_by_place()
    for sentence, segment in zip(document.article.sentences, segments, strict=True):
        english = _escape(segment.text) if segment.text is not None else "**no translation**"
        if sentence.kind in {"headline", "heading"}:
            english = f"**{english}**"
        shown = doubt(segment.confidence) if segment.status == "doubtful" else None
        english += f" **{shown}**" if shown else ""
        rows = [f'<a id="{sentence.id}"></a>**{sentence.id}** {english}', f"> {_escape(plain(sentence.text))}"]
        rows.extend(
            f"> {_mark(finding.severity)} {_escape(finding.message)}" for finding in findings.get(sentence.id, ())
        )
        blocks.append("\n>\n".join([rows[0] + "\n\n" + rows[1], *rows[2:]]))
    return blocks


def _mark(severity: str) -> str:
    return f"**{severity}**:"


def _escape(text: str) -> str:
    return _LIST_MARK.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", safe(text)))
