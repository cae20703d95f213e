"""Word lists: looked up in the file as it is, with the same answers as a dictionary."""

from __future__ import annotations

import gzip
import json
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.lexicon.words import WordList, counts

WORDS = st.dictionaries(st.text(st.characters(categories=["L", "Pd"])), st.integers(1, 10**9))


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_word_of_the_lists_is_found_with_its_count(language: str) -> None:
    packed = files("spellchecker").joinpath("resources", f"{language}.json.gz").read_bytes()
    expected = json.loads(gzip.decompress(packed))
    some = list(expected)[::17]

    assert [counts(language).get(word) for word in some] == [expected[word] for word in some]
    assert not any(f"{word}qx" in counts(language) for word in some)


@given(WORDS, st.text())
def test_a_list_in_any_layout_answers_as_its_dictionary(words: dict[str, int], other: str) -> None:
    sorted_lines = "{\n" + ",\n".join(f'"{word}": {words[word]}' for word in sorted(words)) + "\n}"

    for data in (json.dumps(words).encode(), sorted_lines.encode("utf-8", "surrogatepass")):
        listed = WordList(data)
        assert {word: listed.get(word) for word in words} == words
        assert (other in listed) == (other in words)
