"""Sentence pairs as TMX 1.4b for translation memories, with the doubts as notes; https://www.gala-global.org/tmx-14b."""

from __future__ import annotations

from typing import Any

from ..article import plain
from ..document import Document
from . import xml


def render(document: Document[Any], *, terminal: bool = False) -> str:  # noqa: ARG001  # the same everywhere
    """Return TMX: one unit a sentence that has a translation. A memory should not learn what is doubtful: see `x-status`."""
    from xml.etree.ElementTree import Element, SubElement

    program, _, version = document.provenance.program.partition(" ")
    language = document.article.language
    root = Element("tmx", {"version": "1.4"})
    header = {
        "creationtool": xml.text(program),
        "creationtoolversion": xml.text(version) or "0",
        "segtype": "sentence",
        "o-tmf": "brief",
        "adminlang": "en",
        "srclang": language,
        "datatype": "plaintext",
        "creationdate": document.provenance.created.strftime("%Y%m%dT%H%M%SZ"),
    }
    SubElement(root, "header", header)
    body = SubElement(root, "body")
    segments = document.translation.segments if document.translation else ()
    findings = document.findings_by_place()
    for sentence, segment in zip(document.article.sentences, segments, strict=bool(segments)):
        if segment.text is None:
            continue
        unit = SubElement(body, "tu", {"tuid": f"{document.article.id[:16]}-{sentence.id}"})
        for finding in findings.get(sentence.id, ()):
            SubElement(unit, "note").text = xml.text(f"{finding.severity}: {finding.message}")
        for kind, value in (("x-status", segment.status), ("x-origin", segment.origin)):
            SubElement(unit, "prop", {"type": kind}).text = value
        for code, words in ((language, plain(sentence.text)), ("en", segment.text)):
            variant = SubElement(unit, "tuv", {"xml:lang": code})
            SubElement(variant, "seg").text = xml.text(words)
    return xml.serialised(root)
