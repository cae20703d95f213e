"""Terms are found in any inflected form and inside compounds, and not in other words."""

from __future__ import annotations

import pytest

from summarizer.terms.glossary import Glossary, Term, builtin
from summarizer.terms.inflection import forms
from summarizer.terms.matching import hints, uses

GLOSSARY = Glossary(
    tuple(
        Term(source, (source.upper(),))
        for source in (
            "Bundesrat", "Verteidigungsminister", "Verteidigungsministerin", "Auswärtiges Amt", "Ausschuss",
            "Rat der Europäischen Union", "Rat", "Haushalt", "Behörde", "Gefährder", "AfD", "Grüne", "grüner Wasserstoff",
            "Rückführung", "Vertrag", "Beamter",
        )
    )
)  # fmt: skip


def found(text: str) -> list[tuple[str, str, bool]]:
    return [(use.term.source, text[use.start : use.end], use.compound) for use in uses(text, GLOSSARY)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Der Beschluss des Bundesrates liegt vor.", [("Bundesrat", "Bundesrates", False)]),
        ("Die Bundesräte der Schweiz tagen.", [("Bundesrat", "Bundesräte", False)]),
        ("Die Sprecherin des Auswärtigen Amtes schwieg.", [("Auswärtiges Amt", "Auswärtigen Amtes", False)]),
        ("Das Auswärtige Amt schwieg.", [("Auswärtiges Amt", "Auswärtige Amt", False)]),
        ("Mehrere Ausschüsse tagten, den Ausschüssen fehlt Zeit.", [("Ausschuss", "Ausschüsse", False), ("Ausschuss", "Ausschüssen", False)]),
        ("Der Rat der Europäischen Union stimmte zu.", [("Rat der Europäischen Union", "Rat der Europäischen Union", False)]),
        ("Die Räte stimmten zu.", [("Rat", "Räte", False)]),
        ("Die Verteidigungsministerinnen trafen sich.", [("Verteidigungsministerin", "Verteidigungsministerinnen", False)]),
        ("Die Behörden warnen.", [("Behörde", "Behörden", False)]),
        ("Den Gefährdern droht Haft.", [("Gefährder", "Gefährdern", False)]),
        ("Mit grünem Wasserstoff soll es gehen.", [("grüner Wasserstoff", "grünem Wasserstoff", False)]),
        ("Ein Beamter und die Beamten der Stadt.", [("Beamter", "Beamter", False), ("Beamter", "Beamten", False)]),
        ("Die Grünen und ein Grüner stimmten zu.", [("Grüne", "Grünen", False), ("Grüne", "Grüner", False)]),
    ],
)  # fmt: skip
def test_inflected_forms(text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Der Vizeverteidigungsminister kam.", [("Verteidigungsminister", "Vizeverteidigungsminister", True)]),
        ("Der Bundesratspräsident sprach.", [("Bundesrat", "Bundesratspräsident", True)]),
        ("Die Bundesratssitzung dauerte.", [("Bundesrat", "Bundesratssitzung", True)]),
        ("Nach der AfD-Fraktion sprach er.", [("AfD", "AfD-Fraktion", True)]),
        ("Der Untersuchungsausschuss tagt.", [("Ausschuss", "Untersuchungsausschuss", True)]),
        ("Die Haushaltsdebatte begann.", [("Haushalt", "Haushaltsdebatte", True)]),
        ("Über das Rückführungsabkommen wurde gestritten.", [("Rückführung", "Rückführungsabkommen", True)]),
        ("Die Sicherheitsbehörden warnen.", [("Behörde", "Sicherheitsbehörden", True)]),
    ],
)
def test_compounds(text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Die Inflationsrate stieg, die Raten fielen.",
        "Die grünen Wiesen und der rat­lose Mann.",
        "Die Ratten verließen das Schiff.",
        "Er fuhr mit dem Rad nach Haus.",
        "Das Unternehmen hält sich zurück.",
        "Er rät ab.",
    ],
)
def test_other_words_are_not_taken_for_terms(text: str) -> None:
    assert found(text) == []


def test_the_longest_term_wins() -> None:
    glossary = Glossary(
        (
            Term("Gerichtshof", ("court",)),
            Term("Europäischer Gerichtshof", ("ECJ",)),
            Term("Europäischer Gerichtshof für Menschenrechte", ("ECHR",)),
        )
    )
    text = (
        "Der Europäische Gerichtshof für Menschenrechte und der Europäische Gerichtshof widersprachen dem Gerichtshof."
    )
    assert [use.term.targets[0] for use in uses(text, glossary)] == ["ECHR", "ECJ", "court"]


def test_hints_name_the_sentences() -> None:
    sentences = [("s1", "Der Bundesrat tagt."), ("s2", "Nichts."), ("s3", "Des Bundesrats Beschluss.")]
    assert {term.source: ids for term, ids in hints(sentences, GLOSSARY).items()} == {"Bundesrat": ["s1", "s3"]}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Rat", {"rat", "rates", "räte", "räten"}),
        ("Ausschuss", {"ausschuss", "ausschusses", "ausschüsse", "ausschüssen"}),
        ("Kanzlerin", {"kanzlerin", "kanzlerinnen"}),
        ("Amt", {"amt", "amtes", "ämter", "ämtern"}),
        ("Regierung", {"regierung", "regierungen"}),
        ("Partei", {"partei", "parteien"}),
        ("Präsident", {"präsident", "präsidenten"}),
        ("Staat", {"staat", "staates", "staaten"}),
        ("Kabinett", {"kabinett", "kabinetts", "kabinette"}),
        ("NATO", {"nato"}),
    ],
)
def test_forms_of_a_word(word: str, expected: set[str]) -> None:
    assert expected <= forms(word)


def test_forms_are_not_another_words() -> None:
    assert not {"rate", "raten"} & forms("Rat")
    assert "amten" not in forms("Amt")


def test_the_built_in_glossary_names_no_term_twice_and_finds_each_of_its_own() -> None:
    sources = [term.source for term in builtin().terms]
    assert len(sources) == len(set(sources)) > 70
    for term in builtin().terms:
        assert [use.term for use in uses(f"Hier steht {term.source} im Text.", builtin())] == [term]
