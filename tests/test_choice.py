"""Choosing among translations: what weighs, what ties, and that the weights are what a fit wrote."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from summarizer.checks import Pair
from summarizer.choice import LEAST_LOGPROB, SURE, WEIGHTS_FILE, best, measures, sure
from summarizer.confidence import Assessment, assess
from summarizer.findings import Finding

GERMAN = "Bei dem Unfall wurden 20 Menschen nicht verletzt, sondern nur leicht erschreckt."
RIGHT = "In the accident 20 people were not hurt, but only slightly frightened."


def assessment(confidence: float) -> Assessment:
    return Assessment(confidence, 0.0, 0.0, ())


def chosen(candidates: list[tuple[str, float, float | None]]) -> int:
    pairs = [Pair("s1", GERMAN, text) for text, _, _ in candidates]
    return best(pairs, [assessment(one) for _, one, _ in candidates], [one for *_, one in candidates])


@pytest.mark.parametrize(
    ("candidates", "expected"),
    [
        ([(RIGHT, 0.5, -0.5), (RIGHT, 0.9, -0.5)], 1),  # more confidence
        ([(RIGHT, 0.5, -0.9), (RIGHT, 0.5, -0.5)], 1),  # likelier
        ([(RIGHT[:30], 0.5, -0.5), (RIGHT, 0.5, -0.5), (RIGHT * 2, 0.5, -0.5)], 1),  # as long as the German
        ([(RIGHT, 0.5, None), (RIGHT, 0.6, None)], 1),  # an endpoint that tells no log-probability
        ([(RIGHT, 0.5, -0.5), (RIGHT, 0.5, -0.5)], 0),  # of equals the first
        ([(RIGHT, 0.0, float("-inf")), (RIGHT, 1.0, -0.1)], 1),
        ([("", 0.0, None)], 0),
    ],
)
def test_each_measure_decides_where_the_others_agree(
    candidates: list[tuple[str, float, float | None]], expected: int
) -> None:
    assert chosen(candidates) == expected


@pytest.mark.parametrize(
    "wrong",
    [
        RIGHT.replace("20", "30"),
        RIGHT.replace("not hurt, but only slightly frightened", "hurt"),
        "The accident the accident the accident the accident.",
        GERMAN,
    ],
)
def test_what_the_checks_object_to_loses_to_what_is_right(wrong: str) -> None:
    pairs = [Pair("s1", GERMAN, wrong), Pair("s1", GERMAN, RIGHT)]
    assert best(pairs, assess(pairs), [-0.6, -0.6]) == 1


def test_measures_have_bounds() -> None:
    for confidence in (0.0, 1.0):
        found = measures(Pair("s1", GERMAN, ""), assessment(confidence), -1e9)
        assert abs(found["confidence"]) <= 6
        assert found["logprob"] == LEAST_LOGPROB
        assert found["length"] > 0


def test_the_weights_say_how_they_were_fitted() -> None:
    data = json.loads((files("summarizer") / WEIGHTS_FILE).read_text("utf-8"))
    assert data["fitted_on"]["sentences"] >= 100
    names = set(measures(Pair("s1", GERMAN, RIGHT), assessment(0.5), -1.0))
    for kind, weights in data["weights"].items():
        assert set(weights) == names
        assert weights["confidence"] > 0 < weights["logprob"]
        assert weights["length"] < 0
        assert data["cross_validated"][kind]["chrf"]["chosen"] > data["cross_validated"][kind]["chrf"]["likeliest"]


def test_only_what_is_likely_right_and_free_of_findings_is_sure() -> None:
    finding = Finding(code="names.added", severity="warning", where="s1", message="The German has no “Korea”.")
    assert sure(Assessment(SURE, 0.0, 0.0, ()))
    assert not sure(Assessment(SURE - 0.01, 0.0, 0.0, ()))
    assert not sure(Assessment(0.99, 0.0, 0.0, (finding,)))
