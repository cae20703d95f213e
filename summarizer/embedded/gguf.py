"""The head of a GGUF file: what a model says of itself, read without trusting the file.

The layout is that of https://github.com/ggml-org/ggml/blob/master/docs/gguf.md, versions 2 and 3, little-endian:
magic, version, number of tensors, number of key-value pairs, the pairs, the tensors' descriptions, the data.
The package `gguf` reads it too, but brings numpy and builds an object for each of the vocabulary's 262,000 words.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import SetupError

MAX_PAIRS = 10_000
MAX_TENSORS = 100_000
MAX_ITEMS = 4_000_000
"""Bounds far above every published model: a damaged file must not cost minutes."""
MAX_KEY = 65_535
MAX_KEPT = 200
"""Longest string that is kept, in bytes, e.g. a name; longer ones are only known to be there."""
MAX_TEMPLATE = 100_000
"""Longest chat template that is looked into, in bytes."""
_TEMPLATE = "tokenizer.chat_template"

_STRING, _ARRAY = 8, 9
_CONTROL = 3
_SCALARS = {0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d"}


class _DamagedError(Exception):
    """The bytes cannot be the head of a GGUF file."""


@dataclass(frozen=True, slots=True)
class Header:
    """What the head of a GGUF file says.

    Attributes:
        name: `general.name`, if said.
        architecture: `general.architecture`, e.g. `gemma3`.
        licence: `general.license`, if said, e.g. `gemma` or `apache-2.0`.
        context: Tokens that the model was trained on at a time; None if not said.
        has_template: Whether the file brings a chat template: a model that follows instructions does.
        wants_languages: Whether that template wants to be told the languages, as TranslateGemma's does, which
            can only translate.
        cache_bytes: Memory in bytes that one token of context takes, as 16-bit keys and values; 0 if not said.
        size: The file's size in bytes.
    """

    name: str | None
    architecture: str | None
    licence: str | None
    context: int | None
    has_template: bool
    wants_languages: bool
    cache_bytes: int
    size: int


class _Cursor:
    """Reads values one after another; raises `_DamagedError` rather than read past the end."""

    def __init__(self, data: mmap.mmap) -> None:
        self.data = data
        self.at = 0

    def scalar(self, layout: str) -> Any:
        value = struct.unpack_from(layout, self.data, self.at)[0]
        self.at += struct.calcsize(layout)
        return value

    def count(self, limit: int, what: str) -> int:
        number = int(self.scalar("<Q"))
        if number > limit:
            raise _DamagedError(f"it claims {number:,} {what}")
        return number

    def skip(self, length: int) -> None:
        if length > len(self.data) - self.at:
            raise _DamagedError("it ends inside its own description")
        self.at += length

    def key(self) -> str:
        key = self.string(MAX_KEY)
        if key is None:
            raise _DamagedError("it holds an endless name")
        return key

    def string(self, limit: int) -> str | None:
        length = int(self.scalar("<Q"))
        start = self.at
        self.skip(length)
        return self.data[start : self.at].decode("utf-8", "replace") if length <= limit else None

    def value(self, limit: int = MAX_KEPT) -> Any:
        kind = self.scalar("<I")
        if kind == _STRING:
            return self.string(limit)
        if kind == _ARRAY:
            return self._array()
        if kind not in _SCALARS:
            raise _DamagedError(f"it holds a value of the unknown type {kind}")
        return self.scalar(_SCALARS[kind])

    def _array(self) -> tuple[Any, ...] | None:
        """Return a short array of numbers, as some models give one value a layer; None for every other array."""
        kind = self.scalar("<I")
        items = self.count(MAX_ITEMS, "items in one list")
        if kind == _STRING:
            at, data, length = self.at, self.data, struct.Struct("<Q")
            for _ in range(items):
                at += 8 + length.unpack_from(data, at)[0]
            self.at = 0
            self.skip(at)
            return None
        if kind not in _SCALARS:
            raise _DamagedError(f"it holds a list of the unknown type {kind}")
        layout = _SCALARS[kind]
        if items > MAX_KEPT:
            self.skip(items * struct.calcsize(layout))
            return None
        return tuple(self.scalar(layout) for _ in range(items))


def read_header(path: Path) -> Header:
    """Return what the head of a GGUF file says.

    Args:
        path: The file. Only its head is read.

    Raises:
        SetupError: If the file is missing, unreadable, not a GGUF file, or shorter than it says.
    """
    with _opened(path) as cursor:
        tensors, pairs = _start(cursor)
        properties = {}
        for _ in range(pairs):
            key = cursor.key()
            properties[key] = cursor.value(MAX_TEMPLATE if key == _TEMPLATE else MAX_KEPT)
        furthest = 0
        for _ in range(tensors):
            cursor.key()
            cursor.skip(8 * cursor.scalar("<I") + 4)
            furthest = max(furthest, cursor.scalar("<Q"))
        alignment, size = properties.get("general.alignment", 32), len(cursor.data)
        start = cursor.at + (-cursor.at % alignment if isinstance(alignment, int) and alignment > 0 else 0)
        if start + furthest >= size:
            raise _DamagedError(f"{size:,} bytes are there, more than {start + furthest:,} belong to it")
    return _header(properties, size)


def control_tokens(path: Path) -> frozenset[str]:
    """Return the words of a model's vocabulary that steer it rather than say something, e.g. `<end_of_turn>`.

    llama.cpp reads them in every text that it is sent, an article's too.

    Raises:
        SetupError: As `read_header`.
    """
    words, kinds = 0, b""
    with _opened(path) as cursor:
        _, pairs = _start(cursor)
        for _ in range(pairs):
            key = cursor.key()
            start = cursor.at + 16  # after the types of the value and of its items, and their number
            cursor.value()
            if key == "tokenizer.ggml.tokens":
                words = start
            elif key == "tokenizer.ggml.token_type":
                kinds = cursor.data[start : cursor.at]
        found, length, at = set(), struct.Struct("<Q"), words
        for (kind,) in struct.iter_unpack("<i", kinds) if words else ():
            end = at + 8 + length.unpack_from(cursor.data, at)[0]
            if kind == _CONTROL:
                found.add(cursor.data[at + 8 : end].decode("utf-8", "replace"))
            at = end
    return frozenset(found - {""})


@contextmanager
def _opened(path: Path) -> Iterator[_Cursor]:
    """Give a cursor at the start of a file; every failure to read it becomes a `SetupError`."""
    try:
        with path.open("rb") as file:
            if file.read(4) != b"GGUF":
                raise SetupError(f"{path} is not a GGUF file: give a model in llama.cpp's format, a .gguf file.")
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                yield _Cursor(data)
    except OSError as error:
        raise SetupError(f"The model file {path} cannot be read: {error.strerror or error}.") from error
    except (_DamagedError, struct.error, OverflowError) as error:
        reason = str(error) if isinstance(error, _DamagedError) else "it ends inside its own description"
        raise SetupError(
            f"The model file {path} is damaged or incomplete ({reason}): download or copy it again."
        ) from error


def _start(cursor: _Cursor) -> tuple[int, int]:
    """Return the numbers of tensors and of properties, with the cursor at the first property."""
    cursor.skip(4)
    version = cursor.scalar("<I")
    if version not in (2, 3):
        raise _DamagedError(f"its GGUF version is {version}, not 2 or 3")
    return cursor.count(MAX_TENSORS, "tensors"), cursor.count(MAX_PAIRS, "properties")


def _header(properties: dict[str, Any], size: int) -> Header:
    def text(key: str) -> str | None:
        value = properties.get(key)
        return value if isinstance(value, str) and value else None

    architecture = text("general.architecture")
    context = properties.get(f"{architecture}.context_length")
    return Header(
        name=text("general.name"),
        architecture=architecture,
        licence=text("general.license"),
        context=context if isinstance(context, int) and context > 0 else None,
        has_template=_TEMPLATE in properties,
        wants_languages="source_lang_code" in (text(_TEMPLATE) or ""),
        cache_bytes=_cache_bytes(properties, f"{architecture}."),
        size=size,
    )


def _cache_bytes(properties: dict[str, Any], prefix: str) -> int:
    """Return the bytes of keys and values that a token adds: layers x heads x (key + value) x 2 bytes."""

    def number(key: str) -> int:
        value = properties.get(prefix + key, 0)
        value = max(value, default=0) if isinstance(value, tuple) else value
        return value if isinstance(value, int) and 0 <= value < 1 << 20 else 0

    heads = number("attention.head_count")
    width = number("embedding_length") // heads if heads else 0
    key = number("attention.key_length") or width
    value = number("attention.value_length") or width
    return number("block_count") * (number("attention.head_count_kv") or heads) * (key + value) * 2
