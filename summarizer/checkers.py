"""Who runs the checks of an article: this process, or others beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from . import confidence
from .article import Article, plain
from .checks import Pair
from .confidence import Assessment
from .document import Translation
from .items import Brief
from .support import Support, support_of


class Checker(Protocol):
    """Runs the checks; whoever does, they say the same."""

    def load(self, article: Article) -> None:
        """Begin to load what the checks need, and return at once: the first answers to this article are waited for."""

    async def assess(self, article: Article, pairs: Sequence[Pair]) -> list[Assessment]:
        """Return what `confidence.assess` does; the pairs are of that article."""

    async def support(self, brief: Brief, article: Article, translation: Translation | None) -> Support:
        """Return what `support.support_of` does."""


class Here:
    """This process runs them, and does nothing else meanwhile."""

    def load(self, article: Article) -> None:
        """Begin to load, and to read the German of the article."""
        confidence.load([plain(sentence.text) for sentence in article.sentences])

    async def assess(self, article: Article, pairs: Sequence[Pair]) -> list[Assessment]:  # noqa: ARG002  # the protocol's
        """Return what the checks say of each pair."""
        return confidence.assess(pairs)

    async def support(self, brief: Brief, article: Article, translation: Translation | None) -> Support:
        """Return what bears out each item of the brief."""
        return support_of(brief, article, translation)


HERE: Final = Here()
