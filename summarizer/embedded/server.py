"""llama.cpp's OpenAI-compatible server inside this process, on loopback, behind a key of its own."""

from __future__ import annotations

import atexit
import json
import secrets
import threading
from collections.abc import Callable
from functools import cached_property
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from ..errors import SetupError
from . import machine
from .extra import load
from .gguf import control_tokens
from .sockets import hang_up
from .weights import Chat, Weights

CONCATENATE = "{%- for m in messages -%}{{- m['content'] -}}{%- endfor -%}"
"""The chat template of a model without one: the messages' texts and nothing else, so that it continues them."""

GEMMA_TURN = (
    "{%- for m in messages -%}{{- '<start_of_turn>user\\n' + m['content'] + '<end_of_turn>\\n' -}}{%- endfor -%}"
    "{{- '<start_of_turn>model\\n' -}}"
)
"""The chat template of TranslateGemma, whose own wants lists of contents with language codes: what that one makes of
them is the prompt's text (`translate.translategemma.j2`) in these marks."""

PROMPT_CACHE_MIB = 256
"""Memory for the states of earlier prompts; llama.cpp's own bound is 8 GiB, which a long batch would fill."""

_FIRST_ANSWER = 600.0
"""Seconds to wait for a model's first token, which a large one on a slow disk needs."""


class EmbeddedServer:
    """A model served over HTTP by this very process: no child process, no fixed port, no file.

    A context manager. Several at a time with the same model and settings share one server, which stops when the
    last one leaves, at the latest when the interpreter exits. Only 127.0.0.1 is listened on, and only who has
    `api_key` gets an answer. With one slot the same requests in the same order, from the start, give the same answers
    at temperature 0; in another order a word may differ, since what is cached changes how the rest is computed.

        with EmbeddedServer(resolve()) as server:
            client = OpenAI(base_url=server.base_url, api_key=server.api_key)

    Attributes:
        weights: The model that is served.
        slots: Requests that are answered at a time.
        context: Tokens of prompt and answer that a request may have.
        threads: Threads that compute; None until it runs, if none were asked for.
        model: The model's name in requests.
        chat: `completion` if the messages of a chat request are only joined, `instruct` if the model's own
            template is used.
        base_url: Where it listens, up to `/v1`; empty while it is not running.
        api_key: The key that it asks for; empty while it is not running.
    """

    def __init__(self, weights: Weights, *, slots: int = 1, context: int = 4096, threads: int | None = None) -> None:
        """Describe a server; entering it starts it.

        Args:
            weights: The model, as `resolve` returns it.
            slots: Requests answered at a time, at least 1; more than one costs the same answer twice.
            context: Tokens of context for each slot, cut to what the model was trained on.
            threads: Threads that compute; None means what `machine.threads` finds when the server starts, or
                those of the one that runs.
        """
        self.weights = weights
        self.slots = slots
        self.context = min(context, weights.header.context or context)
        self.threads = self._asked = threads
        self.model = weights.name
        self.chat: Chat = weights.chat
        self.base_url = ""
        self.api_key = ""
        self._engine: _Engine | None = None

    def __enter__(self) -> Self:
        """Start the server, or join the one that runs.

        Raises:
            SetupError: If the extra is missing, there is too little memory, or llama.cpp refuses the model.
        """
        self._engine = _acquire((self.weights, self.slots, self.context, self._asked))
        self.threads = self._engine.threads
        self.base_url = f"{self._engine.address}/v1"
        self.api_key = self._engine.api_key
        return self

    def plain(self, text: str) -> str:
        """Return a text in which the model's control words are no longer that, by a space after their first sign.

        llama.cpp reads `<end_of_turn>` as the end of a turn wherever it stands in a message. An article is foreign
        text: without this it could end its own quotation and speak as somebody else.
        """
        return self._breaking_up(text)

    @cached_property
    def _breaking_up(self) -> Callable[[str], str]:
        words = control_tokens(self.weights.path)
        firsts = {word[0] for word in words}
        lengths = sorted({len(word) for word in words})

        def broken_up(text: str) -> str:
            def begins(at: int) -> bool:
                return text[at] in firsts and any(text[at : at + length] in words for length in lengths)

            return "".join(f"{sign} " if begins(at) else sign for at, sign in enumerate(text))

        return broken_up

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the server; the last one to leave stops it."""
        engine, self._engine = self._engine, None
        self.base_url = self.api_key = ""
        if engine is not None:
            _release(engine)


_Settings = tuple[Weights, int, int, int | None]
_running: dict[_Settings, _Engine] = {}
_undying: list[Any] = []
"""Servers that could not be destroyed without waiting for a client for ever; they end with the process."""
_lock = threading.Lock()


def _acquire(settings: _Settings) -> _Engine:
    with _lock:
        engine = _running.get(settings)
        if engine is None:
            engine = _Engine(settings)
            try:
                engine.start()
            except BaseException:
                engine.stop()
                raise
            _running[settings] = engine
        engine.users += 1
        return engine


def _release(engine: _Engine) -> None:
    with _lock:
        engine.users -= 1
        if engine.users == 0:
            _running.pop(engine.settings, None)
            engine.stop()


@atexit.register
def _stop_all() -> None:
    """Stop what was entered and never left, e.g. by a generator that nobody closed."""
    while _running:
        _running.popitem()[1].stop()


class _Engine:
    """One llama.cpp server, made, used and destroyed by a thread of its own.

    Ctrl-C is raised in the main thread, between any two instructions. Were the server made there, it could be
    lost between its making and its being stored, and destroying a server that never did anything can hang.
    """

    def __init__(self, settings: _Settings) -> None:
        self.settings = settings
        self.threads = settings[3] or machine.threads()
        self.users = 0
        self.address = ""
        self.api_key = secrets.token_urlsafe(32)
        self._failure: Exception | None = None
        self._ready = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._live, name="brief-embedded-model", daemon=True)

    def start(self) -> None:
        """Load the model and wait for its first answer."""
        weights, slots, context, _ = self.settings
        need = weights.header.size + weights.header.cache_bytes * slots * context
        have = machine.available_memory()
        if have is not None and need > have:
            raise SetupError(
                f"The model {weights.name} needs about {need / 1e9:.1f} GB of memory and {have / 1e9:.1f} GB are free: "
                "take a smaller one, or a smaller context."
            )
        load("xllamacpp")
        self._thread.start()
        self._ready.wait()
        if self._failure is not None:
            raise SetupError(
                f"llama.cpp cannot run {weights.path} ({self._failure}): the file is damaged, its architecture "
                f"{weights.header.architecture!r} is unknown to the installed xllamacpp, or memory is short."
            ) from self._failure

    def stop(self) -> None:
        """Stop the server and wait until it is gone; safe to call at any time and again."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def _live(self) -> None:
        server = None
        try:
            server = load("xllamacpp").Server(_parameters(self.settings, self.threads, self.api_key))
            _await_first_answer(server.listening_address, self.api_key)
            self.address = server.listening_address
        except Exception as error:  # noqa: BLE001  # told to the thread that waits
            self._failure = error.with_traceback(None)
            self._stop.set()
        self._ready.set()
        self._stop.wait()
        if server is not None and not hang_up(urlsplit(server.listening_address).port or 0):
            _undying.append(server)
        del server


def _parameters(settings: _Settings, threads: int, api_key: str) -> Any:
    """Return llama.cpp's parameters: on loopback, silent, with nothing but what answers requests."""
    weights, slots, context, _ = settings
    p = load("xllamacpp").CommonParams()
    p.model.path = str(weights.path)
    p.model_alias = {weights.name}
    p.n_parallel = slots
    p.n_ctx = slots * context
    p.cpuparams.n_threads = p.cpuparams_batch.n_threads = threads
    p.n_gpu_layers = 0
    p.fit_params = False  # it would cut the context silently
    p.use_jinja = True
    p.enable_reasoning = 0
    if weights.chat == "completion":
        p.chat_template = CONCATENATE
        p.prefill_assistant = False
    elif weights.header.wants_languages:
        p.chat_template = GEMMA_TURN
    p.cache_prompt = True
    p.swa_full = True  # without it a sliding-window model forgets the start of a prompt that comes again
    p.cache_ram_mib = PROMPT_CACHE_MIB
    p.hostnames = ["127.0.0.1"]
    p.port = 0
    p.api_keys = [api_key]
    p.cors_origins = ""
    p.cors_credentials = False
    p.ui = p.endpoint_slots = p.endpoint_props = p.endpoint_metrics = False
    p.offline = True
    p.verbosity = -1
    return p


def _await_first_answer(address: str, api_key: str) -> None:
    """Ask for an empty answer and wait for it.

    It is llama.cpp's working loop that answers. A server destroyed before its loop began waits for ever for the
    loop's end; `/health` is answered by another thread and only makes that unlikely (0 of 80 against 8 of 40).
    """
    import http.client

    url = urlsplit(address)
    connection = http.client.HTTPConnection(url.hostname or "", url.port, timeout=_FIRST_ANSWER)
    try:
        body = json.dumps({"prompt": "\n", "n_predict": 0, "cache_prompt": False})
        headers = {"Authorization": f"Bearer {api_key}", "Content-Type": "application/json"}
        connection.request("POST", "/completion", body, headers)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        if answer.status != http.HTTPStatus.OK:
            raise RuntimeError(f"it does not generate text: {text[:200]}")
    finally:
        connection.close()
