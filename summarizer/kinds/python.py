"""A kind written in Python: a file, or a class that can be imported."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import sys
from pathlib import Path
from textwrap import shorten
from types import ModuleType
from typing import Final

from ..errors import InputError
from ..items import Brief

_REASON: Final = 200
"""Characters of a foreign error message that are shown at most."""


def from_file(path: Path) -> type[Brief]:
    """Return the one subclass of Brief that a file defines; runs the file.

    Raises:
        InputError: If the file cannot be run, or defines none or several.
    """
    module_name = f"brief_kind_{path.stem}_{hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]}"
    spec = importlib.util.spec_from_file_location(module_name, path)
    if spec is None or spec.loader is None:
        raise InputError(f"The kind {path} cannot be loaded: it is no Python file.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[module_name] = module  # pydantic looks annotations up there
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:  # a module that ends itself must not end the command in silence
        del sys.modules[module_name]
        raise _broken(str(path), error) from error
    found = _kinds_of(module)
    if len(found) != 1:
        raise InputError(f"{path} must define exactly one subclass of Brief, it defines {len(found)}.")
    return found[0]


def from_reference(reference: str) -> type[Brief]:
    """Return the class that `package.module:Class` names; imports the module.

    Raises:
        InputError: If it cannot be imported, or is no subclass of Brief.
    """
    module_name, _, class_name = reference.partition(":")
    try:
        found = getattr(importlib.import_module(module_name), class_name)
    except (Exception, SystemExit) as error:
        raise _broken(reference, error) from error
    if not (isinstance(found, type) and issubclass(found, Brief)):
        raise InputError(f"{reference} is not a kind: a kind is a subclass of summarizer.Brief.")
    return found


def _kinds_of(module: ModuleType) -> list[type[Brief]]:
    return [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Brief) and value.__module__ == module.__name__
    ]


def _broken(what: str, error: Exception | SystemExit) -> InputError:
    reason = shorten(" ".join(str(error).split()), _REASON, placeholder=" …")
    return InputError(f"The kind {what} cannot be loaded ({type(error).__name__}: {reason}).")
