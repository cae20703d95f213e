"""Sentences: German boundaries, and offsets that hold for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Source
from summarizer.boundaries import sentence_spans
from summarizer.errors import InputError
from summarizer.readers import read_text
from summarizer.segment import MAX_SENTENCE, segment, to_article


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Der Bundestag wählt am 3. Oktober.",
        "Am 3. 10. 2024 und am 4.10.2024 wird gefeiert.",
        "Das Schloss stammt aus dem 18. Jahrhundert.",
        "Das Tor fiel in der 42. Minute für den 1. FC Musterstadt.",
        "Papst Benedikt XVI. besuchte Wilhelm II. Museum.",
        "Viele Länder, z. B. Frankreich, u. a. Paris, d. h. Europa, stimmten zu.",
        "Das gilt i. d. R. Minderjährigen gegenüber.",
        "Oberst a. D. Mustermann und Prof. Dr. h. c. Beispiel kamen.",
        "Das kostet 3,5 Mio. Euro, 2 Mrd. Dollar und ca. 30 Tsd. Franken.",
        "Nach Art. 5 Abs. 2 Satz 1 GG und Nr. 7 der Anlage ist das erlaubt.",
        "Der Zug hält um 20.15 Uhr in St. Gallen und in Bad Str. 5.",
        "Die Seite www.beispiel.de meldete 1.234,56 Euro.",
        "J. S. Bach wurde in Eisenach geboren.",
        "„Das geht so nicht.“ sagte die Ministerin.",
        "„Geht das?“, fragte der Sprecher.",
        "„Geht das?“ fragte der Sprecher.",
        "Die Sendung „Was nun?“ Teil zwei lief gestern.",
        "Er sagte … nichts.",
        "Er sprach von „dem [...] Gesetz“.",
        "Die Regeln lauten: 1. Die Tür bleibt zu, 2. Die Fenster auch.",
        "Er rief: Das ist das Ende.",
        "Die Muster GmbH & Co. KG und die Beispiel Inc. Deutschland fusionieren.",
        "Er kam aus der Hauptstr. Nummer 3.",
        "z.\u00a0B. Köln",
        "Die Kosten (inkl. MwSt. Porto) steigen.",
        "Das Fest ist am Montag 3. Oktober.",
        "Die Partei (engl. „People's Party“) und »Dr. Muster« traten an.",
        "Das Fest in Musterstadt 24. Oktober kostet nichts.",
    ],
)
def test_stays_one_sentence(sentence: str) -> None:
    assert sentences(sentence) == [sentence]


@pytest.mark.parametrize(
    "parts",
    [
        ["Der Bundestag tagt.", "Abgeordnete kommen."],
        ["Das war 1998.", "Danach kam nichts."],
        ["Das war 1998.", "Bayern folgte."],
        ["Sie wurde Dritte in Gruppe B.", "Die Sieger feiern."],
        ["Es gibt Äpfel, Birnen usw.", "Der Markt öffnet um neun."],
        ["Das Team kam auf Platz 24.", "Bayern stieg ab."],
        ["Es kamen 5.000.", "Veranstalter hatten mehr erwartet."],
        ["Das kostet 30 Euro inkl. MwSt.", "Der Versand ist frei."],
        ["Das kostet 3 Mio.", "Das ist viel."],
        ["Er fuhr 40 km.", "Stau gab es nicht."],
        ["Gewonnen hat die SPD.", "Verloren hat die FDP."],
        ["Er wurde 3.", "Das reichte nicht."],
        ["Geht das?", "Ja!", "Nein."],
        ["„Das geht nicht.", "Wir bleiben hier“, sagte die Ministerin."],
        ["„Das geht nicht.“", "Damit war alles gesagt."],
        ["Die Ministerin fragte: „Geht das?“", "Niemand antwortete."],
        ["Sie nannte es „gut“.", "„Sehr gut“, sagte er."],
        ["Das ist gut!", "»Nein«, sagte er.", "«Doch», sagte sie."],
        ["Das Gesetz gilt.", "(Das war lange offen.)", "Nun ist es klar."],
        ["Es waren viele.", "9000 Menschen kamen."],
        ["Er schwieg …", "Dann ging er."],
        ["Das ist neu.", "– Das ist alt."],
        ["Die Lage ist ernst.", "Österreich hilft."],
        ["Die Lage ist ernst.", "O\u0308sterreich hilft."],
    ],
)
def test_splits(parts: list[str]) -> None:
    for gap in (" ", "\n", "\u00a0", "  "):
        assert sentences(gap.join(parts)) == parts


def test_a_forgotten_space_is_noticed() -> None:
    assert sentences("Das Gesetz ist beschlossen worden.Der Rat stimmt zu.") == [
        "Das Gesetz ist beschlossen worden.",
        "Der Rat stimmt zu.",
    ]
    assert len(sentences("So entschied der EuGH.Hingegen zögert der Rat.")) == 2
    assert len(sentences("Siehe Nr.5, Dr.Muster und www.beispiel.de oder A.B.C.")) == 1


def test_ids_paragraphs_and_kinds() -> None:
    source = read_text("Neue Fähre\n\nDie Fähre fährt. Sie ist neu.\n\nKritik\n\nEs gibt Kritik.")
    result = [(s.id, s.paragraph, s.kind, s.text) for s in segment(source)]
    assert result == [
        ("s1", 1, "headline", "Neue Fähre"),
        ("s2", 2, "body", "Die Fähre fährt."),
        ("s3", 2, "body", "Sie ist neu."),
        ("s4", 3, "heading", "Kritik"),
        ("s5", 4, "body", "Es gibt Kritik."),
    ]


@pytest.mark.parametrize(
    ("clause", "ends"), [("a" * 30 + "; ", ";"), ("b" * 30 + ", ", ","), ("c" * 30 + " ", "c"), ("d" * 30, "d")]
)
def test_an_endless_sentence_is_split_at_the_best_place(clause: str, ends: str) -> None:
    text = (clause * 300).strip()
    pieces = segment(read_text(text))
    assert all(len(piece.text) <= MAX_SENTENCE for piece in pieces)
    assert all(piece.text.endswith(ends) for piece in pieces)
    assert "".join("".join(piece.text.split()) for piece in pieces) == "".join(text.split())


def test_to_article_carries_what_the_reader_knew() -> None:
    source = read_text("Neue Fähre\n\nDie Fähre fährt.", name="a.txt").model_copy(update={"published": "2026-03-01"})
    article = to_article(source, "de")
    assert (article.source, article.title, article.published, article.language) == (
        "a.txt",
        "Neue Fähre",
        "2026-03-01",
        "de",
    )
    assert article.ids == ("s1", "s2")
    assert article.id == to_article(read_text("Neue Fähre\r\n\r\nDie Fähre fährt."), "de").id


MARKS = st.text(alphabet="aÄzB1.!?…:;,–-„“”»«\"'()[] \n\u00a0\u00ad\u200b\u0308😀。\ud800", max_size=60)


@given(MARKS | st.text())
def test_any_text_is_covered_by_its_sentences(text: str) -> None:
    try:
        source: Source = read_text(text)
    except InputError:
        return
    position = 0
    for number, sentence in enumerate(segment(source), start=1):
        assert sentence.id == f"s{number}"
        assert sentence.text == text[sentence.start : sentence.end] == sentence.text.strip() != ""
        gap = text[position : sentence.start]
        assert position <= sentence.start
        assert not any(character.isalnum() for character in gap)
        position = sentence.end
    assert not any(character.isalnum() for character in text[position:])


@given(MARKS)
def test_between_the_sentences_of_a_paragraph_is_white_space_alone(text: str) -> None:
    spans = list(sentence_spans(text))
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    assert edges == sorted(edges)
    assert all(not text[start:end].strip() for start, end in zip(edges[::2], edges[1::2], strict=True))
