"""Settings: flags first, then the environment, then a TOML file, then the provider's profile."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from .errors import InputError
from .providers import PROVIDERS, Effort, Mode, Style


def default_config_path() -> Path:
    """Return where the configuration file is looked for: `BRIEF_CONFIG`, else the user's configuration folder.

    The working directory is not searched: a file that lies beside an article must not redirect a key.
    """
    from platformdirs import user_config_path

    return Path(os.environ.get("BRIEF_CONFIG") or user_config_path("brief") / "config.toml")


def _either(*names: str) -> AliasChoices:
    return AliasChoices(*names)


def _where(name: str, flags: dict[str, Any]) -> str | None:
    """Return the flag or else the variable that gives a setting; None if neither does."""
    if flags.get(name) is not None:
        return f"the flag --{name.replace('_', '-')}"
    variable = f"BRIEF_{name.upper()}"
    given = next((key for key, value in os.environ.items() if value and key.upper() == variable), None)
    return f"the variable {given}" if given else None


class Settings(BaseSettings):
    """What the program is told: which model, where, and within which bounds.

    Every field can be given as an argument (a flag does that), as an environment variable `BRIEF_<FIELD>`
    and as a key of the TOML file, in this order.
    """

    model_config = SettingsConfigDict(
        env_prefix="BRIEF_", frozen=True, extra="forbid", populate_by_name=True, env_ignore_empty=True
    )

    provider: str | None = Field(default=None, description="Provider profile; found from the rest if not said.")
    model: str | None = Field(default=None, description="Model name, a .gguf file, or hf:owner/repo/file.gguf.")
    base_url: str | None = Field(
        default=None,
        validation_alias=_either("base_url", "BRIEF_BASE_URL", "OPENAI_BASE_URL"),
        description="Base URL of an OpenAI-compatible endpoint, e.g. http://127.0.0.1:8080/v1.",
    )
    api_key: SecretStr | None = Field(
        default=None,
        validation_alias=_either("api_key", "BRIEF_API_KEY"),
        description="The endpoint's key; else the profile's own variable is read, e.g. OPENAI_API_KEY.",
    )
    key_file: Path | None = Field(default=None, description="A file that holds the endpoint's key and nothing else.")
    kind: str = Field(default="news", description="Kind of brief: a name, a file, or module:Class.")
    kinds_dir: Path | None = Field(default=None, description="A folder with kinds of your own.")
    prompts_dir: Path | None = Field(default=None, description="A folder with prompts that win over the built-in ones.")
    prompt_variant: str | None = Field(
        default=None,
        description="Variant of the prompts, e.g. `small` for `news.small.j2`; found from the model's name if not said, and "
        "`large` for none.",
    )
    mode: Mode | None = Field(default=None, description="How to ask for structured output; the profile's if not said.")
    style: Style | None = Field(
        default=None, description="`instruct` or `completion`; found from the model if not said."
    )
    temperature: float | None = Field(default=None, ge=0, le=2)
    context_tokens: int | None = Field(default=None, ge=1024, description="The model's context in tokens.")
    concurrency: int | None = Field(default=None, ge=1, le=512, description="Requests in flight for one article.")
    threads: int | None = Field(
        default=None, ge=1, le=256, description="Threads of the built-in model; found from cores and load if not said."
    )
    timeout: float = Field(default=120.0, gt=0, description="Seconds for one request.")
    retries: int = Field(default=4, ge=0, le=20, description="Times that a request is sent again after a failure.")
    max_wait: float = Field(default=60.0, ge=0, description="Longest pause in seconds before a retry.")
    reasks: int = Field(default=2, ge=0, le=5, description="Times to ask again when an answer does not fit the schema.")
    judge: bool = Field(default=False, description="Let the model judge what the checks doubt, in one more request.")
    repairs: int = Field(default=2, ge=0, le=5, description="Rounds of translating doubtful sentences again.")
    effort: Effort = Field(
        default="normal",
        description="`fast`, `normal` or `best`: candidates from which each sentence of a `completion` model is chosen.",
    )
    glossary: Path | None = Field(default=None, description="Your terms: a table (CSV) or TBX file (docs/terms.md).")
    builtin_glossary: bool = Field(default=True, description="Whether the glossary of German institutions is used.")
    memory: Path | None = Field(default=None, description="Your translation memory: a TMX file.")
    cache: Path | None = Field(default=None, description="Folder in which answers are kept and looked up, by request.")

    @classmethod
    def load(cls, config: Path | None = None, **flags: Any) -> Settings:
        """Return the settings from flags, environment and file.

        Args:
            config: A TOML file; None means `default_config_path()`, which may be absent in the user's folder.
            **flags: Fields as given on the command line; None means not given.

        Raises:
            InputError: If a file is named, here or by `BRIEF_CONFIG`, and does not exist; if the file is broken, or a value is
                out of bounds.
        """
        path = config or default_config_path()
        named_by = "--config" if config is not None else "BRIEF_CONFIG" if os.environ.get("BRIEF_CONFIG") else None
        if named_by and not path.is_file():
            raise InputError(f"The configuration file {path} does not exist: check the path given to {named_by}.")

        class Sources(cls):  # type: ignore[valid-type, misc]  # the file's path is known only now
            @classmethod
            def settings_customise_sources(
                cls, settings_cls: type[BaseSettings], init_settings: PydanticBaseSettingsSource, **others: Any
            ) -> tuple[PydanticBaseSettingsSource, ...]:
                return init_settings, others["env_settings"], TomlConfigSettingsSource(settings_cls, path)

        try:
            values = Sources(**{name: value for name, value in flags.items() if value is not None})
            found = cls.model_construct(**{name: getattr(values, name) for name in cls.model_fields})
        except ValidationError as error:
            first = error.errors()[0]
            name = ".".join(str(part) for part in first["loc"])
            place = _where(name, flags) or path
            raise InputError(f"The setting {name!r} is wrong ({first['msg'].lower()}): check {place}.") from error
        except (ValueError, OSError) as error:
            raise InputError(f"The configuration file {path} cannot be read as TOML: {error}.") from error
        if found.provider is not None and found.provider not in PROVIDERS:
            raise InputError(f"There is no provider {found.provider!r}: choose one of {', '.join(sorted(PROVIDERS))}.")
        return found
