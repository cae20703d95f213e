"""English that a person wrote, for documents: of sentences (JSON Lines), or of whole articles (a folder of texts)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from ..article import plain
from ..collection import Report
from ..errors import InputError
from ..readers import read_path
from ..verify import BadRow, CheckedPair, Columns, read_rows


class Passage(NamedTuple):
    """A part of a document beside a person's English of it.

    Attributes:
        target: What the document has; empty where it has nothing.
        reference: What the person wrote.
        sentences: Places of the sentences that it is made of.
    """

    target: str
    reference: str
    sentences: range


@dataclass(slots=True)
class References:
    """References by what they are of.

    Attributes:
        of_german: By the letters of the German.
        of_article: By the name of the article's file, without its ending.
    """

    of_german: dict[str, str] = field(default_factory=dict)
    of_article: dict[str, str] = field(default_factory=dict)

    def passages(self, source: str, sentences: Sequence[CheckedPair]) -> Iterator[Passage]:
        """Yield what a document's sentences have a reference for: as many of them at a time as a row holds.

        Args:
            source: What the article was read from.
            sentences: Its sentences, in order.
        """
        whole = self.of_article.get(_name(source))
        if whole is not None:
            yield _passage(sentences, range(len(sentences)), whole)
            return
        longest = max(map(len, self.of_german), default=0)
        first = 0
        while first < len(sentences):
            german, behind, found = "", first, None
            while behind < len(sentences) and len(german) < longest:
                german += _letters(sentences[behind].source or "")
                behind += 1
                if german in self.of_german:
                    found = _passage(sentences, range(first, behind), self.of_german[german])
            if found:
                yield found
            first = found.sentences.stop if found else first + 1


def load(path: Path, columns: Columns, report: Report) -> References:
    """Return the references in a JSON Lines file of sentences or paragraphs, or in a folder of articles' texts.

    Args:
        path: The file, with the German and a person's English in each row; or the folder, a file an article, named as it.
        columns: Where the rows hold their texts.
        report: Told which rows are passed over.

    Raises:
        InputError: It cannot be read, or holds none.
    """
    found = References()
    try:
        if path.is_dir():
            for file in sorted(path.iterdir()):
                if file.is_file() and not file.name.startswith("."):
                    found.of_article[_name(file.name)] = plain(read_path(file).text)
        else:
            with path.open("rb") as lines:
                for row in read_rows(lines, Columns(columns.source, columns.reference)):
                    if isinstance(row, BadRow):
                        report(f"{path.name}: line {row.line} is no reference: {row.error}.")
                    elif row.pair.source and row.pair.target:
                        found.of_german.setdefault(_letters(row.pair.source), row.pair.target)
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}).") from error
    if not found.of_german and not found.of_article:
        raise InputError(f"{path} holds no references: give JSON Lines with src and ref, or a folder of texts.")
    return found


def _passage(sentences: Sequence[CheckedPair], places: range, reference: str) -> Passage:
    return Passage(" ".join(sentences[place].target or "" for place in places), reference, places)


def _name(source: str) -> str:
    return Path(source).stem


def _letters(text: str) -> str:
    """Return a text without white space: where lines and sentences end does not matter."""
    return "".join(text.split())
