"""What formats share: a brief as labelled lines, whatever its kind, in the order of its fields; texts, names, warnings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..article import plain
from ..checks.brief import items_of
from ..document import Document
from ..findings import Finding
from ..items import Brief, Claim, Entity, Event, Figure, Item, Quotation

_UNSAFE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]"  # control characters that are no spaces, lone surrogates
    r"|[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]"  # marks that turn the direction of writing
)


def visible(text: str) -> str:
    """Return text without what could fake a display: control characters, direction overrides, halves of characters."""
    return _UNSAFE.sub("", text)


def safe(text: str) -> str:
    """Return what is `visible` of a text as one line."""
    return " ".join(visible(text).split())


@dataclass(frozen=True, slots=True)
class Line:
    """One item of a brief as a line.

    Attributes:
        item: The item itself.
        pointer: JSON pointer to it, in the brief.
        text: What it says, with attribution.
        evidence: Ids of its sentences.
        findings: What the checks say of it.
        doubt: What to show of the confidence; None if the item is not doubtful.
        german: Ids and German of its evidence, if it is doubtful.
    """

    item: Item
    pointer: str
    text: str
    evidence: tuple[str, ...]
    findings: tuple[Finding, ...]
    doubt: str | None = None
    german: tuple[tuple[str, str], ...] = ()


def outline(document: Document[Any]) -> Iterator[tuple[str, list[Line]]]:
    """Yield a brief's fields that hold something: a label, and its items as lines."""
    brief = document.brief
    if not isinstance(brief, Brief):
        return
    findings = document.findings_by_place()
    support = {support.where: support for support in document.support}
    sentences = {sentence.id: sentence for sentence in document.article.sentences}

    def line(pointer: str, item: Item) -> Line:
        text, said, borne = safe(describe(item)), findings.get(pointer, ()), support.get(pointer)
        if borne is None or borne.status == "ok":
            return Line(item, pointer, text, item.evidence, said)
        evidence = (sentences[sentence_id] for sentence_id in item.evidence if sentence_id in sentences)
        german = tuple((sentence.id, safe(plain(sentence.text))) for sentence in evidence)
        return Line(item, pointer, text, item.evidence, said, doubt(borne.confidence), german)

    for name in type(brief).model_fields:
        value = getattr(brief, name)
        several = isinstance(value, tuple)
        lines = []
        for index, item in enumerate(value if several else (value,)):
            if isinstance(item, Item):
                pointer = f"/{name}/{index}" if several else f"/{name}"
                lines.append(line(pointer, item))
        if lines:
            yield name.replace("_", " ").capitalize(), lines


def doubt(confidence: float | None) -> str | None:
    """Return what is shown of the confidence in something doubtful; None if there is none."""
    return None if confidence is None else f"confidence {confidence:.0%}"


def describe(item: Item) -> str:
    """Return an item in one line of English."""
    match item:
        case Claim():
            by = f" [reported: {item.attributed_to}]" if item.stance == "reported" else ""
            return item.text + by
        case Entity():
            printed = f" ({item.name_as_printed})" if item.name_as_printed != item.name else ""
            return item.name + printed + (f", {item.role}" if item.role else "")
        case Event():
            when = f"{item.when.iso or item.when.as_printed}: " if item.when else ""
            where = f" ({item.where})" if item.where else ""
            return when + item.what + where
        case Figure():
            return f"{item.as_printed}: {item.what}"
        case Quotation():
            translated = f" = “{item.english}”" if item.english != item.original else ""
            return f"{f'{item.speaker}: ' if item.speaker else ''}„{item.original}“{translated}"
        case _:
            said = item.model_dump(exclude={"evidence"}, exclude_none=True)
            lead, *rest = said.items() or [("", "")]
            further = "; ".join(f"{name.replace('_', ' ')}: {value}" for name, value in rest)
            return f"{lead[1]} ({further})" if further else str(lead[1])


def about(document: Document[Any]) -> list[str]:
    """Return the lines that say where the English comes from, a warning first if there is one."""
    provenance, usage = document.provenance, document.usage
    lines = []
    if provenance.quality == "demo":
        lines.append("DEMO QUALITY: this model is often wrong. Do not forward.")
    if not document.complete:
        lines.append("INCOMPLETE: see the findings.")
    if provenance.method == "extractive":
        lines.append("The brief is extractive: sentences of the article in translation, nothing written freely.")
    cost = f", {usage.cost.amount:.4f} {usage.cost.currency}" if usage.cost else ""
    lines.append(
        f"{provenance.model} at {provenance.endpoint}; {provenance.program}; "
        f"{usage.input_tokens} + {usage.output_tokens} tokens, {usage.seconds:.1f} s{cost}"
    )
    return [safe(line) for line in lines]


def identifier(digest: str) -> str:
    """Return a SHA-256 (hex) as a URI (RFC 6920)."""
    from base64 import urlsafe_b64encode

    return f"ni:///sha-256;{urlsafe_b64encode(bytes.fromhex(digest)).decode().rstrip('=')}"


def english(document: Document[Any]) -> str:
    """Return the translation, a paragraph a line; a sentence without one is left out."""
    paragraphs: dict[int, list[str]] = {}
    for sentence, segment in zip(
        document.article.sentences, document.translation.segments if document.translation else (), strict=False
    ):
        if segment.text:
            paragraphs.setdefault(sentence.paragraph, []).append(safe(segment.text))
    return "\n".join(" ".join(texts) for texts in paragraphs.values())


def german(document: Document[Any]) -> str:
    """Return the article, a paragraph a line."""
    paragraphs: dict[int, list[str]] = {}
    for sentence in document.article.sentences:
        paragraphs.setdefault(sentence.paragraph, []).append(safe(plain(sentence.text)))
    return "\n".join(" ".join(texts) for texts in paragraphs.values())


def warnings(document: Document[Any]) -> str:
    """Return what a person must know before anything is used, in sentences."""
    doubtful = [
        segment.id
        for segment in (document.translation.segments if document.translation else ())
        if segment.status != "ok"
    ]
    items = [item.where for item in document.support if item.status == "doubtful"]
    said = [*about(document)[:-1], f"Machine translation from German by {safe(document.provenance.model)}."]
    if doubtful:
        said.append(f"Doubtful or missing sentences: {', '.join(doubtful)}.")
    if items:
        said.append(f"Doubtful statements: {', '.join(items)}.")
    return " ".join(said)


def items(document: Document[Any]) -> Iterator[tuple[str, Item]]:
    """Yield a brief's items with their pointers; nothing if there is no brief."""
    if isinstance(document.brief, Brief):
        yield from items_of(document.brief)


def anchor(pointer: str) -> str:
    """Return the name under which an article's page has the item at a JSON pointer."""
    return pointer.strip("/").replace("/", "-")
