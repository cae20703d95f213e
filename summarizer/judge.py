"""A second opinion, if it is asked for: the configured model judges the sentences that the checks doubt.

Its verdicts become findings of their own (`judge.*`). They take no finding of a check away, since a model that translated
wrongly may find nothing wrong with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal

from pydantic import BaseModel

from . import prompts
from .article import Article, plain
from .concurrency import together
from .confidence import doubtful
from .document import Document, Translation
from .errors import EndpointError, SetupError
from .findings import Finding, Severity
from .llm.gate import CHARS_PER_TOKEN
from .llm.model import Model
from .llm.wire import keyed
from .pieces import cut

AT_ONCE: Final = 60
"""Sentences in one request at most; an article seldom has more doubtful ones."""
LONGEST_REASON: Final = 300
_PROMPT_TOKENS: Final = 800
_ANSWER_TOKENS: Final = 60

_SEVERITY: Final[dict[str, Severity]] = {"wrong": "error", "unsure": "warning", "right": "info"}
_SAYS: Final = {
    "wrong": "The judging model finds it wrong",
    "unsure": "The judging model is not sure",
    "right": "The judging model finds nothing wrong",
}


class Verdict(BaseModel):
    """What the model says of one translation."""

    verdict: Literal["right", "wrong", "unsure"]
    reason: str


def ensure_can_judge(model: Model) -> None:
    """Raise SetupError if the model only continues text."""
    if model.style == "completion":
        raise SetupError(
            f"{model.name!r} cannot judge: --judge needs a model that follows instructions (see `brief models`)."
        )


async def judge(article: Article, doubtful: Sequence[tuple[str, str]], model: Model) -> list[Finding]:
    """Return what the model says of doubtful translations, a finding for each; one about the document if it fails.

    Args:
        article: What was translated.
        doubtful: Sentence ids with their English, in order. None: nothing is asked.
        model: One that follows instructions; asked once, unless the sentences do not fit its context.
    """
    answers = await together(_piece(article, piece, model) for piece in _pieces(article, doubtful, model))
    return [finding for findings in answers for finding in findings]


async def judge_document(document: Document[Any], model: Model) -> Document[Any]:
    """Return a document with what the model says of its doubtful sentences; an earlier judge's word makes way.

    Which model judged stands in the provenance: it need not be the one that translated.

    Raises:
        SetupError: If the model only continues text.
    """
    ensure_can_judge(model)
    kept = tuple(finding for finding in document.findings if not finding.code.startswith("judge."))
    document = _unjudged(document, kept)
    segments = document.translation.segments if document.translation else ()
    wanted = [(segment.id, segment.text) for segment in segments if segment.text and segment.status == "doubtful"]
    findings = (*kept, *await judge(document.article, wanted, model))
    use, provenance = prompts.of(model, "judge").use, document.provenance
    provenance = provenance.model_copy(
        update={
            "prompts": (*(other for other in provenance.prompts if other.name != use.name), use),
            "parameters": {**provenance.parameters, "judge_model": model.name},
        }
    )
    return document.revised(findings=findings, provenance=provenance)


def _unjudged(document: Document[Any], kept: tuple[Finding, ...]) -> Document[Any]:
    """Return the document with these findings alone; a sentence that only others made doubtful is so no more."""
    document = document.model_copy(update={"findings": kept})
    if document.translation is None:
        return document
    found = document.findings_by_place()
    segments = tuple(
        segment
        if segment.confidence is None or doubtful(found.get(segment.id, ()), segment.confidence)
        else segment.model_copy(update={"status": "ok"})
        for segment in document.translation.segments
    )
    return document.model_copy(update={"translation": Translation(segments=segments)})


async def _piece(article: Article, piece: Sequence[tuple[str, str]], model: Model) -> list[Finding]:
    ids = tuple(sentence_id for sentence_id, _ in piece)
    lines = "\n".join(_line(article, *pair) for pair in piece)
    messages = prompts.of(model, "judge").render(fence=prompts.fence(article), lines=lines)
    schema = keyed("Judgement", ids, "The verdict on each translation under its id.", Verdict)
    try:
        answer = await model.extract(messages, schema, max_tokens=200 + 2 * _ANSWER_TOKENS * len(piece))
    except EndpointError as error:
        message = f"The sentences {', '.join(ids)} could not be judged: {error}"
        return [Finding(code="judge.missing", severity="warning", where="document", message=message)]
    return [_finding(sentence_id, Verdict(**verdict)) for sentence_id, verdict in answer.model_dump().items()]


def _line(article: Article, sentence_id: str, english: str) -> str:
    # The model that wrote the English has seen the fence, so an article may have talked it into writing that.
    english = plain(english).replace(prompts.fence(article), "")
    return f"[{sentence_id}] {plain(article.sentence(sentence_id).text)} => {english}"


def _finding(sentence_id: str, verdict: Verdict) -> Finding:
    reason = " ".join(verdict.reason.split())[:LONGEST_REASON]
    return Finding(
        code=f"judge.{verdict.verdict}",
        severity=_SEVERITY[verdict.verdict],
        where=sentence_id,
        message=f"{_SAYS[verdict.verdict]}{f': {reason}' if reason else '.'}",
    )


def _pieces(article: Article, doubtful: Sequence[tuple[str, str]], model: Model) -> list[Sequence[tuple[str, str]]]:
    """Cut into runs that fit: one, for nearly every article."""
    room = max(400.0, model.context_tokens - _PROMPT_TOKENS)
    return cut(doubtful, lambda pair: _tokens(_line(article, *pair)), room=room, at_most=AT_ONCE)


def _tokens(line: str) -> float:
    return len(line) / CHARS_PER_TOKEN + _ANSWER_TOKENS
