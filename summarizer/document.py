"""What comes out: one document an article, versioned, with provenance and usage."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Annotated, Any, Final, Generic, Literal, Self

from pydantic import Field, SerializeAsAny, model_validator
from typing_extensions import TypeVar

from .article import Article, Frozen, SentenceId
from .findings import Finding
from .items import Brief

SCHEMA_VERSION: Final = "1.0"

SegmentStatus = Literal["ok", "doubtful", "missing"]
Origin = Literal["model", "memory", "person"]
Probability = Annotated[float, Field(ge=0, le=1)]

K = TypeVar("K", bound=Brief, default=Brief)


class Segment(Frozen):
    """The English of one sentence."""

    id: SentenceId
    text: str | None = Field(description="The English text; null if no translation was obtained.")
    status: SegmentStatus = Field(
        description="`ok`: no check objects. `doubtful`: a finding above `info` names this id, or the confidence is "
        "below 0.7. `missing`: no text."
    )
    confidence: Probability | None = Field(
        default=None,
        description="How likely the English says what the German says, 0 to 1 (docs/confidence.md); "
        "null if there is no text.",
    )
    origin: Origin = Field(
        default="model",
        description="Who wrote the English: the `model`, a translation `memory`, or a `person` who reviewed it.",
    )

    @model_validator(mode="after")
    def _text_or_missing(self) -> Self:
        if (self.status == "missing") != (self.text is None):
            raise ValueError("a segment has a text unless its status is missing")
        if self.text is None and self.confidence is not None:
            raise ValueError("a segment without a text has no confidence")
        return self


class Translation(Frozen):
    """The translation, one segment a sentence, in the article's order, with the same ids."""

    segments: tuple[Segment, ...]

    def text(self, sentence_id: str) -> str | None:
        """Return the English of a sentence, or None if it is missing; raises KeyError if there is no such id."""
        segment = self.segments[int(sentence_id[1:]) - 1]
        if segment.id != sentence_id:
            raise KeyError(sentence_id)
        return segment.text


class ItemSupport(Frozen):
    """How well the evidence of one item of the brief bears it."""

    where: str = Field(pattern=r"^/", description="JSON pointer into the brief, e.g. /key_points/0.")
    status: Literal["ok", "doubtful"] = Field(
        description="`doubtful`: a finding above `info` names the item, or the confidence is below 0.7."
    )
    confidence: Probability = Field(
        description="How likely the evidence says what the item says, 0 to 1 (docs/confidence.md)."
    )
    similarity: float | None = Field(
        default=None,
        ge=-1,
        le=1,
        description="Cosine of the item's meaning to that of its evidence, by sentence vectors; null without them, "
        "and for items that say no sentence, such as a name.",
    )


class PromptUse(Frozen):
    """A template that took part."""

    name: str
    version: str
    sha256: str = Field(description="Of the template file as it was used.")


class Provenance(Frozen):
    """Where the English comes from."""

    program: str = Field(description="Name and version of this program.")
    provider: str = Field(description="The provider profile, e.g. openai, ollama, embedded.")
    endpoint: str = Field(description="Base URL without credentials; `in-process` for the built-in model.")
    model: str
    model_sha256: str | None = Field(default=None, description="Of the weights, where they are a local file.")
    quality: Literal["demo", "unrated"] = Field(
        description="`demo`: a model known to be too small for work; show, do not forward."
    )
    method: Literal["abstractive", "extractive", "none"] = Field(
        description="Whether the model wrote the brief, or it was put together from the article's sentences."
    )
    mode: str = Field(description="How structure was asked for: json_schema, tools, json or text.")
    prompts: tuple[PromptUse, ...]
    schema_sha256: str | None = Field(default=None, description="Of the JSON Schema of the brief's kind.")
    parameters: dict[str, float | int | str | None] = Field(description="What changes the answer.")
    checks: tuple[str, ...] = Field(description="The checks that ran.")
    created: datetime = Field(description="UTC.")


class Cost(Frozen):
    """What the provider charges, by published prices."""

    amount: float = Field(ge=0)
    currency: Literal["USD"] = "USD"
    price_source: str


class Usage(Frozen):
    """What the document took; failed attempts included."""

    requests: int = Field(default=0, ge=0, description="HTTP requests sent, with those that failed.")
    retries: int = Field(default=0, ge=0, description="Requests sent again after a transport failure.")
    reasks: int = Field(default=0, ge=0, description="Requests sent again because an answer did not fit the schema.")
    repairs: int = Field(default=0, ge=0, description="Sentences translated again because a check objected.")
    cached_answers: int = Field(
        default=0, ge=0, description="Answers taken from the cache of answers: no request, no tokens."
    )
    input_tokens: int = Field(default=0, ge=0)
    output_tokens: int = Field(default=0, ge=0)
    cached_tokens: int = Field(default=0, ge=0, description="Of the input tokens, those read from a cache.")
    seconds: float = Field(
        default=0.0,
        ge=0,
        description="Wall time from article to document, without reading its source and opening the model.",
    )
    model_seconds: float = Field(default=0.0, ge=0, description="Of these, waiting for the model.")
    cost: Cost | None = Field(default=None, description="Null if the price is not known.")


class Document(Frozen, Generic[K]):
    """A German article, its English translation and its brief."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    id: str = Field(
        pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the content: the same article and answers give the same id."
    )
    complete: bool = Field(description="False if a sentence has no translation or the brief was not obtained.")
    article: Article
    translation: Translation | None = Field(description="Null if only a brief was asked for.")
    kind: str | None = Field(description="The kind of the brief.")
    kind_version: str | None = Field(default=None, description="The version of that kind's shape.")
    brief: SerializeAsAny[K] | None = Field(description="Null if only a translation was asked for.")
    support: tuple[ItemSupport, ...] = Field(default=(), description="One for each item of the brief, in its order.")
    findings: tuple[Finding, ...]
    provenance: Provenance
    usage: Usage

    def findings_at(self, where: str) -> tuple[Finding, ...]:
        """Return the findings about a sentence id or a JSON pointer."""
        return tuple(finding for finding in self.findings if finding.where == where)

    def findings_by_place(self) -> dict[str, tuple[Finding, ...]]:
        """Return the findings by what they are about: for whoever goes through a whole document."""
        found: dict[str, list[Finding]] = {}
        for finding in self.findings:
            found.setdefault(finding.where, []).append(finding)
        return {where: tuple(findings) for where, findings in found.items()}

    def revised(self, **changes: Any) -> Self:
        """Return the document with other fields, and the id of what it holds then."""
        new = self.model_copy(update=changes)
        number = content_hash(new.article, new.translation, new.kind, new.brief, new.findings)
        return new.model_copy(update={"id": number})


def content_hash(
    article: Article,
    translation: Translation | None,
    kind: str | None,
    brief: Brief | None,
    findings: tuple[Finding, ...],
) -> str:
    """Return the SHA-256 (hex) of a document's content in canonical JSON: its id.

    Times, usage and provenance do not enter, so that the same article and the same answers give the same id; nor do
    confidences, whose last digits depend on the machine.
    """
    parts = [
        SCHEMA_VERSION,
        article.model_dump(mode="json"),
        translation and translation.model_dump(mode="json", exclude={"segments": {"__all__": {"confidence"}}}),
        kind,
        brief and brief.model_dump(mode="json"),
        [finding.model_dump(mode="json") for finding in findings],
    ]
    canonical = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
