"""The schema as it goes to a model: strict, and with evidence limited to the sentences that exist."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Self

from pydantic import BaseModel, create_model, model_validator

# What OpenAI's strict mode does not take; the full model still validates the answer.
_NOT_STRICT = frozenset({"default", "title", "minLength", "maxLength", "format", "examples", "uniqueItems"})


def strict_schema(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a JSON Schema in the strict subset: every property required, no unknown ones, no defaults.

    The rules are those of OpenAI's structured outputs; llama.cpp and vLLM accept the same subset.
    A reference keeps no siblings, so a description beside `$ref` is dropped.
    """

    def visit(node: Any) -> Any:
        if isinstance(node, list):
            return [visit(item) for item in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            return {"$ref": node["$ref"]}
        out: dict[str, Any] = {}
        for key, value in node.items():
            if key in {"properties", "$defs"}:
                out[key] = {name: visit(part) for name, part in value.items()}
            elif key not in _NOT_STRICT:
                out[key] = visit(value)
        if "properties" in out:
            out["required"] = list(out["properties"])
            out["additionalProperties"] = False
        return out

    return visit(copy.deepcopy(schema))  # type: ignore[no-any-return]


@lru_cache(maxsize=256)
def grounded(model: type[BaseModel], ids: tuple[str, ...]) -> type[BaseModel]:
    """Return a subclass of a brief's kind whose evidence can only name `ids`, in the schema and when validated."""
    schema = {"title": model.__name__, **strict_schema(model.model_json_schema())}  # instructor names a tool after it
    if names_sentences(model):
        schema["$defs"]["SentenceId"] = {"type": "string", "enum": list(ids)}
    known = frozenset(ids)

    class Grounded(model):  # type: ignore[valid-type, misc]  # the base is a value here
        @classmethod
        def model_json_schema(cls, *_: Any, **__: Any) -> dict[str, Any]:
            return copy.deepcopy(schema)

        @model_validator(mode="after")
        def _evidence_exists(self) -> Self:
            unknown = sorted(set(evidence_of(self)) - known)
            if unknown:
                raise ValueError(f"evidence names sentences that do not exist: {', '.join(unknown)}")
            return self

    return _wrapped(Grounded, model.__name__)


def names_sentences(model: type[BaseModel]) -> bool:
    """Tell whether anything in a kind has evidence; one of a user's own may have none."""
    return "SentenceId" in model.model_json_schema().get("$defs", {})


@lru_cache(maxsize=256)
def keyed(name: str, ids: tuple[str, ...], description: str, value: type = str) -> type[BaseModel]:
    """Return a model with one required value per id, so that the schema itself asks for each exactly once."""
    fields: dict[str, Any] = dict.fromkeys(ids, (value, ...))
    base = create_model(name, __doc__=description, **fields)
    schema = {"title": name, **strict_schema(base.model_json_schema())}

    class Keyed(base):
        @classmethod
        def model_json_schema(cls, *_: Any, **__: Any) -> dict[str, Any]:
            return copy.deepcopy(schema)

    return _wrapped(Keyed, name)


@lru_cache(maxsize=256)
def _schema_of(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema()


def response_format(model: type[BaseModel]) -> dict[str, Any]:
    """Return what asks an endpoint for this model by JSON Schema, as instructor writes it; the schema is not to be changed."""
    return {"type": "json_schema", "json_schema": {"name": model.__name__, "schema": _schema_of(model)}}


def _wrapped(model: type[BaseModel], name: str) -> type[BaseModel]:
    """Prepare a model for instructor once; left to itself instructor does so for every request."""
    import instructor

    model.__name__ = name
    return instructor.response_schema(model)


def evidence_of(value: object) -> Sequence[str]:
    """Return all sentence ids that stand in `evidence` fields anywhere within a model, list or tuple."""
    if isinstance(value, BaseModel):
        found: list[str] = []
        for name in type(value).model_fields:
            part = getattr(value, name)
            found.extend(part if name == "evidence" else evidence_of(part))
        return found
    if isinstance(value, (list, tuple)):
        return [sentence_id for item in value for sentence_id in evidence_of(item)]
    return []
