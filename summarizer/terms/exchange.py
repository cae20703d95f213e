"""TBX and TMX, the formats of terms and memories that translators' tools exchange; read with XML bombs defused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from ..article import plain
from ..errors import InputError
from ..extras import require
from .glossary import Term

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_NOT_TEXT: Final = frozenset({"bpt", "ept", "ph", "it", "ut"})
"""Markup of the original file inside a segment."""
_FORBIDDEN: Final = ("deprecated", "superseded", "forbidden", "notrecommended")
"""TBX states of a term that is not to be used: `deprecatedTerm-admn-sts`, …"""


def read_tbx(data: bytes, name: str) -> Iterator[Term]:
    """Yield the terms of a TBX file (TBX 2008 and 3): each German one with the English of its entry.

    Raises:
        InputError: It is no XML, or holds no German term with an English one.
        SetupError: The extra `terms` is missing.
    """
    found = False
    for entry in _parse(data, name).iter():
        if _tag(entry) not in ("termEntry", "conceptEntry"):
            continue
        words: dict[str, list[tuple[str, bool]]] = {"de": [], "en": []}
        for section in entry.iter():
            if _tag(section) in ("langSet", "langSec") and _language(section) in words:
                words[_language(section)] += list(_terms_of(section))
        wanted = tuple(text for text, forbidden in words["en"] if not forbidden)
        for source, _ in words["de"] if wanted else ():
            found = True
            yield Term(source, wanted, tuple(text for text, forbidden in words["en"] if forbidden), _note(entry))
    if not found:
        raise InputError(f"The glossary {name} holds no German term with an English one.")


def _terms_of(section: Element) -> Iterator[tuple[str, bool]]:
    for group in section.iter():
        if _tag(group) not in ("tig", "ntig", "termSec"):
            continue
        states = " ".join(
            (item.text or "")
            for item in group.iter()
            if _tag(item) == "termNote" and "tatus" in (item.get("type") or "")
        )
        for item in group.iter():
            if _tag(item) == "term" and (text := plain("".join(item.itertext()))):
                yield text, any(state in states.lower() for state in _FORBIDDEN)


def _note(entry: Element) -> str:
    return next((plain("".join(item.itertext())) for item in entry.iter() if _tag(item) == "note"), "")


def read_tmx(data: bytes, name: str) -> Iterator[tuple[str, str]]:
    """Yield the German and English of each unit of a TMX file that has both.

    Raises:
        InputError: It is no XML.
        SetupError: The extra `terms` is missing.
    """
    for unit in _parse(data, name).iter():
        if _tag(unit) != "tu":
            continue
        texts = {_language(variant): _segment(variant) for variant in unit if _tag(variant) == "tuv"}
        if texts.get("de") and texts.get("en"):
            yield texts["de"], texts["en"]


def _segment(variant: Element) -> str:
    def text(element: Element) -> str:
        own = "" if _tag(element) in _NOT_TEXT else element.text or ""
        return own + "".join(text(child) + (child.tail or "") for child in element)

    return plain("".join(text(child) for child in variant if _tag(child) == "seg"))


def _parse(data: bytes, name: str) -> Element:
    tree = require("defusedxml.ElementTree", "terms", "Reading TBX and TMX")
    try:
        root: Element = tree.fromstring(data)
    except (SyntaxError, ValueError, LookupError, RecursionError) as error:  # SyntaxError: the base of ParseError
        raise InputError(f"{name} is no XML that is read ({type(error).__name__}).") from error
    return root


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _language(element: Element) -> str:
    return (element.get(_LANGUAGE) or element.get("lang") or "")[:2].lower()
