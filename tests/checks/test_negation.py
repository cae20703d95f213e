import pytest

from summarizer.checks import Pair
from summarizer.checks.negation import check, negated


def found(german: str, english: str) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    return [
        (f.code, f.severity, tuple(s.text for s in f.source_spans), tuple(s.text for s in f.target_spans))
        for f in check(Pair("s1", german, english))
    ]


@pytest.mark.parametrize(
    ("german", "english", "code"),
    [
        ("Die Brücke ist nicht gesperrt.", "The bridge is closed.", "negation.lost"),
        ("Niemand kam.", "Somebody came.", "negation.lost"),
        ("Er ging ohne Gepäck.", "He went with luggage.", "negation.lost"),
        ("Weder der Bund noch das Land zahlt.", "The federation and the state pay.", "negation.lost"),
        ("Die Brücke ist gesperrt.", "The bridge is not closed.", "negation.added"),
        ("Die Regierung stimmt zu.", "The government doesn't agree.", "negation.added"),
        ("Sie zahlten die Rechnung nicht.", "They did not fail to pay the bill.", "negation.added"),
        ("Das ist nicht nur teuer, sondern auch falsch.", "This is only expensive but also wrong.", "negation.lost"),
        ("Die Polizei schließt einen Anschlag nicht aus.", "Police have ruled out an attack.", "negation.lost"),
        ("Ein Anschlag ist nicht auszuschließen.", "An attack can be ruled out.", "negation.lost"),
    ],
)
def test_a_negation_lost_or_added_is_an_error(german: str, english: str, code: str) -> None:
    assert [finding[:2] for finding in found(german, english)] == [(code, "error")]


def test_the_finding_points_at_the_words_that_deny() -> None:
    [(_, _, source, target)] = found("Die Brücke ist nicht gesperrt.", "The bridge is closed.")
    assert (source, target) == (("nicht",), ())


def test_one_of_two_negations_lost_is_a_warning() -> None:
    german = "Der Sprecher sagte nichts und das Amt antwortete nicht."
    assert found(german, "The spokesman said nothing and the office replied.")[0][:2] == ("negation.lost", "warning")


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Die Straße ist nicht passierbar.", "The road is impassable."),
        ("Er konnte nicht kommen.", "He was unable to come."),
        ("Das ist noch lange nicht vorbei.", "This is far from over."),
        ("Nicht nur der Bund, sondern auch das Land zahlt.", "Both the federation and the state are paying."),
        ("Die Zeugin fehlte.", "The witness was not there."),
        ("Der Minister bestreitet das.", "The minister says that this is not true."),
        ("Kein Zweifel: Das hilft.", "Undoubtedly, this helps."),
        ("Nein, das hilft.", "No, that helps."),
        ("Erst am Montag kam Hilfe.", "Help did not arrive until Monday."),
        ("Der No-Deal-Brexit droht.", "A no-deal Brexit looms."),
        ("Ob er kommt oder nicht, ist offen.", "Whether or not he is coming remains open."),
        ("Man kann das kaum glauben.", "One can hardly believe it."),
        ("Das Rennen wird nicht stattfinden.", "The race has been cancelled."),
        ("Die Regel ist nicht zu missachten, sie war nicht schlecht.", "The rule must be followed, it was good."),
        ("Das Urteil ist noch nicht rechtskräftig.", "The verdict is subject to appeal."),
        ("Die Gespräche sind noch nicht abgeschlossen.", "The talks are still under way."),
        ("Der Täter ist noch nicht gefasst.", "The perpetrator is still at large."),
        ("Der Rat beschloss das ohne Gegenstimmen.", "The council passed it unanimously."),
        ("Der Antrag fand keine Mehrheit.", "The motion was defeated."),
        ("Kein Land nimmt mehr Menschen auf.", "The country takes in more people than any other."),
        ("Ein Defekt ist nicht ausgeschlossen.", "A defect is possible."),
        ("Man schließt einen Defekt nicht aus.", "A defect may be to blame."),
        ("Man schließt einen Defekt nicht aus.", "A defect cannot be ruled out."),
        ("Es ist kein Geheimnis, dass er geht.", "It is well known that he is leaving."),
        ("Manche stimmten nicht zu.", "Some voted against."),
        ("Der Minister ließ offen, ob er geht.", "The minister did not say whether he will leave."),
        ("Wann die Brücke öffnet, bleibt offen.", "It is not known when the bridge will open."),
        ("Der Kläger ging leer aus.", "The plaintiff received nothing."),
        ("Die Zeugin blieb der Sitzung fern.", "The witness did not attend the session."),
        ("Die Partei verfehlte den Einzug.", "The party did not make it."),
        ("Die Angeklagte schwieg dazu.", "The defendant did not comment."),
        ("Frühestens im Mai kommt Hilfe.", "Help will not arrive before May."),
        ("Der Mann ist auf freiem Fuß.", "The man has not been caught."),
        ("Das ist erst vorbei, wenn alle da sind.", "This is not over till everybody is there."),
    ],
)
def test_other_ways_of_denying_pass(german: str, english: str) -> None:
    assert found(german, english) == []


@pytest.mark.parametrize(
    ("german", "english", "words"),
    [
        ("Der Fahrer wurde leicht verletzt.", "The driver was seriously injured.", ("leicht", "seriously")),
        ("Die Preise sind gestiegen.", "Prices have fallen.", ("gestiegen", "fallen")),
        ("Die Partei verlor die Wahl.", "The party won the election.", ("verlor", "won")),
        ("Das Gericht hat das Verfahren eröffnet.", "The court has closed the case.", ("eröffnet", "closed")),
        ("Die Bank hat den Leitzins gesenkt.", "The bank has raised its rate.", ("gesenkt", "raised")),
        ("Exporte gingen um 3,5 Prozent zurück.", "Exports rose by 3.5%.", ("gingen um 3,5 Prozent zurück", "rose")),
        ("Die Preise legten zu, wie es hieß.", "It was said that prices dropped.", ("legten zu", "dropped")),
        ("Die Börse schloss im Plus.", "The stock market closed lower.", ("im Plus", "lower")),
        ("Die Firma schreibt rote Zahlen.", "The company is in the black.", ("rote Zahlen", "black")),
        ("Der Minister lockert die Regeln.", "The minister is tightening the rules.", ("lockert", "tightening")),
        ("Das Verbot wurde aufgehoben.", "The ban was imposed.", ("aufgehoben", "imposed")),
        ("Der Rat stimmte gegen das Gesetz.", "The council voted for the law.", ("gegen", "voted for")),
        ("Er hat am Mittwoch dafür gestimmt.", "He voted against it on Wednesday.", ("dafür", "voted against")),
    ],
)
def test_an_opposite_is_an_error(german: str, english: str, words: tuple[str, str]) -> None:
    assert found(german, english) == [("negation.antonym", "error", words[:1], words[1:])]


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Die Ursache war nicht bekannt.", "The cause was unknown."),
        ("Manche sind gerade einmal elf Jahre alt.", "Some are as young as eleven."),
        ("Die Prognose wurde gesenkt.", "The growth forecast was cut."),
        ("Die Preise gingen zurück.", "Prices slumped."),
        ("Sie legten Blumen hin, er ging auf sie zu.", "They dropped flowers, and he came up."),
        ("Es ging gut, er trat zurück.", "It went well, and he rose."),
        ("Der Rat stimmte gegen Mittag zu.", "The council voted for it around noon."),
        ("Die einen stimmten dafür, die anderen stimmten dagegen.", "Some voted for it."),
        ("Er hat nicht dafür gestimmt.", "He voted against it."),
        ("Beim Umsatzwachstum sanken die Erwartungen.", "Expectations were lower that sales would rise."),
    ],
)
def test_an_opposite_that_is_denied_an_age_or_inside_a_compound_says_nothing(german: str, english: str) -> None:
    assert found(german, english) == []


def test_both_poles_in_a_sentence_say_nothing() -> None:
    assert found("Die Einnahmen steigen, die Ausgaben sinken.", "Revenue is falling, spending is rising.") == []


@pytest.mark.parametrize(
    ("text", "denies"), [("Er kommt nicht.", True), ("Das ist unklar.", True), ("Er kommt.", False)]
)
def test_negated(text: str, denies: bool) -> None:
    assert negated(text) is denies
