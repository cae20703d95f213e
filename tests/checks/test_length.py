from summarizer.article import BlockKind
from summarizer.checks import Pair
from summarizer.checks.length import check

GERMAN = "Die Stadt will im kommenden Jahr zwei neue Schulen bauen und eine dritte sanieren."
ENGLISH = "The city wants to build two new schools next year and renovate a third."


def codes(source: str, target: str, kind: BlockKind = "body") -> list[tuple[str, str]]:
    return [(finding.code, finding.severity) for finding in check(Pair("s1", source, target, kind))]


def test_a_translation_of_usual_length_passes() -> None:
    assert codes(GERMAN, ENGLISH) == []


def test_nothing_or_only_punctuation_is_an_error() -> None:
    assert codes(GERMAN, "") == [("length.empty", "error")]
    assert codes(GERMAN, " . ") == [("length.empty", "error")]


def test_a_third_of_the_length_is_an_error() -> None:
    assert codes(GERMAN, "The city builds.") == [("length.short", "error")]


def test_twice_the_length_is_an_error() -> None:
    assert codes(GERMAN, ENGLISH + " " + ENGLISH) == [("length.long", "error")]


def test_a_short_source_may_vary() -> None:
    assert codes("Na und?", "So what then?") == []


def test_a_heading_may_vary_more_than_a_sentence() -> None:
    source, target = "Stadt baut zwei neue Schulen", "City to build two brand-new schools: an overview in detail"
    assert codes(source, target, "body") == [("length.long", "warning")]
    assert codes(source, target, "headline") == []


def test_an_abbreviation_is_as_long_as_what_it_stands_for() -> None:
    german, english = "Das BAMF und der EuGH schweigen dazu bisher.", "So far, %s have not commented on this."
    institutions = "the Federal Office for Migration and Refugees and the European Court of Justice"
    assert codes(german, english % institutions) == []
    assert codes(german, english % f"BAMF and EuGH ({institutions})") == [("length.long", "error")]
    german = "Das Außenministerium der Vereinigten Staaten und die Vereinten Nationen schweigen dazu."
    assert codes(german, "The U.S. and the UN are silent.") == [("length.short", "warning")]
    assert codes(german, "The USDS and the UN are silent.") == []


def test_a_source_without_words_asks_nothing() -> None:
    assert codes("* * *", "") == []
