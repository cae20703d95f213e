from __future__ import annotations

import hashlib
import json
import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast
from urllib.parse import unquote, urlsplit

import pytest

from summarizer.embedded import hub, installed_models, resolve
from summarizer.errors import SetupError
from tests.embedded.gguf_files import gguf

pytest.importorskip("huggingface_hub", reason="the extra `local` is not installed")

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


@pytest.fixture
def server(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
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
        monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "hf"))
        monkeypatch.delenv("HF_TOKEN", raising=False)
        yield fake
        fake.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("hf:a/b/c.gguf", ("a/b", "c.gguf", "main", None)),
        ("hf:a/b.c-d/e/f g.gguf@v1.0", ("a/b.c-d", "e/f g.gguf", "v1.0", None)),
        ("hf:a/b/c.gguf@refs/pr/3#sha256=" + "AB" * 32, ("a/b", "c.gguf", "refs/pr/3", "ab" * 32)),
        ("hf:a/b/c.gguf#sha256=" + "0" * 64, ("a/b", "c.gguf", "main", "0" * 64)),
    ],
)
def test_a_reference_has_four_parts(text: str, parts: tuple[str, str, str, str | None]) -> None:
    found = hub.parse(text)
    assert (found.repo, found.file, found.revision, found.sha256) == parts


@pytest.mark.parametrize(
    "text",
    ["hf:", "hf:a/b", "hf:a/b.gguf", "hf:a/b/c.bin", "hf:a/b/../c.gguf", "hf:a/b//c.gguf", "hf:a/b/c.gguf#sha256=12"],
)
def test_what_is_no_reference_is_answered_with_the_form(text: str) -> None:
    with pytest.raises(SetupError, match="write hf:owner/repo/file"):
        hub.parse(text)


def test_a_part_of_a_cut_model_is_refused() -> None:
    with pytest.raises(SetupError, match="choose one that is a single file"):
        hub.parse("hf:a/b/large-00001-of-00003.gguf")


def test_the_first_use_downloads_verifies_and_pins(server: Hub, capfd: pytest.CaptureFixture[str]) -> None:
    found = resolve(f"hf:{REPO}/q4/small.gguf")
    assert found.path.read_bytes() == CONTENT
    assert found.sha256 == sha256(CONTENT)
    assert found.origin == f"hf:{REPO}/q4/small.gguf@{FIRST}"
    assert (found.licence, found.quality) == ("apache-2.0", "unrated")
    assert capfd.readouterr() == ("", "")


def test_a_pinned_model_needs_no_network(server: Hub) -> None:
    first = resolve(f"hf:{REPO}/q4/small.gguf")
    server.requests.clear()
    assert resolve(f"hf:{REPO}/q4/small.gguf") == first
    assert server.requests == []


def test_a_pin_holds_when_the_branch_moves(server: Hub) -> None:
    first = resolve(f"hf:{REPO}/q4/small.gguf")
    server.branches["main"] = SECOND
    assert resolve(f"hf:{REPO}/q4/small.gguf").sha256 == first.sha256
    assert resolve(f"hf:{REPO}/q4/small.gguf@{SECOND}").sha256 == sha256(NEWER)


def test_a_pinned_file_that_was_deleted_is_downloaded_at_the_same_commit(server: Hub) -> None:
    first = resolve(f"hf:{REPO}/q4/small.gguf")
    server.branches["main"] = SECOND
    first.path.resolve().unlink()
    assert resolve(f"hf:{REPO}/q4/small.gguf").sha256 == first.sha256


def test_a_pinned_file_that_changed_is_refused(server: Hub) -> None:
    first = resolve(f"hf:{REPO}/q4/small.gguf")
    first.path.resolve().write_bytes(NEWER)
    with pytest.raises(SetupError, match=r"has changed .*delete .* to download it again"):
        resolve(f"hf:{REPO}/q4/small.gguf")


def test_a_download_that_is_not_what_the_hub_announced_is_refused(server: Hub, cache: Path) -> None:
    server.served["q4/small.gguf"] = CONTENT[:-1] + b"?"
    with pytest.raises(SetupError, match="has changed"):
        resolve(f"hf:{REPO}/q4/small.gguf")
    assert hub.pins(cache) == []


def test_another_hash_than_the_one_asked_for_is_refused_before_the_download(server: Hub) -> None:
    with pytest.raises(SetupError, match="not the file that you asked for"):
        resolve(f"hf:{REPO}/q4/small.gguf#sha256={'0' * 64}")
    assert not [path for _, path, _ in server.requests if "/resolve/" in path]
    assert resolve(f"hf:{REPO}/q4/small.gguf#sha256={sha256(CONTENT)}").sha256 == sha256(CONTENT)
    with pytest.raises(SetupError, match="not the file that you asked for"):
        resolve(f"hf:{REPO}/q4/small.gguf#sha256={'0' * 64}")


def test_a_dropped_connection_is_taken_up_where_it_ended(server: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr("time.sleep", lambda seconds: None)
    monkeypatch.setattr(constants, "DOWNLOAD_CHUNK_SIZE", 10_000)  # what is taken up: whole pieces, else of 10 MB
    server.drop_after = 50_000
    assert resolve(f"hf:{REPO}/q4/small.gguf").path.read_bytes() == CONTENT
    assert [asked for verb, path, asked in server.requests if verb == "GET" and "/resolve/" in path] == [
        None,
        "bytes=50000-",
    ]


@pytest.mark.parametrize(
    ("status", "code", "sentence"),
    [
        (401, "GatedRepo", "open to people who accepted its terms.*hf auth login"),
        (403, "GatedRepo", "open to people who accepted its terms.*hf auth login"),
        (401, "RepoNotFound", "no repository studio/small-model-GGUF on the hub, or it is private"),
        (404, "RepoNotFound", "no repository studio/small-model-GGUF on the hub, or it is private"),
        (500, "", "could not be downloaded"),
    ],
)
def test_a_refusal_is_one_sentence(server: Hub, status: int, code: str, sentence: str) -> None:
    server.refusal = (status, code)
    with pytest.raises(SetupError, match=sentence) as caught:
        resolve(f"hf:{REPO}/q4/small.gguf")
    assert "\n" not in str(caught.value)


def test_a_wrong_revision_and_a_wrong_file_are_told_apart(server: Hub) -> None:
    with pytest.raises(SetupError, match="has no revision 'v9'"):
        resolve(f"hf:{REPO}/q4/small.gguf@v9")
    with pytest.raises(SetupError, match=r"has no file 'q8/small\.gguf'; its \.gguf files: q4/small\.gguf"):
        resolve(f"hf:{REPO}/q8/small.gguf")


def test_without_network_a_model_in_the_hubs_own_cache_is_found(server: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub import constants, hf_hub_download

    hf_hub_download(REPO, "q4/small.gguf")  # as another program would
    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    found = resolve(f"hf:{REPO}/q4/small.gguf")
    assert (found.sha256, found.origin) == (sha256(CONTENT), f"hf:{REPO}/q4/small.gguf@{FIRST}")
    with pytest.raises(SetupError, match="not on this machine and the hub cannot be reached"):
        resolve(f"hf:{REPO}/q8/other.gguf")


def test_the_list_has_pinned_models_and_says_when_their_file_is_gone(server: Hub) -> None:
    found = resolve(f"hf:{REPO}/q4/small.gguf")
    model = installed_models()[-1]
    assert (model.reference, model.licence, model.size) == (f"hf:{REPO}/q4/small.gguf@main", "apache-2.0", len(CONTENT))
    found.path.resolve().unlink()
    model = installed_models()[-1]
    assert (model.size, model.note) == (None, "is downloaded again when it is used")
