"""The main job on three articles, with real model answers."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from summarizer import Document, Options, open_model, parse_document, prepare, read_path, run
from summarizer.checks.brief import items_of
from summarizer.kinds import json_schema
from summarizer.llm.wire import evidence_of
from summarizer.renderers import FORMATS, render

ROOT = Path(__file__).parents[2]
ARTICLES = {
    "seed": (ROOT / "seeds" / "000_b0b2ffb098fc43c8.txt", "news"),
    "seed-security": (ROOT / "seeds" / "000_b0b2ffb098fc43c8.txt", "security"),
    "council": (ROOT / "tests" / "articles" / "council.txt", "news"),
    "figures": (ROOT / "tests" / "articles" / "figures.txt", "news"),
}

pytestmark = [pytest.mark.record, pytest.mark.vcr]


async def brief(path: Path, kind: str, recorder: SimpleNamespace) -> Document[Any]:
    options = Options(kind=kind)
    article = prepare(read_path(path), options)
    async with open_model(recorder.settings) as opened:
        model = replace(opened, choices=recorder.choices or opened.choices)
        document = await run(article, model, options)
        recorder.note(model)
        return document


@pytest.mark.parametrize("name", ARTICLES)
def test_article(name: str, recorder: SimpleNamespace) -> None:
    path, kind = ARTICLES[name]
    document = asyncio.run(brief(path, kind, recorder))
    source = path.read_text(encoding="utf-8")

    assert document.complete
    Draft202012Validator(json_schema(kind, document=True)).validate(json.loads(document.model_dump_json()))
    assert parse_document(document.model_dump_json()) == document

    for sentence in document.article.sentences:
        assert source[sentence.start : sentence.end] == sentence.text
    assert document.translation is not None
    assert [segment.id for segment in document.translation.segments] == list(document.article.ids)
    assert all(segment.text for segment in document.translation.segments)

    assert document.brief is not None
    assert set(evidence_of(document.brief)) <= set(document.article.ids)
    assert all(item.evidence for _, item in items_of(document.brief))
    assert list(items_of(document.brief))
    if document.provenance.method == "extractive":  # then nothing in it may be news to the article
        invented = {"evidence.name", "evidence.number", "evidence.printed", "evidence.unknown"}
        assert [finding for finding in document.findings if finding.code in invented] == []

    assert document.usage.requests >= len(document.article.sentences) // 25
    assert document.usage.input_tokens > 0
    for output in FORMATS:
        assert render(document, output)
