"""How the library is used; the type checker reads this file and a test runs it against the stub endpoint."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from summarizer import (
    Document,
    Options,
    Settings,
    asummarize,
    check_document,
    check_pairs,
    check_translation,
    open_model,
    parse_document,
    prepare,
    read_path,
    read_text,
    run,
    summarize,
)
from summarizer.progress import Stage


def one_article(path: Path) -> list[str]:
    """One file, with what the environment and the configuration file say of the model."""
    document = summarize(path)
    return [f"{finding.where}: {finding.message}" for finding in document.findings]


def text_in_memory(text: str, settings: Settings) -> str | None:
    """A text that is no file; only its translation."""
    document = summarize(read_text(text, name="from my archive"), settings=settings, task="translate")
    return document.translation.text("s1") if document.translation else None


async def inside_an_event_loop(path: Path, settings: Settings) -> int:
    """Inside a running loop, with progress."""
    seen: list[tuple[Stage, int, int]] = []
    document = await asummarize(path, settings=settings, progress=lambda *step: seen.append(step))
    return document.usage.requests


async def many_articles(paths: Iterable[Path], settings: Settings) -> list[Document[Any]]:
    """Several articles with one open model, side by side."""
    options = Options(kind="news", task="both")
    async with open_model(settings) as model:
        return await asyncio.gather(*(run(prepare(read_path(path), options), model, options) for path in paths))


def kept_document(data: str) -> tuple[str, ...]:
    """A document that was written earlier, its brief as an instance of its kind."""
    document = parse_document(data)
    return tuple(segment.id for segment in document.translation.segments) if document.translation else ()


def work_of_others(german: Path, english: Path, kept: Document[Any]) -> list[str]:
    """The checks for English that exists already: a translation, an older document, any pairs."""
    translation = check_translation(german, english)
    doubts = [pair.id for pair in translation.pairs if pair.status != "ok"]
    doubts += [finding.where for finding in check_document(kept).findings if finding.severity == "error"]
    doubts += [pair.id for pair in check_pairs([("Es regnet.", "It rains.")]) if pair.findings]
    return doubts
