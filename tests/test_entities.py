"""Persons, organisations and places are found in the German by rule, each as what it is, and nothing that is no name."""

from __future__ import annotations

import pytest

from summarizer.entities import find_names, group


def names(*sentences: str) -> list[tuple[str, str]]:
    """Return class and name of what is found, in order; the sentences were written for these tests."""
    return [(name.of.__name__, name.text) for name in find_names(sentences)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Generalmajor Tariku Oyelaran leitete die Zeremonie.", [("Person", "Tariku Oyelaran")]),
        ("Das sagte der Oberst Mirko Freitag am Freitag.", [("Person", "Mirko Freitag")]),
        ("Frau Müller widersprach.", [("Person", "Müller")]),
        ("Angela Bergers Partei verlor.", [("Person", "Angela Berger")]),
        ("Der Präsident Malis empfing sie.", [("Place", "Mali")]),
        ("Jovana Kressnik (SPD) lehnte ab.", [("Person", "Jovana Kressnik"), ("Organisation", "SPD")]),
        ("Die Nordwerk Maschinenbau AG entlässt Leute.", [("Organisation", "Nordwerk Maschinenbau AG")]),
        ("Die Dienstleistungsgewerkschaft Verdi streikt.", [("Organisation", "Verdi")]),
        (
            "Die Organisation für den Schutz der Moore (OSM) klagt.",
            [("Organisation", "Organisation für den Schutz der Moore"), ("Organisation", "OSM")],
        ),
        ("Die Börse in Wien schloss früher.", [("Place", "Wien")]),
        ("Die Wiener Börse schloss früher.", [("Organisation", "Wiener Börse")]),
        ("In Sévaré wurde ein Krankenhaus gebaut.", [("Place", "Sévaré")]),
        ("Sie reiste in die Vereinigten Staaten.", [("Place", "Vereinigten Staaten")]),
        ("Der Staatschef Baschar al-Assad lehnte ab.", [("Person", "Baschar al-Assad")]),
        ("Ein Roman von Markus Werner erschien.", [("Person", "Markus Werner")]),
        ("Der Laborleiter war Henkjo Jaap Meijering.", [("Person", "Henkjo Jaap Meijering")]),
        ("Der FC Carl Weber Jena verlor.", [("Place", "Jena")]),
        ("Die Neue Wiener Zeitung berichtet.", [("Organisation", "Neue Wiener Zeitung")]),
        ("Die International Marble Commission tagt.", [("Organisation", "International Marble Commission")]),
        ("Der Angeklagte Patrick D. schwieg.", [("Person", "Patrick D.")]),
        ("Die Kämpfe in Südfrankreich dauern an.", [("Place", "Südfrankreich")]),
    ],
)
def test_a_sign_beside_a_name_says_what_it_is(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert names(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Die Regierung will den Umbau im Herbst beginnen.",
        "In Untersuchungshaft sitzen drei Verdächtige.",
        "Das Bruttoinlandsprodukt (BIP) stieg, der LKW-Verkehr nahm ab.",
        "Essen war knapp, und Singen half nicht.",
        "Ein BMW und eine Boeing 747 standen im Weg.",
        "Für die Polen kostet das 20 Franken.",
        "EIL: DER STREIK IST ZU ENDE",
        "Experten Senfgas zufolge ist das falsch.",
        "Minister Furore hin oder her: Es bleibt dabei.",
        "Die Messe für Rüstung und Technik (MRT) begann am Montag.",
    ],
)
def test_nouns_and_shorthand_are_no_names(sentence: str) -> None:
    assert names(sentence) == []


def test_what_one_sentence_makes_sure_is_found_in_the_others() -> None:
    found = group(
        find_names(
            [
                "Oberstleutnant Frank Borchers kam nach Sévaré.",
                "Borchers begleitet dort die Nordwerk Maschinenbau AG.",
                "Zwischen Sévaré und der Hauptstadt baut Nordwerk eine Straße.",
            ]
        )
    )
    assert [(one.of.__name__, one.printed, one.role, one.sentences) for one in found] == [
        ("Person", "Frank Borchers", "Lieutenant Colonel", (0, 1)),
        ("Place", "Sévaré", None, (0, 2)),
        ("Organisation", "Nordwerk Maschinenbau AG", None, (1, 2)),
    ]


def test_names_have_the_english_of_the_lists() -> None:
    found = group(find_names(["Das Verteidigungsministerium und die EZB in der Türkei: Delegationen aus Moskau."]))
    assert [one.english for one in found] == ["Defence Ministry", "ECB", "Turkey", "Moscow"]


@pytest.mark.parametrize(
    ("office", "english"),
    [
        ("Vizeverteidigungsminister", "deputy defence minister"),
        ("SPD-Chefin", None),
        ("Ex-Kanzler", "former Chancellor"),
        ("Außenministerin", "foreign minister"),
        ("die ehemalige polnische Präsidentin", "former President"),
        ("die stellvertretende Ministerin", "deputy minister"),
        ("seine Frau", None),
    ],
)
def test_offices_are_composed_of_what_is_known(office: str, english: str | None) -> None:
    (found,) = group(find_names([f"Das sagte {office} Jovana Kressnik."]))[-1:]
    assert (found.printed, found.role) == ("Jovana Kressnik", english)


def test_an_unknown_abbreviation_must_be_there_twice() -> None:
    assert names("Der Vorschlag kam vom KVQ.") == []
    assert names("Der Vorschlag kam vom KVQ.", "Auch früher schlug der KVQ das vor.") == [("Organisation", "KVQ")] * 2
