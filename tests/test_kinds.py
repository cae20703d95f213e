"""Kinds of brief: a class in schemas/ with the template of its name in prompts/."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from summarizer import kinds, prompts
from summarizer.checks.brief import items_of
from summarizer.errors import InputError
from summarizer.items import Brief
from tests.stub import hand_written


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(kinds, "folder", lambda _: tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", kinds.names())
def test_a_kind_is_a_class_and_a_template_of_one_name(name: str) -> None:
    kind = kinds.load(name)
    assert kind.kind_name == name
    assert issubclass(kind, Brief)
    assert kind.__doc__
    assert set(prompts.load(name).variables) == {"fence", "lines"}
    assert kind() is not None, "a brief of which nothing is known is empty, not wrong"
    assert kinds.load(name) is kind


@pytest.mark.parametrize("name", kinds.names())
@pytest.mark.parametrize("document", [False, True])
def test_schemas_are_json_schemas(name: str, document: bool) -> None:
    schema = kinds.json_schema(name, document=document)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    described = [part for part in schema["properties"].values() if "$ref" not in part]
    assert all("description" in part or document for part in described)


def test_the_schema_of_any_document() -> None:
    Draft202012Validator.check_schema(kinds.json_schema(None, document=True))


@pytest.mark.parametrize("name", ["council", "figures"])
def test_a_schema_takes_a_good_brief_and_refuses_a_groundless_one(name: str) -> None:
    validator = Draft202012Validator(kinds.json_schema("news"))
    brief = hand_written(name)["briefs"]["news"]
    validator.validate(brief)
    for evidence in ([], ["p1"], None):
        assert not validator.is_valid({**brief, "headline": {**brief["headline"], "evidence": evidence}})
    assert not validator.is_valid({**brief, "opinion": "mine"})


@pytest.mark.parametrize("name", ["opera", "", "../schemas/news", "_hidden"])
def test_an_unknown_kind_is_refused_with_those_that_exist(name: str) -> None:
    with pytest.raises(InputError, match=r"there are: .*news, .*security"):
        kinds.load(name)


@pytest.mark.parametrize(
    "reference", ["absent.py", "absent.json", "absent.yaml", "no.such:Kind", "json:dumps", "json:"]
)
def test_a_reference_that_leads_nowhere_is_refused_in_one_sentence(reference: str) -> None:
    with pytest.raises(InputError) as caught:
        kinds.load(reference)
    assert reference in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_kind_of_ones_own_needs_no_engine_change(folder: Path) -> None:
    (folder / "sport.py").write_text(
        "from typing import ClassVar\n"
        "from summarizer.items import Brief, Item\n"
        "class Match(Item):\n"
        "    '''A match.'''\n"
        "    home: str\n"
        "class Sport(Brief):\n"
        "    '''Results.'''\n"
        "    kind_name: ClassVar[str] = 'sport'\n"
        "    matches: tuple[Match, ...] = ()\n",
        encoding="utf-8",
    )
    assert kinds.names() == ["sport"]
    kind = kinds._load.__wrapped__("sport", None)
    brief = kind.model_validate({"matches": [{"home": "Lindenau", "evidence": ["s1"]}]})
    assert [type(item).__name__ for _, item in items_of(brief)] == ["Match"]


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("x = 1\n", "defines 0"),
        ("import nothing_of_that_name\n", "cannot be loaded"),
        ("class A(\n", "cannot be loaded"),
        ("import sys\nsys.exit(3)\n", "cannot be loaded"),
    ],
)
def test_a_broken_kind_is_said(folder: Path, code: str, says: str) -> None:
    (folder / "broken.py").write_text(code, encoding="utf-8")
    with pytest.raises(InputError, match=says):
        kinds._load.__wrapped__("broken", None)


def test_the_hash_of_a_schema_is_that_of_its_shape() -> None:
    news, security = (kinds.schema_hash(kinds.load(name)) for name in ("news", "security"))
    assert news == kinds.schema_hash(kinds.load("news"))
    assert len(news) == 64
    assert news != security


@pytest.mark.parametrize(
    "data",
    [
        "",
        "[]",
        "null",
        "{}",
        '{"kind": "news"}',
        '{"kind": "opera"}',
        '{"kind": 5}',
        '{"kind": ["news"]}',
        b"\xff\x00",
        json.dumps({"schema_version": "9.9", "kind": None}),
    ],
)
def test_what_is_no_document_is_refused_in_one_sentence(data: str | bytes) -> None:
    with pytest.raises(InputError) as caught:
        kinds.parse_document(data)
    assert "\n" not in str(caught.value)
