"""A kind written as a plain JSON Schema, in JSON or YAML, without Python.

What can be used is what a model can be held to: objects with named properties, lists, texts, numbers, booleans and
fixed choices, nested to a bounded depth. The types that the checks know are named by reference:

    properties:
      headline:  {$ref: "brief:Claim"}
      transfers:
        type: array
        description: Who buys whom.
        items:
          type: object
          properties:
            player:   {type: string, description: "The player's name in English usage."}
            fee:      {$ref: "brief:Figure"}
            evidence: {$ref: "brief:Evidence"}
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Literal, get_origin

from pydantic import Field, TypeAdapter, create_model
from pydantic_core import SchemaError

from .. import items
from ..article import Frozen
from ..errors import InputError
from ..items import Brief, Item

TYPES: dict[str, Any] = {
    name: getattr(items, name)
    for name in (
        "Claim",
        "Entity",
        "Event",
        "Evidence",
        "Figure",
        "Organisation",
        "Person",
        "Place",
        "Quotation",
        "When",
    )
}
"""What `$ref: "brief:NAME"` stands for."""
PREFIX = "brief:"

_DESCRIBING = {"description", "title", "examples", "default", "$comment"}
_OF_TEXTS = {"minLength": "min_length", "maxLength": "max_length", "pattern": "pattern"}
_OF_NUMBERS = {"minimum": "ge", "maximum": "le", "exclusiveMinimum": "gt", "exclusiveMaximum": "lt"}
_OF_LISTS = {"minItems": "min_length", "maxItems": "max_length"}
_PLAIN: dict[str, tuple[type, dict[str, str]]] = {
    "string": (str, _OF_TEXTS),
    "integer": (int, _OF_NUMBERS),
    "number": (float, _OF_NUMBERS),
    "boolean": (bool, {}),
}
"""The simple types, each with its bounds as a schema and as pydantic calls them."""
_OF_OBJECTS = {"type", "properties", "required", "additionalProperties", "$defs", "$schema", "$id", *_DESCRIBING}
_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")
_GUARDED = ("model_dump", "model_validate")
"""How no field of a pydantic model should begin."""


def from_file(path: Path) -> type[Brief]:
    """Return the kind that a JSON Schema in a `.json` or `.yaml` file describes, named after the file.

    Raises:
        InputError: If the file is no such schema: what is wrong, and where in it.
    """
    schema = _read(path)
    if not isinstance(schema, dict) or not isinstance(schema.get("properties"), dict):
        raise InputError(f"{path} is no kind: a kind is a JSON Schema with `properties`.")
    try:
        return _Converter(path, schema).kind()
    except RecursionError as error:
        raise InputError(f"The kind {path} is nested too deeply: a model can be held to a few levels only.") from error


def _read(path: Path) -> Any:
    try:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".json":
            return json.loads(text)
        import yaml

        return yaml.safe_load(text)
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"The kind {path} cannot be read: {' '.join(str(error).split())[:200]}.") from error
    except Exception as error:
        if type(error).__module__.partition(".")[0] != "yaml":
            raise
        raise InputError(f"The kind {path} is no YAML: {' '.join(str(error).split())[:200]}.") from error


class _Converter:
    """Makes pydantic models of one schema; `at` is the JSON pointer of the part at hand."""

    def __init__(self, path: Path, schema: dict[str, Any]) -> None:
        self.path = path
        self.schema = schema
        self.open: list[str] = []

    def kind(self) -> type[Brief]:
        self._only(self.schema, _OF_OBJECTS, "")
        title = _class_name(self.path.stem)
        fields = self._fields(self.schema["properties"], (), "", "")
        kind = create_model(title, __base__=Brief, __doc__=_text(self.schema, title), **fields)
        kind.kind_name = self.path.stem
        kind.kind_version = str(self.schema.get("version", Brief.kind_version))
        return kind

    def _fields(self, properties: dict[str, Any], required: Iterable[str], at: str, title: str) -> dict[str, Any]:
        """Return fields as `create_model` takes them; what is not required may be empty."""
        fields: dict[str, Any] = {}
        for name, part in properties.items():
            here = f"{at}/properties/{name}"
            if not _IDENTIFIER.fullmatch(str(name)):  # YAML has names that are no texts
                raise self._wrong(here, "has a name that is not lower case with underscores")
            if hasattr(Brief, name) or name in Brief.__class_vars__ or name.startswith(_GUARDED):
                raise self._wrong(here, "has a name that every brief needs for itself; choose another")
            kind_of = self._type(part, here, title + _class_name(name))
            described = part.get("description")
            if name in required:
                fields[name] = (kind_of, Field(description=described))
            elif _is_list(kind_of):
                fields[name] = (kind_of, Field(default=(), description=described))
            else:
                fields[name] = (kind_of | None, Field(default=None, description=described))
        return fields

    def _type(self, part: Any, at: str, title: str) -> Any:
        """Return the type that a part of the schema stands for, after pydantic has accepted it."""
        try:
            found = self._converted(part, at, title)
            TypeAdapter(found)
        except (TypeError, ValueError, AttributeError, SchemaError) as error:
            reason = " ".join(str(error).split())[:200]
            raise self._wrong(at, f"is no schema that can be used ({reason})") from error
        return found

    def _converted(self, part: Any, at: str, title: str) -> Any:
        if not isinstance(part, dict):
            raise self._wrong(at, "is no schema")
        if "$ref" in part:
            return self._referred(str(part["$ref"]), at, title)
        if "enum" in part or "const" in part:
            self._only(part, {"enum", "const", "type", *_DESCRIBING}, at)
            options = part.get("enum", [part.get("const")])
            if not isinstance(options, list) or not options or any(isinstance(one, dict | list) for one in options):
                raise self._wrong(at, "has no list of texts, numbers or booleans to choose from")
            return Literal[tuple(options)]
        if "anyOf" in part:
            return self._nullable(part["anyOf"], at, title)
        name = part.get("type")
        if isinstance(name, list):
            return self._nullable([{**part, "type": one} for one in name], at, title)
        if name == "array":
            self._only(part, {"type", "items", *_OF_LISTS, *_DESCRIBING}, at)
            inner: Any = self._type(part.get("items"), f"{at}/items", title)
            return _bounded(tuple[inner, ...], part, _OF_LISTS)
        if name == "object":
            return self._object(part, at, title)
        if name in _PLAIN:
            kind_of, bounds = _PLAIN[name]
            self._only(part, {"type", *bounds, *_DESCRIBING}, at)
            return _bounded(kind_of, part, bounds)
        raise self._wrong(at, f"has the type {name!r}; use string, integer, number, boolean, object or array")

    def _object(self, part: dict[str, Any], at: str, title: str) -> type[Frozen]:
        self._only(part, _OF_OBJECTS, at)
        if not isinstance(part.get("properties"), dict) or not part["properties"]:
            raise self._wrong(at, "is an object without named properties, to which a model cannot be held")
        properties = dict(part["properties"])
        base: type[Frozen] = Frozen if properties.pop("evidence", None) is None else Item
        fields = self._fields(properties, part.get("required", list(properties)), at, title)
        return create_model(_class_name(title), __base__=base, __doc__=_text(part, title), **fields)

    def _referred(self, reference: str, at: str, title: str) -> Any:
        if reference.startswith(PREFIX):
            name = reference.removeprefix(PREFIX)
            if name not in TYPES:
                raise self._wrong(at, f"refers to {reference!r}; there are: {', '.join(TYPES)}")
            return TYPES[name]
        if reference in self.open:
            raise self._wrong(at, f"refers to {reference!r} within itself, so that its depth has no bound")
        named = self.schema.get("$defs")
        local = named.get(reference.removeprefix("#/$defs/")) if isinstance(named, dict) else None
        if not reference.startswith("#/$defs/") or local is None:
            raise self._wrong(at, f"refers to {reference!r}, which is not in this file's $defs")
        self.open.append(reference)
        kind_of = self._type(local, reference.removeprefix("#"), title)
        self.open.pop()
        return kind_of

    def _nullable(self, options: list[Any], at: str, title: str) -> Any:
        others = [option for option in options if not (isinstance(option, dict) and option.get("type") == "null")]
        if len(others) != 1:
            raise self._wrong(at, "allows several types; allow one, and null if it may be missing")
        return self._type(others[0], at, title) | None

    def _only(self, part: dict[str, Any], allowed: set[str], at: str) -> None:
        unknown = sorted(map(str, set(part) - allowed - {"version"}))
        if unknown:
            raise self._wrong(at, f"uses {', '.join(map(repr, unknown))}, to which a model cannot be held")

    def _wrong(self, at: str, what: str) -> InputError:
        return InputError(f"The kind {self.path}: {at or 'the schema'} {what}.")


def _bounded(kind_of: Any, part: dict[str, Any], names: dict[str, str]) -> Any:
    bounds: dict[str, Any] = {ours: part[theirs] for theirs, ours in names.items() if theirs in part}
    return Annotated[kind_of, Field(**bounds)] if bounds else kind_of


def _is_list(kind_of: Any) -> bool:
    return get_origin(kind_of.__origin__ if get_origin(kind_of) is Annotated else kind_of) is tuple


def _text(part: dict[str, Any], title: str) -> str:
    return str(part.get("description") or part.get("title") or title)


def _class_name(name: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"\W+|_", name)) or "Kind"
