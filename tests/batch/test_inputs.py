"""What a batch works on: every kind of input, what is carried along, and what is broken."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from summarizer.batch.entries import metadata
from summarizer.batch.inputs import Inputs
from summarizer.errors import InputError

TEXT = "Der Rat hat am Montag nichts beschlossen."
ROW = {"text": TEXT, "key": "a/1", "title": "Der Rat", "author": ["A", "B"], "date": "06.11.2025", "link": "http://x/"}


def addresses(*named: Path | str, **options: Any) -> list[str]:
    return [entry.address for entry in Inputs([str(name) for name in named], **options).entries()]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.md", "sub/c.txt", ".hidden/d.txt", "sub/.e.txt", "picture.png", "out/f.txt"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")
    return tmp_path / "in"


def test_a_folder_is_walked_in_order_without_hidden_files_and_results(tree: Path) -> None:
    assert addresses(tree, without=[tree / "out"]) == ["a.md", "b.txt", "sub/c.txt"]
    assert addresses(tree, glob="*.png") == ["picture.png"]
    assert addresses(tree, glob="sub/**/*.txt") == ["sub/c.txt"]
    assert Inputs([str(tree)]).count() == 4


@pytest.mark.parametrize("glob", [None, "*.txt", "**/*.txt"])
def test_what_is_an_input_is_known_of_every_file(tree: Path, glob: str | None) -> None:
    inputs = Inputs([f"{tree}/../in", str(tree / "picture.png")], glob, tree / "urls", without=[tree / "out"])
    held = inputs.holds()
    assert all(held(tree / name) for name in ("b.txt", "sub/../sub/c.txt", "picture.png", "urls"))
    assert not any(held(tree / name) for name in ("other.png", "out/f.txt", "../b.txt"))


def test_addresses_are_relative_to_what_the_inputs_have_in_common(tree: Path) -> None:
    assert addresses(tree / "sub", tree / "out") == ["sub/c.txt", "out/f.txt"]
    assert addresses(tree / "b.txt", tree / "sub" / "c.txt") == ["b.txt", "sub/c.txt"]
    assert addresses(tree / "b.txt") == ["b.txt"]


def _csv(path: Path, rows: list[dict[str, Any]]) -> None:
    lines = [";".join(rows[0])] + [";".join(str(value) for value in row.values()) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")


def _parquet(path: Path, rows: list[dict[str, Any]]) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    pytest.importorskip("pyarrow.parquet").write_table(pyarrow.Table.from_pylist(rows), path)


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".parquet"])
def test_tables_give_an_article_a_row_with_its_metadata(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"rows{suffix}"
    row = ROW if suffix != ".csv" else {**ROW, "author": "A, B"}
    rows = [row, {**row, "key": "2"}]
    if suffix == ".jsonl":
        path.write_text("\n".join(map(json.dumps, rows)) + "\n\n", encoding="utf-8")
    else:
        {".csv": _csv, ".parquet": _parquet}[suffix](path, rows)
    inputs = Inputs([str(path)], id_field="key")
    first, second = inputs.entries()
    assert (first.address, second.address) == (f"rows{suffix}#a/1", f"rows{suffix}#2")
    assert inputs.count() == 2
    source = first.read()
    assert (source.text, source.title, source.byline) == (TEXT, "Der Rat", "A, B")
    assert (source.published, source.url) == ("2025-11-06", "http://x/")
    assert first.digest() == second.digest()
    assert [entry.address for entry in Inputs([str(path)]).entries()] == [
        f"rows{suffix}#000001",
        f"rows{suffix}#000002",
    ]


def test_one_bad_row_is_said_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    rows = [
        '{"text": "Gut.", "id": 1}',
        "{broken",
        "[]",
        '{"body": "Kein Text."}',
        '{"text": " "}',
        '{"text": "Auch."}',
    ]
    path.write_text("\n".join(rows), encoding="utf-8")
    entries = list(Inputs([str(path)]).entries())
    assert [entry.address[-1] for entry in entries] == list("123456")
    assert entries[0].read().text == "Gut."
    assert entries[5].read().text == "Auch."
    for entry, says in zip(
        entries[1:5], ("not JSON", "not a JSON object", "--text-field", "--text-field"), strict=True
    ):
        with pytest.raises(InputError, match=says):
            entry.read()
    (row,) = list(Inputs([str(path)], id_field="id", text_field="body").entries())[3:4]
    with pytest.raises(InputError, match="--id-field"):
        row.read()


def test_a_row_with_more_fields_than_the_head_line_is_said_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("text,title\nEin Text, der nicht in Zeichen steht,Titel\nGut.,Titel,,\n", encoding="utf-8")
    broken, whole = Inputs([str(path)]).entries()
    with pytest.raises(InputError, match=r"Row 1 .* more fields"):
        broken.read()
    assert whole.read().title == "Titel"


@pytest.mark.parametrize("name", ["broken.parquet", "latin.csv"])
def test_a_table_that_cannot_be_read_is_one_entry_that_says_so(tmp_path: Path, name: str) -> None:
    if name.endswith(".parquet"):
        pytest.importorskip("pyarrow")
    (tmp_path / name).write_bytes(b"text\n\xe4\xf6\xfc\n")
    (entry,) = Inputs([str(tmp_path / name)]).entries()
    with pytest.raises(InputError, match=name):
        entry.read()
    assert Inputs([str(tmp_path / name)]).count() == 0


def test_urls_are_listed_one_a_line(tmp_path: Path) -> None:
    listed = tmp_path / "urls.txt"
    listed.write_text("# news\nhttps://example.org/a\n\nnonsense\n", encoding="utf-8")
    entries = list(Inputs(["https://example.org/b"], urls=listed).entries())
    assert [entry.address for entry in entries] == ["https://example.org/b", "https://example.org/a", "nonsense"]
    assert len({entry.digest() for entry in entries}) == 3
    with pytest.raises(InputError, match="not a web address"):
        entries[2].read()


def test_articles_are_counted_as_far_as_that_is_known_without_the_network(tmp_path: Path) -> None:
    items = "".join(f"<item><title>Rat</title><link>http://example.org/{n}</link></item>" for n in range(3))
    feed = tmp_path / "feed.rss"
    feed.write_text(f'<rss version="2.0"><channel><title>Bote</title>{items}</channel></rss>', encoding="utf-8")
    assert Inputs([str(feed)]).count() == len(addresses(feed)) == 3
    for address in ("https://example.org/a", "https://example.org/rows.csv"):
        assert Inputs([str(feed), address]).count() is None


def test_what_is_not_there_is_said_at_once_and_what_vanishes_when_it_is_read(tree: Path) -> None:
    for inputs in (Inputs([str(tree / "no")]), Inputs([], urls=tree / "no"), Inputs([])):
        with pytest.raises(InputError):
            inputs.check()
    entry = next(Inputs([str(tree / "b.txt")]).entries())
    (tree / "b.txt").unlink()
    with pytest.raises(InputError, match="no longer there"):
        entry.digest()


@pytest.mark.parametrize(
    ("value", "published"),
    [
        ("2025-11-06T10:00:00+01:00", "2025-11-06"),
        ("Thu, 06 Nov 2025 10:00:00 +0100", "2025-11-06"),
        (datetime.date(2025, 11, 6), "2025-11-06"),
        ("6.11.2025", "2025-11-06"),
        ("gestern", None),
        ("31.13.2025", None),
        (None, None),
    ],
)
def test_dates_of_publication(value: object, published: str | None) -> None:
    assert metadata({"Date": value}).get("published") == published
