"""Many documents: pages and an index for a folder, tables of what they say."""

from __future__ import annotations

import csv
import io
import os
import re
from pathlib import Path
from typing import Any

import polars
import pytest
from pyarrow import parquet

from summarizer import Document
from summarizer.collection import documents
from summarizer.export import COLUMNS
from summarizer.renderers import index
from tests.browser import chromium, opened, violations
from tests.documents import written
from tests.test_cli import brief
from tests.test_page import HOSTILE_PAGE, Shape, flooded
from tests.test_renderers import FULL, made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as a batch leaves it: documents in folders, a journal, and something that is no document."""
    (tmp_path / "städte").mkdir()
    (tmp_path / ".brief").mkdir()
    (tmp_path / "städte" / "council #1.json").write_text(dated("council", "2026-03-05").model_dump_json(), "utf-8")
    (tmp_path / "figures.json").write_text(dated("figures", "2026-02-01").model_dump_json(), "utf-8")
    (tmp_path / "ferry.json").write_text(made(brief=FULL).model_dump_json(), "utf-8")
    (tmp_path / "other.json").write_text("{}", "utf-8")
    (tmp_path / ".brief" / "hidden.json").write_text("{}", "utf-8")
    return tmp_path


def dated(name: str, day: str) -> Document[Any]:
    document = written(name)
    return document.model_copy(update={"article": document.article.model_copy(update={"published": day})})


def test_a_folder_gives_its_documents_and_reports_the_rest(folder: Path) -> None:
    said: list[str] = []
    assert [name for name, _ in documents(folder, said.append)] == [
        "ferry.json",
        "figures.json",
        "städte/council #1.json",
    ]
    assert [line.split(" is passed over")[0] for line in said] == ["other.json"]


def test_pages_and_an_index_that_links_them(folder: Path) -> None:
    done = brief("index", str(folder))
    assert done.returncode == 1, "one file is no document"
    assert "3 articles, 3 of their pages written" in done.stderr
    shape = Shape((folder / "index.html").read_text(encoding="utf-8"))
    links = [link for link in shape.links if not link.startswith("#")]
    assert links[:3] == ["st%C3%A4dte/council%20%231.html", "figures.html", "ferry.html"], "newest first"
    assert "ferry.html#events-0" in links
    assert (folder / "städte" / "council #1.html").exists()
    assert "3 articles, 0 of their pages" in brief("index", str(folder)).stderr
    os.utime(folder / "ferry.html", (1, 1))
    assert "1 of their pages" in brief("index", str(folder)).stderr


def test_a_page_of_somebody_else_is_not_replaced(folder: Path) -> None:
    (folder / "index.html").write_text("<h1>My own page</h1>", "utf-8")
    done = brief("index", str(folder))
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "My own page" in (folder / "index.html").read_text(encoding="utf-8")
    (folder / "index.html").unlink()
    (folder / "index.html").mkdir()
    done = brief("index", str(folder))
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), "nor is a folder of that name"


@pytest.mark.parametrize("command", [["index"], ["export", "-t", "claims"], ["eval"]])
@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_a_folder_without_documents_is_said(tmp_path: Path, name: str, command: list[str]) -> None:
    (tmp_path / "empty").mkdir()
    done = brief(*command, str(tmp_path / name))
    assert (done.returncode, len(done.stderr.splitlines()), done.stdout) == (2, 1, "")


def test_the_exit_code_says_whether_all_documents_were_read(folder: Path) -> None:
    table = ["export", str(folder), "-t", "claims"]
    for command, code in (
        (["index", str(folder)], 1),
        (table, 1),
        ([*table, "-o", str(folder / "t.csv")], 1),
        (["eval", str(folder)], 2),
    ):
        assert brief(*command).returncode == code
    (folder / "other.json").unlink()
    for command in (["index", str(folder)], table, [*table, "-o", str(folder / "t.csv")], ["eval", str(folder)]):
        assert brief(*command).returncode == 0
    for path in folder.rglob("*.json"):
        path.write_text("{}", "utf-8")
    done = brief(*table, "-o", str(folder / "none.csv"))
    assert (done.returncode, (folder / "none.csv").exists()) == (2, False)


def test_no_text_becomes_markup_in_the_index() -> None:
    ordinary = Shape(index.render([index.entry(flooded("word"), "a.html")]))
    for text in HOSTILE_PAGE:
        shape = Shape(index.render([index.entry(flooded(text), text.encode(errors="ignore").decode() + "\udcff.html")]))
        assert set(shape.tags) <= set(ordinary.tags), text
        assert shape.attributes <= ordinary.attributes | {("time", "datetime"), ("p", "lang")}, text
        assert shape.tags.count("script") == shape.tags.count("style") == 1
        assert not any(re.match(r"(?i)\s*(javascript|data|vbscript):", link) for link in shape.links)


def test_search_filters_and_timeline_in_a_browser(folder: Path) -> None:
    brief("index", str(folder))
    with chromium() as browser, opened(browser, folder / "index.html") as watched:
        page = watched.page
        shown = page.locator("#articles > li:visible")
        assert shown.count() == 3
        page.fill("#words", "market SQUARE")
        assert (shown.count(), page.locator("#count").inner_text()) == (1, "1 shown")
        page.click("button[type=reset]")
        page.wait_for_function("document.getElementById('count').textContent === '3 shown'")
        page.select_option("#place", "Cologne")
        assert shown.count() == 1
        assert page.locator("#timeline li:visible").all_inner_texts()[0].startswith("1 March 2026")
        page.select_option("#place", "")
        page.select_option("#topic", "politics and government")
        assert shown.count() == 1
        assert page.locator("#timeline li:visible").count() == 0
        page.select_option("#topic", "")
        page.fill("#from", "2026-02-15")
        assert "Lindenau" in shown.inner_text()
        page.fill("#from", "")
        assert violations(page) == []
        page.emulate_media(color_scheme="dark")
        assert violations(page) == []
        page.click("#timeline a >> nth=0")
        assert page.url.endswith("#events-0")
        assert page.locator("#events-0").is_visible()
        assert [deed for deed in watched.deeds if not deed.startswith(folder.as_uri())] == []


# --- tables


@pytest.mark.parametrize(
    ("table", "count", "expected"),
    [
        ("claims", 3 + 1 + 3 + 8, {"text": "A referendum is not ruled out.", "stance": "stated", "evidence": "s18"}),
        ("entities", 1 + 4, {"type": "organisation", "name": "Freie Wähler", "name_as_printed": "Freien Wähler"}),
        ("events", 1 + 3, {"what": "It starts.", "iso": "2026-03-01", "where": "Cologne", "who": "operator"}),
        ("quotations", 1 + 2, {"speaker": "the mayor", "english": "bitter but democratic decision"}),
    ],
)
def test_a_table_has_a_row_for_each_item(folder: Path, table: str, count: int, expected: dict[str, str]) -> None:
    (folder / "figures.json").unlink()
    for name in ("t.csv", "t.parquet"):
        done = brief("export", str(folder), "--table", table, "-o", str(folder / name))
        assert done.returncode == 1, "one file is no document"
        assert f"{count} rows" in done.stderr
    rows = list(csv.DictReader(io.StringIO((folder / "t.csv").read_text(encoding="utf-8"))))
    assert tuple(rows[0]) == COLUMNS[table]  # type: ignore[index]  # the name of a table
    (row,) = (row for row in rows if expected.items() <= row.items())
    assert row["german"]
    wrong = brief("export", str(folder), "--table", table, "-o", str(folder / "t.xlsx"))
    assert (wrong.returncode, (folder / "t.xlsx").exists()) == (2, False)
    assert "give a .csv or a .parquet file" in wrong.stderr
    piped = brief("export", str(folder), "--table", table).stdout
    assert list(csv.DictReader(io.StringIO(piped))) == rows
    for frame in (polars.read_parquet(folder / "t.parquet"), polars.read_csv(folder / "t.csv")):
        assert frame.height == count, "another reader gets every row"
    assert parquet.read_table(folder / "t.parquet").column_names == list(rows[0])


def test_a_jsonl_file_of_documents_is_read(tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    path.write_text(f"{made(brief=FULL).model_dump_json()}\n\nnonsense\n", "utf-8")
    done = brief("export", str(path), "-t", "claims")
    assert len(done.stdout.splitlines()) == 1 + 3
    assert "all.jsonl:3 is passed over" in done.stderr


def test_a_file_name_that_is_not_utf8_is_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"l\xe4ndlich.json")
    try:
        path.write_text(made(brief=FULL).model_dump_json(), "utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert brief("index", str(tmp_path)).returncode == 0
    assert 'href="l%E4ndlich.html"' in (tmp_path / "index.html").read_text(encoding="utf-8")
    (row,) = csv.DictReader(io.StringIO(brief("export", str(tmp_path), "-t", "quotations").stdout))
    assert row["file"] == "l?ndlich.json"


def test_a_cell_is_no_formula(tmp_path: Path) -> None:
    claim = {"text": '=HYPERLINK("http://h.example")', "evidence": ("s1",), "stance": "stated"}
    (tmp_path / "a.json").write_text(made(brief={"key_points": (claim,)}).model_dump_json(), "utf-8")
    (row,) = csv.DictReader(io.StringIO(brief("export", str(tmp_path), "-t", "claims").stdout))
    assert row["text"].startswith("'=")
