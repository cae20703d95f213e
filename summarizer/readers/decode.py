"""Bytes → text: what encoding an article is in, and whether it is text at all."""

from __future__ import annotations

import codecs
import re
from typing import Final

from ..errors import InputError

MAX_BYTES: Final = 20 * 2**20
"""The largest source that is read: far beyond any article, small enough to hold in memory many times over."""

_MAGIC: Final = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
)
_BOMS: Final = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS: Final = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_SHARE: Final = 0.02
"""Text holds next to none of these bytes; compressed or compiled data holds about one in ten."""
_MULTIBYTE: Final = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_LATIN_9_EURO: Final = b"\xa4"
_WINDOWS: Final = re.compile(rb"[\x80-\x9f]")
"""What Windows-1252 has letters and signs for, and no ISO 8859."""
_HIGH: Final = re.compile(rb"[\x80-\xff]")


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Return the text of `data` and the encoding it was in.

    A byte order mark decides and is left out of the text; without one it is UTF-8, or else Windows-1252, which
    holds Latin-1's letters, or Latin-9, which has the euro where they have a sign that nobody prints. Nothing else is changed: line endings, Unicode form and invisible characters stay.

    Raises:
        InputError: The bytes are too many, no text, or damaged.
    """
    if len(data) > MAX_BYTES:
        raise too_large(name)
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"{name} is {what}, not text; save it as plain text (UTF-8) and try again.")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, name), encoding
    if b"\x00" in data or len(_CONTROLS.findall(data)) > _CONTROL_SHARE * len(data):
        raise InputError(f"{name} holds binary data, not text; give a text file (UTF-8).")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        in_sequences = sum(len(sequence) for sequence in _MULTIBYTE.findall(data))
        if 2 * in_sequences > len(_HIGH.findall(data)):  # else every umlaut would come out as two wrong letters
            raise _damaged(name, "utf-8", error) from None
    if _LATIN_9_EURO in data and not _WINDOWS.search(data):
        return data.decode("iso-8859-15"), "iso-8859-15"
    return _strictly(data, "windows-1252", name), "windows-1252"


def too_large(name: str) -> InputError:
    """Return the error for a source beyond `MAX_BYTES`."""
    return InputError(f"{name} is larger than {MAX_BYTES // 2**20} MB; give one article a file.")


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _damaged(name, encoding, error) from None


def _damaged(name: str, encoding: str, error: UnicodeDecodeError) -> InputError:
    return InputError(f"{name} is damaged: byte {error.start} does not fit {encoding}; save it anew as UTF-8.")
