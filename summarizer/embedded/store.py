"""The folder that models are kept in, and the notes on which files were verified."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from ..errors import SetupError


def cache_folder() -> Path:
    """Return the user's folder for models, made if need be; one in the temporary folder if that cannot be written.

    Raises:
        SetupError: If neither can be written, or the temporary one belongs to somebody else.
    """
    from platformdirs import user_cache_path

    folder = user_cache_path("brief", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return _temporary_folder()


def _temporary_folder() -> Path:
    user = os.getuid() if hasattr(os, "getuid") else None
    folder = Path(tempfile.gettempdir()) / ("brief" if user is None else f"brief-{user}")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        state = folder.lstat()
    except OSError as error:
        raise SetupError(f"Neither the cache folder nor {folder} can be written: {error.strerror or error}.") from error
    # The temporary folder is everybody's: who lays this one out first could put other weights into it.
    if user is not None and (state.st_uid != user or state.st_mode & 0o022 or folder.is_symlink()):
        raise SetupError(f"{folder} can be written by somebody else: remove it, or make the cache folder writable.")
    return folder


def write_json(path: Path, value: Any) -> None:
    """Write a JSON file at once or not at all; readers see the old file or the new one.

    Raises:
        OSError: If it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, suffix=".part", delete=False) as file:
        temporary = Path(file.name)
        try:
            json.dump(value, file, ensure_ascii=False, indent=1, sort_keys=True)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    temporary.replace(path)


def read_json(path: Path) -> dict[str, Any]:
    """Return the object in a JSON file; an empty one if the file is missing or damaged."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def sha256_of(path: Path, cache: Path) -> str:
    """Return the SHA-256 of a file in hex, from a note if size and time of change are those it was made for.

    Hashing 253 MB took 0.2 to 0.35 s at every start (a processor with SHA instructions); a note takes none of that.

    Args:
        path: The file.
        cache: The folder of `cache_folder`, where the notes are.

    Raises:
        OSError: If the file cannot be read.
    """
    state = path.stat()
    name = str(path.resolve())
    seen = {"path": name, "size": state.st_size, "mtime_ns": state.st_mtime_ns}
    note = cache / "verified" / f"{hashlib.sha256(name.encode()).hexdigest()[:32]}.json"
    known = read_json(note)
    digest = known.pop("sha256", None)
    if isinstance(digest, str) and known == seen:
        return digest
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    with contextlib.suppress(OSError):  # without the note only the next start takes longer
        write_json(note, {**seen, "sha256": digest})
    return digest
