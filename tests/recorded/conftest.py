"""Cassettes: real exchanges with a model server over HTTP, replayed offline.

`cassettes/recorder.json` names the model that made them. Requests match on method, path and canonical JSON body, so a
changed prompt or schema misses loudly; a cassette with unplayed interactions fails the test that plays it.
"""

from __future__ import annotations

import json
import urllib.parse
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from _pytest.outcomes import Failed
from vcr import matchers
from vcr.serializers import compat

from summarizer import Model, Settings

HERE = Path(__file__).parent
RECORDER = HERE / "cassettes" / "recorder.json"
REPLAY_URL = "http://llm.test/v1"

_REQUEST_HEADERS = {"content-type"}
_RESPONSE_HEADERS = {"content-type", "retry-after", "retry-after-ms"}


@pytest.fixture(scope="session")
def vcr_config() -> dict[str, Any]:
    return {
        "match_on": ["method", "address and json"],
        "before_record_request": _scrub_request,
        "before_record_response": _scrub_response,
        "decode_compressed_response": True,
        "record_on_exception": False,
    }


@pytest.fixture
def recorder(record_mode: str) -> SimpleNamespace:
    """The settings to open a model with, and `note(model)`, which keeps what it was when recording."""
    if record_mode == "none":
        kept = json.loads(RECORDER.read_text(encoding="utf-8"))
        settings = Settings(**kept["settings"], base_url=REPLAY_URL, api_key="none")
        return SimpleNamespace(settings=settings, choices=kept["choices"], note=lambda _: None)
    return SimpleNamespace(settings=Settings.load(), choices=None, note=_note)


def _note(model: Model) -> None:
    settings = {
        "provider": model.provider.name,
        "model": model.name,
        "style": model.style,
        "mode": model.mode,
        "context_tokens": model.context_tokens,
        "temperature": model.temperature,
    }
    made_by = {
        "note": "The cassettes beside this file are real answers of this model, recorded over HTTP.",
        "model": model.name,
        "sha256": model.sha256,
        "quality": model.quality,
        "settings": settings,
        "choices": model.choices,
    }
    RECORDER.write_text(json.dumps(made_by, indent=2) + "\n", encoding="utf-8")


def _scrub_request(request: Any) -> Any:
    """Keep what matters, drop keys, hosts and ports; runs when recording and before every match."""
    parts = urllib.parse.urlsplit(request.uri)
    path = parts.path[parts.path.find("/chat/") :]
    if not path.startswith("/chat/completions"):
        return None
    request.uri = f"{REPLAY_URL}{path}"
    for name in [name for name in request.headers if name.lower() not in _REQUEST_HEADERS]:
        del request.headers[name]
    return request


def _scrub_response(response: Any) -> Any:
    """Keep what the program reads; runs when recording and again when loading, so it must be idempotent."""
    response["headers"] = {
        name: value for name, value in response["headers"].items() if name.lower() in _RESPONSE_HEADERS
    }
    body = response["body"].get("string")
    if body:
        response["body"]["string"] = json.dumps(_slim(json.loads(body)), ensure_ascii=False).encode()
    return response


def _slim(answer: dict[str, Any]) -> dict[str, Any]:
    """Drop timings, fingerprints and, of each token, all but its text and log-probability."""
    kept: dict[str, Any] = {
        name: answer[name] for name in ("id", "object", "created", "model", "choices", "usage") if name in answer
    }
    kept.update({name: value for name, value in (("id", "chatcmpl-0"), ("created", 0)) if name in kept})
    for choice in kept.get("choices", ()):
        logprobs = choice.get("logprobs") or {}
        if logprobs.get("content"):
            logprobs["content"] = [
                {"token": item["token"], "logprob": round(item["logprob"], 4), "bytes": None, "top_logprobs": []}
                for item in logprobs["content"]
            ]
    return kept if "choices" in kept else answer


class _Dumper(yaml.SafeDumper):  # type: ignore[misc]  # PyYAML is untyped
    """Long texts as blocks."""


_Dumper.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None),
)


def pytest_recording_configure(config: pytest.Config, vcr: Any) -> None:
    """Write bodies as readable YAML: parsed JSON instead of a string in a string; and compare them as JSON.

    vcr's own matcher of bodies describes how each recorded request differs from the one that is made: with 250 of either
    that takes longer than all the rest of a test.
    """
    vcr.register_matcher("address and json", _same_question)
    vcr.register_serializer("yaml", SimpleNamespace(serialize=_serialize, deserialize=_deserialize))


def _serialize(cassette: dict[str, Any]) -> Any:
    for item in cassette["interactions"]:
        for side in (item["request"], item["response"]["body"]):
            key = "body" if side is item["request"] else "string"
            raw = side.get(key)
            side[key] = {"json": json.loads(raw)} if raw else raw
    return yaml.dump(cassette, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=118)


def _deserialize(text: str) -> Any:
    cassette = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    for item in cassette["interactions"]:
        for side in (item["request"], item["response"]["body"]):
            key = "body" if side is item["request"] else "string"
            if isinstance(side[key], dict):
                side[key] = json.dumps(side[key]["json"], ensure_ascii=False, separators=(",", ":"))
    return compat.convert_to_bytes(cassette)


def _same_question(new: Any, recorded: Any) -> bool:
    return bool(_parsed(new.body) == _parsed(recorded.body) and new.uri == recorded.uri)


@lru_cache(maxsize=1024)
def _parsed(body: bytes | None) -> Any:
    return json.loads(body) if body else None


def _difference(new: Any, recorded: Any) -> str:
    try:
        matchers.body(new, recorded)
    except AssertionError as error:
        return str(error)
    return ""


class CassetteMiss(Failed):
    """A request that was not recorded; no `except Exception` on the way can swallow it."""

    def __init__(self, *, cassette: Any, failed_request: Any) -> None:
        likeliest = cassette.find_requests_with_most_matches(failed_request)
        reason = "\n".join(_difference(failed_request, recorded) for recorded, *_ in likeliest[:1])
        super().__init__(
            f"{cassette._path} has no answer to {failed_request.method} {failed_request.uri}; if a prompt or a schema "
            f"changed on purpose, record anew (docs/recording.md).\n{reason[:2000] or 'all similar ones were played'}",
            pytrace=False,
        )


@pytest.fixture(autouse=True)
def _loud_miss(monkeypatch: pytest.MonkeyPatch) -> None:
    from vcr.stubs import httpx_stubs

    monkeypatch.setattr(httpx_stubs, "CannotOverwriteExistingCassetteException", CassetteMiss)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: Any) -> Iterator[None]:
    """Fail a test that passed without playing its whole cassette."""
    result = yield
    cassette = item.funcargs.get("vcr")
    if cassette is not None and item.config.getoption("--record-mode") == "none":
        left = len(cassette) - sum(1 for count in cassette.play_counts.values() if count)
        if left:
            pytest.fail(f"{left} recorded interactions were never asked for: {cassette._path}", pytrace=False)
    return result
