"""The public names, and the usage examples run for real."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

import summarizer
from summarizer import Settings
from tests import usage_examples
from tests.stub import Stub, hand_written, played

COUNCIL = Path(__file__).parent / "articles" / "council.txt"
FIGURES = Path(__file__).parent / "articles" / "figures.txt"


def test_public_names_are_listed_once_and_can_be_imported() -> None:
    assert sorted(summarizer.__all__) == sorted(summarizer._HOME)
    assert all(getattr(summarizer, name) is not None for name in summarizer.__all__)
    assert set(summarizer.__all__) <= set(dir(summarizer))
    with pytest.raises(AttributeError, match="nonsense"):
        _ = summarizer.nonsense


def test_usage_examples(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    stub.answer = played(hand_written("council"))
    monkeypatch.setenv("OPENAI_BASE_URL", stub.base_url)
    monkeypatch.setenv("BRIEF_MODEL", "large")
    settings = Settings.load()
    assert isinstance(usage_examples.one_article(COUNCIL), list)
    assert usage_examples.text_in_memory(COUNCIL.read_text(encoding="utf-8"), settings)
    assert asyncio.run(usage_examples.inside_an_event_loop(COUNCIL, settings)) >= 2
    documents = asyncio.run(usage_examples.many_articles([COUNCIL, COUNCIL], settings))
    assert documents[0].id == documents[1].id
    assert usage_examples.work_of_others(COUNCIL, FIGURES, documents[0])
    assert usage_examples.kept_document(documents[0].model_dump_json()) == documents[0].article.ids
