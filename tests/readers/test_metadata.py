"""What an article's own lines say about it; a date is a date line's or there is none."""

from __future__ import annotations

import pytest

from summarizer.readers import read_text

BODY = "Der Rat der Stadt hat am Montag beraten. Das Fest am 3. Oktober 2019 war ein Thema."


def article(*lines: str, last: str = "") -> str:
    return "\n\n".join(["Rat berät über neue Fähre", *lines, BODY, BODY, *([last] if last else [])])


@pytest.mark.parametrize(
    ("line", "agency", "place", "published"),
    [
        ("Berlin (dpa) - Der Rat hat beraten.", "dpa", "Berlin", None),
        ("Berlin (dpa) – Der Rat hat beraten.", "dpa", "Berlin", None),
        ("BERLIN (Reuters) - Der Rat hat beraten.", "Reuters", "BERLIN", None),
        ("Wien (APA) — Der Rat hat beraten.", "APA", "Wien", None),
        ("Berlin/Paris (dpa/AFP) - Der Rat hat beraten.", "dpa, AFP", "Berlin/Paris", None),
        ("München (dpa/lby) - Der Rat hat beraten.", "dpa", "München", None),
        ("Frankfurt am Main (epd). Der Rat hat beraten.", "epd", "Frankfurt am Main", None),
        ("Bonn (KNA) Der Rat hat beraten.", "KNA", "Bonn", None),
        ("(dpa) - Der Rat hat beraten.", "dpa", None, None),
        ("(SID) Der Verein hat gewonnen.", "SID", None, None),
        ("Bern (sda/awp) Der Rat hat beraten.", "sda, AWP", "Bern", None),
        ("Genf, 3. Okt (Reuters) - Der Rat hat beraten.", "Reuters", "Genf", None),
        ("Genf, 3. Oktober 2026 (AFP) - Der Rat hat beraten.", "AFP", "Genf", "2026-10-03"),
        ("Berlin, 3. Oktober 2026 - Der Rat hat beraten.", None, "Berlin", "2026-10-03"),
        ("Bad Musterstadt, den 03.10.2026", None, "Bad Musterstadt", "2026-10-03"),
        ("Der Rat (SPD) hat beraten.", None, None, None),
        ("Die Agentur (dpa) meldet es.", None, None, None),
        ("Am Freitag, 3. Oktober 2026, hat der Rat beraten.", None, None, None),
        ("in Berlin (dpa) hat der Rat beraten.", None, None, None),
    ],
)
def test_the_opening_of_a_paragraph(line: str, agency: str | None, place: str | None, published: str | None) -> None:
    source = read_text(article(line))
    assert (source.agency, source.place, source.published) == (agency, place, published)


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("Von Erika Beispiel", "Erika Beispiel"),
        ("von Erika Beispiel und Max Muster", "Erika Beispiel und Max Muster"),
        ("Von Erika Beispiel, Max Muster und Dr. Ina von der Heide", "Erika Beispiel, Max Muster und Dr. Ina von der Heide"),
        ("Von Erika Beispiel, Musterstadt", "Erika Beispiel"),
        ("Von Korrespondentin Erika Beispiel", "Erika Beispiel"),
        ("Von unserem Korrespondenten Max Muster, Berlin", "Max Muster"),
        ("Ein Gastbeitrag von Erika Beispiel", "Erika Beispiel"),
        ("Eine Analyse von Max Muster", "Max Muster"),
        ("Text: Erika Beispiel", "Erika Beispiel"),
        ("Autorin: Erika Beispiel", "Erika Beispiel"),
        ("Von Musterstadt nach Rom", None),
        ("Von Anfang an", None),
        ("Von Montag an gilt das Gesetz.", None),
        ("Von den Plänen hält er nichts.", None),
        ("Berlin", None),
    ],
)  # fmt: skip
def test_bylines(line: str, byline: str | None) -> None:
    assert read_text(article(line)).byline == byline


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Stand: 03.10.2026", "2026-10-03"),
        ("Stand: Samstag, 3. Oktober 2026, 14:30 Uhr", "2026-10-03"),
        ("Veröffentlicht am 3.10.2026 um 14:30 Uhr", "2026-10-03"),
        ("Veröffentlicht: 02.10.2026 | Stand: 03.10.2026", "2026-10-02"),
        ("03.10.2026, 14:30 Uhr", "2026-10-03"),
        ("Samstag, 03.10.26", "2026-10-03"),
        ("3. Oktober 2026", "2026-10-03"),
        ("2026-10-03", "2026-10-03"),
        ("Sa., 3. Okt. 2026 | Lesezeit 3 Minuten", "2026-10-03"),
        ("Aktualisiert am 03.10.2026", None),
        ("Zuletzt geändert: 03.10.2026", None),
        ("Stand: 31.02.2026", None),
        ("3. Oktober", None),
        ("Oktober 2026", None),
        ("Stand: 03.10.20261", None),
        ("Am 3. Oktober 2026 beriet der Rat.", None),
    ],
)
def test_date_lines(line: str, published: str | None) -> None:
    assert read_text(article(line)).published == published
    assert read_text(article(last=line)).published == published


def test_lines_that_disagree_give_no_date() -> None:
    assert read_text(article("03.10.2026", "04.10.2026")).published is None
    assert read_text(article("03.10.2026", "03.10.2026")).published == "2026-10-03"


@pytest.mark.parametrize(
    ("last", "agency"),
    [
        ("Quelle: dpa", "dpa"),
        ("(dpa/AFP)", "dpa, AFP"),
        ("dpa", "dpa"),
        ("AFP/mku", "AFP"),
        ("Mit Material von Reuters", "Reuters"),
        ("Der Rat tagt am Freitag wieder. (APA)", "APA"),
        ("© dpa-infocom", "dpa"),
        ("Der Rat tagt am Freitag wieder. (SPD)", None),
        ("APA wird die Behörde genannt.", None),
    ],
)
def test_credits_at_the_end(last: str, agency: str | None) -> None:
    assert read_text(article(last=last)).agency == agency


def test_what_the_format_says_wins_and_the_text_stays() -> None:
    text = "---\ntitle: Titel\nauthor: Ina Muster\ndate: 2026-03-02\n---\n\n" + article(
        "Von Erika Beispiel", "Stand: 03.10.2026"
    )
    source = read_text(text, format="markdown")
    assert (source.byline, source.published, source.text) == ("Ina Muster", "2026-03-02", text)
    assert any(source.text[block.start : block.end] == "Von Erika Beispiel" for block in source.blocks)
