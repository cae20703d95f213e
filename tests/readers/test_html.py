"""Web pages: the article's own text with its structure, and what the page states about itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarizer.article import Source
from summarizer.errors import InputError
from summarizer.readers import read_bytes, read_path, read_text

PAGES = Path(__file__).parent / "pages"


def blocks(source: Source) -> list[tuple[str, str]]:
    return [(block.kind, source.text[block.start : block.end]) for block in source.blocks]


def page(body: str, head: str = "") -> str:
    text = (
        "<p>Der Rat der Stadt hat am Montag beraten. Er fasste keinen Beschluss, und die Sitzung wird fortgesetzt.</p>"
    )
    return f"<html><head><title>Rat berät</title>{head}</head><body><article><h1>Rat berät</h1>{body}{text * 3}</article></body></html>"


def test_headings_lists_quotations_and_tables_are_kept_and_menus_are_not() -> None:
    source = read_path(PAGES / "faehre.html")
    assert blocks(source) == [
        ("headline", "Neue Fähre für Musterstadt"),
        ("body", "Die Stadt bekommt im Sommer eine neue Fähre. Der Rat stimmte am Montag zu."),
        (
            "body",
            "Der Stadtrat hat am Montag die Anschaffung einer neuen Fähre beschlossen. Sie soll 3,5 Millionen Euro kosten und im Juni fahren.",
        ),
        ("heading", "Was geplant ist"),
        ("body", "Abriss des alten Anlegers im April"),
        ("body", "Bau des neuen Anlegers im Mai"),
        ("body", "Erste Fahrt im Juni"),
        ("body", "„Wir haben lange auf diesen Tag gewartet“, sagte die Bürgermeisterin."),
        ("heading", "Kritik aus dem Nachbarort"),
        (
            "body",
            "Im Nachbarort gibt es Kritik. Ein Verein nennt den Plan „überteuert“ und will klagen.\nDas teilte er am Dienstag mit.",
        ),
        ("body", "Jahr | Fahrgäste"),
        ("body", "2024 | 12.000"),
        ("body", "Erstens muss das Land zustimmen."),
        ("body", "Zweitens fehlt noch das Geld."),
    ]


def test_what_the_page_states_about_itself() -> None:
    source = read_path(PAGES / "faehre.html")
    assert (source.format, source.encoding, source.title) == ("html", "utf-8", "Neue Fähre für Musterstadt")
    assert (source.byline, source.published, source.site) == ("Erika Beispiel", "2026-03-02", "Musterbote")
    assert source.url == "https://www.musterbote.example/faehre.html"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<meta property="article:published_time" content="2026-03-02T08:15:00+01:00">', "2026-03-02"),
        ('<meta property="article:published_time" content="2026-03-02T23:30:00Z">', "2026-03-03"),  # half past midnight
        ('<meta property="article:published_time" content="2026-03-02T23:30:00-05:00">', "2026-03-02"),
        ('<meta name="date" content="2026-03-02">', "2026-03-02"),
        ('<meta itemprop="datePublished" content="2026-03-02">', "2026-03-02"),
        ('<meta name="publish-date" content="2026-03-02">', "2026-03-02"),
        ('<meta name="DC.date.issued" content="Mon, 02 Mar 2026 08:15:00 +0100">', "2026-03-02"),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"@type": ["ReportageNewsArticle"], '
            '"datePublished": "2026-03-02", "dateModified": "2026-03-09"}]}</script>',
            "2026-03-02",
        ),
        ('<script type="application/ld+json">{"@type": "NewsArticle", broken</script>', None),
        ('<meta property="article:modified_time" content="2026-03-09">', None),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "dateModified": "2026-03-09"}</script>', None),
        ('<meta name="date" content="gestern">', None),
        ('<meta name="date" content="2026-02-30">', None),
    ],
)
def test_a_date_of_publication_is_stated_or_there_is_none(head: str, expected: str | None) -> None:
    assert read_text(page("", head), format="html").published == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<time datetime="2026-03-02T10:00">2. März</time>', "2026-03-02"),
        ('<time datetime="2026-03-02">2. März</time><time datetime="2026-03-09">geändert</time>', None),
        ('<time datetime="2026-03-09">x</time><time itemprop="datePublished" datetime="2026-03-02">y</time>', "2026-03-02"),
        ('<aside><time datetime="2026-03-02">anderer Artikel</time></aside>', None),
        ("<p>Am 3. März 2020 geschah es.</p><footer>© 2019</footer>", None),
    ],
)  # fmt: skip
def test_a_time_element_counts_if_it_is_the_pages_own(body: str, expected: str | None) -> None:
    assert read_text(page(body), format="html").published == expected


def test_the_title_of_the_page_heads_the_text_where_the_body_has_no_headline() -> None:
    source = read_text(page("").replace("<h1>Rat berät</h1>", ""), format="html")
    assert blocks(source)[0] == ("headline", "Rat berät")


@pytest.mark.parametrize(
    ("encoding", "declared", "reported"),
    [
        ("utf-8", "utf-8", "utf-8"),
        ("utf-8", "iso-8859-1", "utf-8"),  # declared wrongly
        ("windows-1252", "iso-8859-1", "windows-1252"),
        ("windows-1252", "utf-8", "windows-1252"),  # declared wrongly
        ("iso-8859-15", "iso-8859-15", "iso-8859-15"),
        ("windows-1252", "keine-kodierung", "windows-1252"),
    ],
)
def test_encodings(encoding: str, declared: str, reported: str) -> None:
    data = page("<p>Größe, Übung und Straße</p>", f'<meta charset="{declared}">').encode(encoding)
    source = read_bytes(data, "a.html", "html")
    assert source.encoding == reported
    assert "Größe, Übung und Straße" in source.text


@pytest.mark.parametrize("text", ["<html></html>", "<!-- -->", "<script>alert(1)</script>", "<?xml version='1.0'?>"])
def test_a_page_without_text_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(InputError, match="leer") as caught:
        read_bytes(text.encode(), "leer.html", "html")
    assert "\n" not in str(caught.value)


def test_scripts_and_event_handlers_leave_no_trace() -> None:
    source = read_text(
        page("<p onclick='alert(1)'>Ein Satz.<script>alert(2)</script></p><a href='javascript:3'>ja</a>"), format="html"
    )
    assert "alert" not in source.text
    assert "javascript" not in source.text


def test_a_quotation_inside_a_sentence_stays_there_with_its_marks() -> None:
    said = (
        "<p>Der Bürgermeister nannte den Plan <q>überfällig und <q>mutig</q></q>. Er will <q>„bald“</q> beginnen.</p>"
    )
    texts = [text for _, text in blocks(read_text(page(said), format="html"))]
    assert texts[1] == "Der Bürgermeister nannte den Plan „überfällig und ‚mutig‘“. Er will „bald“ beginnen."


def test_who_said_it_comes_behind_a_quotation_as_on_the_page() -> None:
    said = "<blockquote><p>„Wir warten seit langem auf diese Fähre.“</p><cite>Erika Beispiel</cite></blockquote>"
    texts = [text for _, text in blocks(read_text(page(said), format="html"))]
    assert texts[1:3] == ["„Wir warten seit langem auf diese Fähre.“", "Erika Beispiel"]


def test_a_kicker_is_no_part_of_the_headline_and_takes_nothing_from_it() -> None:
    above = read_text(page("").replace("<h1>", "<div class='kicker'>Lokales</div><h1>"), format="html")
    assert blocks(above)[:2] == [("body", "Lokales"), ("headline", "Rat berät")]
    beside = page("").replace("<h1>Rat", "<h1><span>Lokales</span><span>Rat").replace("</h1>", "</span></h1>")
    assert blocks(read_text(beside, format="html"))[0] == ("headline", "Lokales Rat berät")


def test_raised_numbers_stay_raised() -> None:
    texts = [
        text
        for _, text in blocks(read_text(page("<p>Auf 540<sup>1</sup> m<sup>2</sup> wird gebaut.</p>"), format="html"))
    ]
    assert texts[1] == "Auf 540¹ m² wird gebaut."


def test_the_largest_heading_is_the_headline_wherever_it_stands() -> None:
    above = read_text(page("").replace("<h1>", "<h2>Haushalt 2026</h2><h1>"), format="html")
    assert blocks(above)[:2] == [("heading", "Haushalt 2026"), ("headline", "Rat berät")]


@pytest.mark.parametrize(
    ("meta", "author", "expected"),
    [
        ("Musterbote Redaktion", '{"@type": "Person", "name": "Erika Beispiel"}', "Erika Beispiel"),
        ("Musterbote Redaktion", '[{"@type": "Organization", "name": "Musterbote"}]', None),
        ("Tom Adler", '"Musterbote"', "Tom Adler"),
    ],
)
def test_persons_are_authors_and_outlets_are_none(meta: str, author: str, expected: str | None) -> None:
    script = f'<script type="application/ld+json">{{"@type": "NewsArticle", "author": {author}}}</script>'
    assert read_text(page("", f'<meta name="author" content="{meta}">{script}'), format="html").byline == expected
