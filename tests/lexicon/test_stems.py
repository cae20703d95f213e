"""Forms of one word share a stem."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.lexicon.stems import english_stem, german_stems


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("Häuser", "Haus"),
        ("bestritt", "bestreiten"),
        ("bestritten", "bestreiten"),
        ("ging", "gehen"),
        ("gegangen", "gehen"),
        ("angekündigt", "ankündigen"),
        ("abzulehnen", "ablehnen"),
        ("verletzte", "verletzen"),
        ("zurückgezogen", "zurückziehen"),
        ("größten", "groß"),
        ("Straße", "Strassen"),
        ("sprach", "sprechen"),
    ],
)
def test_a_german_form_is_found_by_its_base_form(form: str, base: str) -> None:
    assert german_stems(base)[0] in german_stems(form)


@pytest.mark.parametrize(("form", "other"), [("Hund", "Hand"), ("bestritt", "bestellen"), ("ging", "gang und gäbe")])
def test_other_words_are_not(form: str, other: str) -> None:
    assert german_stems(other)[0] not in german_stems(form)


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("denied", "deny"),
        ("forbade", "forbid"),
        ("labour", "labor"),
        ("organised", "organize"),
        ("women", "woman"),
        ("minister's", "minister"),
        ("minister’s", "ministers"),
        ("went", "go"),
    ],
)
def test_an_english_form_has_the_stem_of_its_base_form(form: str, base: str) -> None:
    assert english_stem(form) == english_stem(base)


@given(st.text())
def test_any_text_has_stems(text: str) -> None:
    assert german_stems(text)
    assert isinstance(english_stem(text), str)
