"""Blocks that a reader found in a format of its own → a source whose text is these blocks, one after another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from ..article import Block, BlockKind, Source

_GAP = "\n\n"


class Piece(NamedTuple):
    """The text of one block and what it is."""

    text: str
    kind: BlockKind = "body"


def assemble(pieces: Iterable[Piece], **fields: Any) -> Source:
    """Return a source made of the pieces, blank lines between them; `fields` are the source's other fields."""
    blocks: list[Block] = []
    texts: list[str] = []
    offset = 0
    for piece in pieces:
        blocks.append(Block(start=offset, end=offset + len(piece.text), kind=piece.kind))
        texts.append(piece.text)
        offset += len(piece.text) + len(_GAP)
    return Source(text=_GAP.join(texts), blocks=tuple(blocks), **fields)
