from __future__ import annotations

import struct
from pathlib import Path

import pytest

from summarizer.embedded.gguf import control_tokens, read_header
from summarizer.errors import SetupError
from tests.embedded.gguf_files import MODEL, gguf, pair, string


def write(folder: Path, content: bytes) -> Path:
    path = folder / "model.gguf"
    path.write_bytes(content)
    return path


def test_the_head_says_what_the_model_is(tmp_path: Path) -> None:
    content = gguf()
    header = read_header(write(tmp_path, content))
    assert (header.name, header.architecture, header.licence) == ("Small One", "gemma3", "apache-2.0")
    assert header.context == 2048
    assert header.cache_bytes == 2 * 1 * (16 + 16) * 2  # layers, heads, key + value, bytes
    assert header.size == len(content)
    assert not header.has_template


def test_a_chat_template_of_any_length_is_seen(tmp_path: Path) -> None:
    path = write(tmp_path, gguf({**MODEL, "tokenizer.chat_template": "{{ messages }}" * 1000}))
    assert read_header(path).has_template


def test_one_value_a_layer_is_read_as_the_largest(tmp_path: Path) -> None:
    path = write(tmp_path, gguf({**MODEL, "gemma3.attention.head_count_kv": [1, 3]}))
    assert read_header(path).cache_bytes == 2 * 3 * (16 + 16) * 2


def test_what_the_file_does_not_say_is_unknown(tmp_path: Path) -> None:
    header = read_header(write(tmp_path, gguf({"general.name": "", "x.context_length": 0})))
    assert (header.name, header.architecture, header.context, header.cache_bytes) == (None, None, None, 0)


def test_control_words_are_those_that_the_vocabulary_marks(tmp_path: Path) -> None:
    assert control_tokens(write(tmp_path, gguf())) == {"<eos>", "<end>"}
    assert control_tokens(write(tmp_path, gguf({"general.name": "no vocabulary"}))) == set()


def test_a_file_cut_anywhere_is_refused(tmp_path: Path) -> None:
    content = gguf()
    for length in range(4, len(content) - 64 + 1, 7):
        with pytest.raises(SetupError, match=r"damaged or incomplete|cannot be read"):
            read_header(write(tmp_path, content[:length]))


@pytest.mark.parametrize("content", [b"", b"GGU", b"PK\x03\x04" + b"\0" * 100, b"<html>not found</html>"])
def test_another_format_is_named_as_that(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SetupError, match="is not a GGUF file"):
        read_header(write(tmp_path, content))


@pytest.mark.parametrize(
    "tail",
    [
        struct.pack("<IQQ", 99, 0, 0),
        struct.pack("<IQQ", 3, 2**63, 0),
        struct.pack("<IQQ", 3, 0, 2**63),
        struct.pack("<IQQ", 3, 0, 1) + struct.pack("<Q", 2**64 - 1),
        struct.pack("<IQQ", 3, 0, 1) + string("a") + struct.pack("<I", 77),
        struct.pack("<IQQ", 3, 0, 1) + string("a") + struct.pack("<IIQ", 9, 8, 2**62),
        struct.pack("<IQQ", 3, 0, 1) + string("a") + struct.pack("<IIQQ", 9, 8, 1, 2**64 - 1),
        struct.pack("<IQQ", 3, 0, 1) + string("a") + struct.pack("<IIQ", 9, 9, 1),
        struct.pack("<IQQ", 3, 0, 1) + string("a") + struct.pack("<IIQ", 9, 4, 3_999_999),
        struct.pack("<IQQ", 3, 1, 1) + pair("a", 1) + string("w") + struct.pack("<I", 2**32 - 1),
        struct.pack("<IQQ", 3, 1, 1) + pair("a", 1) + string("w") + struct.pack("<IQIQ", 1, 16, 0, 2**64 - 1),
    ],
)
def test_senseless_numbers_are_refused_at_once(tmp_path: Path, tail: bytes) -> None:
    with pytest.raises(SetupError, match="damaged or incomplete"):
        read_header(write(tmp_path, b"GGUF" + tail + b"\0" * 64))


def test_a_missing_file_and_a_folder_are_said_to_be_that(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="cannot be read: No such file"):
        read_header(tmp_path / "none.gguf")
    with pytest.raises(SetupError, match="cannot be read"):
        read_header(tmp_path)
