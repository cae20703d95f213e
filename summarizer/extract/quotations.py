"""Quotations of an extractive brief: somebody's words as printed, over one sentence or several, with speaker and English."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ..article import Sentence
from ..checks.quotations import Quoted, english_quotations, german_quotations
from ..findings import Span
from ..items import Quotation
from ..lexicon.marks import quotes
from ..lexicon.tokens import tokenise
from ..lexicon.words import is_german
from .claims import attributed_to
from .reading import Reading

LONGEST = 6
"""Sentences that one quotation may go over: more, and a mark is more likely missing."""


STRETCH = 12
"""Sentences after which a long paragraph is parted as soon as no quotation is open."""
FEW = 3
"""Words from which a quotation may stand without a speaker."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A quotation in an article.

    Attributes:
        sentences: The sentences that it stands in, in order.
        number: Which of the quotations of these sentences it is.
        of: So many quotations these sentences have.
        text: The words between the marks.
        speaker: The words that name the speaker, in `speaker_in`; None if none stand beside it.
        speaker_in: The sentence that names the speaker.
    """

    sentences: tuple[Sentence, ...]
    number: int
    of: int
    text: str
    speaker: Span | None = None
    speaker_in: Sentence | None = None


def spoken(sentences: Sequence[Sentence], german: Sequence[str]) -> Iterator[Spoken]:
    """Yield what an article prints as somebody's words: no titles, nicknames or single words at arm's length.

    Args:
        sentences: The article's sentences.
        german: Their text, each on one line.
    """
    body = [(one, text) for one, text in zip(sentences, german, strict=True) if one.kind == "body"]
    for paragraph in _stretches(body):
        starts = [0]
        for _, text in paragraph:
            starts.append(starts[-1] + len(text) + 1)
        found = german_quotations(" ".join(text for _, text in paragraph))
        places = [(_at(starts, quoted.span.start), _at(starts, quoted.span.end - 1)) for quoted in found]
        for quoted, (first, last) in zip(found, places, strict=True):
            if not quoted.speech or last - first >= LONGEST or not _somebodys(quoted):
                continue
            beside = [
                other for other, place in zip(found, places, strict=True) if place[0] <= last and first <= place[1]
            ]
            whole = all(
                first <= place[0] and place[1] <= last for place in places if place[0] <= last and first <= place[1]
            )
            speaker_in, speaker = _speaker(quoted, paragraph, starts)
            yield Spoken(
                sentences=tuple(one for one, _ in paragraph[first : last + 1]),
                number=beside.index(quoted),
                of=len(beside) if whole else 0,
                text=quoted.text,
                speaker=speaker,
                speaker_in=speaker_in,
            )


def _stretches(body: Sequence[tuple[Sentence, str]]) -> Iterator[list[tuple[Sentence, str]]]:
    """Yield the paragraphs, long ones in stretches that end where no quotation is open: the work grows with their square."""
    for _, group in groupby(body, key=lambda pair: pair[0].paragraph):
        stretch: list[tuple[Sentence, str]] = []
        for pair in group:
            stretch.append(pair)
            if len(stretch) >= STRETCH and (
                len(stretch) >= 2 * STRETCH
                or all(quote.opened and quote.closed for quote in quotes(" ".join(text for _, text in stretch)))
            ):
                yield stretch
                stretch = []
        if stretch:
            yield stretch


def _somebodys(quoted: Quoted) -> bool:
    """Whether quoted words are worth a line: a word or two only with the speaker beside them."""
    return len(tokenise(quoted.text)) >= FEW or (bool(quoted.text) and quoted.speaker is not None)


def _at(starts: Sequence[int], offset: int) -> int:
    return bisect_right(starts, offset) - 1


def _speaker(
    quoted: Quoted, paragraph: Sequence[tuple[Sentence, str]], starts: Sequence[int]
) -> tuple[Sentence | None, Span | None]:
    """Return the sentence that names the speaker, and where in it."""
    if quoted.speaker is None:
        return None, None
    i = _at(starts, quoted.speaker.start)
    start, end = quoted.speaker.start - starts[i], quoted.speaker.end - starts[i]
    return paragraph[i][0], Span(start=start, end=end, text=quoted.speaker.text)


def quotations(reading: Reading) -> list[Quotation]:
    """Return the quotations that have an English: that of sound translations, or their own if they are in another language."""
    found = []
    for one in spoken(reading.sentences, reading.german):
        english = one.text if _foreign(one.text) else _english(one, reading)
        if english:
            evidence = [sentence.id for sentence in one.sentences]
            if one.speaker_in is not None and one.speaker_in.id not in evidence:
                evidence.append(one.speaker_in.id)
            speaker = _english_speaker(one, reading)
            found.append(Quotation(speaker=speaker, original=one.text, english=english, evidence=tuple(evidence)))
    return found


def _english(one: Spoken, reading: Reading) -> str | None:
    """Return the quotation at the same place of the translation; None if the two do not quote alike."""
    items = [reading.by_id.get(sentence.id) for sentence in one.sentences]
    english = english_quotations(" ".join(item.english for item in items if item is not None))
    if None in items or len(english) != one.of:
        return None
    return english[one.number].text.rstrip(", ")


def _english_speaker(one: Spoken, reading: Reading) -> str | None:
    if one.speaker is None or one.speaker_in is None:
        return None
    item = reading.by_id.get(one.speaker_in.id)
    named = reading.speaker(one.speaker_in, one.speaker)
    return named or (attributed_to(item.english) if item is not None else None)


def _foreign(words: str) -> bool:
    """Whether quoted words are in a third language: most of their small words are none of German."""
    small = [token.text for token in tokenise(words) if not token.capitalised]
    return len(small) > 1 and sum(is_german(word) for word in small) <= 0.5 * len(small)
