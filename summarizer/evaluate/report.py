"""A comparison for people: a table of text, and a page with the sentences in which the runs differ most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Final

from ..renderers.outline import safe
from ..renderers.page import render_page
from ..verify import CheckedPair
from .compare import Compared, Comparison, Estimate, common
from .figures import FIGURES
from .references import sentence_chrf
from .runs import Run

SHOWN: Final = 50
"""Sentences on the page."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """A sentence of which the runs made different English.

    Attributes:
        source: The German.
        reference: A person's English, if there is one.
        spread: How far apart the runs are: in chrF where there is a reference, otherwise in confidence times 100.
        versions: Of each run its English, and its chrF if there is a reference.
    """

    source: str
    reference: str | None
    spread: float
    versions: tuple[tuple[CheckedPair, float | None], ...]


def contrasts(runs: Sequence[Run]) -> list[Contrast]:
    """Return the sentences in which the runs differ most, the farthest apart first; those with a reference before."""
    found = sorted(_contrasts(runs), key=lambda one: (one.reference is None, -one.spread))
    return found[:SHOWN]


def _contrasts(runs: Sequence[Run]) -> Iterator[Contrast]:
    for key in common(runs):
        units = [run.units[key] for run in runs]
        references = units[0].references or repeat(None)
        versions = zip(*(unit.sentences for unit in units), strict=False)  # of an article without translation none
        for rows, reference in zip(versions, references, strict=False):
            if len({row.target for row in rows}) == 1:
                continue
            chrf = [sentence_chrf(row.target or "", reference) if reference else None for row in rows]
            scores = [score for score in chrf if score is not None]
            if len(scores) < len(rows):
                scores = [100 * (row.confidence or 0.0) for row in rows]
            yield Contrast(
                source=rows[0].source or "",
                reference=reference,
                spread=max(scores) - min(scores),
                versions=tuple(zip(rows, chrf, strict=True)),
            )


def table(comparison: Comparison) -> str:
    """Return the comparison as lines of text: a row a figure, a column a run."""
    rows = [["", *map(safe, comparison.runs)]]
    rows += [[figure.label, *cells(figure)] for figure in comparison.figures]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([*lines, "", *notes(comparison)])


def cells(figure: Compared) -> list[str]:
    """Return a figure of each run with its interval, after the first run with the difference and the difference's."""
    digits = FIGURES[figure.name].digits
    first, *others = figure.values
    shown = [f"{_number(first.value, digits)}{_interval(first, digits)}"]
    for value, difference in zip(others, figure.differences, strict=True):
        cell = _number(value.value, digits)
        if difference.value is not None:
            better = (difference.value > 0) == (figure.better == "higher")
            verdict = (" better" if better else " worse") if difference.clear else ""
            cell += f"  {_number(difference.value, digits, '+')}{_interval(difference, digits, '+')}{verdict}"
        shown.append(cell)
    return shown


def notes(comparison: Comparison) -> Iterator[str]:
    """Yield what must be known to read the figures, a line each."""
    what = comparison.units if comparison.n > 1 else comparison.units.removesuffix("s")
    of = f" with {comparison.segments:,} segments" if comparison.units == "documents" else ""
    yield f"{comparison.n:,} {what}{of}; [95 % intervals] by {comparison.resamples:,} resamples of them, seed {comparison.seed}."
    if len(comparison.runs) > 1:
        yield f"Differences are from {safe(comparison.runs[0])}, paired; better or worse only where the whole interval is."
    for name, left_out in zip(comparison.runs, comparison.left_out, strict=True):
        if left_out:
            yield f"{left_out:,} of {safe(name)} left out: not in every run."
    for figure in comparison.figures:
        if figure.n < comparison.n:
            yield f"{figure.label}: of {figure.n:,} {comparison.units}."
    for name, signature in comparison.signatures.items():
        yield f"{FIGURES[name].label}: {signature}"


def page(comparison: Comparison, runs: Sequence[Run]) -> str:
    """Return a self-contained page: the table, and the sentences in which the runs differ most."""
    return render_page(
        "evaluation",
        runs=comparison.runs,
        figures=[(figure.label, figure.better, cells(figure)) for figure in comparison.figures],
        notes=list(notes(comparison)),
        contrasts=contrasts(runs) if len(runs) > 1 else [],
    )


def _number(value: float | None, digits: int, sign: str = "") -> str:
    return "–" if value is None else f"{value:{sign},.{digits}f}".replace("-", "−")


def _interval(estimate: Estimate, digits: int, sign: str = "") -> str:
    if estimate.low is None:
        return ""
    return f" [{_number(estimate.low, digits, sign)}, {_number(estimate.high, digits, sign)}]"
