"""The published schemas are those of the program, and what is sent to a model fits the strict subset."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from summarizer import kinds, upgrade
from summarizer.llm.wire import grounded

SCRIPT = Path(__file__).parents[1] / "scripts" / "publish_schemas.py"
spec = importlib.util.spec_from_file_location("publish_schemas", SCRIPT)
assert spec is not None
assert spec.loader is not None
publish_schemas = importlib.util.module_from_spec(spec)
sys.modules["publish_schemas"] = publish_schemas
spec.loader.exec_module(publish_schemas)

# OpenAI, structured outputs, supported schemas (https://platform.openai.com/docs/guides/structured-outputs).
SUPPORTED = {
    "type", "enum", "const", "anyOf", "$ref", "$defs", "properties", "required", "additionalProperties", "items",
    "description", "pattern", "minItems", "maxItems", "minimum", "maximum",
}  # fmt: skip


def test_published_schemas_are_current() -> None:
    expected = dict(publish_schemas.published())
    published = {path: path.read_text(encoding="utf-8") for path in publish_schemas.FOLDER.iterdir()}
    assert {path: published.get(path) for path in expected} == expected, "run scripts/publish_schemas.py"
    assert {path.name.split("-")[0] for path in published} == set(kinds.names()), "a kind is gone"


def test_every_published_version_has_a_way_to_the_current_one() -> None:
    for path in publish_schemas.FOLDER.iterdir():
        name, _, version = path.name.removesuffix(".json").removesuffix(".document").partition("-")
        kind = kinds.load(name)
        upgrade.brief_upgraded({}, version, kind.kind_upgrades, kind.kind_version)


def objects(node: Any, depth: int = 0) -> Iterator[tuple[dict[str, Any], int]]:
    """Yield every schema below a node with its depth."""
    if isinstance(node, dict):
        yield node, depth
        for key, value in node.items():
            parts = value.values() if key in {"properties", "$defs"} else [value]
            for part in parts:
                yield from objects(part, depth + (key == "properties"))
    elif isinstance(node, list):
        for part in node:
            yield from objects(part, depth)


@pytest.mark.parametrize("name", kinds.names())
def test_what_is_sent_fits_the_strict_subset(name: str) -> None:
    schema = grounded(kinds.load(name), ("s1", "s2")).model_json_schema()
    assert schema.pop("title", name)
    assert schema["type"] == "object"
    assert "anyOf" not in schema
    assert schema["$defs"]["SentenceId"] == {"type": "string", "enum": ["s1", "s2"]}
    for node, depth in objects(schema):
        assert set(node) <= SUPPORTED, node
        assert depth <= 10
        if "$ref" in node:
            assert set(node) == {"$ref"}
        if "properties" in node:
            assert node["required"] == list(node["properties"])
            assert node["additionalProperties"] is False
