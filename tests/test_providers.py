"""The profiles: data that hold together."""

from __future__ import annotations

import typing

import pytest
from genai_prices import data_snapshot

from summarizer.llm import choose_provider
from summarizer.providers import PROVIDERS, Mode, Provider
from summarizer.settings import Settings

ALL = list(PROVIDERS.values())


def test_the_profiles_are_those_that_the_documentation_names() -> None:
    wanted = {"openai", "azure", "mistral", "openrouter", "groq", "ollama", "lmstudio", "llamacpp", "vllm", "embedded"}
    assert set(PROVIDERS) == wanted | {"custom"}


@pytest.mark.parametrize("provider", ALL, ids=lambda item: item.name)
def test_a_profile_is_whole(provider: Provider) -> None:
    assert provider.modes
    assert set(provider.modes) <= set(typing.get_args(Mode))
    assert provider.context_tokens >= 4096
    if provider.name not in {"custom", "embedded"}:
        assert provider.quirks.endswith(".")
        assert all(source.startswith("https://") for source in provider.sources)
        assert provider.sources
        assert (provider.base_url is None) == (provider.host_suffix is not None)
    if provider.base_url and not provider.base_url.startswith("http://127.0.0.1:"):
        assert provider.base_url.startswith("https://")
        assert provider.key_env


@pytest.mark.parametrize("provider", [item for item in ALL if item.prices], ids=lambda item: item.name)
def test_the_price_source_knows_the_address(provider: Provider) -> None:
    address = provider.base_url or f"https://name{provider.host_suffix}/openai/v1"
    assert data_snapshot.get_snapshot().find_provider(None, None, address) is not None


@pytest.mark.parametrize(
    ("base_url", "name"),
    [
        ("https://api.openai.com/v1", "openai"),
        ("https://news-desk.openai.azure.com/openai/v1", "azure"),
        ("https://api.mistral.ai/v1", "mistral"),
        ("https://openrouter.ai/api/v1", "openrouter"),
        ("https://api.groq.com/openai/v1", "groq"),
        ("http://localhost:11434/v1", "ollama"),
        ("http://127.0.0.1:1234/v1", "lmstudio"),
        ("http://127.0.0.1:8080/v1", "custom"),
        ("http://127.0.0.1:8000/v1", "custom"),
        ("http://192.168.0.7:11434/v1", "custom"),
        ("https://openai.azure.com.example/v1", "custom"),
        ("https://api.openai.com.example/v1", "custom"),
    ],
)
def test_an_address_tells_the_profile(base_url: str, name: str) -> None:
    assert choose_provider(Settings.load(base_url=base_url)).name == name
