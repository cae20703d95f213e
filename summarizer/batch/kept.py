"""The job that was submitted, as it is kept beside its waves: `collect` needs no more than the name of the output."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from pydantic import ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from .. import kinds
from ..errors import InputError
from ..readers import is_address
from ..settings import Settings
from .outputs import Place
from .run import Job
from .waves import Waves


class _Kept(Settings):
    """Settings as they were: what was not set then is not looked for in today's environment and configuration file."""

    @classmethod
    def settings_customise_sources(  # type: ignore[override]  # of the sources only one is named
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003  # pydantic's
        init_settings: PydanticBaseSettingsSource,
        **_: Any,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


def recall(output: Path, settings: Settings | None = None) -> Job:
    """Return the job that was submitted, with the key, and how often and how long to try, of today.

    Raises:
        InputError: If there is none, or another version of this program kept it.
    """
    state = Place(output).state
    kept = None
    if Waves.there(state):
        with Waves(state, readonly=True) as waves:
            kept = waves.recall("job")
    if kept is None:
        raise InputError(f"Nothing was submitted for {output}: use `brief batch submit` first.")
    today = settings or Settings.load()
    values = kept.pop("settings")
    values |= today.model_dump(include={"api_key", "key_file", "retries", "max_wait", "timeout"}, exclude_none=True)
    if today.base_url and _without_user(today.base_url) == values["base_url"]:
        values["base_url"] = today.base_url
    try:
        loaded = _Kept(**values)
    except ValidationError:
        raise InputError(
            f"What was submitted for {output} is of another version of this program: submit it again."
        ) from None
    urls = kept.pop("urls")
    return Job(output=output, settings=loaded, urls=Path(urls) if urls else None, **kept)


_KEPT = ("task", "format", "glob", "text_field", "id_field", "overwrite", "any_language", "keep_answers")


def keep(job: Job, waves: Waves) -> None:
    """Note the job for `recall`; paths as they are from anywhere, and no key or password."""
    waves.remember(
        "job",
        {
            **{name: getattr(job, name) for name in _KEPT},
            "inputs": [name if is_address(name) else _from_anywhere(name) for name in map(str, job.inputs)],
            "urls": _from_anywhere(job.urls) if job.urls else None,
            "settings": _plain(job.settings),
        },
    )


def _plain(settings: Settings) -> dict[str, Any]:
    """Return the settings as JSON takes them."""
    values = settings.model_dump(mode="json", exclude={"api_key"})
    values |= {name: _from_anywhere(value) for name, value in settings if isinstance(value, Path)}
    if kinds.is_file(settings.kind):
        values["kind"] = _from_anywhere(settings.kind)
    if settings.base_url:
        values["base_url"] = _without_user(settings.base_url)
    return values


def _from_anywhere(path: Path | str) -> str:
    return str(Path(path).expanduser().absolute())


def _without_user(url: str) -> str:
    """Return an address without the name and password that may stand before the host."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
