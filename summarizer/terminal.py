"""What may be shown on a terminal: names of files and words of an endpoint must not act on it."""

from __future__ import annotations


def printable(text: str) -> str:
    """Return a text in which nothing acts on a terminal: what is no visible character becomes a space."""
    return "".join(character if character.isprintable() else " " for character in text)
