"""The document as readable text; with colours and the right width on a terminal."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

from ..article import plain
from ..document import Document
from .outline import about, doubt, outline, safe

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

WIDTH = 100
"""Columns when it does not go to a terminal, and at most on one."""

_STYLES = {"error": "bold red", "warning": "yellow", "info": "dim"}


def render(document: Document[Any], *, terminal: bool = False) -> str:
    """Return the brief, then the translation sentence by sentence with its German, doubts where they are."""
    from rich.console import Console

    size = shutil.get_terminal_size() if terminal else os.terminal_size((WIDTH, 25))
    console = Console(  # rich asks for a size that it was not given at every line
        width=min(size.columns, WIDTH),
        height=size.lines,
        force_terminal=terminal,
        no_color=None if terminal else True,
        highlight=False,
        soft_wrap=True,
    )
    with console.capture() as capture:
        _head(document, console)
        _brief(document, console)
        _translation(document, console)
        for finding in document.findings_at("document"):
            _indented(console, "", _styled(f"! {finding.severity}: {safe(finding.message)}", _STYLES[finding.severity]))
    return "\n".join(line.rstrip() for line in capture.get().splitlines())


def _head(document: Document[Any], console: Console) -> None:
    _indented(console, "", _styled(safe(document.article.title or document.article.source), "bold"))
    for line in about(document):
        _indented(console, "", _styled(line, "bold red" if line.startswith(("DEMO", "INCOMPLETE")) else "dim"))
    console.print()


def _brief(document: Document[Any], console: Console) -> None:
    for label, lines in outline(document):
        console.print(_styled(label.upper(), "bold cyan"))
        for line in lines:
            text = _styled(line.text)
            text.append(f"  {' '.join(line.evidence)}", style="dim")
            _confidence(text, line.doubt)
            _indented(console, "  - ", text)
            for sentence_id, german in line.german:
                _indented(console, "    ", _styled(f"{sentence_id} {german}", "italic dim"))
            for finding in line.findings:
                _indented(console, "    ", _styled(f"! {safe(finding.message)}", _STYLES[finding.severity]))
        console.print()


def _translation(document: Document[Any], console: Console) -> None:
    if document.translation is None:
        return
    console.print(_styled("TRANSLATION", "bold cyan"))
    findings = document.findings_by_place()
    paragraph = 0
    for sentence, segment in zip(document.article.sentences, document.translation.segments, strict=True):
        if sentence.paragraph != paragraph:
            console.print()
            paragraph = sentence.paragraph
        heading = sentence.kind in {"headline", "heading"}
        english = safe(segment.text) if segment.text is not None else "(no translation)"
        text = _styled(english, "bold" if heading else "")
        if segment.status == "doubtful":
            _confidence(text, doubt(segment.confidence))
        _indented(console, f"{sentence.id:>5}  ", text)
        if segment.status != "ok":
            _indented(console, "       ", _styled(safe(plain(sentence.text)), "italic dim"))
        for finding in findings.get(sentence.id, ()):
            _indented(console, "       ", _styled(f"! {safe(finding.message)}", _STYLES[finding.severity]))


def _confidence(text: Text, shown: str | None) -> None:
    """Put the confidence behind a doubtful text."""
    if shown is not None:
        text.append(f"  ({shown})", style="yellow")


def _styled(text: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(text, style=style)


def _indented(console: Console, prefix: str, text: Text) -> None:
    """Print with `prefix` before the first line and as much space before the others."""
    from rich.text import Text

    lines = text.wrap(console, max(20, console.width - len(prefix)))
    for index, line in enumerate(lines):
        line.rstrip()
        console.print(Text(prefix if index == 0 else " " * len(prefix), style="dim") + line)
