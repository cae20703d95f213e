import pytest

from summarizer.checks import Pair
from summarizer.checks.untranslated import check


def found(german: str, english: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(f.code, f.severity, tuple(s.text for s in f.target_spans)) for f in check(Pair("s1", german, english))]


def words(german: str, english: str) -> list[str]:
    return [word for code, _, spans in found(german, english) if code == "untranslated.words" for word in spans]


def test_a_copied_sentence_is_an_error() -> None:
    german = "Die Regierung hat gestern nicht über den Haushalt gesprochen."
    assert found(german, german) == [("untranslated.sentence", "error", (german,))]


def test_another_german_sentence_is_an_error() -> None:
    target = "Der Minister will mit der Opposition über das Gesetz reden."
    [finding] = check(Pair("s1", "Der Minister möchte das Gesetz mit der Opposition besprechen.", target))
    assert (finding.code, finding.message) == ("untranslated.sentence", "The translation is in German.")


def test_another_language_is_an_error() -> None:
    german = "Die Bundesregierung hat den Vertrag am Montag unterzeichnet."
    french = "Le gouvernement fédéral a signé lundi dernier cet accord bilatéral avec ses partenaires étrangers."
    assert found(german, french)[0][:2] == ("untranslated.language", "error")


def test_lower_case_german_is_an_error() -> None:
    german = "Der Hafen wurde plötzlich geschlossen."
    assert found(german, "The harbour was plötzlich closed.") == [("untranslated.words", "error", ("plötzlich",))]


def test_a_first_word_before_a_noun_is_no_name() -> None:
    assert words("Deutsche Zusammenarbeit im Gesundheitsbereich", "Deutsche cooperation in health") == ["Deutsche"]


def test_a_german_noun_after_its_article_is_found() -> None:
    assert words("Die Stadt kritisiert die Behörden.", "The city criticises the Behörden.") == ["Behörden"]
    assert words("Er spricht von einer Eroberung.", "He speaks of an Eroberung.") == ["Eroberung"]


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Der Bundestag stimmte am Freitag zu.", "The Bundestag agreed on Friday."),
        ("Die Bundeswehr kaufte bei Rheinmetall.", "The Bundeswehr bought from Rheinmetall."),
        ("Der Kindergarten in der Goethestraße schließt.", "The kindergarten in Goethestraße is closing."),
        ("Ludwig van Beethoven lebte in Wien.", "Ludwig van Beethoven lived in Vienna."),
        ("Alexander von Humboldt reiste nach Kuba.", "Alexander von Humboldt travelled to Cuba."),
        ("Er sagte: „Plus ça change.“", "He said: “Plus ça change.”"),
        ("Der Begriff „Waldsterben“ kam auf.", "The term “Waldsterben” came up."),
        ("Das Colour-Programm hat ein neues Zentrum.", "The colour programme has got a new centre."),
        ("Also war es die Zeitung.", "So it was the paper."),
        ("Kurz bestreitet das.", "Kurz denies it."),
        ("Reiche kündigte einen Plan an.", "Reiche announced a plan."),
        ("Sommer hatte zugesagt.", "Sommer had agreed."),
        ("Der „Spiegel“ berichtete zuerst.", "Der Spiegel was the first to report."),
        ("Das sagte er der „Welt am Sonntag“.", "He told Welt am Sonntag."),
        ("Die „Neue Zürcher Zeitung“ zitiert ihn.", "The Neue Zürcher Zeitung quotes him."),
        ("Die Deutsche Bank senkt ihre Prognose.", "Germany's Deutsche Bank is cutting its forecast."),
        ("Der Chef Holger Münch und Klaus Böhm warnten.", "Holger Münch, the head, and Klaus Böhm warned."),
    ],
)
def test_names_loans_quotations_and_british_spelling_pass(german: str, english: str) -> None:
    assert found(german, english) == []


@pytest.mark.parametrize(
    ("german", "english", "word"),
    [
        ("Spanien gilt als sicher.", "Spanien is regarded as safe.", "Spanien"),
        ("Damit war der Sieg sicher.", "Damit the victory was certain.", "Damit"),
        ("Behörden warnen vor Eis.", "Behörden warn of ice.", "Behörden"),
        ("Er reiste nach Lissabon.", "He travelled to Lissabon.", "Lissabon"),
        ("Die Gespräche in Nordkorea scheiterten.", "The talks in Nordkorea failed.", "Nordkorea"),
    ],
)
def test_a_german_word_that_looks_like_those_names_is_found(german: str, english: str, word: str) -> None:
    assert words(german, english) == [word]
