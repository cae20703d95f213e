"""article → Document: the stages in order. The command, the batch and the tests all call `run`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Literal, Self

from . import __version__, kinds, prompts
from .article import Article, Source
from .brief import write_brief
from .checkers import HERE, Checker
from .concurrency import together
from .confidence import checks_available
from .document import SCHEMA_VERSION, Document, PromptUse, Provenance, Translation, Usage, content_hash
from .draft import Draft
from .errors import BriefError, EndpointError
from .extract import extract_brief
from .findings import Finding
from .items import Brief
from .judge import ensure_can_judge, judge
from .language import ensure_german
from .lexicon import words
from .llm.model import Model
from .progress import Progress, silent
from .providers import Effort
from .segment import to_article
from .settings import Settings
from .suitability import ensure_article
from .support import Support, support_of
from .terms import memory
from .terms.glossary import Glossary, builtin, glossary
from .terms.memory import Memory
from .translate import OnSegment, translate

Task = Literal["both", "translate", "brief"]


@dataclass(frozen=True, slots=True)
class Options:
    """What is wanted of an article.

    Attributes:
        kind: The kind of brief: a name, a file, or `module:Class` (see `kinds`).
        kinds_dir: A user's folder of kinds, which win over those of the same name.
        task: `both`, only the translation (`translate`), or only the brief (`brief`).
        force: Go on although the text is not German, or no article (a cookie wall, a paywall's stub).
        repairs: Rounds of translating sentences again that a check objects to.
        effort: How many candidates a sentence is chosen from if the model only continues text.
        judge: Whether the model judges the sentences that are doubtful then, in one more request.
        glossary: Terms that are hinted at and checked.
        memory: Sentences that people have translated before.
    """

    kind: str = kinds.DEFAULT
    kinds_dir: Path | None = None
    task: Task = "both"
    force: bool = False
    repairs: int = 2
    effort: Effort = "normal"
    judge: bool = False
    glossary: Glossary = field(default_factory=builtin)
    memory: Memory | None = None

    @classmethod
    def of(cls, settings: Settings, *, task: Task = "both", force: bool = False) -> Self:
        """Return what the settings want of an article.

        Raises:
            InputError: The glossary or the translation memory cannot be read.
            SetupError: The extra `terms` is missing and one of them needs it.
        """
        return cls(
            kind=settings.kind,
            kinds_dir=settings.kinds_dir,
            task=task,
            force=force,
            repairs=settings.repairs,
            effort=settings.effort,
            judge=settings.judge,
            glossary=glossary(settings.glossary, with_builtin=settings.builtin_glossary),
            memory=memory.load(settings.memory) if settings.memory else None,
        )


def prepare(source: Source, options: Options = Options()) -> Article:  # frozen
    """Return the segmented article; nothing is asked of a model.

    Raises:
        InputError: If the text holds no words; or, unless `options.force` is set, if it is not German
            (`NotGermanError`) or no article (`NotAnArticleError`).
    """
    ensure_article(source, force=options.force)
    language = ensure_german(source, force=options.force)
    words.load_german()  # for the glossary hints of the first request, while the model is opened
    return to_article(source, language)


LOADING_AFTER = 0.2
"""Seconds until what the checks need is loaded: by then the first requests are on their way, and it holds nothing up."""


async def run(
    article: Article,
    model: Model,
    options: Options = Options(),  # frozen
    *,
    checker: Checker = HERE,
    progress: Progress = silent,
    on_segment: OnSegment | None = None,
    on_partial: Callable[[Document[Any]], None] | None = None,
) -> Document[Any]:
    """Return the document of one article.

    A sentence or a brief that could not be had is named in the document's findings, and `complete` is False.

    Args:
        article: What `prepare` returns.
        model: An open model; the document's usage counts this article only.
        options: What is wanted.
        checker: Who runs the checks.
        progress: Told how far the work is.
        on_segment: Given each sentence's translation while the rest is under way.
        on_partial: Given what is done, if anything is, when the work ends early: the task is cancelled, e.g. by Ctrl-C, or
            the model cannot be used any more. What ended it is raised then.

    Raises:
        InputError: If there is no such kind.
        SetupError: If the model cannot be used.
        EndpointError: If the endpoint gave nothing at all; its `usage` is what that took.
    """
    kind = kinds.load(options.kind, options.kinds_dir)
    if options.judge:
        ensure_can_judge(model)
    loading = asyncio.get_running_loop().call_later(LOADING_AFTER, checker.load, article)
    work = _Work(article, model.for_article(), kind, options, checker, on_segment)
    try:
        await work.do(progress)
    except (asyncio.CancelledError, BriefError) as error:
        if isinstance(error, BriefError):
            error.usage = work.usage()
        if on_partial is not None and work.has_begun():
            on_partial(work.document())
        raise
    finally:
        loading.cancel()
    return work.document()


class _Work:
    """One article under way; `document` gives what is there at any moment."""

    def __init__(
        self,
        article: Article,
        model: Model,
        kind: type[Brief],
        options: Options,
        checker: Checker,
        on_segment: OnSegment | None,
    ) -> None:
        self.article = article
        self.checker = checker
        self.on_segment = on_segment if options.task != "brief" else None
        self.model = model
        self.kind = kind
        self.options = options
        self.draft = Draft(article, glossary=options.glossary, memory=options.memory)
        self.brief: Brief | None = None
        self.support: Support | None = None
        self.judged: list[Finding] = []
        self.findings: list[Finding] = []
        self.failure: EndpointError | None = None
        self.extractive = model.style == "completion"

    async def do(self, progress: Progress) -> None:
        """Translate and brief. A brief that a model writes needs no translation, so both run side by side."""
        if self.extractive or self.options.task == "translate":
            await self._translate(progress)
            if self.options.task != "translate":
                await self._brief(progress)
        elif self.options.task == "brief":
            await self._brief(progress)
        else:
            await together([self._translate(progress), self._brief(progress)])
        if not self.draft.texts and self.brief is None:
            raise (
                next(iter(self.draft.failures.values()), None) or self.failure or EndpointError("Nothing was obtained.")
            )
        if self.brief is not None:
            self.support = await self.checker.support(self.brief, self.article, self._translated()[0])

    async def _translate(self, progress: Progress) -> None:
        options, assess = self.options, partial(self.checker.assess, self.article)
        await translate(
            self.draft,
            self.model,
            repairs=options.repairs,
            effort=options.effort,
            assess=assess,
            progress=progress,
            on_segment=self.on_segment,
        )
        if self.options.judge:
            doubtful = [(key, text) for key, text in self.draft.texts.items() if self.draft.assessed(key).doubtful]
            doubtful.sort(key=lambda pair: int(pair[0][1:]))
            self.judged = await judge(self.article, doubtful, self.model)

    async def _brief(self, progress: Progress) -> None:
        progress("briefing", 0, 1)
        try:
            if self.extractive:
                self.brief = await extract_brief(self.draft, self.model, self.kind)
            else:
                self.brief = await write_brief(self.article, self.model, self.kind)
        except EndpointError as error:
            self.failure = error
            self.findings.append(
                Finding(code="brief.missing", severity="error", where="document", message=f"There is no brief: {error}")
            )
        progress("briefing", 1, 1)

    def _translated(self) -> tuple[Translation | None, tuple[Finding, ...]]:
        return self.draft.result() if self.options.task != "brief" else (None, ())

    def has_begun(self) -> bool:
        """Tell whether anything is done that is worth keeping."""
        return bool(self.draft.texts) or self.brief is not None

    def document(self) -> Document[Any]:
        """Return the document as it stands; checks that have not come to an end, as after Ctrl-C, run here and now."""
        translation, findings = self._translated()
        support = self.support
        if support is None:
            support = support_of(self.brief, self.article, translation) if self.brief is not None else Support()
        notes = (
            Finding(code="source.note", severity="info", where="document", message=note) for note in self.article.notes
        )
        findings = (*findings, *self.judged, *support.findings, *self.findings, *notes)
        wanted = self.options.task != "translate"
        complete = (translation is None or all(segment.text is not None for segment in translation.segments)) and (
            self.brief is not None or not wanted
        )
        kind = self.kind.kind_name if wanted else None
        document: Any = Document[self.kind]  # type: ignore[name-defined]  # the kind is a value here
        return document(  # type: ignore[no-any-return]
            schema_version=SCHEMA_VERSION,
            id=content_hash(self.article, translation, kind, self.brief, findings),
            complete=complete,
            article=self.article,
            translation=translation,
            kind=kind,
            kind_version=self.kind.kind_version if wanted else None,
            brief=self.brief,
            support=support.items,
            findings=findings,
            provenance=self._provenance(),
            usage=self.usage(),
        )

    def usage(self) -> Usage:
        """Return what was taken so far."""
        return self.model.meter.usage(self.model.name, self.model.endpoint)

    def _provenance(self) -> Provenance:
        model, wanted = self.model, self.options.task != "translate"
        return Provenance(
            program=f"brief {__version__}",
            provider=model.provider.name,
            endpoint=model.endpoint,
            model=model.name,
            model_sha256=model.sha256,
            quality=model.quality,
            method="none" if not wanted else "extractive" if self.extractive else "abstractive",
            mode="text" if self.extractive else model.mode,
            prompts=templates(model, self.options),
            schema_sha256=kinds.schema_hash(self.kind) if wanted else None,
            parameters=parameters(model, self.options),
            checks=checks_available(),
            created=datetime.now(UTC),
        )


def templates(model: Model, options: Options) -> tuple[PromptUse, ...]:
    """Return the templates that a model is asked with."""
    extractive = model.style == "completion"
    used: list[prompts.Prompt] = []
    if options.task != "brief" or extractive:
        used.append(prompts.of(model, "translate"))
    if options.judge and options.task != "brief":
        used.append(prompts.of(model, "judge"))
    if options.task != "translate" and extractive and not model.translates_only:
        used.append(prompts.of(model, "headline"))
    elif options.task != "translate" and not extractive:
        used.extend([prompts.for_kind(kinds.load(options.kind, options.kinds_dir), model), prompts.of(model, "merge")])
    return tuple(prompt.use for prompt in used)


def parameters(model: Model, options: Options) -> dict[str, float | int | str | None]:
    """Return what else changes the answer: numbers, and the hashes of glossary and memory."""
    return {
        "temperature": model.temperature,
        "context_tokens": model.context_tokens,
        "repairs": options.repairs,
        "effort": options.effort if model.style == "completion" else None,
        "reasks": model.reasks,
        "glossary_sha256": options.glossary.sha256,
        "memory_sha256": options.memory.sha256 if options.memory else None,
    }
