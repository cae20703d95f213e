"""Kinds of a user's own: found, written without Python, begun, advised on, and run."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from summarizer import (
    Document,
    Options,
    Settings,
    items,
    kinds,
    open_model,
    parse_document,
    prepare,
    prompts,
    read_path,
    run,
)
from summarizer.advice import advise
from summarizer.cli.app import application
from summarizer.errors import InputError
from summarizer.renderers import render
from summarizer.scaffold import new_kind
from tests.documents import written
from tests.stub import ARTICLES, Stub, hand_written, played

SPORT = '''
from typing import ClassVar
from pydantic import Field
from summarizer import Brief, Item

class Match(Item):
    """A match."""
    home: str

class Sport(Brief):
    """Results of matches."""
    matches: tuple[Match, ...] = Field(default=(), description="Matches.")
'''


def sport(folder: Path, name: str = "sport") -> Path:
    path = folder / f"{name}.py"
    path.write_text(SPORT, encoding="utf-8")
    return path


def plain(folder: Path, schema: Any) -> Path:
    path = folder / "plain.json"
    path.write_text(json.dumps(schema), encoding="utf-8")
    return path


def test_a_file_is_a_kind_named_after_it(tmp_path: Path) -> None:
    kind = kinds.load(str(sport(tmp_path)))
    assert kind.kind_name == "sport"
    assert kind.kind_template is None
    assert prompts.for_kind(kind).name == "kind"


def test_its_template_stands_beside_it(tmp_path: Path) -> None:
    path, template = new_kind("decisions", tmp_path)
    kind = kinds.load(str(path))
    prompt = prompts.for_kind(kind)
    assert prompt.path == template
    assert "decisions in a German article" in prompt.render(fence="F", lines="[s1] Eins.")[0]["content"]


def test_a_folder_of_ones_own_wins_over_what_is_built_in(tmp_path: Path) -> None:
    sport(tmp_path, "news")
    sport(tmp_path, "_draft")
    found = {item.name: item.origin for item in kinds.find(tmp_path)}
    assert found["news"] == str(tmp_path / "news.py")
    assert found["security"] == "built in"
    assert "_draft" not in found
    assert list(kinds.load("news", tmp_path).model_fields) == ["matches"]
    assert "headline" in kinds.load("news").model_fields
    with pytest.raises(InputError, match="no folder of kinds"):
        kinds.load("news", tmp_path / "absent")


def test_an_installed_package_offers_kinds_and_is_imported_only_for_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "offered_kinds.py").write_text(SPORT.replace("class Sport", "class Cup"), encoding="utf-8")
    (tmp_path / "hostile_kinds.py").write_text("raise SystemExit('imported')", encoding="utf-8")
    points = [
        EntryPoint("cup", "offered_kinds:Cup", kinds.GROUP),
        EntryPoint("trap", "hostile_kinds:Trap", kinds.GROUP),
    ]
    monkeypatch.setattr(kinds, "entry_points", lambda group: points)
    assert {item.name: item.origin for item in kinds.find()}["cup"] == "offered_kinds:Cup"
    assert kinds.load("cup").__name__ == "Cup"
    assert kinds.load("offered_kinds:Cup") is kinds.load("cup")


def test_a_class_that_is_no_kind_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match=r"subclass of summarizer\.Brief"):
        kinds.load("json:JSONDecoder")


def test_a_plain_schema_is_a_kind(tmp_path: Path) -> None:
    schema = {
        "description": "Transfers of players.",
        "properties": {
            "headline": {"$ref": "brief:Claim", "description": "What happened."},
            "transfers": {
                "type": "array",
                "description": "Who moves where.",
                "items": {
                    "type": "object",
                    "required": ["player"],
                    "properties": {
                        "player": {"type": "string", "minLength": 1},
                        "years": {"type": ["integer", "null"], "minimum": 1},
                        "fee": {"$ref": "#/$defs/Fee"},
                        "loan": {"type": "boolean"},
                        "stage": {"enum": ["rumoured", "agreed", "done"]},
                        "when": {"anyOf": [{"$ref": "brief:When"}, {"type": "null"}]},
                        "evidence": {"$ref": "brief:Evidence"},
                    },
                },
            },
        },
        "$defs": {
            "Fee": {"type": "object", "properties": {"amount": {"type": "number"}, "currency": {"const": "EUR"}}}
        },
    }
    kind = kinds.load(str(plain(tmp_path, schema)))
    assert kind.kind_name == "plain"
    assert kinds.purpose(kind) == "Transfers of players."
    assert {item.message for item in advise(kind)} == {
        "There is no plain.j2 beside it; the general prompt for kinds is used."
    }
    brief: Any = kind.model_validate(
        {"transfers": [{"player": "P", "fee": {"amount": 1.5, "currency": "EUR"}, "stage": "done", "evidence": ["s1"]}]}
    )
    (transfer,) = brief.transfers
    assert isinstance(transfer, items.Item)
    assert transfer.model_dump()["fee"] == {"amount": 1.5, "currency": "EUR"}
    assert kind.model_fields["headline"].description == "What happened."
    validator = Draft202012Validator(kinds.json_schema(kind))
    assert validator.is_valid({"transfers": [{"player": "P", "evidence": ["s1"]}]})
    for wrong in ({"player": "P", "evidence": []}, {"evidence": ["s1"]}, {"player": "", "evidence": ["s1"]},
                  {"player": "P", "years": 0, "evidence": ["s1"]}, {"player": "P", "stage": "x", "evidence": ["s1"]}):  # fmt: skip
        assert not validator.is_valid({"transfers": [wrong]}), wrong


@pytest.mark.parametrize(
    ("part", "says"),
    [
        ({"type": "text"}, "has the type 'text'"),
        ({}, "has the type None"),
        (7, "is no schema"),
        ({"type": "object"}, "without named properties"),
        ({"type": "object", "properties": {"a": {"type": "string"}}, "patternProperties": {}}, "'patternProperties'"),
        ({"oneOf": [{"type": "string"}]}, "has the type None"),
        ({"anyOf": [{"type": "string"}, {"type": "integer"}]}, "allows several types"),
        ({"anyOf": [7]}, "is no schema"),
        ({"$ref": "brief:Opinion"}, "there are: Claim"),
        ({"$ref": "https://example.org/x"}, "which is not in this file's"),
        ({"$ref": "#/$defs/Loop"}, "its depth has no bound"),
        ({"type": "string", "format": "date"}, "'format'"),
        ({"$ref": 5}, "refers to '5'"),
        ({"enum": []}, "to choose from"),
        ({"enum": "abc"}, "to choose from"),
        ({"enum": [{"x": 1}]}, "to choose from"),
        ({"const": {"x": 1}}, "to choose from"),
        ({"type": {}}, "no schema that can be used"),
        ({"anyOf": 5}, "no schema that can be used"),
        ({"type": "string", "pattern": "("}, "unclosed group"),
        ({"type": "string", "minLength": "x"}, "no schema that can be used"),
        ({"type": "integer", "minLength": 3}, "'minLength'"),
        ({"type": "object", "properties": {"a": {"type": "string"}}, "required": 5}, "no schema that can be used"),
        ({"type": "object", "properties": {"copy": {"type": "string"}}}, "/field/properties/copy has a name that"),
    ],
)
def test_a_plain_schema_that_cannot_be_used_says_where(tmp_path: Path, part: Any, says: str) -> None:
    loop = {"type": "object", "properties": {"next": {"$ref": "#/$defs/Loop"}}}
    path = plain(tmp_path, {"properties": {"field": part}, "$defs": {"Loop": loop}})
    with pytest.raises(InputError, match=says) as caught:
        kinds.load(str(path))
    assert str(path) in str(caught.value)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "name", ["model_config", "model_dump", "model_dump_all", "json", "copy", "kind_name", "kind_upgrades"]
)
def test_a_name_that_every_brief_needs_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=f"/properties/{name} has a name that every brief needs"):
        kinds.load(str(plain(tmp_path, {"properties": {name: {"$ref": "brief:Claim"}}})))


@pytest.mark.parametrize("defs", [[], 5])
def test_defs_that_are_none_hold_nothing(tmp_path: Path, defs: Any) -> None:
    with pytest.raises(InputError, match=r"is not in this file's \$defs"):
        kinds.load(str(plain(tmp_path, {"properties": {"a": {"$ref": "#/$defs/b"}}, "$defs": defs})))


def test_a_schema_without_bound_in_depth_is_refused(tmp_path: Path) -> None:
    part: Any = {"type": "string"}
    for _ in range(400):
        part = {"type": "array", "items": part}
    with pytest.raises(InputError, match="nested too deeply"):
        kinds.load(str(plain(tmp_path, {"properties": {"a": part}})))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "[]",
        "null",
        "{}",
        '{"properties": 3}',
        "[" * 100_000,
        '{"properties": {"A b": {}}}',
        "properties: {1: {}}",
    ],
)
@pytest.mark.parametrize("suffix", ["json", "yaml"])
def test_what_is_no_schema_is_refused(tmp_path: Path, text: str, suffix: str) -> None:
    path = tmp_path / f"odd.{suffix}"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        kinds.load(str(path))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", kinds.names())
def test_the_built_in_kinds_need_no_advice(name: str) -> None:
    assert advise(kinds.load(name)) == []


@pytest.mark.parametrize("language", ["python", "yaml"])
def test_a_new_kind_works_as_it_is(tmp_path: Path, language: Any) -> None:
    path, template = new_kind("decisions", tmp_path / "made", language)
    assert advise(kinds.load(str(path))) == []
    with pytest.raises(InputError, match="exists already"):
        new_kind("decisions", tmp_path / "made", language)
    assert template.read_text(encoding="utf-8").startswith("+++\n")


@pytest.mark.parametrize("name", ["", "Big", "with space", "../up", "class", "1st", "ä"])
def test_a_name_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="cannot be the name"):
        new_kind(name, tmp_path)
    assert list(tmp_path.iterdir()) == []


FIELD = 'Field(default=None, description="x")'


@pytest.mark.parametrize(
    ("field", "severity", "says"),
    [
        (f"note: str | None = {FIELD}", "error", "no items with evidence"),
        ('claims: list[Claim] = Field(default=[], description="x")', "error", "tuple"),
        ('claims: tuple[Claim, ...] = Field(description="x")', "error", "must be given"),
        ("headline: Claim | None = None", "warning", "no description"),
        ('claims: tuple[Claim, ...] = Field(default=(), description="x")', "warning", "Cues"),
        (f"one: Tree | None = {FIELD}", "error", "holds itself"),
        (f"one: Odd | None = {FIELD}", "error", "without named fields"),
        (f"one: Free | None = {FIELD}", "error", "allows anything"),
        (f"one: Deep | None = {FIELD}", "error", "levels deep"),
    ],
)
def test_advice_says_what_cannot_be_worked_with(tmp_path: Path, field: str, severity: str, says: str) -> None:
    chain = "".join(f"class L{n}(Frozen):\n    l: L{n - 1}\n" for n in range(1, 11))
    code = (
        "from __future__ import annotations\nfrom typing import Any\nfrom pydantic import Field\n"
        "from summarizer import Brief, Claim, Item\nfrom summarizer.article import Frozen\n"
        "class Tree(Item):\n    children: tuple[Tree, ...] = ()\n"
        "class Odd(Item):\n    by_name: dict[str, str] = {}\n"
        "class Free(Item):\n    value: Any = None\n"
        f"class L0(Frozen):\n    x: str\n{chain}class Deep(Item):\n    d: L10\n"
        f'class Mine(Brief):\n    """Mine."""\n    {field}\n'
    )
    path = tmp_path / "mine.py"
    path.write_text(code, encoding="utf-8")
    found = [item for item in advise(kinds.load(str(path))) if says in item.message]
    assert [item.severity for item in found] == [severity]


@pytest.mark.parametrize(
    ("change", "severity", "says"),
    [
        (("{{ article(fence, lines) }}", "{{ article(fence, text) }}"), "error", "'text', which it is not given"),
        (("{{ article(fence, lines) }}", "{{ fence }}"), "error", "does not see the article"),
        (('"lines"]', '"lines", "purpose"]'), "warning", "'purpose', which it does not use"),
        (('"lines"]', "]"), "warning", "does not name"),
        (("block user", "block users"), "error", "blocks `system` and `user`"),
        (("{% endblock %}", ""), "error", "no template"),
        (('version = "1.0"', ""), "error", "front matter"),
    ],
)
def test_advice_on_a_template(tmp_path: Path, change: tuple[str, str], severity: str, says: str) -> None:
    path, template = new_kind("decisions", tmp_path)
    template.write_text(template.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    assert any(item.severity == severity and says in item.message for item in advise(kinds.load(str(path))))


@pytest.mark.parametrize("language", ["python", "yaml"])
def test_a_kind_of_ones_own_runs(tmp_path: Path, stub: Stub, language: Any) -> None:
    path, _ = new_kind("decisions", tmp_path, language)
    answers = hand_written("council")
    claim = answers["briefs"]["news"]["headline"]
    decision = {"what": "The council halts the redesign.", "body": "the city council", "evidence": ["s2"]}
    answers["briefs"]["decisions"] = {
        **{name: [] for name in kinds.load(str(path)).model_fields}, "headline": claim, "decisions": [decision]
    }  # fmt: skip
    stub.answer = played(answers)
    options = Options(kind=str(path))

    async def work() -> Any:
        async with open_model(Settings(base_url=stub.base_url, model="stub")) as model:
            return await run(prepare(read_path(ARTICLES / "council.txt"), options), model, options)

    document = asyncio.run(work())
    assert document.complete
    assert document.kind == "decisions"
    assert document.brief.decisions[0].evidence == ("s2",)
    assert any(
        "decisions in a German article" in turn["content"] for body in stub.requests for turn in body["messages"]
    )
    assert "decisions" in {use.name for use in document.provenance.prompts}
    kind = kinds.load(str(path))
    Draft202012Validator(kinds.json_schema(kind, document=True)).validate(json.loads(document.model_dump_json()))
    assert parse_document(document.model_dump_json(), kind) == document
    with pytest.raises(InputError, match="kind"):
        parse_document(document.model_dump_json())
    with pytest.raises(InputError, match="holds a brief of kind 'decisions'"):
        parse_document(document.model_dump_json(), kinds.load("news"))


def stored(folder: Path) -> tuple[Path, Path]:
    """Return a kind's file, and a folder with one document of that kind and one of a built-in kind."""
    path, _ = new_kind("decisions", folder / "kinds")
    claim = {"text": "The council halts the redesign.", "evidence": ("s2",), "stance": "stated"}
    decision = {"what": "The council halts the redesign.", "body": "the city council", "evidence": ("s2",)}
    made: Any = kinds.load(str(path))
    brief_ = made(headline=claim, decisions=(decision,))
    documents = folder / "documents"
    documents.mkdir()
    model: Any = Document[made]
    like = written("council")
    own = model(**{**dict(like), "kind": "decisions", "kind_version": made.kind_version, "brief": brief_})
    (documents / "own.json").write_text(own.model_dump_json(), "utf-8")
    (documents / "news.json").write_text(like.model_dump_json(), "utf-8")
    return path, documents


COMMANDS: list[tuple[str, list[str]]] = [
    ("convert", ["own.json", "--format", "text"]),
    ("import", ["own.xlf", "own.json", "--all", "--format", "text"]),
    ("check", ["--document", "own.json", "--format", "json"]),
    ("validate", ["own.json"]),
    ("upgrade", ["own.json"]),
]


@pytest.mark.parametrize(("command", "arguments"), COMMANDS)
def test_every_command_opens_a_document_of_ones_own_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, arguments: list[str]
) -> None:
    path, documents = stored(tmp_path)
    monkeypatch.chdir(documents)
    Path("own.xlf").write_text(render(parse_document(Path("news.json").read_bytes()), "xliff"), "utf-8")

    def run_(*further: str) -> Any:
        return CliRunner().invoke(application(command), [*arguments, *further])

    assert "There is no kind 'decisions'" in run_().stderr
    for further in (["--kind", str(path)], ["--kinds-dir", str(path.parent)]):
        result = run_(*further)
        assert "There is no kind" not in result.stderr
        assert result.exit_code in {0, 1}
        assert "own.json" in result.stdout or "The council halts the redesign." in result.stdout
    monkeypatch.setenv("BRIEF_KINDS_DIR", str(path.parent))
    assert "There is no kind" not in run_().stderr


def test_a_folder_of_documents_of_several_kinds(tmp_path: Path) -> None:
    path, documents = stored(tmp_path)

    def rows(*further: str) -> tuple[set[str], str]:
        result = CliRunner().invoke(application("export"), [str(documents), "-t", "claims", *further])
        return {row["file"] for row in csv.DictReader(io.StringIO(result.stdout))}, result.stderr

    assert rows("--kinds-dir", str(path.parent)) == ({"own.json", "news.json"}, "")
    assert rows("--kind", str(path))[0] == {"own.json"}
    found, said = rows()
    assert found == {"news.json"}
    assert "own.json is passed over" in said
    result = CliRunner().invoke(application("eval"), [str(documents), "--kinds-dir", str(path.parent)])
    assert "own.json is passed over: an earlier document is of the same article" in result.stderr, "it was opened"
    result = CliRunner().invoke(application("index"), [str(documents), "--kinds-dir", str(path.parent)])
    assert "2 articles, 2 of their pages" in result.stderr
    result = CliRunner().invoke(application("index"), [str(documents), "--kinds-dir", str(tmp_path / "none")])
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)


@pytest.mark.parametrize("name", ["{folder}/evil.py", "evil:Evil", "evil.py", "{folder}/evil.json"])
def test_a_document_makes_no_code_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    (tmp_path / "evil.py").write_text(f"open({str(tmp_path / 'done')!r}, 'w')\n{SPORT}", "utf-8")
    (tmp_path / "evil.json").write_text('{"properties": {}}', "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    found = json.loads(written("council").model_dump_json())
    found["kind"] = name.format(folder=tmp_path)
    with pytest.raises(InputError, match="no name of one"):
        parse_document(json.dumps(found))
    assert not (tmp_path / "done").exists()
