"""How well the checks find wrong translations: ``python -m benchmarks.translation_errors --help``.

The data is public and stands outside the tree: the annotated German-English hallucinations of Guerreiro et al.
(EACL 2023), DEMETR's German part (EMNLP 2022), and any file of good pairs, from which further errors are made by rule.
The weights of the confidence are fitted on the development part of the same sets; `benchmarks.fit_confidence`
prints the cross-validated figures.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.measures import auroc, below, pairwise, threshold
from benchmarks.synthetic import MAKERS, spoil
from summarizer.article import plain
from summarizer.checks import Pair
from summarizer.checks.reuse import among
from summarizer.confidence import assess, checks_available, load, score
from summarizer.findings import Finding

FALSE_ALARMS = 0.05

Figures = dict[str, object]


def read_jsonl(path: Path) -> list[dict[str, object]]:
    """Return the objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def good_pairs(rows: Iterable[Mapping[str, object]]) -> list[tuple[str, str]]:
    """Return German and English of good pairs, under the names `src`,`refA` or `de`,`en`."""
    return [(str(row.get("src", row.get("de"))), str(row.get("refA", row.get("en")))) for row in rows]


def as_pairs(texts: Iterable[tuple[str, str]]) -> list[Pair]:
    """Return the texts, each for itself, as the program gives them to its checks."""
    return [Pair(f"s{number}", plain(source), plain(target)) for number, (source, target) in enumerate(texts, 1)]


def hallucinations(rows: Sequence[Mapping[str, object]], rules_only: bool) -> Figures:
    """AUROC of the confidence, and of both risks, for each label of the hallucination set."""
    pairs = among(as_pairs((str(row["src"]), str(row["mt"])) for row in rows))
    assessments = assess(pairs, vectors=not rules_only)
    scores = {
        "by_confidence": [assessment.confidence for assessment in assessments],
        "by_risk_of_hallucination": [1 - assessment.hallucination for assessment in assessments],
        "by_risk_of_omission": [1 - assessment.omission for assessment in assessments],
    }
    figures: Figures = {"n": len(rows)}
    for label in ("hallucination", "omission", "incorrect"):
        wrong = [bool(row[label]) if label in row else not row["correctness"] for row in rows]
        figures[label] = {
            name: auroc(
                [value for value, bad in zip(values, wrong, strict=True) if bad],
                [value for value, bad in zip(values, wrong, strict=True) if not bad],
            )
            for name, values in scores.items()
        } | {"n": sum(wrong)}
    return figures


def demetr(rows: Sequence[Mapping[str, object]], rules_only: bool, limit: float | None) -> Figures:
    """Pairwise accuracy, and the share flagged at `limit`, by severity and by perturbation."""
    rows = [row for row in rows if row["applied"]]
    good = score(as_pairs((str(row["src"]), str(row["good"])) for row in rows), vectors=not rules_only)
    bad = score(as_pairs((str(row["src"]), str(row["bad"])) for row in rows), vectors=not rules_only)
    groups: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        for group in ("overall", str(row["severity"]), str(row["pert_name"])):
            groups[group].append(index)

    def figure(members: Sequence[int]) -> Figures:
        wrong, right = [bad[i] for i in members], [good[i] for i in members]
        flagged = None if limit is None else below(wrong, limit)
        return {"pairwise": pairwise(wrong, right), "detected": flagged, "n": len(members)}

    return {group: figure(groups[group]) for group in sorted(groups)}


def false_alarms(findings: Sequence[Sequence[Finding]]) -> Figures:
    """Share of good pairs with a finding, by check: at error level, and at warning level or above."""
    figures: Figures = {}
    for check in (*checks_available(), "any"):
        own = [[f for f in of_pair if check in ("any", f.code.split(".")[0])] for of_pair in findings]
        figures[check] = {
            "error": sum(any(f.severity == "error" for f in of_pair) for of_pair in own) / len(own),
            "warning": sum(any(f.severity != "info" for f in of_pair) for of_pair in own) / len(own),
        }
    return figures


def clean(texts: Sequence[tuple[str, str]], rules_only: bool) -> tuple[Figures, float]:
    """False alarms, detection of errors made by rule, speed; and the score below which 5 % of the good pairs fall."""
    pairs = among(as_pairs(texts))
    score(pairs[:1], vectors=not rules_only)  # loading the encoder is no part of the speed
    begun = time.perf_counter()
    assessments = assess(pairs, vectors=not rules_only)
    seconds = time.perf_counter() - begun
    limit = threshold([assessment.confidence for assessment in assessments], FALSE_ALARMS)
    detection: Figures = {}
    for maker in MAKERS:
        spoilt = [(texts[index][0], wrong) for index, wrong in spoil(texts, maker)]
        scores = score(as_pairs(spoilt), vectors=not rules_only)
        detection[maker] = {"detected": below(scores, limit), "n": len(spoilt)}
    figures: Figures = {
        "n": len(pairs),
        "threshold": limit,
        "false_alarms": false_alarms([assessment.findings for assessment in assessments]),
        "detected_at_5_percent_false_alarms": detection,
        "pairs_per_second": len(pairs) / seconds,
    }
    return figures, limit


def speed(texts: Sequence[tuple[str, str]], rules_only: bool, processes: int) -> Figures:
    """Pairs per second of wall time, all checks, in a pool of processes with a core each; loading is no part of it."""
    pairs = as_pairs(texts)
    batches = [pairs[begin : begin + _BATCH] for begin in range(0, len(pairs), _BATCH)]
    work = partial(score, vectors=not rules_only)
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(processes)
    with ProcessPoolExecutor(processes, context, _prepare, (ready, context.Value("i", 0), rules_only)) as pool:
        list(pool.map(abs, range(processes)))  # starts every process, and the barrier keeps the first from doing it all
        begun = time.perf_counter()
        list(pool.map(work, batches))
        seconds = time.perf_counter() - begun
    return {"n": len(pairs), "processes": processes, "pairs_per_second": len(pairs) / seconds}


_BATCH = 50


def _prepare(ready: Any, count: Any, rules_only: bool) -> None:
    with count.get_lock():
        number, count.value = count.value, count.value + 1
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[number % len(cores)]})
    load()
    score(_WARM, vectors=not rules_only)
    ready.wait()


_WARM = [Pair("s1", "Am Montag sagte er, das sei so.", "On Monday he said that it was so.")]


def readable(figures: Mapping[str, object], indent: int = 0) -> Iterable[str]:
    """Yield the figures as indented lines."""
    for name, value in figures.items():
        if isinstance(value, Mapping) and all(not isinstance(leaf, Mapping) for leaf in value.values()):
            leaves = "  ".join(f"{key} {_number(leaf)}" for key, leaf in value.items())
            yield f"{' ' * indent}{name:{max(34 - indent, 1)}} {leaves}"
        elif isinstance(value, Mapping):
            yield f"{' ' * indent}{name}"
            yield from readable(value, indent + 2)
        else:
            yield f"{' ' * indent}{name:{max(34 - indent, 1)}} {_number(value)}"


def _number(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures of the files given."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.translation_errors", description=__doc__)
    parser.add_argument("--hallucinations", type=Path, metavar="FILE", help="JSONL with src, mt and the labels")
    parser.add_argument("--demetr", type=Path, metavar="FILE", help="JSONL with src, good, bad, pert_name, severity")
    parser.add_argument("--clean", type=Path, metavar="FILE", help="JSONL of good pairs: src,refA or de,en")
    parser.add_argument(
        "--processes", type=int, metavar="N", help="only the speed on the good pairs, in N processes with a core each"
    )
    parser.add_argument("--rules-only", action="store_true", help="without sentence vectors")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    if not (options.hallucinations or options.demetr or options.clean):
        parser.error("give at least one of --hallucinations FILE, --demetr FILE, --clean FILE")

    if options.processes is not None and (options.processes < 1 or not options.clean):
        parser.error("--processes needs a number of 1 or more, and --clean FILE")

    figures: Figures = {"checks": list(checks_available(vectors=not options.rules_only))}
    limit = None
    if options.processes:
        figures["speed"] = speed(good_pairs(read_jsonl(options.clean)), options.rules_only, options.processes)
    elif options.clean:
        figures["clean"], limit = clean(good_pairs(read_jsonl(options.clean)), options.rules_only)
    if options.hallucinations and not options.processes:
        figures["hallucinations"] = hallucinations(read_jsonl(options.hallucinations), options.rules_only)
    if options.demetr and not options.processes:
        figures["demetr"] = demetr(read_jsonl(options.demetr), options.rules_only, limit)
    print(json.dumps(figures, indent=2) if options.json else "\n".join(readable(figures)))


if __name__ == "__main__":
    main()
