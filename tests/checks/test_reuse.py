import pytest

from summarizer.checks import Pair
from summarizer.checks.reuse import CODE, among, check

ENGLISH = "The staff were very friendly and helpful."


def found(*texts: tuple[str, str]) -> list[tuple[str, str]]:
    pairs = [Pair(f"s{number}", german, english) for number, (german, english) in enumerate(texts, 1)]
    return [(finding.where, finding.code) for pair in among(pairs) for finding in check(pair)]


def test_the_same_english_for_different_german_is_an_error_at_both() -> None:
    texts = [
        ("Das Zimmer war sauber, das Bad ebenfalls.", ENGLISH),
        ("Es gab ein reichhaltiges Frühstück.", "There was a rich breakfast."),
        ("Wir hatten einen schönen Aufenthalt.", ENGLISH.upper()),
    ]
    assert found(*texts) == [("s1", CODE), ("s3", CODE)]


@pytest.mark.parametrize(
    ("one", "other", "english"),
    [
        ("Er schwieg.", "Er sagte nichts.", "He said nothing."),
        ("Das Personal war sehr freundlich.", "Sehr freundliches, hilfsbereites Personal!", ENGLISH),
        ("Das Personal war sehr nett.", "Das Personal war sehr nett!", ENGLISH),
        ("Ja, so ist es.", "Ja, das war so.", "Yes, that is how it is."),
    ],
    ids=["short", "alike", "the same", "no stems"],
)
def test_what_may_be_said_twice_passes(one: str, other: str, english: str) -> None:
    assert found((one, english), (other, english)) == []


def test_ids_need_not_differ() -> None:
    pairs = [Pair("x", "Das Zimmer war sauber.", ENGLISH), Pair("x", "Wir kommen gerne wieder.", ENGLISH)]
    assert [one.twins for one in among(pairs)] == [
        (("x", "Wir kommen gerne wieder."),),
        (("x", "Das Zimmer war sauber."),),
    ]
