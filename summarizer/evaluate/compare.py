"""Runs side by side over what they have in common, with paired bootstrap intervals.

Each resample draws units (articles, or sentences of a file of pairs) with replacement, the same ones for every run and
every figure (Efron 1979; for differences of translation systems Koehn 2004), and computes each figure of each run anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any, Final, Literal

from pydantic import Field

from ..article import Frozen
from ..errors import InputError
from ..extras import require
from . import references
from .figures import FIGURES
from .runs import Run, Unit

RESAMPLES: Final = 1000
SEED: Final = 12345
"""sacrebleu's."""
LEVEL: Final = (0.025, 0.975)
"""Quantiles of the resamples that bound an interval of 95 %."""
_AT_ONCE: Final = 4_000_000
"""Counts of drawn units in memory at a time."""


class Estimate(Frozen):
    """A figure of one run, or how far it is from that of the first run."""

    value: float | None = Field(description="Null if there is nothing that the figure could be about.")
    low: float | None = Field(default=None, description="Where the interval of 95 % begins; null with one unit.")
    high: float | None = Field(default=None, description="Where it ends.")

    @property
    def clear(self) -> bool:
        """Whether a difference is one way in the whole interval."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


class Compared(Frozen):
    """One figure of all runs."""

    name: str
    label: str
    better: Literal["higher", "lower"]
    n: int = Field(description="Units that the figure is about in the first run that has it.")
    values: tuple[Estimate, ...] = Field(description="One for each run.")
    differences: tuple[Estimate, ...] = Field(description="Of each further run from the first.")


class Comparison(Frozen):
    """What was compared, and how."""

    runs: tuple[str, ...]
    units: Literal["documents", "pairs"]
    n: int = Field(description="Units that all runs have.")
    segments: int = Field(description="Sentences in these, of the first run; a pair is one.")
    left_out: tuple[int, ...] = Field(description="Units of each run that another one has not.")
    resamples: int
    seed: int
    signatures: dict[str, str] = Field(description="sacrebleu's, for figures with a reference.")
    figures: tuple[Compared, ...]


def common(runs: Sequence[Run]) -> list[str]:
    """Return the keys of the units that all runs have, in the first one's order; raises InputError if there are none."""
    keys = [key for key in runs[0].units if all(key in run.units for run in runs)]
    if not keys:
        made = "article" if runs[0].of == "documents" else "sentence"
        raise InputError(
            f"{' and '.join(run.name for run in runs)} have no {made} in common: compare runs of the same."
        )
    return keys


def compare(runs: Sequence[Run], *, resamples: int = RESAMPLES, seed: int = SEED) -> Comparison:
    """Return every figure of every run, and its differences from the first.

    Args:
        runs: One or more; only what all of them have counts.
        resamples: How many are drawn.
        seed: The same seed draws the same ones.

    Raises:
        InputError: If the runs have nothing in common.
        SetupError: If numpy is not installed.
    """
    keys = common(runs)
    units = [[run.units[key] for key in keys] for run in runs]
    names = [name for name in FIGURES if any(name in unit.sums for of_run in units for unit in of_run)]
    tables = [_table(of_run, name) for of_run in units for name in names]
    drawn = _drawn(tables, resamples, seed) if len(keys) > 1 else [[] for _ in tables]
    figures = []
    for number, name in enumerate(names):
        mine = range(number, len(tables), len(names))
        wholes = [_value(name, [sum(column) for column in zip(*tables[i], strict=True)]) for i in mine]
        if all(whole is None for whole in wholes):
            continue
        samples = [[_value(name, row) for row in drawn[i]] for i in mine]
        first = next(of_run for of_run in units if any(name in unit.sums for unit in of_run))
        figures.append(
            Compared(
                name=name,
                label=FIGURES[name].label,
                better=FIGURES[name].better,
                n=sum(name in unit.sums for unit in first),
                values=tuple(_estimate(*one) for one in zip(wholes, samples, strict=True)),
                differences=tuple(
                    _estimate(_less(whole, wholes[0]), [_less(*two) for two in zip(sample, samples[0], strict=True)])
                    for whole, sample in zip(wholes[1:], samples[1:], strict=True)
                ),
            )
        )
    return Comparison(
        runs=tuple(run.name for run in runs),
        units=runs[0].of,
        n=len(keys),
        segments=sum(len(unit.sentences) for unit in units[0]),
        left_out=tuple(len(run.units) - len(keys) for run in runs),
        resamples=resamples,
        seed=seed,
        signatures=references.signatures() if "chrf" in names else {},
        figures=tuple(figures),
    )


def _table(units: Sequence[Unit], name: str) -> list[tuple[float, ...]]:
    """Return what each unit adds to a figure; nothing where the figure is not about it."""
    width = next((len(unit.sums[name]) for unit in units if name in unit.sums), 0)
    return [unit.sums.get(name, (0.0,) * width) for unit in units]


def _drawn(tables: Sequence[list[tuple[float, ...]]], resamples: int, seed: int) -> list[list[list[float]]]:
    """Return the sums of each table in each resample."""
    np: Any = require("numpy", "eval", "A bootstrap")
    size = len(tables[0])
    generator = np.random.default_rng(seed)
    everything = np.hstack([np.array(table, dtype=float).reshape(size, -1) for table in tables])
    at_once = max(_AT_ONCE // size, 1)
    rounds = [min(at_once, resamples - start) for start in range(0, resamples, at_once)]
    sums = np.vstack([generator.multinomial(size, [1 / size] * size, count) @ everything for count in rounds])
    ends = list(accumulate(len(table[0]) for table in tables))
    return [sums[:, end - len(table[0]) : end].tolist() for table, end in zip(tables, ends, strict=True)]


def _value(name: str, sums: Sequence[float]) -> float | None:
    return FIGURES[name].value(sums) if sums else None


def _less(value: float | None, other: float | None) -> float | None:
    return None if value is None or other is None else value - other


def _estimate(value: float | None, samples: Sequence[float | None]) -> Estimate:
    known = [sample for sample in samples if sample is not None]
    if value is None or not known:
        return Estimate(value=value)
    low, high = require("numpy", "eval", "A bootstrap").quantile(known, LEVEL).tolist()
    return Estimate(value=value, low=low, high=high)
