"""Settings: flags, then environment, then file; what is wrong is said with its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import InputError
from summarizer.settings import Settings, default_config_path


def test_flags_over_environment_over_file_over_defaults(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings.load().retries == 4
    config.write_text('retries = 1\nmodel = "file"\nkind = "security"\n', encoding="utf-8")
    monkeypatch.setenv("BRIEF_RETRIES", "2")
    monkeypatch.setenv("BRIEF_MODEL", "environment")
    settings = Settings.load(retries=3, model=None)
    assert (settings.retries, settings.model, settings.kind) == (3, "environment", "security")


def test_the_file_that_is_named_replaces_the_one_that_is_found(config: Path, tmp_path: Path) -> None:
    config.write_text('model = "found"\n', encoding="utf-8")
    named = tmp_path / "named.toml"
    named.write_text("timeout = 3\n", encoding="utf-8")
    settings = Settings.load(named)
    assert (settings.model, settings.timeout) == (None, 3.0)


def test_the_own_address_wins_over_that_of_other_programs(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config.write_text('base_url = "http://file/v1"\n', encoding="utf-8")
    assert Settings.load().base_url == "http://file/v1"
    monkeypatch.setenv("OPENAI_BASE_URL", "http://openai/v1")
    assert Settings.load().base_url == "http://openai/v1"
    monkeypatch.setenv("BRIEF_BASE_URL", "http://brief/v1")
    assert Settings.load().base_url == "http://brief/v1"
    assert Settings.load(base_url="http://flag/v1").base_url == "http://flag/v1"


def test_an_empty_variable_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BRIEF_MODEL", "BRIEF_TIMEOUT", "BRIEF_BASE_URL", "OPENAI_BASE_URL", "BRIEF_API_KEY"):
        monkeypatch.setenv(name, "")
    assert Settings.load() == Settings.load(model=None)
    assert Settings.load().base_url is None


def test_a_file_beside_the_article_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("config.toml", "brief.toml", ".env"):
        (tmp_path / name).write_text('BRIEF_MODEL = "evil"\nmodel = "evil"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert Settings.load().model is None


def test_without_a_variable_the_users_folder_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BRIEF_CONFIG")
    assert default_config_path().parts[-2:] == ("brief", "config.toml")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("model = ", ["TOML"]),
        ("retries = 99\n", ["'retries'", "20", "config.toml"]),
        ('timeout = "soon"\n', ["'timeout'", "config.toml"]),
        ("base_url = 5\n", ["'base_url'", "config.toml"]),
        ('mode = "xml"\n', ["'mode'", "json_schema"]),
        ('modell = "typo"\n', ["'modell'"]),
        ('provider = "nobody"\n', ["'nobody'", "ollama", "openai"]),
        ("context_tokens = 12\n", ["'context_tokens'", "1024"]),
    ],
)
def test_what_is_wrong_in_the_file_is_named(config: Path, text: str, words: list[str]) -> None:
    config.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        Settings.load()
    said = str(caught.value)
    assert all(word in said for word in words), said
    assert "\n" not in said
    assert said.endswith(".")
    assert "--" not in said
    assert "BRIEF_BRIEF" not in said


def test_a_wrong_setting_is_named_with_the_place_that_gives_it(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config.write_text("timeout = 0\n", encoding="utf-8")
    monkeypatch.setenv("BRIEF_TIMEOUT", "abc")
    with pytest.raises(InputError, match=r"check the variable BRIEF_TIMEOUT\.$") as caught:
        Settings.load()
    assert caught.value.exit_code == 2
    monkeypatch.setenv("BRIEF_EFFORT", "fast")
    with pytest.raises(InputError, match=r"check the flag --effort\.$"):
        Settings.load(effort="slow", timeout=1)


def test_a_file_that_is_no_text(config: Path) -> None:
    config.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(InputError, match=r"config\.toml cannot be read as TOML"):
        Settings.load()


@pytest.mark.parametrize("missing", ["missing.toml", "."])
def test_a_named_file_must_exist(tmp_path: Path, missing: str) -> None:
    with pytest.raises(InputError, match=r"does not exist.*--config") as caught:
        Settings.load(tmp_path / missing)
    assert caught.value.exit_code == 2


def test_a_file_named_in_the_environment_must_exist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEF_CONFIG", str(tmp_path / "missing.toml"))
    with pytest.raises(InputError, match=r"missing\.toml does not exist.*BRIEF_CONFIG") as caught:
        Settings.load()
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("where", ["flag", "environment", "file"])
def test_a_key_is_not_shown(config: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    secret = "sk-not-to-be-shown"
    flags: dict[str, Any] = {}
    if where == "flag":
        flags["api_key"] = secret
    elif where == "environment":
        monkeypatch.setenv("BRIEF_API_KEY", secret)
    else:
        config.write_text(f'api_key = "{secret}"\n', encoding="utf-8")
    settings = Settings.load(**flags)
    assert settings.api_key is not None
    assert settings.api_key.get_secret_value() == secret
    assert secret not in repr(settings)
    assert secret not in settings.model_dump_json()


def test_a_wrong_key_is_not_repeated_in_the_error(config: Path) -> None:
    config.write_text('api_key = ["sk-not-to-be-shown"]\n', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        Settings.load()
    assert "sk-not" not in str(caught.value)
