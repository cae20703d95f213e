"""Does a stored document hold together? What no JSON Schema can say: ids, offsets, evidence, the hash."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from .checks.brief import items_of
from .document import Document, content_hash
from .items import Brief


def problems(document: Document[Any]) -> Iterator[str]:
    """Yield what is false in a document that has the right shape, one sentence each; nothing if it is sound."""
    article = document.article
    ids = set(article.ids)
    if list(article.ids) != [f"s{number}" for number in range(1, len(article.ids) + 1)]:
        yield "The sentences are not numbered s1, s2, … in order."
    for sentence in article.sentences:
        if sentence.end - sentence.start != len(sentence.text):
            yield f"The offsets of {sentence.id} are not those of its text."
    for before, after in pairwise(article.sentences):
        if after.start < before.end:
            yield f"The sentences {before.id} and {after.id} overlap."
    if document.translation is not None:
        if [segment.id for segment in document.translation.segments] != list(article.ids):
            yield "The translation does not hold every sentence once, in order."
        missing = any(segment.text is None for segment in document.translation.segments)
        if missing and document.complete:
            yield "It says that it is complete, and a sentence has no translation."
    pointers = set()
    if isinstance(document.brief, Brief):
        for pointer, item in items_of(document.brief):
            pointers.add(pointer)
            unknown = [name for name in item.evidence if name not in ids]
            if unknown:
                yield f"The evidence of {pointer} names {', '.join(unknown)}, which does not exist."
        if {support.where for support in document.support} != pointers:
            yield "The support is not that of the brief's items."
    for finding in document.findings:
        if finding.where != "document" and finding.where not in ids and finding.where not in pointers:
            yield f"The finding {finding.code} is about {finding.where}, which does not exist."
    expected = content_hash(article, document.translation, document.kind, document.brief, document.findings)
    if document.id != expected:
        yield "Its id is not the hash of its content: it was changed after it was made."
