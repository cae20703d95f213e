from summarizer.checks import Pair
from summarizer.checks.numbers import check


def codes(source: str, target: str) -> list[str]:
    return [finding.code for finding in check(Pair("s1", source, target))]


def test_a_faithful_translation_is_silent() -> None:
    assert not codes(
        "Die Stadt zahlt 3,5 Mio. Euro an 1.234 Haushalte.", "The city pays €3.5 million to 1,234 households."
    )


def test_a_replaced_number_is_named_with_both_values() -> None:
    (finding,) = check(Pair("s1", "Es kamen 27 Gäste.", "There were 72 guests."))
    assert finding.code == "numbers.changed"
    assert "27" in finding.message
    assert "72" in finding.message


def test_milliarde_is_a_short_scale_billion() -> None:
    assert not codes("zwei Milliarden Euro", "two billion euros")
    assert codes("zwei Milliarden Euro", "two million euros") == ["numbers.magnitude"]
