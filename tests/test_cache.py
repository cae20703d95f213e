"""Answers by request: what is kept, what is not, and that a kept answer passes the same validation."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import BriefError, SetupError
from summarizer.llm import Cache, Message, Model, open_model
from summarizer.llm.cache import request_key
from summarizer.llm.wire import keyed
from summarizer.settings import Settings
from tests.stub import Stub
from tests.test_cli import COUNCIL, brief, endpoint

__all__ = ["endpoint"]  # a fixture

GOOD = '{"s1": "One.", "s2": "Two."}'
MESSAGES: list[Message] = [{"role": "user", "content": "[s1] Eins."}]


def ask(stub: Stub, cache: Cache | None, *, plain: bool = False, **values: Any) -> tuple[Any, Model]:
    """Ask for two ids, or for plain text; an error is returned in place of the answer."""
    settings = Settings(**{"base_url": stub.base_url, "model": "large", "max_wait": 0.02, "retries": 0, **values})

    async def work() -> tuple[Any, Model]:
        async with open_model(settings, cache=cache) as model:
            try:
                if plain:
                    return (await model.complete(MESSAGES, max_tokens=10)).text, model
                answer = await model.extract(MESSAGES, keyed("Translation", ("s1", "s2"), "Both."), max_tokens=100)
                return answer.model_dump(), model
            except BriefError as error:
                return error, model

    return asyncio.run(work())


@pytest.fixture
def cache(tmp_path: Path) -> Any:
    with Cache(tmp_path / "cache") as opened:
        yield opened


@pytest.mark.parametrize("plain", [False, True])
def test_an_answer_is_asked_for_once_and_marked_as_kept(stub: Stub, cache: Cache, plain: bool) -> None:
    stub.answer = lambda _: GOOD
    first, _ = ask(stub, cache, plain=plain)
    again, model = ask(stub, cache, plain=plain)
    assert first == again
    assert len(stub.requests) == 1
    usage = model.meter.usage(model.name, model.endpoint)
    assert (usage.requests, usage.cached_answers, usage.input_tokens) == (0, 1, 0)


@pytest.mark.parametrize("step", ["500", "length", "filter", "refusal", "text:no json", 'text:{"s1": "One."}', "html"])
def test_failures_are_never_kept(stub: Stub, cache: Cache, step: str) -> None:
    stub.answer = lambda _: GOOD
    stub.steps = [step]
    assert isinstance(ask(stub, cache, reasks=0)[0], BriefError)
    answer, model = ask(stub, cache, reasks=0)
    assert answer["s2"] == "Two."
    assert model.meter.cached_answers == 0


def test_a_cut_off_continuation_is_not_kept(stub: Stub, cache: Cache) -> None:
    stub.answer = lambda _: GOOD
    stub.steps = ["length"]
    ask(stub, cache, plain=True)
    ask(stub, cache, plain=True)
    assert len(stub.requests) == 2


def test_what_was_right_after_a_reask_answers_the_first_request(stub: Stub, cache: Cache) -> None:
    stub.answer = lambda _: GOOD
    stub.steps = ["text:no json"]
    assert ask(stub, cache)[1].meter.reasks == 1
    answer, model = ask(stub, cache)
    assert answer["s1"] == "One."
    assert len(stub.requests) == 2
    assert model.meter.reasks == 0


def test_a_kept_answer_is_validated_like_a_fresh_one(stub: Stub, cache: Cache, tmp_path: Path) -> None:
    stub.answer = lambda _: GOOD
    ask(stub, cache)
    for damaged in ('{"broken', '{"s1": 1}'):
        with sqlite3.connect(tmp_path / "cache" / "answers.sqlite") as db:
            (kept,) = db.execute("SELECT answer FROM answers").fetchone()
            value = json.loads(kept)
            value["choices"][0]["message"]["content"] = damaged
            db.execute("UPDATE answers SET answer = ?", (json.dumps(value) if damaged != '{"broken' else damaged,))
        db.close()
        assert ask(stub, cache)[0]["s2"] == "Two."
    assert len(stub.requests) == 3


@pytest.mark.parametrize(
    ("change", "asked"),
    [
        ({"model": "small"}, 2),
        ({"temperature": 0.7}, 2),
        ({"mode": "tools"}, 2),
        ({"timeout": 7.0, "retries": 3, "concurrency": 2, "max_wait": 0.01, "api_key": "another"}, 1),
    ],
)
def test_the_key_is_what_changes_the_answer(stub: Stub, cache: Cache, change: dict[str, Any], asked: int) -> None:
    stub.answer = lambda _: GOOD
    ask(stub, cache)
    ask(stub, cache, **change)
    assert len(stub.requests) == asked


def test_endpoint_and_weights_are_in_the_key() -> None:
    keys = {request_key(endpoint, weights, {"model": "m"}) for endpoint in ("a", "b") for weights in (None, "c")}
    assert len(keys) == 4
    assert request_key("a", None, {"x": 1, "y": 2}) == request_key("a", None, {"y": 2, "x": 1})


def test_a_subclass_may_hold_a_request_back(stub: Stub, tmp_path: Path) -> None:
    class Recorder(Cache):
        held: dict[str, dict[str, Any]] = {}  # noqa: RUF012  # one test

        async def missed(self, key: str, body: dict[str, Any]) -> None:
            self.held[key] = body
            raise SetupError("held back")

    stub.answer = lambda _: GOOD
    with Recorder(tmp_path) as recorder:
        assert str(ask(stub, recorder)[0]) == "held back"
        assert stub.requests == []
        ((key, body),) = recorder.held.items()
        assert body["model"] == "large"
        assert body["response_format"]["type"] == "json_schema"
        ask(stub, None)  # the same body goes out when nothing holds it back
        assert stub.requests == [body]
        recorder.put(key, json.dumps(_completion(GOOD)))
        assert ask(stub, recorder)[0]["s1"] == "One."


def _completion(content: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    return {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}


WRITER = """
import sys
from pathlib import Path
from summarizer.llm.cache import Cache
with Cache(Path(sys.argv[1])) as opened:
    for number in range(50):
        opened.put(f"{sys.argv[2]}-{number}", "{}")
    assert opened.note is None
"""


def test_several_processes_write_at_once(tmp_path: Path) -> None:
    processes = [subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), name]) for name in "ab"]
    with Cache(tmp_path) as opened:
        while any(process.poll() is None for process in processes):
            opened.put("own", "{}")
        assert opened.note is None
        assert [process.returncode for process in processes] == [0, 0]
        assert all(opened.get(f"{name}-{number}") == "{}" for name in "ab" for number in range(50))


def test_a_store_that_breaks_is_said_and_the_work_goes_on(stub: Stub, cache: Cache, tmp_path: Path) -> None:
    stub.answer = lambda _: GOOD
    cache._db.execute("DROP TABLE answers")
    answer, model = ask(stub, cache)
    assert answer["s1"] == "One."
    assert len(model.notes) == 1
    assert "answers.sqlite" in model.notes[0]


def test_a_folder_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SetupError, match="--no-cache"):
        Cache(tmp_path / "file")


def test_the_command_keeps_answers_when_told(endpoint: list[str], stub: Stub, tmp_path: Path) -> None:
    folder = str(tmp_path / "cache")
    first = json.loads(brief(str(COUNCIL), *endpoint, "--cache", folder).stdout)
    asked = len(stub.requests)
    again = json.loads(brief(str(COUNCIL), *endpoint, BRIEF_CACHE=folder).stdout)
    assert len(stub.requests) == asked
    assert first["usage"]["requests"] == asked
    assert again["usage"]["requests"] == 0
    assert again["usage"]["cached_answers"] == asked + first["usage"]["cached_answers"]
    assert again["id"] == first["id"]
    brief(str(COUNCIL), *endpoint, "--no-cache", BRIEF_CACHE=folder)
    assert len(stub.requests) == 2 * asked
