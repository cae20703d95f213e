"""What a check says: a finding, with where it is and what it saw on both sides."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .article import Frozen

Severity = Literal["info", "warning", "error"]


class Span(Frozen):
    """A stretch of a text: `text[start:end]`, in characters, from the beginning of that very text."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str


class Finding(Frozen):
    """One doubt about one sentence's translation or one item of a brief."""

    code: str = Field(pattern=r"^[a-z]+(\.[a-z_]+)+$", description="The check and what it found, e.g. numbers.missing.")
    severity: Severity = Field(
        description="`error`: very likely wrong, worth asking again. `warning`: a person should look. "
        "`info`: worth knowing."
    )
    where: str = Field(
        description="A sentence id (s3), or a JSON pointer into the brief (/key_points/0), or `document`."
    )
    message: str = Field(min_length=1, description="Plain English, one sentence.")
    source_spans: tuple[Span, ...] = Field(default=(), description="In the German sentence's text.")
    target_spans: tuple[Span, ...] = Field(default=(), description="In the English text.")
