"""XML for exchange files: text that XML can hold, and a reader that takes no definitions from a stranger."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors import InputError
from .outline import safe

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LARGEST = 64 * 1024 * 1024
"""Bytes of a file that is read: the sentence pairs of a thousand pages stay below."""


def text(value: str) -> str:
    """Return text as one line of characters that XML 1.0 can hold."""
    return re.sub("[\ufffe\uffff]", "", safe(value))


def serialised(root: Element) -> str:
    """Return an indented XML text."""
    from xml.etree import ElementTree

    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def parsed(data: bytes, name: str) -> Element:
    """Return the root of an XML file.

    A file with a document type is refused, and with it every entity of its own: no bomb, no file, no address is read.

    Raises:
        InputError: If it is no XML, too large, or has a document type.
    """
    from xml.etree.ElementTree import ParseError, TreeBuilder, XMLParser

    class Builder(TreeBuilder):
        def doctype(self, *_: object) -> None:
            raise InputError(f"{name} has a document type, which no exchange file needs: it is not read.")

    if len(data) > LARGEST:
        raise InputError(f"{name} is larger than {LARGEST // 1024 // 1024} MB: split it.")
    parser = XMLParser(target=Builder())  # noqa: S314  # entities cannot be declared: see Builder
    try:
        parser.feed(data)
        root: Element = parser.close()
    except (ParseError, ValueError, LookupError) as error:
        raise InputError(f"{name} is not well-formed XML ({error}): save it again in your tool.") from error
    return root
