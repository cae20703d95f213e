"""Models on this machine: `resolve` finds a model's file, `EmbeddedServer` serves it inside this process."""

from __future__ import annotations

from .catalogue import Model, Offer, installed_models, offered_models
from .pulling import Pulled, pull, remove
from .server import EmbeddedServer
from .weights import Weights, resolve

__all__ = [
    "EmbeddedServer",
    "Model",
    "Offer",
    "Pulled",
    "Weights",
    "installed_models",
    "offered_models",
    "pull",
    "remove",
    "resolve",
]
