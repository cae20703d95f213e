"""The job that was submitted, as it is kept beside its waves: `collect` needs no more than the name of the output."""

from __future__ import annotations

from pathlib import Path

from ..errors import InputError
from ..readers import is_address
from ..settings import Settings
from .outputs import Place
from .run import Job
from .waves import Waves


def recall(output: Path, settings: Settings | None = None) -> Job:
    """Return the job that was submitted, with the key of today; raises InputError if there is none."""
    state = Place(output).state
    kept = None
    if Waves.there(state):
        with Waves(state) as waves:
            kept = waves.recall("job")
    if kept is None:
        raise InputError(f"Nothing was submitted for {output}: use `brief batch submit` first.")
    known = (settings or Settings.load()).model_dump(include={"api_key", "retries", "max_wait", "timeout"})
    loaded = Settings.load(**{**kept.pop("settings"), **known})
    urls = kept.pop("urls")
    return Job(output=output, settings=loaded, urls=Path(urls) if urls else None, **kept)


_KEPT = ("task", "format", "glob", "text_field", "id_field", "overwrite", "any_language", "keep_answers")


def keep(job: Job, waves: Waves) -> None:
    """Note the job for `recall`; paths as they are from anywhere, and no key."""
    waves.remember(
        "job",
        {
            **{name: getattr(job, name) for name in _KEPT},
            "inputs": [name if is_address(name) else str(Path(name).absolute()) for name in map(str, job.inputs)],
            "urls": str(job.urls.absolute()) if job.urls else None,
            "settings": {
                **job.settings.model_dump(mode="json", exclude={"api_key"}, exclude_none=True),
                **{
                    name: str(path.absolute())
                    for name in ("cache", "kinds_dir")
                    if (path := getattr(job.settings, name))
                },
            },
        },
    )
