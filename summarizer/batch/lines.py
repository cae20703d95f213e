"""The files of a batch: one request or one result a line, as OpenAI defines them and vLLM's `run-batch` reads them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

from ..providers import BATCH_ENDPOINT

_START = 300
_REQUEST = re.compile(rb'\{"custom_id":"[^"]*","method":"POST",')
FINAL = frozenset({400, 413, 415, 422})
"""Statuses that the same request would meet again: too long, filtered, an unknown parameter."""


class Result(NamedTuple):
    """What one line of results says.

    Attributes:
        id: Of the request.
        status: HTTP status; 200 only if the body is a completion.
        body: JSON, of a completion or of an error.
        final: Whether sending the same request again is of no use.
    """

    id: str
    status: int
    body: str
    final: bool


def request_line(request_id: str, body: str) -> str:
    """Return the line that asks for a completion; `body` is its JSON, without line breaks."""
    return f'{{"custom_id":"{request_id}","method":"POST","url":"{BATCH_ENDPOINT}","body":{body}}}\n'


def holds_requests(path: Path) -> bool:
    """Tell whether a file begins as one that `request_line` wrote, or is empty; raises OSError if it cannot be read."""
    with path.open("rb") as file:
        start = file.read(_START)
    return not start or _REQUEST.match(start) is not None


def read_result(line: bytes) -> Result | None:
    """Return what a line of a result or error file says; None if it is no such line."""
    try:
        value = json.loads(line)
        request_id = str(value["custom_id"])
        response = value.get("response") or {}
        status, body = int(response.get("status_code") or 0), response.get("body")
        error = value.get("error")
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    if status == 200 and not error:
        if _is_completion(body):
            return Result(request_id, 200, json.dumps(body, ensure_ascii=False), final=True)
        return Result(request_id, 502, failure("the result is not a completion"), final=False)
    if status in FINAL:
        told = body if isinstance(body, dict) and body.get("error") else None
        return Result(request_id, status, json.dumps(told) if told else failure(_words(error)), final=True)
    return Result(request_id, 503, failure(f"{status or ''} {_words(error or body)}".strip()), final=False)


def _is_completion(body: Any) -> bool:
    choices = body.get("choices") if isinstance(body, dict) else None
    return (
        isinstance(choices, list)
        and bool(choices)
        and all(isinstance(choice, dict) and isinstance(choice.get("message"), dict) for choice in choices)
    )


def failure(message: str) -> str:
    """Return the JSON of an error as an endpoint gives it."""
    return json.dumps({"error": {"message": message[:500]}}, ensure_ascii=False)


def _words(error: Any) -> str:
    """Return what an error of unknown shape says, in one line."""
    if isinstance(error, dict):
        inner = error.get("error")
        if inner is not None:
            return _words(inner)
        error = " ".join(str(part) for part in (error.get("message"), error.get("code")) if part)
    return " ".join(str(error or "failed without a reason").split())
