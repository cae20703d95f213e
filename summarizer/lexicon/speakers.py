"""Who speaks: the noun phrase beside a word of saying in a German sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..findings import Span
from .speech import NOT_IN_A_SPEAKER
from .tokens import Token, span, tokenise, word_set

_NP_STOP = re.compile(r"[,.;:!?()„“”»«\"–]|\s-\s")
_AUXILIARY = word_set("hat hatte haben hatten habe wird wurde wurden werden soll sollte")
_ADVERBIAL = re.compile(
    r"(?:Am|Im|In|Bei|Zu|Zum|Zur|Nach|Vor|Auf|Gegenüber|Gestern|Heute|Dazu|Dann|Zudem|Außerdem|Mit|Über|An|Später|"
    r"Bereits|"
    r"Wörtlich|Daraufhin|Unterdessen|Anschließend|Dabei|Damit|Hierzu|Weiter|Auch|Wie|Darin|Dort|Zuvor|Zuletzt|"
    r"Schon|und|aber|"
    r"Als|Seit|Während|Für|Gegen|Es|Da|Dagegen|Stattdessen|Trotzdem|Allerdings|Jedoch|Wegen|Aus|Von|Um)$"
)


def sentence_start(text: str, at: int) -> int:
    """Return where the sentence that leads up to `at` begins."""
    found = 0
    for match in re.finditer(r"[.!?]\s+(?=[A-ZÄÖÜ„])|[“\"«]\s+(?=[A-ZÄÖÜ])|\n", text[:at]):
        if not re.search(r"\b(?:Dr|Prof|St|Nr|Mr|ca|\d{1,2}|[A-Z])\.\s+$", text[: match.end()]):
            found = match.end()
    return found


def subject_of(text: str, head: int, verb: Token, tokens: Sequence[Token]) -> Span | None:
    """Return the subject of a verb of saying: what stands before it, or behind it and behind an auxiliary."""
    first = tokens[0]
    before = text[head : head + verb.start]
    if first is not verb and not _ADVERBIAL.match(first.text):
        for auxiliary in tokens:
            if auxiliary.start < verb.start and auxiliary.text in _AUXILIARY:
                front = text[head : head + auxiliary.start]
                return trimmed(text, head, front) if front.strip() else None
        return trimmed(text, head, before)
    for auxiliary in tokens:
        if auxiliary.start < verb.start and auxiliary.text in _AUXILIARY:
            return speaker_behind(text, head + auxiliary.end, head + verb.start)
    return speaker_behind(text, head + verb.end)


def speaker_behind(text: str, start: int, before: int | None = None) -> Span | None:
    """Return the noun phrase that begins at `start` and ends before `before`: `die Sprecherin des Ministeriums`."""
    stop = _NP_STOP.search(text, start)
    while stop and stop.group() == "." and re.search(r"\b(?:Dr|Prof|St|[A-Z])$", text[start : stop.start()]):
        stop = _NP_STOP.search(text, stop.end())
    end = min(stop.start() if stop else len(text), len(text) if before is None else before)
    words = tokenise(text[start:end])
    last = _last_of_phrase(words)
    if last is None:
        return None
    return span(text, start + words[0].start, start + words[last].end)


def _last_of_phrase(words: Sequence[Token]) -> int | None:
    """Return the index of the last word of the noun phrase that `words` begin with; None if there is none."""
    if words and words[0].text in _PRONOUNS:
        return 0
    last = None
    gap = 0
    for i, word in enumerate(words):
        if word.capitalised:
            last, gap = i, 0
        elif last is None or gap or word.text in _LINKS:
            gap += 1
            if gap > 3 or (last is None and i > 0 and word.text in _LINKS):
                break
        else:
            break
    return last


_PRONOUNS = frozenset(("er", "sie", "es", "ihm", "ihr", "ihnen"))
_LINKS = word_set("der des dem den die von vom und für zur zum aus in im bei of the de al van")


def trimmed(text: str, start: int, phrase: str) -> Span | None:
    """Return where `phrase`, without what follows the noun phrase in it, stands at or behind `start`."""
    bare = NOT_IN_A_SPEAKER.sub("", phrase + " ").strip(" ,\n")
    if not bare or not any(token.capitalised for token in tokenise(bare)):
        return None
    at = text.index(bare, start)
    return span(text, at, at + len(bare))
