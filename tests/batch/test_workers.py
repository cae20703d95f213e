"""The checks of a batch in other processes: the same results, nothing lost with a process, nothing left behind."""

from __future__ import annotations

import asyncio
import io
import json
import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from summarizer import vectors
from summarizer.batch import Job, run_batch, workers
from summarizer.batch.worker import Assess, Bear, Terms, answers, serve
from summarizer.batch.workers import Workers
from summarizer.checkers import HERE
from summarizer.draft import pairs
from summarizer.settings import Settings
from tests.stub import Stub
from tests.test_checks_brief import ARTICLE, NEWS, claim
from tests.test_pipeline import echo

pytestmark = pytest.mark.skipif(not vectors.available(), reason="the encoder (extra `local`) is not installed")

NEWS_TERMS = Terms("news", None)
TEXTS = {"s1": "It rains in Cologne.", "s2": "The minister was there."}
BRIEF = NEWS(key_points=[claim("It rains.", "s1")])


def test_a_batch_with_workers_writes_what_one_without_writes(
    stub: Stub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stub.answer = echo
    for number in range(4):
        (tmp_path / f"a{number}.txt").write_text(
            f"Der Rat hat am Montag den Bericht Nummer {number} gelesen.\n\nDie Arbeiten kosten {number}00 Euro und beginnen im Mai.",
            encoding="utf-8",
        )
    started = count_starts(monkeypatch)
    written = []
    for few in (100, 0):
        monkeypatch.setattr(workers, "FEW", few)
        settings = Settings(base_url=stub.base_url, model="large", retries=0)
        outcome = run_batch(Job([str(tmp_path)], tmp_path / f"out{few}", settings, glob="*.txt"))
        assert outcome.tally.done == 4
        documents = [json.loads(path.read_bytes()) for path in sorted((tmp_path / f"out{few}").glob("*.json"))]
        for document in documents:
            del document["usage"], document["provenance"]["created"]
        written.append(documents)
        assert bool(started) is (few == 0)
    assert written[0] == written[1]
    assert any(document["translation"]["segments"][0]["confidence"] is not None for document in written[1])


def count_starts(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    started: list[Any] = []
    real = workers._started  # the processes themselves are what is looked at

    async def counted() -> Any:
        started.append(await real())
        return started[-1]

    monkeypatch.setattr(workers, "_started", counted)
    return started


def test_what_a_lost_worker_had_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    started = count_starts(monkeypatch)

    async def work() -> None:
        async with Workers(NEWS_TERMS, most=1, few=0) as crew:
            asked = asyncio.create_task(crew.assess(ARTICLE, pairs(ARTICLE, TEXTS)))
            while not started:  # noqa: ASYNC110  # a process of its own
                await asyncio.sleep(0.01)
            started[0].send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(asked, 60) == await HERE.assess(ARTICLE, pairs(ARTICLE, TEXTS))
            assert await crew.support(BRIEF, ARTICLE, None) == await HERE.support(BRIEF, ARTICLE, None)
        assert len(started) == 1
        assert started[0].returncode is not None

    asyncio.run(work())


def test_another_worker_is_started_when_much_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[None] = []

    async def never() -> None:
        started.append(None)
        await asyncio.Event().wait()

    monkeypatch.setattr(workers, "_started", never)
    several = pairs(ARTICLE, TEXTS)

    async def work() -> None:
        asked = []
        async with Workers(NEWS_TERMS, most=2, few=0) as crew:
            for count, answers_by_now, expected in (
                (1, False, 1),
                (workers._BACKLOG, False, 1),  # what waits while the first one starts is no reason
                (1, True, 2),
                (workers._BACKLOG, True, 2),
            ):
                if answers_by_now:
                    crew._workers[0]._answers = True
                asked += [asyncio.create_task(crew.assess(ARTICLE, several)) for _ in range(count)]
                await asyncio.sleep(0.01)
                assert len(started) == expected
            for task in asked:
                task.cancel()
        await asyncio.gather(*asked, return_exceptions=True)

    asyncio.run(work())


@pytest.mark.parametrize(("articles", "expected"), [(2, 0), (3, 1)])
def test_a_worker_is_started_while_the_first_answers_are_awaited_if_there_are_many_articles(
    articles: int, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[None] = []
    loaded: list[Any] = []

    async def never() -> None:
        started.append(None)
        await asyncio.Event().wait()

    monkeypatch.setattr(workers, "_started", never)
    monkeypatch.setattr(workers, "_LOOK_AROUND", 0.0)
    monkeypatch.setattr(type(HERE), "load", lambda _, article: loaded.append(article))

    async def work() -> None:
        async with Workers(NEWS_TERMS, most=2, few=2) as crew:
            for number in range(articles):
                crew.load(ARTICLE.model_copy(update={"id": f"{number:064x}"}))
            await asyncio.sleep(0.05)
            assert (len(started), len(loaded)) == (expected, 1 - expected)

    asyncio.run(work())


def test_tasks_of_several_articles_are_done_together_and_a_broken_one_spoils_no_other() -> None:
    assess = Assess(tuple(pairs(ARTICLE, TEXTS)))
    bear = Bear(BRIEF.model_dump_json(), ARTICLE.model_dump_json(), None)
    broken = Bear("{}", "{", None)
    found = answers([assess, broken, bear, assess], NEWS_TERMS)
    expected = asyncio.run(HERE.assess(ARTICLE, pairs(ARTICLE, TEXTS)))
    assert [[item.findings for item in found[place]] for place in (0, 3)] == [[item.findings for item in expected]] * 2
    assert found[1] is None
    assert found[2] == asyncio.run(HERE.support(BRIEF, ARTICLE, None))


def test_messages_come_back_in_order() -> None:
    def message(value: object) -> bytes:
        data = pickle.dumps(value)
        return len(data).to_bytes(8, "big") + data

    tasks = [Assess(tuple(pairs(ARTICLE, {key: text}))) for key, text in TEXTS.items()]
    sink = io.BytesIO()
    serve(io.BytesIO(message(NEWS_TERMS) + b"".join(message([task]) for task in tasks)), sink)
    sink.seek(0)
    for task in tasks:
        (result,) = pickle.loads(sink.read(int.from_bytes(sink.read(8), "big")))
        assert [item.findings for item in result] == [
            item.findings for item in asyncio.run(HERE.assess(ARTICLE, task.pairs))
        ]


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_a_worker_ends_when_the_process_that_started_it_is_killed() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", "import asyncio; from summarizer.batch import workers\n"
         "async def main():\n p = await workers._started(); print(p.pid, flush=True); await asyncio.sleep(600)\n"
         "asyncio.run(main())"],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    os.kill(worker, 0)  # it is there
    parent.kill()
    parent.wait()
    parent.stdout.close()
    for _ in range(600):
        if not is_running(worker):
            return
        time.sleep(0.05)
    os.kill(worker, signal.SIGKILL)
    pytest.fail("the worker stayed")


def is_running(number: int) -> bool:
    try:
        os.kill(number, 0)
        return " Z" not in Path(f"/proc/{number}/stat").read_text(encoding="ascii").rpartition(")")[2][:3]
    except (ProcessLookupError, FileNotFoundError):
        return False
