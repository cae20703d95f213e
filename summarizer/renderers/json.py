"""The document as JSON."""

from __future__ import annotations

from typing import Any

from ..document import Document


def render(document: Document[Any], *, terminal: bool = False) -> str:  # noqa: ARG001  # the same everywhere
    """Return indented JSON that validates against `brief schema KIND --document`."""
    return document.model_dump_json(indent=2)
