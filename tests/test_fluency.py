"""How well the words of an English text follow one another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import fluency as module
from summarizer.fluency import available, fluency

model = pytest.mark.skipif(not available(), reason="needs the English model of PocketSphinx")
GOOD = "The court found that the company had not told the workers about the risk."


@model
@pytest.mark.parametrize(
    "worse",
    [
        "The court found that the company had not the workers about the risk.",  # no verb
        "The court found that the company had not told the about the risk.",  # no noun
        "Court the found that company the not had told the workers the about risk.",  # another order
        "The court find that the company had not tell the workers about the risk.",  # wrong forms
    ],
)
def test_broken_english_flows_worse(worse: str) -> None:
    assert fluency(worse).mean > fluency(GOOD).mean
    assert fluency(worse).clashes > fluency(GOOD).clashes


@model
def test_unknown_words_are_passed_over() -> None:
    assert fluency("Xylander Qwrtz 12,5").words == 0
    assert fluency("Xylander Qwrtz 12,5").mean == fluency("").mean


@model
@given(st.text())
def test_any_text_has_a_fluency(text: str) -> None:
    found = fluency(text)
    assert found.clashes >= 0
    assert found.clashes + 1e-9 >= found.total


def test_without_the_model_a_text_is_like_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "available", lambda: False)
    long, broken = module.fluency(GOOD), module.fluency("workers the about told risk")
    assert long.mean == pytest.approx(broken.mean)
    assert long.mean < 0
