"""What is evaluated: a folder of documents, or JSON Lines of documents or of pairs with or without references."""

from __future__ import annotations

import json
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from ..checks import Pair
from ..collection import PassedOver, Report, documents
from ..document import Document
from ..errors import InputError
from ..items import Brief
from ..verify import BadRow, CheckedPair, Columns, check_rows, checked_pairs, read_rows
from . import human
from .figures import Sums, of_document, of_passages, of_sentences


@dataclass(frozen=True, slots=True)
class Unit:
    """A document, or a pair: what is resampled as a whole, since the sentences of an article are not independent.

    Attributes:
        sums: What it adds to the figures.
        sentences: Its sentences as they were checked.
        references: Of each sentence the English of a person, where there is one of this sentence alone.
    """

    sums: Sums
    sentences: tuple[CheckedPair, ...]
    references: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """What one system, prompt or kind made.

    Attributes:
        name: Of the file or folder.
        of: What its units are.
        units: By what they are made from, the article or the sentence, which pairs them with another run's.
        bad: How many lines were no pairs, or files and lines no documents.
    """

    name: str
    of: Literal["documents", "pairs"]
    units: dict[str, Unit]
    bad: int = 0


def read_runs(
    paths: Sequence[Path],
    columns: Columns,
    report: Report,
    *,
    vectors: bool = True,
    kind: type[Brief] | None = None,
    kinds_dir: Path | None = None,
    references: Path | None = None,
) -> list[Run]:
    """Return runs; pairs are checked, documents have been.

    Args:
        paths: Folders of documents, or JSON Lines files of documents or of pairs.
        columns: Where the pairs hold their texts.
        report: Told what is passed over.
        vectors: False leaves the sentence vectors out of the checks of pairs.
        kind: Of the documents' briefs, as in `collection.documents`.
        kinds_dir: As there.
        references: A person's English for documents, as `human.load` takes it.

    Raises:
        InputError: If one cannot be read, or holds nothing, or no document has a reference of those given, or there are references
            and one holds pairs.
        SetupError: If there are references and sacrebleu is not installed.
    """
    short = [path.resolve().name if path.is_dir() else path.stem for path in paths]
    names = short if len(set(short)) == len(short) else [str(path) for path in paths]
    given = human.load(references, columns, report) if references else None
    runs = []
    for path, name in zip(paths, names, strict=True):
        try:
            if _holds_pairs(path):
                if references:
                    raise InputError(
                        f"{path} holds pairs, whose references are their own field {columns.reference!r}: leave --references out."
                    )
                run = _pairs(path, name, columns, report, vectors=vectors)
            else:
                passed_over = PassedOver(report)
                run = _documents(name, documents(path, passed_over, kind, kinds_dir), report, given)
                run = replace(run, bad=passed_over.count)
        except OSError as error:
            raise InputError(f"{path} cannot be read ({error.strerror}).") from error
        if not run.units:
            raise InputError(f"{path} holds no {run.of.removesuffix('s')} to evaluate.")
        if run.of == "documents" and references and not any("chrf" in unit.sums for unit in run.units.values()):
            raise InputError(
                f"{references} has no reference for the documents of {path}: nothing in it is their German."
            )
        runs.append(run)
    return runs


def _holds_pairs(path: Path) -> bool:
    if not path.is_file() or path.suffix.lower() == ".json":
        return False
    with path.open("rb") as lines:
        first = next((line for line in lines if line.strip()), b"")
    try:
        row = json.loads(first)
    except ValueError:
        return True  # read_rows says what is wrong with it
    return not (isinstance(row, dict) and "article" in row and "provenance" in row)


def _documents(
    name: str, found: Iterable[tuple[str, Document[Any]]], report: Report, given: human.References | None
) -> Run:
    units: dict[str, Unit] = {}
    for file, document in found:
        article = document.article
        if article.id in units:
            report(f"{file} is passed over: an earlier document is of the same article.")
            continue
        sentences = tuple(row for row in checked_pairs(document) if row.id in article.ids)
        passages = list(given.passages(article.source, sentences)) if given else []
        figures = (of_sentences(sentences) if sentences else {}) | of_document(document) | of_passages(passages)
        alone = {one.sentences.start: one.reference for one in passages if len(one.sentences) == 1}
        units[article.id] = Unit(figures, sentences, tuple(map(alone.get, range(len(sentences)))))
    return Run(name, "documents", units)


def _pairs(path: Path, name: str, columns: Columns, report: Report, *, vectors: bool) -> Run:
    units: dict[str, Unit] = {}
    seen: Counter[str] = Counter()
    references: deque[str | None] = deque()  # of the pairs that are being checked
    bad = 0

    def rows() -> Iterator[Pair | BadRow]:
        with path.open("rb") as lines:
            for row in read_rows(lines, columns):
                if isinstance(row, BadRow):
                    yield row
                else:
                    references.append(row.reference)
                    yield row.pair

    for row in check_rows(rows(), vectors=vectors):
        if isinstance(row, BadRow):
            bad += 1
            report(f"{path.name}: line {row.line} is no pair: {row.error}.")
            continue
        reference = references.popleft()
        source = row.source or ""
        seen[source] += 1
        passages = [human.Passage(row.target or "", reference, range(1))] if reference else []
        units[f"{source}\n{seen[source]}"] = Unit(of_sentences([row]) | of_passages(passages), (row,), (reference,))
    return Run(name, "pairs", units, bad)
