"""The one owner of transport retries, and the one place where an endpoint's error becomes a sentence."""

from __future__ import annotations

import email.utils
import math
import re
import time
from typing import TYPE_CHECKING

from ..errors import (
    BriefError,
    ContentFilteredError,
    ContextTooLongError,
    EndpointError,
    InvalidAnswerError,
    SetupError,
)
from ..providers import PROVIDERS

if TYPE_CHECKING:
    import openai
    from tenacity import AsyncRetrying, RetryCallState

    from .meter import Meter

_TRANSIENT_STATUS = frozenset({408, 409, 429})
_NO_QUOTA = re.compile(r"insufficient_quota|billing|exceeded your current quota|credit", re.IGNORECASE)
_NOTHING_TO_WAIT_FOR = re.compile(r"insufficient_quota|limit: 0\b", re.IGNORECASE)
"""OpenAI's code for an empty account; Gemini's words for a model that the plan does not include."""
_RETRY_IN = re.compile(r"\b(?:retry|try again) in ((?:\d+(?:\.\d+)?(?:ms|[hms]))+)\b", re.IGNORECASE)
"""`Please retry in 17.3s` (Gemini), `Please try again in 1m2.5s` (OpenAI, Groq)."""
_PART = re.compile(r"([\d.]+)(ms|[hms])", re.IGNORECASE)
_SECONDS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
_TOO_LONG = re.compile(
    r"context.{0,20}(length|size|window)|exceed.{0,20}context|maximum context|too many tokens|prompt is too long",
    re.IGNORECASE,
)
_NO_STRUCTURE = re.compile(r"response_format|json_schema|json_object|tool|grammar|structured", re.IGNORECASE)

_INVALID = re.compile(r"validation error|literal_error|not supported|unsupported", re.IGNORECASE)
"""llama-cpp-python 0.3.36 says so with status 500, which otherwise means that it may work later."""
_NO_FIT = re.compile(r"json_validate_failed|tool_use_failed")
"""Groq's codes for an answer, not a request, that does not fit (https://console.groq.com/docs/errors)."""


def retry_policy(meter: Meter, *, retries: int, max_wait: float) -> AsyncRetrying:
    """Return a fresh policy for one request: connection failures, timeouts, 408, 409, 429 and 5xx, nothing else.

    `Retry-After` (seconds or a date) is honoured up to `max_wait` seconds; a longer one ends the retries, since
    asking earlier would be of no use. A policy must not be shared between requests: it counts.
    """
    from tenacity import AsyncRetrying, stop_after_attempt, wait_random_exponential

    backoff = wait_random_exponential(multiplier=0.5, max=max(max_wait, 0.001))

    def retry(state: RetryCallState) -> bool:
        error = state.outcome.exception() if state.outcome else None
        return error is not None and transient(error) and (asked_to_wait(error) or 0.0) <= max_wait

    def wait(state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = asked_to_wait(error) if error else None
        return asked if asked is not None else float(backoff(state))

    def before_sleep(_: RetryCallState) -> None:
        meter.retries += 1

    return AsyncRetrying(
        retry=retry, wait=wait, stop=stop_after_attempt(retries + 1), before_sleep=before_sleep, reraise=True
    )


def transient(error: BaseException) -> bool:
    """Tell whether the same request may succeed a little later."""
    import openai

    if isinstance(error, openai.APIStatusError):
        if error.status_code == 429:
            return not _no_quota(error)
        final = refuses_structure(error) or _too_long(error)
        return error.status_code in _TRANSIENT_STATUS or (error.status_code >= 500 and not final)
    return isinstance(error, openai.APIConnectionError)


def rate_limited(error: BaseException) -> bool:
    """Tell whether the endpoint says that it is asked too often (429 that is not about an empty account)."""
    import openai

    return isinstance(error, openai.APIStatusError) and error.status_code == 429 and transient(error)


def overloaded(error: BaseException) -> bool:
    """Tell whether the endpoint says that it cannot serve anybody just now (503)."""
    import openai

    return isinstance(error, openai.APIStatusError) and error.status_code == 503


def asked_to_wait(error: BaseException) -> float | None:
    """Return the seconds that the endpoint asks to wait (`retry-after-ms`, `Retry-After`, else in words), or None."""
    import openai

    headers = getattr(getattr(error, "response", None), "headers", None)
    if headers is None:
        return None
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        value = headers.get(name)
        if not value:
            continue
        try:
            seconds = float(value) * unit
        except ValueError:
            try:
                seconds = email.utils.parsedate_to_datetime(value).timestamp() - time.time()
            except ValueError:
                continue
        if math.isfinite(seconds):
            return max(0.0, seconds)
    said = _RETRY_IN.search(detail_of(error)) if isinstance(error, openai.APIStatusError) else None
    if said is None:
        return None
    return sum(float(number) * _SECONDS[unit.lower()] for number, unit in _PART.findall(said[1]))


def refuses_structure(error: BaseException) -> bool:
    """Tell whether the endpoint objects to the way in which structured output was asked for."""
    import openai

    if not isinstance(error, openai.APIStatusError):
        return False
    detail = detail_of(error)
    refused = error.status_code in {400, 404, 415, 422, 501} or (error.status_code == 500 and _INVALID.search(detail))
    about_the_answer = _NO_FIT.search(detail) or _TOO_LONG.search(detail)
    return bool(refused and _NO_STRUCTURE.search(detail) and not about_the_answer)


def explain(error: Exception, *, endpoint: str, model: str, provider: str, retried: bool = False) -> BriefError | None:
    """Return what an error of the endpoint means and what to do, in one sentence.

    None if the error is not the endpoint's: one of ours says so itself, and one of the program must not look like
    somebody else's.

    Args:
        error: What was raised.
        endpoint: Its address for people.
        model: The model's name.
        provider: The profile's name.
        retried: Whether what may pass was tried again.
    """
    import openai

    after = ", also after retries" if retried else ""
    if isinstance(error, openai.APITimeoutError):
        return EndpointError(
            f"{endpoint} did not answer in time{after}: "
            "try again later, or give it longer with BRIEF_TIMEOUT (seconds)."
        )
    if isinstance(error, openai.APIResponseValidationError):
        return no_completion(endpoint)
    if isinstance(error, openai.APIStatusError):
        return _explain_status(error, endpoint=endpoint, model=model, provider=provider, after=after)
    if isinstance(error, openai.APIConnectionError):
        return EndpointError(
            f"No connection to {endpoint} ({_root_cause(error)}): is the server running, is the address right "
            "(--base-url), is there a network?"
        )
    if isinstance(error, openai.OpenAIError):
        words = " ".join(str(error).split())[:200]
        return EndpointError(f"{endpoint} failed unexpectedly ({type(error).__name__}: {words}).")
    return None


def no_completion(endpoint: str) -> EndpointError:
    """Return the error for an answer that is no completion, e.g. a web page, or one without a choice."""
    return EndpointError(f"{endpoint} answered with something that is not a completion: check --base-url and --model.")


def _explain_status(
    error: openai.APIStatusError, *, endpoint: str, model: str, provider: str, after: str
) -> BriefError:
    status, detail = error.status_code, detail_of(error)
    short = detail if len(detail) <= 200 else detail[:199] + "…"
    if 300 <= status < 400:
        return SetupError(
            f"{endpoint} sends requests on to another address ({status}), and an article goes only where you say: "
            "give the address itself as --base-url."
        )
    if status == 401:
        variable = next(iter(PROVIDERS[provider].key_env), "BRIEF_API_KEY")
        return SetupError(f"{endpoint} refused the key (401): set {variable} to a valid one.")
    if status == 403:
        return SetupError(f"{endpoint} denies access to {model!r} (403: {short}): check the key's rights.")
    if _too_long(error):
        return ContextTooLongError(
            f"The request does not fit the context of {model!r}: set BRIEF_CONTEXT_TOKENS to the model's real context."
        )
    if "content_filter" in detail or "content_policy" in detail:
        return ContentFilteredError(f"The content filter of {endpoint} refused the text.")
    if _NO_FIT.search(detail):
        return InvalidAnswerError(f"{model!r} did not give an answer that fits ({status}: {short}): try another model.")
    if status == 404 or "model_not_found" in detail:
        return SetupError(
            f"{endpoint} has no model {model!r} (or no such address): `brief models` lists what it offers, "
            "--model and --base-url choose."
        )
    if status == 429 and _no_quota(error):
        return EndpointError(f"The quota at {endpoint} is used up ({short}): check plan and billing of the account.")
    if status == 429:
        wait = asked_to_wait(error)
        when = f"in {wait:.0f} seconds" if wait else "later"
        return EndpointError(f"{endpoint} limits the rate (429){after}: try again {when}.")
    if status >= 500:
        return EndpointError(f"{endpoint} failed with {status}{after} ({short}): try again later.")
    return EndpointError(f"{endpoint} refused the request ({status}: {short}).")


def _no_quota(error: openai.APIStatusError) -> bool:
    """Tell whether a 429 means an empty account.

    Gemini says in OpenAI's words for it that a minute's share is used up, but also how long to wait.
    """
    detail = detail_of(error)
    if asked_to_wait(error) is not None:
        return bool(_NOTHING_TO_WAIT_FOR.search(detail))
    return bool(_NO_QUOTA.search(detail))


def _too_long(error: openai.APIStatusError) -> bool:
    return error.status_code in {400, 413, 422, 500} and bool(_TOO_LONG.search(detail_of(error)))


def detail_of(error: openai.APIStatusError) -> str:
    """Return what the body says, in one line, with its machine-readable code and type."""
    return " ".join(_said(error).split())


def _said(error: openai.APIStatusError) -> str:
    body = error.body
    if isinstance(body, list) and len(body) == 1:  # so Gemini does
        body = body[0]
    if isinstance(body, dict):
        inner = body.get("error", body)
        if isinstance(inner, dict):
            parts = (inner.get("message"), inner.get("code"), inner.get("type"))
            return " ".join(str(part) for part in parts if part)
        return str(inner)
    return str(body or error.message)


def _root_cause(error: BaseException) -> str:
    while error.__cause__ is not None:
        error = error.__cause__
    return str(error) or type(error).__name__
