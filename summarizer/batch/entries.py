"""One article to come: where it lies, a digest of what it is, and how it is read. Small, and free of open files."""

from __future__ import annotations

import hashlib
import json
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from typing_extensions import override

from ..article import Source
from ..errors import InputError
from ..readers import Entry as Member
from ..readers import read_path, read_text, read_url
from ..readers.dates import day
from ..readers.text import spelled

METADATA: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("title", "headline"),
    "byline": ("byline", "author", "authors"),
    "agency": ("agency",),
    "published": ("published", "published_at", "publication_date", "date_published", "pubdate", "date"),
    "url": ("url", "link"),
    "site": ("site", "outlet", "publisher"),
}
"""Fields of a source, and the columns that they are taken from, the first that is filled."""

_TEXT: Final = frozenset({".txt", ".text", ".md", ".markdown"})
_GERMAN_DATE: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\b")


@dataclass(frozen=True, slots=True)
class Entry(ABC):
    """One article to come.

    Attributes:
        address: Its name within the batch: stable from run to run, and the model of the output's name. It has UTF-8,
            although a file's name or a row's id need not.
    """

    address: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "address", spelled(self.address))

    @property
    def waits(self) -> bool:
        """Whether reading waits for others, so that it belongs into a thread."""
        return False

    @abstractmethod
    def digest(self) -> str:
        """Return the SHA-256 (hex) of all that is read; raises InputError if that is not there."""

    @abstractmethod
    def read(self) -> Source:
        """Return the source; raises InputError if it cannot be read."""


@dataclass(frozen=True, slots=True)
class FileEntry(Entry):
    """A file that a reader reads."""

    path: Path

    @override
    def digest(self) -> str:
        try:
            with self.path.open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()
        except FileNotFoundError:
            raise InputError(f"{self.path} is no longer there.") from None
        except OSError as error:
            raise InputError(f"{self.path} cannot be read: {error.strerror}.") from None

    @property
    def waits(self) -> bool:
        """Whether reading waits for others: all but text is read with packages that take their time."""
        return self.path.suffix.lower() not in _TEXT

    @override
    def read(self) -> Source:
        return read_path(self.path)


@dataclass(frozen=True, slots=True)
class UrlEntry(Entry):
    """A page on the web; what stands there may change, so the address alone says whether it was done."""

    url: str

    @property
    def waits(self) -> bool:
        """Whether reading waits for others: the network, another process."""
        return True

    @override
    def digest(self) -> str:
        return _sha256(self.url)

    @override
    def read(self) -> Source:
        return read_url(self.url)


@dataclass(frozen=True, slots=True)
class MemberEntry(Entry):
    """An article of a feed; its name says whether it was done, as with a page."""

    member: Member

    @property
    def waits(self) -> bool:
        """Whether reading waits for others."""
        return True

    @override
    def digest(self) -> str:
        return _sha256(self.member.name)

    @override
    def read(self) -> Source:
        return self.member.read()


@dataclass(frozen=True, slots=True)
class RowEntry(Entry):
    """A row of a table: its text, and the metadata that go into the source."""

    text: str
    metadata: Mapping[str, str]

    @override
    def digest(self) -> str:
        return _sha256(json.dumps([self.text, dict(self.metadata)], sort_keys=True))

    @override
    def read(self) -> Source:
        source = read_text(self.text, name=self.address)
        return source.model_copy(update=dict(self.metadata))


@dataclass(frozen=True, slots=True)
class BrokenEntry(Entry):
    """A row or file that is no article; reading it says why."""

    reason: str

    @override
    def digest(self) -> str:
        return _sha256(self.reason)

    @override
    def read(self) -> Source:
        raise InputError(self.reason)


def metadata(row: Mapping[str, Any]) -> dict[str, str]:
    """Return what a row says of its article, by the field of a source; columns that are empty or unknown are left out."""
    known = {name.lower(): value for name, value in row.items()}
    found: dict[str, str] = {}
    for field, columns in METADATA.items():
        value = next((known[column] for column in columns if known.get(column)), None)
        text = _published(value) if field == "published" else _one_line(value)
        if text:
            found[field] = text
    return found


def _one_line(value: object) -> str | None:
    if isinstance(value, (list, tuple)):
        return ", ".join(filter(None, map(_one_line, value))) or None
    return " ".join(spelled(str(value)).split()) or None if isinstance(value, (str, int, float)) else None


def _published(value: object) -> str | None:
    """Return the day, from a date, a time stamp or a German date; None if it is none of these."""
    if isinstance(value, (datetime, date)):
        return day(value.isoformat())
    text = _one_line(value) or ""
    german = _GERMAN_DATE.match(text)
    return day(f"{german[3]}-{int(german[2]):02d}-{int(german[1]):02d}" if german else text)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
