"""Sentences → brief of a kind, written by a model that follows instructions; long articles in parts, then merged."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, TypeVar

from . import kinds, prompts
from .article import Article, Sentence
from .concurrency import together
from .errors import ContextTooLongError, InvalidAnswerError, TruncatedError
from .items import Brief, Item
from .llm.gate import CHARS_PER_TOKEN
from .llm.model import Model
from .llm.wire import evidence_of, grounded, names_sentences

B = TypeVar("B", bound=Brief)

PART_SENTENCES = 200
"""Sentences in one part at most; OpenAI's strict mode takes 250 ids in an enumeration."""

_PROMPT_TOKENS = 2000
"""Room for instructions and schema."""
_TOO_MUCH = (TruncatedError, ContextTooLongError)


async def write_brief(article: Article, model: Model, kind: type[B]) -> B:
    """Return the brief that the model writes of the article.

    An article that does not fit the model's context is briefed in parts, and the parts' briefs are merged by the
    model. Evidence can only name sentences that exist, in the schema and when validated.

    Raises:
        EndpointError, SetupError: As `Model.extract`.
    """
    parts = _parts(article.sentences, model)
    briefs = await together(_write(article, model, kind, part) for part in parts)
    return await _merge(article, model, kind, [brief for group in briefs for brief in group])


async def _write(article: Article, model: Model, kind: type[B], part: Sequence[Sentence]) -> list[B]:
    """Return the brief of a part, or those of its halves when it is too much at once."""
    messages = prompts.for_kind(kind, model).render(
        fence=prompts.fence(article), lines=prompts.numbered(part), purpose=kinds.purpose(kind)
    )
    try:
        return [await _ask(model, kind, messages, tuple(sentence.id for sentence in part))]
    except _TOO_MUCH:
        if len(part) == 1:
            raise
    middle = len(part) // 2
    halves = await together(_write(article, model, kind, half) for half in (part[:middle], part[middle:]))
    return [*halves[0], *halves[1]]


async def _merge(article: Article, model: Model, kind: type[B], briefs: Sequence[B]) -> B:
    """Merge by the model, in groups that fit its context; what it cannot merge is joined by rule."""
    while len(briefs) > 1:
        groups = _groups(briefs, model)
        briefs = await together(_merge_group(article, model, kind, group) for group in groups)
    return briefs[0]


async def _merge_group(article: Article, model: Model, kind: type[B], group: Sequence[B]) -> B:
    if len(group) == 1:
        return group[0]
    named = {sentence_id for brief in group for sentence_id in evidence_of(brief)}
    if not named and names_sentences(kind):  # nothing was found, and endpoints refuse an enumeration of nothing
        return join(kind, group)
    messages = prompts.of(model, "merge").render(
        fence=prompts.fence(article), parts=[brief.model_dump_json(exclude_defaults=True) for brief in group]
    )
    try:
        return await _ask(model, kind, messages, tuple(sorted(named, key=lambda sentence_id: int(sentence_id[1:]))))
    except (*_TOO_MUCH, InvalidAnswerError):
        return join(kind, group)


async def _ask(model: Model, kind: type[B], messages: Any, ids: tuple[str, ...]) -> B:
    answer = await model.extract(messages, grounded(kind, ids), max_tokens=_output_tokens(model))
    return kind.model_validate(answer.model_dump())


def join(kind: type[B], briefs: Sequence[B]) -> B:
    """Return one brief that holds what several hold, by rule.

    Lists are put together, equal items once with the evidence of all; of single values the first stands.
    """
    values: dict[str, Any] = {}
    for name in kind.model_fields:
        found = [value for brief in briefs if (value := getattr(brief, name)) is not None]
        if not found:
            continue
        values[name] = _united(item for value in found for item in value) if isinstance(found[0], tuple) else found[0]
    return kind(**values)


def _united(items: Any) -> tuple[Any, ...]:
    united: dict[str, Any] = {}
    for item in items:
        if not isinstance(item, Item):
            united.setdefault(repr(item), item)
            continue
        key = item.model_dump_json(exclude={"evidence"})
        before = united.get(key)
        evidence = tuple(dict.fromkeys((*(before.evidence if before else ()), *item.evidence)))
        united[key] = item.model_copy(update={"evidence": evidence})
    return tuple(united.values())


def _parts(sentences: Sequence[Sentence], model: Model) -> list[Sequence[Sentence]]:
    """Cut evenly into as few parts as fit."""
    room = max(500, model.context_tokens - _PROMPT_TOKENS - _output_tokens(model))
    tokens = sum(len(sentence.text) / CHARS_PER_TOKEN + 6 for sentence in sentences)
    count = max(1, math.ceil(tokens / room), math.ceil(len(sentences) / PART_SENTENCES))
    size = math.ceil(len(sentences) / count)
    return [sentences[start : start + size] for start in range(0, len(sentences), size)]


def _groups(briefs: Sequence[B], model: Model) -> list[Sequence[B]]:
    """Cut into runs of at least two briefs whose JSON fits the model's context."""
    room = max(500, model.context_tokens - _PROMPT_TOKENS - _output_tokens(model))
    longest = max(len(brief.model_dump_json(exclude_defaults=True)) for brief in briefs) / CHARS_PER_TOKEN
    size = max(2, int(room / max(1.0, longest)))
    return [briefs[start : start + size] for start in range(0, len(briefs), size)]


def _output_tokens(model: Model) -> int:
    return min(8000, model.context_tokens // 3)
