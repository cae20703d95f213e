"""Servers that already run on this machine: offered by `brief models` and `brief doctor`, never used unasked."""

from __future__ import annotations

from dataclasses import dataclass

from ..concurrency import together
from ..providers import PROVIDERS, Provider
from .client import listed_models, make_client

PATIENCE = 0.5
"""Seconds for one server's answer; on one's own machine the list of models takes milliseconds."""


@dataclass(frozen=True, slots=True)
class Nearby:
    """A server that answers at the usual address of a provider.

    Attributes:
        provider: The profile's name, for `--provider`.
        title: Its name for people.
        base_url: Where it listens.
        models: The names of its models, for `--model`.
    """

    provider: str
    title: str
    base_url: str
    models: tuple[str, ...]


def candidates() -> list[Provider]:
    """Return the profiles whose usual addresses are looked at."""
    return [provider for provider in PROVIDERS.values() if provider.nearby]


async def find_nearby() -> list[Nearby]:
    """Return the servers that list their models at a usual address of this machine; nothing else is asked of them."""
    found = await together(_look(provider) for provider in candidates())
    return [server for server in found if server is not None]


async def _look(provider: Provider) -> Nearby | None:
    import openai

    base_url = provider.base_url or ""
    async with make_client(base_url, "none", timeout=PATIENCE) as client:
        try:
            models = await listed_models(client)
        except openai.OpenAIError:
            return None
    if models is None:  # another program listens there
        return None
    return Nearby(provider.name, provider.title, base_url, tuple(model.id for model in models))
