"""`brief doctor`: what an endpoint really does, tried with a few tiny requests; no article is sent."""

from __future__ import annotations

import json
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ..errors import BriefError
from ..providers import Mode
from .answers import failure_in, is_completion, text_of, tokens_of
from .client import listed_models
from .model import Model
from .transport import detail_of, explain, transient

Result = Literal["ok", "limited", "fails", "unknown"]
"""`limited`: it works, but something should be known or set."""

NEED_TOKENS = 4096
"""Context below which pieces become so small that much of each request is instructions."""

_FORCED = {
    "type": "object",
    "properties": {"s1": {"type": "string", "enum": ["kept"]}, "s2": {"type": "string", "enum": ["kept"]}},
    "required": ["s1", "s2"],
    "additionalProperties": False,
}
# What is asked for contradicts the schema: who answers as asked does not enforce it. The seemingly simpler test, to ask
# for what the schema says, would be passed by every good model without any enforcement.
_CONTRARY = (
    "Which is the capital of France? Answer with a JSON object that has the key city, and nothing else.\n"
    'Example: Which is the capital of Spain? {"city": "Madrid"}\nWhich is the capital of France?'
)
_LONG = "Count from one to one hundred in words, separated by commas: one, two, three,"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the report.

    Attributes:
        name: What was tried.
        result: How it went.
        found: What was seen.
        advice: What to set or to know; empty if nothing.
    """

    name: str
    result: Result
    found: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What was found of one endpoint.

    Attributes:
        endpoint: Its address without credentials.
        provider: The profile's name.
        model: The model's name.
        style: What the model is trusted with.
        checks: What was tried, in order.
        mode: The best mode for structured output that was enforced, else one that was accepted; None if there is none.
    """

    endpoint: str
    provider: str
    model: str
    style: str
    checks: tuple[Check, ...]
    mode: Mode | None

    @property
    def usable(self) -> bool:
        """Whether articles can be worked on at all."""
        failed = {check.name for check in self.checks if check.result == "fails"}
        return "completion" not in failed and (self.style == "completion" or self.mode is not None)

    @property
    def sound(self) -> bool:
        """Whether nothing is to be set or known."""
        return self.usable and not any(check.advice for check in self.checks)


async def examine(model: Model, *, context_set: bool = False) -> Report:
    """Try an endpoint: completion, its end, usage, three ways of structured output, context, speed.

    Takes four requests of at most 64 tokens of output each, and one for the list of models.

    Args:
        model: An open model.
        context_set: Whether a person has set `context_tokens`; else it is the profile's guess.

    Raises:
        EndpointError, SetupError: If the endpoint cannot be asked at all: no connection, wrong key, no such model.
    """
    doctor = _Doctor(model)
    plain = await doctor.plain()
    modes: dict[Mode, Check] = {
        "json_schema": await doctor.structured("JSON schema", _schema_request(strict=model.provider.strict)),
        "tools": await doctor.structured("tool call", _tool_request()),
        "json": await doctor.structured("JSON object", {"response_format": {"type": "json_object"}}, enforced=False),
    }
    mode = _best(modes, model.provider.modes)
    checks = [*plain, *_with_advice(modes, mode, model), await doctor.context(context_set)]
    return Report(
        endpoint=model.endpoint,
        provider=model.provider.name,
        model=model.name,
        style=model.style,
        checks=tuple(checks),
        mode=mode,
    )


class _Doctor:
    def __init__(self, model: Model) -> None:
        self.model = model

    async def ask(self, prompt: str, max_tokens: int, **more: Any) -> Any:
        """Send one request, once, as the program would send it; None if what comes is not even JSON."""
        model = self.model
        request: dict[str, Any] = {model.provider.max_tokens_field: max_tokens, **more}
        if model.temperature is not None:
            request["temperature"] = model.temperature
        try:
            answer = await model.client.chat.completions.create(
                model=model.name,
                messages=[{"role": "user", "content": prompt}],
                extra_body=dict(model.provider.extra_body) or None,
                **request,
            )
        except (json.JSONDecodeError, UnicodeDecodeError):
            return None
        failure = failure_in(answer, model.endpoint)
        if failure is not None:
            raise failure
        return answer

    async def plain(self) -> list[Check]:
        """Ask for more than fits: tells whether there is an answer, a usage, a reason for its end, and how fast it is."""
        started = time.perf_counter()
        answer = await self._explained(lambda: self.ask(_LONG, 64))
        seconds = time.perf_counter() - started
        if not is_completion(answer):
            return [Check("completion", "fails", "the answer holds no choice", "check --base-url and --model")]
        choice, tokens = answer.choices[0], tokens_of(answer)
        text = text_of(choice)
        checks = [Check("completion", "ok" if text.strip() else "limited", f"{len(text)} characters")]
        written = tokens.written if tokens else 0
        if choice.finish_reason == "length" or (choice.finish_reason == "stop" and written < 64):
            checks.append(Check("finish_reason", "ok", str(choice.finish_reason)))
        else:
            said = f"{choice.finish_reason} after {written or 'an unknown number of'} tokens of 64"
            checks.append(Check("finish_reason", "limited", said, "answers that are cut off may not be noticed"))
        if tokens and tokens.read and written:
            found = f"{tokens.read} + {written} tokens"
            checks.append(Check("usage", "ok", found))
            checks.append(Check("speed", "ok", f"{written / seconds:.0f} tokens a second, {seconds:.1f} s in all"))
        else:
            checks.append(Check("usage", "limited", "not reported", "tokens and cost will be counted as 0"))
            checks.append(Check("speed", "unknown", f"{len(text) / seconds:.0f} characters a second"))
        return checks

    async def structured(self, name: str, request: dict[str, Any], *, enforced: bool = True) -> Check:
        """Ask for something that contradicts the schema, and see what wins."""
        import openai

        try:
            answer = await self.ask(_CONTRARY, 64, **request)
        except openai.APIStatusError as error:
            if transient(error):
                return Check(name, "unknown", f"error {error.status_code}: {detail_of(error)[:100]}")
            return Check(name, "fails", f"refused ({error.status_code}: {detail_of(error)[:100]})")
        except openai.APIError as error:
            return Check(name, "unknown", type(error).__name__)
        return _judged(name, _text_of(answer), tool="tools" in request, enforced=enforced)

    async def context(self, context_set: bool) -> Check:
        """Compare the context that the endpoint states with the one that is counted on."""
        counted = self.model.context_tokens
        stated = await self._stated_context()
        if stated is None:
            advice = (
                "" if context_set else f"set BRIEF_CONTEXT_TOKENS to the model's real context; {counted:,} is a guess"
            )
            return Check(
                "context", "ok" if context_set else "unknown", f"not stated; {counted:,} tokens are used", advice
            )
        found = f"{stated:,} tokens stated, {counted:,} used"
        if stated < counted:
            return Check("context", "limited", found, f"set BRIEF_CONTEXT_TOKENS={stated}")
        if counted < NEED_TOKENS <= stated or (not context_set and stated >= 4 * counted):
            return Check("context", "limited", found, f"set BRIEF_CONTEXT_TOKENS (up to {stated}) for larger pieces")
        return Check("context", "ok", found)

    async def _stated_context(self) -> int | None:
        """Return what the list of models says; the field's name is each server's own."""
        import openai

        try:
            listed = await listed_models(self.model.client) or []
        except openai.OpenAIError:
            return None
        own = next((item for item in listed if item.id == self.model.name), listed[0] if len(listed) == 1 else None)
        said: dict[str, Any] = dict(own.model_extra or {}) if own is not None else {}
        meta = said.get("meta")
        places = [said, meta if isinstance(meta, dict) else {}]
        names = (
            "loaded_context_length",
            "n_ctx",
            "max_model_len",
            "context_length",
            "context_window",
            "max_context_length",
        )
        values = (place.get(name) for name in names for place in places)
        return next((value for value in values if isinstance(value, int) and value > 0), None)

    async def _explained(self, send: Callable[[], Awaitable[Any]]) -> Any:
        model = self.model
        try:
            return await send()
        except Exception as error:
            told: BriefError | None = explain(
                error, endpoint=model.endpoint, model=model.name, provider=model.provider.name
            )
            if told is None:
                raise
            raise told from error


def _schema_request(*, strict: bool) -> dict[str, Any]:
    schema: dict[str, Any] = {"name": "Translation", "schema": _FORCED}
    if strict:
        schema["strict"] = True
    return {"response_format": {"type": "json_schema", "json_schema": schema}}


def _tool_request() -> dict[str, Any]:
    function = {"name": "Translation", "description": "Two sentences.", "parameters": _FORCED}
    return {
        "tools": [{"type": "function", "function": function}],
        "tool_choice": {"type": "function", "function": {"name": "Translation"}},
    }


def _text_of(answer: Any) -> tuple[str, str]:
    """Return the text and the arguments of the first tool call."""
    if not is_completion(answer):
        return "", ""
    calls = answer.choices[0].message.tool_calls or ()
    return text_of(answer.choices[0]).strip(), next((str(call.function.arguments) for call in calls), "")


def _judged(name: str, answer: tuple[str, str], *, tool: bool, enforced: bool) -> Check:
    text, arguments = answer
    if tool and not arguments:
        return Check(name, "fails", "accepted, but no call came")
    try:
        value = json.loads(arguments if tool else text)
    except json.JSONDecodeError:
        return Check(name, "fails", "accepted and ignored: the answer is no JSON")
    if not enforced:
        if isinstance(value, dict):
            return Check(name, "ok", "JSON came, as the prompt asked for")
        return Check(name, "fails", "accepted and ignored: JSON came, but no object")
    if value == {"s1": "kept", "s2": "kept"}:
        return Check(name, "ok", "enforced: held against the prompt")
    return Check(name, "limited", "accepted, not enforced: JSON of another shape came")


def _best(modes: dict[Mode, Check], order: Sequence[Mode]) -> Mode | None:
    """Return the first mode of the profile, then of the rest, that works best."""
    ranked = [*order, *(mode for mode in modes if mode not in order)]
    # A mode that is accepted and not enforced may keep the schema from the model altogether; `json` shows it.
    for result, allowed in (("ok", {"json_schema", "tools"}), ("ok", {"json"}), ("limited", set(modes))):
        for mode in ranked:
            if mode in allowed and modes[mode].result == result:
                return mode
    return None


def _with_advice(modes: dict[Mode, Check], best: Mode | None, model: Model) -> list[Check]:
    """Say what to set, at the line of the mode that is used now."""
    checks = []
    for mode, check in modes.items():
        advice = ""
        if mode == model.mode and model.style == "instruct":
            if best is None:
                advice = "no structured output works: this model or server cannot write a brief"
            elif best != mode and modes[mode].result != "ok":
                advice = f"set BRIEF_MODE={best}"
            elif check.result != "ok" or mode == "json":
                advice = "every answer is validated and asked for again if it does not fit: expect more requests"
        checks.append(Check(check.name, check.result, check.found, advice))
    return checks
