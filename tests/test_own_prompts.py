"""Prompts of a user's own, their variants, and what would be sent."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from summarizer import InputError, Options, Settings, open_model, prepare, prompts, read_path, run
from summarizer.advice import advise_examples
from summarizer.cli.app import application
from summarizer.preview import first_requests
from summarizer.providers import variant_for
from summarizer.scaffold import new_kind
from tests.stub import ARTICLES, Stub, hand_written, played

COUNCIL = ARTICLES / "council.txt"


def call(command: str | None, *arguments: object, **environment: str) -> Any:
    return CliRunner().invoke(application(command), [str(argument) for argument in arguments], env=environment)


def forget() -> None:
    """Let a changed file be read anew."""
    prompts._load.cache_clear()
    prompts._chosen.cache_clear()


def own(folder: Path, name: str, words: str) -> Path:
    """Write a changed copy of a built-in prompt."""
    base = name.split(".")[0]
    text = prompts.load(base).path.read_text(encoding="utf-8")
    (folder / f"{name}.j2").write_text(
        text.replace("{% block system %}", "{% block system %}\n" + words), encoding="utf-8"
    )
    return folder


def sent(stub: Stub, settings: Settings) -> tuple[list[str], Any]:
    """Return the system messages of a run, and its document."""
    stub.answer = played(hand_written("council"))

    async def work() -> Any:
        async with open_model(settings) as model:
            return await run(prepare(read_path(COUNCIL)), model, Options(repairs=0))

    document = asyncio.run(work())
    return [body["messages"][0]["content"] for body in stub.requests], document


@pytest.mark.parametrize(
    ("command", "arguments"),
    [(None, [COUNCIL]), (None, [COUNCIL, "--show-prompt"]), ("prompts", []), ("prompts show", ["news"])],
)
def test_a_folder_that_is_not_there_is_refused(
    tmp_path: Path, stub: Stub, command: str | None, arguments: list[object]
) -> None:
    environment = {"BRIEF_BASE_URL": stub.base_url, "BRIEF_MODEL": "stub"}
    done = call(command, *arguments, "--prompts-dir", tmp_path / "nope", **environment)
    assert done.exit_code == 2
    assert f"There is no folder of prompts {tmp_path / 'nope'}: check --prompts-dir" in done.stderr
    assert stub.requests == []


def test_a_folder_of_ones_own_wins_and_the_rest_is_built_in(tmp_path: Path, stub: Stub) -> None:
    settings = Settings(base_url=stub.base_url, model="stub", prompts_dir=own(tmp_path, "news", "Be brief."))
    system, document = sent(stub, settings)
    assert sum(message.startswith("Be brief.") for message in system) == 1
    used = {use.name: use.sha256 for use in document.provenance.prompts}
    assert used["news"] == prompts.load("news", (tmp_path,)).sha256 != prompts.load("news").sha256
    assert used["translate"] == prompts.load("translate", (tmp_path,)).sha256 == prompts.load("translate").sha256


def test_a_variant_is_taken_where_there_is_one(tmp_path: Path, stub: Stub) -> None:
    settings = Settings(
        base_url=stub.base_url,
        model="stub",
        prompts_dir=own(tmp_path, "translate.small", "Short."),
        prompt_variant="small",
    )
    system, document = sent(stub, settings)
    assert sum(message.startswith("Short.") for message in system) == 1
    assert {use.name for use in document.provenance.prompts} == {"translate.small", "news.small", "merge"}


@pytest.mark.parametrize(
    ("model", "variant"),
    [
        ("gemma3:4b", "small"), ("Qwen3-1.7B-Q8_0", "small"), ("gemma-3n-E2B-it", "small"), ("EuroLLM 1.7B", "small"),
        ("Gemma 3 270m it", "small"), ("llama-70b-10m", ""),
        ("gemma3:12b", ""), ("qwen3-30b-a3b", ""), ("gpt-5-mini", ""), ("mixtral-8x7b", ""), ("model-v2b3", ""),
    ],
)  # fmt: skip
def test_the_size_in_a_models_name_chooses_the_variant(model: str, variant: str) -> None:
    assert variant_for(model, "instruct") == variant
    assert variant_for(model, "completion") == ""


def test_a_small_model_is_asked_with_its_variant_unless_told(stub: Stub) -> None:
    def used(**settings: Any) -> set[str]:
        stub.requests.clear()
        _, document = sent(stub, Settings(base_url=stub.base_url, model="gemma3:4b", **settings))
        assert document.complete
        return {use.name for use in document.provenance.prompts}

    assert used() == {"translate.small", "news.small", "merge"}
    roles = {tuple(turn["role"] for turn in body["messages"]) for body in stub.requests}
    assert ("system", "user", "assistant", "user") in roles
    assert used(prompt_variant="large") == {"translate", "news", "merge"}


def test_what_a_user_wrote_for_all_models_wins_over_a_built_in_variant(tmp_path: Path) -> None:
    mine = (own(tmp_path, "news", "Be brief."),)
    assert prompts.load("news", mine, ("small", "instruct")).path.parent == tmp_path
    assert prompts.load("translate", mine, ("small", "instruct")).name == "translate.small"
    own(tmp_path, "translate", "Be brief.")
    forget()
    assert prompts.load("translate", mine, ("completion",)).name == "translate.completion", "the only one that fits it"


def test_examples_of_ones_own_are_listed_exported_and_checked(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    exported = call("prompts export", folder, "news.small", "translate.small").stdout.split()
    assert [Path(line).name for line in exported] == [
        "news.small.j2", "translate.small.j2", "translate.small.examples.toml"
    ]  # fmt: skip
    examples = folder / "news.small.examples.toml"
    text = (ARTICLES / "port.examples.toml").read_text(encoding="utf-8")
    examples.write_text(text, encoding="utf-8")
    assert call("prompts", "--prompts-dir", folder).stderr == ""
    examples.write_text(text.replace('"value": 3500000', '"value": 35').replace('["s3"]', '["s9"]'), encoding="utf-8")
    forget()
    said = call("prompts", "--prompts-dir", folder, "--json")
    assert "error: news.small.examples.toml: Example 1, evidence: there is no sentence s9" in said.stderr
    assert "/figures/0: The value 35 is not what" in said.stderr
    row = next(row for row in json.loads(said.stdout) if row["name"] == "news.small")
    assert (row["variant"], row["examples"]) == ("small", 1)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('"s1"', '"s7"'), "s1: it has no English text"),
        (('"s1"', '"s7"'), "s7: there is no such sentence"),
        (("3.5 million", "35 million"), "s2: "),
    ],
)
def test_an_example_of_a_translation_is_held_to_the_checks(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    built_in = prompts.load("translate.small")
    for name in ("translate.small.j2", "translate.small.examples.toml"):
        text = built_in.path.with_name(name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace(*change) if name.endswith("toml") else text, encoding="utf-8")
    wrong = [
        f"Example 1, {says}" in item.message
        for item in advise_examples(prompts.load("translate.small", (tmp_path,)), None)
    ]
    assert any(wrong)


def test_kinds_check_reads_the_examples_beside_the_template(tmp_path: Path) -> None:
    path, template = new_kind("decisions", tmp_path)
    answer = {"headline": {"text": "Council decides", "stance": "sure", "evidence": ["s1"]}}
    body = f"[[examples]]\narticle = 'Der Rat beschließt den Haushalt.'\nanswer = '{json.dumps(answer)}'\n"
    template.with_name("decisions.examples.toml").write_text(body, encoding="utf-8")
    done = call("kinds check", path)
    assert done.exit_code == 1
    assert "decisions.examples.toml: Example 1, /headline/stance: " in done.stdout


def test_a_shared_macro_can_be_changed_too(tmp_path: Path) -> None:
    text = prompts.load("news").path.with_name("_rules.j2").read_text(encoding="utf-8")
    (tmp_path / "_rules.j2").write_text(text.replace("Leave a field empty", "OMIT IT"), encoding="utf-8")
    changed = prompts.load("news", (tmp_path,))
    assert "OMIT IT" in changed.render(fence="F", lines="[s1] Eins.")[0]["content"]
    assert changed.sha256 != prompts.load("news").sha256


def test_a_broken_prompt_is_named(tmp_path: Path, stub: Stub) -> None:
    (tmp_path / "news.j2").write_text("+++\nversion = 1\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"news\.j2"):
        prompts.load("news", (tmp_path,))


def test_listing_showing_and_exporting(tmp_path: Path) -> None:
    assert call("prompts export", tmp_path / "mine", "news").exit_code == 0
    rows = json.loads(call("prompts", "--json", "--prompts-dir", tmp_path / "mine").stdout)
    origin = {row["name"]: row["origin"] for row in rows}
    assert origin["news"] == str(tmp_path / "mine" / "news.j2")
    assert origin["translate"] == "built in"
    assert call("prompts show", "news").stdout == prompts.load("news").path.read_text(encoding="utf-8")
    again = call("prompts export", tmp_path / "mine")
    assert again.exit_code == 2
    assert "exists already" in again.stderr
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["news.j2"], "nothing is written if one is there"
    assert call("prompts show", "opera").exit_code == 2


def test_what_is_shown_is_what_is_sent(stub: Stub) -> None:
    settings = Settings(base_url=stub.base_url, model="stub")
    shown = asyncio.run(first_requests(prepare(read_path(COUNCIL)), Options(), settings))
    assert stub.requests == []
    sent(stub, settings)

    def canonical(bodies: list[dict[str, Any]]) -> list[str]:
        return sorted(json.dumps(body, sort_keys=True) for body in bodies)

    assert canonical(shown) == canonical(stub.requests[: len(shown)])


def test_the_command_shows_what_would_be_asked_of_the_built_in_model(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    result = call(None, COUNCIL, "--show-prompt")
    assert result.exit_code == 0
    assert "=== request 1 of 19: model built-in" in result.stdout
    assert "Stadtrat von Lindenau stoppt Umbau des Marktplatzes" in result.stdout


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("{% block system %}", "{% block system %}{{ lines + 1 }}"), "news.j2 cannot be rendered"),
        (("variables = [", "variables = 5 #["), "a list of names as `variables`"),
    ],
)
def test_a_prompt_that_computes_wrongly_or_lists_nothing_is_named(
    tmp_path: Path, stub: Stub, change: tuple[str, str], says: str
) -> None:
    text = prompts.load("news").path.read_text(encoding="utf-8")
    assert change[0] in text
    (tmp_path / "news.j2").write_text(text.replace(*change), encoding="utf-8")
    with pytest.raises(InputError, match=says):
        sent(stub, Settings(base_url=stub.base_url, model="stub", prompts_dir=tmp_path))
