"""The glossary's English: missing, forbidden, or there in whatever form."""

from __future__ import annotations

import pytest

from summarizer.checks import Pair
from summarizer.checks.terminology import check
from summarizer.terms.glossary import Glossary, Term
from summarizer.terms.matching import uses

GLOSSARY = Glossary(
    (
        Term("Europarat", ("Council of Europe",), ("European Council",)),
        Term("Gefährder", ("potential attacker", "threat actor"), ("endangerer",)),
        Term("Verteidigungsminister", ("Defence Minister", "Minister of Defence")),
        Term("Partei", ("party",)),
        Term("prüfen", ("review",)),
        Term("Bundespolizei", ("Federal Police",), builtin=True),
    )
)


def codes(source: str, target: str) -> list[str]:
    pair = Pair(id="s1", source=source, target=target, terms=uses(source, GLOSSARY))
    return [f"{finding.code} {finding.severity}" for finding in check(pair)]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Der Europarat tagt.", "The Council of Europe is meeting."),
        ("Die Gefährder sind bekannt.", "The potential attackers are known."),
        ("Zwei Gefährder.", "Two threat actors."),
        ("Die Verteidigungsminister kamen.", "The defense ministers came."),
        ("Des Verteidigungsministers Rede.", "The Minister of Defence’s speech."),
        ("Der Verteidigungsminister sprach.", "DEFENSE MINISTER speaks."),
        ("Die Parteien stritten.", "The parties argued."),
        ("Die Parteispitze sprach.", "The party's leadership spoke."),
        ("Der Rat will es prüfen.", "The council wants it reviewed."),
        ("Der Vizeverteidigungsminister kam.", "The deputy defence minister came."),
        ("Der Europarat sagte, der Europarat prüfe.", "The Council of Europe said it would review it."),
    ],
)
def test_wanted_english_in_any_form(source: str, target: str) -> None:
    assert codes(source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Der Europarat tagt.", "The European Council is meeting.", ["terminology.forbidden error"]),
        ("Der Europarat tagt.", "The organisation is meeting.", ["terminology.missing error"]),
        ("Die Gefährder sind bekannt.", "The dangerous people are known.", ["terminology.missing error"]),
        ("Die Parteispitze sprach.", "The leadership spoke.", ["terminology.missing warning"]),
        ("Die Bundespolizei kam.", "The police came.", ["terminology.missing info"]),
        ("Der Europarat tagt.", "The Council of Europe, not the European Council.", ["terminology.forbidden error"]),
    ],
)
def test_missing_and_forbidden(source: str, target: str, expected: list[str]) -> None:
    assert codes(source, target) == expected


def test_a_forbidden_word_inside_the_wanted_one_is_allowed() -> None:
    glossary = Glossary((Term("Bundestag", ("German parliament",), ("parliament",)),))
    source = "Der Bundestag tagt."
    terms = uses(source, glossary)
    assert list(check(Pair(id="s1", source=source, target="The German parliament meets.", terms=terms))) == []
    assert [f.code for f in check(Pair(id="s1", source=source, target="Parliament meets.", terms=terms))] == [
        "terminology.forbidden"
    ]


def test_findings_point_at_both_sides_and_say_what_to_write() -> None:
    source = "Den Gefährdern droht Haft."
    (finding,) = check(Pair(id="s1", source=source, target="Endangerers face jail.", terms=uses(source, GLOSSARY)))
    assert [(span.text, source[span.start : span.end]) for span in finding.source_spans] == [
        ("Gefährdern", "Gefährdern")
    ]
    assert [span.text for span in finding.target_spans] == ["Endangerers"]
    assert "potential attacker" in finding.message


def test_without_terms_there_is_nothing_to_say() -> None:
    assert list(check(Pair(id="s1", source="Der Europarat tagt.", target="Nothing."))) == []
