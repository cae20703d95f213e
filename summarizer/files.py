"""Files are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file (text as UTF-8) so that a reader sees the old content or the new one, never a part; raises OSError.

    A device or a pipe is written to, not replaced, and a link goes on to point to its file.
    """
    target = path.resolve()
    special = target.exists() and not target.is_file()
    temporary = target if special else target.with_name(f".{target.name[:100]}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(content if isinstance(content, bytes) else content.encode())
        if not special:
            temporary.replace(target)
    except OSError:
        if not special:
            temporary.unlink(missing_ok=True)
        raise
