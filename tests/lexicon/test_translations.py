"""What the two sides of a pair account for of each other."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.lexicon.translations import account

GERMAN = "Der Minister bestritt die Vorwürfe der Gewerkschaft am Montag."


def test_a_good_translation_is_accounted_for() -> None:
    found = account(GERMAN, "On Monday the minister denied the trade union's allegations.")
    assert found.unrendered == 0
    assert found.unexplained == 0
    assert found.german > 3
    assert found.english > 2


def test_an_opposite_is_missing_on_both_sides() -> None:
    found = account(GERMAN, "On Monday the minister confirmed the trade union's allegations.")
    assert found.unrendered > 0.4
    assert found.unexplained > 0.4


def test_a_word_more_is_unexplained() -> None:
    good = account(GERMAN, "On Monday the minister denied the trade union's allegations.")
    more = account(GERMAN, "On Monday the minister denied the trade union's outrageous allegations.")
    assert more.unexplained > good.unexplained
    assert more.unrendered == good.unrendered


def test_a_word_less_is_unrendered() -> None:
    less = account(GERMAN, "On Monday the minister denied the allegations.")
    assert less.unrendered > 0.5
    assert less.unexplained == 0


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Die Regierung lehnte den Vorschlag ab.", "The government rejected the proposal."),  # a separable verb
        ("Der Sicherheitsberater trat zurück.", "The security adviser resigned."),  # a compound
        ("Sie hat nichts gewusst.", "She didn't know anything."),  # a contraction
        ("Die Präsidentin kandidiert.", "The president runs."),  # words that begin alike
        ("Die Zahl der Unfälle stieg.", "The number of accidents rose."),
    ],
)
def test_forms_compounds_and_particles(source: str, target: str) -> None:
    found = account(source, target)
    assert found.unrendered == 0
    assert found.unexplained == 0


def test_names_take_no_side() -> None:
    one = account("Am Dienstag sprach Xylander.", "Xylander spoke on Tuesday.")
    other = account("Am Dienstag sprach Xylander.", "Quentin spoke on Tuesday.")
    assert one == other


def test_nothing_accounts_for_nothing() -> None:
    empty = account("", "")
    assert (empty.share_unrendered, empty.share_unexplained) == (0, 0)


@given(st.text(), st.text())
def test_any_two_texts_have_an_account(source: str, target: str) -> None:
    found = account(source, target)
    assert 0 <= found.unrendered <= found.german + 1e-9
    assert 0 <= found.unexplained <= found.english + 1e-9
    assert 0 <= found.share_unrendered <= 1 + 1e-9


def test_the_list_has_one_form() -> None:
    lines = files("summarizer.lexicon").joinpath("translations.txt").read_text("utf-8").splitlines()
    entries = [line for line in lines if not line.startswith("#")]
    words = [line.partition(": ")[0] for line in entries]
    assert len(set(words)) == len(words)
    for line in entries:
        word, _, renderings = line.partition(": ")
        assert word
        assert all(rendering.strip() == rendering != "" for rendering in renderings.split(", ")), line
