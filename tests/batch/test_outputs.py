"""Names of results: safe everywhere, apart from one another, like the inputs' own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from summarizer.batch.outputs import Place, output_name, write_single
from summarizer.errors import InputError


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("a.txt", "a.json"),
        ("x/y/mein Artikel.md", "x/y/mein Artikel.json"),
        ("rows.jsonl#17", "rows/17.json"),
        ("sub/rows.csv#000001", "sub/rows/000001.json"),
        ("https://www.example.org/a/b-1.html?x", "www.example.org/a/b-1.json"),
        ("a#1.txt", "a#1.json"),
        ("../more/a.txt", "more/a.json"),
        ("../rows.jsonl#17", "rows/17.json"),
    ],
)
def test_names_are_the_inputs_own(address: str, name: str) -> None:
    assert output_name(address, "json") == name
    assert output_name(address, "text") == name[:-5] + ".txt"
    assert output_name(address, "xliff") == name[:-5] + ".xlf"


@pytest.mark.parametrize(
    "address",
    ["../../etc/passwd", "rows.jsonl#../../x", "rows.jsonl#/etc/x", "rows.jsonl#a\nb\x1b[2J\u202e", "rows.jsonl#..",
     "con.txt", "rows.jsonl#" + "ü" * 500, "rows.jsonl#.brief", ".brief/journal.sqlite", "https://../x"],
)  # fmt: skip
def test_no_name_leaves_the_folder_or_acts(address: str) -> None:
    name = output_name(address, "json")
    assert ".." not in name.split("/")
    assert not name.startswith(("/", "."))
    assert name.isprintable()
    assert all(len(part.encode()) <= 140 and not part.startswith(".") for part in name.split("/"))
    assert output_name("rows.jsonl#a:b", "json") != output_name("rows.jsonl#a_b", "json")


def test_a_single_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("old", encoding="utf-8")
    assert write_single(path, ['{"a": 1}', '{"a": 2}']) == 2
    assert [json.loads(line)["a"] for line in path.read_text(encoding="utf-8").splitlines()] == [1, 2]

    def broken() -> object:
        yield '{"a": 3}'
        raise OSError(28, "No space left on device")

    with pytest.raises(InputError, match="No space left"):
        write_single(path, broken())  # type: ignore[arg-type]
    assert len(path.read_text(encoding="utf-8").splitlines()) == 2
    assert [item.name for item in tmp_path.iterdir()] == ["out.jsonl"]


def test_the_state_lies_beside_the_results(tmp_path: Path) -> None:
    assert Place(tmp_path / "out").journal == tmp_path / "out" / ".brief" / "journal.sqlite"
    assert Place(tmp_path / "out.jsonl").journal == tmp_path / ".out.jsonl.brief" / "journal.sqlite"
    assert Place(tmp_path / "out.parquet").failed == tmp_path / "out.failed.jsonl"
    (tmp_path / "file").touch()
    (tmp_path / "dir.jsonl").mkdir()
    for output in (tmp_path / "file" / "out", tmp_path / "dir.jsonl"):
        with pytest.raises(InputError):
            Place(output).prepare()
