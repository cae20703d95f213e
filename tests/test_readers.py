"""Readers: decoding, and blocks whose offsets give back the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Source
from summarizer.errors import InputError
from summarizer.readers import read, read_bytes, read_path, read_text
from summarizer.readers.decode import MAX_BYTES

SEED = Path(__file__).parent.parent / "seeds" / "000_b0b2ffb098fc43c8.txt"


def blocks(source: Source) -> list[tuple[str, str]]:
    return [(block.kind, source.text[block.start : block.end]) for block in source.blocks]


# --- bytes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "mark", "reported"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8"),
        ("utf-16-le", b"\xff\xfe", "utf-16-le"),
        ("utf-16-be", b"\xfe\xff", "utf-16-be"),
        ("utf-32-le", b"\xff\xfe\x00\x00", "utf-32-le"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("windows-1252", b"", "windows-1252"),
        ("mac-roman", b"", "mac-roman"),
    ],
)
def test_decodes_and_leaves_the_byte_order_mark_out(encoding: str, mark: bytes, reported: str) -> None:
    source = read_bytes(mark + "Übergröße – „groß“".encode(encoding))
    assert source.text == "Übergröße – „groß“"
    assert source.encoding == reported
    assert source.blocks[0].start == 0


def test_the_euro_of_latin_9_is_no_currency_sign() -> None:
    source = read_bytes("1,2 Milliarden € für Häfen".encode("iso-8859-15"))
    assert (source.text, source.encoding) == ("1,2 Milliarden € für Häfen", "iso-8859-15")
    windows = "„1,2 Milliarden“ ¤".encode("windows-1252")  # its quotation marks are no letters of Latin-9
    assert read_bytes(windows).encoding == "windows-1252"


@pytest.mark.parametrize(("encoding", "name"), [("mac-roman", "Mac Roman"), ("cp850", "code page 850")])
def test_letters_of_old_machines_are_recognised_by_where_german_has_them_and_said(encoding: str, name: str) -> None:
    text = "Der Ärger über die Größe der Brücke in Köln wächst, sagte Müller."
    source = read_bytes(text.encode(encoding))
    assert (source.text, source.encoding) == (text, encoding)
    assert source.notes == (f"The file does not say how its letters are encoded; they were read as {name}.",)


@pytest.mark.parametrize(
    "text", ["Šefcovic reist für Gespräche nach Genf.", "Er aß Crème brûlée in Ål.", "„Ja“, sagte sie … – für 5 € 50 %"]
)
def test_foreign_letters_and_signs_do_not_make_windows_1252_another_encoding(text: str) -> None:
    source = read_bytes(text.encode("windows-1252"))
    assert (source.text, source.encoding, source.notes) == (text, "windows-1252", ())


def test_a_damaged_byte_does_not_make_a_file_one_of_another_machine() -> None:
    data = "Größe, Übung und Straße".encode("windows-1252") + b" \x81."
    with pytest.raises(InputError, match="damaged"):
        read_bytes(data)


@pytest.mark.parametrize(
    "text",
    [
        "Zeile eins\r\nZeile zwei.",
        "Mu\u0308nchen liegt da.",
        "Sil\u00adben\u00adtren\u00adnung.",
        "z.\u00a0B. hier",
        "a\u200bb.",
    ],
)
def test_keeps_line_endings_and_unicode_form(text: str) -> None:
    assert read_bytes(text.encode()).text == text


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"Text\x00mit Null", "binary"),
        (bytes(range(1, 32)) * 20, "binary"),
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        ("\u200b \ufeff\u00ad".encode(), "empty"),
        (b"\xef\xbb\xbf", "empty"),
        ("Größe, Übung, Straße".encode() + b"\xff", "damaged"),
        (b"\xff\xfea", "damaged"),
    ],
)
def test_refuses_what_is_no_text_in_one_sentence(data: bytes, word: str) -> None:
    with pytest.raises(InputError, match=word) as caught:
        read_bytes(data, "datei.txt")
    assert "datei.txt" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_refuses_what_is_too_large(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="larger than 20 MB"):
        read_bytes(b"a" * (MAX_BYTES + 1))
    file = tmp_path / "a.txt"
    file.write_bytes(b"a" * (MAX_BYTES + 1))
    with pytest.raises(InputError, match=r"a\.txt is larger than 20 MB"):
        read_path(file)


def test_missing_file_directory_and_nul_in_the_path(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no file"):
        read_path(tmp_path / "fehlt.txt")
    with pytest.raises(InputError, match="is a directory"):
        read_path(tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        read_path("a\0b")


def test_suffix_decides_unless_a_format_is_named(tmp_path: Path) -> None:
    for name, expected in [
        ("a.md", "markdown"),
        ("a.MARKDOWN", "markdown"),
        ("a.txt", "text"),
        ("a", "text"),
        ("a.x", "text"),
    ]:
        file = tmp_path / name
        file.write_text("# Titel\n\nEin Satz.\n", encoding="utf-8")
        source = read(file)
        assert (source.format, source.name) == (expected, name)
    assert read_path(tmp_path / "a.md", format="text").format == "text"
    assert read(b"Ein Satz.").name == "stdin"
    with pytest.raises(InputError, match="markdown, pdf, text"):
        read_text("Ein Satz.", format="odt")
    with pytest.raises(InputError, match="no text; give its bytes"):
        read_text("Ein Satz.", format="pdf")


# --- plain text ----------------------------------------------------------------------------------------------------


def test_the_seed_article() -> None:
    source = read_path(SEED)
    kinds = [kind for kind, _ in blocks(source)]
    assert kinds.count("heading") == 5
    assert kinds.count("body") == 16
    assert kinds[0] == "body"
    assert blocks(source)[1] == ("heading", "Besuch des russischen Vizeverteidigungsministers in Bamako")
    assert source.title is None


def test_headline_headings_list_items_and_captions() -> None:
    source = read_text(
        "Stadtrat beschließt neue Brücke\n"
        "\n"
        "Der Stadtrat hat am Dienstag den Bau beschlossen.\n"
        "Bildunterschrift: Die alte Brücke im Frühjahr\n"
        "(Foto: Stadtarchiv)\n"
        "Kosten und Zeitplan\n"
        "Folgendes ist geplant:\n"
        "- Abriss der alten Brücke\n"
        "1. Bau der Pfeiler\n"
        "„Wir schaffen das!“\n"
        "Berlin\n"
    )
    assert [kind for kind, _ in blocks(source)] == [
        "headline", "body", "caption", "caption", "heading", "body", "body", "body", "body", "body",
    ]  # fmt: skip
    assert source.title == "Stadtrat beschließt neue Brücke"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\f", "\x85"])
def test_every_line_ending_separates(ending: str) -> None:
    source = read_text(f"Der erste Absatz.{ending}Der zweite Absatz.{ending}{ending}Der dritte.")
    assert [text for _, text in blocks(source)] == ["Der erste Absatz.", "Der zweite Absatz.", "Der dritte."]


WRAPPED = """\
Neue Fähre für die Insel

Die Gemeinde bekommt nach Angaben des Landrats im kommenden
Sommer eine neue Fähre. Sie soll doppelt so viele Autos
aufnehmen wie die bisherige und mit Strom aus Windkraft
fahren.
Die Kosten trägt zur Hälfte das Land. Den Rest zahlen die
Gemeinde und der Betreiber, der im Frühjahr den Zuschlag
erhalten hatte.

Kritik aus dem Kreistag

Im Kreistag gab es Kritik an den Kosten.
"""


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_hard_wrapped_text_is_joined_and_headings_stay_apart(ending: str) -> None:
    source = read_text(WRAPPED.replace("\n", ending))
    assert [kind for kind, _ in blocks(source)] == ["headline", "body", "body", "heading", "body"]
    assert [text.split()[0] for _, text in blocks(source)] == ["Neue", "Die", "Die", "Kritik", "Im"]
    assert blocks(source)[1][1].endswith("fahren.")


def test_two_lines_are_joined_if_the_first_cannot_end_there() -> None:
    joined = "Die Ministerin sagte am Dienstag im Landtag, das Land habe die\nKostensteigerung nicht allein zu tragen."
    assert blocks(read_text(joined)) == [("body", joined)]
    apart = "Besuch der Ministerin auf der größten Baustelle des Landes\nSie kam am Montag."
    assert [kind for kind, _ in blocks(read_text(apart))] == ["headline", "body"]


def test_a_wrapped_line_that_begins_with_a_date_or_a_dash_is_no_list_item() -> None:
    text = (
        "Die Stadt bekommt nach dem Beschluss des Rates vom\n12. Dezember eine neue Fähre für den Anleger im Osten\n"
        "– und das obwohl der Verein der Fährleute klagt."
    )
    assert [words for _, words in blocks(read_text(text))] == [text]


def test_lines_that_are_paragraphs_are_not_joined() -> None:
    lines = ["Die Fähre fährt wieder.", "Das teilte die Reederei am Montag mit.", "Gründe nannte sie nicht."]
    assert [text for _, text in blocks(read_text("\n".join(lines)))] == lines


def test_emoji_alone_is_a_block() -> None:
    assert blocks(read_text("😀😀\n")) == [("body", "😀😀")]


@given(st.text())
def test_any_text_has_blocks_that_hold_all_its_words(text: str) -> None:
    try:
        source = read_text(text)
    except InputError:
        assert not any(character.isalnum() for character in text)
        return
    assert source.text == text
    position = 0
    for block in source.blocks:
        assert position <= block.start < block.end
        assert not any(character.isalnum() for character in text[position : block.start])
        assert text[block.start : block.end].strip() == text[block.start : block.end]
        position = block.end
    assert not any(character.isalnum() for character in text[position:])


@given(st.binary())
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        source = read_bytes(data)
    except InputError:
        return
    assert source.blocks


# --- Markdown ------------------------------------------------------------------------------------------------------

MARKDOWN = """\
# Stadtrat beschließt **neue** Brücke #

Der Stadtrat hat den Bau
beschlossen.

![Die alte Brücke](bruecke.jpg)

Kosten
------

> Das wird teuer.

- Abriss
- Bau, siehe [Plan](https://example.org/plan)

1. 1 Pfeiler

| Jahr | Kosten |
|------|--------|
| 2027 | 3 Mio. |

```
code = 1
```

<div>HTML</div>
"""


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_markdown_blocks_without_their_markup(ending: str) -> None:
    source = read_text(MARKDOWN.replace("\n", ending), format="markdown")
    assert blocks(source) == [
        ("headline", "Stadtrat beschließt neue Brücke"),
        ("body", f"Der Stadtrat hat den Bau{ending}beschlossen."),
        ("caption", "Die alte Brücke"),
        ("heading", "Kosten"),
        ("body", "Das wird teuer."),
        ("body", "Abriss"),
        ("body", "Bau, siehe Plan"),
        ("body", "1 Pfeiler"),
        ("body", "Jahr | Kosten"),
        ("body", "2027 | 3 Mio."),
    ]
    assert source.title == "Stadtrat beschließt neue Brücke"
    assert source.notes == ("Markup inside sentences was left out; offsets refer to the text without it.",)


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("Er sagte _nicht_, dass **12 %** reichen.", "Er sagte nicht, dass 12 % reichen."),
        (
            "Siehe [Plan][p] und <https://example.org/7>.\n\n[p]: https://example.org/9",
            "Siehe Plan und https://example.org/7.",
        ),
        ("Es waren ~~drei~~ vier.[^1]", "Es waren  vier."),
        ("Müller \\& S&ouml;hne<br>bauen.", "Müller & Söhne\nbauen."),
        ("> Das war\n> nicht so.\n", "Das war\nnicht so."),
        ("| **A** | |\n|---|---|\n", "A |"),
    ],
)
def test_markdown_inside_sentences_is_shown_as_a_page_shows_it(markdown: str, shown: str) -> None:
    source = read_text(markdown, format="markdown")
    assert [text for _, text in blocks(source)] == [shown]
    assert source.notes


@pytest.mark.parametrize(
    "markdown", ["5 * 3 = 15, a_b_c und 3 < 4 & 5.", "> Das war nicht so.\n", "Eins.\n\n- Zwei [sic!]."]
)
def test_markdown_without_markup_inside_sentences_keeps_its_offsets(markdown: str) -> None:
    source = read_text(markdown, format="markdown")
    assert (source.text, source.notes) == (markdown, ())


def test_a_long_markdown_file_keeps_its_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.readers.markdown._MAX_INLINE", 10)
    assert blocks(read_text("Das ist **nicht** so.", format="markdown")) == [("body", "Das ist **nicht** so.")]


def test_markdown_front_matter_is_metadata() -> None:
    source = read_text(
        '---\ntitle: "Neue Fähre"\nauthor: Redaktion\ndate: 2026-03-01T08:00\nurl: https://example.org\n---\n'
        "Die Fähre fährt.\n",
        format="markdown",
    )
    assert blocks(source) == [("body", "Die Fähre fährt.")]
    assert (source.title, source.byline, source.published, source.url) == (
        "Neue Fähre", "Redaktion", "2026-03-01", "https://example.org",
    )  # fmt: skip


def test_markdown_without_text_is_refused() -> None:
    with pytest.raises(InputError, match="empty"):
        read_text("```\ncode\n```\n", format="markdown")


@given(st.text(alphabet="#>-*+=|`~[]()!<&\\_ \t\r\n\x00\u2028aÄ.1:", max_size=80) | st.text())
def test_any_markdown_has_ordered_blocks(text: str) -> None:
    try:
        source = read_text(text, format="markdown")
    except InputError:
        return
    position = 0
    for block in source.blocks:
        assert position <= block.start < block.end <= len(source.text)
        position = block.end
