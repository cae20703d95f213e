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
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_HALF: Final = 0.6
"""German in UTF-16 has a zero in at least so many of its pairs of bytes, always on the same side."""

_SINGLE_BYTE: Final = ("windows-1252", "iso-8859-15", "mac-roman", "cp850")
"""What German files are written in that is not Unicode, likeliest first. Windows-1252 holds Latin-1's letters."""
_LETTER: Final = "A-Za-zÄÖÜäöüß"
_IN_PLACE: Final = re.compile(
    rf"(?<=[{_LETTER}])[äöüß]|[äöü](?=[{_LETTER}])|(?<!\w)[ÄÖÜ](?=[a-zß])|(?<=[A-ZÄÖÜ])[ÄÖÜ]"
    r"|(?<!\w)[„‚»›“‘](?=\w)|(?<=[\w.,!?])(?:[“”‘«‹](?!\w)|’)|(?<=\s)[–—](?=\s)|(?<=\w\s)€|€(?=\s?\d)|(?<=\w)…|…(?=\s)"
)
_FOREIGN: Final = re.compile(
    rf"(?<=[{_LETTER}])[éèáàíóúñçâêôšžëïøåčćœ](?=[a-z])|(?<=[a-z])[éèáàíóčćšžøå]\b|(?<!\w)[ŠŽÉÅØ](?=[a-z])"
    r"|(?<=\d)[°²³%½]|(?<=\s)[§©®](?=\s)|[\u00a0\u00ad]"
)
"""Letters and signs that German texts hold now and then, where they hold them."""
_CONTROL: Final = re.compile("[\x80-\x9f]")
_NOT_ASCII: Final = re.compile(r"[^\0-\x7f]")

RARE: Final = {"mac-roman": "Mac Roman", "cp850": "code page 850"}
"""Encodings that nobody expects any more, with their names for people: a document that was read so says it."""


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Return the text of `data` and the encoding it was in.

    A byte order mark decides and is left out of the text. Without one it is UTF-8, UTF-16 if every other byte is zero,
    or else that encoding of one byte a character in which most letters are German and stand where German has them
    (docs/reading.md has how often that is right). Nothing else is changed: line endings, Unicode form and invisible
    characters stay.

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
    wide = _utf_16(data)
    if wide:
        return _strictly(data, wide, name), wide
    if b"\x00" in data or len(_CONTROLS.findall(data)) > _CONTROL_SHARE * len(data):
        raise InputError(f"{name} holds binary data, not text; give a text file (UTF-8).")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        in_sequences = sum(len(sequence) for sequence in _MULTIBYTE.findall(data))
        if 2 * in_sequences > len(_HIGH.findall(data)):  # else every umlaut would come out as two wrong letters
            raise _damaged(name, "utf-8", error) from None
    encoding = _single_byte(data)
    return _strictly(data, encoding, name), encoding


def _utf_16(data: bytes) -> str | None:
    """Return the byte order of UTF-16 without its mark, or None if it is none: Latin letters have a zero as one half."""
    half = len(data) // 2
    low, high = data[::2].count(0), data[1::2].count(0)
    if high >= _HALF * half > 0 == low:
        return "utf-16-le"
    if low >= _HALF * half > 0 == high:
        return "utf-16-be"
    return None


def _single_byte(data: bytes) -> str:
    """Return the encoding in which most characters beyond ASCII stand where German texts have them."""
    scores: dict[str, int] = {}
    for encoding in _SINGLE_BYTE:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROL.search(text):  # signs of Windows, which ISO 8859 has nothing for
            continue
        scores[encoding] = (
            2 * len(_IN_PLACE.findall(text)) + len(_FOREIGN.findall(text)) - len(_NOT_ASCII.findall(text))
        )
    best = max(scores, key=scores.__getitem__)  # the first of equals; all bytes are valid in the last ones
    return best if scores[best] > 0 or best not in RARE else _SINGLE_BYTE[0]


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
