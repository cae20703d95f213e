"""Dates and times: how German ones are read, and where an English translation says another time."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.checks import Pair
from summarizer.checks.dates import check
from summarizer.findings import Finding
from summarizer.quantities import english_times, german_times

PUBLISHED = "2025-10-08"  # a Wednesday


def found(source: str, target: str, published: str | None = PUBLISHED) -> list[Finding]:
    return list(check(Pair("s1", source, target, published=published)))


@pytest.mark.parametrize(
    ("text", "words", "kind", "value"),
    [
        ("Das war am 3. Oktober 2025.", "3. Oktober 2025", "DATE", "2025-10-03"),
        ("Stichtag ist der 03.10.2025.", "03.10.2025", "DATE", "2025-10-03"),
        ("Das war am 3. Oktober.", "3. Oktober", "DATE", "2025-10-03"),
        ("im Oktober 2024", "Oktober 2024", "DATE", "2024-10"),
        ("Ende Junis", "Ende Junis", "DATE", "2025-06"),
        ("Ende März", "Ende März", "DATE", "2025-03"),
        ("im Juni des vergangenen Jahres", "Juni des vergangenen Jahres", "DATE", "2024-06"),
        ("Das geschah am Montag.", "Montag", "DATE", "2025-10-06"),
        ("Am Montag wird gewählt.", "Montag", "DATE", "2025-10-13"),
        ("am vergangenen Mittwoch", "vergangenen Mittwoch", "DATE", "2025-10-01"),
        ("Sie kam am Montagabend an.", "Montagabend", "TIME", "2025-10-06TEV"),
        ("Das war gestern.", "gestern", "DATE", "2025-10-07"),
        ("übermorgen", "übermorgen", "DATE", "2025-10-10"),
        ("Er wurde heute gewählt.", "heute", "DATE", "2025-10-08"),
        ("Das ist heute anders.", "heute", "DATE", "PRESENT_REF"),
        ("in der vorvergangenen Woche", "der vorvergangenen Woche", "DATE", "2025-W39"),
        ("im vergangenen Jahr", "vergangenen Jahr", "DATE", "2024"),
        ("seit 2019", "2019", "DATE", "2019"),
        ("in den 90er Jahren", "den 90er Jahren", "DATE", "199"),
        ("in den Sechzigerjahren", "den Sechzigerjahren", "DATE", "196"),
        ("in den zwanziger Jahren", "den zwanziger Jahren", "DATE", "192"),
        ("im 19. Jahrhundert", "19. Jahrhundert", "DATE", "18"),
        ("im dritten Quartal", "dritten Quartal", "DATE", "2025-Q3"),
        ("im Frühjahr 2024", "Frühjahr 2024", "DATE", "2024-SP"),
        ("um 20.15 Uhr", "20.15 Uhr", "TIME", "2025-10-08T20:15"),
        ("um halb neun", "halb neun", "TIME", "2025-10-08T08:30"),
        ("gegen Viertel nach acht", "Viertel nach acht", "TIME", "2025-10-08T08:15"),
        ("drei Tage lang", "drei Tage", "DURATION", "P3D"),
        ("vor zwei Jahren", "zwei Jahren", "DURATION", "P2Y"),
        ("nach einer halben Stunde", "einer halben Stunde", "DURATION", "PT0.5H"),
        ("seit Jahren", "Jahren", "DURATION", "PXY"),
        ("in den vergangenen zwei Jahren", "den vergangenen zwei Jahren", "DURATION", "P2Y"),
        ("täglich", "täglich", "SET", "P1D"),
        ("alle vier Jahre", "alle vier Jahre", "SET", "P4Y"),
        ("jeden Montag", "jeden Montag", "SET", "XXXX-WXX-1"),
        ("zu Ostern 2025", "Ostern 2025", "DATE", "2025-04-20"),
        ("am Karfreitag", "Karfreitag", "DATE", "2025-04-18"),
    ],
)
def test_a_german_time_has_span_type_and_value(text: str, words: str, kind: str, value: str) -> None:
    (time,) = german_times(text, PUBLISHED)
    assert (time.as_printed, time.type, time.value) == (words, kind, value)
    assert text[time.start : time.end] == words


@pytest.mark.parametrize(
    "text",
    [
        "Es kamen 2000 Menschen.",
        "Er ist 14 Jahre alt.",
        "Die Montage der Anlage",
        "Sie gewannen 2:1.",
        "Er war Sprecher der Augustiner.",
        "ein MIP-Montag",
        "Der Akku hält 1,5h.",
    ],
)
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert not german_times(text, PUBLISHED)


def test_both_ends_of_a_range_are_dates() -> None:
    times = german_times("vom 7. bis 9. Mai 2021", PUBLISHED)
    assert [(time.as_printed, time.value) for time in times] == [("7", "2021-05-07"), ("9. Mai 2021", "2021-05-09")]


def test_without_a_publication_date_the_value_says_what_is_unknown() -> None:
    (time,) = german_times("am 3. Oktober")
    assert time.value == "XXXX-10-03"
    (time,) = german_times("gestern")
    assert time.value == "XXXX-XX-XX"


@pytest.mark.parametrize(
    ("text", "precision"),
    [("am 3. Oktober 2025", "day"), ("im Oktober 2025", "month"), ("seit 2019", "year"), ("um 20.15 Uhr", "minute")],
)
def test_precision_is_that_of_the_words(text: str, precision: str) -> None:
    (time,) = german_times(text, PUBLISHED)
    assert time.precision == precision


FAITHFUL = [
    ("Am 3. Oktober 2025 um 20.15 Uhr", "At 8:15 p.m. on October 3, 2025"),
    ("Am 03.10.2025", "On 3 October 2025"),
    ("vom 7. bis 9. Mai", "from May 7 to 9"),
    ("Am Montagabend", "On Monday evening"),
    ("In der Nacht zum Sonntag", "On Saturday night"),
    ("In der Nacht zum Sonntag", "In the early hours of Sunday"),
    ("In der Nacht zum 1. Mai", "On the night of 30 April"),
    ("In der Nacht zum 12. Juli", "Overnight from July 11 to 12"),
    ("In der Nacht zum 12. Juli", "Overnight to July 12"),
    ("Am 1. Mai demonstrierten Tausende.", "Thousands marched on May Day."),
    ("Alle 14 Tage tagt der Ausschuss.", "The committee meets every two weeks."),
    ("Das Museum ist ab Montag offen.", "The museum is closed until Monday."),
    ("Die Straße bleibt bis Montag gesperrt.", "The road will open from Monday."),
    ("Er kommt erst nach 18 Uhr.", "He will not come before 6 p.m."),
    ("vom 10. bis 12. September", "from 10th to 12th September"),
    ("Im Vorjahr", "The previous year"),
    ("in der vergangenen Woche", "last week"),
    ("Am Mittwoch", "Today"),  # published on a Wednesday
    ("gestern", "on Tuesday"),
    ("im vergangenen Jahr", "in 2024"),
    ("Im August sprach die Ministerin.", "The minister spoke in August."),
    ("Anfang der Woche", "earlier in the week"),
    ("in den 1990er-Jahren", "in the 1990s"),
    ("Das Haus stammt aus den Sechzigerjahren.", "The house dates from the 1960s."),
    ("Der Mann, ein Mittfünfziger", "The man, in his mid-fifties"),
    ("Die Kämpfe um Chan Junis", "The fighting in Khan Younis"),
    ("vor zwei Jahren", "two years ago"),
    ("in den vergangenen Monaten", "in recent months"),
    ("Die erste Oktoberhälfte", "The first half of October"),
    ("Die „Bild am Sonntag“ berichtet.", "“Bild am Sonntag” reports."),
    ("um 8 Uhr", "at 8 o'clock"),
    ("von 10 bis 15 Uhr", "from 10 a.m. to 3 p.m."),
    ("Das ist heute anders.", "That is different now."),
    ("Die Ministerin kommt.", "The minister may come."),
    ("zwischen 12 und 14 Uhr", "between noon and 2 p.m."),
    ("am Mittag", "at noon"),
]


@pytest.mark.parametrize(("source", "target"), FAITHFUL)
def test_a_faithful_translation_is_silent(source: str, target: str) -> None:
    assert not found(source, target)


@pytest.mark.parametrize(
    ("source", "target", "code", "severity"),
    [
        ("Am Montag", "On Tuesday", "dates.changed", "error"),
        ("Am 3. Oktober", "On November 3", "dates.changed", "error"),
        ("Am 3. Oktober", "On October 5", "dates.changed", "error"),
        ("seit 2019", "since 2009", "dates.changed", "error"),
        ("In der Nacht zum 12. Juli", "On the night of July 13", "dates.changed", "error"),
        ("Alle 14 Tage", "Every three weeks", "dates.changed", "warning"),
        ("aus den Achtzigerjahren", "from the 1990s", "dates.changed", "warning"),
        ("um 20.15 Uhr", "at 8:45 p.m.", "dates.changed", "error"),
        ("um 20.15 Uhr", "at 8:15 a.m.", "dates.changed", "error"),
        ("Das war gestern.", "That is tomorrow.", "dates.changed", "error"),
        ("vergangene Woche", "next week", "dates.changed", "error"),
        ("vor zwei Jahren", "in two years", "dates.changed", "warning"),
        ("in den vergangenen Jahren", "in recent weeks", "dates.changed", "warning"),
        ("im Frühjahr", "in autumn 2025", "dates.changed", "warning"),
        ("Am Montag kam sie.", "She came.", "dates.missing", "warning"),
        ("Am 3. Mai kam sie.", "She came.", "dates.missing", "error"),
        ("Sie kam.", "She came on Monday.", "dates.added", "error"),
        ("Seit 2021 ist die Straße gesperrt.", "The road was closed until 2021.", "dates.changed", "error"),
        ("Das Geschäft bleibt bis 18 Uhr geöffnet.", "The shop opens from 6 p.m.", "dates.changed", "error"),
        ("Vor dem 3. Mai ist es möglich.", "It is possible after May 3.", "dates.changed", "error"),
        ("Ab morgen gilt das Gesetz.", "The law applies until tomorrow.", "dates.changed", "error"),
        ("Das war gestern.", "That was so.", "dates.missing", "warning"),
    ],
)
def test_another_time_is_found(source: str, target: str, code: str, severity: str) -> None:
    assert (code, severity) in [(finding.code, finding.severity) for finding in found(source, target)]


def test_a_change_names_both_readings_and_points_at_both_words() -> None:
    source, target = "Das geschah am Montag.", "That happened on Friday."
    (finding,) = found(source, target)
    assert finding.message == "“Montag” (Monday) became “Friday” (Friday)."
    (old,), (new,) = finding.source_spans, finding.target_spans
    assert source[old.start : old.end] == "Montag"
    assert target[new.start : new.end] == "Friday"


def test_yesterday_and_a_weekday_cannot_be_compared_without_a_publication_date() -> None:
    codes = [finding.code for finding in found("Das war gestern.", "That was on Tuesday.", None)]
    assert codes == ["dates.missing", "dates.added"]


def test_english_times_say_what_german_ones_say() -> None:
    (german,) = german_times("am Montag, dem 6. Oktober 2025")
    (english,) = english_times("on Monday, October 6, 2025")
    assert {mark[:2] for mark in german.marks} == {mark[:2] for mark in english.marks}


VOCABULARY = (
    "3. 31. 10. 2025 1990er 20.15 24 00:61 Uhr Oktober Mai ſamstag Dİenstag Montag abend Nacht zum heute "
    "gestern vor in zwei Jahren Tage lang halb neun Viertel nach Ende des Jahres vergangenen Woche jeden alle "
    "Ostern 0000 9999 October May Monday 3rd p.m. a.m. at last next week ago two years 10/3/2025 1990s fall Q3 "
    "century 19th , - ."
)
WORDS = st.lists(st.sampled_from(VOCABULARY.split()), max_size=14)
TEXT = st.one_of(st.text(max_size=60), WORDS.map(" ".join), WORDS.map("".join))
DATES = st.one_of(st.none(), st.text(max_size=12), st.dates().map(str))


@given(TEXT, TEXT, DATES)
def test_any_text_is_checked_and_every_span_is_that_very_text(source: str, target: str, published: str | None) -> None:
    for finding in found(source, target, published):
        assert all(source[span.start : span.end] == span.text for span in finding.source_spans)
        assert all(target[span.start : span.end] == span.text for span in finding.target_spans)
    for text, times in ((source, german_times(source, published)), (target, english_times(target, published))):
        assert all(text[time.start : time.end] == time.as_printed for time in times)
        assert all(one.end <= other.start for one, other in pairwise(times))
