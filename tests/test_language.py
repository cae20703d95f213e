"""Which language: German passes, others are named, what cannot be told is said."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import language
from summarizer.errors import InputError, NotGermanError, UnsuitableError
from summarizer.language import detect, ensure_german
from summarizer.readers import read_text

GERMAN = (
    "Der Stadtrat hat am Dienstag den Bau einer neuen Brücke beschlossen. Die Kosten sind nach Angaben der Verwaltung "
    "noch nicht bekannt, sie werden aber wie bei anderen Projekten halb vom Land getragen und über Jahre verteilt."
)
ENGLISH = "The city council decided on Tuesday to build a new bridge across the river, the mayor said in a statement."


@pytest.mark.parametrize(
    "text",
    [
        GERMAN,
        GERMAN.replace("ä", "ae").replace("ü", "ue"),
        "Die Strasse ist gesperrt, weil die Behörden grosse Schäden an der Brücke festgestellt haben.",
        "Im Jänner wird die Matura heuer in allen Bundesländern schriftlich abgehalten.",
        "Ministerin kündigt Reform an",
        GERMAN.upper(),
    ],
)
def test_german_passes(text: str) -> None:
    assert ensure_german(read_text(text)) == "de"


def test_a_foreign_quotation_in_a_german_article_does_not_matter() -> None:
    assert ensure_german(read_text(f"{GERMAN}\n\n{ENGLISH}\n\n{GERMAN}")) == "de"


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        (ENGLISH, "en", "English"),
        ("De gemeenteraad heeft dinsdag besloten een nieuwe brug over de rivier te bouwen.", "nl", "Dutch"),
        ("Le conseil municipal a décidé mardi de construire un nouveau pont sur la rivière.", "fr", "French"),
        ("De Gemengerot huet en Dënschdeg decidéiert, eng nei Bréck iwwer de Floss ze bauen.", "lb", "Luxembourgish"),
        ("Byrådet besluttede tirsdag at bygge en ny bro over floden, siger borgmesteren.", "da", "Danish"),
    ],
)
def test_another_language_is_named(text: str, code: str, name: str) -> None:
    with pytest.raises(NotGermanError, match=rf"a\.txt .*{name}, not German\.$") as caught:
        ensure_german(read_text(text, name="a.txt"))
    assert caught.value.language == code
    assert ensure_german(read_text(text), force=True) == code


@pytest.mark.parametrize("text", ["😀😀", "2024 – 3,5 %", "…"])
def test_without_words_there_is_nothing_to_translate(text: str) -> None:
    for force in (False, True):
        with pytest.raises(InputError, match="no words"):
            ensure_german(read_text(text), force=force)


def test_too_short_to_tell() -> None:
    with pytest.raises(UnsuitableError, match="too short"):
        ensure_german(read_text("OK"))
    assert ensure_german(read_text("OK"), force=True) == "und"


def test_plain_german_does_not_load_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "py3langid.langid", None)
    language._identifier.cache_clear()
    assert ensure_german(read_text(GERMAN)) == "de"


def test_probability() -> None:
    assert detect(ENGLISH).probability > 0.9
    assert detect("") == ("und", 0.0)


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    code, probability = detect(text)
    assert code
    assert 0 <= probability <= 1
