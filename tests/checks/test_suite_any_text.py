"""Any Unicode through all checks at once: no exception, a confidence, spans that point at the very text."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from summarizer import Claim, kinds, vectors
from summarizer.article import plain
from summarizer.checks import Pair
from summarizer.confidence import assess
from summarizer.items import Event, Figure, Place, Quotation, When
from summarizer.readers import read_text
from summarizer.segment import to_article
from summarizer.support import support_of
from tests.checks.test_word_checks_any_text import texts

NEWS: Any = kinds.load("news")

numbers = st.sampled_from(
    [
        "3,5 Mio. Euro",
        "1.234,56",
        "am 3. Mai",
        "zwei Drittel",
        "20 Uhr",
        "„12",
        "3.5 million",
        "½",
        "٣",
        "on 5 May",
        "1e999",
    ]
)
any_text = st.one_of(
    texts, st.text(max_size=60), st.lists(st.one_of(numbers, st.text(max_size=8)), max_size=8).map(" ".join)
)


@pytest.mark.parametrize("with_vectors", [True, False])
@given(st.lists(st.tuples(any_text, any_text, any_text), max_size=3))
@example(rows=[("A ¹ ß", "¹0A", "")])  # words of a name in another order
def test_all_checks_of_any_pairs(with_vectors: bool, rows: list[tuple[str, str, str]]) -> None:
    if with_vectors and not vectors.available():
        return
    pairs = [
        Pair(f"s{n}", source, target, around=(("s9", other),)) for n, (source, target, other) in enumerate(rows, 1)
    ]
    for pair, assessment in zip(pairs, assess(pairs, vectors=with_vectors), strict=True):
        assert 0 <= assessment.confidence <= 1
        for finding in assessment.findings:
            assert finding.where == pair.id
            for text, spans in ((pair.source, finding.source_spans), (pair.target, finding.target_spans)):
                for span in spans:
                    assert 0 <= span.start <= span.end <= len(text)
                    assert text[span.start : span.end] == span.text


words = any_text.filter(bool)


@given(german=any_text.filter(lambda text: bool(plain(text))), said=st.lists(words, min_size=6, max_size=6))
def test_all_checks_of_any_brief(german: str, said: list[str]) -> None:
    article = to_article(read_text(f"Satz. {german}"), "de")
    evidence = (*article.ids, "s99")
    brief = NEWS(
        key_points=(Claim(text=said[0], stance="stated", evidence=evidence),) * 2,
        places=(Place(name=said[1], name_as_printed=said[2], evidence=evidence),),
        events=(Event(what=said[3], when=When(iso=said[4], precision="day", as_printed=said[5]), evidence=evidence),),
        figures=(Figure(value=1.5, unit=said[1], what=said[0], as_printed=said[5], evidence=evidence),),
        quotations=(Quotation(original=said[2], english=said[3], evidence=evidence),),
    )
    found = support_of(brief, article, None)
    assert len(found.items) == 6
    assert all(0 <= item.confidence <= 1 for item in found.items)
    assert {item.where for item in found.items} >= {finding.where for finding in found.findings}
