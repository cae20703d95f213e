import pytest

from summarizer.checks import Pair
from summarizer.checks.repetition import check


def found(source: str, target: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(f.code, f.severity, tuple(s.text for s in f.target_spans)) for f in check(Pair("s1", source, target))]


def test_a_loop_is_an_error_and_points_at_the_whole_run() -> None:
    assert found("Die Brücke bleibt gesperrt.", "The bridge remains remains remains closed.") == [
        ("repetition.loop", "error", ("remains remains remains",))
    ]
    assert found("Die Brücke bleibt gesperrt.", "The bridge is closed is closed.") == [
        ("repetition.loop", "error", ("is closed is closed",))
    ]


def test_a_loop_inside_a_word_is_an_error() -> None:
    assert found("Das weiß niemand.", "WhiteWhiteWhiteWhiteWhite knows.")[0][:2] == ("repetition.loop", "error")


def test_a_doubled_word_is_a_warning() -> None:
    assert found("Er kam nach Hause.", "He came to to the house.") == [("repetition.words", "warning", ("to to",))]


def test_a_word_joined_with_itself_is_a_warning() -> None:
    german = "Der Garten ist groß und schattig."
    assert found(german, "The garden is shady and shady.") == [("repetition.words", "warning", ("shady", "shady"))]


def test_the_same_phrase_twice_is_a_warning() -> None:
    german = "Der Minister besuchte die Werft, den Hafen und anschließend eine Schule."
    english = "The minister visited the old shipyard, then he visited the old shipyard and a school."
    assert found(german, english)[0][:2] == ("repetition.words", "warning")


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Nein, nein, nein!", "No, no, no!"),
        ("Sehr, sehr selten.", "Very, very rarely."),
        ("Er sagte, dass es das gebe.", "He said that that existed."),
        ("Er hatte schon gegessen.", "He had had his meal."),
        ("Es werden immer mehr.", "There are more and more."),
        (
            "Der Bürgermeister der Stadt und der Bürgermeister der Gemeinde kamen.",
            "The mayor of the town and the mayor of the municipality came.",
        ),
        ("Er dachte darüber nach: Es reicht.", "He thought about it: it is enough."),
    ],
)
def test_what_good_prose_repeats_passes(german: str, english: str) -> None:
    assert found(german, english) == []
