"""What the client sends where: no proxy for this machine, no redirect, no authorities without TLS."""

from __future__ import annotations

import asyncio
import ssl
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from summarizer.errors import BriefError, SetupError
from summarizer.llm import Message, open_model
from summarizer.llm.client import is_loopback, make_client
from summarizer.settings import Settings
from tests.stub import Stub, running_stub

MESSAGES: list[Message] = [{"role": "user", "content": "Eins."}]


def ask(base_url: str, **values: Any) -> str:
    async def work() -> str:
        settings = Settings.load(base_url=base_url, model="m", retries=0, **values)
        async with open_model(settings) as model:
            return (await model.complete(MESSAGES, max_tokens=5)).text

    return asyncio.run(work())


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A proxy that the environment names for everything; nobody has told it of loopback."""
    with running_stub() as running:
        for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, running.base_url.removesuffix("/v1"))
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        yield running


def test_a_server_on_this_machine_is_not_asked_through_a_proxy(stub: Stub, proxy: Stub) -> None:
    stub.answer = lambda _: "One."
    assert ask(stub.base_url) == "One."
    assert ask(stub.base_url.replace("127.0.0.1", "localhost")) == "One."
    assert proxy.requests == []


def test_another_machine_is(proxy: Stub) -> None:
    proxy.answer = lambda _: "Through the proxy."
    assert ask("http://llm.example/v1") == "Through the proxy."


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True),
        ("127.8.9.10", True),
        ("::1", True),
        ("localhost", True),
        ("llm.localhost", True),
        ("192.168.1.4", False),
        ("localhost.example", False),
        ("127.0.0.1.example", False),
        ("", False),
    ],
)
def test_this_machine(host: str, here: bool) -> None:
    assert is_loopback(host) is here


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_an_article_does_not_follow_a_redirect(stub: Stub, status: int) -> None:
    class Elsewhere(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.send_response(status)
            self.send_header("location", f"{stub.base_url}/chat/completions")
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        with pytest.raises(SetupError, match=f"another address .{status}.*--base-url"):
            ask(f"http://127.0.0.1:{server.server_address[1]}/v1")
        server.shutdown()
        thread.join()
    assert stub.requests == []


def test_authorities_are_loaded_for_tls_only(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[bool] = []
    for name in ("load_verify_locations", "load_default_certs"):
        monkeypatch.setattr(ssl.SSLContext, name, lambda *_, **__: loaded.append(True))
    make_client("http://llm.example/v1", "none", timeout=1)
    assert loaded == []
    make_client("https://llm.example/v1", "none", timeout=1)
    assert loaded


def test_an_error_of_the_program_is_not_blamed_on_the_endpoint(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("title")

    monkeypatch.setattr("summarizer.llm.model.Model._look_at_end", broken)
    with pytest.raises(KeyError, match="title"):
        ask(stub.base_url)
    assert not issubclass(KeyError, BriefError)
