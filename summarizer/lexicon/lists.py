"""The word lists of this package: text files with an entry a line; lines that begin with # are remarks."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files


def entries(name: str) -> Iterator[str]:
    """Yield the entries of a list, such as `places.txt`."""
    for line in files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line
