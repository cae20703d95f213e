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
    if first is not verb and not _is_adverbial(first):
        for auxiliary in tokens:
            if auxiliary.start < verb.start and auxiliary.text in _AUXILIARY:
                front = text[head : head + auxiliary.start]
                return trimmed(text, head, front) if front.strip() else None
        return trimmed(text, head, before)
    for auxiliary in tokens:
        if auxiliary.start < verb.start and auxiliary.text in _AUXILIARY:
            return _nominative(speaker_behind(text, head + auxiliary.end, head + verb.start))
    itself = _ITSELF.match(text, head + verb.end)
    return _nominative(speaker_behind(text, itself.end() if itself else head + verb.end))


_ITSELF = re.compile(r"\s+sich\b")
_NO_SUBJECT = word_set("den dem sich ihn ihm ihnen uns mich dich es")
"""Words that an object begins with; `es` speaks in nobody's name."""
_NO_NOUN = word_set(
    "aber so nun zugleich trotz weil wenn nachdem obwohl obgleich falls sofern sobald solange bevor bis ob dass denn doch oder sondern "
    "anlässlich angesichts aufgrund dank durch entgegen gemäß hinter infolge laut mithilfe neben ohne statt trotzdem ungeachtet unter vom "
    "zwischen abschließend anschließend beispielsweise besonders deshalb daher deswegen ebenso ebenfalls einerseits andererseits erneut "
    "ferner freilich gleichzeitig hingegen hier immerhin insgesamt inzwischen jetzt kürzlich manchmal mittlerweile natürlich noch nur "
    "offenbar oft schließlich selbst sogar somit sonst tatsächlich teilweise überdies übrigens vielmehr vorher weiterhin wieder "
    "wiederum wörtlich zuletzt zumindest zunächst besorgt erfreut verärgert empört enttäuscht überrascht entsetzt gelassen zufrieden "
    "passend höhnisch ironisch kritisch optimistisch skeptisch deutlich ausdrücklich"
)
"""Words that a clause begins with before its verb and its subject: how, when, why."""


def _is_adverbial(first: Token) -> bool:
    """Whether a clause begins with something other than its subject: an adverb, a preposition, an object."""
    low = first.text.lower()
    return bool(_ADVERBIAL.match(first.text)) or low in _NO_NOUN or low in _NO_SUBJECT or low.endswith("ierend")


def _nominative(speaker: Span | None) -> Span | None:
    return None if speaker is None or speaker.text.split()[0].lower() in _NO_SUBJECT else speaker


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
    if not bare or not any(token.capitalised for token in tokenise(bare)) or re.search('[„“”»«"]', bare):
        return None
    at = text.index(bare, start)
    return span(text, at, at + len(bare))
