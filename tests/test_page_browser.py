"""The page in a real Chromium: light, keyboard, filters, print, themes, accessibility, and texts that want to act."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from summarizer import Document, Translation
from summarizer.renderers import render
from tests.browser import chromium, opened, violations
from tests.documents import written
from tests.test_page import HOSTILE_PAGE, flooded
from tests.test_renderers import FULL, doubt, made

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DOUBTS = (doubt("s3", "A number is gone."), doubt("/key_points/0", "The number stands elsewhere."))
NARROW = {"viewport": {"width": 380, "height": 800}}


@pytest.fixture(scope="module")
def council() -> Document[Any]:
    """A whole document with two doubts."""
    document = written("council", findings=DOUBTS)
    segments = document.translation.segments if document.translation else ()
    marked = [item.model_copy(update={"status": "doubtful"}) if item.id == "s3" else item for item in segments]
    return document.model_copy(update={"translation": Translation(segments=tuple(marked))})


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for all tests of this file."""
    with chromium() as running:
        yield running


@pytest.fixture
def page_file(council: Document[Any], tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(render(council, "html"), encoding="utf-8")
    return path


LIT = "[...document.querySelectorAll('.lit')].map(e => e.id)"


def test_it_opens_without_a_word_and_without_a_request(browser: Browser, page_file: Path) -> None:
    with opened(browser, page_file) as watched:
        assert watched.page.title() == "Lindenau city council halts redesign of market square"
        assert watched.page.locator("h1").inner_text() == watched.page.title()
        assert watched.page.locator(".row").count() == 19
        assert watched.deeds == []


def test_a_statement_lights_up_its_evidence_in_both_languages(browser: Browser, page_file: Path) -> None:
    with opened(browser, page_file) as watched:
        page = watched.page
        page.hover("#abstract-2 p")
        assert page.evaluate(LIT) == ["abstract-2", "s10", "s11"]
        shown = page.locator("#peek").inner_text()
        assert "Wir haben von den Mehrkosten erst aus der Zeitung erfahren" in shown
        assert "We only learned of the additional costs from the newspaper" in shown
        page.mouse.move(1, 1)
        assert page.evaluate(LIT) == []
        assert page.locator("#peek").is_hidden()
        assert watched.deeds == []


def test_a_sentence_lights_up_the_statements_that_rest_on_it(browser: Browser, page_file: Path) -> None:
    with opened(browser, page_file) as watched:
        page = watched.page
        page.hover("#s12 .en p")
        assert page.evaluate(LIT) == ["key_points-3", "organisations-2", "s12"]
        assert "The Green group abstained" in page.locator("#peek").inner_text()
        assert "Key points" in page.locator("#peek").inner_text()
        page.hover("#s9 .en p")
        assert page.evaluate(LIT) == []


def test_everything_works_from_the_keyboard(browser: Browser, page_file: Path) -> None:
    with opened(browser, page_file) as watched:
        page = watched.page
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.focus("#key_points-3 .evidence a")
        assert page.evaluate(LIT) == ["key_points-3", "s12"]
        page.keyboard.press("Escape")
        assert page.evaluate(LIT) == []
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#s12"
        assert page.locator("#s12").is_visible()
        page.focus("#s12 .cited")
        assert page.evaluate(LIT) == ["key_points-3", "organisations-2", "s12"]
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#key_points-3"
        page.focus("#only-doubtful")
        page.keyboard.press("Space")
        assert page.locator(".row:visible").count() == 1
        assert watched.deeds == []


def test_a_click_keeps_the_light_on_and_escape_puts_it_out(browser: Browser, page_file: Path) -> None:
    with opened(browser, page_file) as watched:
        page = watched.page
        page.click("#key_points-1 p", position={"x": 5, "y": 5})
        page.mouse.move(1, 1)
        assert page.evaluate(LIT) == ["key_points-1", "s7"]
        page.keyboard.press("Escape")
        assert page.evaluate(LIT) == []


def test_filters_show_only_doubts_or_quotations(browser: Browser, page_file: Path) -> None:
    with opened(browser, page_file) as watched:
        page = watched.page
        visible = page.locator(".row:visible")
        page.check("#only-doubtful")
        assert [row.get_attribute("id") for row in visible.all()] == ["s3"]
        assert page.locator("#shown").inner_text() == "1 of 19 sentences shown"
        page.check("#only-quotations")
        assert [row.get_attribute("id") for row in visible.all()] == ["s4", "s10"]
        page.check("#all")
        assert visible.count() == 19
        line = "getComputedStyle(document.querySelector('.row .place')).textDecorationLine"
        assert page.evaluate(line) == "underline"
        page.uncheck("#mark-place")
        assert page.evaluate(line) == "none"


def test_doubts_are_seen_where_they_are(browser: Browser, page_file: Path) -> None:
    with opened(browser, page_file) as watched:
        assert "A number is gone." in watched.page.locator("#s3").inner_text()
        assert "The number stands elsewhere." in watched.page.locator("#key_points-0").inner_text()
        assert watched.page.locator(".state").inner_text().startswith("19 sentences, 1 doubtful.")


def test_light_and_dark(browser: Browser, page_file: Path) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"
    with opened(browser, page_file, color_scheme="light") as watched:
        light = watched.page.evaluate(paper)
        for name in ("light", "dark"):
            watched.page.click("#theme")
            assert watched.page.locator("#theme").inner_text() == f"Theme: {name}"
        dark = watched.page.evaluate(paper)
        assert dark != light
        watched.page.reload()
        assert watched.page.evaluate(paper) == dark, "the choice is kept"
    with opened(browser, page_file, color_scheme="dark") as watched:
        assert watched.page.evaluate(paper) == dark


def test_it_prints_everything_on_white(browser: Browser, page_file: Path) -> None:
    with opened(browser, page_file, color_scheme="dark") as watched:
        page = watched.page
        page.emulate_media(media="print")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.locator(".bar, .tools, #peek").locator("visible=true").count() == 0
        assert page.locator(".row:visible").count() == 19
        assert page.locator(".note:visible").count() == 2
        assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_a_narrow_page_does_not_scroll_sideways(browser: Browser, page_file: Path) -> None:
    with opened(browser, page_file, **NARROW) as watched:
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= 380
        german, english = (watched.page.locator(f"#s2 .{side}").bounding_box() for side in ("de", "en"))
        assert german is not None
        assert english is not None
        assert german["y"] > english["y"], "what readers of English read comes first"


def test_it_can_be_read_without_script(browser: Browser, page_file: Path) -> None:
    with opened(browser, page_file, java_script_enabled=False) as watched:
        assert watched.page.locator(".row:visible").count() == 19
        assert watched.page.locator("#tools").is_hidden()
        watched.page.check("#only-doubtful")
        assert watched.page.locator(".row:visible").count() == 1


@pytest.mark.parametrize(
    "options",
    [{"color_scheme": "light"}, {"color_scheme": "dark"}, NARROW],
    ids=["light", "dark", "narrow"],
)
def test_axe_finds_nothing_serious(browser: Browser, page_file: Path, options: dict[str, Any]) -> None:
    with opened(browser, page_file, **options) as watched:
        watched.page.focus("#key_points-1 .evidence a")
        assert violations(watched.page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_a_demo_full_of_doubts(browser: Browser, tmp_path: Path, scheme: str) -> None:
    findings = tuple(
        doubt(where, "A doubt.", severity)
        for where in ("s1", "/headline", "/places/0", "/events/0", "/quotations/0", "/none")
        for severity in ("error", "warning", "info")
    )
    document = made(("New ferry", None, "It is new."), FULL, findings)
    demo = document.provenance.model_copy(update={"quality": "demo", "method": "extractive"})
    path = tmp_path / "demo.html"
    path.write_text(render(document.model_copy(update={"provenance": demo}), "html"), encoding="utf-8")
    with opened(browser, path, color_scheme=scheme) as watched:
        assert violations(watched.page) == []


ACTS = """() => [...document.querySelectorAll('*')].flatMap(e => [...e.attributes]
    .filter(a => a.name.startsWith('on') || a.name === 'style' || a.name === 'src' || a.name === 'srcdoc')
    .map(a => `${e.tagName} ${a.name}`))"""
TAGS = "[...new Set([...document.querySelectorAll('*')].map(e => e.tagName))].sort()"


@pytest.mark.parametrize("policy", [True, False], ids=["as-it-is", "without-its-policy"])
def test_no_hostile_text_acts(browser: Browser, tmp_path: Path, policy: bool) -> None:
    """Escaping alone holds, too: the policy is a second wall."""
    path = tmp_path / "page.html"
    path.write_text(render(flooded("word"), "html"), encoding="utf-8")
    with opened(browser, path) as watched:
        ordinary = watched.page.evaluate(TAGS)
    for texts in (HOSTILE_PAGE[::2], HOSTILE_PAGE[1::2]):
        page = render(flooded(*texts), "html")
        if not policy:
            page = re.sub(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "", page)
        path.write_text(page, encoding="utf-8")
        with opened(browser, path) as watched:
            watched.page.hover("#s1 .en p")
            watched.page.focus("#key_points-0 .evidence a")
            assert watched.page.evaluate(ACTS) == [], texts
            assert set(watched.page.evaluate(TAGS)) <= set(ordinary), texts
            assert watched.page.url.startswith(path.as_uri()), texts
            assert watched.deeds == [], texts


@pytest.mark.parametrize(
    "markup",
    [
        "<script>document.title = 'hit'</script>",
        "<img src=http://127.0.0.1:9/x onerror=\"document.title = 'hit'\">",
        "<a id=x href=\"javascript:document.title = 'hit'\">x</a>",
        "<style>body { background: url(http://127.0.0.1:9/x) }</style>",
        "<form id=f action=http://127.0.0.1:9/><button>x</button></form><iframe src=http://127.0.0.1:9/></iframe>",
    ],
)
def test_the_policy_alone_holds(browser: Browser, page_file: Path, markup: str) -> None:
    """Should escaping ever fail, what gets into the page neither runs nor asks for anything."""
    page_file.write_text(page_file.read_text(encoding="utf-8").replace("<h1>", f"{markup}<h1>", 1), encoding="utf-8")
    with opened(browser, page_file) as watched:
        if "id=x" in markup:
            watched.page.click("#x")
        if "id=f" in markup:
            watched.page.evaluate("document.querySelector('#f button').click()")
        watched.page.wait_for_timeout(50)
        assert watched.page.title() != "hit"
        assert watched.page.url.startswith("file:")
        refused = [message for message in watched.messages if "Content Security Policy" in message]
        assert refused
        assert watched.dialogs == []
