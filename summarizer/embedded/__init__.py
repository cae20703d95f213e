"""The built-in model: `resolve` finds a model's file, `EmbeddedServer` serves it inside this process."""

from __future__ import annotations

from .server import EmbeddedServer
from .weights import Weights, resolve

__all__ = ["EmbeddedServer", "Weights", "resolve"]
