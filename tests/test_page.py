"""The page as text: self-contained, small, complete, and no markup but ours whatever article and model say."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import Claim, Document, Entity, Finding, Quotation, Span, Translation, kinds
from summarizer.document import ItemSupport
from summarizer.renderers import render
from summarizer.renderers.marks import Run, runs
from summarizer.renderers.outline import outline
from summarizer.renderers.page import web_address
from tests.documents import written
from tests.test_renderers import FULL, HOSTILE, claim, doubt, made

HOSTILE_PAGE = [
    *HOSTILE,
    "</title><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><style>*{background:url(http://h.example/x)}</style>",
    "<!--<script>", "--><img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>",
    '"><svg/onload=alert(1)>', "' autofocus onfocus=alert(1) x='", '" onmouseover="alert(1)', "`onload=alert(1)`",
    "javascript:alert(1)", "java\tscript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x",
    "<iframe srcdoc='<script>alert(1)</script>'>", "<math><mtext><style><img src=x onerror=alert(1)>",
    "<base href=http://h.example/>", "<meta http-equiv=refresh content='0;url=http://h.example/'>",
    "<link rel=stylesheet href=http://h.example/x.css>", "<form action=http://h.example/><button>", "<template><p>",
    "expression(alert(1))", "}*{color:red}", "\\3c script\\3e", "{{ 7*7 }}{% raw %}", "{{ ''.__class__.__mro__ }}",
    "&#60;script&#62;alert(1)", "&lt;script&gt;alert(1)&lt;/script&gt;", "%3Cscript%3Ealert(1)%3C/script%3E",
    "\ud83d<script>", "\udcff\udcfe", "\ufffe\uffff\ufeff", "\x00<script>alert(1)</script>", "ab\u202ecba\u2066\u200f",
    "\u2028alert(1)\u2029", "x" * 5000, "a\u0301" * 300, "شعار <b>", "<plaintext>", "<xmp>", "]]><script>alert(1)//",
]  # fmt: skip


def flooded(*texts: str) -> Document[Any]:
    """Return a document that has the texts in every place that an article, a model or an endpoint fills.

    A brief refuses halves of characters; in the article they are tried all the same.
    """
    sayable = [text.encode("utf-8", "replace").decode() for text in texts]
    brief: dict[str, list[Any]] = {}
    findings = []
    for number, text in enumerate(sayable, 1):
        where = {"evidence": (f"s{number}",)}
        said = {"text": text, "stance": "reported", "attributed_to": text, **where}
        name = {"name": text, "name_as_printed": text, "role": text, **where}
        when = {"iso": text, "precision": "day", "as_printed": text}
        items = {
            "abstract": said, "key_points": said, "people": name, "organisations": name, "places": name,
            "events": {"what": text, "when": when, "where": text, "who": (text,), **where},
            "figures": {"value": 1.0, "unit": text, "what": text, "as_printed": text, **where},
            "quotations": {"speaker": text, "original": text, "english": "other " + text, **where},
            "open_questions": {"question": text, **where},
        }  # fmt: skip
        for field, item in items.items():
            brief.setdefault(field, []).append(item)
        spans = (Span(start=0, end=len(text), text=text),)
        findings.append(
            Finding(
                code="numbers.missing", severity="error", where=f"s{number}", message=text, source_spans=spans,
                target_spans=spans,
            )
        )  # fmt: skip
        findings.append(doubt("/nowhere", text))
    german = "\n\n".join(f"Die Fähre {number} legt heute ab." for number in range(len(texts)))
    contents = {"headline": brief["abstract"][0], **brief}
    document = made(tuple(sayable), contents, tuple(findings), german)
    sentences = tuple(
        item.model_copy(update={"text": text}) for item, text in zip(document.article.sentences, texts, strict=True)
    )
    meta = dict.fromkeys(("title", "byline", "agency", "url", "published", "source", "encoding"), texts[-1])
    article = document.article.model_copy(update={"sentences": sentences, **meta})
    origin = dict.fromkeys(("model", "endpoint", "program", "provider"), texts[-1])
    provenance = document.provenance.model_copy(update={**origin, "quality": "demo", "checks": texts})
    return document.model_copy(update={"article": article, "provenance": provenance, "complete": False})


class Shape(HTMLParser):
    """The elements and attributes of a page, and the text outside style and script."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[tuple[str, str]] = set()
        self.links: list[str] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.update((tag, name) for name, _ in attrs)
        self.links.extend(value or "" for name, value in attrs if name in {"href", "src", "action"})

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] not in (["style"], ["script"]):
            self.words.append(data)


ORDINARY = Shape(render(flooded("word"), "html"))
LINKED = {("a", "href"), ("a", "rel")}


def check_hostile(text: str) -> None:
    shape = Shape(render(flooded(text), "html"))
    assert set(shape.tags) <= set(ORDINARY.tags)
    assert shape.attributes <= ORDINARY.attributes | LINKED
    assert (shape.tags.count("script"), shape.tags.count("style"), shape.tags.count("meta")) == (1, 1, 6)
    assert all(re.fullmatch(r"#[\w-]+", link) or web_address(link) for link in shape.links)


@pytest.mark.parametrize("text", HOSTILE_PAGE)
def test_no_text_becomes_markup(text: str) -> None:
    check_hostile(text)


@given(st.text(alphabet="aS1 <>/\"'=&;:#!-{}%()`\\\n\t\x00\u202e\ud800", min_size=1, max_size=14))
def test_no_text_at_all_becomes_markup(text: str) -> None:
    check_hostile(text)


def test_the_only_style_and_script_are_ours_and_allowed_by_hash() -> None:
    pages = [render(made(brief=FULL), "html"), render(flooded("</script><script>alert(1)//"), "html")]
    for page in pages:
        policy = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
        assert len(policy) == 1
        for tag, directive in (("style", "style-src"), ("script", "script-src")):
            (body,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
            digest = b64encode(hashlib.sha256(body.encode()).digest()).decode()
            assert f"{directive} 'sha256-{digest}';" in policy[0]
        assert policy[0].startswith("default-src 'none';")
        assert "unsafe" not in policy[0]
        assert page.index("Content-Security-Policy") < page.index("<style>") < page.index("<script>")
    (ours,), (theirs,) = (re.findall(r"<script>(.*?)</script>", page, re.DOTALL) for page in pages)
    assert ours == theirs, "no data in the script"


def test_everything_is_on_the_page() -> None:
    document = written("council")
    page = render(document, "html")
    words = " ".join(" ".join(Shape(page).words).split())
    assert document.translation is not None
    for sentence, segment in zip(document.article.sentences, document.translation.segments, strict=True):
        assert f'id="{sentence.id}"' in page
        for text in (sentence.text, segment.text or ""):
            assert "".join(text.split()) in "".join(words.split())
    for _, lines in outline(document):
        for item in (line.item for line in lines):
            assert not isinstance(item, Claim) or item.text in words
            assert not (isinstance(item, Claim) and item.attributed_to) or f"Reported: {item.attributed_to}" in words
            assert not isinstance(item, Entity) or item.name in words
            assert not isinstance(item, Quotation) or {item.original, item.english} <= set(re.split("[„“”]", words))
    assert "price not known" in words
    assert document.provenance.model in words
    assert document.id in words


def test_a_normal_page_is_small() -> None:
    assert len(render(written("figures"), "html").encode()) < 100_000


def test_doubts_stand_where_they_are_with_reason_and_spans() -> None:
    german, english = Span(start=4, end=9, text="Fähre"), Span(start=4, end=9, text="ferry")
    lost = Finding(
        code="names.missing", severity="error", where="s2", message="Gone.", source_spans=(german,),
        target_spans=(english,),
    )  # fmt: skip
    stray = Finding(
        code="names.missing", severity="warning", where="s3", message="Stray.", target_spans=(german,)
    )  # its span is of another text
    page = render(made(brief=FULL, findings=(lost, stray, doubt("/key_points/1", "Hm."), doubt("/x", "All."))), "html")
    assert '<span class="doubt-error">Fähre</span>' in page
    assert '<span class="doubt-error">ferry</span>' in page
    assert '<span class="doubt-warning">' not in page.split('class="rows')[1]
    assert page.index('id="key_points-1"') < page.index("Hm.") < page.index('id="h-places"')
    assert page.index('id="s2"') < page.index("Gone.") < page.index('id="s3"') < page.index("Stray.")
    assert page.index("About the whole document") < page.index("All.")


def test_a_confidence_is_shown_where_there_is_doubt() -> None:
    document = made(brief=FULL, findings=(doubt("s3", "Hm."),))
    assert document.translation is not None
    segments = [
        segment.model_copy(update={"confidence": confidence, "status": status})
        for segment, confidence, status in zip(
            document.translation.segments, (0.98, 0.61, 0.34), ("ok", "doubtful", "doubtful"), strict=True
        )
    ]
    support = (ItemSupport(where="/key_points/0", status="doubtful", confidence=0.56),)
    translation = Translation(segments=tuple(segments))
    page = render(document.model_copy(update={"translation": translation, "support": support}), "html")
    assert re.findall(r"confidence \d+%", page) == ["confidence 56%", "confidence 61%", "confidence 34%"]
    assert "1 statement has a doubt</b></a>. No doubt is no proof" in page


@pytest.mark.parametrize(("origin", "says"), [("person", "Reviewed by a person"), ("memory", "translation memory")])
def test_who_wrote_the_english_is_said(origin: str, says: str) -> None:
    document = made(brief=FULL)
    assert document.translation is not None
    segments = tuple(item.model_copy(update={"origin": origin}) for item in document.translation.segments)
    page = render(document.model_copy(update={"translation": Translation(segments=segments)}), "html")
    assert page.count(says) == 3
    assert says not in render(document, "html")


@pytest.mark.parametrize("format_", ["html", "xliff", "tmx", "ninjs", "jsonld"])
def test_a_brief_of_another_kind_is_shown_whole(format_: str) -> None:
    kind: Any = kinds.load("security")
    brief = kind(partnerships=(claim("They cooperate.", "s2", by="the ministry"),), places=FULL["places"])
    page = render(made().model_copy(update={"brief": brief, "kind": "security"}), format_)
    if format_ in {"html", "ninjs"}:
        assert "They cooperate." in page
    if format_ == "html":
        assert '<h2 id="h-partnerships">Partnerships</h2>' in page
        assert "<h1>New ferry</h1>" in page, "without a headline of its own, the article's"
    if format_ in {"html", "ninjs", "jsonld"}:
        assert "Cologne" in page


def test_names_and_times_are_marked_in_both_languages() -> None:
    german = "Am 3. März 2026 fuhr die Fähre von Köln ab.\n\nKölns Hafen ist neu. Kölnerinnen jubeln."
    english = ("On 3 March 2026 the ferry left Cologne.", "Cologne's port is new.", "Locals rejoice.")
    page = render(made(english, brief=FULL, german=german), "html")
    assert '<span class="date">3. März 2026</span>' in page
    assert '<span class="date">3 March 2026</span>' in page
    assert re.findall(r'"place">([^<]+)<', page.split('class="rows')[1]) == ["Köln", "Cologne", "Kölns", "Cologne"]


def test_runs_give_the_text_back_and_longer_marks_win() -> None:
    text = "Stadtrat von Lindenau"
    cut = runs(text, [(0, 8, "organisation"), (0, 21, "organisation"), (13, 21, "place")], [(9, 12, "doubt-error")])
    assert "".join(run.text for run in cut) == text
    assert cut[1] == Run("von", ("doubt-error", "organisation"))
    assert all("place" not in run.marks for run in cut)
    assert runs("", []) == []


@pytest.mark.parametrize(("changes", "texts"), [({"brief": None, "kind": None}, 2), ({"translation": None}, 1)])
def test_a_document_may_lack_the_brief_or_the_translation(changes: dict[str, Any], texts: int) -> None:
    page = render(made(brief=FULL).model_copy(update=changes), "html")
    assert page.count('class="de"') == 3
    assert ('class="en"' in page) is (texts == 2)
    assert ("Ferry runs" in page) is (texts == 1)


def test_what_is_missing_is_said() -> None:
    page = render(made(("New ferry", None, "It is new."), findings=(doubt("s2", "Cut off."),)), "html")
    assert "<b>Incomplete.</b>" in page
    assert "No translation" in page
    assert "1 without translation" in page
    assert "Cut off." in page


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("https://example.org/a?b=1#c", True), ("http://example.org", True), ("javascript:alert(1)", False),
        ("JavaScript://example.org/%0aalert(1)", False), ("data:text/html,x", False), ("//example.org", False),
        ("https://", False), ("https://exa mple.org", False), ("https://[", False), ("file:///etc/hosts", False),
        ("https://example.org/\u202e", False), (None, False), ("mailto:a@example.org", False),
    ],
)  # fmt: skip
def test_only_web_addresses_become_links(address: str | None, may: bool) -> None:
    assert web_address(address) is may
    document = made(brief=FULL)
    article = document.article.model_copy(update={"url": address})
    page = render(document.model_copy(update={"article": article}), "html")
    assert (f'href="{address}"' in page) is may
