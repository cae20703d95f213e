"""What a brief is made of: items that name the sentences they rest on.

A kind of brief (see `schemas/`) is a pydantic model whose fields use these types. Whatever uses them is
grounded and checked without further work: evidence ids are limited, in the schema sent to a model, to the
sentences that exist.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator
from typing_extensions import TypeAliasType

from .article import Frozen, SentenceId

Evidence = TypeAliasType(
    "Evidence",
    Annotated[
        tuple[SentenceId, ...],
        Field(min_length=1, description="Ids of the sentences that this rests on; at least one."),
    ],
)

Stance = Literal["stated", "reported"]
Precision = Literal["year", "month", "day", "hour", "minute", "period", "unknown"]


class Item(Frozen):
    """Anything that a brief asserts."""

    evidence: Evidence


class Claim(Item):
    """One statement in English, with who answers for it."""

    text: str = Field(min_length=1, description="The statement: one English sentence.")
    stance: Stance = Field(
        description="`stated`: the outlet itself says it. `reported`: somebody else says it "
        "(German Konjunktiv I, soll, laut, nach Angaben, quotation)."
    )
    attributed_to: str | None = Field(
        default=None, description="Who is reported to say it, in English; null if stated."
    )

    @model_validator(mode="after")
    def _reported_by_whom(self) -> Self:
        if self.stance == "reported" and not self.attributed_to:
            raise ValueError(
                "a reported claim needs attributed_to: who says it, or 'unnamed sources' if the article leaves it open"
            )
        return self


class Entity(Item):
    """A named person, organisation or place."""

    name: str = Field(min_length=1, description="The name in English usage.")
    name_as_printed: str = Field(min_length=1, description="The name exactly as the article prints it.")
    role: str | None = Field(
        default=None, description="Office, function or relation, as the article gives it, in English."
    )


class Person(Entity):
    """A named person."""


class Organisation(Entity):
    """A named organisation: authority, company, party, armed force, outlet."""


class Place(Entity):
    """A named place: country, region, town, building."""


class When(Frozen):
    """A point or stretch of time."""

    iso: str | None = Field(
        default=None,
        description="ISO 8601 date, time or interval, as precise as the article; null if it cannot be told.",
    )
    precision: Precision = Field(description="How precise `iso` is.")
    as_printed: str = Field(min_length=1, description="The German words that say when.")


class Event(Item):
    """Something that happened or will happen."""

    what: str = Field(min_length=1, description="What happens, one English sentence.")
    when: When | None = None
    where: str | None = Field(default=None, description="Place in English; null if not said.")
    who: tuple[str, ...] = Field(default=(), description="Who takes part, names in English.")


class Figure(Item):
    """A number that matters."""

    value: float | None = Field(
        default=None, description="The number written out, e.g. 3500000 for 3,5 Mio.; null for a range."
    )
    unit: str | None = Field(default=None, description="Unit or currency in English, e.g. EUR, percent, people.")
    what: str = Field(min_length=1, description="What the number counts or measures, in English.")
    as_printed: str = Field(min_length=1, description="The number with its unit exactly as the article prints it.")


class Quotation(Item):
    """Words in quotation marks."""

    speaker: str | None = Field(default=None, description="Who speaks, in English; null if the article leaves it open.")
    original: str = Field(min_length=1, description="The quoted words exactly as printed, without quotation marks.")
    english: str = Field(
        min_length=1,
        description="The quoted words in English; a quotation in a third language stays as it is.",
    )


class Brief(Frozen):
    """The base of every kind of brief."""

    kind_name: ClassVar[str]
    """The kind's name on the command line and in documents."""
    kind_version: ClassVar[str] = "1.0"
    """Raised when the shape changes; the first number when old documents no longer fit."""
    kind_upgrades: ClassVar[Mapping[str, tuple[str, Callable[[dict[str, Any]], dict[str, Any]]]]] = {}
    """From an older version of the kind: the version that follows, and how a brief's JSON data gets there."""
    kind_template: ClassVar[Path | None] = None
    """The template of a user's own kind; None means that it is found by the kind's name."""


class Cues:
    """Annotation of a `tuple[Claim, ...]` field: which sentences belong into it.

    A model that may not write (see docs/extractive.md) fills the field with the article's sentences that contain
    one of these German word beginnings, a noun's also inside a compound, or that are of this stance:
    ``Annotated[tuple[Claim, ...], Cues("Ausbild", "Training")]``, ``Cues(stance="reported")``.
    """

    def __init__(self, *stems: str, stance: Stance | None = None) -> None:
        self.stems = stems
        self.stance = stance
