"""Fit the weights of the confidence on development data: ``python -m benchmarks.fit_confidence --help``.

A development tool: needs scikit-learn. Prints what cross-validation says of the fit (folds keep all versions of a
German sentence together) and, with `--write`, stores the weights in `summarizer/confidence.json`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped, import-not-found, unused-ignore]
from sklearn.ensemble import GradientBoostingClassifier  # type: ignore[import-untyped, import-not-found, unused-ignore]

from benchmarks.measures import auroc, below, brier, calibration_error, pairwise, reliability, threshold
from benchmarks.synthetic import FURTHER, MAKERS, spoil
from benchmarks.translation_errors import FALSE_ALARMS, as_pairs, good_pairs, read_jsonl
from summarizer.checks.reuse import among
from summarizer.checks.suite import Examination, examined
from summarizer.confidence import WEIGHTS_FILE, Model, Steps, checks_available, probability
from summarizer.signals import Observation, observe
from summarizer.verify import SEVERITIES

FOLDS = 5
WRONG = 0.25
"""The share of wrong pairs in the fit."""
NATURAL, SPOILT = 0.5, 0.1
"""What the probability is calibrated to: this share of natural machine translations, right or wrong as people labelled
them, and for the rest good translations, this share of them spoilt by rule or by DEMETR."""
RARE = 12
"""A signal that fewer examples have gets no weight, unless it is a finding."""
USUAL = {"error": 5.0, "warning": 1.0, "info": 0.0}
"""Log-odds that two findings cost of which the data says nothing, and half of it one: as much as the surer ones of their severity."""
LEAST = {"error": 1.0, "warning": 0.0, "info": 0.0}
"""Log-odds that a finding costs at least: what is called an error is none that the confidence may pass over."""
DRAWN = 1e-5
"""Of the squared distance from that, against the mean loss of a case."""
SEVERE = 4.0
"""What a hallucination or omission counts in the fit; another error, or a right pair, counts 1."""
MADE = {"numbers_replaced": 3.4, "names_replaced": 3.2, "negation": 1.0, "untranslated": 1.6}
"""What an error made by rule counts in the fit; those not named 0.5, for there are many of few kinds. A wrong number and
an invented name are the costliest errors, and the rules can be sure of them."""
LOST = 0.3
"""What a good translation with a part cut out counts as an example of an omission; in calibration it counts nothing."""
CLEAN = 0.3
"""What a published translation counts as an example of one without hallucination or omission."""
PENALTY = 1e-5
"""Of the squared weights, against the mean loss of a case."""
STUMPS = 300
"""Steps that are added up to tell a hallucination or omission, each from a part of the cases and measures."""
BAGS = 5
"""Such sums whose mean is taken: each draws its cases and measures anew, and a single one depends on the draw."""
RISKS = ("hallucination", "omission")
CONTRAST = 0.3
"""What the mean loss of a contrast counts against that of a case."""
CRITICAL = 10.0
"""What the contrast with a critical error of DEMETR counts against another: they are few, and of the kinds that cost most."""


@dataclass(frozen=True)
class Example:
    """A pair with what is known of it; None where the data does not say."""

    kind: str
    source: str
    target: str
    right: bool | None
    weight: float = 1.0
    hallucination: bool | None = None
    omission: bool | None = None


def examples(options: argparse.Namespace) -> list[Example]:
    """Return all examples of the files given."""
    found: list[Example] = []
    if options.hallucinations:
        for row in read_jsonl(options.hallucinations):
            labels = {name: bool(row[name]) for name in ("hallucination", "omission")}
            weight = SEVERE if any(labels.values()) else 1.0
            found.append(
                Example("natural", str(row["src"]), str(row["mt"]), bool(row["correctness"]), weight, **labels)
            )
    if options.demetr:
        rows = [row for row in read_jsonl(options.demetr) if row["applied"]]
        versions = Counter(str(row["src"]) for row in rows)
        for row in rows:
            source = str(row["src"])
            wrong = row["severity"] in ("critical", "major") or str(row["pert_name"]).endswith(
                ("empty", "shuffle_trans")
            )
            found.append(Example("good", source, str(row["good"]), True, 1 / versions[source]))
            found.append(Example(str(row["pert_name"]), source, str(row["bad"]), False if wrong else None))
    for path in options.clean or ():
        texts = good_pairs(read_jsonl(path))
        found += [Example("clean", *text, True, hallucination=False, omission=False) for text in texts]
        for maker in MAKERS | FURTHER:
            right = None if maker in FURTHER else False  # a word more or less need not be an error
            lost = maker == "part_lost"
            found += [
                Example(
                    maker,
                    texts[index][0],
                    wrong,
                    False if lost else right,
                    LOST if lost else MADE.get(maker, 0.5),
                    omission=True if lost else None,
                )
                for index, wrong in spoil(texts, maker, seed=1)
            ]
    return found


def fit(
    rows: Sequence[Mapping[str, float]],
    wrong: Sequence[bool],
    weights: Sequence[float],
    contrasts: Sequence[tuple[int, int, float]] = (),
    *,
    penalty: float,
) -> dict[str, Any]:
    """Return intercept and weights, none below 0, of a logistic regression of `wrong` on the signals.

    The weight of a finding is drawn to what is usual for its severity: one that is rare in the data costs that.

    Args:
        rows: The signals of each case.
        wrong: Whether the case is wrong.
        weights: What the case counts.
        contrasts: Indices of a wrong and a right version of the same sentence, of which the wrong one should have more
            evidence, and what that counts.
        penalty: Of the squared weights, against the mean loss of a case.
    """
    counts = Counter(name for row in rows for name in row)
    names = sorted(name for name, count in counts.items() if count >= RARE or name.endswith(SEVERITIES))
    matrix = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    usual = np.array([USUAL.get(name.rpartition(" ")[2], 0.0) for name in names])
    pull_to = np.array([DRAWN if name.endswith(SEVERITIES) else penalty for name in names])
    signs, share = np.where(wrong, 1.0, -1.0), np.array(weights) / sum(weights)
    worse = matrix[[bad for bad, _, _ in contrasts]] - matrix[[good for _, good, _ in contrasts]]
    counted = np.array([weight for *_, weight in contrasts]) / max(sum(weight for *_, weight in contrasts), 1)

    def loss(parameters: Any) -> tuple[float, Any]:
        coefficients = parameters[1:]
        margins = signs * (parameters[0] + matrix @ coefficients)
        pull = -signs * share / (1 + np.exp(np.clip(margins, -50, 50)))
        apart = coefficients - usual
        value = float(share @ np.logaddexp(0, -margins) + pull_to @ apart**2)
        slope = np.concatenate([[pull.sum()], matrix.T @ pull + 2 * pull_to * apart])
        if contrasts:
            margins = worse @ coefficients
            value += CONTRAST * float(counted @ np.logaddexp(0, -margins))
            slope[1:] -= CONTRAST * (worse.T @ (counted / (1 + np.exp(np.clip(margins, -50, 50)))))
        return value, slope

    bounds = [(None, None), *((LEAST.get(name.rpartition(" ")[2], 0.0), None) for name in names)]
    start = np.array([low or 0.0 for low, _ in bounds])
    best = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500})
    fitted = {name: round(float(w), 3) for name, w in zip(names, best.x[1:], strict=True)}
    return {
        "intercept": round(float(best.x[0]), 3),
        "weights": {name: weight for name, weight in fitted.items() if weight or name.endswith(SEVERITIES)},
        "unseen": USUAL,
    }


def boosted(
    rows: Sequence[Mapping[str, float]], wrong: Sequence[bool], weights: Sequence[float], *, clearing: bool
) -> dict[str, Any]:
    """Return intercept and steps of a sum of boosted stumps (Friedman 2002) that tells `wrong` from the measures.

    Args:
        rows: The measures of each case.
        wrong: Whether the case is wrong.
        weights: What the case counts.
        clearing: Whether a finding may speak against the error.
    """
    counts = Counter(name for row in rows for name in row)
    names = sorted(name for name, count in counts.items() if count >= RARE)
    matrix = np.array([[row.get(name, 0.0) for name in names] for row in rows], dtype=np.float32)
    share = np.average(wrong, weights=weights)
    intercept = float(np.log(share / (1 - share)))
    steps: dict[str, dict[float, float]] = defaultdict(lambda: defaultdict(float))
    for seed in range(BAGS):
        model = GradientBoostingClassifier(
            n_estimators=STUMPS,
            max_depth=1,
            learning_rate=0.04,
            subsample=0.5,
            max_features=0.15,
            min_samples_leaf=10,
            random_state=seed,
        ).fit(matrix, np.array(wrong), sample_weight=np.array(weights))
        rate = model.learning_rate / BAGS
        for (stump,) in model.estimators_:
            tree = stump.tree_
            if tree.node_count < 3:
                intercept += rate * float(tree.value[0, 0, 0])
                continue
            below, above = (rate * float(tree.value[child, 0, 0]) for child in (1, 2))
            intercept += below
            name = names[tree.feature[0]]
            if above > below or clearing or not name.endswith(SEVERITIES):
                steps[name][round(float(tree.threshold[0]), 3)] += above - below
    return {
        "intercept": round(intercept, 3),
        "steps": {
            name: [[at, round(rise, 3)] for at, rise in sorted(own.items())] for name, own in sorted(steps.items())
        },
    }


def balanced(cases: Sequence[Example], wrong: Sequence[bool], share: float) -> list[float]:
    """Return weights that keep those of the right cases and bring the wrong ones to `share` of all."""
    right_total = sum(case.weight for case, bad in zip(cases, wrong, strict=True) if not bad)
    wrong_total = sum(case.weight for case, bad in zip(cases, wrong, strict=True) if bad)
    factor = share / (1 - share) * right_total / wrong_total
    return [case.weight * (factor if bad else 1.0) for case, bad in zip(cases, wrong, strict=True)]


def contrasts_of(cases: Sequence[Example]) -> list[tuple[int, int, float]]:
    """Return the index of each spoilt sentence, that of its good version, and what the contrast counts."""
    good = {case.source: index for index, case in enumerate(cases) if case.kind in ("good", "clean")}
    spoilt = (*MAKERS, *FURTHER, "critical", "major")
    return [
        (index, good[case.source], CRITICAL if case.kind.startswith("critical") else 1.0)
        for index, case in enumerate(cases)
        if case.kind.startswith(spoilt)
    ]


def cross_validated(
    cases: Sequence[Example], observed: Sequence[Observation], name: str
) -> tuple[dict[str, Any], list[float]]:
    """Return the model fitted on all cases, and for each case the probability by one that has not seen its German."""
    rows = [one.measures if name in RISKS else one.signals for one in observed]
    folds = [int(hashlib.sha256(case.source.encode()).hexdigest(), 16) % FOLDS for case in cases]
    labels = [
        (None if case.right is None else not case.right) if name == "wrong" else getattr(case, name) for case in cases
    ]
    contrasts = contrasts_of(cases) if name == "wrong" else []

    def fitted(fold: int | None) -> dict[str, Any]:
        members = [i for i in range(len(cases)) if folds[i] != fold]
        labelled = [i for i in members if labels[i] is not None]
        bad = [bool(labels[i]) for i in labelled]
        if name in RISKS:
            counts = [_counts(cases[i]) for i in labelled]
            return boosted([rows[i] for i in labelled], bad, counts, clearing=name == "omission")
        weights = balanced([cases[i] for i in labelled], bad, WRONG)
        place = {index: position for position, index in enumerate(labelled)}
        extra = [i for i in members if i not in place]  # unlabelled ones take part in contrasts only
        place |= {index: len(labelled) + position for position, index in enumerate(extra)}
        return fit(
            [rows[i] for i in labelled + extra],
            bad + [False] * len(extra),
            weights + [0.0] * len(extra),
            [(place[a], place[b], weight) for a, b, weight in contrasts if a in place],
            penalty=PENALTY,
        )

    evidence = [0.0] * len(cases)
    for fold in range(FOLDS):
        model = _model(name)(**fitted(fold))
        for index in (i for i in range(len(cases)) if folds[i] == fold):
            evidence[index] = model.evidence(rows[index])
    known = [i for i in range(len(cases)) if labels[i] is not None]
    scale, shift = calibration(
        [evidence[i] for i in known], [bool(labels[i]) for i in known], plain_weights([cases[i] for i in known], name)
    )
    return _scaled(fitted(None), scale, shift), [probability(value * scale + shift) for value in evidence]


def _model(name: str) -> type[Model] | type[Steps]:
    return Steps if name in RISKS else Model


def _counts(case: Example) -> float:
    """Return what a case counts where a risk is told."""
    return {"natural": 1.0, "part_lost": LOST}.get(case.kind, CLEAN)


def _scaled(fitted: dict[str, Any], scale: float, shift: float) -> dict[str, Any]:
    """Return a fitted model whose evidence is `scale` times as large, and `shift` more."""
    scaled: dict[str, Any] = {"intercept": round(fitted["intercept"] * scale + shift, 3)}
    if "weights" in fitted:
        return scaled | {
            part: {name: round(weight * scale, 3) for name, weight in fitted[part].items()}
            for part in ("weights", "unseen")
        }
    steps = {name: [[at, round(rise * scale, 3)] for at, rise in own] for name, own in fitted["steps"].items()}
    return scaled | {"steps": steps}


def calibration(evidence: Sequence[float], wrong: Sequence[bool], weights: Sequence[float]) -> tuple[float, float]:
    """Return scale and shift that make the evidence of unseen cases a log-odds (Platt 1999)."""
    x, signs, share = np.array(evidence), np.where(wrong, 1.0, -1.0), np.array(weights) / sum(weights)
    best = minimize(lambda p: float(share @ np.logaddexp(0, -signs * (p[0] * x + p[1]))), [1.0, 0.0])
    return float(best.x[0]), float(best.x[1])


def plain_weights(cases: Sequence[Example], name: str = "wrong") -> list[float]:
    """Return what each case counts in calibration and reliability: no error counts more, the mix is that of `NATURAL`.

    The risks are calibrated on what is natural and what is published alone.
    """
    if name in RISKS:
        return [0.0 if case.kind == "part_lost" else 1.0 for case in cases]
    groups = ["natural" if case.kind == "natural" else "right" if case.right else "wrong" for case in cases]
    weights = [1.0 if group == "natural" else case.weight for case, group in zip(cases, groups, strict=True)]
    wanted = {"natural": NATURAL, "right": (1 - NATURAL) * (1 - SPOILT), "wrong": (1 - NATURAL) * SPOILT}
    totals = {name: sum(w for w, group in zip(weights, groups, strict=True) if group == name) for name in wanted}
    return [weight * wanted[group] / totals[group] for weight, group in zip(weights, groups, strict=True)]


def figures(cases: Sequence[Example], unseen: Mapping[str, Sequence[float]]) -> dict[str, Any]:
    """Return what the cross-validated probabilities are worth."""
    right = [(1 - wrong) * (1 - lost) for wrong, lost in zip(unseen["wrong"], unseen["hallucination"], strict=True)]
    risks = {"confidence": [1 - p for p in right]} | {f"the risk of {name}": unseen[name] for name in RISKS}
    natural = [i for i, case in enumerate(cases) if case.kind == "natural"]
    clean = [i for i, case in enumerate(cases) if case.kind == "clean"]
    found: dict[str, Any] = {}
    areas: dict[str, float | int | None] = {}
    for name in ("hallucination", "omission", "wrong"):
        labels = [bool(getattr(cases[i], name) if name != "wrong" else not cases[i].right) for i in natural]
        for by, risk in risks.items():
            bad = [-risk[i] for i, label in zip(natural, labels, strict=True) if label]
            good = [-risk[i] for i, label in zip(natural, labels, strict=True) if not label]
            areas[f"{name} by {by}"] = auroc(bad, good)
        areas[f"n {name}"] = sum(labels)
    found["auroc"] = areas
    limit = threshold([right[i] for i in clean], FALSE_ALARMS) if clean else 0.5
    sound = {case.source: right[i] for i, case in enumerate(cases) if case.kind == "good"}
    detected: dict[str, Any] = {}
    for kind in sorted({case.kind for case in cases} - {"natural", "clean", "good"}):
        members = [i for i, case in enumerate(cases) if case.kind == kind]
        scores = [right[i] for i in members]
        detected[kind] = {"n": len(members), "detected": below(scores, limit)}
        if kind not in MAKERS | FURTHER:
            detected[kind]["pairwise"] = pairwise(scores, [sound[cases[i].source] for i in members])
    found["detected_at_5_percent_false_alarms"] = detected
    critical = [i for i, case in enumerate(cases) if case.kind.startswith("critical")]
    found["critical pairwise"] = pairwise([right[i] for i in critical], [sound[cases[i].source] for i in critical])
    labelled = [i for i, case in enumerate(cases) if case.right is not None]
    weights = dict(zip(labelled, plain_weights([cases[i] for i in labelled]), strict=True))
    for name, members in (("natural", natural), ("clean", clean), ("all", labelled)):
        said, was = [right[i] for i in members], [bool(cases[i].right) for i in members]
        counts = [weights[i] if name == "all" else 1.0 for i in members]
        found[f"reliability {name}"] = {
            "n": len(members),
            "share right": sum(c for c, o in zip(counts, was, strict=True) if o) / sum(counts),
            "brier": brier(said, was, counts),
            "calibration_error": calibration_error(said, was, counts),
            "said, was, share of cases, n": [
                [round(value, 3) for value in row] for row in reliability(said, was, counts)
            ],
        }
    return found


def _by_rules(examination: Examination) -> Examination:
    return Examination(tuple(one for one in examination.findings if not one.code.startswith("meaning.")))


def rounded(value: Any) -> Any:
    """Return figures with four digits behind the point."""
    if isinstance(value, dict):
        return {name: rounded(leaf) for name, leaf in value.items()}
    if isinstance(value, list):
        return [rounded(leaf) for leaf in value]
    return round(value, 4) if isinstance(value, float) else value


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, print, and with `--write` store."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fit_confidence", description=__doc__)
    parser.add_argument("--hallucinations", type=Path, metavar="FILE")
    parser.add_argument("--demetr", type=Path, metavar="FILE")
    parser.add_argument("--clean", type=Path, metavar="FILE", action="append", help="good pairs; may be repeated")
    parser.add_argument("--write", action="store_true", help="store the weights in the package")
    options = parser.parse_args(arguments)
    cases = examples(options)
    pairs = as_pairs((case.source, case.target) for case in cases)
    natural = [place for place, case in enumerate(cases) if case.kind == "natural"]
    for place, pair in zip(natural, among([pairs[place] for place in natural]), strict=True):
        pairs[place] = pair  # of the rest, versions of the same sentences, no two are of one text
    found = examined(pairs)
    models: dict[str, Any] = {}
    measured: dict[str, Any] = {}
    for kind in ("vectors", "rules"):
        observed = [
            observe(pair, examination if kind == "vectors" else _by_rules(examination))
            for pair, examination in zip(pairs, found, strict=True)
        ]
        unseen: dict[str, list[float]] = {}
        models[kind] = {}
        for name in ("wrong", *RISKS):
            models[kind][name], unseen[name] = cross_validated(cases, observed, name)
        measured[kind] = figures(cases, unseen)
    print(json.dumps(measured, indent=1))
    if options.write:
        about = {
            "about": "Weights of summarizer/confidence.py; logistic regression, positive weights speak for the error.",
            "made_by": "python -m benchmarks.fit_confidence",
            "checks": list(checks_available()),
            "fitted_on": dict(Counter(case.kind for case in cases)),
            "calibrated_to": {"natural": NATURAL, "wrong among the rest": SPOILT},
            "cross_validated": rounded(measured),
            "models": models,
        }
        path = Path(__file__).parent.parent / "summarizer" / WEIGHTS_FILE
        path.write_text(json.dumps(about, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
