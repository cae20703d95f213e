"""Claims of an extractive brief: headline, key sentences, sentences with a cue, each with who answers for it."""

from __future__ import annotations

import re

from .. import prompts
from ..checks.attribution import reported
from ..checks.negation import negated
from ..errors import EndpointError
from ..items import Claim, Cues
from ..llm.model import Model
from ..quantities import english_quantities
from ..rank import key_sentences, leans_on_the_one_before
from .reading import Reading, Vouched

ABSTRACT = 3
"""Sentences in an abstract."""
KEY_POINTS = 6
"""Sentences among the key points."""
PER_CUE = 5
"""Sentences for a field with cue words."""
HEADLINE_WORDS = 15
"""Longest headline in words."""
ENOUGH = 0.8
"""Share of a headline's longer words from which one sentence is all that it rests on."""
UNNAMED = "not named in the sentence"
"""Who answers for what a sentence reports without saying from whom."""


class Claims:
    """The sound sentences by importance; each is used once among abstract and key points.

    Args:
        reading: The article.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        ranked = key_sentences([item.sentence for item in reading.vouched])
        self._ranked = [reading.by_id[sentence.id] for sentence in ranked]
        self._taken: set[str] = set()

    def key(self, name: str) -> list[Claim]:
        """Return claims of the best sentences that no earlier field has, in the article's order.

        One that leans on the sentence before it ("This also …") is taken only with that one.
        """
        count = ABSTRACT if name == "abstract" else KEY_POINTS
        chosen: list[Vouched] = []
        for item in self._ranked:
            if len(chosen) == count:
                break
            before = f"s{int(item.sentence.id[1:]) - 1}"
            alone = not leans_on_the_one_before(item.german) or before in self._taken
            if item.sentence.id not in self._taken and alone:
                chosen.append(item)
                self._taken.add(item.sentence.id)
        return [self.claim(item) for item in sorted(chosen, key=lambda item: item.sentence.start)]

    def with_cues(self, cues: Cues) -> list[Claim]:
        """Return the claims of a field that says by cues which sentences belong into it."""
        stems = re.compile("|".join(map(_cue, cues.stems))) if cues.stems else None
        claims = [
            self.claim(item)
            for item in self._reading.vouched
            if item.sentence.kind == "body" and (stems is None or stems.search(item.german))
        ]
        if cues.stance is not None:
            return [claim for claim in claims if claim.stance == cues.stance]
        return claims[:PER_CUE]

    def claim(self, item: Vouched) -> Claim:
        """Return a sentence as a claim: by the outlet itself, or reported, and then from whom."""
        report = reported(item.german)
        if report is None:
            return Claim(text=item.english, stance="stated", evidence=item.evidence)
        named = self._reading.speaker(item.sentence, report.source_span)
        return Claim(
            text=item.english,
            stance="reported",
            attributed_to=named or attributed_to(item.english) or UNNAMED,
            evidence=item.evidence,
        )

    async def headline(self, model: Model) -> Claim | None:
        """Return the article's own headline; else one written from its first two sentences; else its best sentence."""
        for item in self._reading.vouched:
            if item.sentence.kind == "headline":
                return self.claim(item)
        written = await _written(self._reading.vouched, model)
        if written is not None:
            return written
        if not self._ranked:
            return None
        self._taken.add(self._ranked[0].sentence.id)  # said once is enough
        return self.claim(self._ranked[0])


def _cue(stem: str) -> str:
    """Return the pattern of a cue: a noun begins a word or a noun's later part, so that `Orden` is not in `worden`."""
    if stem[0].isupper():
        return rf"\b{re.escape(stem)}|\b[A-ZÄÖÜ]\w{{2,}}{re.escape(stem.lower())}"
    return rf"(?i:{re.escape(stem)})"


_SAYING = r"(?:said|says|announced|explained|stated|reported|added|told|declared|warned|confirmed)"
_SOURCES = (
    re.compile(r"\baccording to ((?:the |a |an )?[^,.;:()]{2,60}?)(?=[,.;:()]|$)", re.IGNORECASE),
    re.compile(rf"[,\"”] {_SAYING} ([^,.;:()\"“”]{{2,60}}?)(?=[,.;:()]|$)"),
    re.compile(rf", ((?:the |a |an |[A-Z])[^,.;:()\"“”]{{1,60}}?) {_SAYING}\b"),
    re.compile(rf"^((?:The |A |An |[A-Z])[^,.;:()\"“”]{{1,60}}?) {_SAYING}\b"),
)
_PRONOUNS = frozenset({"he", "she", "it", "they", "who", "we", "i"})


def attributed_to(english: str) -> str | None:
    """Return whom an English sentence itself names as its source; None if it names nobody."""
    for pattern in _SOURCES:
        match = pattern.search(english)
        if match and match[1].strip().lower() not in _PRONOUNS:
            return match[1].strip()
    return None


async def _written(vouched: list[Vouched], model: Model) -> Claim | None:
    """Return a headline that the model writes, if all that it names stands in the sentences; evidence is where it does."""
    first = [item for item in vouched if item.sentence.kind == "body"][:2]
    german = " ".join(item.german for item in first)
    if model.translates_only or len(first) < 2 or negated(german) or reported(german):
        return None  # a headline is too short to be trusted with a "not" or a "reportedly"
    english = " ".join(item.english for item in first)
    try:
        answer = await model.complete(prompts.of(model, "headline").render(text=english), max_tokens=40, stop=["\n"])
    except EndpointError:
        return None
    text = answer.text.rstrip(".")
    if not text or len(text.split()) > HEADLINE_WORDS or not _stands_in(text, english):
        return None
    said = _content(text)
    enough = [
        item
        for item in first
        if _stands_in(text, item.english) and len(said & _content(item.english)) >= ENOUGH * len(said)
    ]
    return Claim(text=text, stance="stated", evidence=tuple(item.sentence.id for item in enough[:1] or first))


_NAME_LIKE = re.compile(r"\b[A-ZÄÖÜ][\w'’-]*|\b\w*[A-Z]{2,}\w*\b")


def _stands_in(headline: str, english: str) -> bool:
    """Tell whether every capitalised word and number of the headline stands in the sentences."""
    words = {word.lower() for word in re.findall(r"[\w'’-]+", english)}
    names = {match[0].lower() for match in _NAME_LIKE.finditer(headline)}
    values = {quantity.value for quantity in english_quantities(english)}
    return names <= words and all(quantity.value in values for quantity in english_quantities(headline))


def _content(text: str) -> set[str]:
    """Return the first letters of the longer words of an English text."""
    return {word.lower()[:4] for word in re.findall(r"\w{4,}", text)}
