"""How well the checks of a brief tell what its evidence bears: ``python -m benchmarks.brief_support --help``.

No public data has claims with German evidence, so claims are made of translations that people wrote: a claim that says
what its evidence says (a sentence, a part of one, beside further evidence) is right, one with another number, name or
"not", with evidence of another sentence nearby, or with a half that the evidence does not have, is wrong.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from benchmarks.fit_confidence import FOLDS, WRONG, calibration, fit, rounded
from benchmarks.measures import auroc, brier, calibration_error, reliability
from benchmarks.synthetic import spoil
from benchmarks.translation_errors import read_jsonl
from summarizer.article import plain
from summarizer.checks.brief import check_brief
from summarizer.confidence import Model, doubtful, probability
from summarizer.findings import Finding
from summarizer.items import Brief, Claim
from summarizer.readers import read_text
from summarizer.segment import to_article
from summarizer.support import WEIGHTS_FILE, bearings, item_signals

if TYPE_CHECKING:
    from summarizer.checks.meaning import Bearing

PENALTY = 1e-4
"""Of the squared weights, against the mean loss of a case."""


@dataclass(frozen=True)
class Example:
    """A claim with the German that it names as evidence."""

    kind: str
    evidence: tuple[str, ...]
    claim: str
    right: bool


def examples(rows: Sequence[dict[str, Any]], seed: int = 1) -> Iterator[Example]:
    """Yield right and wrong claims made of an aligned document corpus (`de`, `en`, `doc`)."""
    rng = Random(seed)
    pairs = [(plain(str(row["de"])), plain(str(row["en"]))) for row in rows]
    docs = [row["doc"] for row in rows]
    wrong = {maker: dict(spoil(pairs, maker, seed)) for maker in ("numbers_replaced", "names_replaced", "negation")}
    for index, (german, english) in enumerate(pairs):
        beside = [
            i for i in range(max(index - 3, 0), min(index + 4, len(pairs))) if i != index and docs[i] == docs[index]
        ]
        if not beside:
            continue
        other = rng.choice(beside)
        two = (german, pairs[other][0]) if other > index else (pairs[other][0], german)
        part = first_part(english)
        yield Example("whole", (german,), english, True)
        yield Example("one of two", two, english, True)
        if part:
            yield Example("part", (german,), part, True)
        yield Example("other evidence", (pairs[other][0],), english, False)
        ending = first_part(pairs[other][1])
        if part and ending:
            yield Example("half from elsewhere", (german,), f"{part.rstrip('.')}, and {ending}", False)
        for maker, spoilt in wrong.items():
            if index in spoilt:
                yield Example(maker, (german,) if rng.random() < 0.5 else two, spoilt[index], False)


def first_part(english: str) -> str | None:
    """Return the words before the first comma as a sentence, if both sides of it have six words."""
    head, _, tail = english.partition(", ")
    return f"{head}." if len(head.split()) >= 6 and len(tail.split()) >= 6 and '"' not in head else None


def examined(cases: Sequence[Example]) -> list[tuple[list[Finding], Bearing | None]]:
    """Return the findings about each claim, and how far its evidence bears it out."""
    found = []
    for case in cases:
        article = to_article(read_text("\n\n".join(case.evidence)), "de")
        claim = Claim(text=case.claim, stance="reported", attributed_to="somebody", evidence=article.ids)
        brief = OneClaim(claim=claim)
        found.append((list(check_brief(brief, article, None)), bearings([(claim, article)])[0]))
    return found


class OneClaim(Brief):
    """A brief of one claim."""

    kind_name = "one"
    claim: Claim


def fitted(
    cases: Sequence[Example], rows: Sequence[dict[str, float]], folds: Sequence[int]
) -> tuple[dict[str, Any], list[float]]:
    """Return the calibrated model of all cases, and each case's probability of being right by one that has not seen it."""
    wrong = [not case.right for case in cases]
    counts = Counter(case.kind for case in cases)
    weights = [1 / counts[case.kind] for case in cases]
    bad = sum(weight for weight, is_wrong in zip(weights, wrong, strict=True) if is_wrong)
    good = sum(weights) - bad
    weights = [
        w * (WRONG / bad if is_wrong else (1 - WRONG) / good) for w, is_wrong in zip(weights, wrong, strict=True)
    ]

    def of(members: Sequence[int]) -> Model:
        return Model(
            **fit(
                [rows[i] for i in members], [wrong[i] for i in members], [weights[i] for i in members], penalty=PENALTY
            )
        )

    evidence = [0.0] * len(cases)
    for fold in range(FOLDS):
        model = of([i for i in range(len(cases)) if folds[i] != fold])
        for i in range(len(cases)):
            if folds[i] == fold:
                evidence[i] = model.evidence(rows[i])
    scale, shift = calibration(evidence, wrong, weights)
    whole = of(range(len(cases)))
    scaled = {
        "intercept": round(whole.intercept * scale + shift, 3),
        "weights": {name: round(weight * scale, 3) for name, weight in whole.weights.items()},
    }
    return scaled, [1 - probability(value * scale + shift) for value in evidence]


def figures(cases: Sequence[Example], unseen: Sequence[float], findings: Sequence[Sequence[Finding]]) -> dict[str, Any]:
    """Return what the probabilities and the findings are worth, by kind of claim."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for index, case in enumerate(cases):
        by_kind[case.kind].append(index)
    right = [unseen[i] for i, case in enumerate(cases) if case.right]
    found: dict[str, Any] = {}
    for kind, members in by_kind.items():
        marked = [doubtful(findings[i], unseen[i]) for i in members]
        codes = Counter(code for i in members for code in {f"{f.code} {f.severity}" for f in findings[i]})
        found[kind] = {
            "n": len(members),
            "doubtful": sum(marked) / len(members),
            "auroc": None if cases[members[0]].right else auroc([unseen[i] for i in members], right),
            "findings": {code: count / len(members) for code, count in codes.most_common()},
        }
    weights = [1 / len(by_kind[case.kind]) for case in cases]
    was = [case.right for case in cases]
    bad = sum(w for w, ok in zip(weights, was, strict=True) if not ok)
    weights = [
        w * ((1 - WRONG) / (sum(weights) - bad) if ok else WRONG / bad) for w, ok in zip(weights, was, strict=True)
    ]
    found["all"] = {
        "n": len(cases),
        "brier": brier(unseen, was, weights),
        "calibration_error": calibration_error(unseen, was, weights),
        "said, was, share, n": [[round(value, 3) for value in row] for row in reliability(unseen, was, weights)],
    }
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, print, and with `--write` store."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.brief_support", description=__doc__)
    parser.add_argument("corpus", type=Path, help="JSONL of aligned sentences in order: de, en, doc")
    parser.add_argument("--rows", type=int, help="only so many rows")
    parser.add_argument("--write", action="store_true", help="store the weights in the package")
    options = parser.parse_args(arguments)
    cases = list(examples(read_jsonl(options.corpus)[: options.rows]))
    found = examined(cases)
    folds = [int(hashlib.sha256(case.evidence[0].encode()).hexdigest(), 16) % FOLDS for case in cases]
    models, measured = {}, {}
    for kind in ("vectors", "rules"):
        rows = [item_signals(findings, likeness if kind == "vectors" else None) for findings, likeness in found]
        models[kind], unseen = fitted(cases, rows, folds)
        measured[kind] = figures(cases, unseen, [findings for findings, _ in found])
    print(json.dumps(measured, indent=1, ensure_ascii=False))
    if options.write:
        data = {
            "about": "Weights of summarizer/support.py; logistic regression, positive weights speak for the error.",
            "made_by": "python -m benchmarks.brief_support CORPUS --write",
            "made_on": datetime.now(UTC).date().isoformat(),
            "fitted_on": dict(Counter(case.kind for case in cases)),
            "share_of_wrong_claims": WRONG,
            "cross_validated": rounded(measured),
            "models": models,
        }
        path = Path(__file__).parents[1] / "summarizer" / WEIGHTS_FILE
        path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
        print(f"written: {path}")


if __name__ == "__main__":
    main()
