"""The checks for English that somebody else wrote: pairs, a whole translation, a document that exists already."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import IO, Any, Final

from pydantic import Field

from .align import Link, align
from .article import Article, Frozen, Sentence, Source, plain
from .checks import Pair
from .checks.brief import english_texts, items_of
from .checks.reuse import among
from .confidence import assess, checks_available, doubtful
from .document import Document, ItemSupport, Probability, SegmentStatus, Translation
from .draft import AROUND, assessed
from .findings import Finding, Severity
from .language import ensure_german
from .readers import read_path
from .readers.text import half_character
from .segment import to_article
from .support import support_of
from .terms.glossary import NO_TERMS, Glossary

AT_ONCE: Final = 256
"""Pairs that are checked together: a stream of any length takes the memory of so many."""
LONGEST: Final = 20_000
"""Characters that one side of a pair may have."""
SEVERITIES: Final[tuple[Severity, ...]] = ("info", "warning", "error")


class CheckedPair(Frozen):
    """German and English that belong together, and what the checks say of them."""

    id: str = Field(
        description="Sentence ids (s3, s3+s4), or the row's own `id`, or its line; e5 is an English sentence."
    )
    source: str | None = Field(description="The German; null if no German belongs to the English.")
    target: str | None = Field(description="The English; null if no English belongs to the German.")
    status: SegmentStatus = Field(description="As in a document's segments.")
    confidence: Probability | None = Field(description="As in a document's segments; null without one of the sides.")
    findings: tuple[Finding, ...]


class CheckedTranslation(Frozen):
    """A translation by somebody else, sentence by sentence."""

    source: str = Field(description="What the German was read from.")
    translation: str = Field(description="What the English was read from.")
    aligned: bool = Field(description="Whether sentences were aligned; false if they were paired one by one.")
    checks: tuple[str, ...] = Field(description="The checks that ran.")
    pairs: tuple[CheckedPair, ...]


class BadRow(Frozen):
    """A line of a JSON Lines file that is no pair."""

    line: int = Field(ge=1)
    error: str


def check_pairs(pairs: Iterable[tuple[str, str]], *, vectors: bool = True) -> Iterator[CheckedPair]:
    """Yield what the checks say of each German and English text, as they come; ids count from 1.

    Args:
        pairs: German and English; each pair for itself, but for English that pairs near each other share word for word
            (`checks.reuse`). May be endless.
        vectors: False leaves the sentence vectors out even if the encoder is installed.
    """
    numbered = (Pair(str(number), plain(source), plain(target)) for number, (source, target) in enumerate(pairs, 1))
    for checked in check_rows(numbered, vectors=vectors):
        if isinstance(checked, CheckedPair):
            yield checked


def check_rows(rows: Iterable[Pair | BadRow], *, vectors: bool = True) -> Iterator[CheckedPair | BadRow]:
    """Yield each pair checked and each bad row as it is, in order."""
    stream = iter(rows)
    while batch := list(islice(stream, AT_ONCE)):
        checked = iter(_checked([row for row in batch if isinstance(row, Pair)], vectors=vectors))
        yield from (next(checked) if isinstance(row, Pair) else row for row in batch)


@dataclass(frozen=True, slots=True)
class Columns:
    """Under which names the rows of a JSON Lines file hold their texts."""

    source: str = "src"
    target: str = "mt"
    reference: str = "ref"


@dataclass(frozen=True, slots=True)
class Row:
    """A pair, and the English of a person where its row has it."""

    pair: Pair
    reference: str | None = None


def read_pairs(lines: IO[bytes]) -> Iterator[Pair | BadRow]:
    """Yield the pairs of a JSON Lines stream with `src`, `mt` and, if wanted, `id`; what is none is named by its line."""
    for row in read_rows(lines):
        yield row.pair if isinstance(row, Row) else row


def read_rows(lines: IO[bytes], columns: Columns | None = None) -> Iterator[Row | BadRow]:
    """Yield the pairs of a JSON Lines stream with their references, where they have them."""
    columns = columns or Columns()
    number = 0
    while data := lines.readline(8 * LONGEST):
        number += 1
        whole = data.endswith(b"\n") or len(data) < 8 * LONGEST
        while not whole:  # the rest of a line that is too long
            whole = (rest := lines.readline(8 * LONGEST)).endswith(b"\n") or not rest
            data = b""
        if data and not data.strip():
            continue
        try:
            yield _row(data, number, columns)
        except ValueError as error:
            yield BadRow(line=number, error=str(error))


def _row(data: bytes, line: int, columns: Columns) -> Row:
    if not data:
        raise ValueError(f"it is longer than {8 * LONGEST:,} bytes")
    try:
        row = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise ValueError(f"it is not JSON ({error})") from None
    if not isinstance(row, Mapping):
        raise ValueError("it is not a JSON object")  # noqa: TRY004 - wrong data, not a wrong call
    source, target = _text(row, columns.source), _text(row, columns.target)
    if not source:
        raise ValueError(f"its {columns.source!r} is empty")
    name = str(line if row.get("id") is None else row["id"])
    if half_character(name) is not None:
        raise ValueError("its 'id' has half a character")
    return Row(Pair(name, source, target), _reference(row, columns.reference))


def _reference(row: Mapping[str, object], name: str) -> str | None:
    return _text(row, name) or None if row.get(name) is not None else None


def _text(row: Mapping[str, object], name: str) -> str:
    text = row.get(name)
    if not isinstance(text, str):
        raise ValueError(f"it has no text under {name!r}")  # noqa: TRY004 - wrong data, not a wrong call
    if half_character(text) is not None:
        raise ValueError(f"its {name!r} has half a character, which no UTF-8 can hold")
    if len(text) > LONGEST:
        raise ValueError(f"its {name!r} has more than {LONGEST:,} characters")
    return plain(text)


def check_translation(
    source: Source | str | os.PathLike[str],
    translation: Source | str | os.PathLike[str],
    *,
    force: bool = False,
    vectors: bool = True,
) -> CheckedTranslation:
    """Return what the checks say of a translation that somebody else made, aligned by sentence where that is needed.

    Args:
        source: The German: a path, or what `read_text` or `read_bytes` returns.
        translation: The English, likewise.
        force: Go on although the source is not German.
        vectors: False leaves the sentence vectors out, in the alignment too.

    Raises:
        InputError: If a file cannot be read, or the source is not German (`NotGermanError`).
    """
    german_source, english_source = (
        text if isinstance(text, Source) else read_path(text) for text in (source, translation)
    )
    german = to_article(german_source, ensure_german(german_source, force=force))
    english = to_article(english_source, "en")
    texts = [[plain(sentence.text) for sentence in side.sentences] for side in (german, english)]
    paragraphs = [[sentence.paragraph for sentence in side.sentences] for side in (german, english)]
    one_by_one = paragraphs[0] == paragraphs[1]
    if one_by_one:
        links = [Link((i, i + 1), (i, i + 1)) for i in range(len(texts[0]))]
    else:
        links = align(*texts, use_vectors=vectors)
    return CheckedTranslation(
        source=german.source,
        translation=english.source,
        aligned=not one_by_one,
        checks=checks_available(vectors=vectors),
        pairs=tuple(_linked(german, texts[1], links, vectors=vectors)),
    )


def check_document(document: Document[Any], glossary: Glossary | None = None) -> Document[Any]:
    """Return a document with the findings and confidences that today's checks give it.

    Findings of other origin (missing translations, a judge's) stay.

    Args:
        document: With or without a translation.
        glossary: The terms to check. A document does not hold them: without them, what was found of terms stays.
    """
    article, translation = document.article, document.translation
    ours = {name.split(".")[0] for name in (*checks_available(), "meaning", "evidence")}
    if glossary is None:
        ours.discard("terminology")
    kept = [f for f in document.findings if f.code.split(".")[0] not in ours and f.code != "brief.duplicate"]
    findings: list[Finding] = []
    if translation is not None:
        texts = {s.id: s.text for s in translation.segments if s.text is not None}
        found = assessed(article, texts, glossary or NO_TERMS)
        segments = []
        for segment in translation.segments:
            of_others = [finding for finding in kept if finding.where == segment.id]
            findings.extend(of_others)
            if (assessment := found.get(segment.id)) is None:
                segments.append(segment)
                continue
            findings.extend(assessment.findings)
            told = (*assessment.findings, *of_others)
            changes = {
                "status": "doubtful" if doubtful(told, assessment.confidence) else "ok",
                "confidence": round(assessment.confidence, 3),
            }
            segments.append(segment.model_copy(update=changes))
        translation = Translation(segments=tuple(segments))
    support: tuple[ItemSupport, ...] = ()
    if document.brief is not None:
        borne = support_of(document.brief, article, translation)
        support = borne.items
        findings.extend(borne.findings)
    findings.extend(finding for finding in kept if finding not in findings)
    provenance = document.provenance.model_copy(update={"checks": checks_available()})
    return document.revised(translation=translation, support=support, findings=tuple(findings), provenance=provenance)


def checked_pairs(checked: CheckedTranslation | Document[Any]) -> Iterator[CheckedPair]:
    """Yield what was checked one by one: of a document its sentences, then the items of its brief beside their evidence."""
    if isinstance(checked, CheckedTranslation):
        yield from checked.pairs
        return
    german = {sentence.id: plain(sentence.text) for sentence in checked.article.sentences}
    found = checked.findings_by_place()
    borne = {support.where: support for support in checked.support}
    for segment in checked.translation.segments if checked.translation else ():
        yield CheckedPair(
            id=segment.id,
            source=german[segment.id],
            target=segment.text,
            status=segment.status,
            confidence=segment.confidence,
            findings=found.get(segment.id, ()),
        )
    for pointer, item in items_of(checked.brief) if checked.brief is not None else ():
        support = borne.get(pointer)
        yield CheckedPair(
            id=pointer,
            source=" ".join(german[sentence_id] for sentence_id in item.evidence if sentence_id in german),
            target="; ".join(english_texts(item)),
            status=support.status if support else "ok",
            confidence=support.confidence if support else None,
            findings=found.get(pointer, ()),
        )
    if general := found.get("document"):
        yield CheckedPair(id="document", source=None, target=None, status="missing", confidence=None, findings=general)


@dataclass(slots=True)
class Tally:
    """How many pairs were checked, and what came of it."""

    pairs: int = 0
    doubtful: int = 0
    missing: int = 0
    bad: int = 0
    findings: Counter[Severity] = field(default_factory=Counter)

    def count(self, row: CheckedPair | BadRow) -> None:
        """Add one."""
        if isinstance(row, BadRow):
            self.bad += 1
            return
        self.pairs += 1
        self.doubtful += row.status == "doubtful"
        self.missing += row.status == "missing"
        self.findings.update(finding.severity for finding in row.findings)

    def reaches(self, severity: Severity) -> bool:
        """Return whether any finding is at or above a severity."""
        return any(self.findings[name] for name in SEVERITIES[SEVERITIES.index(severity) :])

    def __str__(self) -> str:
        found = ", ".join(f"{self.findings[name]} {name}" for name in reversed(SEVERITIES))
        bad = f"; {self.bad} lines were no pairs" if self.bad else ""
        return f"{self.pairs} checked: {self.doubtful} doubtful, {self.missing} missing; findings: {found}{bad}"


def _checked(pairs: list[Pair], *, vectors: bool) -> Iterator[CheckedPair]:
    for pair, assessment in zip(pairs, assess(among(pairs), vectors=vectors), strict=True):
        yield CheckedPair(
            id=pair.id,
            source=pair.source,
            target=pair.target,
            status="doubtful" if assessment.doubtful else "ok",
            confidence=round(assessment.confidence, 3),
            findings=assessment.findings,
        )


def _linked(german: Article, english: list[str], links: list[Link], *, vectors: bool) -> Iterator[CheckedPair]:
    """Yield the links, checked where both sides have text, in order."""
    pairs: list[Pair | CheckedPair] = []
    for (i, k), (j, m) in links:
        sentences = german.sentences[i:k]
        source, target = " ".join(plain(s.text) for s in sentences), " ".join(english[j:m])
        if not sentences:
            pairs.append(_alone(f"e{j + 1}", None, target))
        elif not target:
            pairs.append(_alone(_id(sentences), source, None))
        else:
            around = (*german.sentences[max(i - AROUND, 0) : i], *german.sentences[k : k + AROUND])
            others = tuple((other.id, plain(other.text)) for other in around)
            kind = sentences[0].kind
            pairs.append(Pair(_id(sentences), source, target, kind, german.published, others))
    checked = iter(_checked([pair for pair in pairs if isinstance(pair, Pair)], vectors=vectors))
    yield from (next(checked) if isinstance(pair, Pair) else pair for pair in pairs)


def _id(sentences: tuple[Sentence, ...]) -> str:
    return "+".join(sentence.id for sentence in sentences)


def _alone(where: str, source: str | None, target: str | None) -> CheckedPair:
    code, message = (
        ("alignment.missing", "No sentence of the English translates this one.")
        if target is None
        else ("alignment.added", "No sentence of the German says this.")
    )
    return CheckedPair(
        id=where,
        source=source,
        target=target,
        status="missing" if target is None else "doubtful",
        confidence=None,
        findings=(Finding(code=code, severity="error", where=where, message=message),),
    )
