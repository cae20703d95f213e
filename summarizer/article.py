"""An article: decoded text, blocks, sentences with stable ids and offsets that give back the very text."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypeAliasType

BlockKind = Literal["headline", "heading", "body", "caption"]

SentenceId = TypeAliasType(
    "SentenceId",
    Annotated[str, Field(pattern=r"^s[1-9][0-9]*$", description="Id of a sentence of the article, e.g. s3.")],
)


class Frozen(BaseModel):
    """The base of every value in a document: immutable, closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Block(Frozen):
    """A paragraph, heading or caption: `text[start:end]` of the source, in characters."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    kind: BlockKind = "body"


class Source(Frozen):
    """What a reader hands over: the decoded text as it is, and the blocks that it is made of."""

    text: str
    """The decoded text. Line endings, soft hyphens and Unicode form are kept; a byte order mark is not."""
    blocks: tuple[Block, ...]
    """In order, without overlap; text between blocks is markup or white space."""
    name: str = "text"
    """The file's name, or `stdin`, or `text`."""
    format: str = "text"
    """The reader that made it: a name in `readers.FORMATS`."""
    encoding: str | None = None
    """The encoding that the bytes were decoded with; null if the text came decoded."""
    title: str | None = None
    byline: str | None = None
    agency: str | None = None
    published: str | None = None
    """ISO 8601 date of publication, if known."""
    url: str | None = None
    site: str | None = None
    """The outlet or web site that published it, as it calls itself."""
    place: str | None = None
    """Where the report comes from, as its date line prints it."""
    notes: tuple[str, ...] = ()
    """What reading changed or left out, one English sentence each."""


class Sentence(Frozen):
    """One sentence (or heading) of an article."""

    id: SentenceId
    paragraph: int = Field(ge=1, description="Number of the block it stands in, from 1.")
    kind: BlockKind
    start: int = Field(ge=0, description="Offset of the first character in the decoded source.")
    end: int = Field(ge=0, description="Offset behind the last character in the decoded source.")
    text: str = Field(description="Exactly source[start:end].")


class Article(Frozen):
    """A segmented source, as it stands in a document."""

    id: str = Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the normalised text.")
    source: str = Field(description="File name, `stdin` or `text`.")
    format: str = "text"
    encoding: str | None = None
    language: str = Field(description="ISO 639-1 code of the language found.")
    title: str | None = None
    byline: str | None = None
    agency: str | None = None
    published: str | None = Field(default=None, description="ISO 8601 date of publication, if known.")
    url: str | None = None
    site: str | None = Field(default=None, description="The outlet or web site, as it calls itself.")
    place: str | None = Field(default=None, description="Where the report comes from, as its date line prints it.")
    notes: tuple[str, ...] = Field(default=(), description="What reading changed or left out, one sentence each.")
    sentences: tuple[Sentence, ...]

    def sentence(self, sentence_id: str) -> Sentence:
        """Return the sentence of that id; raises KeyError if there is none."""
        index = int(sentence_id[1:]) - 1 if re.fullmatch(r"s[1-9][0-9]*", sentence_id) else -1
        if not 0 <= index < len(self.sentences):
            raise KeyError(sentence_id)
        return self.sentences[index]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all sentences, in order."""
        return tuple(sentence.id for sentence in self.sentences)


def plain(text: str) -> str:
    """Return `text` as a model or a person should read it: one line, composed, without soft hyphens.

    The document keeps the original slice; this is for prompts, checks and display only.
    """
    return " ".join(unicodedata.normalize("NFC", text).replace("\u00ad", "").split())


def content_id(text: str) -> str:
    """Return the SHA-256 (hex) of the text in normal form: NFC, white space folded, no soft hyphens."""
    return hashlib.sha256(plain(text).encode("utf-8", "surrogatepass")).hexdigest()
