"""The stub endpoint with a Files and Batches API: batches are run by the stub's own answers, line by line."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from typing_extensions import override

from tests.stub import Body, Handler, Stub, running

ENDED = ("completed", "failed", "expired", "cancelled")


@dataclass
class BatchStub(Stub):
    """A running endpoint with batches.

    Attributes:
        line: What happens to a request in a batch: `ok`, a status (`429`, `500`, `400`), `expire`, `lose` (no line at
            all), `garble` (a line that is no JSON), `text:...`, `length`, `badbody`.
        end: The status in which the next batches end; `completed` if there is none. `failed:CODE` refuses the whole.
        calls: What happens to the next calls of the Files and Batches API, by `POST /files` and the like: a status, as
            `Stub.steps`; `dropafter`: it is done, but the connection breaks before the answer.
        paged: Whether lists say that there is no further page; else they are given again for every one.
        slow: Times that a batch is asked after before it ends.
        log: Method and path of each call.
        files: Name and content by id.
        batches: By id.
    """

    line: Callable[[Body], str] = lambda _: "ok"
    end: list[str] = field(default_factory=list)
    calls: dict[str, list[str]] = field(default_factory=dict)
    paged: bool = True
    slow: int = 0
    log: list[str] = field(default_factory=list)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    batches: dict[str, Body] = field(default_factory=dict)
    polls: dict[str, int] = field(default_factory=dict)

    def count(self, call: str) -> int:
        """Return how often a call came, e.g. `POST /batches`."""
        return self.log.count(call)

    @property
    def bodies(self) -> list[Body]:
        """The bodies of all requests in all batches, in order."""
        return [
            json.loads(line)["body"]
            for batch in self.batches.values()
            for line in self.files[batch["input_file_id"]][1].splitlines()
        ]


class _Batches(Handler):
    stub: BatchStub

    @override
    def do_GET(self) -> None:
        """Answer for files and batches; the rest as ever."""
        path = self.path.split("?")[0].removeprefix("/v1")
        if path.startswith(("/files", "/batches")):
            self._serve("GET", path, b"")
        else:
            super().do_GET()

    @override
    def do_POST(self) -> None:
        """Answer for files and batches; the rest as ever."""
        path = self.path.removeprefix("/v1")
        if path in {"/files", "/batches"}:
            self._serve("POST", path, self.rfile.read(int(self.headers["content-length"])))
        else:
            super().do_POST()

    def _serve(self, method: str, path: str, body: bytes) -> None:
        call = f"{method} /{path.split('/')[1]}"
        self.stub.log.append(f"{method} {path}")
        steps = self.stub.calls.get(call, [])
        step = steps.pop(0) if steps else "ok"
        if step not in {"ok", "dropafter"}:
            self.follow(step, {})
            return
        answer = self._do(method, path, body)
        if step == "dropafter":
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
        elif isinstance(answer, bytes):
            self._send(200, raw=answer, content_type="application/octet-stream")
        else:
            self._send(200, answer)

    def _do(self, method: str, path: str, body: bytes) -> Any:
        parts = path.split("/")[1:]
        if parts == ["files"]:
            return self._upload(body) if method == "POST" else self._listed(map(self._file, self.stub.files))
        if parts[0] == "files":
            return self.stub.files[parts[1]][1]
        if parts == ["batches"]:
            return self._create(json.loads(body)) if method == "POST" else self._listed(self.stub.batches.values())
        return self._progress(parts[1])

    def _listed(self, items: Iterable[Body]) -> Body:
        listed = {"object": "list", "data": [*items][::-1]}
        return {**listed, "has_more": False} if self.stub.paged else listed

    def _upload(self, body: bytes) -> Body:
        boundary = self.headers["content-type"].split("boundary=")[1].encode()
        for part in body.split(b"--" + boundary)[1:-1]:
            head, _, content = part.partition(b"\r\n\r\n")
            name = re.search(rb'filename="([^"]*)"', head)
            if name:
                file_id = f"file-{len(self.stub.files) + 1}"
                self.stub.files[file_id] = (name[1].decode(), content.removesuffix(b"\r\n"))
        return self._file(file_id)

    def _file(self, file_id: str) -> Body:
        name, content = self.stub.files[file_id]
        return {
            "id": file_id, "object": "file", "bytes": len(content), "created_at": 1, "filename": name,
            "purpose": "batch", "status": "processed",
        }  # fmt: skip

    def _create(self, wanted: Body) -> Body:
        assert wanted["endpoint"] == "/v1/chat/completions"
        assert wanted["completion_window"] == "24h"
        batch_id = f"batch_{len(self.stub.batches) + 1}"
        lines = self.stub.files[wanted["input_file_id"]][1].splitlines()
        batch = {**wanted, "id": batch_id, "object": "batch", "created_at": 1, "status": "validating"}
        batch["request_counts"] = {"total": len(lines), "completed": 0, "failed": 0}
        self.stub.batches[batch_id] = batch
        return batch

    def _progress(self, batch_id: str) -> Body:
        batch = self.stub.batches[batch_id]
        polls = self.stub.polls[batch_id] = self.stub.polls.get(batch_id, 0) + 1
        if batch["status"] not in ENDED:
            if polls > self.stub.slow:
                self._run(batch)
            else:
                batch["status"] = "in_progress"
        return batch

    def _run(self, batch: Body) -> None:
        batch["status"], _, code = (self.stub.end.pop(0) if self.stub.end else "completed").partition(":")
        if batch["status"] == "failed":
            batch["errors"] = {"object": "list", "data": [{"code": code, "message": f"refused: {code}"}]}
            return
        output, errors = [], []
        for line in self.stub.files[batch["input_file_id"]][1].splitlines():
            request = json.loads(line)
            kind, _, argument = self.stub.line(request["body"]).partition(":")
            result: Body = {"id": "batch_req", "custom_id": request["custom_id"], "response": None, "error": None}
            if kind == "lose":
                continue
            if kind == "garble":
                output.append('{"custom_id": ')
            elif kind == "expire":
                errors.append(json.dumps({**result, "error": {"code": "batch_expired", "message": "not in time"}}))
            elif kind.isdigit():
                error = {"error": {"message": argument or f"failed with {kind}"}}
                errors.append(json.dumps({**result, "response": {"status_code": int(kind), "body": error}}))
            else:
                body = {} if kind == "badbody" else self.completion(request["body"], kind, argument)
                response = {"status_code": 200, "request_id": "req", "body": body}
                output.append(json.dumps({**result, "response": response}))
        for key, lines in (("output_file_id", output), ("error_file_id", errors)):
            if lines:
                batch[key] = f"file-{batch['id']}-{key}"
                self.stub.files[batch[key]] = (f"{batch[key]}.jsonl", "\n".join([*lines, ""]).encode())
        batch["request_counts"].update(completed=len(output), failed=len(errors))


@contextmanager
def running_batch_stub() -> Iterator[BatchStub]:
    """Run a stub with batches on a free port until the block ends."""
    with running(BatchStub(), _Batches) as stub:
        yield stub
