"""Checks of a brief against its evidence: every printed word, number and attribution must stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from ..article import Article, plain
from ..document import Translation
from ..findings import Finding, Severity, Span
from ..items import Brief, Claim, Entity, Event, Figure, Item, Quotation
from ..quantities import english_quantities, german_quantities
from . import Pair, names
from .attribution import reported

ALIKE = 0.8
"""Share of words in common from which two items of a field say the same."""


def items_of(brief: Brief) -> Iterator[tuple[str, Item]]:
    """Yield the items of a brief, each with the JSON pointer to it."""
    for name in type(brief).model_fields:
        value: Any = getattr(brief, name)
        if isinstance(value, Item):
            yield f"/{name}", value
        elif isinstance(value, tuple):
            yield from ((f"/{name}/{index}", item) for index, item in enumerate(value) if isinstance(item, Item))


def check_brief(brief: Brief, article: Article, translation: Translation | None) -> tuple[Finding, ...]:
    """Return what the checks say of each item, and of items that say the same."""
    findings: list[Finding] = []
    german = {sentence.id: plain(sentence.text) for sentence in article.sentences}
    everything = " ".join(german.values())
    for pointer, item in items_of(brief):
        findings.extend(_Item(pointer, item, german, everything, translation).check())
    findings.extend(_duplicates(brief))
    return tuple(findings)


class _Item:
    """One item beside its evidence in both languages."""

    def __init__(
        self, pointer: str, item: Item, german: Mapping[str, str], everything: str, translation: Translation | None
    ) -> None:
        self.pointer = pointer
        self.item = item
        self.known = [sentence_id for sentence_id in item.evidence if sentence_id in german]
        self.sentences = [german[sentence_id] for sentence_id in self.known]
        self.german = " ".join(self.sentences)
        texts = [translation.text(sentence_id) or "" for sentence_id in self.known] if translation else []
        self.english = " ".join(texts)
        self.everything = everything

    def check(self) -> Iterator[Finding]:
        """Yield what is wrong with it."""
        unknown = [sentence_id for sentence_id in self.item.evidence if sentence_id not in self.known]
        if unknown:
            yield self._finding("evidence.unknown", "error", f"The evidence {', '.join(unknown)} does not exist.")
        yield from self._printed()
        for text in _english_texts(self.item):
            yield from self._numbers(text)
            yield from self._names(text)
        if isinstance(self.item, Claim):
            yield from self._stance(self.item)

    def _printed(self) -> Iterator[Finding]:
        """Words given as printed must stand in the German, letter by letter but for white space and quotation marks."""
        match self.item:
            case Entity():
                printed = self.item.name_as_printed
            case Figure():
                printed = self.item.as_printed
            case Quotation():
                printed = self.item.original
            case Event(when=when) if when is not None:
                printed = when.as_printed
            case _:
                return
        if _letters(printed) not in _letters(self.german):
            yield self._finding(
                "evidence.printed", "error", f"{plain(printed)!r} is said to be printed in the evidence and is not."
            )

    def _numbers(self, text: str) -> Iterator[Finding]:
        there = {
            value
            for quantity in (*german_quantities(self.german), *english_quantities(self.english))
            for value in (quantity.value, quantity.upper, *quantity.readings)
        }
        for quantity in english_quantities(text):
            readings = {quantity.value, *quantity.readings}
            if quantity.weight == "digits" and not readings & there:
                yield self._finding(
                    "evidence.number", "error", f"The number {quantity.as_printed!r} does not stand in the evidence."
                )

    def _names(self, text: str) -> Iterator[Finding]:
        absent = [span for span in self._absent(self.german, text) if span.text.lower() not in self.english.lower()]
        if not absent:
            return
        invented = {span.text for span in self._absent(self.everything, text)}
        for span in absent:
            if span.text in invented:
                yield self._finding("evidence.name", "error", f"The article has no name {span.text!r}.")
            else:
                message = f"The name {span.text!r} stands in the article and not in the evidence."
                yield self._finding("evidence.elsewhere", "info", message)

    def _absent(self, german: str, english: str) -> list[Span]:
        """Return the names of an English text that a German one does not vouch for."""
        found = names.check(Pair(id=self.pointer, source=german, target=english))
        return [span for finding in found for span in finding.target_spans]

    def _stance(self, claim: Claim) -> Iterator[Finding]:
        if claim.stance == "stated" and self.sentences and all(map(reported, self.sentences)):
            yield self._finding(
                "evidence.stance",
                "warning",
                "It is stated as a fact, and the evidence only reports that somebody says so.",
            )

    def _finding(self, code: str, severity: Severity, message: str) -> Finding:
        return Finding(code=code, severity=severity, where=self.pointer, message=message)


def _english_texts(item: Item) -> list[str]:
    match item:
        case Claim():
            return [item.text, *([item.attributed_to] if item.attributed_to else [])]
        case Entity():
            return [text for text in (item.name, item.role) if text]
        case Event():
            return [text for text in (item.what, item.where, *item.who) if text]
        case Figure():
            return [item.what]
        case Quotation():
            return [text for text in (item.english, item.speaker) if text]
        case _:
            return []


def _letters(text: str) -> str:
    """Return what must agree in a literal copy: letters, digits and signs, without white space and quotation marks."""
    return re.sub(r"[\s\"'„“”‚‘’«»‹›]", "", plain(text))


def _duplicates(brief: Brief) -> Iterator[Finding]:
    """Mark the second of two items of one field that say the same."""
    for name in type(brief).model_fields:
        value: Any = getattr(brief, name)
        if not isinstance(value, tuple):
            continue
        words = [
            (index, set(re.findall(r"\w+", item.text.lower())))
            for index, item in enumerate(value)
            if isinstance(item, Claim)
        ]
        seen: set[int] = set()
        for (first, left), (second, right) in combinations(words, 2):
            if second not in seen and left and len(left & right) >= ALIKE * max(len(left), len(right)):
                seen.add(second)
                yield Finding(
                    code="brief.duplicate",
                    severity="info",
                    where=f"/{name}/{second}",
                    message=f"It says nearly the same as number {first + 1} of this list.",
                )
