"""The short list of larger models that `brief models pull NAME` knows: `curated.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from .builtin import NAME as BUILTIN

CONTEXT = 4096
"""Tokens of context for which `Curated.memory` is given: what the profile of local models counts on."""


@dataclass(frozen=True, slots=True)
class Curated:
    """A model that was chosen, and what is known of its file from public pages; none was run by this project.

    Attributes:
        name: What `brief models pull` and `--model` take.
        title: Its name for people, with its quantisation.
        reference: Where it is: `hf:owner/repo/file.gguf[@commit]#sha256=HEX`.
        size: The file's bytes.
        cache_bytes: Bytes of memory that a token of context takes.
        licence: As its publisher says.
        published: What its authors publish of translation into English; empty if nothing was found.
        translates_only: Whether it follows no other instruction than to translate: its brief is put together from
            the article's sentences.
        prompt_variant: The variant of the prompts that it was trained on; empty if there is none.
        sources: The pages that say so.
    """

    name: str
    title: str
    reference: str
    size: int
    cache_bytes: int
    licence: str
    published: str = ""
    translates_only: bool = False
    prompt_variant: str = ""
    sources: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """The hash of its file, in hex."""
        return self.reference.rpartition("#sha256=")[2]

    @property
    def memory(self) -> int:
        """Bytes of memory that it takes with one slot of `CONTEXT` tokens, without what the program itself takes."""
        return self.size + self.cache_bytes * CONTEXT

    @property
    def does(self) -> str:
        """What it is for, in words."""
        return "translation only" if self.translates_only else "translation and brief"


@cache
def curated() -> MappingProxyType[str, Curated]:
    """Return the list by name."""
    tables = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    found = {name: Curated(name, **{**table, "sources": tuple(table["sources"])}) for name, table in tables.items()}
    return MappingProxyType(found)


def is_name(model: str) -> bool:
    """Tell whether a model's name is that of the built-in one or of one on the list."""
    return model == BUILTIN or model in curated()
