"""Negation: a "not" that got lost or came in, and words that turned into their opposite."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding, Span
from ..lexicon.antonyms import flips
from ..lexicon.negations import (
    DOUBLE,
    ENGLISH_HARD,
    ENGLISH_IDLE,
    GERMAN_HARD,
    GERMAN_IDLE,
    NOT_ONLY,
    NOT_RULED_OUT,
    ONLY,
    ONLY_THEN,
    VOTES,
    english_soft,
    german_soft,
)
from ..lexicon.tokens import span, tokenise
from . import Pair


def negated(text: str) -> bool:
    """Return whether a German sentence denies anything."""
    return bool(_hard(text, GERMAN_HARD, GERMAN_IDLE)) or german_soft(text) > 0


def check(pair: Pair) -> Iterator[Finding]:
    """Yield `negation.lost`, `negation.added` (errors) and `negation.antonym`."""
    if not tokenise(pair.target):
        return
    denied = len(GERMAN_HARD.findall(pair.source)), len(ENGLISH_HARD.findall(pair.target))
    if any(denied):
        yield from _denials(pair)
    if denied[0] != denied[1]:
        return  # not known is unknown
    for word, opposite, sure in (*flips(pair.source, pair.target), *_votes(pair)):
        message = f"“{opposite.text}” is the opposite of “{word.text}”."
        yield pair.finding("negation.antonym", "error" if sure else "warning", message, [word], [opposite])


def _denials(pair: Pair) -> Iterator[Finding]:
    german = _hard(pair.source, GERMAN_HARD, GERMAN_IDLE)
    english = _hard(pair.target, ENGLISH_HARD, ENGLISH_IDLE)
    double = DOUBLE.search(pair.target)
    soft_german = surplus = only_then = possible = 0
    if double or len(german) != len(english):
        soft_german = german_soft(pair.source)
        only_then, possible = (
            all(pattern.search(text) for pattern, text in zip(patterns, (pair.source, pair.target), strict=True))
            for patterns in (ONLY_THEN, NOT_RULED_OUT)
        )
        surplus = english_soft(pair.target) - soft_german
    if len(german) > len(english) + max(0, surplus) + possible + len(ENGLISH_IDLE.findall(pair.target)):
        message = "The English has fewer negations." if english else "The German denies; the English does not."
        yield pair.finding("negation.lost", "warning" if english else "error", message, german, english)
    elif len(english) > len(german) + max(0, -surplus) + only_then + len(GERMAN_IDLE.findall(pair.source)):
        message = "The English has more negations." if german else "The English denies; the German does not."
        yield pair.finding("negation.added", "warning" if german else "error", message, german, english)
    elif double and len(german) + soft_german + only_then < 2 and not GERMAN_IDLE.search(pair.source):
        spans = [span(pair.target, *double.span())]
        yield pair.finding("negation.added", "error", "The English denies twice; the German does not.", german, spans)
    elif not english and (nur := NOT_ONLY.search(pair.source)) and (only := _bare_only(pair.target)):
        message = "The German says “not only”; the English says “only”."
        source = [span(pair.source, *nur.span())]
        yield pair.finding("negation.lost", "error", message, source, [span(pair.target, *only.span())])


def _votes(pair: Pair) -> Iterator[tuple[Span, Span, bool]]:
    """Yield the votes for something that became votes against it, or the other way round, as `flips` does."""
    german, english = list(VOTES[0].finditer(pair.source)), list(VOTES[1].finditer(pair.target))
    against = {match[match.lastindex or 0].endswith("gegen") for match in german}
    if len(against) == 1 and against.isdisjoint(match[0].endswith("against") for match in english) and english:
        word = german[0].span(german[0].lastindex or 0)
        yield span(pair.source, *word), span(pair.target, *english[0].span()), True


def _bare_only(text: str) -> re.Match[str] | None:
    """Return an `only` of an English text that has no `not only`."""
    return None if ENGLISH_IDLE.search(text) else ONLY.search(text)


def _hard(text: str, pattern: re.Pattern[str], idle: re.Pattern[str]) -> list[Span]:
    """Return the words that deny, without those in phrases that deny nothing."""
    hits = list(pattern.finditer(text))
    quiet = [match.span() for match in idle.finditer(text)] if hits else []
    return [
        span(text, *match.span()) for match in hits if not any(start <= match.start() < end for start, end in quiet)
    ]
