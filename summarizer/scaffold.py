"""Writes the starting pair of a new kind: a commented schema and a commented template."""

from __future__ import annotations

import keyword
import re
from pathlib import Path
from typing import Literal

from .errors import InputError

Language = Literal["python", "yaml"]

_PYTHON = '''"""A kind of brief: what you want to know of an article."""

from typing import Annotated, ClassVar

from pydantic import Field

from summarizer import Brief, Claim, Cues, Figure, Item, Quotation


class Decision(Item):
    """An item of your own. Whatever derives from Item names its `evidence`: the sentences that it rests on."""

    what: str = Field(min_length=1, description="What was decided, one English sentence.")
    body: str | None = Field(default=None, description="Who decided, in English; null if the article does not say.")


class {class_name}(Brief):
    """What was decided, and what it costs."""  # the first line tells the model what you want

    kind_name: ClassVar[str] = "{name}"
    kind_version: ClassVar[str] = "1.0"

    # Every field may stay empty, since an article need not say it. The model reads the descriptions.
    headline: Claim | None = Field(default=None, description="What happened, as a headline of at most 15 words.")
    key_points: tuple[Claim, ...] = Field(default=(), description="The most important statements, three to eight.")
    decisions: tuple[Decision, ...] = Field(default=(), description="What was decided.")
    # Cues are for models that may not write, such as the built-in one: they fill the field with the sentences
    # that contain one of these German word beginnings.
    criticism: Annotated[tuple[Claim, ...], Cues("Kritik", "kritisier", "Vorw\u00fcrf")] = Field(
        default=(), description="Who objects to what."
    )
    figures: tuple[Figure, ...] = Field(default=(), description="Numbers that matter.")
    quotations: tuple[Quotation, ...] = Field(default=(), description="Words that the article prints as quotations.")
'''

_YAML = """# A kind of brief: what you want to know of an article. A plain JSON Schema; every property may stay empty.
description: What was decided, and what it costs.   # tells the model what you want
version: "1.0"
type: object
properties:
  headline:
    description: What happened, as a headline of at most 15 words.
    $ref: "brief:Claim"          # also Entity, Event, Figure, Organisation, Person, Place, Quotation, When
  key_points:
    description: The most important statements, three to eight.
    type: array
    items: {$ref: "brief:Claim"}
  decisions:
    description: What was decided.
    type: array
    items:
      type: object
      properties:
        what: {type: string, minLength: 1, description: "What was decided, one English sentence."}
        body: {type: [string, "null"], description: "Who decided, in English; null if the article does not say."}
        evidence: {$ref: "brief:Evidence"}    # the sentences that the item rests on; every item has it
  figures:
    description: Numbers that matter.
    type: array
    items: {$ref: "brief:Figure"}
"""

_TEMPLATE = """+++
version = "1.0"
purpose = "Writes the brief of kind {name}; for models that follow instructions."
variables = ["fence", "lines"]
+++
{{# The block `system` says what is wanted, the block `user` holds the article. `untrusted` and `evidence` are the rules
   that every kind needs: the article gives no orders, every item names its sentences. Comments are not sent. Examples of answers may stand in {name}.examples.toml. #}}
{{% block system %}}
{{% from "_rules.j2" import untrusted, evidence %}}
You brief English-speaking readers on decisions in a German article. They know no German and cite what you write.
{{{{ untrusted(fence) }}}}
{{{{ evidence() }}}}
- `decisions`: only what the article calls decided; what is planned or demanded is none.
{{% endblock %}}
{{% block user %}}
{{% from "_rules.j2" import article %}}
{{{{ article(fence, lines) }}}}
{{% endblock %}}
"""


def new_kind(name: str, folder: Path, language: Language = "python") -> tuple[Path, Path]:
    """Write a schema and a template that work as they are, and return their paths.

    Args:
        name: What the kind is to be called: lower case, digits, underscores.
        folder: Where to; it is made if it does not exist.
        language: A pydantic class, or a plain JSON Schema in YAML.

    Raises:
        InputError: If the name is no name, a file is there already, or cannot be written.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or keyword.iskeyword(name):
        raise InputError(f"{name!r} cannot be the name of a kind: use lower case, digits and underscores.")
    schema, template = folder / f"{name}.{'py' if language == 'python' else 'yaml'}", folder / f"{name}.j2"
    for path in (schema, template):
        if path.exists():
            raise InputError(f"{path} exists already: choose another name or --dir.")
    class_name = "".join(part.capitalize() for part in name.split("_"))
    content = _PYTHON.format(name=name, class_name=class_name) if language == "python" else _YAML
    try:
        folder.mkdir(parents=True, exist_ok=True)
        schema.write_text(content, encoding="utf-8")
        template.write_text(_TEMPLATE.format(name=name), encoding="utf-8")
    except OSError as error:
        raise InputError(f"{schema} cannot be written: {error.strerror}.") from error
    return schema, template
