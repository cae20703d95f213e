"""Whole jobs, wave by wave: `brief batch submit`, `status`, `collect`."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from summarizer import EndpointError, InputError, Settings
from summarizer.batch import Job, run_batch
from summarizer.batch.deferred import Exchange, Step, collect, submit
from summarizer.batch.kept import recall
from summarizer.batch.waves import Waves
from summarizer.document import Cost, Usage
from tests.stub_batches import BatchStub, running_batch_stub
from tests.test_cli import brief
from tests.test_pipeline import echo

SECOND = "Der Kreistag von Lindenau vertagte die Entscheidung über die Buslinie. Die Kosten sind noch offen."


@pytest.fixture
def stub() -> Iterator[BatchStub]:
    with running_batch_stub() as running:
        running.answer = echo
        yield running


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    for number in (1, 2):
        text = f"Der Stadtrat von Lindenau beriet am Montag über den Haushalt. Es war Sitzung Nummer {number}."
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    (folder / "sub" / "3.txt").write_text(SECOND, encoding="utf-8")
    return folder


def job(stub: BatchStub, articles: Path, **values: Any) -> Job:
    settings = Settings(base_url=stub.base_url, model="large", api_key="sk-test", max_wait=0.02)
    return Job([str(articles)], articles.parent / "out", settings, **values)


def go_on(output: Path, *, waves: int = 9, exchange: Exchange | None = None) -> Step:
    """Collect until nothing is under way."""
    settings = Settings(api_key="sk-test", max_wait=0.02)
    for _ in range(waves):
        step = asyncio.run(collect(output, exchange or Exchange(), settings=settings))
        if not step.under_way:
            break
    return step


def written(output: Path) -> dict[str, Any]:
    return {
        path.relative_to(output).as_posix(): json.loads(path.read_text(encoding="utf-8"))
        for path in output.rglob("*.json")
        if ".brief" not in path.parts
    }


def test_all_is_done_as_by_single_requests(stub: BatchStub, articles: Path) -> None:
    wanted = job(stub, articles)
    step = asyncio.run(submit(wanted))
    assert (step.waiting, step.sent, step.under_way) == (3, 6, 1)
    step = go_on(wanted.output)
    assert (step.exit_code, step.waiting, step.tally.done + step.tally.before["done"]) == (0, 0, 3)
    assert stub.requests == []
    documents = written(wanted.output)
    assert set(documents) == {"1.json", "2.json", "sub/3.json"}

    single = Job(wanted.inputs, articles.parent / "single", wanted.settings)
    run_batch(single)
    assert {name: value["id"] for name, value in written(single.output).items()} == {
        name: value["id"] for name, value in documents.items()
    }


def test_a_job_begun_in_batches_may_be_ended_by_single_requests_and_asks_nothing_again(
    stub: BatchStub, articles: Path
) -> None:
    wanted = job(stub, articles)
    asyncio.run(submit(wanted))
    go_on(wanted.output)
    (wanted.output / "1.json").unlink()
    outcome = run_batch(wanted)
    assert outcome.tally.done == 1
    assert stub.requests == []  # the answers of the batch are in the cache


def test_submitted_twice_is_sent_once_and_new_articles_are_added(stub: BatchStub, articles: Path) -> None:
    wanted = job(stub, articles)
    asyncio.run(submit(wanted))
    assert asyncio.run(submit(wanted)).sent == 0
    (articles / "4.txt").write_text(SECOND + " Mehr dazu am Abend.", encoding="utf-8")
    assert asyncio.run(submit(wanted)).sent == 2
    assert len(stub.batches) == 2
    assert go_on(wanted.output).tally.before["done"] + 4 >= 4
    assert len(written(wanted.output)) == 4


def test_a_changed_article_is_not_asked_for_as_it_was(stub: BatchStub, articles: Path) -> None:
    stub.calls["POST /files"] = ["400"]
    wanted = job(stub, articles)
    with pytest.raises(EndpointError):
        asyncio.run(submit(wanted))
    (articles / "1.txt").write_text(SECOND + " Der Text ist neu.", encoding="utf-8")
    asyncio.run(submit(wanted))
    go_on(wanted.output)
    assert len(written(wanted.output)) == 3


def test_what_failed_is_listed_and_tried_again(stub: BatchStub, articles: Path) -> None:
    stub.line = lambda body: "400:content_filter" if "Buslinie" in str(body["messages"]) else "ok"
    wanted = job(stub, articles)
    asyncio.run(submit(wanted))
    step = go_on(wanted.output)
    assert step.exit_code == 1
    assert "sub/3.txt" in (wanted.output / "failed.jsonl").read_text(encoding="utf-8")
    stub.line = lambda _: "ok"
    assert asyncio.run(submit(wanted)).sent == 0
    again = job(stub, articles, retry_failed=True)
    sent = asyncio.run(submit(again)).sent
    assert sent >= 2
    assert asyncio.run(submit(again)).sent == 0
    assert go_on(wanted.output).exit_code == 0
    assert len(written(wanted.output)) == 3
    assert not (wanted.output / "failed.jsonl").exists()


def test_what_fails_again_is_settled_again(stub: BatchStub, articles: Path) -> None:
    stub.line = lambda body: "400:content_filter" if "Buslinie" in str(body["messages"]) else "ok"
    wanted = job(stub, articles, task="brief")
    asyncio.run(submit(wanted))
    go_on(wanted.output)
    asyncio.run(submit(job(stub, articles, task="brief", retry_failed=True)))
    assert go_on(wanted.output).tally.failed == 1
    step = go_on(wanted.output)
    assert (step.tally.failed, step.tally.before["failed"]) == (0, 1)


def test_a_full_disk_stops_the_run_and_fails_no_article(
    monkeypatch: pytest.MonkeyPatch, stub: BatchStub, articles: Path
) -> None:
    wanted = job(stub, articles)
    with monkeypatch.context() as patch:
        patch.setattr(Waves, "want", lambda self, *_: self._db.execute("INSERT INTO full VALUES (1)"))
        step = asyncio.run(submit(wanted))
    assert step.exit_code == 4
    assert "disk full" in str(step.stopped)
    assert step.tally.failed == 0
    assert asyncio.run(submit(wanted)).sent == 6


def test_a_refused_batch_stops_and_submit_goes_on(stub: BatchStub, articles: Path) -> None:
    stub.end = ["failed:billing_hard_limit_reached"]
    wanted = job(stub, articles)
    asyncio.run(submit(wanted))
    step = go_on(wanted.output)
    assert step.exit_code == 5
    assert step.sent == 0
    assert "billing_hard_limit_reached" in step.troubles[0]
    asyncio.run(submit(Job([], wanted.output, wanted.settings)))
    assert go_on(wanted.output).exit_code == 0


def test_requests_go_into_a_new_file_or_that_of_earlier_requests_only(
    stub: BatchStub, articles: Path, tmp_path: Path
) -> None:
    wanted, requests = job(stub, articles), tmp_path / "requests.jsonl"
    requests.touch()
    for _ in range(2):
        asyncio.run(submit(wanted, Exchange(requests=requests)))
        assert len(requests.read_text(encoding="utf-8").splitlines()) == 6
    results, table = tmp_path / "results.jsonl", tmp_path / "rows.jsonl"
    results.write_text('{"custom_id":"a","response":{"status_code":200},"error":null}\n', encoding="utf-8")
    table.write_text(json.dumps({"text": SECOND}), encoding="utf-8")
    before = {path: path.read_bytes() for path in (results, table, articles / "1.txt")}
    for path in before:
        with pytest.raises(InputError, match="--to-file"):
            asyncio.run(submit(wanted, Exchange(requests=path)))
        with pytest.raises(InputError, match="--to-file"):
            asyncio.run(collect(wanted.output, Exchange(results, path), settings=wanted.settings))
    assert {path: path.read_bytes() for path in before} == before
    single = Job(wanted.inputs, tmp_path / "all.jsonl", wanted.settings)
    with pytest.raises(InputError, match="where the documents go"):
        asyncio.run(submit(single, Exchange(requests=single.output)))


def test_nothing_submitted(stub: BatchStub, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="batch submit"):
        asyncio.run(collect(tmp_path, settings=Settings()))


def test_no_key_is_kept(stub: BatchStub, articles: Path) -> None:
    wanted = job(stub, articles)
    asyncio.run(submit(wanted))
    kept = b"".join(path.read_bytes() for path in (wanted.output / ".brief").iterdir() if path.is_file())
    assert b"Haushalt" in kept
    assert b"sk-test" not in kept


def test_a_job_is_the_same_from_another_folder_and_in_another_environment(
    monkeypatch: pytest.MonkeyPatch, stub: BatchStub, articles: Path, tmp_path: Path
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        folder.mkdir()
    claims = {"headline": {"$ref": "brief:Claim"}, "key_points": {"type": "array", "items": {"$ref": "brief:Claim"}}}
    (here / "mine.json").write_text(json.dumps({"properties": claims}), encoding="utf-8")
    (here / "terms.csv").write_text("de,en\nMinisterrat,council of ministers\n", encoding="utf-8")
    (here / "key").write_text("sk-test", encoding="utf-8")
    (there / "terms.csv").write_text("de,en\nMinisterrat,cabinet\n", encoding="utf-8")
    monkeypatch.chdir(here)
    settings = Settings(
        base_url=stub.base_url, model="large", glossary=Path("terms.csv"), key_file=Path("key"), kind="mine.json"
    )
    wanted = Job([str(articles)], tmp_path / "out", settings, task="brief")
    assert asyncio.run(submit(wanted)).sent == 3
    monkeypatch.chdir(there)
    for name, value in {"GLOSSARY": "terms.csv", "MEMORY": "none.tmx", "TEMPERATURE": "0.7"}.items():
        monkeypatch.setenv(f"BRIEF_{name}", value)
    step = asyncio.run(collect(wanted.output))
    assert (step.tally.done, step.sent, step.waiting) == (3, 0, 0)
    monkeypatch.chdir(here)
    assert asyncio.run(submit(wanted)).tally.before["done"] == 3


def test_of_an_address_the_password_is_that_of_today(stub: BatchStub, articles: Path) -> None:
    address = stub.base_url.replace("http://", "http://me:secret@")
    settings = Settings(base_url=address, model="large", api_key="sk-test")
    wanted = Job([str(articles)], articles.parent / "out", settings)
    asyncio.run(submit(wanted))
    kept = b"".join(path.read_bytes() for path in (wanted.output / ".brief").iterdir() if path.is_file())
    assert b"secret" not in kept
    assert recall(wanted.output, Settings()).settings.base_url == stub.base_url
    assert recall(wanted.output, settings).settings.base_url == address


def test_the_price_of_a_batch(monkeypatch: pytest.MonkeyPatch, stub: BatchStub, articles: Path) -> None:
    from summarizer.llm import meter

    cost = Cost(amount=2.0, price_source="a table")
    monkeypatch.setattr(meter.Meter, "usage", lambda *_: Usage(cost=cost))
    settings = Settings(provider="openai", base_url=stub.base_url, api_key="sk-test")
    wanted = Job([str(articles)], articles.parent / "out", settings, task="brief")
    stub.line = lambda body: "400:content_filter" if "Buslinie" in str(body["messages"]) else "ok"
    asyncio.run(submit(wanted))
    step = go_on(wanted.output)
    assert (step.tally.failed, step.tally.cost) == (1, 3.0)
    told = written(wanted.output)["1.json"]["usage"]["cost"]
    assert told["amount"] == 1.0
    assert "Batch API" in told["price_source"]


def test_the_commands(stub: BatchStub, articles: Path) -> None:
    output = str(articles.parent / "out")
    flags = ["--base-url", stub.base_url, "--model", "large"]
    stub.slow = 1
    done = brief("batch submit", str(articles), "-o", output, *flags)
    assert done.returncode == 0, done.stderr
    assert "3 wait for answers" in done.stderr
    assert f"brief batch collect {output}" in done.stderr
    shown = brief("batch status", output).stdout
    assert "batch_1: in_progress, 0 of 6" in shown
    assert "6 requests wait for answers" in shown
    [remote] = json.loads(brief("batch status", output, "--json").stdout)["batches"]
    assert (remote["status"], remote["requests"]) == ("completed", 6)
    done = brief("batch collect", output, "--wait", "--every", "0")
    assert done.returncode == 0, done.stderr
    assert "3 done" in done.stderr
    assert len(written(Path(output))) == 3


def test_the_commands_by_file(stub: BatchStub, articles: Path) -> None:
    """What vLLM's run-batch would do in between is done by the stub's answers."""
    output, requests, results = str(articles.parent / "out"), articles.parent / "q.jsonl", articles.parent / "a.jsonl"
    flags = ["--base-url", stub.base_url, "--model", "large", "--to-file", str(requests)]
    done = brief("batch submit", str(articles), "-o", output, *flags)
    assert f"6 requests written to {requests}" in done.stderr
    while "requests written" in done.stderr:
        lines = []
        for line in requests.read_text(encoding="utf-8").splitlines():
            request = json.loads(line)
            message = {"role": "assistant", "content": stub.answer(request["body"])}
            choice = {"index": 0, "finish_reason": "stop", "message": message}
            body = {"id": "c", "object": "chat.completion", "created": 1, "model": "large", "choices": [choice]}
            response = {"status_code": 200, "request_id": "r", "body": body}
            result = {"id": "v", "custom_id": request["custom_id"], "response": response, "error": None}
            lines.append(json.dumps(result))
        results.write_text("\n".join(lines), encoding="utf-8")
        done = brief("batch collect", output, "--from-file", str(results), "--to-file", str(requests))
        assert f"{len(lines)} answers came" in done.stderr
    assert stub.log == []
    assert len(written(Path(output))) == 3


def test_errors_are_one_sentence(stub: BatchStub, articles: Path) -> None:
    output = str(articles.parent / "out")
    done = brief("batch submit", str(articles), "-o", output, "--provider", "embedded")
    assert (done.returncode, len(done.stderr.splitlines())) == (4, 1)
    assert "no Batch API" in done.stderr
    stub.calls["POST /files"] = ["404"]
    done = brief("batch submit", str(articles), "-o", output, "--base-url", stub.base_url, "--model", "large")
    assert done.returncode == 4
    assert len(done.stderr.splitlines()) == 1
    assert "has no Batch API" in done.stderr
    (articles.parent / "out" / ".brief" / "waves.sqlite").write_text("something else", encoding="utf-8")
    done = brief("batch collect", output)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
