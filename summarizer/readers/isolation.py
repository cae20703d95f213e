"""A reader's worker in a process of its own, for libraries of native code that a broken file may crash."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from ..errors import InputError

MAX_SECONDS: Final = 60.0
_WORKER: Final = Path(__file__).with_name("worker.py")


def run(script: Path, data: bytes, name: str) -> Any:
    """Return what the function `work` of a script returns when it is given `data`, as JSON has it.

    Its process has bounds of memory and time (`worker.py`), and sees neither this program's environment variables for
    Python nor the working folder (`-I`).

    Raises:
        InputError: It takes too long, crashes, runs out of memory, or says what is wrong.
    """
    try:
        done = subprocess.run(  # noqa: S603  # our own script
            [sys.executable, "-I", str(_WORKER), str(script)],
            input=data,
            capture_output=True,
            timeout=MAX_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise InputError(f"{name} takes more than {MAX_SECONDS:g} s to read: it is too large or damaged.") from None
    if done.returncode != 0:
        raise InputError(f"{name} cannot be read: it is damaged, or it takes too much time or memory.")
    result = json.loads(done.stdout)
    if isinstance(result, dict):
        raise InputError(f"{name} cannot be read: {_sentence(str(result.get('error')))}.")
    return result


def _sentence(reason: str) -> str:
    if "assword" in reason:
        return "it is encrypted with a password; save it without"
    if reason == "memory":
        return "it takes too much memory"
    return "it is damaged (" + " ".join(reason.split())[:200].rstrip(".") + ")"
