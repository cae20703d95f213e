"""Span, type and value of German time expressions against a gold standard such as KRAUTS.

    python -m benchmarks.timex FILE [--errors N] [--json]

FILE: one JSON object a line with `text`, `dct` (document date), `part` and `timex` (`begin`, `end`, `type`, `value`).
Figures follow TempEval-3 (UzZaman et al. 2013): strict F1 wants the same span, relaxed F1 any overlap; type and value
F1 count the relaxed matches whose type or value agrees; the accuracies are over the relaxed matches.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

from summarizer.quantities import TimeExpression, german_times

_FIGURES = ("strict", "relaxed", "type", "value", "strict_value")


def score(gold: list[dict[str, Any]], found: list[TimeExpression]) -> Counter[str]:
    """Return the counts of one document: gold, found and agreeing expressions."""
    counts = Counter(gold=len(gold), found=len(found))
    free = list(found)
    for timex in gold:
        overlaps = [time for time in free if time.start < timex["end"] and timex["begin"] < time.end]
        if not overlaps:
            continue
        best = min(overlaps, key=lambda time: (time.start, time.end) != (timex["begin"], timex["end"]))
        free.remove(best)
        strict = (best.start, best.end) == (timex["begin"], timex["end"])
        counts["relaxed"] += 1
        counts["strict"] += strict
        counts["type"] += best.type == timex["type"]
        counts["value"] += best.value == timex["value"]
        counts["strict_value"] += strict and best.value == timex["value"]
    return counts


def figures(counts: Counter[str]) -> dict[str, float]:
    """Return precision, recall and F1 of the spans, F1 of type and value, and their accuracies."""

    def f1(agreeing: int) -> float:
        return 200 * agreeing / (counts["gold"] + counts["found"] or 1)

    result: dict[str, float] = {"gold": counts["gold"], "found": counts["found"]}
    result |= {f"{name}_f1": round(f1(counts[name]), 1) for name in _FIGURES}
    for name in ("strict", "relaxed"):
        result[f"{name}_precision"] = round(100 * counts[name] / (counts["found"] or 1), 1)
        result[f"{name}_recall"] = round(100 * counts[name] / (counts["gold"] or 1), 1)
    for name in ("type", "value"):
        result[f"{name}_accuracy"] = round(100 * counts[name] / (counts["relaxed"] or 1), 1)
    return result


def main() -> None:
    """Print the figures, overall and by part."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="also print N disagreements of each kind")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    parts: dict[str, Counter[str]] = {"all": Counter()}
    errors: dict[str, list[str]] = {}
    seconds, characters = 0.0, 0
    for line in options.file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        started = time.perf_counter()
        found = german_times(row["text"], row["dct"])
        seconds += time.perf_counter() - started
        characters += len(row["text"])
        counts = score(row["timex"], found)
        parts["all"] += counts
        parts.setdefault(row["part"], Counter()).update(counts)
        for kind, told in disagreements(row, found):
            errors.setdefault(kind, []).append(told)
    report = {part: figures(counts) for part, counts in parts.items()}
    if options.json:
        print(json.dumps(report | {"characters_per_second": round(characters / seconds)}, indent=2))
        return
    for part, values in report.items():
        print(part, "  ".join(f"{name} {value:g}" for name, value in values.items()), sep="\n  ")
    print(f"{characters / seconds:,.0f} characters/s")
    for kind, told_all in errors.items():
        print(f"\n{kind}: {len(told_all)}", *told_all[: options.errors], sep="\n  ")


def disagreements(row: dict[str, Any], found: list[TimeExpression]) -> list[tuple[str, str]]:
    """Return what is missed, spurious, or of another span, type or value, each with its surroundings."""
    told = []
    text = row["text"]
    for timex in row["timex"]:
        begin, end = timex["begin"], timex["end"]
        near = " ".join(text[max(0, begin - 40) : end + 30].split())
        best = next((time for time in found if time.start < end and begin < time.end), None)
        if best is None:
            told.append(("missed", f"{text[begin:end]} [{timex['type']} {timex['value']}] … {near}"))
            continue
        if (best.start, best.end) != (begin, end):
            told.append(("span", f"gold “{text[begin:end]}” found “{best.as_printed}”"))
        if best.value != timex["value"] or best.type != timex["type"]:
            gold = f"{timex['type']} {timex['value']}"
            told.append(
                ("value", f"{gold} found {best.type} {best.value} “{best.as_printed}” dct {row['dct']} … {near}")
            )
    for expression in found:
        if not any(expression.start < timex["end"] and timex["begin"] < expression.end for timex in row["timex"]):
            near = " ".join(text[max(0, expression.start - 40) : expression.end + 30].split())
            told.append(("spurious", f"{expression.as_printed} [{expression.type} {expression.value}] … {near}"))
    return told


if __name__ == "__main__":
    main()
