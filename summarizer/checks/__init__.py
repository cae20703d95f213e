"""Checks of a translation against its source that need no model: one module a check.

A check is a function `Pair → findings`. It never raises on any text, and costs microseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..article import BlockKind
from ..findings import Finding, Severity, Span

if TYPE_CHECKING:
    from ..terms.matching import Use


@dataclass(frozen=True, slots=True)
class Pair:
    """A German segment and its English translation.

    Attributes:
        id: The sentence id that findings name.
        source: The German text, one sentence, as `article.plain` gives it (one line, NFC).
        target: The English text.
        kind: What the sentence is in the article; headings are terse.
        published: ISO 8601 date of publication, for relative dates; None if unknown.
        terms: The glossary's terms that stand in the source.
        around: Ids and German texts of the sentences around it, whose translation the English may be by mistake.
        twins: Ids and German texts of the sentences of the same text that have the same English (`reuse.among`).
    """

    id: str
    source: str
    target: str
    kind: BlockKind = "body"
    published: str | None = None
    around: tuple[tuple[str, str], ...] = ()
    twins: tuple[tuple[str, str], ...] = ()
    terms: tuple[Use, ...] = ()

    def finding(
        self, code: str, severity: Severity, message: str, source: Iterable[Span] = (), target: Iterable[Span] = ()
    ) -> Finding:
        """Return a finding about this pair, with its spans in source and target."""
        return Finding(
            code=code,
            severity=severity,
            where=self.id,
            message=message,
            source_spans=tuple(source),
            target_spans=tuple(target),
        )


Check = Callable[[Pair], Iterable[Finding]]
