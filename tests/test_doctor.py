"""`brief doctor` and `brief models`: what an endpoint does is tried, not believed."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from dataclasses import replace
from typing import Any

import pytest
from typer.testing import CliRunner

from summarizer.cli.app import application
from summarizer.errors import EndpointError, SetupError
from summarizer.llm import open_model
from summarizer.llm.doctor import Report, examine
from summarizer.llm.nearby import find_nearby
from summarizer.providers import PROVIDERS
from summarizer.settings import Settings
from tests.stub import ARTICLES, Body, Stub, hand_written, played

HELD = '{"s1": "kept", "s2": "kept"}'
PARIS = '{"city": "Paris"}'
SECRET = "sk-test-0123456789-secret"  # no key of anybody


def form(body: Body) -> str:
    return "tools" if "tools" in body else body.get("response_format", {}).get("type", "text")


def enforcing(*forms: str) -> Any:
    return lambda body: HELD if form(body) in forms else PARIS if form(body) != "text" else "one, two, three"


def examined(stub: Stub, **values: Any) -> Report:
    async def work() -> Report:
        settings = Settings.load(base_url=stub.base_url, model="large", max_wait=0.02, **values)
        async with open_model(settings) as model:
            return await examine(model, context_set=settings.context_tokens is not None)

    return asyncio.run(work())


def found(report: Report, name: str) -> tuple[str, str, str]:
    return next((check.result, check.found, check.advice) for check in report.checks if check.name == name)


def test_an_endpoint_that_enforces_is_sound(stub: Stub) -> None:
    stub.answer = enforcing("json_schema", "tools")
    report = examined(stub, context_tokens=8192)
    assert found(report, "JSON schema")[0] == found(report, "tool call")[0] == "ok"
    assert (report.mode, report.usable, report.sound) == ("json_schema", True, True)
    assert len(stub.requests) == 4
    assert found(report, "usage")[1] == "100 + 50 tokens"


def test_a_schema_that_is_accepted_and_not_enforced_is_found_out(stub: Stub) -> None:
    stub.answer = enforcing("tools")
    report = examined(stub)
    assert found(report, "JSON schema") == (
        "limited",
        "accepted, not enforced: JSON of another shape came",
        "set BRIEF_MODE=tools",
    )
    assert (report.mode, report.usable, report.sound) == ("tools", True, False)


@pytest.mark.parametrize("step", ["noschema", "noschema500"])
def test_a_schema_that_is_refused(stub: Stub, step: str) -> None:
    stub.answer = enforcing()
    stub.fate = lambda body: step if form(body) == "json_schema" else "ok"
    report = examined(stub)
    assert found(report, "JSON schema")[0] == "fails"
    assert "refused" in found(report, "JSON schema")[1]
    assert report.mode == "json"


def test_an_endpoint_that_ignores_all_forms_cannot_be_used(stub: Stub) -> None:
    stub.answer = lambda _: "Paris, of course."
    stub.fate = lambda body: "null" if form(body) == "tools" else "ok"
    report = examined(stub)
    assert [found(report, name)[0] for name in ("JSON schema", "tool call", "JSON object")] == ["fails"] * 3
    assert (report.mode, report.usable) == (None, False)
    assert examined(stub, style="completion").usable


def test_json_that_is_no_object_fails(stub: Stub) -> None:
    stub.answer = lambda _: '["Paris"]'
    result, what, _ = found(examined(stub), "JSON object")
    assert (result, what) == ("fails", "accepted and ignored: JSON came, but no object")


def test_a_failure_of_the_moment_is_no_verdict(stub: Stub) -> None:
    stub.answer = enforcing("json_schema", "tools")
    stub.fate = lambda body: "503" if form(body) == "tools" else "ok"
    assert found(examined(stub), "tool call")[0] == "unknown"


@pytest.mark.parametrize(
    ("stated", "settings", "result", "advice"),
    [
        ({"max_model_len": 2048}, {}, "limited", "set BRIEF_CONTEXT_TOKENS=2048"),
        ({"context_length": 131072}, {}, "limited", "up to 131072"),
        ({"meta": {"n_ctx": 8192}}, {}, "ok", ""),
        ({"context_window": 16384}, {"context_tokens": 16384}, "ok", ""),
        ({}, {"context_tokens": 4096}, "ok", ""),
        ({}, {}, "unknown", "8,192 is a guess"),
        ({"max_model_len": "many"}, {}, "unknown", "a guess"),
    ],
)
def test_the_context_is_compared(stub: Stub, stated: Body, settings: Body, result: str, advice: str) -> None:
    stub.answer = enforcing("json_schema")
    stub.models = [{"id": "other"}, {"id": "large", **stated}]
    seen = found(examined(stub, **settings), "context")
    assert seen[0] == result
    assert advice in seen[2]


@pytest.mark.parametrize(
    "step", ["html", "badbody", "raw:null", 'raw:{"choices": ["x"]}', 'raw:{"choices": [{"message": null}]}']
)
def test_what_is_no_completion_is_reported(stub: Stub, step: str) -> None:
    stub.fate = lambda _: step
    report = examined(stub)
    assert found(report, "completion") == ("fails", "the answer holds no choice", "check --base-url and --model")
    assert (report.mode, report.usable) == (None, False)


def test_a_usage_that_is_no_number_is_not_reported(stub: Stub) -> None:
    choice = {"message": {"content": "One."}, "finish_reason": "stop"}
    stub.fate = lambda _: f"raw:{json.dumps({'choices': [choice], 'usage': {'completion_tokens': '4'}})}"
    assert found(examined(stub), "usage")[:2] == ("limited", "not reported")


def test_an_end_that_is_not_told_is_noticed(stub: Stub) -> None:
    stub.answer = enforcing("json_schema")
    stub.steps = ["filter"]
    assert found(examined(stub), "finish_reason")[0] == "limited"


@pytest.mark.parametrize(
    ("step", "error"),
    [("401", SetupError), ("404", SetupError), ("500", EndpointError), ('raw:{"error": {"code": 401}}', SetupError)],
)
def test_who_cannot_be_asked_is_no_patient(stub: Stub, step: str, error: type[Exception]) -> None:
    stub.fate = lambda _: step
    with pytest.raises(error) as caught:
        examined(stub)
    assert len(stub.requests) == 1
    assert "retries" not in str(caught.value)


# --- the commands


def test_the_command_prints_a_table_or_json_and_tells_the_shell(stub: Stub) -> None:
    run = CliRunner()
    stub.answer = enforcing("json_schema", "tools")
    stub.models = [{"id": "large", "max_model_len": 8192}]
    options = ["--base-url", stub.base_url, "--model", "large"]
    done = run.invoke(application("doctor"), options)
    assert done.exit_code == 0
    assert "enforced: held against the prompt" in done.stdout
    done = run.invoke(application("doctor"), [*options, "--json"])
    assert json.loads(done.stdout)["usable"] is True
    stub.models = [{"id": "large"}]
    assert run.invoke(application("doctor"), options).exit_code == 1
    stub.answer = lambda _: "\x1b[31mParis"
    done = run.invoke(application("doctor"), options)
    assert done.exit_code == 4
    assert "\x1b" not in done.stdout
    assert run.invoke(application("doctor"), ["--base-url", "http://127.0.0.1:1/v1", "-m", "m"]).exit_code == 5
    assert run.invoke(application("doctor"), ["--provider", "mistral", "-m", "m"]).exit_code == 4


def test_a_server_that_runs_here_is_offered_and_not_used(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    here = [
        replace(PROVIDERS["ollama"], base_url=stub.base_url),
        replace(PROVIDERS["lmstudio"], base_url="http://127.0.0.1:1/v1"),
    ]
    monkeypatch.setattr("summarizer.llm.nearby.candidates", lambda: here)
    assert [(server.provider, server.models) for server in asyncio.run(find_nearby())] == [
        ("ollama", ("large", "small"))
    ]
    listed = CliRunner().invoke(application("models"), []).stdout
    assert "--provider ollama --model large" in listed
    listed = CliRunner().invoke(application("models"), ["--json"]).stdout
    assert json.loads(listed)["nearby"][0]["base_url"] == stub.base_url
    assert stub.requests == []
    listed = CliRunner().invoke(application("models"), ["--base-url", stub.base_url]).stdout
    assert "runs here" not in listed  # it is the configured one
    done = CliRunner().invoke(application("doctor"), ["--provider", "groq", "-m", "m"])
    assert done.exit_code == 4
    assert "--provider ollama --model large" in done.output
    assert "GROQ_API_KEY" in done.output


def test_a_server_that_does_not_answer_is_not_waited_for(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes the connection and says nothing
        silent_url = f"http://127.0.0.1:{silent.getsockname()[1]}/v1"
        here = [replace(PROVIDERS["vllm"], base_url=silent_url), replace(PROVIDERS["ollama"], base_url=stub.base_url)]
        monkeypatch.setattr("summarizer.llm.nearby.candidates", lambda: here)
        monkeypatch.setattr("summarizer.llm.nearby.PATIENCE", 0.2)
        assert [server.provider for server in asyncio.run(find_nearby())] == ["ollama"]


def test_the_usual_addresses_are_looked_at_by_two_commands_only(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = {provider.base_url for provider in PROVIDERS.values() if provider.nearby}
    assert looked_at == {f"http://127.0.0.1:{port}/v1" for port in (11434, 1234, 8080, 8000)}

    def asked() -> Any:
        raise AssertionError("somebody looks")

    monkeypatch.setattr("summarizer.llm.nearby.candidates", asked)
    stub.answer = played(hand_written("council"))
    article, endpoint = str(ARTICLES / "council.txt"), ["--base-url", stub.base_url, "--model", "large"]
    for command, arguments in {None: [article, *endpoint, "-q"], "kinds": [], "prompts": []}.items():
        assert CliRunner().invoke(application(command), arguments).exit_code in {0, 1}
    for command in ("models", "doctor"):
        assert CliRunner().invoke(application(command), endpoint[: 2 if command == "models" else 4]).exit_code == 70


@pytest.mark.parametrize("page", [b"<html>hello</html>", b'{"data": [{"name": "no id"}]}', b'["a"]', b"null", b""])
def test_another_program_at_the_address_offers_nothing(
    stub: Stub, monkeypatch: pytest.MonkeyPatch, page: bytes
) -> None:
    stub.listing = page
    here = [replace(PROVIDERS["ollama"], base_url=stub.base_url)]
    monkeypatch.setattr("summarizer.llm.nearby.candidates", lambda: here)
    assert asyncio.run(find_nearby()) == []
    done = CliRunner().invoke(application("models"), ["--base-url", stub.base_url])
    assert done.exit_code == 5
    assert "lists no models: check --base-url" in done.output


@pytest.mark.parametrize("step", ["ok", "401", "403", "500", "drop", "html"])
@pytest.mark.parametrize("where", ["environment", "file"])
def test_no_command_shows_or_logs_a_key(
    stub: Stub, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Any, step: str, where: str
) -> None:
    caplog.set_level(logging.DEBUG)
    if where == "file":
        (tmp_path / "key").write_text(f"{SECRET}\n", encoding="utf-8")
        monkeypatch.setenv("BRIEF_KEY_FILE", str(tmp_path / "key"))
    else:
        monkeypatch.setenv("BRIEF_API_KEY", SECRET)
    monkeypatch.setenv("BRIEF_MAX_WAIT", "0.01")
    monkeypatch.setenv("BRIEF_RETRIES", "1")
    stub.answer = enforcing("json_schema")
    stub.fate = lambda _: step
    (tmp_path / "a.txt").write_text("Der Rat hat am Montag nichts beschlossen.", encoding="utf-8")
    options = ["--base-url", stub.base_url, "--model", "large", "--verbose"]
    for command, arguments in (("doctor", options), (None, [str(tmp_path / "a.txt"), *options])):
        done = CliRunner().invoke(application(command), arguments)
        assert stub.headers[-1]["authorization"] == f"Bearer {SECRET}"
        assert SECRET not in done.output
        assert "secret" not in done.output
    assert SECRET not in caplog.text
