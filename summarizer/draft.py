"""A translation under way, and what the checks look at of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from .article import Article, Sentence, plain
from .checks import Pair, reuse
from .confidence import Assessment, assess
from .document import Segment, Translation
from .errors import ContentFilteredError, ContextTooLongError, EndpointError, InvalidAnswerError, TruncatedError
from .findings import Finding
from .terms.glossary import NO_TERMS, Glossary
from .terms.matching import uses
from .terms.memory import Memory

HOPELESS = 5
"""Single sentences that fail before any succeeds, after which no more is asked: an endpoint that never gives an
answer of the right shape would otherwise be asked about every sentence, each with its re-asks. After as many answers
that a content filter stopped, and no text, sentences from the whole article are tried before more is asked."""

ABOUT_THE_TEXT = (TruncatedError, ContextTooLongError, ContentFilteredError, InvalidAnswerError)
"""Failures that another piece of text need not meet."""

Advance = Callable[[Mapping[str, str]], None]
"""Takes new English by sentence id."""

AROUND = 2
"""Sentences to either side whose translation the English of a sentence may be by mistake."""


@dataclass(slots=True)
class Draft:
    """A translation under way: what is done until now stands here, also when the work is interrupted.

    Attributes:
        article: What is translated.
        glossary: Terms that are hinted at and checked.
        memory: Sentences that people have translated before.
        texts: English by sentence id.
        assessments: What the checks say of a text, by sentence id.
        failures: Why a sentence has no translation, by sentence id.
        remembered: Ids of the sentences whose English is the memory's.
        down: The failure after which the endpoint is not asked again.
        filtered: Answers that a content filter stopped.
    """

    article: Article
    glossary: Glossary = NO_TERMS
    memory: Memory | None = None
    texts: dict[str, str] = field(default_factory=dict)
    assessments: dict[str, Assessment] = field(default_factory=dict)
    failures: dict[str, EndpointError] = field(default_factory=dict)
    down: EndpointError | None = None
    filtered: int = 0
    remembered: set[str] = field(default_factory=set)

    def remember(self) -> None:
        """Take over the sentences that the memory holds word for word."""
        for sentence in self.article.sentences if self.memory else ():
            text = self.memory.exact(sentence.text) if self.memory else None
            if text is not None:
                self.texts[sentence.id] = text
                self.remembered.add(sentence.id)

    def fail(self, sentences: Iterable[Sentence], error: EndpointError) -> None:
        """Note why sentences stay without a text; stop asking if the failure is not about the text, or always the same."""
        self.failures.update((sentence.id, error) for sentence in sentences)
        hopeless = not self.texts and len(self.failures) >= HOPELESS and not isinstance(error, ContentFilteredError)
        if hopeless or not isinstance(error, ABOUT_THE_TEXT):
            self.down = error

    def assessed(self, sentence_id: str) -> Assessment:
        """Return what the checks say of the text of a sentence; they run now if they have not seen it."""
        if sentence_id not in self.assessments:
            self.assessments.update(assessed(self.article, self.unseen(), self.glossary))
        return self.assessments[sentence_id]

    def unseen(self) -> dict[str, str]:
        """Return the texts that the checks have not seen, by sentence id."""
        return {sentence_id: text for sentence_id, text in self.texts.items() if sentence_id not in self.assessments}

    def result(self) -> tuple[Translation, tuple[Finding, ...]]:
        """Return the translation as it stands, one segment a sentence, and all findings in order."""
        results = [self.segment(sentence) for sentence in self.article.sentences]
        findings = tuple(finding for _, found in results for finding in found)
        return Translation(segments=tuple(segment for segment, _ in results)), findings

    def segment(self, sentence: Sentence) -> tuple[Segment, tuple[Finding, ...]]:
        """Return a sentence's segment as it stands, and the findings about it."""
        text = self.texts.get(sentence.id)
        if text is None:
            reason = self.failures.get(sentence.id, "the work was interrupted.")
            missing = Finding(
                code="translation.missing",
                severity="error",
                where=sentence.id,
                message=f"There is no translation of this sentence: {reason}",
            )
            return Segment(id=sentence.id, text=None, status="missing"), (missing,)
        assessment = self.assessed(sentence.id)
        segment = Segment(
            id=sentence.id,
            text=text,
            status="doubtful" if assessment.doubtful else "ok",
            confidence=round(assessment.confidence, 3),
            origin="memory" if sentence.id in self.remembered else "model",
        )
        return segment, assessment.findings

    def ready(self, begin: int) -> Iterator[Sentence]:
        """Yield the sentences from the index `begin` on that have a text, or a reason for none, up to the first without."""
        for sentence in self.article.sentences[begin:]:
            if sentence.id not in self.texts and sentence.id not in self.failures:
                return
            yield sentence


def pair(article: Article, sentence: Sentence, target: str, glossary: Glossary = NO_TERMS) -> Pair:
    """Return what the checks look at for one sentence."""
    source = plain(sentence.text)
    place = int(sentence.id[1:]) - 1
    others = (*article.sentences[max(place - AROUND, 0) : place], *article.sentences[place + 1 : place + 1 + AROUND])
    return Pair(
        id=sentence.id,
        source=source,
        target=target,
        terms=uses(source, glossary),
        kind=sentence.kind,
        published=article.published,
        around=tuple((other.id, plain(other.text)) for other in others),
    )


def assessed(article: Article, texts: Mapping[str, str], glossary: Glossary = NO_TERMS) -> dict[str, Assessment]:
    """Return what the checks say of English texts, by sentence id."""
    return dict(zip(texts, assess(pairs(article, texts, glossary)), strict=True))


def pairs(article: Article, texts: Mapping[str, str], glossary: Glossary = NO_TERMS) -> list[Pair]:
    """Return what the checks look at, in the order of the texts, which are given by sentence id."""
    return reuse.among(
        [pair(article, article.sentence(sentence_id), text, glossary) for sentence_id, text in texts.items()]
    )
