"""Where a key is found, what is never said of it."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Any

import keyring
import keyring.errors
import pytest

from summarizer.errors import SetupError
from summarizer.llm.keys import find_key
from summarizer.providers import PROVIDERS
from summarizer.settings import Settings


def found(provider: str = "mistral", **values: Any) -> str | None:
    key = find_key(Settings.load(**values), PROVIDERS[provider])
    return key.value if key else None


def test_settings_then_file_then_variable_then_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_password", lambda service, name: f"{service}-{name}-ring")
    file = tmp_path / "key"
    file.write_text("from-file\r\n", encoding="utf-8")
    assert found() == "brief-mistral-ring"
    monkeypatch.setenv("MISTRAL_API_KEY", "from-variable\n")
    assert found() == "from-variable"
    assert found(key_file=str(file)) == "from-file"
    assert found(key_file=str(file), api_key="from-settings") == "from-settings"


def test_a_key_of_another_provider_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "for-openai")
    assert [found(name) for name in ("mistral", "groq", "ollama", "vllm")] == [None] * 4
    assert found("openai") == "for-openai"


def test_the_keyring_is_not_asked_where_no_key_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_password", lambda *_: pytest.fail("asked"))
    assert found("ollama") is None


def test_without_the_package_there_is_no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.llm.keys.find_spec", lambda _: None)
    assert found() is None


def test_a_locked_keyring_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object) -> None:
        raise keyring.errors.KeyringLocked("sk-inside")

    monkeypatch.setattr(keyring, "get_password", locked)
    with pytest.raises(SetupError, match=r"KeyringLocked.*MISTRAL_API_KEY") as caught:
        found()
    assert "sk-inside" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("value", ["sk-hidden\nx", "sk-hiddén", "sk hidden", "sk-\x00hidden", " \n"])
def test_what_cannot_be_a_key_is_refused_without_being_repeated(value: str) -> None:
    with pytest.raises(SetupError, match="is no key") as caught:
        found(api_key=value)
    assert "hidd" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "key"
    if content:
        path.write_bytes(content)
    with pytest.raises(SetupError, match=r"key's file .* cannot be read"):
        found(key_file=str(path))


def test_a_key_is_not_in_its_own_name() -> None:
    key = find_key(Settings.load(api_key="sk-secret"), PROVIDERS["mistral"])
    assert repr(key) == f"{key}" == "Key(from BRIEF_API_KEY or the configuration file)"
