"""Whole documents for tests of output, without a model: the articles beside this file with their hand-written answers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from summarizer import Document, Segment, Translation, Usage, kinds, prepare, read_path
from summarizer.document import SCHEMA_VERSION, Provenance, content_hash
from tests.stub import hand_written

ARTICLES = Path(__file__).parent / "articles"


def written(name: str, **changes: Any) -> Document[Any]:
    """Return the document of `articles/NAME.txt` as `articles/NAME.answers.json` has it, with changed fields."""
    answers = hand_written(name)
    article = prepare(read_path(ARTICLES / f"{name}.txt"))
    segments = tuple(Segment(id=key, text=text, status="ok") for key, text in answers["translation"].items())
    translation, brief = Translation(segments=segments), kinds.load("news")(**answers["briefs"]["news"])
    provenance = Provenance(
        program="brief 0", provider="custom", endpoint="http://127.0.0.1/v1", model="hand-written", quality="unrated",
        method="abstractive", mode="json_schema", prompts=(), parameters={}, checks=("numbers", "names"),
        created=datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    model: Any = Document[kinds.load("news")]  # type: ignore[misc]  # the kind is a value here
    values: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION, "id": content_hash(article, translation, "news", brief, ()), "complete": True,
        "article": article, "translation": translation, "kind": "news", "kind_version": "1.0", "brief": brief, "findings": (),
        "provenance": provenance, "usage": Usage(requests=3, input_tokens=2100, output_tokens=900, seconds=12.5),
    }  # fmt: skip
    document: Document[Any] = model(**{**values, **changes})
    return document
