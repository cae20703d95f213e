"""What all tests share: how many processes they run in, an environment of their own, and the scriptable endpoint."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.stub import Stub, running_stub

settings.register_profile("quick", max_examples=50, deadline=None)
settings.register_profile("thorough", max_examples=2000, deadline=None)
settings.load_profile("quick")

_MOST_PROCESSES = 8
"""More would take longer to start than they save."""


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Run the whole suite on all cores; what is named or recorded, in this process, where a debugger can be used."""
    if config.args_source is not pytest.Config.ArgsSource.TESTPATHS or config.getoption("--record-mode") != "none":
        return 0
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, _MOST_PROCESSES) if cores > 1 else 0


_FOREIGN = ("BRIEF_", "OPENAI_", "AZURE_", "MISTRAL_", "OPENROUTER_", "GROQ_", "PYTHONDONTWRITEBYTECODE")
"""Beginnings of names; without bytecode each command that a test starts would compile the whole package first."""


@pytest.fixture(scope="session", autouse=True)
def clean_environment(tmp_path_factory: pytest.TempPathFactory, record_mode: str) -> Iterator[None]:
    """Keep the developer's own keys, settings, proxies and configuration file out of the tests; not when recording."""
    if record_mode != "none":
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        for name in os.environ:
            if name.startswith(_FOREIGN) or name.lower().endswith("_proxy"):
                patch.delenv(name)
        config = tmp_path_factory.mktemp("config") / "config.toml"
        config.touch()
        patch.setenv("BRIEF_CONFIG", str(config))
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        patch.setattr("summarizer.llm.nearby.candidates", list)  # what runs on the developer's machine
        yield


@pytest.fixture
def stub() -> Iterator[Stub]:
    """A scriptable OpenAI-compatible endpoint on loopback."""
    with running_stub() as running:
        yield running


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration file that is read in this test; empty until the test writes it."""
    path = tmp_path / "config.toml"
    path.touch()
    monkeypatch.setenv("BRIEF_CONFIG", str(path))
    return path
