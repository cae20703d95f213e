"""Fit the weights by which a translation is chosen among samples: ``python -m benchmarks.fit_choice --help``.

A development tool. The rows of `--pairs` are translated several times by the built-in model and kept in `--pool`. The
chrF of each candidate against the references, less the mean of its sentence, is fitted by ridge regression on its
measures (`summarizer.choice.measures`), less theirs: so only what tells candidates of one sentence apart counts. Prints
what cross-validation says, folds by sentence; with `--write` the weights go into `summarizer/choice.json`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.embedded_quality import texts
from summarizer import choice, prompts
from summarizer.checks import Pair
from summarizer.confidence import assess
from summarizer.continuation import SAMPLE_TEMPERATURE, likeliest, samples
from summarizer.evaluate.compare import Comparison, compare
from summarizer.evaluate.references import score, statistics
from summarizer.evaluate.runs import Run, Unit
from summarizer.llm import open_model
from summarizer.settings import Settings

FOLDS = 10
SAMPLED = 8
"""Samples of a sentence, beside the likeliest answer."""
PENALTY = 3.0
"""Of the squared weights of standardised measures, for each sentence."""
KINDS = {"vectors": True, "rules": False}
NAMES = ("confidence", "logprob", "length")


@dataclass(frozen=True)
class Pool:
    """The candidates of one sentence, the likeliest first: measures by kind, and statistics for chrF and BLEU."""

    measured: dict[str, Any]
    statistics: list[dict[str, tuple[float, ...]]]

    @property
    def gains(self) -> Any:
        """The chrF of each candidate, less their mean."""
        values = np.array([score("chrf", one["chrf"]) for one in self.statistics])
        return values - values.mean()


async def generate(pairs: Sequence[tuple[str, tuple[str, ...]]], path: Path, settings: Settings) -> None:
    """Add the candidates of the sentences that `path` lacks."""
    there = {row["source"] for row in read(path)}
    async with open_model(settings) as model:
        with path.open("a", encoding="utf-8") as out:
            for source, references in pairs:
                if source in there:
                    continue
                messages = prompts.of(model, "translate").render(sentence=source, examples=[])
                drawn = [await likeliest(model, messages, source), *await samples(model, messages, source, SAMPLED)]
                row = {
                    "source": source,
                    "references": references,
                    "candidates": [{"text": one.text, "logprob": one.logprob} for one in drawn],
                }
                out.write(json.dumps(row, ensure_ascii=False) + "\n")


def read(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a pool; none if there is no file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.is_file() else []


def pooled(row: dict[str, Any]) -> Pool:
    """Return the candidates with their measures, by the code that chooses."""
    candidates = [one for one in row["candidates"] if one["text"]]
    pairs = [Pair("s1", row["source"], one["text"]) for one in candidates]
    measured = {}
    for kind, vectors in KINDS.items():
        assessments = assess(pairs, vectors=vectors)
        rows = [
            choice.measures(pair, assessment, one["logprob"])
            for pair, assessment, one in zip(pairs, assessments, candidates, strict=True)
        ]
        measured[kind] = np.array([[one[name] for name in NAMES] for one in rows])
    return Pool(measured, [statistics(one["text"], *row["references"]) for one in candidates])


def fit(pools: Sequence[Pool], kind: str) -> Any:
    """Return one weight a measure."""
    rows = np.concatenate([pool.measured[kind] - pool.measured[kind].mean(axis=0) for pool in pools])
    gains = np.concatenate([pool.gains for pool in pools])
    scale = rows.std(axis=0) + 1e-9
    rows = rows / scale
    return np.linalg.solve(rows.T @ rows + PENALTY * len(pools) * np.eye(len(NAMES)), rows.T @ gains) / scale


def cross_validated(pools: Sequence[Pool], kind: str) -> Comparison:
    """Return how the candidates that weights of other sentences choose compare with the likeliest, and the best."""
    chosen: dict[int, int] = {}
    for fold in range(FOLDS):
        weights = fit([pool for place, pool in enumerate(pools) if place % FOLDS != fold], kind)
        for place in range(fold, len(pools), FOLDS):
            chosen[place] = int(np.argmax(pools[place].measured[kind] @ weights))

    def run(name: str, places: Sequence[int]) -> Run:
        taken = [pool.statistics[place] for pool, place in zip(pools, places, strict=True)]
        return Run(name, "pairs", {str(number): Unit(sums, ()) for number, sums in enumerate(taken)})

    best = [int(np.argmax(pool.gains)) for pool in pools]
    own = [chosen[place] for place in range(len(pools))]
    return compare([run("likeliest", [0] * len(pools)), run("chosen", own), run("the best by the reference", best)])


def main() -> None:
    """Fit, print, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, required=True, help="JSON Lines, as benchmarks.embedded_quality takes.")
    parser.add_argument("--from", dest="first", type=int, default=0)
    parser.add_argument("--to", dest="last", type=int)
    parser.add_argument("--pool", type=Path, required=True, help="Where the candidates are kept.")
    parser.add_argument("--slots", type=int, default=8)
    parser.add_argument("--threads", type=int)
    parser.add_argument("--write", action="store_true", help="Store the weights in the package.")
    options = parser.parse_args()
    settings = Settings.load(provider="embedded", concurrency=options.slots, threads=options.threads)
    pairs = texts(options.pairs, options.first, options.last)
    asyncio.run(generate(pairs, options.pool, settings))
    wanted = {source for source, _ in pairs}
    pools = [pooled(row) for row in read(options.pool) if row["source"] in wanted]
    found: dict[str, Any] = {"weights": {}, "cross_validated": {}}
    for kind in KINDS:
        report = cross_validated(pools, kind)
        found["weights"][kind] = {
            name: round(float(weight), 3) for name, weight in zip(NAMES, fit(pools, kind), strict=True)
        }
        found["cross_validated"][kind] = {
            figure.name: {
                name: round(one.value or 0.0, 2) for name, one in zip(report.runs, figure.values, strict=True)
            }
            for figure in report.figures
        }
        print(kind, found["weights"][kind])
        for figure in report.figures:
            for name, gain in zip(report.runs[1:], figure.differences, strict=True):
                print(f"{figure.label}: {name} {gain.value:+.2f} [{gain.low:+.2f}, {gain.high:+.2f}]")
    if options.write:
        about = {
            "about": "Weights of summarizer/choice.py; ridge regression on chrF, larger scores are better.",
            "made_by": "python -m benchmarks.fit_choice",
            "fitted_on": {
                "file": options.pairs.name,
                "rows": [options.first, options.last],
                "sentences": len(pools),
                "samples": SAMPLED,
                "temperature": SAMPLE_TEMPERATURE,
            },
        }
        path = Path(choice.__file__).with_name(choice.WEIGHTS_FILE)
        path.write_text(json.dumps(about | found, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
