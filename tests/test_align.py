"""Sentences that belong together, when somebody joined, split or dropped some."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import vectors
from summarizer.align import Link, align

GERMAN = [
    "Der Stadtrat von Lindenau hat den Umbau des Marktplatzes vorerst gestoppt.",
    "Die Kosten sind von 4,2 auf 6,8 Millionen Euro gestiegen.",
    "Die Opposition widersprach.",
    "Ein Sprecher der Händler begrüßte die Entscheidung, weil es in der Altstadt zu wenige Parkplätze gebe.",
    "Bis Ende Juni soll die Verwaltung drei günstigere Varianten vorlegen.",
]
ENGLISH = [
    "Lindenau city council has halted the redesign of the market square for the time being.",
    "The costs have risen from 4.2 to 6.8 million euros.",
    "The opposition disagreed.",
    "A spokesman for the traders welcomed the decision, because there were too few parking spaces in the old town.",
    "The administration is to present three cheaper options by the end of June.",
]
needs_vectors = pytest.mark.skipif(not vectors.available(), reason="the encoder (extra `local`) is not installed")


def links(*beads: tuple[int, int]) -> list[Link]:
    """Return links of so many German and English sentences each."""
    found, i, j = [], 0, 0
    for a, b in beads:
        found.append(Link((i, i + a), (j, j + b)))
        i, j = i + a, j + b
    return found


@pytest.mark.parametrize("use_vectors", [pytest.param(True, marks=needs_vectors), False])
def test_one_by_one(use_vectors: bool) -> None:
    assert align(GERMAN, ENGLISH, use_vectors=use_vectors) == links(*[(1, 1)] * 5)


@needs_vectors
def test_joined_split_dropped_and_added() -> None:
    joined = [ENGLISH[0], f"{ENGLISH[1]} {ENGLISH[2]}", *ENGLISH[3:]]
    assert align(GERMAN, joined) == links((1, 1), (2, 1), (1, 1), (1, 1))
    first, second = ENGLISH[3].split(", ")
    assert align(GERMAN, [*ENGLISH[:3], f"{first}.", second, ENGLISH[4]]) == links(
        (1, 1), (1, 1), (1, 1), (1, 2), (1, 1)
    )
    assert align(GERMAN, [*ENGLISH[:2], *ENGLISH[3:]]) == links((1, 1), (1, 1), (1, 0), (1, 1), (1, 1))
    added = "Penguins were born at the zoo on Sunday."
    assert align(GERMAN, [*ENGLISH[:4], added, ENGLISH[4]]) == links((1, 1), (1, 1), (1, 1), (1, 1), (0, 1), (1, 1))


def test_numbers_and_names_help_where_there_are_no_vectors() -> None:
    assert align(GERMAN, ENGLISH[1:], use_vectors=False)[:2] == [Link((0, 1), (0, 0)), Link((1, 2), (0, 1))]


def test_an_empty_side() -> None:
    assert align([], []) == []
    assert align(GERMAN[:2], []) == links((1, 0), (1, 0))
    assert align([], ENGLISH[:2]) == links((0, 1), (0, 1))


@given(st.lists(st.text(max_size=30), max_size=9), st.lists(st.text(max_size=30), max_size=9), st.booleans())
def test_every_sentence_is_in_exactly_one_link_and_order_is_kept(
    german: list[str], english: list[str], use_vectors: bool
) -> None:
    found = align(german, english, use_vectors=use_vectors)
    assert [i for link in found for i in range(*link.source)] == list(range(len(german)))
    assert [j for link in found for j in range(*link.target)] == list(range(len(english)))


def test_texts_of_very_different_length_are_covered() -> None:
    found = align(GERMAN * 30, ENGLISH[:3], use_vectors=False)
    assert sum(end - start for (start, end), _ in found) == 150
