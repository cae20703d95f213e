"""Sentence pairs as XLIFF 2.0 for translators' tools, with the doubts as notes; and the reviewed file read back.

http://docs.oasis-open.org/xliff/xliff-core/v2.0/xliff-core-v2.0.html
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ..article import plain
from ..document import Document, Segment
from ..errors import InputError
from ..findings import Finding
from . import xml
from .outline import doubt

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NAMESPACE: Final = "urn:oasis:names:tc:xliff:document:2.0"
_PRIORITY: Final = {"error": "1", "warning": "3", "info": "7"}
_REVIEWED: Final = frozenset({"reviewed", "final"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence pair of a file.

    Attributes:
        source: The German, one line.
        target: The English, one line; empty if there is none.
        reviewed: Whether every segment of it is in the state `reviewed` or `final`.
    """

    source: str
    target: str
    reviewed: bool


def render(document: Document[Any], *, terminal: bool = False) -> str:  # noqa: ARG001  # the same everywhere
    """Return XLIFF 2.0: one unit a sentence under the sentence's id; without a translation the targets are missing."""
    from xml.etree.ElementTree import Element, SubElement

    root = Element(
        "xliff", {"xmlns": NAMESPACE, "version": "2.0", "srcLang": document.article.language, "trgLang": "en"}
    )
    file = SubElement(root, "file", {"id": "f1", "original": xml.text(document.article.source)})
    notes = SubElement(file, "notes")
    for category, value in (("document", document.id), ("article", document.article.id)):
        SubElement(notes, "note", {"id": category, "category": category}).text = value
    segments: tuple[Segment | None, ...] = document.translation.segments if document.translation else ()
    findings = document.findings_by_place()
    for sentence, segment in zip(
        document.article.sentences, segments or (None,) * len(document.article.sentences), strict=True
    ):
        unit = SubElement(file, "unit", {"id": sentence.id, "type": f"brief:{sentence.kind}"})
        _notes(unit, segment, findings.get(sentence.id, ()))
        pair = SubElement(unit, "segment", {"state": _state(segment)})
        SubElement(pair, "source").text = xml.text(plain(sentence.text))
        if segment is not None and segment.text is not None:
            SubElement(pair, "target").text = xml.text(segment.text)
    return xml.serialised(root)


def _notes(unit: Element, segment: Segment | None, findings: tuple[Finding, ...]) -> None:
    from xml.etree.ElementTree import SubElement

    said = [(finding.severity, f"{finding.message} [{finding.code}]") for finding in findings]
    if segment is not None and segment.status == "doubtful" and segment.confidence is not None:
        said.append(("warning", f"{doubt(segment.confidence)}"))
    if not said:
        return
    notes = SubElement(unit, "notes")
    for severity, message in said:
        note = SubElement(
            notes,
            "note",
            {"category": severity, "priority": _PRIORITY[severity], "appliesTo": "target"},
        )
        note.text = xml.text(message)


def _state(segment: Segment | None) -> str:
    """Return the state in which a tool opens a segment: what is doubtful still waits for its translator."""
    if segment is None or segment.status == "missing":
        return "initial"
    if segment.origin == "person":
        return "reviewed"
    return "translated" if segment.status == "ok" else "initial"


def read(data: bytes, name: str = "the file") -> dict[str, Unit]:
    """Return the units of an XLIFF 2 file by their ids. A unit that a tool cut into segments is put together again.

    Raises:
        InputError: If it is not XLIFF 2 with units from German to English.
    """
    root = xml.parsed(data, name)
    version = root.get("version", "")
    if root.tag.rpartition("}")[2] != "xliff" or not version.startswith("2."):
        found = f"XLIFF {version}" if root.tag.endswith("xliff") else "another format"
        raise InputError(f"{name} is {found}: save it as XLIFF 2.0 or later.")
    language = root.get("trgLang", "en").lower()
    if not language.startswith("en"):
        raise InputError(f"{name} translates into {language!r}: English is needed.")
    namespace = root.tag.rpartition("}")[0].lstrip("{")
    return {unit.get("id", ""): _unit(unit, namespace) for unit in root.iter(f"{{{namespace}}}unit")}


def _unit(unit: Element, namespace: str) -> Unit:
    def named(element: Element, name: str) -> Element | None:
        return element.find(f"{{{namespace}}}{name}")

    parts = [part for part in unit if part.tag in (f"{{{namespace}}}segment", f"{{{namespace}}}ignorable")]
    segments = [part for part in parts if part.tag.endswith("segment")]
    sources, targets = ([_words(named(part, side)) for part in parts] for side in ("source", "target"))
    return Unit(
        source=xml.text("".join(sources)),
        target=xml.text("".join(targets)),
        reviewed=bool(segments) and all(part.get("state") in _REVIEWED for part in segments),
    )


def _words(element: Element | None) -> str:
    """Return the text of a source or target, whatever inline elements a tool put into it."""
    return "" if element is None else "".join(element.itertext())
