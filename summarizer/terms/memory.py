"""A translation memory: sentences that people have translated before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ..article import plain
from ..errors import InputError
from ..extras import require
from .exchange import read_tmx

MAX_BYTES: Final = 200 * 2**20
NEAR: Final = 75.0
"""Likeness in per cent from which on a sentence is worth showing; translators' tools offer from 70 to 75 on."""
EXAMPLES: Final = 2


@dataclass(frozen=True, slots=True, eq=False)
class Memory:
    """German sentences with the English that a person gave them; of several the last counts.

    Attributes:
        sentences: German → English, as `article.plain` gives both.
        sha256: The hash by which a document names the memory.
    """

    sentences: dict[str, str] = field(default_factory=dict)
    sha256: str = ""

    def exact(self, source: str) -> str | None:
        """Return the English of this very sentence, or None."""
        return self.sentences.get(plain(source))

    def near(self, source: str) -> list[tuple[str, str]]:
        """Return the most alike sentences with their English, best first; not the sentence itself."""
        process = require("rapidfuzz.process", "terms", "Looking for similar sentences")
        fuzz = require("rapidfuzz.fuzz", "terms", "Looking for similar sentences")
        text = plain(source)
        if not self.sentences:
            return []
        found = process.extract(text, self.sentences.keys(), scorer=fuzz.ratio, score_cutoff=NEAR, limit=EXAMPLES + 1)
        return [(german, self.sentences[german]) for german, _, _ in found if german != text][:EXAMPLES]

    def examples(self, sources: Iterable[str]) -> list[tuple[str, str]]:
        """Return what is near to any of the sentences, each once."""
        return list(dict.fromkeys(pair for source in sources for pair in self.near(source)))


def load(path: Path) -> Memory:
    """Return the memory in a TMX file.

    Raises:
        InputError: The file cannot be read, is no TMX, or has no unit in German and English.
        SetupError: The extra `terms` is missing.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"The translation memory {path} cannot be read ({error.strerror}).") from error
    if len(data) > MAX_BYTES:
        raise InputError(f"The translation memory {path} is larger than {MAX_BYTES // 2**20} MB.")
    sentences = dict(read_tmx(data, path.name))
    if not sentences:
        raise InputError(f"The translation memory {path} holds no sentence in German and English.")
    return Memory(sentences, hashlib.sha256(data).hexdigest())
