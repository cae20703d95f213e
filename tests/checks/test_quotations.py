import pytest

from summarizer.checks import Pair
from summarizer.checks.quotations import check, english_quotations, german_quotations
from summarizer.lexicon.marks import quotes


def codes(german: str, english: str) -> list[tuple[str, str]]:
    return [(finding.code, finding.severity) for finding in check(Pair("s1", german, english))]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("Er sagte: „Das genügt.“ Dann ging er.", ["Das genügt."]),
        ("»Ja«, sagte er, »aber nicht heute.«", ["Ja", "aber nicht heute."]),
        ("Sie rief: ‚Halt!‘", ["Halt!"]),
        ("“It is ‘so’ good,” he said, “isn’t it?”", ["It is ‘so’ good,", "so", "isn’t it?"]),
        ("'Yes,' he said. 'It's me.'", ["Yes,", "It's me."]),
        ("Der 22\"-Monitor und Merkels' Haus", []),
        ("the players' union didn't agree", []),
        ("Das war der zweite Satz.“", ["Das war der zweite Satz."]),
        ("„Das war der erste Satz.", ["Das war der erste Satz."]),
        ('Das reicht", sagte die Ministerin.', ["Das reicht"]),
    ],
)
def test_marks_are_paired_and_apostrophes_are_none(text: str, inner: list[str]) -> None:
    assert [text[quote.inner_start : quote.inner_end] for quote in quotes(text)] == inner


@pytest.mark.parametrize(
    ("text", "speaker", "cue"),
    [
        ("„Das reicht nicht“, sagte die Ministerin am Montag.", "die Ministerin", "sagte"),
        ("Der Sprecher der Polizei erklärte: „Wir suchen noch Zeugen.“", "Der Sprecher der Polizei", "erklärte"),
        ("„Es bleibt dabei“, so das Ministerium.", "das Ministerium", "so"),
        ("Am Dienstag sagte die Sprecherin: „Es bleibt dabei.“", "die Sprecherin", "sagte"),
        ("Besorgt äußerte sich die Ärztin: „Es fehlt an Betten.“", "die Ärztin", "äußerte"),
        ("Nun warnte der Verband: „Das Wasser steigt.“", "der Verband", "warnte"),
        ("Zuvor hatte der Vorsitzende gefordert: „Das muss aufhören.“", "der Vorsitzende", "gefordert"),
    ],
)
def test_speaker_and_cue_beside_a_quotation(text: str, speaker: str, cue: str) -> None:
    [quoted] = german_quotations(text)
    assert quoted.speech
    assert quoted.speaker is not None
    assert quoted.cue is not None
    assert (quoted.speaker.text, quoted.cue.text) == (speaker, cue)
    assert text[quoted.speaker.start : quoted.speaker.end] == speaker
    assert text[quoted.inner.start : quoted.inner.end] == quoted.text


def test_a_title_is_no_speech() -> None:
    [quoted] = german_quotations("Er spielte in der Serie „Klinik am Wald“ mit.")
    assert not quoted.speech


def test_english_quotations_in_order() -> None:
    text = "“Yes,” she said, “but not today.”"
    assert [quoted.text for quoted in english_quotations(text)] == ["Yes,", "but not today."]


def test_a_lost_quotation() -> None:
    german = "Der Minister nannte das „einen schweren Fehler der früheren Regierung“."
    assert codes(german, "The minister called it a grave mistake of the former government.") == [
        ("quotations.lost", "error")
    ]


def test_reported_speech_turned_into_a_quotation() -> None:
    german = "Der Minister sagte, er werde nicht zurücktreten."
    assert codes(german, "“I will not resign from this office,” the minister said.") == [("quotations.added", "error")]


def test_a_quotation_left_open() -> None:
    german = "Der Minister sagte „nein“ und ging."
    assert codes(german, "The minister said “no and left.") == [("quotations.unclosed", "warning")]


def test_a_quotation_that_goes_over_several_sentences_is_a_warning() -> None:
    german = "Die Zahlen seien nach wie vor gut, sagte der Sprecher."
    assert codes(german, "The numbers are still good,” said the spokesman.") == [("quotations.added", "warning")]
    assert codes(german, "“The numbers are still good,” said the spokesman.") == [("quotations.added", "error")]


def test_a_further_quotation_beside_those_of_the_german_is_a_warning() -> None:
    german = "Er erhielt den Orden „Goldener Löwe“ am Montag."
    assert codes(german, 'He received the order "Golden Lion" on Monday.') == []
    assert codes(german, 'He received the order "Golden Lion" with the "Lion\'s Head" on Monday.') == [
        ("quotations.added", "warning")
    ]


@pytest.mark.parametrize(
    ("german", "english", "severity"),
    [
        ("Die sogenannten Autoposer kommen.", "The “car posers” are coming.", "info"),
        ("Das Deutschlandticket kommt.", "The “Deutschlandticket” is coming.", "info"),
        ("Die Experten kommen.", "The “experts” are coming.", "warning"),
        ("Die sogenannten Autoposer kommen.", "The “posers in their loud cars” are coming.", "error"),
    ],
)
def test_marks_round_a_term_that_is_called_so_or_is_german_are_no_quotation(
    german: str, english: str, severity: str
) -> None:
    assert codes(german, english) == [("quotations.added", severity)]


def test_french_is_told_by_its_elided_articles() -> None:
    german = "Er erhielt die „Médaille de l’Étoile d’Argent du Mérite national“."
    assert codes(german, 'He received the "Medal of Merit of the Nation".') == [("quotations.foreign", "warning")]
    assert codes(german, "He received the “Médaille de l'Étoile d'Argent du Mérite national”.") == []


def test_a_foreign_quotation_stays() -> None:
    german = "Er sagte: „Vive la République et vive la France!“"
    assert codes(german, "He said: “Vive la République et vive la France!”") == []
    assert codes(german, "He said: “Long live the Republic and long live France!”") == [
        ("quotations.foreign", "warning")
    ]


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("„Das reicht“, sagte sie.", "“That is enough,” she said."),
        ("Der Film „Metropolis“ läuft wieder.", "The film Metropolis is showing again."),
        ("Das sagte er der „Rheinischen Post“.", "He told the Rheinische Post."),
        ("„Der erste Satz.", "'The first sentence."),
        ("Der letzte Satz.“", "The last sentence.'"),
        ("Das ist so", "It's the players' fault"),
    ],
)
def test_good_pairs_pass(german: str, english: str) -> None:
    assert codes(german, english) == []
