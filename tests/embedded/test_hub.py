from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from summarizer.embedded import hub, installed_models, resolve
from summarizer.errors import InputError, SetupError
from tests.embedded.hub_server import CONTENT, FIRST, NEWER, REPO, SECOND, Hub, running_hub, sha256

pytest.importorskip("huggingface_hub", reason="the extra `local` is not installed")


@pytest.fixture
def server(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with running_hub(tmp_path, monkeypatch) as fake:
        yield fake


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("hf:a/b/c.gguf", ("a/b", "c.gguf", "main", None)),
        ("hf:a/b.c-d/e/f g.gguf@v1.0", ("a/b.c-d", "e/f g.gguf", "v1.0", None)),
        ("hf:a/b/c.gguf@refs/pr/3#sha256=" + "AB" * 32, ("a/b", "c.gguf", "refs/pr/3", "ab" * 32)),
        ("hf:a/b/c.gguf#sha256=" + "0" * 64, ("a/b", "c.gguf", "main", "0" * 64)),
    ],
)
def test_a_reference_has_four_parts(text: str, parts: tuple[str, str, str, str | None]) -> None:
    found = hub.parse(text)
    assert (found.repo, found.file, found.revision, found.sha256) == parts


@pytest.mark.parametrize(
    "text",
    ["hf:", "hf:a/b", "hf:a/b.gguf", "hf:a/b/c.bin", "hf:a/b/../c.gguf", "hf:a/b//c.gguf", "hf:a/b/c.gguf#sha256=12"],
)
def test_what_is_no_reference_is_answered_with_the_form(text: str) -> None:
    with pytest.raises(InputError, match="write hf:owner/repo/file"):
        hub.parse(text)


def test_a_part_of_a_cut_model_is_refused() -> None:
    with pytest.raises(InputError, match="choose one that is a single file"):
        hub.parse("hf:a/b/large-00001-of-00003.gguf")


def test_the_first_use_downloads_verifies_and_pins(server: Hub, capfd: pytest.CaptureFixture[str]) -> None:
    found = resolve(f"hf:{REPO}/q4/small.gguf")
    assert found.path.read_bytes() == CONTENT
    assert found.sha256 == sha256(CONTENT)
    assert found.origin == f"hf:{REPO}/q4/small.gguf@{FIRST}"
    assert (found.licence, found.quality) == ("apache-2.0", "unrated")
    assert capfd.readouterr() == ("", "")


def test_a_pinned_model_needs_no_network(server: Hub) -> None:
    first = resolve(f"hf:{REPO}/q4/small.gguf")
    server.requests.clear()
    assert resolve(f"hf:{REPO}/q4/small.gguf") == first
    assert server.requests == []


def test_a_pin_holds_when_the_branch_moves(server: Hub) -> None:
    first = resolve(f"hf:{REPO}/q4/small.gguf")
    server.branches["main"] = SECOND
    assert resolve(f"hf:{REPO}/q4/small.gguf").sha256 == first.sha256
    assert resolve(f"hf:{REPO}/q4/small.gguf@{SECOND}").sha256 == sha256(NEWER)


def test_a_pinned_file_that_was_deleted_is_downloaded_at_the_same_commit(server: Hub) -> None:
    first = resolve(f"hf:{REPO}/q4/small.gguf")
    server.branches["main"] = SECOND
    first.path.resolve().unlink()
    assert resolve(f"hf:{REPO}/q4/small.gguf").sha256 == first.sha256


def test_a_pinned_file_that_changed_is_refused(server: Hub) -> None:
    first = resolve(f"hf:{REPO}/q4/small.gguf")
    first.path.resolve().write_bytes(NEWER)
    with pytest.raises(SetupError, match=r"has changed .*delete .* to download it again"):
        resolve(f"hf:{REPO}/q4/small.gguf")


def test_a_download_that_is_not_what_the_hub_announced_is_refused(server: Hub, cache: Path) -> None:
    server.served["q4/small.gguf"] = CONTENT[:-1] + b"?"
    with pytest.raises(SetupError, match=r"not what was announced .* was removed"):
        resolve(f"hf:{REPO}/q4/small.gguf")
    assert hub.pins(cache) == []
    server.served.clear()
    assert resolve(f"hf:{REPO}/q4/small.gguf").path.read_bytes() == CONTENT


def test_another_hash_than_the_one_asked_for_is_refused_before_the_download(server: Hub) -> None:
    with pytest.raises(SetupError, match="not the file that you asked for"):
        resolve(f"hf:{REPO}/q4/small.gguf#sha256={'0' * 64}")
    assert not [path for _, path, _ in server.requests if "/resolve/" in path]
    assert resolve(f"hf:{REPO}/q4/small.gguf#sha256={sha256(CONTENT)}").sha256 == sha256(CONTENT)
    with pytest.raises(SetupError, match="not the file that you asked for"):
        resolve(f"hf:{REPO}/q4/small.gguf#sha256={'0' * 64}")


def test_a_dropped_connection_is_taken_up_where_it_ended(server: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr("time.sleep", lambda seconds: None)
    monkeypatch.setattr(constants, "DOWNLOAD_CHUNK_SIZE", 10_000)  # what is taken up: whole pieces, else of 10 MB
    server.drop_after = 50_000
    assert resolve(f"hf:{REPO}/q4/small.gguf").path.read_bytes() == CONTENT
    assert [asked for verb, path, asked in server.requests if verb == "GET" and "/resolve/" in path] == [
        None,
        "bytes=50000-",
    ]


@pytest.mark.parametrize(
    ("status", "code", "sentence"),
    [
        (401, "GatedRepo", "open to people who accepted its terms.*hf auth login"),
        (403, "GatedRepo", "open to people who accepted its terms.*hf auth login"),
        (401, "RepoNotFound", "no repository studio/small-model-GGUF on the hub, or it is private"),
        (404, "RepoNotFound", "no repository studio/small-model-GGUF on the hub, or it is private"),
        (500, "", "could not be downloaded"),
    ],
)
def test_a_refusal_is_one_sentence(server: Hub, status: int, code: str, sentence: str) -> None:
    server.refusal = (status, code)
    with pytest.raises(SetupError, match=sentence) as caught:
        resolve(f"hf:{REPO}/q4/small.gguf")
    assert "\n" not in str(caught.value)


def test_a_wrong_revision_and_a_wrong_file_are_told_apart(server: Hub) -> None:
    with pytest.raises(SetupError, match="has no revision 'v9'"):
        resolve(f"hf:{REPO}/q4/small.gguf@v9")
    with pytest.raises(SetupError, match=r"has no file 'q8/small\.gguf'; its \.gguf files: q4/small\.gguf"):
        resolve(f"hf:{REPO}/q8/small.gguf")


def test_without_network_a_model_in_the_hubs_own_cache_is_found(server: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub import constants, hf_hub_download

    hf_hub_download(REPO, "q4/small.gguf")  # as another program would
    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    found = resolve(f"hf:{REPO}/q4/small.gguf")
    assert (found.sha256, found.origin) == (sha256(CONTENT), f"hf:{REPO}/q4/small.gguf@{FIRST}")
    with pytest.raises(SetupError, match="not on this machine and the hub cannot be reached"):
        resolve(f"hf:{REPO}/q8/other.gguf")


def test_the_list_has_pinned_models_and_says_when_their_file_is_gone(server: Hub) -> None:
    found = resolve(f"hf:{REPO}/q4/small.gguf")
    model = installed_models()[-1]
    assert (model.reference, model.licence, model.size) == (f"hf:{REPO}/q4/small.gguf@main", "apache-2.0", len(CONTENT))
    found.path.resolve().unlink()
    model = installed_models()[-1]
    assert (model.size, model.note) == (None, "is downloaded again when it is used")
