"""Any text in: no exception, spans within bounds and pointing at the very text."""

from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.checks import Pair
from summarizer.checks.attribution import reported
from summarizer.checks.names import source_names
from summarizer.checks.quotations import german_quotations

CHECKS = ("length", "repetition", "untranslated", "names", "negation", "attribution", "quotations")

pieces = st.sampled_from(
    [
        "Die",
        "der",
        "nicht",
        "No",
        "not",
        "„",
        "“",
        "”",
        "»",
        "«",
        "'",
        "’",
        '"',
        "‚",
        "‘",
        "sei",
        "soll",
        "laut",
        "sagte",
        "said",
        "Köln",
        "Cologne",
        "U.S.",
        "EU-Rat",
        "Selenskyj",
        "-",
        "–",
        "ß",
        "É",
        "İ",
        "ﬁ",
        "ä",
        "\u200b",
        "٣",
        "中文",
        "🙂",
        ".",
        ",",
        ":",
        ";",
        "(",
        ")",
        "\n",
        "\t",
    ]
)
texts = st.one_of(
    st.text(max_size=80), st.lists(pieces, max_size=25).map(" ".join), st.lists(pieces, max_size=25).map("".join)
)


@pytest.mark.parametrize("name", CHECKS)
@given(source=texts, target=texts)
def test_spans_point_at_the_very_text(name: str, source: str, target: str) -> None:
    for finding in import_module(f"summarizer.checks.{name}").check(Pair("s1", source, target)):
        for text, spans in ((source, finding.source_spans), (target, finding.target_spans)):
            for span in spans:
                assert 0 <= span.start < span.end <= len(text)
                assert text[span.start : span.end] == span.text


@given(source=texts, target=texts)
def test_what_the_brief_uses_points_at_the_very_text(source: str, target: str) -> None:
    for name in source_names(Pair("s1", source, target)):
        assert source[name.source.start : name.source.end] == name.printed
        assert target[name.target.start : name.target.end] == name.english
    report = reported(source)
    for cue in report.cues if report else ():
        assert source[cue.start : cue.end] == cue.text
    for quoted in german_quotations(source):
        assert source[quoted.inner.start : quoted.inner.end] == quoted.text
        for span in (quoted.span, quoted.cue, quoted.speaker):
            assert span is None or source[span.start : span.end] == span.text
