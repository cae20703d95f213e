"""`brief models pull` and `brief models remove`: a model of the short list, or one of the hub, to this machine and off it."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from ..errors import InputError
from . import builtin, hub
from .curated import Curated, curated
from .download import Announce, silent
from .gguf import read_header
from .store import cache_folder

Trust = Literal["listed", "first use"]
"""`listed`: its hash is the one on the short list, or the one that was asked for. `first use`: the hash that the file
had when it first came; from then on it must not change."""


@dataclass(frozen=True, slots=True)
class Pulled:
    """A model that is here now.

    Attributes:
        pin: Where it is, with commit and hash.
        model: What the short list says of it, if it is on it.
        trust: What its hash was held against.
        template: Whether its file brings a chat template, so that it can be given instructions.
    """

    pin: hub.Pin
    model: Curated | None
    trust: Trust
    template: bool


def named(name: str) -> tuple[hub.Reference, Curated | None]:
    """Return what a name on the short list, or `hf:owner/repo/file.gguf[@revision][#sha256=HEX]`, means.

    Raises:
        InputError: If it is neither.
    """
    if name.startswith("hf:"):
        reference = hub.parse(name)
        return reference, None
    if name in curated():
        return hub.parse(curated()[name].reference), curated()[name]
    if name == builtin.NAME:
        raise InputError(f"{name} comes with the extra `local`, not from the hub: pip install 'brief-de[local]'.")
    near = get_close_matches(name, curated(), 1)
    raise InputError(
        f"There is no model {name!r} on the list{f': did you mean {near[0]}?' if near else '.'} "
        f"`brief models` shows it: {', '.join(curated())}; or give hf:owner/repo/file.gguf."
    )


def pull(name: str, *, progress: bool = False, announce: Announce = silent) -> Pulled:
    """Download a model, or go on with a download that was stopped, and verify it; what is here is only verified.

    Args:
        name: As `named` takes it.
        progress: Whether to draw a bar, on a terminal only.
        announce: Called before a download with the number of its bytes and the licence.

    Raises:
        InputError: If there is no such model.
        SetupError: If it cannot be downloaded, has another hash, does not fit the disk, or is no GGUF file.
    """
    reference, model = named(name)
    pin = hub.fetch(reference, cache_folder(), progress=progress, announce=announce)
    header = read_header(pin.path)
    return Pulled(pin, model, "listed" if reference.sha256 else "first use", header.has_template)


def remove(name: str) -> int:
    """Delete a model that was pulled, or what an unfinished download left; return the bytes that this frees.

    A file that lies in huggingface_hub's own cache, which other programs share, stays; only its note goes.

    Raises:
        InputError: If there is no such model here.
        SetupError: If it cannot be deleted.
    """
    reference, _ = named(name)
    cache = cache_folder()
    if hub.pinned(reference, cache) is None and not hub.partly(reference, cache):
        raise InputError(f"{name} is not on this machine: there is nothing to remove.")
    return hub.remove(reference, cache)
