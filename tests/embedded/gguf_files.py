"""Writes GGUF files: enough of the format for what is read of it."""

from __future__ import annotations

import math
import struct

Value = str | int | float | bool | list[str] | list[int] | list[float]

UNKNOWN, CONTROL, BYTE = 2, 3, 6
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
    if isinstance(value, float):
        return string(key) + struct.pack("<If", 6, value)
    words = [item for item in value if isinstance(item, str)]
    if words:
        return string(key) + struct.pack("<IIQ", 9, 8, len(value)) + b"".join(map(string, words))
    real = isinstance(value[0], float)
    items = struct.pack(f"<{len(value)}{'f' if real else 'i'}", *value)
    return string(key) + struct.pack("<IIQ", 9, 6 if real else 5, len(value)) + items


def gguf(properties: dict[str, Value] | None = None, *, data: bytes = b"\0" * 64, version: int = 3) -> bytes:
    """Return a file with one tensor of 16 numbers."""
    pairs = [pair(key, value) for key, value in (MODEL if properties is None else properties).items()]
    head = b"GGUF" + struct.pack("<IQQ", version, 1, len(pairs)) + b"".join(pairs)
    head += string("weight") + struct.pack("<IQIQ", 1, 16, 0, 0)
    return head + b"\0" * (-len(head) % 32) + data


def runnable(template: str | None = None) -> bytes:
    """Return a model that llama.cpp loads in a moment and runs: one layer of zeros, a token for each byte.

    What it writes means nothing.
    """
    tokens = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256))]
    properties: dict[str, Value] = {
        "general.architecture": "llama",
        "llama.context_length": 131_072,
        "llama.embedding_length": 32,
        "llama.block_count": 1,
        "llama.feed_forward_length": 32,
        "llama.attention.head_count": 1,
        "llama.attention.layer_norm_rms_epsilon": 1e-5,
        "tokenizer.ggml.model": "llama",
        "tokenizer.ggml.tokens": tokens,
        "tokenizer.ggml.token_type": [UNKNOWN, CONTROL, CONTROL, *[BYTE] * 256],
        "tokenizer.ggml.scores": [0.0] * len(tokens),
    }
    if template is not None:
        properties["tokenizer.chat_template"] = template
    matrices = ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down")
    shapes = {
        "token_embd": (32, len(tokens)),
        "output_norm": (32,),
        "blk.0.attn_norm": (32,),
        "blk.0.ffn_norm": (32,),
        **{f"blk.0.{name}": (32, 32) for name in matrices},
    }
    pairs = [pair(key, value) for key, value in properties.items()]
    head = b"GGUF" + struct.pack("<IQQ", 3, len(shapes), len(pairs)) + b"".join(pairs)
    at = 0
    for name, shape in shapes.items():
        head += string(f"{name}.weight") + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, 0, at)
        at += 4 * math.prod(shape)
    return head + b"\0" * (-len(head) % 32) + bytes(at)
