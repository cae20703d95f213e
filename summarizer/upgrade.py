"""Documents of older versions become documents of this one, so that an archive stays readable.

The first number of a version rises when old data no longer fits, the second when something is added. A document names
the version of its own shape (`schema_version`) and that of its brief's kind (`kind_version`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .document import SCHEMA_VERSION
from .errors import InputError

Data = dict[str, Any]
Step = Callable[[Data], Data]

STEPS: Mapping[str, tuple[str, Step]] = {}
"""From a version of the document's shape: the version that follows, and how. Empty: 1.0 is the first."""


def upgraded(data: Data) -> Data:
    """Return a document's data in this version's shape; what is current comes back as it is.

    Args:
        data: A document as JSON gives it.

    Raises:
        InputError: If it names no version, or one that this program does not know.
    """
    version = data.get("schema_version")
    while version != SCHEMA_VERSION:
        if not isinstance(version, str) or version not in STEPS:
            raise InputError(
                f"This document is of version {version!r}, this program knows {SCHEMA_VERSION}"
                f"{''.join(f', {known}' for known in STEPS)}: install a newer brief-de."
            )
        version, step = STEPS[version]
        data = {**step(data), "schema_version": version}
    return data


def brief_upgraded(data: Data, version: str, steps: Mapping[str, tuple[str, Step]], current: str) -> Data:
    """Return a brief's data in its kind's current shape.

    Args:
        data: The brief as JSON gives it.
        version: The version of the kind that it was made with.
        steps: The kind's own, see `Brief.kind_upgrades`.
        current: The kind's version now.

    Raises:
        InputError: If the first number differs and no step leads there, or the brief is of a later version.
    """
    while _major(version) != _major(current):
        if version not in steps:
            raise InputError(
                f"This brief is of version {version} of its kind, the kind is at {current} and says no way from there: "
                "use the program or the kind that made it."
            )
        version, step = steps[version]
        data = step(data)
    return data


def _major(version: str) -> str:
    return version.partition(".")[0]
