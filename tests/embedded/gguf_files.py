"""Writes GGUF files: enough of the format for what is read of it."""

from __future__ import annotations

import struct
from pathlib import Path

Value = str | int | bool | list[str] | list[int]

CONTROL = 3
MODEL: dict[str, Value] = {
    "general.architecture": "gemma3",
    "general.name": "Small One",
    "general.license": "apache-2.0",
    "gemma3.context_length": 2048,
    "gemma3.block_count": 2,
    "gemma3.embedding_length": 64,
    "gemma3.attention.head_count": 4,
    "gemma3.attention.head_count_kv": 1,
    "tokenizer.ggml.tokens": ["<eos>", "Köln", "<end>"],
    "tokenizer.ggml.token_type": [CONTROL, 1, CONTROL],
}


def string(text: str) -> bytes:
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def pair(key: str, value: Value) -> bytes:
    if isinstance(value, str):
        return string(key) + struct.pack("<I", 8) + string(value)
    if isinstance(value, bool):
        return string(key) + struct.pack("<I?", 7, value)
    if isinstance(value, int):
        return string(key) + struct.pack("<II", 4, value)
    words = [item for item in value if isinstance(item, str)]
    items = b"".join(map(string, words)) or b"".join(struct.pack("<i", item) for item in value)
    return string(key) + struct.pack("<IIQ", 9, 8 if words else 5, len(value)) + items


def gguf(properties: dict[str, Value] | None = None, *, data: bytes = b"\0" * 64, version: int = 3) -> bytes:
    """Return a file with one tensor of 16 numbers."""
    pairs = [pair(key, value) for key, value in (MODEL if properties is None else properties).items()]
    head = b"GGUF" + struct.pack("<IQQ", version, 1, len(pairs)) + b"".join(pairs)
    head += string("weight") + struct.pack("<IQIQ", 1, 16, 0, 0)
    return head + b"\0" * (-len(head) % 32) + data


def with_property(model: Path, target: Path, key: str, value: Value) -> None:
    """Copy a real model with one property more."""
    from summarizer.embedded.gguf import _opened, _start

    with _opened(model) as cursor:
        tensors, pairs = _start(cursor)
        for _ in range(pairs):
            cursor.key()
            cursor.value()
        middle = cursor.at
        for _ in range(tensors):
            cursor.key()
            cursor.skip(8 * cursor.scalar("<I") + 12)
        end = cursor.at
        head = b"GGUF" + struct.pack("<IQQ", 3, tensors, pairs + 1) + cursor.data[24:middle] + pair(key, value)
        head += cursor.data[middle:end]
        with target.open("wb") as file:
            file.write(head + b"\0" * (-len(head) % 32))
            file.write(memoryview(cursor.data)[end + -end % 32 :])
