"""Degree: hedges, bounds and shares that a translation loses, adds or turns round."""

from __future__ import annotations

import pytest

from summarizer.checks import Pair
from summarizer.checks.degree import check


def found(german: str, english: str) -> list[tuple[str, str]]:
    return [(finding.code, finding.severity) for finding in check(Pair("s1", german, english))]


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Knapp 500 Menschen kamen nach Köln.", "More than 500 people came to Cologne."),
        ("Gut 500 Menschen kamen nach Köln.", "Almost 500 people came to Cologne."),
        ("Mindestens zehn Menschen starben.", "At most ten people died."),
        ("Bis zu 50 Soldaten sollen kommen.", "At least 50 soldiers are to come."),
    ],
)
def test_a_bound_turned_round_is_an_error(german: str, english: str) -> None:
    assert found(german, english) == [("degree.changed", "error")]


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Die meisten Abgeordneten stimmten zu.", "All members of parliament agreed."),
        ("Einige Abgeordnete stimmten zu.", "Most members of parliament agreed."),
    ],
)
def test_a_part_that_became_all_or_some_that_became_most_is_a_warning(german: str, english: str) -> None:
    assert found(german, english) == [("degree.changed", "warning")]


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Der Bau beginnt vermutlich im Mai.", "The construction begins in May."),
        ("Der Bau wird voraussichtlich im Mai beginnen.", "The construction will begin in May."),
        ("Der Bau könnte im Mai beginnen.", "The construction begins in May."),
        ("Fast alle Abgeordneten stimmten zu.", "All members of parliament agreed."),
        ("Die Minister stimmten fast immer zu.", "The ministers always agreed."),
        ("Nur die Grünen stimmten zu.", "The Greens agreed."),
        ("Der umstrittene Bau beginnt im Mai.", "The construction begins in May."),
        ("Nur drei Tage bleiben ihm.", "He has three days left."),
        ("Der Plan stößt kaum auf Zustimmung.", "The plan is meeting with approval."),
        ("Der frühere Bundeskanzler sagte aus.", "The chancellor testified."),
        ("Der ehemalige amerikanische Präsident sprach.", "The American president spoke."),
        ("Ex-Außenminister Fischer war da.", "Foreign minister Fischer was there."),
        ("Altkanzler Kohl war da.", "Chancellor Kohl was there."),
    ],
)
def test_what_made_a_statement_less_than_certain_or_whole_is_lost(german: str, english: str) -> None:
    assert found(german, english) == [("degree.lost", "warning")]


@pytest.mark.parametrize(
    ("german", "english", "word"),
    [
        ("Der Bau beginnt im Mai.", "The construction might begin in May.", "might"),
        ("Der Bau beginnt im Mai.", "The controversial construction begins in May.", "controversial"),
        ("Eine Person wurde erschossen.", "One person was almost shot.", "almost"),
        ("Vor allem Frauen sind betroffen.", "Only women are affected.", "Only"),
        ("Er erhielt eine Bewährungsstrafe.", "He was given a life sentence.", "life sentence"),
        ("Er erhielt vier Jahre Haft.", "He was sentenced to life.", "sentenced to life"),
    ],
)
def test_what_the_english_adds_is_named_where_it_stands(german: str, english: str, word: str) -> None:
    (finding,) = check(Pair("s1", german, english))
    assert (finding.code, finding.severity) == ("degree.added", "warning")
    assert [span.text for span in finding.target_spans] == [word]


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Knapp 500 Menschen kamen.", "Just under 500 people came."),
        ("Mehr als 500, aber weniger als 600 Menschen kamen.", "Fewer than 600 people came, but more than 500."),
        ("Über 500 Menschen kamen.", "500 people came."),  # less is said, nothing is turned round
        ("Der Bau könnte im Mai beginnen.", "Construction may begin in May."),
        ("Der Bau beginnt wahrscheinlich im Mai.", "Construction is expected to begin in May."),
        ("Fast alle stimmten zu.", "Nearly everyone agreed."),
        ("Nicht nur die Grünen stimmten zu.", "The Greens and others agreed."),
        ("Lediglich die Grünen stimmten zu.", "The Greens alone agreed."),
        ("Nur drei Tage später trat er zurück.", "Three days later he resigned."),
        ("Nur wenige Stunden nach der Tat kam die Polizei.", "The police came hours after the crime."),
        ("Nur mit Mühe kam die Polizei durch.", "The police struggled to get through."),
        ("Sie kam nur auf Rang drei.", "She finished a distant third."),
        ("Der Plan stößt kaum auf Zustimmung.", "Few approve of the plan."),
        ("Kaum war er da, ging er wieder.", "As soon as he was there he left."),
        ("Ein Defekt ist nicht ausgeschlossen.", "There may be a defect."),
        ("Der frühere Bundeskanzler sagte aus.", "The former chancellor testified."),
        ("Der Exportchef kam früher.", "The export manager came sooner."),
        ("Er wurde zu lebenslanger Haft verurteilt.", "He was sentenced to life in prison."),
        ("Viele stimmten zu, alle kamen.", "Everyone came, and many agreed."),
        ("Im Mai begann der Bau.", "Construction began in May."),
        ("Der Rat tagt.", "The council meets."),
    ],
)
def test_the_same_degree_in_other_words_passes(german: str, english: str) -> None:
    assert found(german, english) == []
