"""What is worth trying again, how long to wait, and what refuses structured output."""

from __future__ import annotations

import time
from email.utils import formatdate
from typing import Any

import httpx2 as httpx
import openai
import pytest

from summarizer.errors import BriefError, ContextTooLongError, EndpointError
from summarizer.llm.transport import asked_to_wait, explain, rate_limited, refuses_structure, transient

REQUEST = httpx.Request("POST", "http://127.0.0.1:9/v1/chat/completions")


def status(code: int, body: object = None, **headers: str) -> openai.APIStatusError:
    response = httpx.Response(code, request=REQUEST, headers={k.replace("_", "-"): v for k, v in headers.items()})
    return openai.APIStatusError("failed", response=response, body=body)


def message(text: str, **more: Any) -> dict[str, Any]:
    return {"error": {"message": text, **more}}


def told(error: Exception) -> BriefError | None:
    return explain(error, endpoint="http://h/v1", model="m", provider="custom")


@pytest.mark.parametrize("code", [408, 409, 429, 500, 502, 503, 504, 529])
def test_is_transient(code: int) -> None:
    assert transient(status(code))


@pytest.mark.parametrize("code", [400, 401, 403, 404, 413, 415, 422])
def test_is_final(code: int) -> None:
    assert not transient(status(code))


def test_connection_failures_are_transient_and_own_errors_are_not() -> None:
    assert transient(openai.APIConnectionError(request=REQUEST))
    assert transient(openai.APITimeoutError(REQUEST))
    assert not transient(EndpointError("No."))
    assert not transient(KeyError("title"))


@pytest.mark.parametrize(
    "body",
    [
        message("You exceeded your current quota, please check your plan", code="insufficient_quota"),
        message("Billing hard limit has been reached"),
        {"message": "insufficient_quota"},
        "Your credit balance is too low",
    ],
)
def test_a_quota_that_is_used_up_is_not_tried_again(body: object) -> None:
    error = status(429, body)
    assert not transient(error)
    assert "quota" in str(told(error))


GEMINI = (
    "You exceeded your current quota, please check your plan and billing details. "
    "* Quota exceeded for metric: generate_content_free_tier_requests, limit: {limit}"
)


@pytest.mark.parametrize(
    ("text", "headers"),
    [(GEMINI + "\nPlease retry in 17.3s.", {}), (GEMINI, {"retry_after": "38"})],
)
@pytest.mark.parametrize("listed", [False, True])
def test_a_share_of_a_minute_that_is_used_up_is_waited_for(text: str, headers: dict[str, str], listed: bool) -> None:
    body = message(text.format(limit=10), code=429)
    error = status(429, [body] if listed else body, **headers)
    assert transient(error)
    assert rate_limited(error)
    assert "limits the rate (429)" in str(told(error))


@pytest.mark.parametrize(
    "body",
    [
        message("You exceeded your current quota", code="insufficient_quota"),
        message("You exceeded your current quota", type="insufficient_quota"),
        message(GEMINI.format(limit=0)),
    ],
)
def test_an_account_that_is_empty_is_so_whatever_pause_is_named(body: object) -> None:
    error = status(429, body, retry_after="3")
    assert not transient(error)
    assert "The quota at http://h/v1 is used up (You exceeded" in str(told(error))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Please retry in 17.355s.", 17.355),
        ("Please retry in 250ms.", 0.25),
        ("Rate limit reached. Please try again in 1m2.5s. Visit ...", 62.5),
        ("Please try again in 2h0m1s", 7201.0),
        ("Try again in 5 minutes", None),
        ("Try again in 5min", None),
        ("Failed to retry in time", None),
    ],
)
def test_a_pause_that_is_asked_for_in_words(text: str, seconds: float | None) -> None:
    assert asked_to_wait(status(429, message(text))) == seconds
    assert asked_to_wait(status(429, message(text), retry_after="3")) == 3.0


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry_after": "3"}, 3.0),
        ({"retry_after": "0.5"}, 0.5),
        ({"retry_after_ms": "250"}, 0.25),
        ({"retry_after_ms": "250", "retry_after": "9"}, 0.25),
        ({"retry_after": "-4"}, 0.0),
        ({"retry_after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
        ({"retry_after": "presently"}, None),
        ({"retry_after": "inf"}, None),
        ({"retry_after_ms": "nan", "retry_after": "9"}, 9.0),
        ({}, None),
    ],
)
def test_the_pause_that_is_asked_for(headers: dict[str, str], seconds: float | None) -> None:
    assert asked_to_wait(status(429, None, **headers)) == seconds


def test_a_pause_until_a_date() -> None:
    asked = asked_to_wait(status(503, None, retry_after=formatdate(time.time() + 100, usegmt=True)))
    assert asked is not None
    assert 90 < asked <= 100


def test_no_response_asks_for_no_pause() -> None:
    assert asked_to_wait(openai.APIConnectionError(request=REQUEST)) is None


@pytest.mark.parametrize(
    ("code", "body", "refused"),
    [
        (400, message("response_format type json_schema is not supported"), True),
        (422, message("Unknown field: tool_choice"), True),
        (501, message("grammar not available"), True),
        (400, message("temperature is not supported"), False),
        (400, message("maximum context length is 8192 tokens including response_format"), False),
        (500, message("response_format"), False),
        (401, message("response_format"), False),
    ],
)
def test_an_objection_to_structured_output(code: int, body: object, refused: bool) -> None:
    assert refuses_structure(status(code, body)) is refused


@pytest.mark.parametrize(
    "text",
    [
        "This model's maximum context length is 4096 tokens",
        "the request exceeds the available context size",
        "prompt is too long: 210000 tokens > 200000 maximum",
        "input exceeds the context window",
        "context_length_exceeded",
    ],
)
@pytest.mark.parametrize("code", [400, 413, 500])
def test_a_context_that_is_too_small(code: int, text: str) -> None:
    error = status(code, message(text))
    assert type(told(error)) is ContextTooLongError
    assert not transient(error), "it is split at once"


@pytest.mark.parametrize("body", [None, "x" * 5000, {"detail": "bad"}, {"error": "bad"}, [1], message("line\nbreak")])
@pytest.mark.parametrize("code", [400, 403, 404, 418, 500])
def test_any_body_makes_a_short_sentence(code: int, body: object) -> None:
    text = str(told(status(code, body)))
    assert len(text) < 400
    assert "\n" not in text
    assert text.endswith(".")


@pytest.mark.parametrize(
    "error", [EndpointError("As it is."), KeyError("title"), TypeError("NoneType"), ValueError("x")]
)
def test_what_is_not_the_endpoints_is_not_explained(error: Exception) -> None:
    assert told(error) is None


def test_a_failure_of_the_client_itself_is_explained() -> None:
    assert "failed unexpectedly" in str(told(openai.OpenAIError("line\nbreak")))
