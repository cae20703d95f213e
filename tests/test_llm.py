"""The door to a model: structured answers, whose retry is whose, and what every failure turns into."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, replace
from typing import Any

import pytest
from pydantic import BaseModel

from summarizer.errors import (
    BriefError,
    ContentFilteredError,
    ContextTooLongError,
    EndpointError,
    ExitCode,
    InputError,
    InvalidAnswerError,
    SetupError,
    TruncatedError,
)
from summarizer.llm import Message, Model, choose_provider, list_models, open_model
from summarizer.llm.model import Completion
from summarizer.llm.wire import keyed
from summarizer.settings import Settings
from tests.stub import Handler, Stub, wanted

SECRET = "sk-test-0123456789-secret"  # no key of anybody
GOOD = '{"s1": "One.", "s2": "Two."}'
MESSAGES: list[Message] = [{"role": "system", "content": "Translate."}, {"role": "user", "content": "[s1] Eins."}]


@dataclass
class Outcome:
    """What came of one call: an answer or an error, and the model that counted."""

    model: Model
    answer: Any = None
    error: Exception | None = None

    @property
    def counts(self) -> tuple[int, int, int]:
        return self.model.meter.requests, self.model.meter.retries, self.model.meter.reasks


def ask(stub: Stub, *, plain: bool = False, **values: Any) -> Outcome:
    """Ask for two ids (or for plain text) with settings that do not wait."""
    flags = {"base_url": stub.base_url, "model": "large", "max_wait": 0.02, "api_key": SECRET, **values}
    settings = Settings.load(**flags)

    async def work() -> Outcome:
        async with open_model(settings) as model:
            outcome = Outcome(model)
            try:
                if plain:
                    outcome.answer = await model.complete(MESSAGES, max_tokens=10, stop=["\n"])
                else:
                    schema = keyed("Translation", ("s1", "s2"), "Both.")
                    outcome.answer = await model.extract(MESSAGES, schema, max_tokens=100)
            except BriefError as error:
                outcome.error = error
            return outcome

    return asyncio.run(work())


@pytest.fixture(autouse=True)
def good(stub: Stub) -> None:
    stub.answer = lambda _: GOOD


def one_sentence(error: Exception | None) -> str:
    text = str(error)
    assert text.endswith((".", "?"))
    assert "\n" not in text
    assert SECRET not in text
    assert "Traceback" not in text
    return text


# --- structured answers


@pytest.mark.parametrize("mode", ["json_schema", "tools", "json"])
def test_every_mode_gives_the_same_answer_and_asks_once(stub: Stub, mode: str) -> None:
    outcome = ask(stub, mode=mode)
    assert outcome.answer.model_dump() == json.loads(GOOD)
    assert outcome.counts == (1, 0, 0)
    name, schema = wanted(stub.requests[0])
    assert name == "Translation"
    assert sorted(schema["required"]) == ["s1", "s2"]
    assert stub.requests[0]["messages"][-1] == MESSAGES[-1]


@pytest.mark.parametrize("mode", ["json_schema", "json"])
@pytest.mark.parametrize("text", ["```json\n{}\n```", "```\n{}\n```", "\n ```json\n{}```  "])
def test_a_fenced_answer_is_taken(stub: Stub, mode: str, text: str) -> None:
    stub.steps = ["text:" + text.replace("{}", GOOD)]
    assert ask(stub, mode=mode).answer.s2 == "Two."
    assert len(stub.requests) == 1


@pytest.mark.parametrize("mode", ["json_schema", "tools", "json"])
@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("text:Here you are!", "Invalid JSON"),
        ('text:{"s1": "One."}', "s2"),
        ('text:{"s1": "One.", "s2": 2}', "valid string"),
        ("text:", "Invalid JSON"),
        ('text:["s1", "s2"]', "object"),
    ],
)
def test_an_answer_that_does_not_fit_is_asked_for_again_with_the_reason(
    stub: Stub, mode: str, bad: str, said: str
) -> None:
    stub.steps = [bad]
    outcome = ask(stub, mode=mode)
    assert outcome.answer.s1 == "One."
    assert outcome.counts == (2, 0, 1)
    first, second = (body["messages"] for body in stub.requests)
    assert second[: len(first)] == first
    assert said in second[-1]["content"]
    assert outcome.model.meter.input_tokens == 200  # those of the failed attempt too
    assert outcome.model.meter.output_tokens == 100


@pytest.mark.parametrize("mode", ["json_schema", "tools", "json"])
def test_an_answer_without_content_or_tool_call_is_asked_for_again(stub: Stub, mode: str) -> None:
    stub.steps = ["null"]
    assert ask(stub, mode=mode).counts == (2, 0, 1)


@pytest.mark.parametrize("reasks", [0, 1, 2])
def test_re_asks_are_bounded(stub: Stub, reasks: int) -> None:
    stub.fate = lambda _: "text:nonsense"
    outcome = ask(stub, reasks=reasks)
    assert isinstance(outcome.error, InvalidAnswerError)
    assert "did not fit the schema" in one_sentence(outcome.error)
    assert "BRIEF_MODE" in str(outcome.error)
    assert outcome.counts == (reasks + 1, 0, reasks)
    assert outcome.model.meter.input_tokens == 100 * (reasks + 1)


def test_text_and_schema_never_pass_a_template_engine(stub: Stub) -> None:
    article = "[s1] {{ 7*7 }} {% raw %} {% 50 {# weg #} ${7*7} <%= 7 %>"
    message: list[Message] = [{"role": "user", "content": article}]

    async def work() -> None:
        async with open_model(Settings.load(base_url=stub.base_url, model="large")) as model:
            await model.extract(message, keyed("Translation", ("s1", "s2"), "Both."), max_tokens=10)

    stub.steps = ["text:{{ 7*7 }} {% 50"]  # neither does what the model says, when it comes back in a re-ask
    asyncio.run(work())
    assert stub.requests[0]["messages"] == message
    assert [turn["content"] for turn in stub.requests[1]["messages"][:2]] == [article, "{{ 7*7 }} {% 50"]


# --- transport retries: one owner


@pytest.mark.parametrize("failure", ["408", "409", "429", "429:0.01", "500", "503", "529", "drop", "dropbody"])
def test_a_transient_failure_is_tried_again(stub: Stub, failure: str) -> None:
    stub.steps = [failure, failure]
    outcome = ask(stub)
    assert outcome.answer.s1 == "One."
    assert outcome.counts == (3, 2, 0)
    assert stub.requests[0] == stub.requests[1] == stub.requests[2]


BROKEN_CHOICE = {"message": {"role": "assistant", "content": "On"}, "finish_reason": "error"}
IN_SPITE_OF_200 = [
    {"error": {"code": 429, "message": "Slow down"}, "user_id": "u"},
    {"error": {"code": "503", "message": "Overloaded"}, "choices": []},
    {"choices": [BROKEN_CHOICE | {"error": {"code": 502, "message": "Provider returned error"}}]},
    {"choices": [BROKEN_CHOICE], "error": {"code": 502, "message": "Provider returned error"}},
    {"choices": [BROKEN_CHOICE]},
]


@pytest.mark.parametrize("answer", IN_SPITE_OF_200)
@pytest.mark.parametrize("plain", [False, True])
def test_a_failure_that_comes_with_status_200_is_one(stub: Stub, answer: dict[str, Any], plain: bool) -> None:
    stub.steps = [f"raw:{json.dumps(answer)}"] * 2
    outcome = ask(stub, plain=plain)
    assert outcome.error is None
    assert outcome.counts == (3, 2, 0)


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        ({"code": 429, "message": "Slow down"}, EndpointError, "limits the rate"),
        ({"code": 502, "message": "Provider returned error"}, EndpointError, "502"),
        ({"code": 400, "message": "maximum context length is 8192 tokens"}, ContextTooLongError, "context"),
        ({"code": 402, "message": "Insufficient credits"}, EndpointError, "Insufficient credits"),
        ({"code": "busy", "message": "Busy"}, EndpointError, "not a completion"),
        ("Unexpected endpoint or method", EndpointError, "--base-url"),
    ],
)
def test_a_failure_that_comes_with_status_200_is_explained(
    stub: Stub, error: Any, kind: type[BriefError], words: str
) -> None:
    stub.fate = lambda _: f"raw:{json.dumps({'error': error})}"
    outcome = ask(stub, retries=0)
    assert type(outcome.error) is kind
    assert words in one_sentence(outcome.error)


@pytest.mark.parametrize("failure", ["429", "500", "503", "drop", "dropbody"])
@pytest.mark.parametrize("plain", [False, True])
def test_retries_do_not_multiply(stub: Stub, failure: str, plain: bool) -> None:
    stub.fate = lambda _: failure
    outcome = ask(stub, plain=plain, retries=2, reasks=2)
    assert type(outcome.error) is EndpointError
    assert "retries" in one_sentence(outcome.error) or "No connection" in str(outcome.error)
    assert outcome.counts == (3, 2, 0)
    assert len(stub.requests) == 3


@pytest.mark.parametrize("failure", ["429", "500", "slow:0.2"])
def test_retries_that_are_switched_off_are_not_told_of(stub: Stub, failure: str) -> None:
    stub.fate = lambda _: failure
    outcome = ask(stub, retries=0, timeout=0.1)
    assert "retries" not in one_sentence(outcome.error)
    assert outcome.counts == (1, 0, 0)


def test_retries_and_re_asks_are_counted_apart(stub: Stub) -> None:
    stub.steps = ["500", "text:nonsense", "drop", "text:nonsense", "429:0"]
    outcome = ask(stub)
    assert outcome.answer.s1 == "One."
    assert outcome.counts == (6, 3, 2)


def test_a_slow_endpoint_times_out_and_is_tried_again(stub: Stub) -> None:
    stub.fate = lambda _: "slow:0.4"
    outcome = ask(stub, timeout=0.05, retries=1)
    assert "did not answer in time" in one_sentence(outcome.error)
    assert "BRIEF_TIMEOUT" in str(outcome.error)
    assert outcome.counts == (2, 1, 0)


@pytest.mark.parametrize("after", ["120", "Fri, 31 Dec 2100 23:59:59 GMT"])
def test_a_pause_longer_than_allowed_ends_the_retries_at_once(stub: Stub, after: str) -> None:
    stub.fate = lambda _: f"429:{after}"
    outcome = ask(stub)
    assert "limits the rate" in one_sentence(outcome.error)
    assert outcome.counts == (1, 0, 0)


@pytest.mark.parametrize("after", ["Wed, 21 Oct 2015 07:28:00 GMT", "soon", "-5", "0"])
def test_a_pause_that_is_over_or_senseless_does_not_stop_the_retry(stub: Stub, after: str) -> None:
    stub.steps = [f"503:{after}"]
    assert ask(stub).counts == (2, 1, 0)


NO_COMPLETIONS = [
    "html",
    "badbody",
    "raw:null",
    'raw:{"choices": "x"}',
    'raw:{"choices": ["x"]}',
    'raw:{"choices": [{"index": 0, "text": "One.", "finish_reason": "stop"}]}',
    'raw:{"choices": [{"message": null, "finish_reason": "stop"}]}',
    'raw:{"choices": [{"message": "One.", "finish_reason": "stop"}]}',
    'raw:{"choices": [{"message": {"content": 1}, "finish_reason": "stop"}]}',
    'raw:{"choices": [{"message": {"content": null, "tool_calls": ["x"]}, "finish_reason": "stop"}]}',
    'raw:{"choices": [{"message": {"content": null, "tool_calls": [{"function": null}]}, "finish_reason": "stop"}]}',
]


@pytest.mark.parametrize("step", NO_COMPLETIONS)
@pytest.mark.parametrize("values", [{"plain": True}, {"mode": "json_schema"}, {"mode": "tools"}])
def test_what_is_no_completion_is_said_and_asked_for_once(stub: Stub, step: str, values: dict[str, Any]) -> None:
    stub.fate = lambda _: step
    outcome = ask(stub, **values)
    assert type(outcome.error) is EndpointError
    assert "--base-url" in one_sentence(outcome.error)
    assert outcome.counts == (1, 0, 0)


@pytest.mark.parametrize(
    ("usage", "counted"),
    [
        ({"prompt_tokens": "3", "completion_tokens": 4}, (0, 4, 0)),
        ({"prompt_tokens": 3, "completion_tokens": None}, (3, 0, 0)),
        ({"prompt_tokens": 3, "completion_tokens": -4}, (3, 0, 0)),
        ({"prompt_tokens": 3, "prompt_tokens_details": {"cached_tokens": "all"}}, (3, 0, 0)),
        ({"prompt_tokens": 3, "prompt_tokens_details": {"cached_tokens": 2}}, (3, 0, 2)),
        ("none", (0, 0, 0)),
        ([], (0, 0, 0)),
    ],
)
@pytest.mark.parametrize("choices", [1, 2])
def test_a_usage_counts_as_far_as_it_holds_numbers(
    stub: Stub, usage: Any, counted: tuple[int, int, int], choices: int
) -> None:
    choice = {"index": 0, "message": {"role": "assistant", "content": GOOD}, "finish_reason": "stop"}
    stub.fate = lambda _: f"raw:{json.dumps({'choices': [choice] * choices, 'usage': usage})}"
    for plain in (False, True):
        outcome = ask(stub, plain=plain)
        meter = outcome.model.meter
        assert outcome.answer is not None
        assert (meter.input_tokens, meter.output_tokens, meter.cached_tokens) == counted


@pytest.mark.parametrize("logprobs", ["x", {"content": 1}, {"content": ["x"]}, {"content": [{"token": "a"}]}])
def test_a_log_probability_that_is_none_is_not_told(stub: Stub, logprobs: Any) -> None:
    choice = {"message": {"content": GOOD}, "finish_reason": "stop", "logprobs": logprobs}
    stub.fate = lambda _: f"raw:{json.dumps({'choices': [choice]})}"
    assert ask(stub, plain=True).answer == Completion(GOOD, None)


def test_no_choices(stub: Stub) -> None:
    stub.fate = lambda _: "nochoice"
    outcome = ask(stub)
    assert "not a completion" in one_sentence(outcome.error)
    assert outcome.counts == (1, 0, 0)
    assert outcome.model.meter.input_tokens == 100


# --- what must not be asked again


@pytest.mark.parametrize("mode", ["json_schema", "tools", "json"])
@pytest.mark.parametrize(
    ("step", "kind"),
    [
        ("length", TruncatedError),
        ("filter", ContentFilteredError),
        ("refusal", ContentFilteredError),
        ("blocked", ContentFilteredError),
        ("context", ContextTooLongError),
    ],
)
def test_failures_of_the_text_are_told_apart_and_not_repeated(
    stub: Stub, step: str, kind: type[EndpointError], mode: str
) -> None:
    stub.steps = [step]
    outcome = ask(stub, mode=mode)
    assert type(outcome.error) is kind
    one_sentence(outcome.error)
    assert outcome.counts == (1, 0, 0)


def test_a_prompt_that_was_cut_off_in_silence_is_found_by_its_tokens(stub: Stub) -> None:
    async def work(length: int, provider: str) -> str:
        settings = Settings.load(base_url=stub.base_url, model="large", provider=provider)
        async with open_model(settings) as model:  # the stub counts 100 tokens, whatever it is sent
            return (await model.complete([{"role": "user", "content": "x" * length}], max_tokens=9)).text

    assert asyncio.run(work(800, "ollama")) == asyncio.run(work(9000, "vllm")) == GOOD
    with pytest.raises(ContextTooLongError, match="read only 100 tokens of a prompt of 801 characters"):
        asyncio.run(work(801, "ollama"))


def test_a_refusal_is_quoted(stub: Stub) -> None:
    stub.steps = ["refusal"]
    assert "I cannot help with that" in one_sentence(ask(stub).error)


@pytest.mark.parametrize(
    ("step", "kind", "words"),
    [
        ("401", SetupError, ["refused the key", "OPENAI_API_KEY"]),
        ("403", SetupError, ["denies access", "'large'", "rights"]),
        ("404", SetupError, ["no model 'large'", "brief models", "--model", "--base-url"]),
        ("quota", EndpointError, ["quota", "billing"]),
        ("418", EndpointError, ["refused the request", "418"]),
        ("context", ContextTooLongError, ["'large'", "BRIEF_CONTEXT_TOKENS"]),
    ],
)
@pytest.mark.parametrize("plain", [False, True])
def test_final_failures_say_what_to_do(
    stub: Stub, step: str, kind: type[BriefError], words: list[str], plain: bool
) -> None:
    stub.fate = lambda _: step
    outcome = ask(stub, plain=plain)
    assert type(outcome.error) is kind
    text = one_sentence(outcome.error)
    assert all(word in text for word in words)
    assert outcome.counts == (1, 0, 0)


def test_a_key_of_another_provider_is_named_rightly(stub: Stub) -> None:
    stub.fate = lambda _: "401"
    assert "BRIEF_API_KEY" in one_sentence(ask(stub, provider="vllm").error)


def test_nobody_listens() -> None:
    stub = Stub(base_url="http://127.0.0.1:1/v1")
    outcome = ask(stub, retries=1)
    assert "No connection to http://127.0.0.1:1/v1" in one_sentence(outcome.error)
    assert outcome.counts == (2, 1, 0)


# --- modes


def test_the_next_mode_is_tried_when_one_is_refused(stub: Stub) -> None:
    stub.steps = ["noschema", "notools"]
    outcome = ask(stub)
    assert outcome.answer.s1 == "One."
    assert outcome.model.mode == "json"
    assert outcome.model.notes == (
        f"{stub.base_url} refuses structured output by json_schema; tools is used",
        f"{stub.base_url} refuses structured output by tools; json is used",
    )
    assert len(stub.requests) == 3


def test_a_refusal_that_calls_itself_a_failure_of_the_server_is_not_tried_again(stub: Stub) -> None:
    stub.steps = ["noschema500"]
    outcome = ask(stub)
    assert outcome.answer.s1 == "One."
    assert outcome.model.mode == "tools"
    assert outcome.counts == (2, 0, 0)


def test_an_answer_that_the_endpoint_itself_rejects_is_no_refusal_of_the_mode(stub: Stub) -> None:
    stub.steps = ["nofit"]
    outcome = ask(stub)
    assert isinstance(outcome.error, InvalidAnswerError)
    assert outcome.model.mode == "json_schema"
    assert outcome.counts == (1, 0, 0)


def test_a_refusal_in_the_last_mode_is_an_error(stub: Stub) -> None:
    stub.fate = lambda _: "noschema"
    outcome = ask(stub)
    assert "response_format" in one_sentence(outcome.error)
    assert len(stub.requests) == 3


def test_requests_side_by_side_move_to_the_next_mode_once(stub: Stub) -> None:
    stub.fate = lambda body: "noschema" if "response_format" in body else "ok"

    async def work() -> Model:
        async with open_model(Settings.load(base_url=stub.base_url, model="large")) as model:
            schema = keyed("Translation", ("s1", "s2"), "Both.")
            await asyncio.gather(*(model.extract(MESSAGES, schema, max_tokens=9) for _ in range(4)))
            return model

    model = asyncio.run(work())
    assert model.mode == "tools"
    assert len(model.notes) == 1


# --- parameters on the wire


def test_parameters_of_a_profile_reach_the_wire(stub: Stub) -> None:
    ask(stub, provider="openai")
    ask(stub, provider="ollama", temperature=0.3)
    strict, loose = stub.requests
    assert strict["response_format"]["json_schema"]["strict"] is True
    assert "strict" not in loose["response_format"]["json_schema"]
    assert strict["max_completion_tokens"] == loose["max_tokens"] == 100
    assert "temperature" not in strict
    assert loose["temperature"] == 0.3
    assert "max_retries" not in strict


def test_the_key_is_sent_and_a_missing_one_is_not_invented(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(stub)
    ask(stub, api_key=None)
    monkeypatch.setenv("OPENAI_API_KEY", "from-the-environment")
    ask(stub, api_key=None)
    ask(stub, api_key=None, provider="vllm")  # a key for OpenAI goes nowhere else unasked
    sent = [headers["authorization"] for headers in stub.headers]
    assert sent == [f"Bearer {SECRET}", "Bearer none", "Bearer from-the-environment", "Bearer none"]


def test_a_continuation_is_stripped_and_stops(stub: Stub) -> None:
    stub.answer = lambda _: "  A word. \n"
    outcome = ask(stub, plain=True)
    assert outcome.answer.text == "A word."
    assert outcome.answer.logprob is None
    assert stub.requests[0]["stop"] == ["\n"]
    assert "response_format" not in stub.requests[0]


def test_a_continuation_may_end_at_its_limit(stub: Stub) -> None:
    stub.answer = lambda _: "abcd"
    stub.steps = ["length", "filter"]
    assert ask(stub, plain=True).answer.text == "ab"
    assert isinstance(ask(stub, plain=True).error, ContentFilteredError)


def test_no_more_requests_in_flight_than_allowed(stub: Stub) -> None:
    flying: list[int] = [0]
    most: list[int] = [0]

    def answer(_: object) -> str:
        flying[0] += 1
        most[0] = max(most[0], flying[0])
        import time

        time.sleep(0.02)
        flying[0] -= 1
        return GOOD

    stub.answer = answer

    async def work() -> None:
        async with open_model(Settings.load(base_url=stub.base_url, model="large", concurrency=2)) as model:
            schema = keyed("Translation", ("s1", "s2"), "Both.")
            await asyncio.gather(*(model.extract(MESSAGES, schema, max_tokens=9) for _ in range(6)))

    asyncio.run(work())
    assert most[0] == 2


def test_every_article_counts_for_itself(stub: Stub) -> None:
    model = ask(stub).model
    fresh = model.for_article()
    assert fresh.meter.requests == 0
    assert (fresh.client, fresh.gate, fresh.negotiated) == (model.client, model.gate, model.negotiated)


# --- which provider is meant


@pytest.mark.parametrize(
    ("flags", "environment", "name"),
    [
        ({}, {}, "embedded"),
        ({"model": "gemma3-270m"}, {}, "embedded"),
        ({"model": "x/y.gguf"}, {"OPENAI_API_KEY": "k"}, "embedded"),
        ({"model": "hf:owner/repo/x.gguf"}, {}, "embedded"),
        ({}, {"OPENAI_API_KEY": "k"}, "openai"),
        ({"api_key": "k"}, {}, "openai"),
        ({"model": "gpt-5"}, {"OPENAI_API_KEY": "k"}, "openai"),
        ({"base_url": "https://api.openai.com/v1"}, {}, "openai"),
        ({"base_url": "http://127.0.0.1:9/v1"}, {"OPENAI_API_KEY": "k"}, "custom"),
        ({}, {"OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}, "custom"),
        ({"provider": "ollama", "base_url": "http://127.0.0.1:9/v1"}, {"OPENAI_API_KEY": "k"}, "ollama"),
    ],
)
def test_the_provider_is_found(
    flags: dict[str, Any], environment: dict[str, str], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key, value in environment.items():
        monkeypatch.setenv(key, value)
    assert choose_provider(Settings.load(**flags)).name == name


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        ({"provider": "openai"}, ["OPENAI_API_KEY", "--provider"]),
        ({"provider": "custom", "model": "m"}, ["--base-url"]),
        ({"provider": "ollama"}, ["Ollama", "--model", "brief models"]),
        ({"model": "gpt-5"}, ["'gpt-5'", "--base-url", "OPENAI_API_KEY"]),
    ],
)
def test_what_is_missing_is_said_before_any_request(flags: dict[str, Any], words: list[str]) -> None:
    async def work() -> None:
        async with open_model(Settings.load(**flags)):
            pass

    with pytest.raises(SetupError) as caught:
        asyncio.run(work())
    text = one_sentence(caught.value)
    assert caught.value.exit_code == ExitCode.SETUP
    assert all(word in text for word in words)


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        ({"base_url": "127.0.0.1:8080", "model": "m"}, ["127.0.0.1:8080", "http://"]),
        ({"base_url": "file:///etc/passwd", "model": "m"}, ["file:///etc/passwd", "http://"]),
        *(
            ({"base_url": address, "model": "m"}, ["is not an address: --base-url", "http://"])
            for address in (
                "http://localhost:99999/v1",
                "http://localhost:80a/v1",
                "http://localhost:0/v1",
                "http://[::1/v1",
                "http://[x]/v1",
                "http:///v1",
                "http://ü..de/v1",
                "http://a\nb/v1",
                "example.org:x",
            )
        ),
        ({"base_url": "http://[::1/v1", "model": "m", "provider": "vllm"}, ["http://[::1/v1", "--base-url"]),
    ],
)
def test_what_is_no_address_is_a_wrong_option(flags: dict[str, Any], words: list[str]) -> None:
    async def work() -> None:
        async with open_model(Settings.load(**flags)):
            pass

    with pytest.raises(InputError) as caught:
        asyncio.run(work())
    text = one_sentence(caught.value)
    assert caught.value.exit_code == ExitCode.BAD_INPUT
    assert all(word in text for word in words)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://user:pass-word@127.0.0.1:{port}/v1?token=geheim", "http://127.0.0.1:{port}/v1"),
        ("http://127.0.0.1:{port}/v1/", "http://127.0.0.1:{port}/v1"),
        ("http://127.0.0.1:{port}/v1#part", "http://127.0.0.1:{port}/v1"),
    ],
)
def test_an_address_is_shown_without_what_is_secret_in_it(stub: Stub, url: str, shown: str) -> None:
    port = stub.base_url.rsplit(":", 1)[1].removesuffix("/v1")
    stub.fate = lambda _: "500"
    outcome = ask(stub, base_url=url.format(port=port), retries=0)
    assert outcome.model.endpoint == shown.format(port=port)
    text = one_sentence(outcome.error)
    assert "pass-word" not in text
    assert "geheim" not in text


@pytest.mark.parametrize("address", ["ftp://user:pass-word@host/v1", "http://user:pass-word@host:99999/v1"])
def test_a_senseless_address_does_not_give_its_password_away(address: str) -> None:
    async def work() -> None:
        async with open_model(Settings.load(base_url=address, model="m")):
            pass

    with pytest.raises(InputError) as caught:
        asyncio.run(work())
    assert "pass-word" not in str(caught.value)


def test_models_are_listed(stub: Stub) -> None:
    assert asyncio.run(list_models(Settings.load(base_url=stub.base_url))) == (stub.base_url, ["large", "small"])
    assert asyncio.run(list_models(Settings.load())) == ("", [])
    with pytest.raises(EndpointError, match="No connection"):
        asyncio.run(list_models(Settings.load(base_url="http://127.0.0.1:1/v1")))


# --- the price


def test_the_price_is_told_only_where_it_is_known(stub: Stub) -> None:
    meter = ask(stub).model.meter
    assert meter.usage("gpt-5-mini", stub.base_url).cost is None
    assert meter.usage("no-such-model", "https://api.openai.com/v1").cost is None
    assert replace(meter, input_tokens=0, output_tokens=0).usage("gpt-5-mini", "https://api.openai.com/v1").cost is None
    cost = meter.usage("gpt-5-mini", "https://api.openai.com/v1").cost
    assert cost is not None
    assert cost.amount > 0
    assert cost.price_source.startswith("genai-prices ")
    assert isinstance(cost, BaseModel)


def test_samples_are_asked_for_in_as_few_requests_as_the_endpoint_allows(stub: Stub) -> None:
    async def work(choices: int) -> tuple[list[Completion], Model]:
        async with open_model(Settings.load(base_url=stub.base_url, model="large")) as model:
            model = replace(model, choices=choices).for_article()
            return await model.sample(MESSAGES, 6, max_tokens=10, temperature=0.5), model

    for choices, expected in ((1, [(n, None) for n in range(1, 7)]), (4, [(1, 4), (5, 2)]), (8, [(1, 6)])):
        stub.requests.clear()
        drawn, _ = asyncio.run(work(choices))
        assert len(drawn) == 6
        asked = [(body["seed"], body.get("n")) for body in stub.requests]
        assert sorted(asked) == expected


def test_tokens_of_all_choices_are_counted(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    token = {"token": "a", "logprob": -0.5, "bytes": None, "top_logprobs": []}

    async def work() -> int:
        async with open_model(Settings.load(base_url=stub.base_url, model="large", style="completion")) as model:
            model = replace(model, choices=4).for_article()
            drawn = await model.sample(MESSAGES, 4, max_tokens=10, temperature=0.5)
            assert [one.logprob for one in drawn] == [-0.5] * 4
            return model.meter.output_tokens

    plain = Handler.completion

    def told(self: Handler, *arguments: Any) -> dict[str, Any]:
        answer = plain(self, *arguments)
        for choice in answer["choices"]:
            choice["logprobs"] = {"content": [token] * 30, "refusal": None}
        return answer

    monkeypatch.setattr(Handler, "completion", told)
    assert asyncio.run(work()) == 120
