"""A brief against its evidence: printed words, numbers, names and attribution must stand there."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest

from summarizer import Segment, Translation, kinds, read_text, vectors
from summarizer.article import Frozen
from summarizer.checks.brief import check_brief, items_of
from summarizer.items import Brief, Item
from summarizer.segment import to_article

NEWS: Any = kinds.load("news")
GERMAN = (
    "Der Stadtrat von Köln hat am 3. Mai den Bau einer Brücke beschlossen. "
    "Sie soll 3,5 Mio. Euro kosten und 120 Meter lang werden. "
    "Nach Angaben der Verwaltung seien die Kosten gestiegen. "
    "„Wir bauen nicht“, sagte der Sprecher der Grünen. "
    "Die Nordwerk AG liefert den Stahl."
)
ENGLISH = (
    "Cologne city council decided on 3 May to build a bridge.",
    "It is to cost 3.5 million euros and be 120 metres long.",
    "According to the administration, costs have risen.",
    "“We are not building,” said the spokesman of the Greens.",
    "Nordwerk AG supplies the steel.",
)
ARTICLE = to_article(read_text(GERMAN), "de")
TRANSLATION = Translation(
    segments=tuple(Segment(id=i, text=text, status="ok") for i, text in zip(ARTICLE.ids, ENGLISH, strict=True))
)


def claim(text: str, *evidence: str, by: str | None = None) -> dict[str, Any]:
    return {"text": text, "evidence": evidence, "stance": "reported" if by else "stated", "attributed_to": by}


def found(translation: Translation | None = TRANSLATION, **fields: Any) -> list[tuple[str, str]]:
    return [(item.code, item.where) for item in check_brief(NEWS(**fields), ARTICLE, translation)]


GOOD: dict[str, Any] = {
    "headline": claim("Cologne builds a bridge", "s1"),
    "abstract": [claim("The city council of Cologne decided on 3 May to build a bridge.", "s1")],
    "key_points": [
        claim("The bridge is to cost 3.5 million euros.", "s2"),
        claim("Costs have risen, according to the administration.", "s3", by="the administration"),
    ],
    "organisations": [{"name": "Nordwerk AG", "name_as_printed": "Nordwerk AG", "role": "supplier", "evidence": ["s5"]}],
    "places": [{"name": "Cologne", "name_as_printed": "Köln", "evidence": ["s1"]}],
    "events": [
        {
            "what": "The council decided to build a bridge.", "where": "Cologne", "evidence": ["s1"],
            "when": {"iso": None, "precision": "day", "as_printed": "am 3. Mai"},
        }
    ],
    "figures": [
        {"value": 3_500_000, "unit": "EUR", "what": "cost", "as_printed": "3,5 Mio. Euro", "evidence": ["s2"]}
    ],
    "quotations": [
        {"speaker": "the spokesman", "original": "Wir bauen nicht", "english": "We are not building", "evidence": ["s4"]}
    ],
}  # fmt: skip


@pytest.mark.parametrize("translation", [TRANSLATION, None])
def test_a_true_brief_is_not_accused(translation: Translation | None) -> None:
    assert len(ARTICLE.sentences) == len(ENGLISH)
    assert found(translation, **GOOD) == []


@pytest.mark.parametrize("evidence", [["s6"], ["s1", "s99"]])
def test_evidence_that_does_not_exist(evidence: list[str]) -> None:
    assert ("evidence.unknown", "/key_points/0") in found(key_points=[claim("It rains.", *evidence)])


@pytest.mark.parametrize(
    ("field", "item"),
    [
        ("places", {"name": "Cologne", "name_as_printed": "Koeln", "evidence": ["s1"]}),
        ("places", {"name": "Cologne", "name_as_printed": "Köln", "evidence": ["s2"]}),
        ("figures", {"value": 3.5, "what": "cost", "as_printed": "3,6 Mio. Euro", "evidence": ["s2"]}),
        ("quotations", {"original": "Wir bauen", "english": "We build", "evidence": ["s3"]}),
        ("quotations", {"original": "Wir bauen jetzt", "english": "We build now", "evidence": ["s4"]}),
        (
            "events",
            {"what": "It.", "when": {"precision": "day", "as_printed": "am 4. Mai"}, "evidence": ["s1"]},
        ),
    ],
)
def test_words_that_are_not_printed_there(field: str, item: dict[str, Any]) -> None:
    fields: dict[str, Any] = {field: [item]}
    assert ("evidence.printed", f"/{field}/0") in found(**fields)


@pytest.mark.parametrize(
    "printed", ["„Wir bauen nicht“", "Wir\nbauen  nicht", "»Wir bauen nicht«", "Wir bauen\u00a0nicht"]
)
def test_quotation_marks_and_white_space_are_no_difference(printed: str) -> None:
    item = {"original": printed, "english": "We are not building", "evidence": ["s4"]}
    assert found(quotations=[item]) == []


@pytest.mark.parametrize(
    "text",
    [
        "The bridge is to cost 5.3 million euros.",
        "The bridge is to cost 3.5 billion euros.",
        "The bridge is to be 1,200 metres long.",
        "Costs rose by 12 percent.",
    ],
)
def test_a_number_that_the_evidence_does_not_have(text: str) -> None:
    assert ("evidence.number", "/key_points/0") in found(key_points=[claim(text, "s2")])
    assert ("evidence.number", "/headline") in found(headline=claim(text, "s2"))


def test_a_number_of_another_sentence_does_not_help() -> None:
    assert ("evidence.number", "/key_points/0") in found(key_points=[claim("It costs 3.5 million euros.", "s5")])


def test_an_invented_name_is_an_error_and_one_from_elsewhere_is_not() -> None:
    findings = check_brief(
        NEWS(key_points=[claim("Thyssenkrupp supplies steel.", "s5"), claim("Nordwerk builds a bridge.", "s1")]),
        ARTICLE,
        TRANSLATION,
    )
    assert [(item.code, item.severity, item.where) for item in findings] == [
        ("evidence.name", "error", "/key_points/0"),
        ("evidence.elsewhere", "info", "/key_points/1"),
    ]


def test_a_degree_that_an_item_adds_or_loses_is_marked_and_a_hedge_of_another_clause_is_not() -> None:
    article = to_article(
        read_text("Der Bau der Brücke könnte im Mai beginnen.\n\nDer Bau kostet knapp 500 Euro."), "de"
    )

    def codes(text: str, sentence: str) -> list[tuple[str, str]]:
        brief = NEWS(key_points=[claim(text, sentence)])
        return [(item.code, item.severity) for item in check_brief(brief, article, None)]

    assert codes("The construction of the bridge begins in May.", "s1") == [("evidence.degree", "warning")]
    assert codes("The construction of the bridge could begin in May.", "s1") == []
    assert codes("A bridge is built.", "s1") == []  # it says only a part
    assert codes("It costs more than 500 euros.", "s2") == [("evidence.degree", "error")]
    assert codes("The controversial construction costs 500 euros.", "s2") == [("evidence.degree", "warning")]


def test_hearsay_stated_as_a_fact() -> None:
    assert found(key_points=[claim("The costs have risen.", "s3")]) == [("evidence.stance", "/key_points/0")]
    assert found(key_points=[claim("The costs have risen.", "s3", "s2")]) == []


def test_what_is_said_twice_is_marked_once() -> None:
    first = claim("The bridge is to cost 3.5 million euros.", "s2")
    again = claim("The bridge is to cost about 3.5 million euros.", "s2")
    assert found(key_points=[first, again, again]) == [
        ("brief.duplicate", "/key_points/1"),
        ("brief.duplicate", "/key_points/2"),
    ]
    assert found(abstract=[first], key_points=[first]) == [], "an abstract may repeat a key point"


def test_items_are_named_by_json_pointers() -> None:
    pointers = [pointer for pointer, _ in items_of(NEWS(**GOOD))]
    assert pointers == [
        "/headline", "/abstract/0", "/key_points/0", "/key_points/1", "/organisations/0", "/places/0", "/events/0",
        "/figures/0", "/quotations/0",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "evidence", "code"),
    [
        ("On 5 May the council of Cologne decided to build a bridge.", ["s1"], "evidence.date"),
        ("The bridge is not to cost 3.5 million euros.", ["s2"], "evidence.negation"),
        ("“We will take legal action against the city”, Nordwerk AG said.", ["s5"], "evidence.quotation"),
    ],
)
def test_what_the_evidence_does_not_say(text: str, evidence: list[str], code: str) -> None:
    assert (code, "/key_points/0") in found(key_points=[claim(text, *evidence, by="somebody")])


@pytest.mark.parametrize(
    ("german", "text"),
    [
        ("Die Brücke wird nicht gebaut.", "The bridge is being built."),
        pytest.param(
            "Mit 17 zu 14 Stimmen beschloss der Rat am Mittwoch, die Ausschreibung nicht zu veröffentlichen.",
            "The council decided to publish the call for tenders.",
            marks=pytest.mark.skipif(not vectors.available(), reason="the encoder (extra `local`) is not installed"),
        ),
    ],
)
def test_a_not_that_the_claim_lost(german: str, text: str) -> None:
    article = to_article(read_text(german), "de")
    findings = check_brief(NEWS(key_points=[claim(text, "s1")]), article, None)
    assert [finding.code for finding in findings] == ["evidence.negation"]


def test_a_not_in_another_clause_is_not_lost() -> None:
    article = to_article(read_text("Er habe den Rat im März informiert, von Vertuschung könne keine Rede sein."), "de")
    brief = NEWS(key_points=[claim("He says that he informed the council in March.", "s1", by="him")])
    assert [finding.code for finding in check_brief(brief, article, None)] == []


def test_a_doubtful_translation_vouches_for_nothing() -> None:
    wrong = ENGLISH[1].replace("3.5", "5.3")
    segments = tuple(
        segment.model_copy(update={"text": wrong, "status": "doubtful"}) if segment.id == "s2" else segment
        for segment in TRANSLATION.segments
    )
    fields: dict[str, Any] = {"key_points": [claim("It is to cost 5.3 million euros.", "s2")]}
    assert ("evidence.number", "/key_points/0") in found(Translation(segments=segments), **fields)


def test_the_first_of_two_numbers_keeps_its_million() -> None:
    article = to_article(read_text("Die Kosten sind von 4,2 auf 6,8 Millionen Euro gestiegen."), "de")
    brief = NEWS(key_points=[claim("Costs were 4.2 million euros.", "s1")])
    assert [finding.code for finding in check_brief(brief, article, None)] == []


def test_a_report_that_the_claim_keeps_is_no_fact() -> None:
    article = to_article(read_text("Die Gewerkschaft kündigte Widerstand an."), "de")
    for text, codes in (("The trade union announced resistance.", []), ("There is resistance.", ["evidence.stance"])):
        findings = check_brief(NEWS(key_points=[claim(text, "s1")]), article, None)
        assert [finding.code for finding in findings] == codes


@pytest.mark.parametrize(
    ("iso", "codes"),
    [
        ("2026-05-03", []),
        ("2026-05", []),
        ("2026-05-04", ["evidence.date"]),
        ("2026-06-03", ["evidence.date"]),
        (None, []),
    ],
)
def test_a_date_is_what_is_printed(iso: str | None, codes: list[str]) -> None:
    event = {
        "what": "The council decided to build a bridge.", "evidence": ["s1"],
        "when": {"iso": iso, "precision": "day", "as_printed": "am 3. Mai"},
    }  # fmt: skip
    assert [code for code, _ in found(events=[event])] == codes


@pytest.mark.parametrize(
    ("value", "unit", "codes"),
    [
        (3_500_000, "EUR", []),
        (None, "EUR", []),
        (3_500_000, "euros", []),
        (350, "EUR", ["evidence.value"]),
        (3_500_000, "USD", ["evidence.value"]),
    ],
)
def test_a_value_is_what_is_printed(value: float | None, unit: str, codes: list[str]) -> None:
    figure = {"value": value, "unit": unit, "what": "cost", "as_printed": "3,5 Mio. Euro", "evidence": ["s2"]}
    assert [code for code, _ in found(figures=[figure])] == codes


@pytest.mark.parametrize(
    ("original", "english"),
    [("Wir bauen nicht", "We are building"), ("sagte der Sprecher", "said the spokesman")],
)
def test_a_quotation_keeps_its_not_and_stands_in_marks(original: str, english: str) -> None:
    item = {"original": original, "english": english, "evidence": ["s4"]}
    assert [code for code, _ in found(quotations=[item])] == ["evidence.quotation"]


def test_a_number_or_a_not_makes_all_the_difference_between_two_statements() -> None:
    for other in ("The bridge is to cost 3.6 million euros.", "The bridge is not to cost 3.5 million euros."):
        fields = [claim("The bridge is to cost 3.5 million euros.", "s2"), claim(other, "s2")]
        assert not any(code == "brief.duplicate" for code, _ in found(key_points=fields))


def test_a_name_twice_is_a_duplicate() -> None:
    place = GOOD["places"][0]
    assert found(places=[place, place]) == [("brief.duplicate", "/places/1")]


def test_kinds_of_one_s_own_are_checked_by_their_words() -> None:
    question = {"question": "Why does Thyssenkrupp supply 99 bridges?", "evidence": ["s5"]}
    assert {code for code, _ in found(open_questions=[question])} == {"evidence.name", "evidence.number"}


class Vote(Item):
    """A class as a user writes it: numbers in fields of their own, and one level below."""

    question: str
    yes: int | None = None
    share: float | None = None
    carried: bool = False
    rounds: tuple[int, ...] = ()
    cost: Cost | None = None


class Cost(Frozen):
    millions: float
    who: str = ""


class Votes(Brief):
    """Votes."""

    kind_name: ClassVar[str] = "votes"
    votes: tuple[Vote, ...] = ()


VOTED = to_article(
    read_text(
        "Für den Bau stimmten 35 Abgeordnete, das sind 62,5 Prozent; zwei Runden waren nötig. "
        "Die Brücke kostet 3,5 Mio. Euro. Das Haus stieg von 4,2 auf 6,8 Millionen Euro."
    ),
    "de",
)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"yes": 35, "share": 62.5, "carried": True, "rounds": (2,)}, []),
        ({"yes": 53}, ["53"]),
        ({"share": 0.625}, []),
        ({"share": 0.62}, ["0.62"]),
        ({"rounds": (2, 7)}, ["7"]),
        ({"cost": {"millions": 3.5}}, ["3.5"]),
        ({"cost": {"millions": 3.5}, "evidence": ("s2",)}, []),
        ({"cost": {"millions": 4.2}, "evidence": ("s3",)}, []),
        ({"cost": {"millions": 6.8, "who": "the Nordwerk AG"}, "evidence": ("s3",)}, ["Nordwerk"]),
    ],
)
def test_numbers_in_fields_of_a_class_of_ones_own_stand_in_the_evidence(
    fields: dict[str, Any], wrong: list[str]
) -> None:
    brief: Any = Votes(votes=(Vote(**{"question": "the bridge", "evidence": ("s1",), **fields}),))
    messages = [item.message for item in check_brief(brief, VOTED, None)]
    assert len(messages) == len(wrong)
    assert all(part in message for part, message in zip(wrong, messages, strict=True))
