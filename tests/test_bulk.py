"""Many requests go past the openai client: nobody must be able to tell by what comes back, or by what went out."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from summarizer.errors import BriefError
from summarizer.llm import Message, open_model
from summarizer.settings import Settings
from tests.stub import Stub, running_stub

MESSAGES: list[Message] = [{"role": "user", "content": "Größe: „Übermaß“ 🙂"}]


def ask(base_url: str, *, many: bool, **values: Any) -> tuple[str, int, int]:
    """Return what came back, with the counted requests and tokens; an error's kind and words if it failed."""

    async def work() -> tuple[str, int, int]:
        settings = Settings.load(**{"base_url": base_url, "model": "m", "max_wait": 0.02, "retries": 1, **values})
        async with open_model(settings, many=many) as model:
            try:
                said = (await model.complete(MESSAGES, max_tokens=5)).text
            except BriefError as error:
                said = f"{type(error).__name__}: {error}"
            return said, model.meter.requests, model.meter.input_tokens

    return asyncio.run(work())


@pytest.mark.parametrize(
    "step",
    ["ok", "429:0.01", "429:60", "500", "503", "408", "400", "401", "403", "404", "drop", "dropbody", "badbody", "html",
     "slow:0.3", "length", "filter", "refusal", "nochoice", "null", "quota", "context", "blocked",
     'raw:{"error": {"code": 429}}', 'raw:{"error": {"code": 403, "message": "No"}}', 'raw:{"error": "No"}',
     "raw:null", 'raw:{"choices": ["x"]}', 'raw:{"choices": [{"message": null}]}', 'raw:{"choices": [{"text": "One."}]}',
     'raw:{"choices": [{"message": {"content": "One."}}], "usage": {"prompt_tokens": "3"}}'],
)  # fmt: skip
def test_answers_and_failures_are_those_of_the_openai_client(stub: Stub, step: str) -> None:
    stub.answer = lambda _: "One."
    found = []
    for many in (False, True):
        stub.steps = [step, step]
        found.append(ask(stub.base_url, many=many, timeout=0.1))
    alone, among_many = (
        (said.partition(" (")[0], *counts) for said, *counts in found
    )  # in brackets: a library's words
    assert among_many == alone


def test_the_same_goes_over_the_wire(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    stub.answer = lambda _: "One."
    monkeypatch.setenv("OPENAI_ORGANIZATION", "org")
    for many in (False, True):
        ask(stub.base_url, many=many, api_key="secret")
    assert stub.requests[0] == stub.requests[1]
    mine = ("authorization", "content-type", "accept", "user-agent", "openai-organization")
    alone, among_many = ({name.lower(): value for name, value in headers.items()} for headers in stub.headers)
    assert alone["authorization"] == "Bearer secret"
    assert {name: among_many.get(name) for name in mine} == {name: alone.get(name) for name in mine}


def test_what_a_strict_reader_would_refuse_is_read(stub: Stub) -> None:
    """Small servers leave out what the API promises: `id`, `created`, an index."""
    lean = {"choices": [{"message": {"content": "One."}, "finish_reason": "eos"}], "model": "m"}
    stub.steps = [f"raw:{json.dumps(lean)}"] * 2
    assert ask(stub.base_url, many=True)[0] == ask(stub.base_url, many=False)[0] == "One."


def test_a_proxy_of_the_environment_is_used_but_never_for_this_machine(
    stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    stub.answer = lambda _: "One."
    with running_stub() as proxy:
        proxy.answer = lambda _: "Through the proxy."
        for name in ("HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("http_proxy", proxy.base_url.removesuffix("/v1"))
        assert ask(stub.base_url, many=True)[0] == "One."
        assert proxy.requests == []
        assert ask("http://llm.example/v1", many=True)[0] == "Through the proxy."


def test_a_proxy_that_only_the_openai_client_speaks_to_is_left_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from summarizer.llm.bulk import open_bulk
    from summarizer.llm.client import make_client

    async def work() -> Any:
        async with open_bulk(client) as send:
            return send

    for name in ("HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    client = make_client("http://llm.example/v1", "none", timeout=1)
    assert asyncio.run(work()) is not None
    monkeypatch.setenv("http_proxy", "socks5://127.0.0.1:1")
    assert asyncio.run(work()) is None
