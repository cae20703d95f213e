"""Finds the kinds of brief: a pydantic class in `schemas/` and the template of the same name in `prompts/`."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import sys
from functools import cache
from typing import Any

from .content import folder
from .document import Document
from .errors import InputError
from .items import Brief

SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def names() -> list[str]:
    """Return the names of all kinds, sorted."""
    return sorted(path.stem for path in folder("schemas").glob("*.py") if not path.stem.startswith("_"))


@cache
def load(name: str) -> type[Brief]:
    """Return the class of a kind.

    Raises:
        InputError: If there is no such kind.
    """
    if name not in names():
        raise InputError(f"There is no kind {name!r}; there are: {', '.join(names())}.")
    module_name = f"summarizer.kinds_{name}"
    spec = importlib.util.spec_from_file_location(module_name, folder("schemas") / f"{name}.py")
    if spec is None or spec.loader is None:
        raise InputError(f"The kind {name!r} cannot be loaded.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[module_name] = module  # pydantic looks annotations up there
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        reason = " ".join(str(error).split())
        raise InputError(f"The kind {name!r} cannot be loaded ({type(error).__name__}: {reason[:200]}).") from error
    found = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Brief) and value.__module__ == module_name
    ]
    if len(found) != 1:
        raise InputError(f"schemas/{name}.py must define exactly one subclass of Brief, it defines {len(found)}.")
    return found[0]


def json_schema(kind: str | None, *, document: bool = False) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a kind, or of a whole document that holds one.

    Args:
        kind: The kind; None means any kind's document.
        document: Whether to return the document's schema instead of the brief's.
    """
    model: Any = load(kind) if kind else Brief
    if document:
        model = Document[model]
    schema = model.model_json_schema(mode="serialization" if document else "validation")
    return {"$schema": SCHEMA_DIALECT, **schema}


def schema_hash(kind: type[Brief]) -> str:
    """Return the SHA-256 (hex) of a kind's JSON Schema in canonical form."""
    canonical = json.dumps(kind.model_json_schema(), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def parse_document(data: str | bytes) -> Document[Any]:
    """Return the document in a JSON text, its brief as an instance of its own kind.

    Raises:
        InputError: If the text is not a document of a known kind and version.
    """
    try:
        kind = json.loads(data).get("kind")
        model: Any = Document[load(kind)] if kind else Document  # type: ignore[misc]  # the kind is a value here
        document: Document[Any] = model.model_validate_json(data)
    except (ValueError, AttributeError, TypeError) as error:
        reason = " ".join(str(error).split())
        raise InputError(f"This is not a document of this program: {reason[:300]}.") from error
    return document
