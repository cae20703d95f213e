"""The brief of a model that may not write: put together from the article's own sentences, nothing asserted freely.

Works for every kind: a field is filled by the type of its items. Only sentences whose translation no check objects
to are used; what cannot be vouched for stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from . import prompts
from .article import Sentence
from .checks import Pair
from .checks.attribution import reported
from .checks.names import Name, source_names
from .checks.negation import negated
from .checks.quotations import english_quotations, german_quotations
from .entities import classify
from .errors import EndpointError
from .findings import Span
from .items import (
    Brief,
    Claim,
    Cues,
    Entity,
    Event,
    Figure,
    Item,
    Quotation,
    When,
)
from .llm.model import Model
from .quantities import english_quantities, german_quantities, german_times
from .rank import key_sentences
from .translate import Draft, pair

ABSTRACT = 3
"""Sentences in an abstract."""
KEY_POINTS = 6
"""Sentences among the key points."""
PER_CUE = 5
"""Sentences for a field with cue words."""
HEADLINE_WORDS = 15
"""Longest headline in words."""

B = TypeVar("B", bound=Brief)


@dataclass(frozen=True, slots=True)
class _Vouched:
    """A sentence with a translation that no check objects to."""

    sentence: Sentence
    pair: Pair

    @property
    def german(self) -> str:
        return self.pair.source

    @property
    def english(self) -> str:
        return self.pair.target

    @property
    def evidence(self) -> tuple[str]:
        return (self.sentence.id,)


async def extract_brief(draft: Draft, model: Model, kind: type[B]) -> B:
    """Return a brief of `kind` that holds only what sentences with a sound translation say.

    Args:
        draft: A finished translation.
        model: Asked for a headline only, which is taken if every name and number in it stands in the sentences.
        kind: Any kind of brief; fields of unknown item types stay empty.
    """
    vouched = list(_vouched(draft))
    ranked = _ranked(vouched)
    taken: set[str] = set()
    values: dict[str, Any] = {}
    for name, field in kind.model_fields.items():
        item = _item_type(field)
        if item is None:
            continue
        single = get_origin(field.annotation) is not tuple
        if single:
            if issubclass(item, Claim) and name == "headline":
                values[name] = await _headline(vouched, ranked, model)
            continue
        filled = _fill(name, field, item, vouched, ranked, taken, draft.article.published)
        values[name] = tuple(_as(item, filled))
    return kind(**{name: value for name, value in values.items() if value})


def _fill(
    name: str,
    field: FieldInfo,
    item: type[Item],
    vouched: list[_Vouched],
    ranked: list[_Vouched],
    taken: set[str],
    published: str | None,
) -> Iterable[Item]:
    if issubclass(item, Claim):
        cues = next((mark for mark in field.metadata if isinstance(mark, Cues)), None)
        if cues is not None:
            return _with_cues(cues, vouched)
        return _key_claims(ranked, taken, ABSTRACT if name == "abstract" else KEY_POINTS)
    if issubclass(item, Entity):
        return _entities(item, vouched)
    if issubclass(item, Event):
        return _events(vouched, published)
    if issubclass(item, Figure):
        return _figures(vouched)
    if issubclass(item, Quotation):
        return _quotations(vouched)
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


def _vouched(draft: Draft) -> Iterator[_Vouched]:
    for sentence in draft.article.sentences:
        text = draft.texts.get(sentence.id)
        if text and not draft.assessed(sentence.id).doubtful:
            yield _Vouched(sentence, pair(draft.article, sentence, text, draft.glossary))


def _ranked(vouched: list[_Vouched]) -> list[_Vouched]:
    by_id = {item.sentence.id: item for item in vouched}
    return [by_id[sentence.id] for sentence in key_sentences([item.sentence for item in vouched])]


# --- claims


def _claim(item: _Vouched) -> Claim:
    report = reported(item.german)
    if report is None:
        return Claim(text=item.english, stance="stated", evidence=item.evidence)
    return Claim(
        text=item.english,
        stance="reported",
        attributed_to=_attributed_to(item.english),
        evidence=item.evidence,
    )


_SAYING = r"(?:said|says|announced|explained|stated|reported|added|told|declared|warned|confirmed)"
_SOURCES = (
    re.compile(r"\baccording to ((?:the |a |an )?[^,.;:()]{2,60}?)(?=[,.;:()]|$)", re.IGNORECASE),
    re.compile(rf"[,\"”] {_SAYING} ([^,.;:()\"“”]{{2,60}}?)(?=[,.;:()]|$)"),
    re.compile(rf", ((?:the |a |an |[A-Z])[^,.;:()\"“”]{{1,60}}?) {_SAYING}\b"),
    re.compile(rf"^((?:The |A |An |[A-Z])[^,.;:()\"“”]{{1,60}}?) {_SAYING}\b"),
)
_PRONOUNS = frozenset({"he", "she", "it", "they", "who", "we", "i"})


def _attributed_to(english: str) -> str:
    """Return whom the English sentence itself names as its source."""
    for pattern in _SOURCES:
        match = pattern.search(english)
        if match and match[1].strip().lower() not in _PRONOUNS:
            return match[1].strip()
    return "not named in the sentence"


def _key_claims(ranked: list[_Vouched], taken: set[str], count: int) -> list[Claim]:
    """Return claims of the best sentences that no earlier field has, in the article's order."""
    chosen = [item for item in ranked if item.sentence.id not in taken][:count]
    taken.update(item.sentence.id for item in chosen)
    return [_claim(item) for item in sorted(chosen, key=lambda item: item.sentence.start)]


def _with_cues(cues: Cues, vouched: list[_Vouched]) -> list[Claim]:
    stems = re.compile("|".join(map(re.escape, cues.stems)), re.IGNORECASE) if cues.stems else None
    claims = [
        _claim(item)
        for item in vouched
        if item.sentence.kind == "body" and (stems is None or stems.search(item.german))
    ]
    if cues.stance is not None:
        return [claim for claim in claims if claim.stance == cues.stance]
    return claims[:PER_CUE]


async def _headline(vouched: list[_Vouched], ranked: list[_Vouched], model: Model) -> Claim | None:
    """Return the article's own headline; else one written from its first two sentences; else its best sentence."""
    for item in vouched:
        if item.sentence.kind == "headline":
            return _claim(item)
    written = await _written_headline(vouched, model)
    if written is not None:
        return written
    return _claim(ranked[0]) if ranked else None


async def _written_headline(vouched: list[_Vouched], model: Model) -> Claim | None:
    first = [item for item in vouched if item.sentence.kind == "body"][:2]
    german = " ".join(item.german for item in first)
    if len(first) < 2 or negated(german) or reported(german):
        return None  # a headline is too short to be trusted with a "not" or a "reportedly"
    english = " ".join(item.english for item in first)
    try:
        answer = await model.complete(prompts.of(model, "headline").render(text=english), max_tokens=40, stop=["\n"])
    except EndpointError:
        return None
    text = answer.text.rstrip(".")
    if not text or len(text.split()) > HEADLINE_WORDS or not _stands_in(text, english):
        return None
    return Claim(text=text, stance="stated", evidence=tuple(item.sentence.id for item in first))


_NAME_LIKE = re.compile(r"\b[A-ZÄÖÜ][\w'’-]*|\b\w*[A-Z]{2,}\w*\b")


def _stands_in(headline: str, english: str) -> bool:
    """Tell whether every capitalised word and number of the headline stands in the sentences."""
    words = {word.lower() for word in re.findall(r"[\w'’-]+", english)}
    names = {match[0].lower() for match in _NAME_LIKE.finditer(headline)}
    values = {quantity.value for quantity in english_quantities(english)}
    return names <= words and all(quantity.value in values for quantity in english_quantities(headline))


# --- spans


def _entities(wanted: type[Entity], vouched: list[_Vouched]) -> list[Entity]:
    """Return the names that stand in German and English alike, of the class that is asked for."""
    found: dict[str, Entity] = {}
    for item in vouched:
        if item.sentence.kind != "body":
            continue  # a heading's title case tells nothing
        for name in source_names(item.pair):
            of_class = classify(name.source, item.german)
            if of_class is None or not issubclass(wanted, of_class):
                continue
            if name.printed.isupper() and not name.english.isupper():
                continue  # an abbreviation spelled out: where its English ends is not known
            before = found.get(name.english)
            found[name.english] = of_class(
                name=name.english,
                name_as_printed=before.name_as_printed if before else name.printed,
                evidence=tuple(dict.fromkeys((*(before.evidence if before else ()), *item.evidence))),
            )
    for genitive in [word for word in found if word.endswith("s") and word[:-1] in found]:  # left as it was: Malis
        kept, lost = found[genitive[:-1]], found.pop(genitive)
        evidence = tuple(dict.fromkeys((*kept.evidence, *lost.evidence)))
        found[genitive[:-1]] = kept.model_copy(update={"evidence": evidence})
    return list(found.values())


def _events(vouched: list[_Vouched], published: str | None) -> list[Event]:
    """Return the body sentences that name a day, month or year, one event each."""
    events = []
    for item in vouched:
        if item.sentence.kind != "body":
            continue
        for time in german_times(item.german, published):
            if time.type in {"DATE", "TIME"} and time.value and time.value[0].isdigit():
                when = When(iso=time.value, precision=time.precision, as_printed=time.as_printed)
                events.append(Event(what=item.english, when=when, evidence=item.evidence))
                break
    return sorted(events, key=lambda event: (event.when.iso or "") if event.when else "")


def _figures(vouched: list[_Vouched]) -> list[Figure]:
    """Return the numbers that count or measure something and stand in both languages."""
    figures = []
    for item in vouched:
        times = [(time.start, time.end) for time in german_times(item.german, None)]
        english = {quantity.value for quantity in english_quantities(item.english)}
        for quantity in german_quantities(item.german):
            in_time = any(start < quantity.end and quantity.start < end for start, end in times)
            if in_time or quantity.weight == "faint" or quantity.role not in {"cardinal", "fraction"}:
                continue
            if quantity.value in english:
                figures.append(
                    Figure(
                        value=quantity.value if quantity.upper is None else None,
                        unit=quantity.unit,
                        what=item.english,
                        as_printed=quantity.as_printed,
                        evidence=item.evidence,
                    )
                )
    return figures


def _quotations(vouched: list[_Vouched]) -> list[Quotation]:
    """Return the quotations that both languages have in equal number, in their order."""
    found: list[Quotation] = []
    for item in vouched:
        german, english = german_quotations(item.german), english_quotations(item.english)
        if len(german) != len(english):
            continue
        names = source_names(item.pair)
        found.extend(
            Quotation(
                speaker=_english_name(source.speaker, names),
                original=source.text,
                english=target.text,
                evidence=item.evidence,
            )
            for source, target in zip(german, english, strict=True)
            if source.text and target.text
        )
    return found


def _english_name(speaker: Span | None, names: list[Name]) -> str | None:
    """Return the English form of the name that a German speaker's words hold; None if they hold none."""
    if speaker is None:
        return None
    inside = [name for name in names if speaker.start <= name.source.start and name.source.end <= speaker.end]
    return inside[-1].english if inside else None
