"""A small share of `benchmarks/fuzz_readers.py`: broken files are read or refused in a sentence."""

from __future__ import annotations

from contextlib import suppress

import pytest

from benchmarks.fuzz_readers import BOMBS, SEEDS, consume, fuzz
from summarizer.errors import BriefError
from summarizer.readers import html, read_bytes

SMALL = [
    "text beyond the limit", "markdown nested 100,000 deep", "html of JSON-LD nested deep", "html of entities",
    "pdf that is encrypted", "docx of entities", "feed of entities", "jsonl nested 1,000,000 deep", "tmx of entities",
    "tbx nested 100,000 deep", "docx of one entity, 10 GB", "docx with a document type elsewhere", "tmx of one entity, 10 GB",
    "html nested 100,000 deep in inline elements", "http body of broken gzip", "pdf whose pages hold themselves",
    "pdf that says it has 2,000,000,000 pages", "xliff of entities", "xliff nested 100,000 deep",
]  # fmt: skip


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_a_valid_file_is_read(name: str) -> None:
    assert consume(SEEDS[name](), name) > 0


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_a_broken_file_is_read_or_refused_in_a_sentence(name: str) -> None:
    count = 3 if name in {"pdf", "feed"} else 20
    outcomes, _, crashes = fuzz(name, count, seed=7)
    assert crashes == []
    assert sum(outcomes.values()) == count


@pytest.mark.parametrize("title", SMALL)
def test_what_aims_at_time_or_memory_ends(title: str) -> None:
    name, make = BOMBS[title]
    outcome = 0
    with suppress(BriefError):
        outcome = consume(make(), name)
    assert outcome < 10_000


def test_a_page_of_too_many_elements_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MAX_ELEMENTS", 20)
    with pytest.raises(BriefError, match="20 elements"):
        read_bytes(SEEDS["html"](), "a.html", "html")


def test_a_text_of_too_many_lines_is_refused() -> None:
    with pytest.raises(BriefError, match="300,000 lines"):
        read_bytes(b"a\n\n" * 400_000, "a.txt")
