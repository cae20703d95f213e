"""Numbers: what is the same on both sides in whatever notation, and what is not."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.checks import Pair
from summarizer.checks.numbers import check
from summarizer.findings import Finding
from summarizer.quantities import Quantity, english_quantities, german_quantities

FAITHFUL = [
    ("Die Stadt zahlt 3,5 Mio. Euro an 1.234 Haushalte.", "The city pays €3.5 million to 1,234 households."),
    ("Das kostet 12,5 Mrd. Euro.", "That costs 12.5 billion euros."),
    ("Der Schaden liegt bei zwei Milliarden Dollar.", "The damage comes to $2bn."),
    ("Eine Billion Euro Schulden", "A trillion euros of debt"),
    ("Siebenundzwanzig Boote und einundzwanzigtausend Gäste", "27 boats and 21,000 guests"),
    ("Ein halbes Dutzend Läden schließt.", "Half a dozen shops are closing."),
    ("Nach anderthalb Stunden war Schluss.", "It was over after an hour and a half."),
    ("Das Treffen dauerte 90 Minuten.", "The meeting lasted an hour and a half."),
    ("Zwei Drittel der Betriebe, ein Viertel der Höfe", "Two-thirds of the firms, a quarter of the farms"),
    ("Ein Viertel der Fläche ist Wald.", "25 percent of the area is forest."),
    ("Jeder Vierte ist dagegen.", "One in four is against it."),
    ("Jeder Dritte fährt Rad.", "A third of them cycle."),
    ("10 bis 15 Prozent mehr", "10–15 percent more"),
    ("drei bis fünf Millionen Tonnen", "between three and five million tonnes"),
    ("Sie gewannen 2:1 (1:0).", "They won 2-1 (1-0)."),
    ("Die 27-Jährige spielt im U21-Team.", "The 27-year-old plays for the U21 team."),
    ("Der dreitägige Besuch im 3. Stock", "The three-day visit on the third floor"),
    ("Sie ist 3½ Jahre alt.", "She is 3 1/2 years old."),
    ("Die Zahl hat sich verdoppelt.", "The number has doubled."),
    ("Die Zahl hat sich halbiert, doppelt so viele kamen.", "The number fell by half, twice as many came."),
    ("Das Doppelzimmer halbiert die Kosten.", "The double room cuts costs."),
    ("Beide Brüder wurden zweimal befragt.", "The two brothers were questioned twice."),
    ("Zehntausende kamen, Hunderte blieben.", "Tens of thousands came, hundreds stayed."),
    ("Tabellendritter ist ein Klub aus dem Norden.", "A club from the north is in third place."),
    ("Im Zweiten Weltkrieg", "In World War II"),
    ("Papst Johannes XXIII.", "Pope John XXIII"),
    ("Es gibt Bio-Eier für ein paar Euro.", "There are organic eggs for a few euros."),
    ("Ein Mann und eine Frau", "The man and a woman"),
    ("Sie achten auf einander.", "They look after one another."),
    ("Das Coronavirus breitet sich aus.", "Covid-19 is spreading."),
    ("Ein Barrel (159 Liter) kostet 74 Dollar.", "Oil costs $74 a barrel."),
    ("je Fass zu 159 Litern", "per barrel"),
    ("Eine Feinunze (rund 31,1 Gramm) kostet 2.000 Dollar.", "Gold costs $2,000 an ounce."),
    ("Ein 17-Jähriger und seine gleichaltrige Freundin", "A 17-year-old and his girlfriend, also 17"),
    ("Der 17-Jährige rief an. Dann floh der 17-Jährige.", "The 17-year-old called. Then he fled."),
    ("Zur Pause stand es 0:0, am Ende 2:2.", "It was goalless at half-time and ended 2-2."),
    ("Das 1:0 erzielte Undav in der 12. Minute.", "Undav opened the scoring in the 12th minute."),
    ("Im zweiten Wahlgang siegte die Kandidatin.", "The candidate won the run-off."),
    ("Eine Zweidrittelmehrheit für das Dreivierteljahr", "A two-thirds majority for the nine months"),
    ("Seit einem Vierteljahrhundert", "For 25 years"),
    ("Ein zweistelliger Millionenbetrag", "Tens of millions"),
    ("Der 1. FC Köln besiegt Schalke 04.", "Cologne beat Schalke."),
    ("Sie kam 1:12 Minuten später ins Ziel.", "She finished 1 minute 12 seconds later."),
    ("Am 3. Oktober um 20.15 Uhr", "At 8:15 p.m. on October 3"),
]


def found(source: str, target: str) -> list[Finding]:
    return list(check(Pair("s1", source, target)))


def codes(source: str, target: str) -> list[tuple[str, str]]:
    return [(finding.code, finding.severity) for finding in found(source, target)]


@pytest.mark.parametrize(("source", "target"), FAITHFUL)
def test_a_faithful_translation_is_silent(source: str, target: str) -> None:
    assert not found(source, target)


@pytest.mark.parametrize(
    ("source", "target", "code", "severity"),
    [
        ("Es kamen 27 Gäste.", "There were 72 guests.", "numbers.changed", "error"),
        ("Drei Menschen starben.", "Two people died.", "numbers.changed", "error"),
        ("Die Zahl hat sich halbiert.", "The number has doubled.", "numbers.changed", "error"),
        ("Der Preis verdoppelte sich.", "The price tripled.", "numbers.changed", "error"),
        ("Sie wurde Zweite.", "She came third.", "numbers.changed", "warning"),
        ("zwei Milliarden Euro", "two million euros", "numbers.magnitude", "error"),
        ("eine Billion Euro", "a billion euros", "numbers.magnitude", "error"),
        ("28.000 Tote", "28.000 dead", "numbers.magnitude", "error"),
        ("Es kamen 27 Gäste.", "There were guests.", "numbers.missing", "error"),
        ("Es kamen drei Gäste.", "There were guests.", "numbers.missing", "warning"),
        ("Es kamen Gäste.", "There were 27 guests.", "numbers.added", "error"),
        ("Es kostet 30 Euro.", "It costs $30.", "numbers.unit", "error"),
        ("72 Kilometer weiter", "72 miles on", "numbers.unit", "error"),
        ("fünf Prozentpunkte mehr", "five percent more", "numbers.unit", "warning"),
        ("nach 14 Tagen", "after 14 weeks", "numbers.unit", "error"),
        ("72 Kilometer weiter", "45 miles on", "numbers.unit", "info"),
        ("Er hatte 1,8 Promille.", "He had 0.18 percent.", "numbers.unit", "info"),
        ("Er hatte 1,8 Promille.", "He had 1.8 percent.", "numbers.unit", "error"),
        ("Sie steht im 1. Stock.", "She stands there.", "numbers.missing", "error"),
        ("Sie gewannen mit 2:0.", "They won and are ahead by 3-0.", "numbers.changed", "error"),
        ("Ein Fass (220 Liter) kostet viel.", "A barrel costs a lot.", "numbers.missing", "error"),
        ("Hunderte kamen.", "Thousands came.", "numbers.changed", "warning"),
    ],
)
def test_a_difference_is_found(source: str, target: str, code: str, severity: str) -> None:
    assert codes(source, target) == [(code, severity)]


@pytest.mark.parametrize(
    ("source", "faithful", "exchanged"),
    [
        ("Sie stieg von 12 auf 17.", "It rose from 12 to 17.", "It rose from 17 to 12."),
        ("Sie stieg von 12 auf 17.", "It rose to 17 from 12.", "It rose to 12 from 17."),
        ("Er sank von 80 auf 65 Euro.", "At 65 euros, it is down from 80.", "It fell from 65 to 80 euros."),
        ("12 Menschen starben, 30 wurden verletzt.", "30 were hurt, 12 died.", "30 people were killed and 12 injured."),
        ("Von den 30 Verletzten starben 12.", "Of the 30 injured, 12 died.", "Of the 12 injured, 30 died."),
        ("Fünf Tote und zwölf Verletzte", "Twelve hurt, five of them fatally", "Twelve dead and five wounded"),
        (
            "Der 34-jährige Täter griff den 19-jährigen Studenten an.",
            "The attacker, 34, assaulted the 19-year-old student.",
            "The 19-year-old attacker assaulted the 34-year-old student.",
        ),
    ],
)
def test_two_numbers_that_changed_places_are_found(source: str, faithful: str, exchanged: str) -> None:
    assert not found(source, faithful)
    (finding,) = found(source, exchanged)
    assert (finding.code, finding.severity) == ("numbers.changed", "error")
    assert "changed places" in finding.message
    assert len(finding.source_spans) == len(finding.target_spans) == 2


def test_a_change_names_both_values_and_points_at_both_places() -> None:
    source, target = "Rund 1.200 Gäste kamen.", "About 2,100 guests came."
    (finding,) = found(source, target)
    assert "1,200" in finding.message
    assert "2,100" in finding.message
    (old,), (new,) = finding.source_spans, finding.target_spans
    assert source[old.start : old.end] == old.text == "1.200"
    assert target[new.start : new.end] == new.text == "2,100"


def test_a_magnitude_says_by_how_much() -> None:
    (finding,) = found("3,5 Mrd. Euro", "3.5 million euros")
    assert "1,000 times too small" in finding.message


def test_a_measure_given_in_two_units_is_no_addition() -> None:
    assert not found("72 Kilometer südlich", "45 miles (72 kilometers) south")


def test_a_number_in_a_date_is_left_to_the_dates_check() -> None:
    assert not found("am 7. Mai 2021", "on May 9, 2021")


def test_the_same_value_is_matched_to_its_own_kind_first() -> None:
    assert not found("Ein Tor zum 1:2 in einem Spiel", "A goal to make it 1-2 in a match")


def single(quantities: list[Quantity]) -> tuple[str, float, float | None, str | None]:
    (quantity,) = quantities
    return quantity.as_printed, quantity.value, quantity.upper, quantity.unit


def test_german_quantities_have_value_unit_and_span() -> None:
    assert single(german_quantities("rund 4,35 Mio. Euro teuer")) == ("4,35 Mio. Euro", 4_350_000, None, "EUR")
    assert single(german_quantities("10 bis 15 Prozent")) == ("10 bis 15 Prozent", 10, 15, "percent")
    assert single(german_quantities("3 bis 5 Millionen Euro")) == ("3 bis 5 Millionen Euro", 3e6, 5e6, "EUR")
    assert single(german_quantities("1.234.567,89 Tonnen")) == ("1.234.567,89 Tonnen", 1_234_567.89, None, "t")
    assert single(german_quantities("dreihundertfünfundsechzig Tage")) == (
        "dreihundertfünfundsechzig Tage", 365, None, "day",
    )  # fmt: skip


def test_english_quantities_have_value_unit_and_span() -> None:
    assert single(english_quantities("€1,234.56")) == ("€1,234.56", 1234.56, None, "EUR")
    assert single(english_quantities("two hundred and fifty thousand")) == (
        "two hundred and fifty thousand", 250_000, None, None,
    )  # fmt: skip
    assert single(english_quantities("a quarter of a million")) == ("a quarter of a million", 250_000, None, None)
    assert [quantity.value for quantity in english_quantities("1.7 million four years ago")] == [1_700_000, 4]


VOCABULARY = (
    "3 0 12 1.234,5 1,234.5 20.15 2½ ½ 1/2 1/0 ² ٣ 9999999999999999999999 Million Millionen million bn Dutzend "
    "half a and of two hundred thousand tausend einhalb zwei Drittel third XIV € $ % - – . : / km Euro bis to "
    "zwischen und between Uhr jeder ſ ı Hunderte tens"
)
WORDS = st.lists(st.sampled_from(VOCABULARY.split()), max_size=14)
TEXT = st.one_of(st.text(max_size=60), WORDS.map(" ".join), WORDS.map("".join))


@given(TEXT, TEXT)
def test_any_text_is_checked_and_every_span_is_that_very_text(source: str, target: str) -> None:
    for finding in found(source, target):
        assert all(source[span.start : span.end] == span.text for span in finding.source_spans)
        assert all(target[span.start : span.end] == span.text for span in finding.target_spans)
    for text, quantities in ((source, german_quantities(source)), (target, english_quantities(target))):
        assert all(text[quantity.start : quantity.end] == quantity.as_printed for quantity in quantities)
        assert all(one.end <= other.start for one, other in pairwise(quantities))


def test_what_would_overflow_or_recurse_does_not() -> None:
    huge = "9" * 5000
    assert not found(huge, huge)
    assert not found("tausend" * 3000, "")
    assert found("3 " + "Millionen " * 200, "")
