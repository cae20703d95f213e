"""DOCX: everything that a reader of the file sees, in order; nothing that was deleted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from benchmarks.fuzz_readers import lying_package
from summarizer.article import Source
from summarizer.errors import InputError
from summarizer.readers import docx as docx_reader
from summarizer.readers import read_bytes

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(fill: Callable[[Any], None]) -> bytes:
    from docx import Document

    document = Document()
    fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_body(xml: str) -> bytes:
    """Return a document whose body is the given XML."""
    from docx.oxml import parse_xml

    def fill(document: Any) -> None:
        body = parse_xml(
            f'<w:body xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">{xml}</w:body>'
        )
        for child in reversed(list(body)):
            document.element.body.insert(0, child)

    return docx(fill)


def blocks(source: Source) -> list[tuple[str, str]]:
    return [(block.kind, source.text[block.start : block.end]) for block in source.blocks]


def article(document: Any) -> None:
    document.add_heading("Neue Fähre für Musterstadt", 0)
    document.add_paragraph("Der Rat hat am Montag ").add_run("nicht").bold = True
    document.paragraphs[-1].add_run(" zugestimmt.")
    document.add_heading("Was geplant ist", 1)
    document.add_paragraph("Abriss im April", style="List Bullet")
    document.add_paragraph("Bau im Mai", style="List Number")
    document.add_paragraph("„Schade“, sagte die Bürgermeisterin.", style="Intense Quote")
    document.add_paragraph("Der Anleger", style="Caption")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ["Jahr", "Fahrgäste", "2024", "12.000"], strict=True
    ):
        cell.text = text
    document.add_paragraph("")


def test_headings_lists_quotations_and_tables_in_order() -> None:
    source = read_bytes(docx(article), "a.docx")
    assert blocks(source) == [
        ("headline", "Neue Fähre für Musterstadt"),
        ("body", "Der Rat hat am Montag nicht zugestimmt."),
        ("heading", "Was geplant ist"),
        ("body", "Abriss im April"),
        ("body", "Bau im Mai"),
        ("body", "„Schade“, sagte die Bürgermeisterin."),
        ("caption", "Der Anleger"),
        ("body", "Jahr | Fahrgäste"),
        ("body", "2024 | 12.000"),
    ]
    assert (source.format, source.title, source.byline) == ("docx", "Neue Fähre für Musterstadt", None)


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ("<w:p><w:r><w:t>Er hat </w:t></w:r><w:ins><w:r><w:t>nicht </w:t></w:r></w:ins><w:r><w:t>zugesagt.</w:t></w:r></w:p>", "Er hat nicht zugesagt."),
        ("<w:p><w:r><w:t>Er hat </w:t></w:r><w:del><w:r><w:delText>nicht </w:delText></w:r></w:del><w:r><w:t>zugesagt.</w:t></w:r></w:p>", "Er hat zugesagt."),
        ("<w:p><w:moveFrom><w:r><w:t>weg </w:t></w:r></w:moveFrom><w:r><w:t>da</w:t></w:r></w:p>", "da"),
        ("<w:sdt><w:sdtContent><w:p><w:r><w:t>Im Steuerelement.</w:t></w:r></w:p></w:sdtContent></w:sdt>", "Im Steuerelement."),
        ("<w:p><w:hyperlink><w:r><w:t>Verweis</w:t></w:r></w:hyperlink><w:r><w:br/><w:t>neue Zeile</w:t></w:r></w:p>", "Verweis\nneue Zeile"),
        ("<w:p><w:r><w:t>Nord</w:t><w:noBreakHyphen/><w:t>Süd</w:t><w:tab/><w:t>x</w:t></w:r></w:p>", "Nord-Süd x"),
        ("<w:p><w:r><mc:AlternateContent><mc:Choice><w:t>einmal</w:t></mc:Choice><mc:Fallback><w:t>zweimal</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>", "einmal"),
    ],
)  # fmt: skip
def test_what_a_person_sees_is_read(xml: str, expected: str) -> None:
    assert read_bytes(with_body(xml), "a.docx").text == expected


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def replaced(part: str, data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(docx(article))) as package:
        return zipped({name: data if name == part else package.read(name) for name in package.namelist()})


def test_an_opendocument_text_is_named() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    with pytest.raises(InputError, match="OpenDocument"):
        read_bytes(packed.getvalue(), name="a.odt")


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_reader, "MAX_UNPACKED", 10_000_000)
    with pytest.raises(InputError, match="unpacks to more"):
        read_bytes(replaced("word/document.xml", b"<a>" + b" " * 11_000_000), "a.docx")


def test_an_archive_that_lies_about_its_sizes_is_unpacked_no_further_than_it_says() -> None:
    data = lying_package(1_000_000)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.getinfo("word/document.xml").file_size == 1000
    with pytest.raises(InputError, match="damaged"):
        read_bytes(data, "a.docx")


def test_raised_numbers_stay_raised() -> None:
    up = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>'
    source = read_bytes(
        with_body(f"<w:p><w:r><w:t>Auf 540 m</w:t></w:r>{up}<w:r><w:t> wird gebaut.</w:t></w:r></w:p>"), "a.docx"
    )
    assert source.text == "Auf 540 m² wird gebaut."


def test_what_pictures_hold_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(io.BytesIO(docx(article))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    monkeypatch.setattr(docx_reader, "MAX_UNPACKED", 1_000_000)
    whole = zipped(parts | {"word/media/image1.png": bytes(2_000_000)})
    assert read_bytes(whole, "a.docx").text == read_bytes(zipped(parts), "a.docx").text


def test_entities_are_not_expanded() -> None:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE r [<!ENTITY l0 "lol">{lol}<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>a&l11;&x;</w:t></w:r></w:p></w:body></w:document>'
    try:
        text = read_bytes(replaced("word/document.xml", bomb.encode()), "a.docx").text
    except InputError:
        text = ""
    assert len(text) < 1000
    assert "root:" not in text


@pytest.mark.parametrize(
    "data",
    [
        docx(article)[:2000],
        zipped({"a.txt": b"kein Word"}),
        zipped({"[Content_Types].xml": b"<kaputt"}),
        b"PK\x03\x04" + bytes(100),
        replaced("word/document.xml", b"<kaputt"),
        replaced("word/document.xml", b"<w:document xmlns:w='" + W.encode() + b"'/>"),
        replaced("_rels/.rels", b""),
    ],
)
def test_what_is_no_document_is_said_in_a_sentence(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        read_bytes(data, "a.docx")
    assert "\n" not in str(caught.value)


def test_depth_is_bounded() -> None:
    deep = "<w:sdt><w:sdtContent>" * 100 + "<w:p><w:r><w:t>tief</w:t></w:r></w:p>" + "</w:sdtContent></w:sdt>" * 100
    with pytest.raises(InputError):
        read_bytes(with_body(deep), "a.docx")
