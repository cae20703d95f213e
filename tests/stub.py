"""A scriptable OpenAI-compatible endpoint on loopback, for failures that a real one cannot be asked for.

It is no model: what it answers was written by hand (`tests/articles/*.answers.json`) or is made up by a test.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeVar

Body = dict[str, Any]
Answer = Callable[[Body], str]
"""From a request's body to the text of the message."""

ARTICLES = Path(__file__).parent / "articles"


@dataclass
class Stub:
    """A running endpoint.

    Attributes:
        base_url: Its address.
        answer: What it says when all is well.
        steps: What happens to the next completion requests, one step each. A step is `ok`, a status (`429`,
            `429:0.05` with Retry-After), `drop`, `dropbody`, `badbody`, `raw:BODY`, `html`, `slow:SECONDS`, `text:...`, `null`,
            `fence`, `length`, `filter`, `refusal` (`refusal:WORDS`), `nochoice`, `quota`, `context`, `blocked`, `notools`, `noschema`,
            `noschema500`, `nofit`.
        fate: The step of each request for which `steps` has none.
        models: What it lists.
        listing: What it answers to a request for its models instead, as it stands.
        requests: The bodies of all completion requests.
        headers: Their headers.
    """

    base_url: str = ""
    answer: Answer = lambda _: "{}"
    steps: list[str] = field(default_factory=list)
    fate: Answer = lambda _: "ok"
    models: list[Body] = field(default_factory=lambda: [{"id": "large"}, {"id": "small"}])
    listing: bytes | None = None
    requests: list[Body] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def users(self) -> list[str]:
        """The first user message of every request."""
        return [next(turn["content"] for turn in body["messages"] if turn["role"] == "user") for body in self.requests]


def wanted(body: Body) -> tuple[str, Body]:
    """Return the name and the JSON Schema of the structure that a request asks for, in whichever mode."""
    if "tools" in body:
        function = body["tools"][0]["function"]
        return function["name"], function["parameters"]
    if body["response_format"]["type"] == "json_schema":
        return body["response_format"]["json_schema"]["name"], body["response_format"]["json_schema"]["schema"]
    system: str = body["messages"][0]["content"]
    schema = json.JSONDecoder().raw_decode(system, system.index("{"))[0]
    return schema["title"], schema


def hand_written(name: str) -> Body:
    """Return what `articles/NAME.answers.json` holds: a translation by sentence id, and briefs by kind."""
    answers: Body = json.loads((ARTICLES / f"{name}.answers.json").read_text(encoding="utf-8"))
    return answers


def played(answers: Body) -> Answer:
    """Return what a good model would say: of `hand_written` answers, the part that a request asks for.

    A translation of the ids in the schema; else the brief, without items whose evidence the schema does not allow.
    """

    def answer(body: Body) -> str:
        name, schema = wanted(body)
        if name == "Translation":
            return json.dumps({key: answers["translation"][key] for key in schema["properties"]})
        allowed = set(schema["$defs"]["SentenceId"]["enum"])
        brief = answers["briefs"][name.lower()]
        return json.dumps({key: _within(value, allowed) for key, value in brief.items()})

    return answer


def _within(value: Any, allowed: set[str]) -> Any:
    if isinstance(value, list):
        return [item for item in value if set(item["evidence"]) <= allowed]
    return value if value is None or set(value["evidence"]) <= allowed else None


S = TypeVar("S", bound=Stub)

_ERRORS = {
    "401": "Incorrect API key provided",
    "403": "You are not allowed to use this model",
    "404": "The model does not exist",
    "429": "Rate limit reached",
    "500": "Internal error",
    "503": "Overloaded",
}
_SPECIAL = {
    "quota": (429, {"message": "You exceeded your current quota", "code": "insufficient_quota"}),
    "context": (
        400,
        {"message": "This model's maximum context length is 4096 tokens", "code": "context_length_exceeded"},
    ),
    "noschema": (400, {"message": "response_format json_schema is not supported"}),
    # As llama-cpp-python 0.3.36 answers, but for its own path.
    "noschema500": (
        500,
        {
            "message": "1 validation error:\n  {'type': 'literal_error', 'loc': ('body', 'response_format', 'type'), "
            "'msg': \"Input should be 'text' or 'json_object'\", 'input': 'json_schema'}",
            "type": "internal_server_error",
        },
    ),
    "nofit": (400, {"message": "Failed to generate JSON. Please adjust your prompt.", "code": "json_validate_failed"}),
    "notools": (400, {"message": "tool use is not supported"}),
    "blocked": (400, {"message": "The prompt was filtered", "code": "content_filter"}),
}


class Handler(BaseHTTPRequestHandler):
    """Answers by the script of its stub."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body are written apart: each answer would wait 40 ms
    stub: Stub

    def do_GET(self) -> None:  # the base class's name
        """Answer /models."""
        models = [{"object": "model", "created": 1, "owned_by": "tests", **model} for model in self.stub.models]
        self._send(200, {"object": "list", "data": models}, raw=self.stub.listing)

    def do_POST(self) -> None:  # the base class's name
        """Answer /chat/completions as the script says."""
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.stub.requests.append(body)
        self.stub.headers.append(dict(self.headers))
        self.follow(self.stub.steps.pop(0) if self.stub.steps else self.stub.fate(body), body)

    def follow(self, step: str, body: Body) -> None:
        """Answer as a step says."""
        kind, _, argument = step.partition(":")
        if kind == "slow":
            time.sleep(float(argument))
            kind = "ok"
        if kind == "drop":
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
        elif kind == "dropbody":
            self.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n{")
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
        elif kind in _SPECIAL:
            status, error = _SPECIAL[kind]
            self._send(status, {"error": error})
        elif kind.isdigit():
            error = {"message": _ERRORS.get(kind, "failed"), "type": "error"}
            self._send(int(kind), {"error": error}, {"Retry-After": argument} if argument else {})
        elif kind == "html":
            self._send(200, raw=b"<html>gateway</html>", content_type="text/html")
        elif kind in {"badbody", "raw"}:
            self._send(200, raw=argument.encode() or b'{"choices": [')
        else:
            self._send(200, self.completion(body, kind, argument))

    def completion(self, body: Body, kind: str, argument: str) -> Body:
        """Return the completion for a request: the stub's answer, or what a step makes of it."""
        text = argument if kind == "text" else self.stub.answer(body)
        finish = {"length": "length", "filter": "content_filter"}.get(kind, "stop")
        if kind == "length":
            text = text[: len(text) // 2]
        if kind == "fence":
            text = f"```json\n{text}\n```"
        message: Body = {"role": "assistant", "content": None if kind == "null" else text}
        if kind == "refusal":
            message = {"role": "assistant", "content": None, "refusal": argument or "I cannot help with that"}
        if "tools" in body and kind not in {"refusal", "null"}:
            function = {"name": body["tools"][0]["function"]["name"], "arguments": text}
            message = {
                "role": "assistant",
                "content": None,
                "tool_calls": [{"id": "call_1", "type": "function", "function": function}],
            }
        choice = {"index": 0, "message": message, "finish_reason": finish, "logprobs": None}
        return {
            "id": "chatcmpl-stub",
            "object": "chat.completion",
            "created": 1,
            "model": body["model"],
            "choices": [] if kind == "nochoice" else [choice] * body.get("n", 1),
            "usage": {"prompt_tokens": 100, "completion_tokens": 50, "total_tokens": 150},
        }

    def _send(
        self,
        status: int,
        value: object = None,
        headers: dict[str, str] | None = None,
        raw: bytes | None = None,
        content_type: str = "application/json",
    ) -> None:
        data = raw if raw is not None else json.dumps(value).encode()
        self.send_response(status)
        self.send_header("content-type", content_type)
        self.send_header("content-length", str(len(data)))
        for name, text in (headers or {}).items():
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing: a client that leaves early is what some tests are about."""


@contextmanager
def running_stub() -> Iterator[Stub]:
    """Run a stub on a free port until the block ends."""
    with running(Stub(), Handler) as stub:
        yield stub


@contextmanager
def running(stub: S, handler: type[Handler]) -> Iterator[S]:
    """Run that stub on a free port until the block ends."""
    server = _Server(("127.0.0.1", 0), type("Handler", (handler,), {"stub": stub}))
    stub.base_url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
