"""Counts what an article takes: requests, retries, re-asks and tokens, those of failed attempts too."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from ..document import Cost, Usage
from .answers import Tokens


@dataclass(slots=True)
class Meter:
    """A running count for one article; `usage` gives the frozen result."""

    requests: int = 0
    retries: int = 0
    reasks: int = 0
    repairs: int = 0
    cached_answers: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    started: float = field(default_factory=time.perf_counter)
    model_seconds: float = 0.0
    _in_flight: int = 0
    _since: float = 0.0

    def count(self, tokens: Tokens | None) -> None:
        """Add what a completion took; None if the endpoint does not tell."""
        if tokens is None:
            return
        self.input_tokens += tokens.read
        self.output_tokens += tokens.written
        self.cached_tokens += tokens.cached

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Measure the wall time in which at least one request is in flight."""
        if self._in_flight == 0:
            self._since = time.perf_counter()
        self._in_flight += 1
        try:
            yield
        finally:
            self._in_flight -= 1
            if self._in_flight == 0:
                self.model_seconds += time.perf_counter() - self._since

    def usage(self, model: str, endpoint: str) -> Usage:
        """Return the count until now, with the cost if the price of that model at that endpoint is known."""
        return Usage(
            requests=self.requests,
            retries=self.retries,
            reasks=self.reasks,
            repairs=self.repairs,
            cached_answers=self.cached_answers,
            input_tokens=self.input_tokens,
            output_tokens=self.output_tokens,
            cached_tokens=self.cached_tokens,
            seconds=round(time.perf_counter() - self.started, 3),
            model_seconds=round(self.model_seconds, 3),
            cost=price(self, model, endpoint),
        )


def price(meter: Meter, model: str, endpoint: str) -> Cost | None:
    """Return the cost of what was counted; None if nothing was, or if the price is not known."""
    if not (meter.input_tokens or meter.output_tokens):
        return None
    amount = price_of(meter.input_tokens, meter.output_tokens, model, endpoint, cached=meter.cached_tokens)
    if amount is None:
        return None
    import genai_prices

    return Cost(amount=amount, price_source=f"genai-prices {genai_prices.__version__}")


def price_of(sent: int, received: int, model: str, endpoint: str, *, cached: int = 0) -> float | None:
    """Return what tokens cost in USD by genai-prices' table; None if endpoint or model are not in it.

    The endpoint must match: a model of the same name on one's own server costs nothing that we know of.
    """
    if not endpoint.startswith("https://"):
        return None
    import genai_prices

    usage = genai_prices.Usage(input_tokens=sent, output_tokens=received, cache_read_tokens=cached or None)
    try:
        return float(genai_prices.calc_price(usage, model, provider_api_url=endpoint).total_price)
    except LookupError:
        return None
