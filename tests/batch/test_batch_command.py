"""`brief batch` and `brief batch status`: options, lines, exit codes, signals."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from summarizer.cli.app import application, choose
from tests.stub import Stub
from tests.test_pipeline import echo


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(1, 5):
        text = f"Der Rat von Neustadt hat am Montag den Bericht Nummer {number} gelesen."
        (folder / f"a{number}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def no_lines_between(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is, no line on how far the run is."""
    monkeypatch.setattr("summarizer.cli.panel._LINE_SECONDS", 1e6)


@pytest.fixture
def endpoint(stub: Stub) -> list[str]:
    stub.answer = echo
    return ["--base-url", stub.base_url, "--model", "large", "--brief-only"]


def brief(*arguments: str) -> tuple[int, str, list[str]]:
    name, rest = choose(list(arguments))
    result = CliRunner(env={"BRIEF_MAX_WAIT": "0.02", "BRIEF_RETRIES": "0"}).invoke(application(name), rest)
    return result.exit_code, result.stdout, result.stderr.splitlines()


def test_the_command_is_one_or_two_words() -> None:
    assert choose(["batch", "status", "out"]) == ("batch status", ["out"])
    assert choose(["batch", "in", "status"]) == ("batch", ["in", "status"])
    assert choose(["a.txt"]) == (None, ["a.txt"])


@pytest.mark.parametrize("chosen", [["--glob", "*.foo"], []])
def test_nothing_to_work_on_is_said_before_anything_is_made(
    endpoint: list[str], articles: Path, tmp_path: Path, chosen: list[str]
) -> None:
    (tmp_path / "none").mkdir()
    named = articles if chosen else tmp_path / "none"
    for more in ([], ["--dry-run"]):
        code, stdout, lines = brief("batch", str(named), "-o", str(tmp_path / "out"), *chosen, *more, *endpoint)
        assert (code, stdout, len(lines)) == (2, "", 1)
        assert (chosen or ["no article"])[-1] in lines[0]
    assert not (tmp_path / "out").exists()


def test_plain_lines_and_the_last_one_says_how_to_go_on(
    endpoint: list[str], stub: Stub, articles: Path, tmp_path: Path
) -> None:
    out = str(tmp_path / "out")
    stub.fate = lambda body: "filter" if "Nummer 2 " in str(body["messages"]) else "ok"
    code, stdout, lines = brief("batch", str(articles), "-o", out, *endpoint)
    assert (code, stdout, len(lines)) == (1, "", 3)
    assert lines[0].startswith("brief: failed: a2.txt: The content filter")
    assert "3 of 4 done, 1 failed" in lines[1]
    assert "--retry-failed" in lines[2]
    assert "failed.jsonl" in lines[2]
    stub.fate = lambda _: "ok"
    assert brief("batch", str(articles), "-o", out, *endpoint, "--retry-failed")[0] == 0
    assert "done                 4" in brief("batch", "status", out)[1]
    assert json.loads(brief("batch", "status", out, "--json")[1])["done"] == 4


def test_what_is_refused_by_its_look_is_gone_on_with_by_the_flag_that_is_named(
    endpoint: list[str], articles: Path, tmp_path: Path
) -> None:
    (articles / "a1.txt").write_text("Seite nicht gefunden", encoding="utf-8")
    (articles / "a2.txt").write_text("The council met on Monday and decided nothing at all.", encoding="utf-8")
    command = ["batch", str(articles), "-o", str(tmp_path / "out"), *endpoint]
    code, _, lines = brief(*command)
    assert (code, len(lines)) == (1, 5)
    assert "--force" not in " ".join(lines)
    assert "2 refused" in lines[-1]
    assert brief(*command, "--any-language", "--retry-failed")[0] == 0
    code, _, lines = brief(str(articles / "a2.txt"), *endpoint)
    assert (code, len(lines)) == (3, 1)
    assert lines[0].endswith("not German; use --force to go on nevertheless.")


def test_json_lines(endpoint: list[str], articles: Path, tmp_path: Path) -> None:
    code, _, lines = brief("batch", str(articles), "-o", str(tmp_path / "out"), *endpoint, "--log-json")
    events = [json.loads(line) for line in lines]
    assert code == 0
    assert [event["event"] for event in events] == ["article"] * 4 + ["end"]
    assert events[0]["usage"]["requests"] == 1
    assert (events[-1]["done"], events[-1]["failed"], events[-1]["exit_code"]) == (4, 0, 0)
    assert events[-1]["stopped"] is None


def test_notes_and_the_reason_to_stop_are_json_too(
    endpoint: list[str], stub: Stub, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarizer.batch.run.Here.notes", ("the endpoint is odd",))
    stub.fate = lambda _: "401"
    code, _, lines = brief("batch", str(articles), "-o", str(tmp_path / "out"), *endpoint, "--log-json")
    note, end = [json.loads(line) for line in lines]
    assert note == {"event": "note", "message": "the endpoint is odd."}
    assert (code, end["event"], end["exit_code"]) == (4, "end", 4)
    assert "refused the key" in end["stopped"]


def test_a_dry_run_prints_one_line(endpoint: list[str], stub: Stub, articles: Path, tmp_path: Path) -> None:
    code, stdout, lines = brief("batch", str(articles), "-o", str(tmp_path / "out"), *endpoint, "--dry-run")
    assert (code, lines, stub.requests) == (0, [], [])
    assert stdout.startswith("4 articles: about 4 requests")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["nowhere"], 2, "nowhere"),
        ([], 2, "--urls"),
        (["IN", "--format", "opera"], 2, "markdown"),
        (["IN", "--kind", "opera"], 2, "news"),
        (["IN", "--budget", "much"], 2, "5USD"),
        (["IN", "--provider", "nobody"], 2, "openai"),
    ],
)
def test_what_is_wrong_is_one_line_before_any_request(
    endpoint: list[str], stub: Stub, articles: Path, tmp_path: Path, arguments: list[str], code: int, says: str
) -> None:
    named = [str(articles) if word == "IN" else word for word in arguments]
    got, _, lines = brief("batch", *named, "-o", str(tmp_path / "out"), *endpoint)
    assert (got, len(lines)) == (code, 1)
    assert says in lines[0]
    assert stub.requests == []


def test_an_output_that_cannot_be_made_is_one_line(endpoint: list[str], articles: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code, _, lines = brief("batch", str(articles), "-o", str(tmp_path / "file" / "out"), *endpoint)
    assert (code, len(lines)) == (2, 1)
    code, _, lines = brief("batch", "status", str(tmp_path / "nothing"))
    assert (code, len(lines)) == (2, 1)


@pytest.mark.skipif(os.name == "nt", reason="signals are sent the POSIX way")
@pytest.mark.parametrize("how", ["once", "kill"])
def test_stopped_and_started_again(endpoint: list[str], stub: Stub, articles: Path, tmp_path: Path, how: str) -> None:
    command = ["batch", str(articles), "-o", str(tmp_path / "out"), *endpoint]
    stub.fate = lambda body: "ok" if "Nummer 1 " in str(body["messages"]) else "slow:30"
    running = subprocess.Popen(
        [sys.executable, "-m", "summarizer", *command, "--concurrency", "2", "--grace", "0.2"],
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    done = tmp_path / "out" / "a1.json"
    while not done.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    running.send_signal(signal.SIGINT if how == "once" else signal.SIGKILL)
    _, errors = running.communicate(timeout=60)
    assert "Traceback" not in errors
    if how == "once":
        assert running.returncode == 130
        assert "run the same command again to go on" in errors
    stub.fate = lambda _: "ok"
    stub.requests.clear()
    assert brief(*command)[0] == 0
    assert len(list((tmp_path / "out").glob("a*.json"))) == 4
    assert len(stub.requests) == 3


def test_pages_come_with_an_index_of_them(endpoint: list[str], stub: Stub, articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (articles / "index.txt").write_text(
        "Der Rat von Neustadt hat am Montag den Bericht Nummer 9 gelesen.", encoding="utf-8"
    )
    command = ("batch", str(articles), "-o", str(out), *endpoint, "--format", "html")
    assert brief(*command)[0] == 0
    pages = sorted(path.name for path in out.glob("*.html"))
    assert len(pages) == 6
    shown = (out / "index.html").read_text(encoding="utf-8")
    assert all(f'href="{name}' in shown for name in pages if name != "index.html")  # also that of the article `index`
    asked = len(stub.requests)
    (out / "index.html").unlink()
    (articles / "new.txt").write_text("Der Rat hat am Montag den Bericht Nummer 10 gelesen.", encoding="utf-8")
    assert brief(*command)[0] == 0
    assert len(stub.requests) == asked + 1
    assert (out / "index.html").read_text(encoding="utf-8").count('href="') > shown.count('href="')
    (out / "index.html").unlink()
    assert brief(*command)[0] == 0
    assert (out / "index.html").is_file()


def test_a_foreign_index_is_not_replaced(endpoint: list[str], articles: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "index.html").write_text("mine", encoding="utf-8")
    command = ("batch", str(articles), "-o", str(tmp_path / "out"), *endpoint, "--format", "html")
    code, _, lines = brief(*command)
    assert code != 0
    assert "no page of this program" in lines[-1]
    assert (tmp_path / "out" / "index.html").read_text(encoding="utf-8") == "mine"
    assert brief(*command, "--force")[0] == 0
    assert "<html" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


def test_word_documents(endpoint: list[str], articles: Path, tmp_path: Path) -> None:
    pytest.importorskip("docx", reason="the extra `documents` is not installed")
    assert brief("batch", str(articles), "-o", str(tmp_path / "out"), *endpoint, "--format", "docx")[0] == 0
    assert {path.read_bytes()[:2] for path in (tmp_path / "out").glob("*.docx")} == {b"PK"}
