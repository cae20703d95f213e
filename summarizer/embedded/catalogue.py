"""What `brief models` lists: the models on this machine, and how to get the built-in one."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from ..errors import SetupError
from . import builtin, hub
from .curated import Curated, curated
from .gguf import read_header
from .store import cache_folder
from .weights import Quality


@dataclass(frozen=True, slots=True)
class Model:
    """A model that can be named with `--model`.

    Attributes:
        reference: What to write after `--model`.
        size: Bytes on this machine; None if it is not there.
        licence: What is known of its licence.
        quality: `demo` or `unrated`.
        path: Its file, if it is there.
        note: What to do if it cannot be used; empty if it can.
    """

    reference: str
    size: int | None
    licence: str
    quality: Quality
    path: Path | None
    note: str = ""


def installed_models() -> list[Model]:
    """Return the built-in model, those that were downloaded from the hub, and the files laid into the cache.

    Nothing is downloaded, hashed or put together.

    Raises:
        SetupError: If there is no folder to look in.
    """
    cache = cache_folder()
    assembled = cache / "models" / builtin.FILE
    others = (path for path in (cache / "models").glob("*.gguf") if path != assembled)
    return [_builtin(assembled), *map(_pinned, hub.pins(cache)), *map(_file, sorted(others))]


@dataclass(frozen=True, slots=True)
class Offer:
    """A model of the short list that is not on this machine.

    Attributes:
        model: What is known of it.
        there: Bytes of it that an unfinished download left.
    """

    model: Curated
    there: int


def offered_models() -> list[Offer]:
    """Return the models of the short list that are not here, smallest first.

    Raises:
        SetupError: If there is no folder to look in.
    """
    cache = cache_folder()
    here = {pin.reference for pin in hub.pins(cache) if pin.path.is_file()}
    found = ((model, hub.parse(model.reference)) for model in sorted(curated().values(), key=lambda model: model.size))
    return [Offer(model, hub.partly(reference, cache)) for model, reference in found if str(reference) not in here]


def _builtin(path: Path) -> Model:
    missing = [name for name in ("xllamacpp", builtin.PACKAGE) if find_spec(name) is None]
    return Model(
        reference=builtin.NAME,
        size=builtin.SIZE if builtin.PACKAGE not in missing else None,
        licence=builtin.LICENCE,
        quality="demo",
        path=path if path.is_file() else None,
        note="pip install 'brief-de[local]'" if missing else "",
    )


def _pinned(pin: hub.Pin) -> Model:
    there = pin.path.is_file()
    known = {str(hub.parse(model.reference)): model for model in curated().values()}.get(pin.reference)
    return Model(
        reference=known.name if known else pin.reference,
        size=pin.path.stat().st_size if there else None,
        licence=(known.licence if known else pin.licence) or "not said by the repository",
        quality="unrated",
        path=pin.path if there else None,
        note="" if there else f"brief models pull {known.name}" if known else "is downloaded again when it is used",
    )


def _file(path: Path) -> Model:
    try:
        header = read_header(path)
    except SetupError as error:
        return Model(str(path), path.stat().st_size, "unknown", "unrated", path, str(error))
    return Model(str(path), header.size, header.licence or "not said in the file", "unrated", path)
