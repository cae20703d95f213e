"""The packages of the extra `local`, imported when they are needed."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from ..errors import SetupError


def load(module: str) -> ModuleType:
    """Return an imported module of the extra `local`.

    Args:
        module: The import name, e.g. `xllamacpp`.

    Raises:
        SetupError: If it is not installed, or does not run on this machine.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise SetupError(
            f"The built-in model needs the extra `local` ({error.name} is missing): pip install 'brief-de[local]', "
            "or name another model with --base-url or OPENAI_API_KEY."
        ) from error
    except ImportError as error:
        raise SetupError(
            f"The package {module} of the built-in model does not run on this machine ({error}): "
            "name another model with --base-url or OPENAI_API_KEY."
        ) from error
