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
        ("Am 3. Mai räumte der Minister, der das Haus führt, Fehler ein.", "said", "der Minister"),
        ("Das Geld fehle, heißt es in dem Bericht.", "source", None),
        ("Aus der Partei hieß es, man warte ab.", "source", None),
        ("Der Mann soll 2019 geflohen sein.", "hearsay", None),
        ("Der Ort soll bis 2019 geräumt worden sein.", "hearsay", None),
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
        "Es gab drei Verletzte, die Ermittlungen dauern an.",
        "Am Abend räumte die Polizei den Platz, danach kehrte Ruhe ein.",
        "Am Ende hieß es 2:2.",
        "Die Brücke soll bis 2027 saniert sein.",
        "Spätestens im Herbst soll das Gebäude geräumt sein.",
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
        ("Angeblich wusste das Amt davon.", "The office knew of it.", ("attribution.lost", "error")),
        ("Mutmaßliche Täter wurden gefasst.", "Perpetrators were caught.", ("attribution.lost", "error")),
        ("Das Gericht bestätigte, dass er log.", "He lied.", ("attribution.lost", "error")),
        ("Die Bank kündigte an, Stellen zu streichen.", "The bank is cutting jobs.", ("attribution.lost", "error")),
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
        ("Angeblich wusste das Amt davon.", "The office is said to have known of it."),
        ("Der Arzt soll zwei Patienten ermordet haben.", "The doctor is on trial for the murder of two patients."),
        ("Dem Vernehmen nach übernimmt er das Amt.", "He is tipped to take over the office."),
        ("Die Lage sei ernst, sagte die Ärztin.", "“The situation is serious,” the doctor said."),
    ],
)
def test_reports_that_are_kept_pass(german: str, english: str) -> None:
    assert codes(german, english) == []


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Das Landgericht verkündete das Strafmaß.", "The regional court handed down its sentence."),
        ("Die Firma meldete am Montag Insolvenz an.", "The company filed for insolvency on Monday."),
        ("Der Konzern schreibt rote Zahlen.", "The group is in the red."),
        ("Der Vorstand erklärte sich einverstanden.", "The board accepted."),
        ("Der Rat kritisierte den Bau, weil er teuer ist.", "The council slammed the construction for its price."),
    ],
)
def test_a_verb_of_saying_with_an_object_alone_may_be_another_verb_in_english(german: str, english: str) -> None:
    assert codes(german, english) == [("attribution.lost", "info")]
