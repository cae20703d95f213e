import json
import subprocess
import sys
from importlib.resources import files

import pytest

from summarizer import vectors
from summarizer.checks import Pair
from summarizer.checks.reuse import among
from summarizer.checks.suite import Examination
from summarizer.confidence import (
    DOUBTFUL,
    Model,
    Steps,
    assess,
    checks_available,
    doubtful,
    models,
    probability,
    score,
)
from summarizer.findings import Finding, Severity
from summarizer.signals import observe

GERMAN = "Der Stadtrat hat am Dienstag den Bau von 12 neuen Wohnungen in Hamburg nicht genehmigt."
ENGLISH = "On Tuesday, the city council did not approve the construction of 12 new flats in Hamburg."
NOTHING = Examination(())
WRONG = {
    "number": ENGLISH.replace("12", "72"),
    "negation": ENGLISH.replace("did not approve", "approved"),
    "name": ENGLISH.replace("Hamburg", "Florence"),
    "untranslated": GERMAN,
    "empty": "",
    "unrelated": "The penguins at the zoo have had offspring again.",
    "loop": ENGLISH + " and the and the and the and the and the and the and the and the and the",
}


@pytest.fixture(params=[True, False], ids=["vectors", "rules"])
def with_vectors(request: pytest.FixtureRequest) -> bool:
    if request.param and not vectors.available():
        pytest.skip("the encoder (extra `local`) is not installed")
    return bool(request.param)


@pytest.mark.parametrize("error", WRONG)
def test_a_wrong_version_scores_below_the_right_one(error: str, with_vectors: bool) -> None:
    wrong, right = score([Pair("s1", GERMAN, WRONG[error]), Pair("s1", GERMAN, ENGLISH)], vectors=with_vectors)
    assert wrong < 0.6 < 0.8 < right <= 1


def test_a_lost_half_raises_the_risk_of_omission(with_vectors: bool) -> None:
    source = GERMAN[:-1] + ", obwohl die Nachfrage in den vergangenen Jahren stark gestiegen ist."
    whole = ENGLISH[:-1] + ", although demand has risen sharply in recent years."
    half, full = assess([Pair("s1", source, ENGLISH[:-1]), Pair("s2", source, whole)], vectors=with_vectors)
    assert half.omission > 3 * full.omission


def test_the_findings_of_all_checks_come_along(with_vectors: bool) -> None:
    (assessment,) = assess([Pair("s1", GERMAN, WRONG["number"])], vectors=with_vectors)
    assert any(finding.code.startswith("numbers.") for finding in assessment.findings)


def test_doubtful_is_a_finding_above_info_or_a_low_confidence() -> None:
    def finding(severity: Severity) -> Finding:
        return Finding(code="numbers.lost", severity=severity, where="s1", message="x")

    assert not doubtful([finding("info")], DOUBTFUL)
    assert doubtful([], DOUBTFUL - 0.01)
    assert doubtful([finding("warning")], 1.0)
    assert doubtful([finding("error")], 1.0)


def test_nothing_to_assess() -> None:
    assert score([]) == []


def test_a_meaning_check_runs_only_where_it_is_wanted() -> None:
    assert "meaning" not in checks_available(vectors=False)
    assert ("meaning" in checks_available()) == vectors.available()


@pytest.mark.parametrize("kind", ["vectors", "rules"])
def test_nothing_that_a_check_finds_speaks_for_a_translation(kind: str) -> None:
    fitted = models(kind)
    assert all(weight >= 0 for weight in fitted.wrong.weights.values())
    assert all(weight > 0 for name, weight in fitted.wrong.weights.items() if name.endswith(" error"))
    steps = [own for name, own in fitted.hallucination.steps.items() if name.endswith((" info", " warning", " error"))]
    assert steps
    assert all(rise > 0 for own in steps for _, rise in own)


def test_an_error_that_the_fit_has_never_seen_costs_what_is_usual() -> None:
    wrong = models("rules").wrong
    assert "roles.reversed error" not in wrong.weights
    assert wrong.evidence({"roles.reversed error": 1.0}) - wrong.intercept == wrong.unseen["error"] > 1
    german = "Den Minister kritisierte die Opposition scharf."
    straight, turned = (
        "The opposition sharply criticised the minister.",
        "The minister sharply criticised the opposition.",
    )
    right, reversed_ = assess([Pair("s1", german, straight), Pair("s1", german, turned)])
    assert reversed_.confidence < right.confidence - 0.1


def test_the_rules_weights_need_no_vectors() -> None:
    meaning = ("cosine", "missing", "added", "shortfall", "growth", "meaning.")
    fitted = models("rules")
    weighted = [*fitted.wrong.weights, *fitted.hallucination.steps, *fitted.omission.steps]
    assert [name for name in weighted if name.startswith(meaning)] == []


def test_the_data_file_says_what_it_was_fitted_on() -> None:
    data = json.loads((files("summarizer") / "confidence.json").read_text("utf-8"))
    assert data["fitted_on"]["natural"] > 1000
    assert data["cross_validated"]["vectors"]["reliability all"]["calibration_error"] < 0.05
    assert set(data["models"]) == {"vectors", "rules"}


def test_a_signal_without_weight_does_not_count() -> None:
    model = Model(-1.0, {"cosine": 2.0})
    assert model.evidence({"unheard of": 1.0}) == -1.0
    assert model.evidence({"cosine": 0.5}) == 0.0
    assert probability(0.0) == 0.5
    assert 0 < probability(-1e9) < probability(1e9) < 1


def test_steps_are_added_up_where_a_measure_exceeds_them() -> None:
    model = Steps(-1.0, {"cosine": [(0.2, 0.5), (0.6, -2.0)]})
    assert model.evidence({}) == -1.0
    assert model.evidence({"cosine": 0.2}) == -1.0
    assert model.evidence({"cosine": 0.3}) == -0.5
    assert model.evidence({"cosine": 0.7, "unheard of": 9.0}) == -2.5


def test_signals_stay_between_0_and_1() -> None:
    findings = (Finding(code="numbers.lost", severity="error", where="s1", message="x"),) * 5
    for target in (ENGLISH, "", "the the the the of of . . .", "!" * 500):
        found = observe(Pair("s1", GERMAN, target), Examination(findings)).signals
        assert found["numbers.lost error"] == 1
        assert all(0 <= value <= 1 for value in found.values())


def test_loading_ahead_changes_nothing_but_the_moment() -> None:
    """In a process of its own, since what is loaded stays loaded."""
    code = (
        "from summarizer import confidence\n"
        "from summarizer.checks import Pair\n"
        "confidence.load()\n"
        "[found] = confidence.assess([Pair('s1', 'Der Rat hat nichts beschlossen.', 'The council has decided 3 things.')])\n"
        "print(round(found.confidence, 5), found.findings)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    (expected,) = assess([Pair("s1", "Der Rat hat nichts beschlossen.", "The council has decided 3 things.")])
    # sums over words that are read together are rounded otherwise
    assert (done.stdout, done.stderr) == (f"{round(expected.confidence, 5)} {expected.findings}\n", "")


def test_a_rare_word_said_again_soon_is_a_signal_unless_the_german_says_it_again() -> None:
    once = Pair("s1", "Alle kommen zum Plaudern und Feiern zusammen.", "All meet for celebrations and celebrations.")
    twice = Pair("s1", "Von Brücke zu Brücke sind es zwei Kilometer.", "From bridge to bridge it is two kilometres.")
    far = Pair("s1", once.source, "The celebrations of the village are what all of them call celebrations.")
    assert observe(once, NOTHING).signals["said again soon"] > 0.4
    assert "said again soon" not in observe(twice, NOTHING).signals
    assert "said again soon" not in observe(far, NOTHING).signals
    assert observe(far, NOTHING).measures["said again"] > 0.4


def test_english_that_is_made_up_or_caught_in_a_loop_raises_the_risk_of_hallucination(with_vectors: bool) -> None:
    right, loop = assess([Pair("s1", GERMAN, ENGLISH), Pair("s1", GERMAN, WRONG["loop"])], vectors=with_vectors)
    assert loop.hallucination > 0.1 > 2 * right.hallucination
    assert loop.confidence < 1 - loop.hallucination


def test_the_same_english_for_different_german_raises_the_risk_of_hallucination(with_vectors: bool) -> None:
    other = Pair("s2", "Der Zoo freut sich erneut über Nachwuchs bei den Pinguinen.", ENGLISH)
    alone, _ = assess([Pair("s1", GERMAN, ENGLISH), other], vectors=with_vectors)
    twin, _ = assess(among([Pair("s1", GERMAN, ENGLISH), other]), vectors=with_vectors)
    assert twin.hallucination > 3 * alone.hallucination


def test_a_faithful_free_translation_is_at_most_warned_of() -> None:
    if not vectors.available():
        pytest.skip("the encoder (extra `local`) is not installed")
    (assessment,) = assess(
        [
            Pair(
                "s1",
                "Der Dezernent habe die Zahlen wochenlang zurückgehalten.",
                "She said the head of the department had withheld the figures for weeks.",
            )
        ]
    )
    assert [f.code for f in assessment.findings if f.severity == "error" and f.code.startswith("meaning")] == []
