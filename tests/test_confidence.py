import json
import subprocess
import sys
from importlib.resources import files

import pytest

from summarizer import vectors
from summarizer.checks import Pair
from summarizer.confidence import DOUBTFUL, Model, assess, checks_available, doubtful, models, probability, score
from summarizer.findings import Finding, Severity
from summarizer.signals import signals

GERMAN = "Der Stadtrat hat am Dienstag den Bau von 12 neuen Wohnungen in Hamburg nicht genehmigt."
ENGLISH = "On Tuesday, the city council did not approve the construction of 12 new flats in Hamburg."
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
def test_no_signal_speaks_for_a_translation(kind: str) -> None:
    assert all(weight > 0 for weight in models(kind)["wrong"].weights.values())


def test_the_rules_weights_need_no_vectors() -> None:
    meaning = ("cosine", "covered", "least", "backed", "missing", "added", "shortfall", "meaning.")
    weighted = [name for model in models("rules").values() for name in model.weights]
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


def test_signals_stay_between_0_and_1() -> None:
    findings = [Finding(code="numbers.lost", severity="error", where="s1", message="x")] * 5
    for target in (ENGLISH, "", "the the the the of of . . .", "!" * 500):
        found = signals(Pair("s1", GERMAN, target), findings)
        assert found["numbers.lost error"] == 1
        assert all(0 <= value <= 1 for value in found.values())


def test_loading_ahead_changes_nothing_but_the_moment() -> None:
    """In a process of its own, since what is loaded stays loaded."""
    code = (
        "from summarizer import confidence\n"
        "from summarizer.checks import Pair\n"
        "confidence.load()\n"
        "print(confidence.assess([Pair('s1', 'Der Rat hat nichts beschlossen.', 'The council has decided 3 things.')]))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    expected = assess([Pair("s1", "Der Rat hat nichts beschlossen.", "The council has decided 3 things.")])
    assert (done.stdout, done.stderr) == (f"{expected}\n", "")


def test_a_rare_word_said_again_soon_is_a_signal_unless_the_german_says_it_again() -> None:
    once = Pair("s1", "Alle kommen zum Plaudern und Feiern zusammen.", "All meet for celebrations and celebrations.")
    twice = Pair("s1", "Von Brücke zu Brücke sind es zwei Kilometer.", "From bridge to bridge it is two kilometres.")
    far = Pair("s1", once.source, "The celebrations of the village are what all of them call celebrations.")
    assert signals(once, [])["said again soon"] > 0.4
    assert "said again soon" not in signals(twice, [])
    assert "said again soon" not in signals(far, [])


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
