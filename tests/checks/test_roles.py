"""Roles: who does it to whom, in the order of German, which may be turned round."""

from __future__ import annotations

import pytest

from summarizer.checks import Pair
from summarizer.checks.roles import check


def found(german: str, english: str) -> list[tuple[str, str]]:
    return [(finding.code, finding.severity) for finding in check(Pair("s1", german, english))]


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Den Minister kritisierte die Opposition scharf.", "The minister sharply criticised the opposition."),
        ("Die Opposition kritisierte der Minister scharf.", "The opposition sharply criticised the minister."),
        ("Dem Kanzler widersprach die Ministerin.", "The chancellor contradicted the minister."),
        ("Der Hund biss den Mann.", "The man bit the dog."),
        ("Der Mann wurde von der Polizei erschossen.", "The man shot the police dead."),
        ("Die Polizei nahm den Täter fest.", "The perpetrator arrested the police."),
        ("Habeck wirft Lindner Untätigkeit vor.", "Lindner accuses Habeck of inaction."),
        ("Russland hat Polen mit Vergeltung gedroht.", "Poland has threatened Russia with retaliation."),
        ("Bayern München schlug Borussia Dortmund mit 3:1.", "Borussia Dortmund beat Bayern Munich 3-1."),
        ("Die Firma verklagte die Stadt.", "The company is being sued by the city."),
        ("Der Bund will die Länder verklagen.", "The states want to sue the federal government."),
    ],
)
def test_the_doer_and_the_other_exchanged_are_an_error(german: str, english: str) -> None:
    assert found(german, english) == [("roles.reversed", "error")]


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Den Minister kritisierte die Opposition scharf.", "The opposition sharply criticised the minister."),
        ("Den Minister kritisierte die Opposition scharf.", "The minister was criticised by the opposition."),
        ("Der Mann wurde von der Polizei erschossen.", "The man was shot dead by the police."),
        ("Der Mann wurde von der Polizei erschossen.", "Police shot the man dead."),
        ("Habeck wirft Lindner Untätigkeit vor.", "Lindner is accused by Habeck of inaction."),
        ("Habeck kritisierte Lindner.", "It was Lindner that Habeck criticised."),
        ("Habeck lobte Lindner.", "Lindner won praise from Habeck."),
        ("Die Ärztin rettete der Frau das Leben.", "The doctor saved the woman's life."),
        ("Dem Mann droht eine Haftstrafe.", "The man faces a prison sentence."),
        ("Die Stadt kaufte der Frau ein Haus.", "The city bought the woman a house."),
        ("Landesweit werden viele Bürger das Urteil verfolgen.", "Many citizens will follow the ruling nationwide."),
        ("Als Anreiz dienende Quoten", "Quotas as an incentive"),
        ("Deutschland unterlag Spanien.", "Germany lost to Spain."),
    ],
)
def test_another_order_of_the_same_roles_passes(german: str, english: str) -> None:
    assert found(german, english) == []


def test_the_finding_shows_the_german() -> None:
    (finding,) = check(
        Pair("s1", "Am Ende: Den Minister lobte die Presse.", "In the end: The minister praised the press.")
    )
    assert finding.message == "In the German “Presse” does it to “Minister”, in the English the other way round."
    assert "Den Minister lobte die Presse" in finding.source_spans[0].text
