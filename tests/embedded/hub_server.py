"""The Hugging Face hub as far as a download needs it, on loopback, and what goes wrong with it."""

from __future__ import annotations

import hashlib
import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast
from urllib.parse import unquote, urlsplit

import pytest

from tests.embedded.gguf_files import gguf

REPO = "studio/small-model-GGUF"
FIRST, SECOND = "1" * 40, "2" * 40
CONTENT = gguf(data=bytes(range(256)) * 400)
NEWER = gguf(data=b"\1" * 64)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class Hub(ThreadingHTTPServer):
    """The hub's answers that a download needs, from memory, and what goes wrong with them."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.commits = {FIRST: {"q4/small.gguf": CONTENT}, SECOND: {"q4/small.gguf": NEWER}}
        self.branches = {"main": FIRST}
        self.refusal: tuple[int, str] | None = None
        self.drop_after: int | None = None
        self.served: dict[str, bytes] = {}
        self.requests: list[tuple[str, str, str | None]] = []

    def files(self, revision: str) -> tuple[str, dict[str, bytes]] | None:
        commit = self.branches.get(revision, revision)
        return (commit, self.commits[commit]) if commit in self.commits else None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def hub(self) -> Hub:
        return cast(Hub, self.server)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the base class names it so
        pass

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        self.hub.requests.append((self.command, self.path, self.headers.get("Range")))
        if self.hub.refusal:
            status, code = self.hub.refusal
            self.answer(status, b"{}", {"X-Error-Code": code, "X-Error-Message": "refused"})
            return
        path = unquote(urlsplit(self.path).path)
        if path.startswith(api := f"/api/models/{REPO}/revision/"):
            self.info(path.removeprefix(api))
        elif path.startswith(files := f"/{REPO}/resolve/"):
            self.file(*path.removeprefix(files).split("/", 1))
        else:
            self.answer(404, b"{}", {"X-Error-Code": "RepoNotFound"})

    def info(self, revision: str) -> None:
        found = self.hub.files(revision)
        if found is None:
            self.answer(404, b"{}", {"X-Error-Code": "RevisionNotFound"})
            return
        commit, files = found
        siblings = [
            {
                "rfilename": name,
                "size": len(data),
                "blobId": "b",
                "lfs": {"sha256": sha256(data), "size": len(data), "pointerSize": 130},
            }
            for name, data in files.items()
        ]
        info = {"id": REPO, "sha": commit, "cardData": {"license": "apache-2.0"}, "siblings": siblings, "tags": []}
        self.answer(200, json.dumps(info).encode(), {"Content-Type": "application/json"})

    def file(self, revision: str, name: str) -> None:
        found = self.hub.files(revision)
        if found is None or name not in found[1]:
            self.answer(404, b"", {"X-Error-Code": "EntryNotFound"})
            return
        data = found[1][name]
        headers = {"ETag": f'"{sha256(data)}"', "X-Repo-Commit": found[0], "X-Linked-Size": str(len(data))}
        data = self.hub.served.get(name, data)
        start = int((self.headers.get("Range") or "bytes=0-").removeprefix("bytes=").partition("-")[0])
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
        self.answer(206 if start else 200, data[start:], headers)

    def answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "HEAD":
            return
        if self.hub.drop_after is not None and "/resolve/" in self.path:
            body, self.hub.drop_after = body[: self.hub.drop_after], None
            self.close_connection = True
        self.wfile.write(body)


@contextmanager
def running_hub(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """Start an imitation of the hub and make huggingface_hub speak to it, with a cache of its own in the folder."""
    import huggingface_hub.constants

    # Its own handler would keep on writing to the stderr of the test that imported it first.
    monkeypatch.setattr(logging.getLogger("huggingface_hub"), "handlers", [])
    with Hub() as fake:
        thread = threading.Thread(target=fake.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        endpoint = f"http://127.0.0.1:{fake.server_port}"
        monkeypatch.setattr(huggingface_hub.constants, "ENDPOINT", endpoint)
        template = f"{endpoint}/{{repo_id}}/resolve/{{revision}}/{{filename}}"
        monkeypatch.setattr(huggingface_hub.constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
        monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(folder / "hf"))
        monkeypatch.delenv("HF_TOKEN", raising=False)
        yield fake
        fake.shutdown()
        thread.join()
