"""Everything that can go wrong on purpose: one sentence for the person, one exit code for the shell."""

from __future__ import annotations

from enum import IntEnum
from typing import Any


class ExitCode(IntEnum):
    """What the command `brief` returns to the shell."""

    OK = 0
    """All was done."""
    INCOMPLETE = 1
    """A document was written, but a part of it is missing; the document says which. `brief check`: there are findings."""
    BAD_INPUT = 2
    """A file, an option or a schema is wrong; nothing was asked of a model."""
    NOT_GERMAN = 3
    """The text is not German and `--force` was not given."""
    NOT_AN_ARTICLE = 6
    """The text is a cookie wall, a paywall's stub, a listing or a scrap, and `--force` was not given."""
    SETUP = 4
    """A key, a package, a model or a server is missing or was refused."""
    ENDPOINT = 5
    """The model's endpoint failed after every retry."""
    INTERNAL = 70
    """An error in the program itself."""
    INTERRUPTED = 130
    """Stopped by Ctrl-C; what was done until then was written."""


class BriefError(Exception):
    """The base of every error that this program raises on purpose.

    The text is one sentence that says what is wrong, where, and what to do.

    Attributes:
        usage: What an article had taken when it met the error, a `document.Usage`; None if it had not begun.
    """

    exit_code: ExitCode = ExitCode.ENDPOINT
    usage: Any = None


class InputError(BriefError):
    """A source that cannot be read: missing, empty, binary, too large."""

    exit_code = ExitCode.BAD_INPUT


class UnsuitableError(InputError):
    """The text is nothing that this program is for, by its look; `force` goes on nevertheless."""


class NotGermanError(UnsuitableError):
    """The text is in another language; `language` is its ISO 639-1 code."""

    exit_code = ExitCode.NOT_GERMAN

    def __init__(self, message: str, language: str) -> None:
        super().__init__(message)
        self.language = language


class NotAnArticleError(UnsuitableError):
    """What was read is no article: a cookie wall, the free beginning behind a paywall, a listing, a scrap."""

    exit_code = ExitCode.NOT_AN_ARTICLE


class SetupError(BriefError):
    """Something that the person must set up: a key, an extra, a model's name, a server's address."""

    exit_code = ExitCode.SETUP


class BudgetError(BriefError):
    """The next request could pass the budget; what was done until then stands."""

    exit_code = ExitCode.INCOMPLETE


class EndpointError(BriefError):
    """The model's endpoint did not give an answer that can be used."""


class TruncatedError(EndpointError):
    """The answer ended at the token limit: the work must be split."""


class ContextTooLongError(EndpointError):
    """The request does not fit the model's context: the work must be split."""


class ContentFilteredError(EndpointError):
    """The endpoint's content filter stopped the answer; asking again is of no use."""


class InvalidAnswerError(EndpointError):
    """The answer did not fit the schema, also after the re-asks."""
