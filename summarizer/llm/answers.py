"""What an endpoint answered, as far as it may be relied on: no client holds what comes back to its types."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import openai

_UPSTREAM = 502
"""What a failure counts as that gives no status: OpenRouter's for a model that is down or answers nonsense."""


class Tokens(NamedTuple):
    """What an endpoint counted for one request: tokens read, tokens written, and those read that it had kept."""

    read: int
    written: int
    cached: int = 0


def is_completion(answer: Any) -> bool:
    """Tell whether an answer has choices, and each of them a message: text, calls of a function, or nothing."""
    choices = _listed(answer, "choices")
    return bool(choices) and all(_is_message(getattr(choice, "message", None)) for choice in choices)


def _is_message(message: Any) -> bool:
    if not isinstance(getattr(message, "content", 0), str | None):
        return False
    calls = getattr(message, "tool_calls", None) or []
    return isinstance(calls, list) and all(hasattr(getattr(call, "function", None), "arguments") for call in calls)


def failure_in(answer: Any, url: str) -> openai.APIStatusError | None:
    """Return the error that an answer with status 200 holds instead of a completion; None if it holds none.

    OpenRouter reports so what fails once a model is at work, of the whole or of a choice, with the status as its code
    (https://openrouter.ai/docs/api/reference/errors-and-debugging).

    Args:
        answer: What came.
        url: What was asked.
    """
    for part in _listed(answer, "choices") or [answer]:
        failed = getattr(part, "finish_reason", None) == "error"
        error = getattr(part, "error", None) or (getattr(answer, "error", None) if failed else None)
        status = _status(error) or (_UPSTREAM if failed else None)
        if status is not None:
            return _status_error(status, error, url)
    return None


def _status(error: Any) -> int | None:
    code = str(error.get("code")) if isinstance(error, dict) else ""
    return int(code) if re.fullmatch("[45][0-9]{2}", code) else None


def _status_error(status: int, body: Any, url: str) -> openai.APIStatusError:
    import httpx2
    import openai

    response = httpx2.Response(status, request=httpx2.Request("POST", url))
    return openai.APIStatusError(f"Error code: {status}", response=response, body=body)


def text_of(choice: Any) -> str:
    """Return the text of a choice; empty if it has none."""
    return choice.message.content or ""


def tokens_of(answer: Any) -> Tokens | None:
    """Return what the endpoint counted; None if it does not tell.

    Of an answer with several choices llama.cpp counts the tokens of one; the others are known by their log-probabilities.
    """
    usage = getattr(answer, "usage", None)
    read, written = _number(usage, "prompt_tokens"), _number(usage, "completion_tokens")
    if not read and not written:
        return None
    choices = _listed(answer, "choices")
    if len(choices) > 1:
        written = max(written, sum(len(_drawn(choice)) for choice in choices))
    return Tokens(read, written, _number(getattr(usage, "prompt_tokens_details", None), "cached_tokens"))


def mean_logprob(choice: Any) -> float | None:
    """Return the mean log-probability of a choice's tokens; None if the endpoint does not tell."""
    values = [getattr(token, "logprob", None) for token in _drawn(choice)]
    known = [value for value in values if isinstance(value, int | float)]
    return sum(known) / len(known) if known else None


def _drawn(choice: Any) -> list[Any]:
    return _listed(getattr(choice, "logprobs", None), "content")


def _listed(part: Any, name: str) -> list[Any]:
    value = getattr(part, name, None)
    return value if isinstance(value, list) else []


def _number(part: Any, name: str) -> int:
    value = getattr(part, name, None)
    return max(0, value) if isinstance(value, int) else 0
