import pytest

from summarizer import vectors
from summarizer.coverage import Coverage, cover

pytestmark = pytest.mark.skipif(not vectors.available(), reason="the encoder (extra `local`) is not installed")

GERMAN = "Die Feuerwehr löschte den Brand im Badezimmer des Hotels."
ENGLISH = "The fire brigade put out the fire in the bathroom of the hotel."


def test_a_german_word_without_english_stays_unanswered() -> None:
    whole, lost = cover([(GERMAN, ENGLISH), (GERMAN, ENGLISH.replace(" in the bathroom", ""))])
    assert lost.unanswered > whole.unanswered + 0.1


def test_an_english_word_without_german_is_unfounded() -> None:
    whole, more = cover([(GERMAN, ENGLISH), (GERMAN, ENGLISH.replace("hotel", "penguin hotel"))])
    assert more.unfounded > whole.unfounded + 0.1


def test_what_has_no_words_leaves_nothing_open() -> None:
    assert cover([]) == []
    assert cover([("12 %", "…"), ("In Kati und Bamako", "Bamako und Kati In")]) == [Coverage(0.0, 0.0)] * 2


def test_all_stays_open_without_the_other_side() -> None:
    german, english = cover([(GERMAN, ""), ("", ENGLISH)])
    assert german.unanswered > 1
    assert english.unfounded > 1
    assert (german.unfounded, english.unanswered) == (0.0, 0.0)


def test_a_pair_is_read_alike_alone_and_among_others() -> None:
    (alone,) = cover([(GERMAN, ENGLISH)])
    others = [("Das Wetter bleibt gut.", "The weather stays fine."), (GERMAN, ENGLISH)]
    among = cover(others)[1]
    assert among.unanswered == pytest.approx(alone.unanswered, abs=1e-4)
    assert among.unfounded == pytest.approx(alone.unfounded, abs=1e-4)
