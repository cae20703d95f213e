"""Models on this machine: `resolve` finds a model's file, `EmbeddedServer` serves it inside this process."""

from __future__ import annotations

from .catalogue import Model, installed_models
from .server import EmbeddedServer
from .weights import Weights, resolve

__all__ = ["EmbeddedServer", "Model", "Weights", "installed_models", "resolve"]
