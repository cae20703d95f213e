"""Names in German and English transcription sound alike; other names do not."""

import pytest

from summarizer.lexicon.folding import alike


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Selenskyj", "Zelenskyy"),
        ("Schoigu", "Shoigu"),
        ("Charkiw", "Kharkiv"),
        ("Tschechow", "Chekhov"),
        ("Gorbatschow", "Gorbachev"),
        ("Chruschtschow", "Khrushchev"),
        ("Butscha", "Bucha"),
        ("Joaw", "Yoav"),
        ("Scharaa", "Sharaa"),
        ("Hanija", "Haniyeh"),
        ("Machmud", "Mahmoud"),
        ("Junis", "Younis"),
    ],
)
def test_the_same_name_is_alike(german: str, english: str) -> None:
    assert alike(german, english)
    assert alike(english, german)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Schulz", "Lindner"), ("Kohl", "Koch"), ("Chile", "China"), ("Butscha", "Busan"), ("Bach", "Bahn")],
)
def test_other_names_are_not(one: str, other: str) -> None:
    assert not alike(one, other)
