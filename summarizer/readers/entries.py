"""One article of a source that holds many: known by name, read when its turn comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..article import Source


@dataclass(frozen=True, slots=True)
class Entry:
    """An article that waits to be read.

    Attributes:
        name: What tells it from the others, and what messages call it: `feed.xml: https://…`, `archive.jsonl:12`.
        read: Returns the source; raises InputError if this one cannot be read, which does not touch the others.
    """

    name: str
    read: Callable[[], Source]
