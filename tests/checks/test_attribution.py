import pytest

from summarizer.checks import Pair
from summarizer.checks.attribution import check, reported


def codes(german: str, english: str) -> list[tuple[str, str]]:
    return [(finding.code, finding.severity) for finding in check(Pair("s1", german, english))]


@pytest.mark.parametrize(
    ("text", "kind", "source"),
    [
        ("Laut dem Innenministerium starben drei Menschen.", "source", "dem Innenministerium"),
        ("Nach Angaben der Polizei gab es keine Verletzten.", "source", "der Polizei"),
        ("Medienberichten zufolge ist der Vertrag unterschrieben.", "source", "Medienberichten"),
        ("Die Lage sei ruhig, sagte der Sprecher der Armee.", "said", "der Sprecher der Armee"),
        ("Der Minister erklärte, man sei vorbereitet.", "said", "Der Minister"),
        ("Die Brücke ist gesperrt, teilte die Stadt mit.", "said", "die Stadt"),
        ("Das Schiff ist gesunken, so die Reederei.", "said", "die Reederei"),
        ("Wie die Behörde mitteilte, ist die Straße frei.", "said", "die Behörde"),
        ("Der Mann soll das Geld gestohlen haben.", "hearsay", None),
        ("Der mutmaßliche Täter ist in Haft.", "doubt", None),
        ("Die Lage sei ernst.", "subjunctive", None),
    ],
)
def test_reports_are_told_with_their_source(text: str, kind: str, source: str | None) -> None:
    report = reported(text)
    assert report is not None
    assert (report.kind, report.source) == (kind, source)
    for cue in report.cues:
        assert text[cue.start : cue.end] == cue.text


@pytest.mark.parametrize(
    "text",
    [
        "Die Regierung hat den Vertrag unterzeichnet.",
        "Ich habe das Buch gelesen und werde es behalten.",
        "Das Haus soll im Mai verkauft werden.",
        "Er kommt, es sei denn, es regnet.",
        "Das Unwetter forderte drei Tote.",
        "Er stellte den Stuhl ab.",
    ],
)
def test_plain_statements_report_nothing(text: str) -> None:
    assert reported(text) is None


@pytest.mark.parametrize(
    ("german", "english", "finding"),
    [
        ("Laut Polizei starben drei Menschen.", "Three people died.", ("attribution.lost", "error")),
        ("Der mutmaßliche Täter ist in Haft.", "The perpetrator is in custody.", ("attribution.lost", "error")),
        ("Der Mann soll das Geld gestohlen haben.", "The man stole the money.", ("attribution.lost", "error")),
        ("Die Lage sei ernst, sagte die Ärztin.", "The situation is serious.", ("attribution.lost", "error")),
        ("Die Lage sei ernst.", "The situation is serious.", ("attribution.lost", "info")),
        ("Drei Menschen starben.", "Three people reportedly died.", ("attribution.added", "warning")),
    ],
)
def test_reports_that_became_facts(german: str, english: str, finding: tuple[str, str]) -> None:
    assert codes(german, english) == [finding]


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Laut Polizei starben drei Menschen.", "Police said that three people had died."),
        ("Der mutmaßliche Täter ist in Haft.", "The suspect is in custody."),
        ("Der Mann soll das Geld gestohlen haben.", "The man is said to have stolen the money."),
        ("Die Lage sei ernst.", "The situation would be serious."),
        ("Die Lage sei ernst, sagte die Ärztin.", "“The situation is serious,” the doctor said."),
    ],
)
def test_reports_that_are_kept_pass(german: str, english: str) -> None:
    assert codes(german, english) == []
