"""Sentences → English segments, by sentence id: every id once, checked, repaired, never hidden when missing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from . import prompts
from .article import Sentence, plain
from .checks import Pair, reuse
from .concurrency import pooled
from .confidence import Assessment, assess
from .continuation import by_example
from .document import Segment
from .draft import ABOUT_THE_TEXT, HOPELESS, Advance, Draft, pairs
from .errors import ContentFilteredError, EndpointError, InvalidAnswerError
from .findings import Finding
from .llm.model import Model
from .llm.wire import keyed
from .pieces import answer_tokens, cut, tokens_of
from .progress import Progress, silent
from .providers import Effort
from .terms.matching import hints

PIECE_SENTENCES = 25
"""Sentences in one request at most: small enough for a few requests to run side by side."""
NEIGHBOURS = 3
"""Sentences before and after a piece that are shown as context."""
SAMPLE = 10
"""Sentences from all over an article that are tried before it is given up for a content filter."""

OnSegment = Callable[[Sentence, Segment, tuple[Finding, ...]], None]
"""Called once a sentence, in the article's order, as soon as it and all before it are translated and checked (or given
up): with the sentence, its segment and the findings about it. A repair may still better it. Must be fast and must not raise."""

WORTH_OF_A_TERM = 0.05
"""Confidence that may be lost for a term that the glossary demands: less than a doubtful sentence lacks."""

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
        await by_example(draft, model, wanted, effort, advance)
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


# --- pieces of sentences, structured answers


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
    answer = await model.extract(messages, schema, max_tokens=answer_tokens(item.text for item in piece))
    texts = {sentence_id: " ".join(text.split()) for sentence_id, text in answer.model_dump().items()}
    return {sentence_id: text for sentence_id, text in texts.items() if text}


def _pieces(sentences: Sequence[Sentence], context_tokens: int) -> list[Sequence[Sentence]]:
    """Cut into runs that fit: prompt and neighbours take about 1,500 tokens, source and target share the rest."""
    room = max(200.0, (context_tokens - 1500) / 2.5)
    return cut(sentences, lambda sentence: tokens_of(sentence.text), room=room, at_most=PIECE_SENTENCES)
