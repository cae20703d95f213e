"""What a model or this program cannot work with in a kind, in plain words; for the people who write kinds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from . import prompts
from .article import Article, plain
from .checks import Pair
from .checks.brief import check_brief
from .checks.suite import examined
from .errors import InputError
from .items import Brief, Claim, Cues, Item
from .kinds import purpose
from .llm.wire import evidence_of, strict_schema

# OpenAI, structured outputs (https://platform.openai.com/docs/guides/structured-outputs), the strictest that we know of.
MAX_DEPTH = 10
MAX_PROPERTIES = 5000
SUPPORTED = frozenset({
    "type", "enum", "const", "anyOf", "$ref", "$defs", "properties", "required", "additionalProperties", "items",
    "description", "pattern", "minItems", "maxItems", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
    "multipleOf",
})  # fmt: skip

GIVEN = frozenset({"fence", "lines", "purpose"})
"""The variables that a kind's template is given."""
_NEEDED = frozenset({"fence", "lines"})


Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to change.

    Attributes:
        severity: `error`: it does not work. `warning`: it works worse than it could.
        where: A field, or the template.
        message: What it is and what to do, one sentence.
    """

    severity: Severity
    where: str
    message: str


def advise(kind: type[Brief]) -> list[Advice]:
    """Return what should be changed in a kind and its template; nothing if all is well."""
    found = [*_of_class(kind), *_of_fields(kind)]
    found.extend(_of_schema(kind) if not any(item.severity == "error" for item in found) else ())
    return [*found, *_of_template(kind)]


def _of_class(kind: type[Brief]) -> Iterator[Advice]:
    if kind.__doc__ == Brief.__doc__ or not purpose(kind):
        yield Advice("warning", kind.__name__, "It has no docstring; its first line tells the model what is wanted.")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", kind.kind_name):
        yield Advice("error", "kind_name", f"{kind.kind_name!r} is no name: use lower case, digits and underscores.")
    if not kind.model_fields:
        yield Advice("error", kind.__name__, "It has no fields, so there is nothing to fill.")
    try:
        kind()
    except ValidationError as error:
        for name in (str(part["loc"][0]) for part in error.errors() if part["loc"]):
            message = (
                "It must be given: let it be empty (`= None`, or `= ()` for a list), since an article may not say it."
            )
            yield Advice("error", name, message)


def _of_fields(kind: type[Brief]) -> Iterator[Advice]:
    for name, field in kind.model_fields.items():
        if not field.description:
            yield Advice("warning", name, "It has no description; a model reads them: Field(description=...).")
        item = _held(field)
        if item is None:
            yield Advice(
                "error",
                name,
                "It holds no items with evidence, so nobody could say where the article says so: use Claim, Entity, Event, "
                "Figure or Quotation, or a class of your own that derives from Item.",
            )
        elif get_origin(field.annotation) in (list, set, dict):
            yield Advice("error", name, "A brief does not change once it is made: write tuple[X, ...] for a list of X.")
        elif issubclass(item, Claim) and name not in _FILLED_BY_RANK and _several(field) and not _cues(field):
            yield Advice(
                "warning",
                name,
                "A model that may not write, such as the built-in one, fills it with the article's key sentences: say "
                'with Cues("word beginning", ...) which sentences belong here.',
            )


_FILLED_BY_RANK = frozenset({"abstract", "key_points"})


def _held(field: FieldInfo) -> type[Item] | None:
    for candidate in (field.annotation, *get_args(field.annotation)):
        if isinstance(candidate, type) and issubclass(candidate, Item):
            return candidate
    return None


def _several(field: FieldInfo) -> bool:
    return get_origin(field.annotation) is tuple


def _cues(field: FieldInfo) -> bool:
    return any(isinstance(mark, Cues) for mark in field.metadata)


def _of_schema(kind: type[Brief]) -> Iterator[Advice]:
    """Say what the strict subset of JSON Schema does not take."""
    schema = strict_schema(kind.model_json_schema())
    definitions = schema.get("$defs", {})
    count = sum(len(part.get("properties", ())) for part in (schema, *definitions.values()))
    if count > MAX_PROPERTIES:
        yield Advice("error", kind.__name__, f"It has {count} properties; {MAX_PROPERTIES} are taken at most.")
    for name, part in schema.get("properties", {}).items():
        yield from _of_part(name, part, definitions, (), 1)


def _of_part(
    where: str, node: Any, definitions: dict[str, Any], open_: tuple[str, ...], depth: int
) -> Iterator[Advice]:
    if depth > MAX_DEPTH:
        yield Advice("error", where, f"It is nested more than {MAX_DEPTH} levels deep.")
        return
    if "$ref" in node:
        name = node["$ref"].rsplit("/", 1)[-1]
        if name in open_:
            yield Advice(
                "error", where, f"{name} holds itself, so that its depth has no bound: name the levels you need."
            )
            return
        yield from _of_part(where, definitions[name], definitions, (*open_, name), depth)
        return
    for keyword in sorted(set(node) - SUPPORTED):
        yield Advice(
            "error", where, f"Its JSON Schema uses {keyword!r}, to which models cannot be held; use a simpler type."
        )
    if not {"type", "enum", "const", "anyOf"} & set(node):
        yield Advice("error", where, "It allows anything: give it a type.")
    if node.get("type") == "object" and not node.get("properties"):
        yield Advice("error", where, "It is an object without named fields, to which models cannot be held: name them.")
    for name, part in node.get("properties", {}).items():
        yield from _of_part(f"{where}.{name}", part, definitions, open_, depth + 1)
    for part in (*node.get("anyOf", ()), *([node["items"]] if "items" in node else [])):
        yield from _of_part(where, part, definitions, open_, depth)


def _of_template(kind: type[Brief]) -> Iterator[Advice]:
    try:
        prompt = prompts.for_kind(kind)
        used = prompt.used()
    except InputError as error:
        yield Advice("error", "template", str(error))
        return
    if prompt.name == "kind":
        yield Advice(
            "warning", "template", f"There is no {kind.kind_name}.j2 beside it; the general prompt for kinds is used."
        )
        return
    where = Path(prompt.path).name
    for name in sorted(used - GIVEN):
        yield Advice(
            "error", where, f"It uses the variable {name!r}, which it is not given; there are: {_listed(GIVEN)}."
        )
    for name in sorted(_NEEDED - used):
        yield Advice("error", where, f"It does not use {name!r}, without which the model does not see the article.")
    for name in sorted(set(prompt.variables) - used):
        yield Advice("warning", where, f"Its front matter names the variable {name!r}, which it does not use.")
    for name in sorted(used & GIVEN - set(prompt.variables)):
        yield Advice("warning", where, f"It uses the variable {name!r}, which its front matter does not name.")
    try:
        messages = prompt.render(fence="ARTICLE-0", lines="[s1] Ein Satz.", purpose=purpose(kind))
    except InputError as error:
        yield Advice("error", where, str(error))
        return
    if {"system", "user"} != {message["role"] for message in messages} - {"assistant"}:
        yield Advice("error", where, "It needs the blocks `system` and `user`, which become the messages.")
        return
    for name in prompts.variants(prompt):
        yield from advise_examples(prompts.load(name, prompt.folders), kind)


def advise_examples(prompt: prompts.Prompt, kind: type[Brief] | None) -> Iterator[Advice]:
    """Yield what is wrong with the examples beside a template: they are held to what an answer is held to.

    Args:
        prompt: The template.
        kind: The kind whose brief it asks for; None for a translation.
    """
    where = prompt.name + prompts.EXAMPLES
    for number, example in enumerate(prompt.examples, 1):
        article = example.read()
        wrong = _of_brief(kind, example, article) if kind else _of_translation(example, article)
        for severity, message in wrong:
            yield Advice(severity, where, f"Example {number}, {message}")


_Wrong = Iterator[tuple[Severity, str]]


def _of_brief(kind: type[Brief], example: prompts.Example, article: Article) -> _Wrong:
    try:
        brief = kind.model_validate(example.answer)
    except ValidationError as error:
        for part in error.errors():
            yield "error", f"/{'/'.join(map(str, part['loc']))}: {part['msg']}."
        return
    for sentence_id in sorted(set(evidence_of(brief)) - set(article.ids)):
        yield "error", f"evidence: there is no sentence {sentence_id}; there are {', '.join(article.ids)}."
    for name in sorted(set(kind.model_fields) - set(example.answer)):
        yield "warning", f"/{name}: it is left out; show what it looks like, or that it may be empty."
    for finding in check_brief(brief, article, None):
        if finding.severity == "error" and finding.code != "evidence.unknown":
            yield "warning", f"{finding.where}: {finding.message}"


def _of_translation(example: prompts.Example, article: Article) -> _Wrong:
    for sentence_id in article.ids:
        if not isinstance(example.answer.get(sentence_id), str):
            yield "error", f"{sentence_id}: it has no English text."
    for sentence_id in sorted(set(example.answer) - set(article.ids)):
        yield "error", f"{sentence_id}: there is no such sentence; there are {', '.join(article.ids)}."
    texts = {key: text for key, text in example.answer.items() if key in article.ids and isinstance(text, str)}
    pairs = [Pair(item.id, plain(item.text), texts[item.id]) for item in article.sentences if item.id in texts]
    for pair, examination in zip(pairs, examined(pairs, meaning=False), strict=True):
        for finding in examination.findings:
            if finding.severity == "error":
                yield "warning", f"{pair.id}: {finding.message}"


def _listed(names: frozenset[str]) -> str:
    return ", ".join(sorted(names))
