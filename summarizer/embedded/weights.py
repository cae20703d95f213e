"""From the name of a model to a verified file: the built-in one, a path, or `hf:owner/repo/file.gguf`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..errors import SetupError
from . import builtin
from .curated import Curated, curated
from .gguf import Header, read_header
from .store import cache_folder, sha256_of

Chat = Literal["completion", "instruct"]
Quality = Literal["demo", "unrated"]


@dataclass(frozen=True, slots=True)
class Weights:
    """A model's file, and what is known of it.

    Attributes:
        path: The GGUF file.
        sha256: Its SHA-256 in hex.
        name: The model's name, e.g. `gemma3-270m`.
        origin: Where it came from: the package, the path, or `hf:owner/repo/file.gguf@commit`.
        chat: `instruct` if the file brings a chat template, else `completion`: it only continues a text.
        licence: What is known of its licence.
        quality: `demo` for the built-in model, whose English is often wrong; `unrated` for every other.
        header: What the file says of itself.
        translates_only: Whether it follows no other instruction than to translate.
        prompt_variant: The variant of the prompts that it was trained on; empty if there is none.
    """

    path: Path
    sha256: str
    name: str
    origin: str
    chat: Chat
    licence: str
    quality: Quality
    header: Header
    translates_only: bool = False
    prompt_variant: str = ""


def resolve(reference: str | None = None, *, progress: bool = False) -> Weights:
    """Return the verified file of a model, made or downloaded if it is not there yet.

    Args:
        reference: None or `gemma3-270m` for the built-in model; the name of one that was pulled; the path of a
            `.gguf` file; or `hf:owner/repo/path/file.gguf[@revision][#sha256=HEX]` for one from the Hugging Face hub.
        progress: Whether a download may show its progress, which it does on a terminal only.

    Raises:
        SetupError: If there is no such model, it cannot be had, or it is not the one that was pinned.
    """
    if reference is None or reference == builtin.NAME:
        return _builtin()
    if reference in curated():
        return _pulled(curated()[reference])
    if reference.startswith("hf:"):
        from . import hub

        pin = hub.fetch(hub.parse(reference), cache_folder(), progress=progress)
        return _describe(pin.path, pin.sha256, pin.origin, pin.licence)
    path = Path(reference).expanduser()
    if not path.is_file():
        raise SetupError(
            f"There is no model {reference!r}: give {builtin.NAME}, a name that `brief models` lists, the path of a "
            ".gguf file, or hf:owner/repo/file.gguf."
        )
    read_header(path)  # before hashing what is no model
    return _describe(path, sha256_of(path, cache_folder()), str(path))


def _builtin() -> Weights:
    path = builtin.locate(cache_folder())
    return _describe(path, builtin.SHA256, f"package {builtin.PACKAGE.replace('_', '-')}")


def _pulled(model: Curated) -> Weights:
    """Return a model of the short list; it is never downloaded unasked, since its size and its terms are to be seen first."""
    from . import hub

    cache, reference = cache_folder(), hub.parse(model.reference)
    pin = hub.pinned(reference, cache)
    if pin is None or not pin.path.is_file():
        raise SetupError(
            f"{model.name} is not on this machine: brief models pull {model.name} "
            f"({model.size / 1e9:.1f} GB; {model.licence})."
        )
    pin = hub.fetch(reference, cache)
    return _describe(pin.path, pin.sha256, pin.origin, model.licence)


def _describe(path: Path, sha256: str, origin: str, licence: str | None = None) -> Weights:
    header = read_header(path)
    demo = sha256 == builtin.SHA256
    known = next((model for model in curated().values() if model.sha256 == sha256), None)
    return Weights(
        path=path,
        sha256=sha256,
        name=builtin.NAME if demo else known.name if known else (header.name or path.stem),
        origin=origin,
        chat="instruct" if header.has_template else "completion",
        licence=builtin.LICENCE if demo else (licence or header.licence or "not said in the file"),
        quality="demo" if demo else "unrated",
        header=header,
        translates_only=known.translates_only if known else header.wants_languages,
        prompt_variant=known.prompt_variant if known else "translategemma" if header.wants_languages else "",
    )
