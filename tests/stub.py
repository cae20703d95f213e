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
from typing import Any

Answer = Callable[[dict[str, Any]], str]
"""From a request's body to the text of the message."""


@dataclass
class Stub:
    """A running endpoint.

    Attributes:
        base_url: Its address.
        answer: What it says when all is well.
        steps: What happens to the next completion requests, one step each; then all is well. A step is `ok`, a
            status (`429`, `429:0.05` with Retry-After), `drop`, `dropbody`, `slow:SECONDS`, `text:...`, `fence`,
            `length`, `filter`, `refusal`, `nochoice`, `quota`, `context`, `notools` or `noschema`.
        requests: The bodies of all completion requests.
    """

    base_url: str = ""
    answer: Answer = lambda _: "{}"
    steps: list[str] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


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
    "context": (400, {"message": "This model's maximum context length is 4096 tokens", "code": "context_length_exceeded"}),
    "noschema": (400, {"message": "response_format json_schema is not supported"}),
    "notools": (400, {"message": "tool use is not supported"}),
    "blocked": (400, {"message": "The prompt was filtered", "code": "content_filter"}),
}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    stub: Stub

    def do_GET(self) -> None:  # noqa: N802  # the base class's name
        """Answer /models."""
        models = [{"id": name, "object": "model", "created": 1, "owned_by": "tests"} for name in ("large", "small")]
        self._send(200, {"object": "list", "data": models})

    def do_POST(self) -> None:  # noqa: N802  # the base class's name
        """Answer /chat/completions as the script says."""
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.stub.requests.append(body)
        self.stub.headers.append(dict(self.headers))
        step = self.stub.steps.pop(0) if self.stub.steps else "ok"
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
            self._send(200, None, raw=b"<html>gateway</html>")
        else:
            self._send(200, self._completion(body, kind, argument))

    def _completion(self, body: dict[str, Any], kind: str, argument: str) -> dict[str, Any]:
        text = argument if kind == "text" else self.stub.answer(body)
        finish = {"length": "length", "filter": "content_filter"}.get(kind, "stop")
        if kind == "length":
            text = text[: len(text) // 2]
        if kind == "fence":
            text = f"```json\n{text}\n```"
        message: dict[str, Any] = {"role": "assistant", "content": text}
        if kind == "refusal":
            message = {"role": "assistant", "content": None, "refusal": "I cannot help with that"}
        if "tools" in body and kind != "refusal":
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

    def _send(self, status: int, value: object, headers: dict[str, str] | None = None, raw: bytes | None = None) -> None:
        data = raw if raw is not None else json.dumps(value).encode()
        self.send_response(status)
        self.send_header("content-type", "text/html" if raw else "application/json")
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
    stub = Stub()
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"stub": stub}))
    stub.base_url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
