"""Sentences → English segments, by sentence id: every id once, checked, repaired, never hidden when missing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from . import choice, prompts
from .article import Article, Sentence, plain
from .checks import Pair, reuse
from .concurrency import pooled
from .confidence import Assessment, assess
from .document import Segment, Translation
from .errors import ContentFilteredError, ContextTooLongError, EndpointError, InvalidAnswerError, TruncatedError
from .findings import Finding
from .llm.gate import CHARS_PER_TOKEN
from .llm.model import Completion, Message, Model
from .llm.wire import keyed
from .progress import Progress, silent
from .providers import Effort
from .terms.glossary import NO_TERMS, Glossary
from .terms.matching import hints, uses
from .terms.memory import Memory

PIECE_SENTENCES = 25
"""Sentences in one request at most: small enough for a few requests to run side by side."""
NEIGHBOURS = 3
"""Sentences before and after a piece that are shown as context."""
ROUNDS: Mapping[Effort, tuple[int, ...]] = {"fast": (), "normal": (8, 8), "best": (16,)}
"""Samples that a completion model's likeliest answer is compared with; at `normal` a round only while the best is doubtful."""
SAMPLE_TEMPERATURE = 0.5
"""Measured: at 0.8 samples are worse throughout."""

HOPELESS = 5
"""Single sentences that fail before any succeeds, after which no more is asked: an endpoint that never gives an
answer of the right shape would otherwise be asked about every sentence, each with its re-asks. After as many answers
that a content filter stopped, and no text, sentences from the whole article are tried before more is asked."""
SAMPLE = 10
"""Sentences that are tried then."""

ABOUT_THE_TEXT = (TruncatedError, ContextTooLongError, ContentFilteredError, InvalidAnswerError)
"""Failures that another piece of text need not meet."""

Advance = Callable[[Mapping[str, str]], None]
"""Takes new English by sentence id."""

OnSegment = Callable[[Sentence, Segment, tuple[Finding, ...]], None]
"""Called once a sentence, in the article's order, as soon as it and all before it are translated and checked (or given
up): with the sentence, its segment and the findings about it. A repair may still better it. Must be fast and must not raise."""

WORTH_OF_A_TERM = 0.05
"""Confidence that may be lost for a term that the glossary demands: less than a doubtful sentence lacks."""
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


Assess = Callable[[Sequence[Pair]], Awaitable[list[Assessment]]]
"""Runs the checks on pairs, as `confidence.assess`."""


async def _assess_here(pairs: Sequence[Pair]) -> list[Assessment]:
    return assess(pairs)


async def translate(
    draft: Draft,
    model: Model,
    *,
    repairs: int,
    effort: Effort = "normal",
    assess: Assess = _assess_here,
    progress: Progress = silent,
    on_segment: OnSegment | None = None,
) -> None:
    """Fill `draft` with a checked translation of its article.

    A model that follows instructions is asked again for sentences with an error-level finding, with the reason, up to
    `repairs` rounds; the version with the higher confidence is kept. One that only continues text gives several
    versions of a sentence from the outset, as `effort` says, and the best is chosen.
    What stays without a text is listed in `draft.failures`.

    Raises:
        SetupError: If the model cannot be used at all.
    """
    done = told = 0
    total = len(draft.article.sentences)

    def tell() -> None:
        nonlocal told
        for sentence in draft.ready(told) if on_segment else ():
            assert on_segment is not None  # noqa: S101  # for mypy
            on_segment(sentence, *draft.segment(sentence))
            told += 1

    def advance(texts: Mapping[str, str]) -> None:
        nonlocal done
        draft.texts.update(texts)
        done += len(texts)
        progress("translating", done, total)
        tell()

    draft.remember()
    advance(dict(draft.texts))
    wanted = [sentence for sentence in draft.article.sentences if sentence.id not in draft.texts]
    if model.style == "completion":
        await _by_example(draft, model, wanted, effort, advance)
    else:
        await _by_piece(draft, model, wanted, {}, advance)
    await _assess_all(draft, assess)
    tell()  # of those that were given up last
    for _ in range(repairs if model.style != "completion" else 0):
        if not await _repair(draft, model, assess, progress):
            break
        await _assess_all(draft, assess)


async def _assess_all(draft: Draft, assess: Assess) -> None:
    """Let the checks see the texts that they have not seen, and once more those whose English others have, or had, too."""
    texts = (Pair(key, draft.article.sentence(key).text, text) for key, text in draft.texts.items())
    again = {one.id for one in reuse.among(list(texts)) if one.twins}
    again |= {
        key for key, seen in draft.assessments.items() if any(found.code == reuse.CODE for found in seen.findings)
    }
    for sentence_id in again:
        draft.assessments.pop(sentence_id, None)
    draft.assessments.update(await _assessments(draft, draft.unseen(), assess))


async def _repair(draft: Draft, model: Model, assess: Assess, progress: Progress) -> bool:
    """Translate sentences with errors again and keep what is better; tell whether anything became better."""
    reasons = {
        sentence_id: " ".join(errors)
        for sentence_id, assessment in draft.assessments.items()
        if sentence_id not in draft.remembered  # what a person wrote is checked, not rewritten
        if (errors := [finding.message for finding in assessment.findings if finding.severity == "error"])
    }
    if not reasons:
        return False
    progress("repairing", 0, len(reasons))
    again: dict[str, str] = {}
    # A repair that fails is no failure of the draft: the first version stands, with its findings.
    attempt = replace(draft, failures={})
    sentences = [sentence for sentence in draft.article.sentences if sentence.id in reasons]
    await _by_piece(attempt, model, sentences, reasons, again.update)
    model.meter.repairs += len(again)
    better = False
    for sentence_id, assessment in (await _assessments(draft, again, assess)).items():
        if _is_better(assessment, draft.assessments[sentence_id]):
            draft.texts[sentence_id], draft.assessments[sentence_id] = again[sentence_id], assessment
            better = True
    progress("repairing", len(reasons), len(reasons))
    return better


async def _assessments(draft: Draft, texts: Mapping[str, str], assess: Assess) -> dict[str, Assessment]:
    found = await assess(pairs(draft.article, texts, draft.glossary))
    return dict(zip(texts, found, strict=True))


def _is_better(new: Assessment, old: Assessment) -> bool:
    """Tell whether a second version is to be kept: by the glossary first, of which the confidence knows nothing."""
    before, after = (
        sum(finding.severity == "error" and finding.code.startswith("terminology.") for finding in item.findings)
        for item in (old, new)
    )
    allowance = WORTH_OF_A_TERM if after < before else 0.0
    return after <= before and new.confidence + allowance > old.confidence


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


# --- models that follow instructions: pieces of sentences, structured answers


async def _by_piece(
    draft: Draft, model: Model, sentences: Sequence[Sentence], reasons: Mapping[str, str], advance: Advance
) -> None:
    pieces = _pieces(sentences, model.context_tokens)
    await pooled((partial(_piece, draft, model, piece, reasons, advance) for piece in pieces), model.concurrency)


async def _piece(
    draft: Draft,
    model: Model,
    piece: Sequence[Sentence],
    reasons: Mapping[str, str],
    advance: Advance,
    neighbours: int = NEIGHBOURS,
) -> None:
    """Translate one piece; split it when the answer is cut off, too long or filtered, down to single sentences."""
    if draft.down:
        draft.fail(piece, draft.down)
        return
    try:
        texts = await _ask(draft, model, piece, reasons, neighbours)
    except EndpointError as error:
        if isinstance(error, ContentFilteredError):
            neighbours = 0  # what the filter objects to may stand in them
            await _try_elsewhere(draft, model)
        if len(piece) == 1 or not isinstance(error, ABOUT_THE_TEXT):
            draft.fail(piece, error)
            return
        middle = len(piece) // 2
        for half in (piece[:middle], piece[middle:]):
            await _piece(draft, model, half, reasons, advance, neighbours)
        return
    advance(texts)
    empty = [sentence for sentence in piece if sentence.id not in texts]
    if not empty:
        return
    if len(piece) == 1:
        draft.fail(piece, InvalidAnswerError(f"{model.name!r} answered with an empty text."))
        return
    for sentence in empty:
        await _piece(draft, model, [sentence], reasons, advance, neighbours)


async def _try_elsewhere(draft: Draft, model: Model) -> None:
    """Give the article up if a filter has stopped every answer until now and stops sentences from all over it too.

    Splitting a piece of n filtered sentences costs 2n-1 requests: worth it to find the few, not to find them all.
    """
    draft.filtered += 1
    sentences = draft.article.sentences
    if draft.texts or draft.filtered != HOPELESS or len(sentences) <= HOPELESS + SAMPLE:
        return
    for part in range(SAMPLE):
        sentence = sentences[(2 * part + 1) * len(sentences) // (2 * SAMPLE)]
        try:
            await _ask(draft, model, [sentence], {}, neighbours=0)
        except ContentFilteredError as error:
            last = error
        except EndpointError:
            return
        else:
            return
    reason = str(last).removesuffix(".")
    draft.down = ContentFilteredError(f"{reason}, as for all that was tried, so the rest was not sent.")


async def _ask(
    draft: Draft, model: Model, piece: Sequence[Sentence], reasons: Mapping[str, str], neighbours: int
) -> dict[str, str]:
    """Return the English of a piece by id, without those that came back empty."""
    article = draft.article
    ids = tuple(sentence.id for sentence in piece)
    first, last = (int(ids[index][1:]) - 1 for index in (0, -1))
    messages = prompts.of(model, "translate").render(
        fence=prompts.fence(article),
        lines=prompts.numbered(piece),
        before=prompts.numbered(article.sentences[max(0, first - neighbours) : first]),
        after=prompts.numbered(article.sentences[last + 1 : last + 1 + neighbours]),
        terms=hints([(sentence.id, plain(sentence.text)) for sentence in piece], draft.glossary),
        examples=draft.memory.examples(sentence.text for sentence in piece) if draft.memory else [],
        reasons={sentence_id: reasons[sentence_id] for sentence_id in ids if sentence_id in reasons},
    )
    schema = keyed("Translation", ids, "The English of each sentence under its id.")
    answer = await model.extract(messages, schema, max_tokens=_output_tokens(item.text for item in piece))
    texts = {sentence_id: " ".join(text.split()) for sentence_id, text in answer.model_dump().items()}
    return {sentence_id: text for sentence_id, text in texts.items() if text}


def _pieces(sentences: Sequence[Sentence], context_tokens: int) -> list[Sequence[Sentence]]:
    """Cut into runs that fit: prompt and neighbours take about 1,500 tokens, source and target share the rest."""
    room = max(200.0, (context_tokens - 1500) / 2.5)
    pieces: list[Sequence[Sentence]] = []
    piece: list[Sentence] = []
    used = 0.0
    for sentence in sentences:
        tokens = _tokens(sentence.text)
        if piece and (len(piece) == PIECE_SENTENCES or used + tokens > room):
            pieces.append(piece)
            piece, used = [], 0.0
        piece.append(sentence)
        used += tokens
    return [*pieces, piece] if piece else pieces


def _tokens(text: str) -> float:
    return len(text) / CHARS_PER_TOKEN + 8


def _output_tokens(texts: Iterable[str]) -> int:
    """Return a limit that a right answer to these texts stays below and a loop does not."""
    return 64 + round(1.5 * sum(map(_tokens, texts)))


# --- models that only continue text: few-shot, sentence by sentence

_LINE_END = ("\n",)


async def _by_example(
    draft: Draft, model: Model, sentences: Sequence[Sentence], effort: Effort, advance: Advance
) -> None:
    calls = (partial(_example, draft, model, sentence, effort, advance) for sentence in sentences)
    await pooled(calls, model.concurrency)


async def _example(draft: Draft, model: Model, sentence: Sentence, effort: Effort, advance: Advance) -> None:
    """Translate one sentence: the likeliest continuation, or what is chosen among it and samples."""
    if draft.down:
        draft.fail([sentence], draft.down)
        return
    examples = draft.memory.near(sentence.text) if draft.memory else []
    messages = prompts.of(model, "translate").render(sentence=sentence.text, examples=examples)
    pool = _Pool(draft, sentence)
    try:
        pool.add([await likeliest(model, messages, sentence.text, compared=bool(ROUNDS[effort]))])
        drawn = 0
        for count in ROUNDS[effort]:
            if effort == "normal" and pool.sure():
                break
            pool.add(await samples(model, messages, sentence.text, count, after=drawn))
            drawn += count
    except EndpointError as error:
        draft.fail([sentence], error)
        return
    if pool.candidates:
        advance({sentence.id: pool.best().text})
    else:
        draft.fail([sentence], InvalidAnswerError(f"{model.name!r} answered with an empty text."))


class _Pool:
    """The candidates for one sentence, without empty ones, and what the checks say of them once that is asked."""

    def __init__(self, draft: Draft, sentence: Sentence) -> None:
        self.candidates: list[Completion] = []
        self._pair = partial(pair, draft.article, sentence, glossary=draft.glossary)
        self._pairs: list[Pair] = []
        self._assessments: list[Assessment] = []

    def add(self, completions: Iterable[Completion]) -> None:
        self.candidates += [completion for completion in completions if completion.text]

    def best(self) -> Completion:
        """Return the best of the candidates, of which there must be one; a single one is not looked at."""
        return self.candidates[self._best() if len(self.candidates) > 1 else 0]

    def sure(self) -> bool:
        """Tell whether the best so far is likely right."""
        return bool(self.candidates) and choice.sure(self._assessments[self._best()])

    def _best(self) -> int:
        new = [self._pair(target=candidate.text) for candidate in self.candidates[len(self._pairs) :]]
        self._pairs += new
        self._assessments += assess(new)
        return choice.best(self._pairs, self._assessments, [candidate.logprob for candidate in self.candidates])


async def likeliest(model: Model, messages: Sequence[Message], source: str, *, compared: bool = True) -> Completion:
    """Return the English that a completion model holds likeliest after a prompt that ends with this German.

    Its log-probability comes with it only if it may be compared with samples.
    """
    limit = _output_tokens([source])
    return await model.complete(messages, max_tokens=limit, stop=_LINE_END, logprob=compared)


async def samples(
    model: Model, messages: Sequence[Message], source: str, count: int, *, after: int = 0
) -> list[Completion]:
    """Return `count` samples, other ones than the first `after`."""
    limit = _output_tokens([source])
    return await model.sample(
        messages, count, after=after, max_tokens=limit, temperature=SAMPLE_TEMPERATURE, stop=_LINE_END
    )
