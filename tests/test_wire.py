"""The schema as it goes to a model, and what comes back validated against it."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel, Field, ValidationError

from summarizer import kinds
from summarizer.items import Brief, Claim
from summarizer.llm.wire import evidence_of, grounded, keyed, strict_schema

IDS = ("s1", "s2", "s10")


def claim(*evidence: str) -> dict[str, Any]:
    return {"evidence": list(evidence), "text": "It rains.", "stance": "stated", "attributed_to": None}


class Inner(BaseModel):
    """An inner model."""

    size: int = Field(default=3, title="Size", examples=[4])


class Outer(BaseModel):
    """An outer model with what strict mode does not take."""

    name: str = Field(default="x", min_length=1, max_length=9, description="A name.")
    title: str | None = None
    inner: Inner = Field(default=Inner(), description="Beside a reference.")
    many: tuple[Inner, ...] = ()


def test_strict_requires_everything_and_drops_what_is_not_supported() -> None:
    schema = strict_schema(Outer.model_json_schema())
    assert schema["required"] == ["name", "title", "inner", "many"]
    assert schema["additionalProperties"] is False
    assert schema["properties"]["name"] == {"type": "string", "description": "A name."}
    assert schema["properties"]["inner"] == {"$ref": "#/$defs/Inner"}
    assert schema["$defs"]["Inner"]["properties"]["size"] == {"type": "integer"}


def test_a_property_may_be_called_like_a_keyword() -> None:
    assert "title" in strict_schema(Outer.model_json_schema())["properties"]


def test_strict_leaves_the_schema_it_was_given() -> None:
    schema = Outer.model_json_schema()
    strict_schema(schema)
    assert schema == Outer.model_json_schema()


@pytest.mark.parametrize("name", kinds.names())
def test_evidence_is_limited_to_the_ids_that_exist(name: str) -> None:
    model: Any = grounded(kinds.load(name), IDS)
    assert model.model_json_schema()["$defs"]["SentenceId"]["enum"] == list(IDS)
    assert evidence_of(model(headline=claim("s1", "s10"))) == ["s1", "s10"]
    with pytest.raises(ValidationError, match="do not exist: s11, s3"):
        model(headline=claim("s1", "s3", "s2", "s11"))
    with pytest.raises(ValidationError, match="evidence"):
        model(headline=claim())


def test_a_reported_claim_needs_somebody() -> None:
    model: Any = grounded(kinds.load("news"), IDS)
    with pytest.raises(ValidationError, match="attributed_to"):
        model(headline={**claim("s1"), "stance": "reported"})


def test_grounded_models_do_not_share_their_schemas() -> None:
    kind = kinds.load("news")
    one: Any = grounded(kind, ("s1",))
    other: Any = grounded(kind, ("s2",))
    one.model_json_schema()["$defs"].clear()
    assert one.model_json_schema()["$defs"]["SentenceId"]["enum"] == ["s1"]
    assert other.model_json_schema()["$defs"]["SentenceId"]["enum"] == ["s2"]
    assert issubclass(one, kind)
    assert "enum" not in str(kind.model_json_schema()["$defs"]["SentenceId"])


def test_a_keyed_answer_has_each_id_exactly_once() -> None:
    model: Any = keyed("Translation", IDS, "English by id.")
    schema = model.model_json_schema()
    assert (schema["title"], schema["description"]) == ("Translation", "English by id.")
    assert schema["required"] == list(IDS)
    assert set(schema["properties"]) == set(IDS)
    assert model.model_validate_json('{"s1": "a", "s2": "b", "s10": ""}').model_dump() == {
        "s1": "a",
        "s2": "b",
        "s10": "",
    }
    for bad in ('{"s1": "a", "s2": "b"}', '{"s1": "a", "s2": "b", "s10": null}'):
        with pytest.raises(ValidationError, match="s10"):
            model.model_validate_json(bad)


def test_evidence_is_found_at_any_depth() -> None:
    class Group(Brief):
        """A brief with claims in tuples and alone."""

        kind_name = "group"
        first: Claim | None = None
        rest: tuple[Claim, ...] = ()

    assert evidence_of(Group(first=Claim(**claim("s2")), rest=(Claim(**claim("s1", "s2")),))) == ["s2", "s1", "s2"]
    assert evidence_of(Group()) == []
