"""A batch from inputs to results: resumed, retried, stopped, limited; nothing lost, nothing done twice."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sqlite3
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from summarizer.batch import Ended, Job, Outcome, arun_batch, run_batch
from summarizer.batch.estimate import estimate
from summarizer.batch.journal import Journal, Record
from summarizer.batch.ledger import Ledger
from summarizer.batch.local import Control
from summarizer.batch.outputs import Place
from summarizer.batch.status import read_status, status_text
from summarizer.errors import BudgetError, EndpointError, ExitCode, InputError, SetupError
from summarizer.kinds import parse_document
from summarizer.settings import Settings
from tests.stub import Stub
from tests.test_pipeline import echo

Run = Callable[..., Outcome]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    for number in range(1, 7):
        path = folder / ("sub" if number > 4 else "") / f"a{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text(number), encoding="utf-8")
    return folder


def text(number: int) -> str:
    return f"Der Rat von Neustadt hat am Montag den Bericht Nummer {number} gelesen und nichts beschlossen."


@pytest.fixture
def batch(stub: Stub, articles: Path, tmp_path: Path) -> Run:
    """Run a batch of briefs over the six articles: a request each, unless said otherwise."""
    stub.answer = echo

    def run(**values: Any) -> Outcome:
        return run_batch(job(stub, articles, values.pop("output", tmp_path / "out"), **values))

    return run


def job(stub: Stub, articles: Path, output: Path, **values: Any) -> Job:
    names = {"retries", "concurrency", "model", "kind", "temperature", "cache", "base_url", "reasks", "prompts_dir"}
    settings = {name: values.pop(name) for name in names & set(values)}
    defaults: dict[str, Any] = {"base_url": stub.base_url, "model": "large", "max_wait": 0.02, "retries": 0}
    inputs = values.pop("inputs", [str(articles)])
    return Job(
        inputs, values.pop("output", output), Settings(**{**defaults, **settings}), **{"task": "brief", **values}
    )


def test_results_mirror_the_inputs_and_a_second_run_asks_nothing(batch: Run, stub: Stub, tmp_path: Path) -> None:
    outcome = batch()
    assert outcome.exit_code == ExitCode.OK
    assert outcome.tally.done == len(stub.requests) == 6
    names = sorted(path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("a*.json"))
    assert names == ["a1.json", "a2.json", "a3.json", "a4.json", "sub/a5.json", "sub/a6.json"]
    document = parse_document((tmp_path / "out" / "a1.json").read_bytes())
    assert document.complete
    assert document.article.sentences[0].text == text(1)
    times = {name: (tmp_path / "out" / name).stat().st_mtime_ns for name in names}
    again = batch()
    assert (again.tally.done, again.tally.before["done"]) == (0, 6)
    assert len(stub.requests) == 6
    assert {name: (tmp_path / "out" / name).stat().st_mtime_ns for name in names} == times


def test_only_what_changed_is_done_again(batch: Run, stub: Stub, articles: Path, tmp_path: Path) -> None:
    batch()
    (articles / "a1.txt").write_text(text(100), encoding="utf-8")
    (articles / "a7.txt").write_text(text(7), encoding="utf-8")
    (tmp_path / "out" / "a2.json").unlink()
    outcome = batch()
    assert (outcome.tally.done, outcome.tally.before["done"]) == (3, 4)
    assert len(stub.requests) == 8  # of the lost result the answers were kept
    assert text(100) in (tmp_path / "out" / "a1.json").read_text(encoding="utf-8")
    for change in ({"model": "small"}, {"kind": "security"}, {"temperature": 0.5}):
        assert batch(**change).tally.done == 7
    assert batch(retries=3, concurrency=2, temperature=0.5).tally.done == 0


def test_another_format_takes_the_kept_answers(batch: Run, stub: Stub, tmp_path: Path) -> None:
    batch()
    assert batch(format="markdown").tally.done == 6
    assert len(stub.requests) == 6
    assert (tmp_path / "out" / "a1.md").read_text(encoding="utf-8").startswith("# ")


def test_a_changed_brief_does_not_translate_again(batch: Run, stub: Stub) -> None:
    batch(task="translate", kind="news")
    asked = len(stub.requests)
    batch(task="both")
    assert len(stub.requests) == asked + 6


def test_equal_articles_are_asked_for_once(batch: Run, stub: Stub, articles: Path, tmp_path: Path) -> None:
    for number in range(2, 7):
        (articles / ("sub" if number > 4 else "") / f"a{number}.txt").write_text(text(1), encoding="utf-8")
    assert batch(keep_answers=False).tally.done == 6
    assert len(stub.requests) == 1
    sources = {json.loads(path.read_bytes())["article"]["source"] for path in (tmp_path / "out").rglob("a*.json")}
    assert len(sources) == 6
    assert not (tmp_path / "out" / ".brief" / "answers.sqlite").exists()


def test_failures_are_listed_never_kept_and_tried_again_when_asked(batch: Run, stub: Stub, tmp_path: Path) -> None:
    stub.fate = lambda body: "text:nonsense" if "Nummer 2 " in str(body["messages"]) else "ok"
    outcome = batch(reasks=0)
    assert outcome.exit_code == ExitCode.INCOMPLETE
    assert (outcome.tally.done, outcome.tally.failed) == (5, 1)
    (line,) = (tmp_path / "out" / "failed.jsonl").read_text(encoding="utf-8").splitlines()
    failed = json.loads(line)
    assert (failed["address"], failed["state"], failed["exit_code"]) == ("a2.txt", "failed", 5)
    assert "schema" in failed["error"]
    stub.fate = lambda _: "ok"
    still = batch(reasks=0)
    assert still.exit_code == ExitCode.INCOMPLETE
    assert still.tally.before["failed"] == 1
    assert batch(reasks=0, retry_failed=True).exit_code == ExitCode.OK
    assert len(stub.requests) == 7
    assert not (tmp_path / "out" / "failed.jsonl").exists()


@pytest.mark.parametrize("name", ["out", "all.jsonl"])
def test_what_is_no_longer_among_the_inputs_is_not_listed_until_it_comes_back(
    batch: Run, stub: Stub, articles: Path, tmp_path: Path, name: str
) -> None:
    output = tmp_path / name
    stub.fate = lambda body: "filter" if "Nummer 2 " in str(body["messages"]) else "ok"
    (articles / "a1.txt").write_text("", encoding="utf-8")
    batch(output=output)
    assert read_status(output).failed == 2
    (articles / "a1.txt").unlink()
    moved = (articles / "a2.txt").rename(tmp_path / "a2.txt")
    with Ledger(job(stub, articles, output).sources, Place(output), "recipe") as ledger:
        next(iter(ledger.pending()))
        ledger.close_up()  # a run that is stopped has not met all
    assert read_status(output).failed == 2
    assert batch(output=output).exit_code == ExitCode.OK
    assert (read_status(output).failed, read_status(output).failures) == (0, [])
    assert not Place(output).failed.exists()
    moved.rename(articles / "a2.txt")
    assert batch(output=output).tally.before["failed"] == 1
    assert [failure.address for failure in read_status(output).failures] == ["a2.txt"]
    assert "a2.txt" in Place(output).failed.read_text(encoding="utf-8")
    assert len(stub.requests) == 5


def test_a_file_that_cannot_be_read_stays_listed(batch: Run, articles: Path, tmp_path: Path) -> None:
    (articles / "a1.txt").unlink()
    (articles / "a1.txt").symlink_to(articles / "nowhere")
    for _ in range(2):
        assert batch().tally.not_done == 1
        assert "a1.txt" in Place(tmp_path / "out").failed.read_text(encoding="utf-8")


def test_status_reads_a_journal_of_an_older_version(batch: Run, stub: Stub, tmp_path: Path) -> None:
    stub.fate = lambda body: "filter" if "Nummer 3 " in str(body["messages"]) else "ok"
    batch()
    with sqlite3.connect(Place(tmp_path / "out").journal) as journal:
        journal.execute("DROP TABLE gone")
    assert read_status(tmp_path / "out").failed == 1


def test_a_failure_says_that_a_result_of_an_earlier_run_stands(
    batch: Run, stub: Stub, articles: Path, tmp_path: Path
) -> None:
    batch()
    (articles / "a1.txt").write_text(text(2), encoding="utf-8")
    (articles / "a2.txt").write_text("", encoding="utf-8")
    (articles / "a7.txt").write_text("", encoding="utf-8")
    stub.fate = lambda _: "filter"
    for retry in (False, True):
        batch(keep_answers=False, retry_failed=retry)
        errors = [failure.error or "" for failure in read_status(tmp_path / "out").failures]
        ends = [
            error.endswith(f" a{number}.json is still that of an earlier run.")
            for number, error in enumerate(errors, 1)
        ]
        assert ends == [True, True, False]


def test_an_incomplete_document_is_written_listed_and_kept_when_the_retry_fails(
    batch: Run, stub: Stub, tmp_path: Path
) -> None:
    stub.fate = lambda body: (
        "500" if "Nummer 2 " in str(body) and "response_format" in body and "key_points" in str(body) else "ok"
    )
    outcome = batch(task="both")
    assert (outcome.tally.done, outcome.tally.incomplete) == (5, 1)
    assert json.loads((tmp_path / "out" / "a2.json").read_bytes())["complete"] is False
    stub.fate = lambda _: "500"
    batch(task="both", retry_failed=True, keep_answers=False)
    (failure,) = read_status(tmp_path / "out").failures
    assert (failure.state, failure.attempts) == ("incomplete", 2)
    assert json.loads((tmp_path / "out" / "a2.json").read_bytes())["translation"] is not None


def test_status_for_people_and_programs(batch: Run, stub: Stub, tmp_path: Path) -> None:
    stub.fate = lambda body: "filter" if "Nummer 3 " in str(body["messages"]) else "ok"
    batch()
    found = read_status(tmp_path / "out")
    assert (found.done, found.failed, found.requests, found.input_tokens, found.running) == (5, 1, 6, 600, False)
    assert "failed: a3.txt: The content filter" in status_text(found)
    with pytest.raises(InputError, match="no batch"):
        read_status(tmp_path / "in")


def test_what_a_failed_article_took_is_counted(batch: Run, stub: Stub, tmp_path: Path) -> None:
    stub.fate = lambda body: "text:nonsense" if "Nummer 2 " in str(body["messages"]) else "ok"
    outcome = batch(reasks=1)
    assert (outcome.tally.failed, outcome.tally.requests, outcome.tally.input_tokens) == (1, 7, 700)
    found = read_status(tmp_path / "out")
    assert (found.requests, found.input_tokens) == (7, 700)


def test_to_look_at_a_batch_writes_nothing(batch: Run, stub: Stub, articles: Path, tmp_path: Path) -> None:
    batch()
    state = Place(tmp_path / "out").state
    (state / "lock").unlink(missing_ok=True)

    def there() -> dict[str, int]:
        return {path.name: path.stat().st_mtime_ns for path in state.iterdir()}

    before = there()
    assert read_status(tmp_path / "out").done == 6
    assert there() == before
    with Ledger(job(stub, articles, tmp_path / "out").sources, Place(tmp_path / "out"), "recipe") as ledger:
        with sqlite3.connect(ledger.place.journal) as other:
            other.execute("UPDATE articles SET state = 'failed' WHERE address = 'a1.txt'")
        assert read_status(tmp_path / "out").failed == 1  # from the log
        with Journal(ledger.place.journal, readonly=True) as journal, pytest.raises(InputError, match="readonly"):
            journal.write(Record("a", "b", "done"))


def test_a_run_waits_a_moment_for_who_looks(batch: Run, tmp_path: Path) -> None:
    batch()
    looking = FileLock(Place(tmp_path / "out").lock, thread_local=False)
    looking.acquire()
    threading.Timer(0.1, looking.release).start()
    assert batch().tally.before["done"] == 6


def test_one_line_each_and_the_rest_goes_on(batch: Run, articles: Path, stub: Stub, tmp_path: Path) -> None:
    (articles / "a1.txt").write_bytes(b"\x00\x01\x02\xff" * 100)
    (articles / "a2.txt").write_text("", encoding="utf-8")
    (articles / "a3.txt").write_text("The council met on Monday and decided nothing at all.", encoding="utf-8")
    (tmp_path / "out" / "a4.json").mkdir(parents=True)
    (tmp_path / "out" / "sub").mkdir()
    (tmp_path / "out" / "sub" / "a5.json").write_text("mine", encoding="utf-8")
    seen: list[Ended] = []
    outcome = run_batch(job(stub, articles, tmp_path / "out"), watch=seen.append)
    assert (outcome.tally.done, outcome.tally.failed) == (1, 5)
    errors = {item.address: item.error or "" for item in seen if item.state == "failed"}
    assert sorted(errors) == ["a1.txt", "a2.txt", "a3.txt", "a4.txt", "sub/a5.txt"]
    assert all(len(error.splitlines()) == 1 for error in errors.values())
    assert "--force" in errors["sub/a5.txt"]
    assert len(stub.requests) == 1
    assert (tmp_path / "out" / "sub" / "a5.json").read_text(encoding="utf-8") == "mine"
    assert batch(overwrite=True, any_language=True, retry_failed=True).tally.done == 2


@pytest.mark.parametrize(
    ("module", "values"), [("pyarrow", {"output": Path("all.parquet")}), ("docx", {"format": "docx"})]
)
def test_a_package_that_is_missing_is_noticed_before_anything_is_asked(
    batch: Run, stub: Stub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, module: str, values: dict[str, Any]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(SetupError, match=f"{module}.* is missing"):
        batch(**values)
    assert stub.requests == []


def test_a_result_that_cannot_be_written_fails_alone(batch: Run, stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    from summarizer.batch import ledger

    def full(path: Path, content: str | bytes) -> None:
        if path.name == "a2.json":
            raise OSError(28, "No space left on device")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    monkeypatch.setattr(ledger, "write_whole", full)
    outcome = batch()
    assert (outcome.tally.done, outcome.tally.failed) == (5, 1)
    monkeypatch.undo()
    assert batch(retry_failed=True).exit_code == ExitCode.OK
    assert len(stub.requests) == 6  # its answer was kept


def test_a_journal_that_breaks_stops_the_run_with_one_sentence(
    batch: Run, stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    from summarizer.batch.journal import Journal

    def full(self: Journal, *_: Any) -> None:
        with self._said():
            raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Journal, "write", full)
    outcome = batch(concurrency=1)
    assert isinstance(outcome.stopped, InputError)
    assert "disk full" in str(outcome.stopped)
    assert len(stub.requests) == 1
    monkeypatch.undo()
    assert batch(overwrite=True).tally.done == 6
    assert len(stub.requests) == 6


def test_a_wrong_key_stops_the_run_and_fails_no_article(batch: Run, stub: Stub, tmp_path: Path) -> None:
    stub.fate = lambda _: "401"
    outcome = batch(concurrency=1)
    assert isinstance(outcome.stopped, SetupError)
    assert outcome.exit_code == ExitCode.SETUP
    assert len(stub.requests) == 1
    stub.fate = lambda _: "ok"
    assert batch().tally.done == 6


def test_an_endpoint_that_is_down_is_given_up(
    batch: Run, stub: Stub, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarizer.batch.local.DOWN_AFTER", 3)
    stub.fate = lambda _: "500"
    outcome = batch(concurrency=1)
    assert isinstance(outcome.stopped, EndpointError)
    assert outcome.exit_code == ExitCode.ENDPOINT
    assert len(stub.requests) == 3
    assert outcome.tally.failed == 2


def test_an_error_in_the_program_is_raised_when_what_is_in_flight_has_ended(
    batch: Run, stub: Stub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from summarizer.batch.inputs import Inputs

    entries = Inputs.entries

    def broken(self: Inputs) -> Any:
        yield next(entries(self))
        raise ZeroDivisionError("a bug")

    stub.fate = lambda _: "slow:0.2"
    with monkeypatch.context() as patch:
        patch.setattr(Inputs, "entries", broken)
        with pytest.raises(ZeroDivisionError):
            batch()
    assert read_status(tmp_path / "out").done == 1
    stub.fate = lambda _: "ok"
    assert batch().tally.before["done"] == 1


def test_a_budget_stops_before_it_is_passed(batch: Run, stub: Stub, tmp_path: Path) -> None:
    outcome = batch(budget="7ktokens", concurrency=1)  # a request may take 6,714 by the estimate, and takes 150
    assert isinstance(outcome.stopped, BudgetError)
    assert 0 < outcome.tally.done < 6
    assert read_status(tmp_path / "out").failed == 0
    assert batch().tally.before["done"] == outcome.tally.done
    assert len(stub.requests) == 6
    with pytest.raises(SetupError, match="tokens"):
        batch(budget="5USD")
    for written in ("5", "much", "-1USD", "0USD"):
        with pytest.raises(InputError, match="5USD"):
            batch(budget=written)


def test_a_second_process_says_so_and_stops(batch: Run, stub: Stub, articles: Path, tmp_path: Path) -> None:
    batch()
    (articles / "a1.txt").write_text(text(100), encoding="utf-8")
    with Ledger(job(stub, articles, tmp_path / "out").sources, Place(tmp_path / "out"), "recipe"):
        assert read_status(tmp_path / "out").running
        with pytest.raises(InputError, match="Another process"):
            batch()
    assert batch().tally.done == 1


@pytest.mark.parametrize("suffix", [".jsonl", ".parquet"])
def test_one_file(batch: Run, stub: Stub, articles: Path, tmp_path: Path, suffix: str) -> None:
    if suffix == ".parquet":
        pytest.importorskip("pyarrow")

    def read() -> list[Any]:
        if suffix == ".jsonl":
            return [parse_document(line) for line in output.read_text(encoding="utf-8").splitlines()]
        rows = pytest.importorskip("pyarrow.parquet").read_table(output).to_pylist()
        assert all(row["complete"] and row["kind"] == "news" and len(row["id"]) == 64 for row in rows)
        return [parse_document(row["document"]) for row in rows]

    output = tmp_path / f"all{suffix}"
    assert batch(output=output).exit_code == ExitCode.OK
    assert [document.article.source for document in read()] == [f"a{number}.txt" for number in range(1, 7)]
    (articles / "a1.txt").write_text(text(100), encoding="utf-8")
    assert batch(output=output).tally.done == 1
    assert [document.article.sentences[0].text for document in read()][:2] == [text(100), text(2)]
    output.unlink()
    assert batch(output=output).tally.done == 0
    assert len(read()) == 6
    assert len(stub.requests) == 7
    with pytest.raises(InputError, match="--format"):
        batch(output=output, format="text")


@pytest.mark.parametrize("name", ["all.jsonl", "all.failed.jsonl"])
def test_a_single_file_replaces_no_foreign_one(batch: Run, stub: Stub, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match=f"{name} .* --force"):
        batch(output=tmp_path / "all.jsonl")
    assert (tmp_path / name).read_text(encoding="utf-8") == "mine"
    assert stub.requests == []
    assert batch(output=tmp_path / "all.jsonl", overwrite=True).exit_code == ExitCode.OK
    assert batch(output=tmp_path / "all.jsonl").exit_code == ExitCode.OK


@pytest.mark.parametrize("name", ["all.jsonl", "all.failed.jsonl"])
def test_a_single_file_never_replaces_an_input(batch: Run, stub: Stub, tmp_path: Path, name: str) -> None:
    table = tmp_path / name
    table.write_text(json.dumps({"text": text(1)}), encoding="utf-8")
    for values in ({"inputs": [str(table)]}, {"urls": table}):
        with pytest.raises(InputError, match="is an input"):
            batch(output=tmp_path / "all.jsonl", overwrite=True, **values)
    assert json.loads(table.read_bytes()) == {"text": text(1)}
    assert stub.requests == []


def test_results_never_replace_the_articles_they_are_made_of(
    batch: Run, stub: Stub, articles: Path, tmp_path: Path
) -> None:
    (articles / "a1.md").write_text(text(50), encoding="utf-8")
    before = {path: path.read_bytes() for path in articles.rglob("a*")}
    outcome = batch(output=articles, format="text", overwrite=True)
    assert (outcome.tally.done, outcome.tally.failed, len(stub.requests)) == (0, 7, 0)
    assert "is an input" in (read_status(articles).failures[0].error or "")
    batch(inputs=[str(path) for path in before], output=articles, format="markdown", overwrite=True)
    assert {path: path.read_bytes() for path in before} == before
    (articles / "index.html").write_text(text(51), encoding="utf-8")
    with pytest.raises(InputError, match=r"index\.html is an input"):
        batch(output=articles, format="html", overwrite=True)


@pytest.mark.parametrize(("format_", "other"), [("markdown", "b.html"), ("html", "b.md")])
def test_results_among_the_articles_are_no_articles(batch: Run, articles: Path, format_: str, other: str) -> None:
    (articles / other).write_text(text(7), encoding="utf-8")
    assert batch(output=articles, format=format_, any_language=True).tally.done == 7
    again = batch(output=articles, format=format_, any_language=True)
    assert (again.tally.ended, again.tally.before) == (0, {"done": 7, "incomplete": 0, "failed": 0})


@pytest.mark.parametrize("name", ["out", "all.jsonl"])
def test_what_a_killed_run_did_not_come_to_write_is_written_by_the_next_one(
    batch: Run, stub: Stub, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    output = tmp_path / name
    batch(output=output)
    (articles / "a7.txt").write_text(text(7), encoding="utf-8")
    (articles / "a8.txt").write_text(text(8), encoding="utf-8")
    stub.fate = lambda body: "filter" if "Nummer 8 " in str(body["messages"]) else "ok"
    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "close_up", lambda self: None)  # as after a kill before it
        batch(output=output)
    assert batch(output=output).tally.before == {"done": 7, "incomplete": 0, "failed": 1}
    assert "a8.txt" in Place(output).failed.read_text(encoding="utf-8")
    if output.suffix:
        assert len(output.read_text(encoding="utf-8").splitlines()) == 7


def test_two_inputs_with_one_name_get_two_results(batch: Run, articles: Path, tmp_path: Path) -> None:
    (articles / "a1.md").write_text(text(50), encoding="utf-8")
    (articles / "A2.md").write_text(text(51), encoding="utf-8")
    assert batch().tally.done == 8
    names = {path.name.lower() for path in (tmp_path / "out").glob("*.json")}
    assert len(names) == 6
    assert batch().tally.before["done"] == 8


def test_a_file_of_another_folder_gets_a_result_of_its_own(
    batch: Run, stub: Stub, articles: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "a1.txt").write_text(text(50), encoding="utf-8")
    batch()
    first = (tmp_path / "out" / "a1.json").read_bytes()
    assert batch(inputs=[str(other)]).tally.done == 1
    assert text(50) in (tmp_path / "out" / "other" / "a1.json").read_text(encoding="utf-8")
    for inputs in ([str(articles), str(other)], [str(articles / "sub" / "a5.txt")]):
        again = batch(inputs=inputs)
        assert (again.tally.done, again.tally.before["done"]) == (0, 7 if len(inputs) > 1 else 1)
    assert (tmp_path / "out" / "a1.json").read_bytes() == first
    assert len(stub.requests) == 7


@pytest.mark.parametrize("copied", [False, True])
def test_a_batch_goes_on_where_it_was_moved_to(
    batch: Run, stub: Stub, articles: Path, tmp_path: Path, copied: bool
) -> None:
    batch()
    there = tmp_path / "there"
    for name in ("in", "out"):
        (shutil.copytree if copied else shutil.move)(tmp_path / name, there / name)
    assert batch(inputs=[str(there / "in")], output=there / "out").tally.before["done"] == 6
    shutil.move(there / "out", tmp_path / "somewhere" / "out")
    assert batch(inputs=[str(there / "in")], output=tmp_path / "somewhere" / "out").tally.before["done"] == 6
    assert len(stub.requests) == 6


def test_stopping_finishes_what_is_in_flight_and_a_second_word_does_not_wait(
    stub: Stub, articles: Path, tmp_path: Path
) -> None:
    stub.answer = echo
    wanted = job(stub, articles, tmp_path / "out", concurrency=2, grace=20.0)

    def stopped(times: int, seconds: float) -> Outcome:
        control = Control()
        stub.requests.clear()
        stub.fate = lambda _: f"slow:{seconds}"

        async def work() -> Outcome:
            running = asyncio.create_task(arun_batch(wanted, control=control))
            while not stub.requests:  # noqa: ASYNC110  # the stub runs in a thread
                await asyncio.sleep(0.01)
            for _ in range(times):
                control.stop(KeyboardInterrupt())
            return await asyncio.wait_for(running, 15)

        return asyncio.run(work())

    outcome = stopped(1, 0.2)
    assert outcome.exit_code == ExitCode.INTERRUPTED
    assert outcome.tally.done in {1, 2}
    at_once = stopped(2, 30)
    assert at_once.tally.done == 0
    stub.fate = lambda _: "ok"
    rest = run_batch(wanted)
    assert rest.tally.done + rest.tally.before["done"] == 6
    assert rest.tally.before["done"] == outcome.tally.done


def test_a_dry_run_asks_nothing_and_counts(stub: Stub, articles: Path, tmp_path: Path) -> None:
    (articles / "bad.txt").write_bytes(b"")
    found = estimate(job(stub, articles, tmp_path / "out", task="both"))
    assert (found.articles, found.unreadable, found.requests, found.cost) == (6, 1, 12, None)
    assert found.input_tokens > 12 * 200
    priced = job(stub, articles, tmp_path / "out", base_url="https://api.openai.com/v1", model="gpt-5-mini")
    assert (estimate(priced).cost or 0) > 0
    assert "6 articles (1 more cannot be read)" in found.text()
    assert stub.requests == []
    assert not (tmp_path / "out").exists()


def test_an_estimate_counts_the_prompts_of_the_user(stub: Stub, articles: Path, tmp_path: Path) -> None:
    (tmp_path / "prompts").mkdir()
    builtin = (Path(__file__).parents[2] / "prompts" / "translate.j2").read_text(encoding="utf-8")
    long = builtin.replace("{% block user %}", "{% block user %}" + 1000 * "Be careful. ", 1)
    (tmp_path / "prompts" / "translate.j2").write_text(long, encoding="utf-8")
    asked = [
        estimate(job(stub, articles, tmp_path / "out", task="translate", prompts_dir=folder)).input_tokens
        for folder in (None, tmp_path / "prompts")
    ]
    assert asked[1] - asked[0] > 6 * 2500
    assert stub.requests == []


def test_rows_become_files_named_after_their_ids(batch: Run, tmp_path: Path) -> None:
    rows = [{"text": text(1), "id": "n/1", "title": "Der Rat", "published": "2025-11-06"}, {"text": text(2), "id": 2}]
    table = tmp_path / "rows.jsonl"
    table.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert batch(inputs=[str(table)], id_field="id").tally.done == 2
    names = sorted(path.name for path in (tmp_path / "out" / "rows").iterdir())
    assert names[0] == "2.json"
    article = parse_document((tmp_path / "out" / "rows" / names[1]).read_bytes()).article
    assert (article.title, article.published, article.source) == ("Der Rat", "2025-11-06", "rows.jsonl#n/1")


def test_a_name_without_utf8_is_a_name(batch: Run, articles: Path, tmp_path: Path) -> None:
    folder = articles / os.fsdecode(b"\xfe")
    try:
        folder.mkdir()
        for number in (1, 2):
            (folder / os.fsdecode(b"%c.txt" % (0xFD + number))).write_text(text(number), encoding="utf-8")
    except OSError:  # not all file systems have such names
        pytest.skip("file names are UTF-8 here")
    (folder / os.fsdecode(b"\xfd.txt")).write_text("", encoding="utf-8")
    table = articles / "rows.jsonl"
    rows = [{"text": text(number), "id": "\udcff" * number, "title": "Rat \ud800"} for number in (3, 4)]
    table.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    for inputs in ([str(articles), str(table)], [str(folder), str(table)]):
        outcome = batch(inputs=inputs, id_field="id")
        assert outcome.tally.failed + outcome.tally.before["failed"] == 1
    assert (outcome.tally.done, outcome.tally.before["done"]) == (0, 4)
    assert len(list((tmp_path / "out").rglob("*.json"))) == 10
    batch(inputs=[str(folder)], output=tmp_path / "all.jsonl")
    assert {parse_document(line).article.source for line in (tmp_path / "all.jsonl").read_bytes().splitlines()} == {
        r"\udcfe.txt",
        r"\udcff.txt",
    }


def test_two_rows_with_one_id_do_not_replace_one_another(batch: Run, stub: Stub, tmp_path: Path) -> None:
    table = tmp_path / "rows.jsonl"
    rows = [{"text": text(number), "id": 1} for number in (1, 2, 1)]
    table.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    for _ in range(2):
        outcome = batch(inputs=[str(table)], id_field="id")
        assert outcome.exit_code == ExitCode.INCOMPLETE
        assert text(1) in (tmp_path / "out" / "rows" / "1.json").read_text(encoding="utf-8")
        assert len(stub.requests) == 1
    (failure,) = read_status(tmp_path / "out").failures
    assert failure.address.startswith("rows.jsonl#1#")
    assert "--id-field" in (failure.error or "")


def test_an_article_that_is_named_twice_is_done_and_counted_once(
    batch: Run, stub: Stub, articles: Path, tmp_path: Path
) -> None:
    (articles / "sub" / "a7.txt").symlink_to(articles / "nowhere")
    row = json.dumps({"text": text(7), "id": 1})
    (tmp_path / "rows.jsonl").write_text(f"{row}\n{row}\n", encoding="utf-8")
    names = [articles / "a1.txt", articles, f"{articles}/./a1.txt", articles / "sub", tmp_path / "rows.jsonl"]
    wanted = job(stub, articles, tmp_path / "out", inputs=[str(name) for name in names], id_field="id")
    outcome = asyncio.run(arun_batch(wanted, count=True))
    assert (outcome.tally.done, outcome.tally.failed, len(stub.requests)) == (7, 1, 7)
    assert (outcome.tally.total, outcome.tally.before["failed"]) == (8, 0)
