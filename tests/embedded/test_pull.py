"""`brief models pull` and `remove`, against an imitation of the hub; the short list itself."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType, SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from summarizer import Settings, prompts
from summarizer.cli.app import application, choose
from summarizer.embedded import curated, hub, offered_models, pull, remove, resolve, weights
from summarizer.embedded.curated import Curated
from summarizer.errors import InputError, SetupError
from summarizer.llm import choose_provider
from tests.embedded.gguf_files import MODEL, gguf
from tests.embedded.hub_server import CONTENT, REPO, SECOND, Hub, running_hub, sha256

LIST = curated.curated()


def call(*arguments: str) -> Any:
    name, rest = choose(["models", *arguments])
    return CliRunner().invoke(application(name), rest)


@pytest.fixture
def server(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    pytest.importorskip("huggingface_hub", reason="the extra `local` is not installed")
    with running_hub(tmp_path, monkeypatch) as fake:
        yield fake


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> Curated:
    """The short list with one model, which the imitation of the hub has."""
    model = Curated(
        name="tiny",
        title="Tiny",
        reference=f"hf:{REPO}/q4/small.gguf#sha256={sha256(CONTENT)}",
        size=len(CONTENT),
        cache_bytes=100,
        licence="Apache-2.0",
    )
    for module in ("catalogue", "curated", "pulling", "weights"):
        monkeypatch.setattr(f"summarizer.embedded.{module}.curated", lambda: MappingProxyType({"tiny": model}))
    return model


def ranges(server: Hub) -> list[str | None]:
    return [asked for verb, path, asked in server.requests if verb == "GET" and "/resolve/" in path]


def test_size_and_licence_are_shown_before_the_download_and_the_model_can_be_named(
    server: Hub, cache: Path, listed: Curated
) -> None:
    assert [offer.model.name for offer in offered_models()] == ["tiny"]
    assert "tiny" in call().stdout.partition("Can be pulled (untested here)")[2]
    with pytest.raises(SetupError, match=r"tiny is not on this machine: brief models pull tiny \(.*Apache-2.0\)"):
        resolve("tiny")
    done = call("pull", "tiny")
    assert (done.exit_code, done.stdout) == (0, "brief ARTICLE --model tiny\n")
    said = done.stderr
    assert said.index("Tiny") < said.index("licence: Apache-2.0") < said.index("downloading") < said.index("verified")
    found = resolve("tiny")
    assert (found.path.read_bytes(), found.licence, found.name) == (CONTENT, "Apache-2.0", "tiny")
    assert found.path.is_relative_to(cache)
    assert choose_provider(Settings(model="tiny")).name == "embedded"
    assert choose_provider(Settings(model="tiny", base_url="http://127.0.0.1:9/v1")).name == "custom"
    assert offered_models() == []
    rows = json.loads(call("--json").stdout)
    assert [row["reference"] for row in rows["local"]][1:] == ["tiny"]
    server.requests.clear()
    assert call("pull", "tiny").exit_code == 0
    assert server.requests == [], "what is here and noted is only verified"


def test_what_is_not_on_the_list_is_trusted_on_first_use_and_that_is_said(server: Hub) -> None:
    done = call("pull", f"hf:{REPO}/q4/small.gguf")
    assert done.exit_code == 0
    assert f"trusted on first use: SHA-256 {sha256(CONTENT)}" in done.stderr
    assert done.stderr.index("licence: apache-2.0") < done.stderr.index("downloading")
    assert "no chat template" in done.stderr


def test_a_file_with_another_hash_than_the_listed_one_is_refused(server: Hub, cache: Path, listed: Curated) -> None:
    server.branches["main"] = SECOND
    done = call("pull", "tiny")
    assert done.exit_code == 4
    assert "not the file that you asked for" in done.stderr
    assert hub.pins(cache) == []


def test_an_interrupted_download_goes_on_where_it_ended(
    server: Hub, listed: Curated, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingface_hub import constants

    def interrupted(seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(constants, "DOWNLOAD_CHUNK_SIZE", 10_000)  # what is kept: whole pieces
    with monkeypatch.context() as patch:
        patch.setattr("time.sleep", interrupted)  # Ctrl-C while it waits for the network to come back
        server.drop_after = 50_000
        done = call("pull", "tiny")
    assert done.exit_code == 130
    assert "what arrived is kept" in done.stderr
    assert [offer.there for offer in offered_models()] == [50_000]
    assert "of it are here" in call().stdout
    assert call("pull", "tiny").exit_code == 0
    assert ranges(server) == [None, "bytes=50000-"]
    assert resolve("tiny").path.read_bytes() == CONTENT
    assert list(resolve("tiny").path.parent.glob("*.part")) == []


def test_too_little_room_is_said_before_the_download(
    server: Hub, listed: Curated, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=1000))
    done = call("pull", "tiny")
    assert done.exit_code == 4
    assert "are free in" in done.stderr
    assert "downloading" not in done.stderr
    assert ranges(server) == []


def test_a_pulled_model_can_be_removed(server: Hub, cache: Path, listed: Curated) -> None:
    assert call("remove", "tiny").exit_code == 2
    call("pull", "tiny")
    done = call("remove", "tiny")
    assert done.exit_code == 0
    assert "tiny is removed" in done.stderr
    assert [path for path in (cache / "models").rglob("*") if path.is_file()] == []
    assert hub.pins(cache) == []
    with pytest.raises(SetupError, match="brief models pull tiny"):
        resolve("tiny")


def test_a_file_that_other_programs_share_is_used_and_stays(server: Hub, listed: Curated) -> None:
    from huggingface_hub import hf_hub_download

    shared = Path(hf_hub_download(REPO, "q4/small.gguf"))  # as another program would
    server.requests.clear()
    assert call("pull", "tiny").exit_code == 0
    assert ranges(server) == []
    assert resolve("tiny").path == shared
    assert call("remove", "tiny").exit_code == 0
    assert shared.is_file()


@pytest.mark.parametrize(
    ("name", "says"),
    [("gemma-3-4b", "did you mean gemma3-4b"), ("opera", "no model 'opera'"), ("gemma3-270m", "the extra `local`")],
)
def test_a_name_that_is_not_on_the_list(cache: Path, name: str, says: str) -> None:
    for command in (pull, remove):
        with pytest.raises(InputError, match=says):
            command(name)
    assert call("pull", name).exit_code == 2


@pytest.mark.parametrize("model", LIST.values(), ids=LIST)
def test_the_list_is_complete(model: Curated) -> None:
    reference = hub.parse(model.reference)
    assert reference.sha256 == model.sha256
    assert re.fullmatch(r"main|[0-9a-f]{40}", reference.revision)
    assert model.size < model.memory
    assert all(source.startswith("https://") for source in model.sources)
    if model.prompt_variant:
        assert f"translate.{model.prompt_variant}" in prompts.names()


def test_a_known_hash_tells_what_a_file_needs(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, listed: Curated
) -> None:
    path = tmp_path / "renamed.gguf"
    path.write_bytes(CONTENT)
    special = replace(listed, translates_only=True, prompt_variant="hymt")
    monkeypatch.setattr(weights, "curated", lambda: {"tiny": special})
    found = resolve(str(path))
    assert (found.name, found.translates_only, found.prompt_variant) == ("tiny", True, "hymt")


def test_a_template_that_wants_languages_is_that_of_a_model_that_only_translates(cache: Path, tmp_path: Path) -> None:
    path = tmp_path / "unknown.gguf"
    template = "{{ bos_token }}" * 100 + "{{ message['content'][0]['source_lang_code'] }}"
    path.write_bytes(gguf({**MODEL, "tokenizer.chat_template": template}))
    found = resolve(str(path))
    assert (found.chat, found.translates_only, found.prompt_variant) == ("instruct", True, "translategemma")
    assert not resolve(str(write_plain(tmp_path))).translates_only


def write_plain(folder: Path) -> Path:
    path = folder / "plain.gguf"
    path.write_bytes(gguf({**MODEL, "tokenizer.chat_template": "{{ messages }}"}))
    return path
