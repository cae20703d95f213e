"""A translation that a person has reviewed, taken back into its document and checked again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .article import plain
from .confidence import doubtful
from .document import Document, Segment, SegmentStatus, Translation
from .draft import assessed
from .errors import InputError
from .findings import Finding
from .items import Brief
from .renderers import xliff, xml
from .support import Support, support_of
from .terms.glossary import NO_TERMS, Glossary


def with_reviews(document: Document[Any], texts: Mapping[str, str], glossary: Glossary | None = None) -> Document[Any]:
    """Return the document with English by a person, checked as a model's is.

    The segments' origin becomes `person`. What the checks object to stays marked: a slip of the pen is one, too. The brief
    is as it was; how well it is borne out is found anew, since its evidence may read differently now.

    Args:
        document: With or without a translation.
        texts: English by sentence id.
        glossary: The terms to check. A document does not hold them: without them, what was found of terms stays at
            sentences whose English is as it was.

    Raises:
        InputError: If a text is empty or there is no such sentence.
    """
    article = document.article
    for sentence_id, text in texts.items():
        if sentence_id not in article.ids:
            raise InputError(f"The article has no sentence {sentence_id!r}.")
        if not text.strip():
            raise InputError(f"The review has no English for {sentence_id}.")
    before = {segment.id: segment for segment in document.translation.segments} if document.translation else {}
    found = assessed(article, texts, glossary or NO_TERMS)
    segments = []
    findings: list[Finding] = []
    for sentence_id in article.ids:
        if sentence_id in found:
            text, assessment = texts[sentence_id], found[sentence_id]
            unchanged = sentence_id in before and before[sentence_id].text == text
            of_terms = [
                finding
                for finding in (document.findings_at(sentence_id) if unchanged and glossary is None else ())
                if finding.code.startswith("terminology.")
            ]
            now = [*assessment.findings, *of_terms]
            status: SegmentStatus = "doubtful" if doubtful(now, assessment.confidence) else "ok"
            confidence = round(assessment.confidence, 3)
            segments.append(Segment(id=sentence_id, text=text, status=status, confidence=confidence, origin="person"))
            findings.extend(now)
        else:
            segments.append(before.get(sentence_id) or Segment(id=sentence_id, text=None, status="missing"))
            findings.extend(document.findings_at(sentence_id))
    translation = Translation(segments=tuple(segments))
    brief = document.brief
    support = support_of(brief, article, translation) if isinstance(brief, Brief) else Support()
    rest = (item for item in document.findings if item.where not in article.ids and not item.where.startswith("/"))
    everything = (*findings, *support.findings, *rest)
    missing = any(segment.text is None for segment in segments)
    return document.revised(
        complete=not missing and (brief is not None or document.kind is None),
        translation=translation,
        support=support.items,
        findings=everything,
    )


def take_back(
    document: Document[Any],
    data: bytes,
    name: str = "the file",
    *,
    everything: bool = False,
    glossary: Glossary | None = None,
) -> tuple[Document[Any], int]:
    """Return the document with what a reviewed XLIFF file says, and how many sentences are a person's by that.

    Args:
        document: The document that the file was made from.
        data: The file.
        name: What to call the file in an error.
        everything: Whether all its sentences count as reviewed; else those in the state `reviewed` or `final`, and
            those whose English was changed.
        glossary: The terms to check, as for `with_reviews`.

    Raises:
        InputError: If it is no XLIFF 2 file, or its German is not that of the document.
    """
    before = {segment.id: segment.text for segment in document.translation.segments} if document.translation else {}
    texts = {}
    for sentence_id, unit in xliff.read(data, name).items():
        if sentence_id not in document.article.ids:
            raise InputError(
                f"{name} has a unit {sentence_id!r}, and the article no such sentence: another document's?"
            )
        if unit.source != xml.text(plain(document.article.sentence(sentence_id).text)):
            raise InputError(f"The German of {sentence_id} in {name} is not that of the document: another document's?")
        changed = unit.target and unit.target != xml.text(before.get(sentence_id) or "")
        if unit.target and (everything or unit.reviewed or changed):
            texts[sentence_id] = unit.target
    if not texts:
        raise InputError(f"{name} holds no reviewed sentence: mark them in your tool, or say --all.")
    return with_reviews(document, texts, glossary), len(texts)
