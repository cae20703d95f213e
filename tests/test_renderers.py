"""Readable output: everything is there, doubts stand where they belong, and no text acts as markup."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from summarizer import Document, Finding, Segment, Translation, Usage, kinds, parse_document, read_text
from summarizer.document import SCHEMA_VERSION, Cost, ItemSupport, Provenance
from summarizer.renderers import FORMATS, Format, endings, of_ending, outline, render
from summarizer.renderers.outline import safe
from summarizer.segment import to_article

NEWS: Any = kinds.load("news")
GERMAN = "Neue Fähre\n\nDie Fähre fährt. Sie ist neu."
ENGLISH = ("New ferry", "The ferry runs.", "It is new.")


def claim(text: str, *evidence: str, by: str | None = None) -> dict[str, Any]:
    return {"text": text, "evidence": evidence, "stance": "reported" if by else "stated", "attributed_to": by}


def made(
    texts: tuple[str | None, ...] = ENGLISH,
    brief: dict[str, Any] | None = None,
    findings: tuple[Finding, ...] = (),
    german: str = GERMAN,
    **changes: Any,
) -> Document[Any]:
    """Return a document of three sentences that says what a test wants."""
    article = to_article(read_text(german), "de")
    doubtful = {finding.where for finding in findings}
    segments = tuple(
        Segment(id=i, text=t, status="missing" if t is None else "doubtful" if i in doubtful else "ok")
        for i, t in zip(article.ids, texts, strict=True)
    )
    provenance = Provenance(
        program="brief 0", provider="custom", endpoint="http://h/v1", model="m", quality="unrated", method="abstractive",
        mode="json_schema", prompts=(), parameters={}, checks=(), created=datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    document: Any = Document[NEWS]
    values: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION, "id": "0" * 64, "complete": None not in texts, "article": article,
        "translation": Translation(segments=segments), "kind": "news", "brief": NEWS(**(brief or {})),
        "findings": findings, "provenance": provenance, "usage": Usage(input_tokens=7),
    }  # fmt: skip
    built: Document[Any] = document(**{**values, **changes})
    return built


def doubt(where: str, message: str = "A doubt.", severity: Any = "warning") -> Finding:
    return Finding(code="numbers.missing", severity=severity, where=where, message=message)


FULL: dict[str, Any] = {
    "headline": claim("Ferry runs", "s2"),
    "key_points": [claim("It is new.", "s3", by="the operator"), claim("It runs.", "s2")],
    "places": [{"name": "Cologne", "name_as_printed": "Köln", "role": "port", "evidence": ["s1"]}],
    "events": [
        {
            "what": "It starts.", "when": {"iso": "2026-03-01", "precision": "day", "as_printed": "am 1. März"},
            "where": "Cologne", "who": ["operator"], "evidence": ["s2"],
        }
    ],
    "figures": [{"value": 3.0, "unit": "EUR", "what": "fare", "as_printed": "3 Euro", "evidence": ["s3"]}],
    "quotations": [{"speaker": "the operator", "original": "Ja", "english": "Yes", "evidence": ["s3"]}],
    "topic": {"label": "society", "evidence": ["s2"]},
    "open_questions": [{"question": "Why?", "evidence": ["s2"]}],
}  # fmt: skip


@pytest.mark.parametrize("format_", ["text", "markdown"])
def test_every_item_is_shown_with_its_evidence_and_doubts(format_: str) -> None:
    document = made(
        brief=FULL, findings=(doubt("/key_points/0", "Who says it?"), doubt("s3"), doubt("document", "All."))
    )
    shown = render(document, format_).replace("\\", "")
    for expected in (
        "Ferry runs", "It is new. [reported: the operator]", "Cologne (Köln), port", "2026-03-01: It starts. (Cologne)",
        "3 Euro: fare", "the operator: „Ja“ = “Yes”", "society", "Why?", "Who says it?", "A doubt.", "All.",
        "New ferry", "The ferry runs.", "7 + 0 tokens",
    ):  # fmt: skip
        assert expected in shown, expected
    assert shown.index("It is new. [reported") < shown.index("Who says it?") < shown.index("It runs.")
    assert shown.index("Ferry runs") < shown.index("The ferry runs.") < shown.index("A doubt.") < shown.index("All.")


def test_a_format_is_known_by_the_endings_of_its_files() -> None:
    for format_ in Format:
        assert all(of_ending(ending.upper()) is format_ for ending in endings(format_))
    assert of_ending(".out") is None


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_ends_in_one_line_break(format_: str) -> None:
    assert render(made(), format_)[-2:].strip("\n") != ""
    assert render(made(), format_).endswith("\n")


def test_json_is_the_document() -> None:
    document = made(brief=FULL)
    assert parse_document(render(document, "json")) == document
    assert "Fähre" in render(document, "json")
    assert json.loads(render(document, "json"))["brief"]["places"][0]["name_as_printed"] == "Köln"


@pytest.mark.parametrize("format_", ["text", "markdown"])
def test_the_german_stands_by_what_is_doubtful_or_missing(format_: str) -> None:
    shown = render(made(("New ferry", None, "It is new."), findings=(doubt("s3"), doubt("s2", "No text."))), format_)
    assert "Die Fähre fährt." in shown
    assert "Sie ist neu." in shown
    assert "no translation" in shown
    assert "INCOMPLETE" in shown


@pytest.mark.parametrize("format_", ["text", "markdown"])
def test_a_confidence_is_shown_where_there_is_doubt(format_: str) -> None:
    document = made(brief=FULL, findings=(doubt("s3"),))
    assert document.translation is not None
    sure, unsure = document.translation.segments[1:]
    segments = (sure.model_copy(update={"confidence": 0.98}), unsure.model_copy(update={"confidence": 0.34}))
    support = (
        ItemSupport(where="/key_points/0", status="doubtful", confidence=0.56),
        ItemSupport(where="/key_points/1", status="ok", confidence=0.99),
    )
    translation = Translation(segments=(document.translation.segments[0], *segments))
    shown = render(document.model_copy(update={"translation": translation, "support": support}), format_)
    assert re.findall(r"confidence \d+%", shown) == ["confidence 56%", "confidence 34%"]
    before, after = shown.split("confidence 56%")
    assert "Sie ist neu." not in before, "the German of the evidence stands behind the item"
    assert "Sie ist neu." in after.split("confidence 34%")[0]


@pytest.mark.parametrize("format_", ["text", "markdown"])
def test_demo_quality_method_and_cost_are_said_first(format_: str) -> None:
    document = made()
    demo = document.provenance.model_copy(update={"quality": "demo", "method": "extractive"})
    usage = Usage(cost=Cost(amount=0.0123, price_source="a table"))
    shown = render(document.model_copy(update={"provenance": demo, "usage": usage}), format_)
    assert (
        shown.index("DEMO QUALITY") < shown.index("extractive") < shown.index("0.0123 USD") < shown.index("The ferry")
    )
    assert "DEMO" not in render(document, format_)


@pytest.mark.parametrize("format_", ["text", "markdown"])
def test_a_document_may_lack_the_brief_or_the_translation(format_: str) -> None:
    assert "The ferry runs." in render(made(brief=None, kind=None), format_)
    only = render(made(brief=FULL, translation=None), format_)
    assert "Ferry runs" in only
    assert "TRANSLATION" not in only.upper()


def test_colour_only_on_a_terminal() -> None:
    document = made(brief=FULL, findings=(doubt("s3"),))
    assert "\x1b[" not in render(document, "text")
    assert max(map(len, render(document, "text").splitlines())) <= 100


def test_long_lines_are_wrapped_and_indented() -> None:
    shown = render(made(("New ferry", "word " * 60, "It is new.")), "text").splitlines()
    lines = [line for line in shown if "word" in line]
    assert len(lines) > 2
    assert all(line.startswith("       word") for line in lines[1:])


HOSTILE = [
    "\x1b[2J\x1b[31mred", "\x9b31mred", "\u202eevil\u2066", "a\x07b\x08c\rd", "one\n\n# two\n\n- three", "- nested",
    "+ nested", "12. nested", "3) nested", "===", "---", "# head", "> quote", "`code`", "*bold* __b__ ~~no~~",
    "<script>alert(1)</script>", "<a id=s1>", "&lt;b&gt;", "[link](http://h)", "![image](http://h/x.png)",
    "[ref]: http://h", "<http://h>", "| a | b |", "\\", "a\\", "    code", "\tcode", "$x$", "!", "…", "-", "+", "1.",
]  # fmt: skip


def texts_of(markdown: str) -> tuple[set[str], list[str]]:
    """Return the kinds of markup in a page, and its lines of text as a reader sees them."""
    kinds_seen: set[str] = set()
    lines = []
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown):
        kinds_seen.add(token.type)
        if token.type == "inline":
            kinds_seen.update(child.type for child in token.children or ())
            lines.append("".join(child.content for child in token.children or () if child.type == "text"))
    return kinds_seen, lines


OURS = {
    "heading_open", "heading_close", "inline", "text", "blockquote_open", "blockquote_close", "paragraph_open",
    "paragraph_close", "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close", "link_open",
    "link_close", "strong_open", "strong_close", "html_inline",
}  # fmt: skip


def everywhere(text: str) -> Document[Any]:
    """Return a document that has `text` wherever an article or a model can put words."""
    brief = {
        "headline": claim(text, "s1", by=text),
        "places": [{"name": text, "name_as_printed": text, "evidence": ["s2"]}],
    }
    document = made((text, text, text), brief, (doubt("s2", text), doubt("document", text), doubt("/headline", text)))
    sentences = tuple(item.model_copy(update={"text": text}) for item in document.article.sentences)
    article = document.article.model_copy(update={"title": text, "sentences": sentences})
    support = (ItemSupport(where="/headline", status="doubtful", confidence=0.5),)
    return document.model_copy(update={"article": article, "support": support})


def check_hostile(text: str) -> None:
    page = render(everywhere(text), "markdown")
    plain_page = render(everywhere("word"), "markdown")
    seen, lines = texts_of(page)
    assert seen <= OURS
    assert len(lines) == len(texts_of(plain_page)[1])
    assert page.count("<a id=") - page.count("\\<a id=") == 3, "only the anchors of the three sentences"
    assert sum(safe(text) in line for line in lines) >= 9
    for shown in (page, render(everywhere(text), "text")):
        assert not any(character in shown for character in "\x1b\x9b\u202e\u2066\x07\x08\r")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_acts_as_markup_or_on_a_terminal(text: str) -> None:
    check_hostile(text)


@given(st.text(alphabet="aB1 .)-+=#*_`[]()<>!&|~\\\n\t\x1b\u202e:/\"'", min_size=1, max_size=12).filter(safe))
def test_no_text_at_all_acts_as_markup(text: str) -> None:
    check_hostile(text)


def test_a_line_break_of_a_model_fakes_no_line_of_the_text() -> None:
    plain_lines = render(everywhere("word"), "text").splitlines()
    assert len(render(everywhere("word\n\nTRANSLATION\n\n   s1  x"), "text").splitlines()) == len(plain_lines)


def test_a_readable_format_reads_each_sentence_once_however_many_items_are_doubtful(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    count = 40
    german = "\n\n".join(f"Die Fähre {number} fährt heute." for number in range(count))
    english = tuple(f"Ferry {number} runs today." for number in range(count))
    claims = [claim(f"Ferry {number} runs.", f"s{number + 1}") for number in range(count)]
    support = tuple(
        ItemSupport(where=f"/key_points/{number}", status="doubtful", confidence=0.4) for number in range(count)
    )
    findings = (doubt("s7"), doubt("s7", "Another."), doubt("/key_points/3"))
    document = made(english, {"key_points": claims}, findings, german, support=support)
    assert document.findings_by_place() == {place: document.findings_at(place) for place in ("s7", "/key_points/3")}
    read: list[str] = []
    monkeypatch.setattr(outline, "plain", lambda text: read.append(text) or text)  # type: ignore[func-returns-value]
    lines = dict(outline.outline(document))["Key points"]
    assert [line.german for line in lines] == [((s.id, s.text),) for s in document.article.sentences]
    assert lines[3].findings == (findings[2],)
    assert len(read) == count
