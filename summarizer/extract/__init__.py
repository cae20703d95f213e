"""The brief of a model that may not write: put together from the article's own sentences, nothing asserted freely.

Works for every kind: a field is filled by the type of its items. Sentences stand in their translation, if no check objects to
it; names, dates, numbers and quotations are spans of the German. What cannot be vouched for stays empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from ..draft import Draft
from ..items import Brief, Claim, Cues, Entity, Event, Figure, Item, Quotation
from ..llm.model import Model
from .claims import Claims
from .quotations import quotations
from .reading import Reading
from .spans import entities, events, figures

B = TypeVar("B", bound=Brief)


async def extract_brief(draft: Draft, model: Model, kind: type[B]) -> B:
    """Return a brief of `kind` that holds only what the article's sentences say.

    Args:
        draft: A finished translation.
        model: Asked for a headline only, which is taken if every name and number in it stands in the sentences.
        kind: Any kind of brief; fields of unknown item types stay empty.
    """
    reading = Reading(draft)
    claims = Claims(reading)
    values: dict[str, Any] = {}
    for name, field in kind.model_fields.items():
        item = _item_type(field)
        if item is None:
            continue
        single = get_origin(field.annotation) is not tuple
        if single:
            if issubclass(item, Claim) and name == "headline":
                values[name] = await claims.headline(model)
            continue
        values[name] = tuple(_as(item, _fill(name, field, item, reading, claims)))
    return kind(**{name: value for name, value in values.items() if value})


def _fill(name: str, field: FieldInfo, item: type[Item], reading: Reading, claims: Claims) -> Iterable[Item]:
    if issubclass(item, Claim):
        cues = next((mark for mark in field.metadata if isinstance(mark, Cues)), None)
        return claims.with_cues(cues) if cues is not None else claims.key(name)
    if issubclass(item, Entity):
        return entities(item, reading)
    if issubclass(item, Event):
        return events(reading)
    if issubclass(item, Figure):
        return figures(reading)
    if issubclass(item, Quotation):
        return quotations(reading)
    return ()


def _as(wanted: type[Item], found: Iterable[Item]) -> Iterator[Item]:
    """Yield items as a kind's own class, its further fields empty; none if it has fields that must be known."""
    for item in found:
        if isinstance(item, wanted):
            yield item
            continue
        try:
            yield wanted.model_validate(item.model_dump())
        except ValidationError:
            return


def _item_type(field: FieldInfo) -> type[Item] | None:
    """Return the item type of `tuple[X, ...]` or `X | None`."""
    for candidate in get_args(field.annotation) or (field.annotation,):
        if isinstance(candidate, type) and issubclass(candidate, Item):
            return candidate
    return None
