"""German news articles in English: a structured brief whose every statement names its sentences.

The library in short:

    from summarizer import summarize
    document = summarize("article.txt")          # or asummarize, inside a running event loop

Everything else that is public is listed in `__all__`; names are imported when they are first used, since a command
that only prints its version must not wait for a client library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from .api import asummarize, summarize
    from .article import Article, Sentence, Source
    from .document import Document, Provenance, Segment, Translation, Usage
    from .errors import BriefError, EndpointError, InputError, NotAnArticleError, NotGermanError, SetupError
    from .findings import Finding, Span
    from .items import (
        Brief,
        Claim,
        Cues,
        Entity,
        Event,
        Evidence,
        Figure,
        Item,
        Organisation,
        Person,
        Place,
        Quotation,
        When,
    )
    from .kinds import parse_document
    from .llm import Model, open_model
    from .pipeline import Options, prepare, run
    from .readers import read_bytes, read_path, read_text
    from .settings import Settings
    from .verify import CheckedPair, CheckedTranslation, check_document, check_pairs, check_translation

_HOMES = {
    "api": ("asummarize", "summarize"),
    "article": ("Article", "Sentence", "Source"),
    "document": ("Document", "Provenance", "Segment", "Translation", "Usage"),
    "errors": ("BriefError", "EndpointError", "InputError", "NotAnArticleError", "NotGermanError", "SetupError"),
    "findings": ("Finding", "Span"),
    "items": (
        "Brief",
        "Claim",
        "Cues",
        "Entity",
        "Event",
        "Evidence",
        "Figure",
        "Item",
        "Organisation",
        "Person",
        "Place",
        "Quotation",
        "When",
    ),
    "kinds": ("parse_document",),
    "llm": ("Model", "open_model"),
    "pipeline": ("Options", "prepare", "run"),
    "readers": ("read_bytes", "read_path", "read_text"),
    "settings": ("Settings",),
    "verify": ("CheckedPair", "CheckedTranslation", "check_document", "check_pairs", "check_translation"),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [  # noqa: PLE0604, RUF100  # listed once, in _HOMES; a test holds that both agree
    "Article",
    "Brief",
    "BriefError",
    "CheckedPair",
    "CheckedTranslation",
    "Claim",
    "Cues",
    "Document",
    "EndpointError",
    "Entity",
    "Event",
    "Evidence",
    "Figure",
    "Finding",
    "InputError",
    "Item",
    "Model",
    "NotAnArticleError",
    "NotGermanError",
    "Options",
    "Organisation",
    "Person",
    "Place",
    "Provenance",
    "Quotation",
    "Segment",
    "Sentence",
    "Settings",
    "SetupError",
    "Source",
    "Span",
    "Translation",
    "Usage",
    "When",
    "asummarize",
    "check_document",
    "check_pairs",
    "check_translation",
    "open_model",
    "parse_document",
    "prepare",
    "read_bytes",
    "read_path",
    "read_text",
    "run",
    "summarize",
]


def __getattr__(name: str) -> Any:
    """Import a public name from its module when it is first asked for."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{_HOME[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
