"""Where prompts and schemas lie: beside the package in a checkout, inside it once installed."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal


@cache
def folder(name: Literal["prompts", "schemas"]) -> Path:
    """Return the built-in folder of that name.

    Raises:
        FileNotFoundError: If the installation is damaged.
    """
    package = Path(__file__).parent
    for candidate in (package / "content" / name, package.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"The installation is damaged: the folder {name!r} is missing; install brief-de again.")
