"""Files are written whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a file to write to that takes the place of `path` at the end, and of nothing if an exception is raised.

    A reader sees the old content or the new one, never a part, and no other writer gets the same file. The rights of a
    file that is replaced stay, a link goes on to point to its file, and a device or a pipe is written to, not replaced.

    Raises:
        OSError: The file cannot be put in its place.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        yield target
        return
    temporary = target.with_name(f".{target.name[:30]}.{uuid4().hex}.tmp")  # below 255 bytes in any script
    try:
        yield temporary
        if target.exists():
            shutil.copymode(target, temporary)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file (text as UTF-8) as `replacing` does; raises OSError."""
    with replacing(path) as file:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
