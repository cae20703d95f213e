"""Models from the Hugging Face hub, pinned: the first use notes commit and hash, every later use must match.

A reference is `hf:owner/repo/path/file.gguf[@revision][#sha256=HEX]`. The revision (a branch, tag or commit; `main` if
not said) is looked up once. From then on the noted commit is what the reference means, so a run of next month uses
the weights of this month; another revision, or deleting the note in `pins`, asks the hub anew. A file that another
program has in huggingface_hub's cache is used from there; what is downloaded here lies in `models/hub`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..errors import InputError, SetupError
from .download import PARTIAL, Announce, download, silent
from .extra import load
from .store import read_json, sha256_of, write_json

_REFERENCE = re.compile(
    r"hf:(?P<repo>[\w.-]+/[\w.-]+)/(?P<file>[^@#\\]+\.gguf)(?:@(?P<revision>[^@#\s]+))?(?:#sha256=(?P<sha256>[0-9a-fA-F]{64}))?"
)
_PART = re.compile(r"-\d{5}-of-\d{5}\.gguf$")
_LOOK_UP = 15.0
"""Seconds to wait for the hub's answer to a question; a download has huggingface_hub's own bounds."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A model on the hub: repository, file in it, revision asked for, and the hash that it must have, if said."""

    repo: str
    file: str
    revision: str = "main"
    sha256: str | None = None

    def __str__(self) -> str:
        return f"hf:{self.repo}/{self.file}@{self.revision}"


@dataclass(frozen=True, slots=True)
class Pin:
    """What a reference was found to mean when it was first used.

    Attributes:
        reference: As `str(Reference)` gives it.
        commit: The repository's commit.
        sha256: The file's SHA-256 in hex.
        licence: The repository's licence, if it said one.
        path: The file on this machine; it may be gone by now.
    """

    reference: str
    commit: str
    sha256: str
    licence: str | None
    path: Path

    @property
    def origin(self) -> str:
        """Return the reference with the commit in the place of the revision."""
        return f"{self.reference.rpartition('@')[0]}@{self.commit}"


def parse(text: str) -> Reference:
    """Return the parts of `hf:owner/repo/path/file.gguf[@revision][#sha256=HEX]`.

    Raises:
        InputError: If it is not of that form, or names one part of a model that was cut into several files.
    """
    found = _REFERENCE.fullmatch(text)
    if found is None or not {"", ".", ".."}.isdisjoint(found["file"].split("/")):
        raise InputError(f"{text!r} names no model: write hf:owner/repo/file.gguf[@revision][#sha256=HEX].")
    if _PART.search(found["file"]):
        raise InputError(f"{text!r} is one part of a model in several files: choose one that is a single file.")
    sha256 = found["sha256"]
    return Reference(found["repo"], found["file"], found["revision"] or "main", sha256.lower() if sha256 else None)


def fetch(reference: Reference, cache: Path, *, progress: bool = False, announce: Announce = silent) -> Pin:
    """Return a model's verified file, downloaded if it is not there, and note what the reference meant.

    A file that is there and noted is used without a look at the network.

    Args:
        reference: The model.
        cache: The folder of `store.cache_folder`, where the notes and the files are.
        progress: Whether to show the download's progress, on a terminal only.
        announce: Called before a download with the number of its bytes and the licence.

    Raises:
        SetupError: If the hub cannot be reached or refuses, there is no such file, or its hash is not the noted one.
    """
    note = _note(reference, cache)
    pin = _read(note)
    if pin is None:
        commit, expected, licence = _look_up(reference)
    else:
        commit, expected, licence = pin.commit, pin.sha256, pin.licence
    if reference.sha256 and expected and reference.sha256 != expected:
        raise SetupError(
            f"{reference} has the SHA-256 {expected}, not {reference.sha256}: it is not the file that you asked for."
        )
    path = pin.path if pin and pin.path.is_file() else _cached(reference, commit)
    fresh = path is None
    if path is None:
        path = folder_of(reference, cache) / commit[:12] / reference.file
        _download(reference, commit, path, progress=progress, announce=lambda size: announce(size, licence))
    sha256 = sha256_of(path, cache)
    expected = expected or reference.sha256 or sha256
    if sha256 != expected and fresh:
        path.unlink()
        raise SetupError(
            f"What was downloaded of {reference} is not what was announced (SHA-256 {sha256[:12]}… instead of "
            f"{expected[:12]}…): it was removed; try again later."
        )
    if sha256 != expected:
        raise SetupError(
            f"The file of {reference} has changed (SHA-256 {sha256[:12]}… instead of {expected[:12]}…): "
            f"delete {path.resolve()} to download it again."
        )
    noted = Pin(str(reference), commit, sha256, licence, path)
    if noted != pin:
        value = {"reference": noted.reference, "commit": commit, "sha256": sha256, "licence": licence}
        try:
            write_json(note, {**value, "path": str(path)})
        except OSError as error:
            raise SetupError(f"The pin of {reference} cannot be written to {note}: {error.strerror}.") from error
    return noted


def pinned(reference: Reference, cache: Path) -> Pin | None:
    """Return what was noted of a model; None if it was never downloaded. Nothing is asked of the hub."""
    return _read(_note(reference, cache))


def remove(reference: Reference, cache: Path) -> int:
    """Delete a model that was downloaded here, what there is of it, and its note; return the bytes that this frees.

    A file in huggingface_hub's cache, which other programs share, stays.

    Raises:
        SetupError: If it cannot be deleted.
    """
    freed = 0
    try:
        for path in [*folder_of(reference, cache).rglob(f"{Path(reference.file).name}*")]:
            freed += path.stat().st_size
            path.unlink()
        _note(reference, cache).unlink(missing_ok=True)
    except OSError as error:
        raise SetupError(f"{error.filename} cannot be deleted: {error.strerror}.") from error
    return freed


def partly(reference: Reference, cache: Path) -> int:
    """Return how many bytes of an unfinished download there are."""
    found = folder_of(reference, cache).rglob(f"{Path(reference.file).name}{PARTIAL}")
    return max((path.stat().st_size for path in found), default=0)


def folder_of(reference: Reference, cache: Path) -> Path:
    """Return the folder that files of a repository are downloaded to."""
    return cache / "models" / "hub" / reference.repo.replace("/", "--")


def pins(cache: Path) -> list[Pin]:
    """Return what was noted of every model from the hub, in the order of their references."""
    found = (_read(note) for note in (cache / "pins").glob("*.json"))
    return sorted((pin for pin in found if pin), key=lambda pin: pin.reference)


def _note(reference: Reference, cache: Path) -> Path:
    """Return the note's path: readable, and told apart where two references read the same as a file name."""
    readable = re.sub(r"[^\w.@-]+", "--", str(reference).removeprefix("hf:"))[:120]
    return cache / "pins" / f"{readable}.{hashlib.sha256(str(reference).encode()).hexdigest()[:8]}.json"


def _read(note: Path) -> Pin | None:
    value = read_json(note)
    try:
        return Pin(value["reference"], value["commit"], value["sha256"], value["licence"], Path(value["path"]))
    except (KeyError, TypeError):
        return None


def _look_up(reference: Reference) -> tuple[str, str | None, str | None]:
    """Return commit, SHA-256 and licence as the hub says them; offline, what huggingface_hub's cache knows."""
    api = load("huggingface_hub").HfApi()
    try:
        info = api.model_info(reference.repo, revision=reference.revision, files_metadata=True, timeout=_LOOK_UP)
    except Exception as error:  # every failure becomes one sentence
        if _is_unreachable(error):
            path = _cached(reference, reference.revision)
            if path is not None:
                return path.parts[path.parts.index("snapshots") + 1], None, None
        raise SetupError(_explain(error, reference)) from error
    files = {sibling.rfilename: sibling for sibling in info.siblings or ()}
    if reference.file not in files:
        others = ", ".join(sorted(name for name in files if name.endswith(".gguf"))[:5]) or "none"
        raise SetupError(f"{reference.repo} has no file {reference.file!r}; its .gguf files: {others}.")
    lfs = files[reference.file].lfs
    licence = info.card_data.get("license") if info.card_data else None
    return str(info.sha), lfs.sha256 if lfs else None, licence if isinstance(licence, str) else None


def _cached(reference: Reference, revision: str) -> Path | None:
    """Return the file in huggingface_hub's own cache, if another program put it there."""
    found = load("huggingface_hub").try_to_load_from_cache(reference.repo, reference.file, revision=revision)
    return Path(found) if isinstance(found, str) and Path(found).is_file() else None


def _download(
    reference: Reference, commit: str, path: Path, *, progress: bool, announce: Callable[[int | None], None]
) -> None:
    try:
        download(reference.repo, reference.file, commit, path, progress=progress, announce=announce)
    except SetupError:
        raise
    except Exception as error:  # every failure becomes one sentence
        raise SetupError(_explain(error, reference)) from error


def _is_unreachable(error: BaseException) -> bool:
    """Say whether the hub gave no answer at all: no network, no such host, a timeout, `HF_HUB_OFFLINE`."""
    from httpx2 import TransportError
    from huggingface_hub import errors

    return isinstance(error, TransportError | errors.OfflineModeIsEnabled | errors.LocalEntryNotFoundError)


def _explain(error: Exception, reference: Reference) -> str:
    from huggingface_hub import errors

    if isinstance(error, errors.GatedRepoError):
        return (
            f"{reference.repo} is open to people who accepted its terms: do so on its page on the hub, "
            "then run `hf auth login` or set HF_TOKEN."
        )
    if isinstance(error, errors.RevisionNotFoundError):
        return f"{reference.repo} has no revision {reference.revision!r}: give a branch, a tag or a commit."
    if isinstance(error, errors.RepositoryNotFoundError):
        return (
            f"There is no repository {reference.repo} on the hub, or it is private: "
            "check the name, or run `hf auth login`."
        )
    if _is_unreachable(error):
        return (
            f"{reference} is not on this machine and the hub cannot be reached: "
            "check the network, or give the path of a .gguf file."
        )
    if isinstance(error, errors.EntryNotFoundError):
        return f"{reference.repo} has no file {reference.file!r} at {reference.revision!r}: check its name."
    reason = str(error).strip().partition("\n")[0]
    return f"{reference} could not be downloaded ({type(error).__name__}: {reason}): try again later."
