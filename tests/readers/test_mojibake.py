"""Letters decoded wrongly before: put right, and said so; all else stays as it is."""

from __future__ import annotations

import pytest

from summarizer.readers import read_bytes, read_text

GOOD = "Die Größe der Straße überrascht: „Übermäßig“, sagte er – „schön“."


@pytest.mark.parametrize("wrong", ["windows-1252", "latin-1"])
def test_wrongly_decoded_letters_are_put_right_and_it_is_said(wrong: str) -> None:
    broken = "".join(
        character.encode().decode(wrong, "replace") if character in "äöüÄÖÜß" else character
        for character in "Die Größe der Straße überrascht sehr, und schön ist sie."
    )
    source = read_bytes(f"Ein guter Satz.\n\n{broken}\n".encode(), "a.txt")
    assert source.text == "Ein guter Satz.\n\nDie Größe der Straße überrascht sehr, und schön ist sie.\n"
    assert source.notes == (
        "Wrongly decoded letters were put right in 1 line of the source; offsets refer to the text as put right.",
    )


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "Die Stadt São Paulo und die Insel Ærø liegen fern.",
        "Der Ort Şanlıurfa und Ñuñoa, Ångström und Łódź.",
        "Er sagte: «C’est ça» und ging.",
        "A\u0308rger mit Umlauten, Sil\u00adben.",
    ],
)
def test_what_is_right_stays(text: str) -> None:
    source = read_bytes(text.encode(), "a.txt")
    assert (source.text, source.notes) == (text, ())


def test_a_string_in_memory_is_never_changed() -> None:
    assert read_text("GrÃ¶ÃŸe").text == "GrÃ¶ÃŸe"
