"""Provider profiles: what differs between OpenAI-compatible endpoints. The data stand in `providers.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal
from urllib.parse import urlsplit

Mode = Literal["json_schema", "tools", "json"]
"""How structured output is asked for; the names are instructor's."""

Style = Literal["instruct", "completion"]
"""`instruct`: follows instructions and may write a brief. `completion`: only continues text, may not."""

Effort = Literal["fast", "normal", "best"]
"""How much is spent on the translation of a sentence by a `completion` model (see `choice`)."""

BATCH_ENDPOINT: Literal["/v1/chat/completions"] = "/v1/chat/completions"
"""What every line of a file for a Batch API asks for."""


@dataclass(frozen=True, slots=True)
class Provider:
    """What the program must know of an endpoint.

    Attributes:
        name: The name for `--provider`.
        title: The name for people.
        base_url: Where it listens; None means that the person must say.
        host_suffix: The end of the host names that mean it, where each customer has one.
        key_env: Environment variables that may hold the key, first one first; empty: no key needed.
        default_model: Used if no model is named; None means that the person must name one.
        modes: Ways of asking for structured output, the best first; the next one is tried (and reported) when
            an endpoint refuses one.
        strict: Whether to send `strict: true` with a JSON schema.
        style: What models behind it can be trusted with.
        context_tokens: Context that may be counted on if nothing is configured.
        max_tokens_field: The request field that limits the output.
        send_temperature: Whether 0 is sent as the temperature if nothing is configured; some models refuse any.
        concurrency: Requests in flight for one article.
        batch_concurrency: Requests in flight at most for a batch, which begins with fewer and looks how far it can go.
        batch_price: What a request in a batch costs, as a part of the price of a single one; None if it is not known.
        extra_body: Fields added to every request.
        cuts_silently: Whether a prompt that does not fit is cut off without an error.
        nearby: Whether `brief models` and `brief doctor` look whether it runs on this machine.
        prices: Whether genai-prices, the source of prices, has a table for it.
        quirks: What a person should know of it.
        sources: The pages that say so.
    """

    name: str
    title: str
    base_url: str | None = None
    host_suffix: str | None = None
    key_env: tuple[str, ...] = ()
    default_model: str | None = None
    modes: tuple[Mode, ...] = ("json_schema", "tools", "json")
    strict: bool = False
    style: Style = "instruct"
    context_tokens: int = 8192
    max_tokens_field: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    send_temperature: bool = True
    concurrency: int = 4
    batch_concurrency: int = 32
    batch_price: float | None = None
    extra_body: MappingProxyType[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    cuts_silently: bool = False
    nearby: bool = False
    prices: bool = False
    quirks: str = ""
    sources: tuple[str, ...] = ()

    @property
    def temperature(self) -> float | None:
        """What is sent as the temperature if nothing is configured; None leaves it out."""
        return 0.0 if self.send_temperature else None

    def serves(self, base_url: str) -> bool:
        """Tell whether an address is this provider's: its host, or on this machine its host and port."""
        asked = urlsplit(base_url)
        host = asked.hostname or ""
        if self.host_suffix:
            return host.endswith(self.host_suffix)
        own = urlsplit(self.base_url or "")
        if own.hostname == "127.0.0.1":
            return self.nearby and own.port in _WELL_KNOWN_PORTS and (host, asked.port) in _here(own.port)
        return bool(host) and host == own.hostname


_WELL_KNOWN_PORTS = frozenset({11434, 1234})
"""Ports of this machine that tell which server listens: 8080 and 8000 are many programs'."""


SMALL = "small"
"""The variant of the prompts for models of at most `SMALL_BILLIONS` parameters: fewer rules, and an example."""
SMALL_BILLIONS = 4.5
_SIZE = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?) ?([bm])(?![a-z\d])", re.IGNORECASE)


def variant_for(model: str, style: Style) -> str:
    """Return the variant of the prompts for a model by the parameters in its name, e.g. `gemma3:4b` or `270M`; mostly none.

    Of several numbers the largest counts: `qwen3-30b-a3b` is no small model.
    """
    billions = [float(number) * (1 if unit in "bB" else 1e-3) for number, unit in _SIZE.findall(model)]
    return SMALL if style == "instruct" and billions and max(billions) <= SMALL_BILLIONS else ""


def _here(port: int | None) -> set[tuple[str, int | None]]:
    return {("127.0.0.1", port), ("localhost", port), ("::1", port)}


def _read(path: Path) -> dict[str, Provider]:
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        name: Provider(name=name, **{key: _frozen(part) for key, part in table.items()})
        for name, table in tables.items()
    }


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return MappingProxyType(value) if isinstance(value, dict) else value


PROVIDERS: MappingProxyType[str, Provider] = MappingProxyType(_read(Path(__file__).with_suffix(".toml")))
