"""Packages that only some users need: imported when needed, and named with their extra when missing."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from .errors import SetupError


def require(module: str, extra: str, purpose: str) -> ModuleType:
    """Return an imported module of an extra.

    Args:
        module: The import name, e.g. `trafilatura`.
        extra: The extra of this package that brings it.
        purpose: What it is needed for, as the subject of a sentence: `Reading web pages`.

    Raises:
        SetupError: If it is not installed.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise SetupError(
            f"{purpose} needs the extra `{extra}` ({error.name} is missing): pip install 'brief-de[{extra}]'."
        ) from error
