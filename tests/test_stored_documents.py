"""Documents that were made before: sound or not, and brought up to this version."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from summarizer import Document, InputError, parse_document, upgrade
from summarizer.cli import console
from summarizer.cli.app import application
from summarizer.document import SCHEMA_VERSION
from summarizer.support import support_of
from summarizer.validate import problems
from tests.documents import written


@cache
def made() -> Document[Any]:
    plain = written("council")
    assert plain.brief is not None
    support = support_of(plain.brief, plain.article, plain.translation).items
    return written("council", support=support)


def data() -> dict[str, Any]:
    """Return a sound document's data."""
    found: dict[str, Any] = json.loads(made().model_dump_json())
    return found


def read(changed: dict[str, Any]) -> Document[Any]:
    return parse_document(json.dumps(changed), whole=False)


def test_a_document_as_it_was_made_is_sound() -> None:
    assert list(problems(made())) == []


@pytest.mark.parametrize(
    ("where", "value", "says"),
    [
        (("article", "sentences", 1, "start"), 0, "offsets of s2"),
        (("translation", "segments", 0, "text"), "Something else.", "hash of its content"),
        (("brief", "headline", "evidence"), ["s99"], "/headline names s99"),
        (("support",), [], "support is not that"),
        (("id",), "0" * 64, "hash of its content"),
    ],
)
def test_what_does_not_hold_together_is_said(where: tuple[Any, ...], value: Any, says: str) -> None:
    found = data()
    part: Any = found
    for step in where[:-1]:
        part = part[step]
    part[where[-1]] = value
    assert any(says in problem for problem in problems(read(found)))


def test_a_segment_too_few_and_a_finding_about_nothing() -> None:
    found = data()
    found["translation"]["segments"].pop()
    found["findings"].append({"code": "x.y", "severity": "info", "where": "s99", "message": "Nowhere."})
    wrong = " ".join(problems(read(found)))
    assert "every sentence once" in wrong
    assert "about s99, which does not exist" in wrong
    with pytest.raises(InputError, match="every sentence once"):
        parse_document(json.dumps(found))


@pytest.mark.parametrize("command", [["check", "-d"], ["convert"], ["convert", "-f", "html"]])
def test_what_cannot_be_done_with_a_broken_document_is_said(tmp_path: Path, command: list[str]) -> None:
    changes: list[Any] = [list.pop, list.reverse, lambda segments: segments[0].update(id="s99")]
    for number, change in enumerate(changes):
        found = data()
        change(found["translation"]["segments"])
        path = tmp_path / f"{number}.json"
        path.write_text(json.dumps(found), encoding="utf-8")
        result = run(command[0], *command[1:], path)
        assert result.exit_code == 2
        assert "does not hold every sentence once" in result.stderr


def run(command: str, *arguments: object) -> Any:
    return CliRunner().invoke(application(command), [str(argument) for argument in arguments])


def test_the_command_says_which_are_sound(tmp_path: Path) -> None:
    sound, broken, none = tmp_path / "sound.json", tmp_path / "broken.json", tmp_path / "none.json"
    sound.write_text(json.dumps(data()), encoding="utf-8")
    broken.write_text(json.dumps({**data(), "id": "0" * 64}), encoding="utf-8")
    none.write_text("{}", encoding="utf-8")
    assert run("validate", sound).exit_code == 0
    assert run("validate", sound, "--quiet").stdout == ""
    result = run("validate", sound, broken)
    assert result.exit_code == 1
    assert f"{sound}: sound" in result.stdout
    assert f"{broken}: Its id is not the hash" in result.stdout
    result = run("validate", none, tmp_path / "absent.json", sound)
    assert result.exit_code == 2
    assert str(none) in result.stderr
    assert "absent.json cannot be read" in result.stderr
    assert f"{sound}: sound" in result.stdout, "the others are looked at all the same"


def test_an_older_document_is_brought_up_step_by_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = {
        "0.8": ("0.9", lambda old: {**old, "complete": old["whole"]}),
        "0.9": (SCHEMA_VERSION, lambda old: {key: value for key, value in old.items() if key != "whole"}),
    }
    monkeypatch.setattr(upgrade, "STEPS", steps)
    path = tmp_path / "old.json"
    old = {**data(), "schema_version": "0.8", "whole": True}
    del old["complete"]
    path.write_text(json.dumps(old), encoding="utf-8")
    assert read(old) == made()
    assert f"{path}: upgraded" in run("upgrade", path).stdout
    assert json.loads(path.read_bytes()) == data()
    assert f"{path}: current" in run("upgrade", path).stdout


@pytest.mark.parametrize("version", ["9.9", None, "0.1", 1.0])
def test_a_version_that_nobody_knows_is_refused(version: Any) -> None:
    with pytest.raises(InputError, match="install a newer"):
        read({**data(), "schema_version": version})


def test_a_brief_of_an_older_kind_goes_the_way_that_its_kind_says() -> None:
    steps = {"1.2": ("2.0", lambda old: {"points": old["key_points"]})}
    assert upgrade.brief_upgraded({"key_points": [1]}, "1.2", steps, "2.1") == {"points": [1]}
    assert upgrade.brief_upgraded({"a": 1}, "2.0", steps, "2.1") == {"a": 1}
    for version in ("1.1", "3.0"):
        with pytest.raises(InputError, match="says no way"):
            upgrade.brief_upgraded({}, version, steps, "2.1")


def test_a_document_nested_without_end_is_refused() -> None:
    with pytest.raises(InputError, match="not a document of this program"):
        parse_document('{"brief": ' + "[" * 100_000 + "]" * 100_000 + "}")


def test_what_cannot_be_upgraded_is_named_and_the_others_are(tmp_path: Path) -> None:
    broken, sound = tmp_path / "a.json", tmp_path / "b.json"
    broken.write_text("{", encoding="utf-8")
    sound.write_text(made().model_dump_json(), encoding="utf-8")
    result = run("upgrade", broken, tmp_path / "none.json", sound)
    assert result.exit_code == 2
    assert str(broken) in result.stderr
    assert "none.json cannot be read" in result.stderr
    assert result.stdout == f"{sound}: current\n"


def test_an_upgrade_that_cannot_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: str) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(console, "write_whole", full)
    monkeypatch.setattr(upgrade, "STEPS", {"0.9": (SCHEMA_VERSION, lambda old: old)})
    path = tmp_path / "old.json"
    path.write_text(json.dumps({**data(), "schema_version": "0.9"}), encoding="utf-8")
    result = run("upgrade", path)
    assert result.exit_code == 2
    assert f"{path} cannot be written (No space left on device)" in result.stderr


def test_a_file_name_that_is_no_text_is_shown_all_the_same(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.json"))
    path.write_text(made().model_dump_json(), encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "summarizer", "validate", path], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.endswith(b"\\udcff.json: sound\n")
