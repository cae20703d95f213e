"""Waves of requests through the Files and Batches API of a stub."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from summarizer import Document, EndpointError, InputError, Settings, SetupError, open_model, prepare, read_text, run
from summarizer.batch.lines import read_result
from summarizer.batch.provider import fetch, read_results, send, write_requests
from summarizer.batch.waves import ATTEMPTS, Waves
from summarizer.llm.batches import BatchApi
from summarizer.llm.deferred import Pass, attempt, open_deferred
from tests.stub import hand_written, played
from tests.stub_batches import BatchStub, running_batch_stub
from tests.test_pipeline import echo

COUNCIL = (Path(__file__).parents[1] / "articles" / "council.txt").read_text(encoding="utf-8")


@pytest.fixture
def stub() -> Iterator[BatchStub]:
    answers = hand_written("council")
    answers["translation"]["s3"] = answers["translation"]["s3"].replace("17", "71")  # for the checks to object to
    with running_batch_stub() as running:
        running.answer = played(answers)
        yield running


def settings(stub: BatchStub, **values: Any) -> Settings:
    return Settings(base_url=stub.base_url, model="large", api_key="sk-test", max_wait=0.02, **values)


class Job:
    """One article and its waves."""

    def __init__(self, stub: BatchStub, folder: Path, text: str = COUNCIL, **values: Any) -> None:
        self.stub, self.folder, self.text = stub, folder, text
        self.settings = settings(stub, **values)
        self.waves = Waves(folder)
        self.troubles: list[str] = []

    def advance(self) -> Document[Any] | None:
        """Run the article as far as its answers reach."""

        async def work() -> Document[Any] | None:
            async with open_deferred(self.settings, self.waves) as model:
                document = await attempt(run(prepare(read_text(self.text)), model), seen := Pass())
            self.waves.note("a", seen.asked)
            return document

        return asyncio.run(work())

    def send(self, **limits: int) -> int:
        async def work() -> int:
            async with open_model(self.settings) as model:
                return await send(self.waves, BatchApi(model), self.folder, **limits)

        return asyncio.run(work())

    def fetch(self) -> int:
        async def work() -> int:
            async with open_model(self.settings) as model:
                fetched = await fetch(self.waves, BatchApi(model), self.folder)
            self.troubles.extend(fetched.troubles)
            return fetched.answers

        return asyncio.run(work())

    def to_the_end(self) -> tuple[Document[Any], int]:
        """Go wave by wave; return the document and the number of waves."""
        for waves in range(10):
            document = self.advance()
            if document is not None:
                return document, waves
            self.send()
            self.fetch()
        raise AssertionError("no end")


def online(stub: BatchStub, text: str = COUNCIL, **values: Any) -> Document[Any]:
    async def work() -> Document[Any]:
        async with open_model(settings(stub, **values)) as model:
            return await run(prepare(read_text(text)), model)

    return asyncio.run(work())


def test_the_document_is_that_of_a_single_run(stub: BatchStub, tmp_path: Path) -> None:
    document, waves = Job(stub, tmp_path).to_the_end()
    assert stub.requests == []
    expected = online(stub)
    assert document.id == expected.id
    assert {json.dumps(body) for body in stub.bodies} == {json.dumps(body) for body in stub.requests}
    assert document.usage.input_tokens == 100 * len(stub.bodies)  # one that is asked twice is sent once
    assert waves == 2  # the pieces and the brief; a repair that the checks ask for
    assert list(tmp_path.glob("brief-*")) == []


def test_a_reask_a_split_and_a_merge_are_waves(stub: BatchStub, tmp_path: Path) -> None:
    text = "\n\n".join(f"Der Ausschuss beriet am Montag über den Bericht Nummer {n}." for n in range(1, 61))
    stub.answer = echo
    asked: set[str] = set()

    def misbehave(body: Any) -> str:
        """At the first time, cut the answer off or give something else."""
        wave = str(body["messages"])
        if "Nummer 30" in wave and "Nummer 30" not in asked:
            asked.add("Nummer 30")
            return "length"
        if "Nummer 50" in wave and "Nummer 50" not in asked:
            asked.add("Nummer 50")
            return 'text:{"nope": 1}'
        return "ok"

    stub.line = misbehave
    document, waves = Job(stub, tmp_path, text, context_tokens=4096).to_the_end()
    assert document.complete
    assert document.brief is not None
    assert document.usage.reasks == 1
    assert len([body for body in stub.bodies if "Merge the parts" in str(body["messages"])]) == 1
    assert waves > 2
    assert stub.requests == []


@pytest.mark.parametrize("fate", ["expire", "lose", "garble", "500", "badbody"])
def test_only_what_failed_is_sent_again(stub: BatchStub, tmp_path: Path, fate: str) -> None:
    first: list[Any] = []
    stub.line = lambda body: fate if not first.append(body) and len(first) == 1 else "ok"  # type: ignore[func-returns-value]
    stub.end = ["expired"]
    job = Job(stub, tmp_path)
    job.advance()
    assert job.send() == 2
    assert job.fetch() == 1
    assert (job.waves.counts().open, job.waves.counts().answered) == (1, 1)
    assert job.advance() is None
    assert job.send() == 1
    assert stub.bodies[2] == first[0]
    assert job.to_the_end()[0].id == online(stub).id


def test_what_never_comes_is_given_up_and_marked(stub: BatchStub, tmp_path: Path) -> None:
    stub.line = lambda body: "500:overheated" if "Translation" in str(body["response_format"]) else "ok"
    document, waves = Job(stub, tmp_path).to_the_end()
    assert waves == ATTEMPTS
    assert not document.complete
    assert document.brief is not None
    assert any("overheated" in finding.message for finding in document.findings)


def test_an_error_that_stays_is_not_sent_again(stub: BatchStub, tmp_path: Path) -> None:
    stub.line = lambda body: "ok" if "Translation" in str(body["response_format"]) else "400:content_filter"
    document, _ = Job(stub, tmp_path).to_the_end()
    assert len([body for body in stub.bodies if "Translation" not in str(body["response_format"])]) == 1
    assert any("content filter" in finding.message for finding in document.findings)


def test_a_refused_mode_is_left_for_the_next(stub: BatchStub, tmp_path: Path) -> None:
    stub.line = lambda body: "400:response_format json_schema is not supported" if "response_format" in body else "ok"
    document, _ = Job(stub, tmp_path).to_the_end()
    assert document.provenance.mode == "tools"
    assert document.complete


@pytest.mark.parametrize(
    ("call", "steps"),
    [
        ("POST /files", ["429:0.01"]),
        ("POST /files", ["dropafter"]),
        ("POST /batches", ["503"]),
        ("POST /batches", ["dropafter"]),
        ("GET /batches", ["drop"]),
        ("GET /files", ["500"]),
    ],
)
def test_a_call_that_fails_is_repeated_without_a_duplicate(
    stub: BatchStub, tmp_path: Path, call: str, steps: list[str]
) -> None:
    stub.calls[call] = steps
    document, waves = Job(stub, tmp_path).to_the_end()
    assert document.complete
    assert len(stub.batches) == waves
    assert len([name for name, _ in stub.files.values() if name.startswith("brief-")]) == waves


@pytest.mark.parametrize("path", ["/files", "/batches"])
def test_a_list_that_is_given_again_for_every_page_is_read_once(stub: BatchStub, tmp_path: Path, path: str) -> None:
    stub.paged = False
    stub.calls = {f"POST {path}": ["ok", "503"], f"GET {path}": [*9 * ["ok"], "404"]}  # in vain the second time
    document, waves = Job(stub, tmp_path).to_the_end()
    assert (document.complete, len(stub.batches)) == (True, waves)


@pytest.mark.parametrize("call", ["POST /files", "POST /batches"])
def test_killed_between_two_steps(stub: BatchStub, tmp_path: Path, call: str) -> None:
    """The step had its effect, but the process did not live to note it."""
    stub.calls[call] = ["dropafter", *["503"] * 9]
    stub.calls[call.replace("POST", "GET")] = ["503"] * 9
    job = Job(stub, tmp_path, retries=1)
    job.advance()
    with pytest.raises(EndpointError, match="503"):
        job.send()
    stub.calls.clear()
    again = Job(stub, tmp_path)
    assert again.advance() is None
    again.send()
    assert len(stub.batches) == 1
    assert len(stub.files) == 1
    assert again.fetch() == 2


def test_sent_twice_is_paid_once(stub: BatchStub, tmp_path: Path) -> None:
    stub.slow = 1
    for _ in range(2):
        job = Job(stub, tmp_path)
        job.advance()
        job.send()
    assert len(stub.batches) == 1
    assert job.fetch() == 0
    assert job.waves.uploads()[0].status == "in_progress"
    assert job.fetch() == 2


def test_limits_of_the_provider_split_a_wave(stub: BatchStub, tmp_path: Path) -> None:
    job = Job(stub, tmp_path)
    job.advance()
    assert job.send(max_requests=1) == 2
    assert [batch["request_counts"]["total"] for batch in stub.batches.values()] == [1, 1]
    with Waves(tmp_path / "other") as waves:
        for number in range(5):
            waves.want(f"{number:032}", json.dumps({"text": "ü" * 100}, ensure_ascii=False))
        waves.note("a", [f"{number:032}" for number in range(5)])
        lines = list(waves.open_lines())
        waves.pack(max_requests=100, max_bytes=2 * len(lines[0].encode()))
        assert [upload.requests for upload in waves.uploads()] == [2, 2, 1]
        assert [line for upload in waves.uploads() for line in waves.lines(upload)] == lines


def test_a_refused_batch_is_told_and_nothing_is_lost(stub: BatchStub, tmp_path: Path) -> None:
    stub.end = ["failed:billing_hard_limit_reached", "cancelled"]
    job = Job(stub, tmp_path)
    job.advance()
    job.send()
    assert job.fetch() == 0
    assert "billing_hard_limit_reached" in job.troubles[0]
    assert job.waves.counts().open == 2
    job.send()
    job.fetch()
    assert "cancelled" in job.troubles[1]
    assert job.to_the_end()[0].complete


def test_a_full_queue_makes_batches_wait_or_smaller(stub: BatchStub, tmp_path: Path) -> None:
    stub.end = ["failed:token_limit_exceeded"]
    job = Job(stub, tmp_path)
    job.advance()
    job.send()
    job.fetch()
    assert job.send() == 2
    assert [batch["request_counts"]["total"] for batch in stub.batches.values()] == [2, 1, 1]
    stub.end = ["failed:token_limit_exceeded"]
    stub.polls["batch_3"] = -1
    stub.slow = 0
    job.fetch()  # the first is refused while the second runs
    assert job.troubles == []
    assert job.send() == 0
    job.fetch()
    assert job.send() == 1
    assert job.to_the_end()[0].complete


def test_requests_by_file(stub: BatchStub, tmp_path: Path) -> None:
    job = Job(stub, tmp_path)
    target, results = tmp_path / "requests.jsonl", tmp_path / "results.jsonl"
    document = job.advance()
    while document is None:
        assert write_requests(job.waves, target) == write_requests(job.waves, target) > 0
        rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
        assert {(row["method"], row["url"]) for row in rows} == {("POST", "/v1/chat/completions")}
        made = [
            {
                "id": "vllm-1",
                "custom_id": row["custom_id"],
                "response": {"status_code": 200, "request_id": "r", "body": {
                    "id": "c", "object": "chat.completion", "created": 1, "model": "large",
                    "choices": [{"index": 0, "finish_reason": "stop",
                                 "message": {"role": "assistant", "content": stub.answer(row["body"])}}],
                }},
                "error": None,
            }
            for row in rows
        ]  # fmt: skip
        results.write_text("\n".join(map(json.dumps, [*made, made[0]])), encoding="utf-8")
        assert read_results(job.waves, results) == len(made)
        document = job.advance()
    assert document.complete
    assert stub.log == []
    with pytest.raises(InputError, match="nowhere"):
        read_results(job.waves, tmp_path / "nowhere.jsonl")
    with pytest.raises(InputError, match="cannot be written"):
        write_requests(job.waves, tmp_path / "no" / "folder.jsonl")


def test_asked_for_again_when_forgotten(stub: BatchStub, tmp_path: Path) -> None:
    job = Job(stub, tmp_path)
    job.to_the_end()
    job.waves.forget("a")
    assert job.advance() is None
    assert job.waves.counts().open == 2


def test_a_request_that_nobody_needs_any_more_is_not_sent(stub: BatchStub, tmp_path: Path) -> None:
    job = Job(stub, tmp_path)
    job.advance()
    job.waves.note("a", [])
    assert job.send() == 0
    assert stub.log == []


def test_answers_go_to_the_cache_when_the_article_is_done(stub: BatchStub, tmp_path: Path) -> None:
    job = Job(stub, tmp_path, cache=tmp_path / "cache")
    document, _ = job.to_the_end()
    assert document.usage.cached_answers == 0


def test_the_built_in_model_has_no_batches(tmp_path: Path) -> None:
    async def work() -> None:
        async with open_deferred(Settings(), Waves(tmp_path)):
            raise AssertionError

    with pytest.raises(SetupError, match="no Batch API"):
        asyncio.run(work())


@pytest.mark.parametrize(
    "line", [b"", b"null", b"[]", b'"x"', b"{}", b'{"custom_id": 1, "response": {"status_code": "x"}}', b"\xff"]
)
def test_a_line_that_is_no_result(line: bytes) -> None:
    assert read_result(line) is None


def test_a_line_of_vllm_that_failed() -> None:
    line = {"custom_id": "a", "response": {"status_code": 400, "request_id": "r", "body": None}}
    result = read_result(json.dumps({**line, "error": {"message": "too long", "type": "BadRequest"}}).encode())
    assert result is not None
    assert (result.status, result.final) == (400, True)
    assert json.loads(result.body)["error"]["message"] == "too long"
