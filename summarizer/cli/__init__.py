"""The command line: parse options, call, print. No logic."""

from __future__ import annotations

from .app import main

__all__ = ["main"]
