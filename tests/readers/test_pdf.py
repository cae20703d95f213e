"""PDF: paragraphs in reading order, hyphens joined, running heads left out; a broken file stops a worker, not us."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from summarizer.article import Source
from summarizer.errors import InputError
from summarizer.readers import isolation, pdf, read_bytes
from summarizer.readers.pdf import Line, joined, running_heads

WIDTH, HEIGHT = 595, 842
Text = tuple[float, float, str]


def pdf_of(*pages: list[Text], size: float = 10, **encryption: Any) -> bytes:
    """Return a PDF file with lines of text at given places."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    encrypt = StandardEncryption(**encryption) if encryption else None
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), encrypt=encrypt, invariant=1)
    for lines in pages:
        for x, y, text in lines:
            canvas.setFont("Helvetica", 20 if text.startswith("# ") else size)
            canvas.drawString(x, y, text.removeprefix("# "))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def blocks(source: Source) -> list[tuple[str, str]]:
    return [(block.kind, source.text[block.start : block.end]) for block in source.blocks]


def column(x: float, y: float, *lines: str) -> list[Text]:
    return [(x, y - 12 * number, line) for number, line in enumerate(lines)]


LEFT = (
    "Der Stadtrat hat am Montag die Anschaf-",
    "fung einer neuen Fähre nicht beschlos-",
    "sen. Sie sollte im Juni fahren. Die Ein-",
    "und Ausfahrt bleibt frei, und die EU-",
    "weite Regel gilt für die Nord-",
    "Süd-Strecke weiter wie bisher und",
)
RIGHT = (
    "auch für alle Schiffe aus der Nachbar-",
    "stadt. Das teilte die Verwaltung mit.",
    "Der Verein der Fährleute hatte darum",
    "gebeten, weil der Anleger noch nicht",
    "fertig ist und das Geld fehlt, wie es",
    "am Dienstag hieß.",
)
WHOLE = (
    "Der Stadtrat hat am Montag die Anschaffung einer neuen Fähre nicht beschlossen. Sie sollte im Juni fahren. "
    "Die Ein- und Ausfahrt bleibt frei, und die EU-weite Regel gilt für die Nord-Süd-Strecke weiter wie bisher und "
    "auch für alle Schiffe aus der Nachbarstadt. Das teilte die Verwaltung mit. Der Verein der Fährleute hatte darum "
    "gebeten, weil der Anleger noch nicht fertig ist und das Geld fehlt, wie es am Dienstag hieß."
)


@pytest.mark.parametrize("interleaved", [False, True])
def test_two_columns_are_read_one_after_the_other_however_the_file_has_them(interleaved: bool) -> None:
    left, right = column(50, 740, *LEFT), column(300, 740, *RIGHT)
    body = [line for pair in zip(left, right, strict=True) for line in pair] if interleaved else left + right
    source = read_bytes(pdf_of([(50, 790, "# Neue Fähre kommt nicht"), *body]), "a.pdf")
    assert blocks(source) == [("headline", "Neue Fähre kommt nicht"), ("body", WHOLE)]
    assert (source.format, source.title) == ("pdf", "Neue Fähre kommt nicht")


def test_a_paragraph_goes_on_across_pages_without_running_heads_and_numbers() -> None:
    body = [LEFT, RIGHT, LEFT, RIGHT]
    pages = [
        [(50, 815, f"Musterbote – Ausgabe {number}"), *column(50, 740, *lines), (290, 20, f"{number}")]
        for number, lines in enumerate(body, start=1)
    ]
    source = read_bytes(pdf_of(*pages))
    assert blocks(source) == [("body", WHOLE), ("body", WHOLE)]
    assert source.notes == (
        "Left out as running heads or page numbers (# stands for a number): “Musterbote – Ausgabe #”; “#”.",
    )


@pytest.mark.parametrize(
    ("end", "beginning"),
    [
        ("Das Urteil wird für den 12.", "Dezember erwartet, hieß es."),
        ("Er sprach am Montag mit Dr.", "Müller über den Bau der Brücke."),
        ("Sie sagte am Montag in Köln,", "Anleger brauche die Stadt nicht."),
    ],
)
def test_a_sentence_that_a_column_or_a_page_cuts_stays_one(end: str, beginning: str) -> None:
    above, below = [*LEFT[:-2], "Süd-Strecke gilt weiter wie bisher.", end], [beginning, *RIGHT[1:]]
    columns = [*column(50, 740, *above), *column(300, 740, *below)]
    for pages in ([columns], [column(50, 740, *above), column(50, 740, *below)]):
        assert f"{end} {beginning}" in read_bytes(pdf_of(*pages)).text


def test_a_paragraph_that_ends_with_its_column_ends_there() -> None:
    above, below = [*LEFT[:-1], "Süd-Strecke gilt weiter wie bisher."], ["Das teilte die Verwaltung mit.", *RIGHT[2:]]
    assert len(blocks(read_bytes(pdf_of([*column(50, 740, *above), *column(300, 740, *below)])))) == 2


def test_a_line_that_begins_with_a_date_or_a_dash_is_no_list_and_a_list_is_one() -> None:
    text = [
        "Die Stadt bekommt nach dem Beschluss des Rates vom",
        "12. Dezember eine neue Fähre für den Anleger im Osten",
        "– und das obwohl der Verein der Fährleute klagt. Sie will:",
    ]
    items = [
        "– mehr Fahrten am Abend und an allen Tagen der Woche",
        "– weniger Lärm am Anleger.",
        "1. Ein Punkt.",
        "2. Zwei.",
    ]
    found = [text for _, text in blocks(read_bytes(pdf_of(column(50, 740, *text, *items))))]
    assert found == [" ".join(text), *items]


def test_a_line_at_the_edge_that_stands_once_stays() -> None:
    source = read_bytes(pdf_of([(50, 815, "Nur hier steht das."), *column(50, 740, *RIGHT), (50, 20, "Ende 7")]))
    assert "Nur hier steht das." in source.text
    assert "Ende 7" in source.text


def test_page_numbers_must_count_right() -> None:
    def line(text: str, page: int) -> Line:
        return Line(text, 290, 20, 300, 30, 10, page)

    right, wrong = [line("12", 1), line("13", 2), line("14", 3)], [line("5", 1), line("90", 2)]
    assert running_heads([[item] for item in right]) == set(right)
    assert running_heads([[item] for item in wrong]) == set()


def test_of_two_pages_what_both_have_in_small_letters_is_a_running_head() -> None:
    def page(number: int, size: float) -> list[Line]:
        text = Line("Ein ganzer Satz des Textes, der zu Ende ist.", 50, 400, 300, 410, 10, number)
        return [
            Line("Mitteilung 17 | Landesamt", 50, 800, 200, 808, size, number),
            text._replace(text=f"{number}. {text.text}"),
        ]

    small, large = ([page(1, size), page(2, size)] for size in (8.0, 10.0))
    assert [line.page for line in sorted(running_heads(small))] == [1, 2]
    assert running_heads(large) == set()


def test_headings_and_paragraphs() -> None:
    lines = [
        (50, 790, "# Neue Fähre"),
        *column(
            50, 740, "Die Stadt bekommt eine neue Fähre, die im Sommer fahren und", "drei Millionen Euro kosten soll."
        ),
        (50, 700, "Kritik aus dem Nachbarort"),
        *column(50, 680, "Der Verein ist dagegen, wie er am Mittwoch mitteilte, und er", "klagt vor dem Gericht."),
        *column(
            60, 596, "Das Gericht hat noch nicht entschieden, ob es die Klage der", "Fährleute annimmt oder nicht."
        ),
    ]
    found = blocks(read_bytes(pdf_of(lines)))
    assert [kind for kind, _ in found] == ["headline", "body", "heading", "body", "body"]
    assert found[2][1] == "Kritik aus dem Nachbarort"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Bundes-", "tag"], "Bundestag"),
        (["Bundes\x02", "tag"], "Bundestag"),
        (["Nord-", "Süd-Gipfel"], "Nord-Süd-Gipfel"),
        (["Ein-", "und Ausfuhr"], "Ein- und Ausfuhr"),
        (["EU-", "weit"], "EU-weit"),
        (["Das ist –", "so scheint es"], "Das ist – so scheint es"),
        (["Das ist -", "so scheint es"], "Das ist - so scheint es"),
        (["2024-", "25"], "2024-25"),
    ],
)
def test_hyphens_at_line_ends(lines: list[str], expected: str) -> None:
    assert joined(lines) == expected


def test_pictures_of_text_are_said_to_be_such() -> None:
    with pytest.raises(InputError, match="OCR"):
        read_bytes(pdf_of([]), "scan.pdf")


def test_an_encrypted_file_is_said_to_be_such() -> None:
    data = pdf_of(column(50, 740, *RIGHT), userPassword="geheim", ownerPassword="auch")
    with pytest.raises(InputError, match="password"):
        read_bytes(data, "zu.pdf")
    assert "Fährleute" in read_bytes(pdf_of(column(50, 740, *RIGHT), userPassword="", ownerPassword="auch")).text


@pytest.mark.parametrize("keep", [5, 20, 400, 900])
def test_a_truncated_file_is_an_error_in_a_sentence(keep: int) -> None:
    with pytest.raises(InputError, match=r"a\.pdf") as caught:
        read_bytes(pdf_of(column(50, 740, *RIGHT))[:keep], "a.pdf")
    assert "\n" not in str(caught.value)


def test_a_worker_that_hangs_or_crashes_is_an_error_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "worker.py"
    monkeypatch.setattr(isolation, "MAX_SECONDS", 0.2)
    for code, words in [("while True: pass", "takes more than"), ("import os; os.abort()", "damaged")]:
        script.write_text(code, encoding="utf-8")
        monkeypatch.setattr(isolation, "MAX_SECONDS", 0.2 if "while" in code else 30)
        with pytest.raises(InputError, match=words):
            isolation.run(script, b"", "a.pdf")


def test_the_reader_says_which_extra_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    from summarizer.errors import SetupError

    monkeypatch.setitem(__import__("sys").modules, "pypdfium2", None)
    with pytest.raises(SetupError, match="documents"):
        pdf.load(b"%PDF-", "a.pdf")
