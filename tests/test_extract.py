"""The brief that is put together from the article's own sentences, for every kind."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any, ClassVar, cast

import pytest

from summarizer import (
    Brief,
    Claim,
    Cues,
    Entity,
    Event,
    Figure,
    Model,
    Person,
    Place,
    Quotation,
    kinds,
    prepare,
    read_path,
    read_text,
)
from summarizer.checks.brief import items_of
from summarizer.draft import Draft
from summarizer.extract import extract_brief
from tests.stub import ARTICLES, hand_written

NO_MODEL = cast(Model, None)  # an article with a headline of its own needs none


def extracted(name: str, kind: type[Brief]) -> Any:
    """Return what is taken from an article with its hand-written translation."""
    draft = Draft(prepare(read_path(ARTICLES / f"{name}.txt")))
    draft.texts.update(hand_written(name)["translation"])
    return asyncio.run(extract_brief(draft, NO_MODEL, kind))


@pytest.mark.parametrize("kind", kinds.names())
@pytest.mark.parametrize("name", ["council", "figures"])
def test_every_claim_is_a_sentence_of_the_translation(name: str, kind: str) -> None:
    brief = extracted(name, kinds.load(kind))
    english = hand_written(name)["translation"]
    assert brief.headline.text == english["s1"]
    items = [item for _, item in items_of(brief)]
    assert all(item.evidence for item in items)
    for item in items:
        if isinstance(item, Claim):
            assert item.text == english[item.evidence[0]]


def test_positions_are_the_sentences_with_their_verbs() -> None:
    brief = extracted("council", kinds.load("politics"))
    assert [position.evidence for position in brief.positions] == [("s9",), ("s13",)]
    assert not brief.votes, "a class with fields that nobody has filled in stays empty"


def test_reported_speech_is_all_that_is_reported() -> None:
    brief = extracted("council", kinds.load("quotes"))
    assert {claim.stance for claim in brief.reported} == {"reported"}
    assert {"s6", "s8", "s15"} <= {claim.evidence[0] for claim in brief.reported}
    assert [type(item).__name__ for item in brief.direct] == ["Utterance"] * len(brief.direct)
    assert "bitteren, aber demokratischen Entscheidung" in {item.original for item in brief.direct}


def test_a_figure_of_a_kinds_own_class_is_filled() -> None:
    brief = extracted("figures", kinds.load("economy"))
    assert ("1,24 Milliarden Euro", 1.24e9) in {(item.as_printed, item.value) for item in brief.figures}
    assert {type(item).__name__ for item in brief.figures} == {"Indicator"}


class Minister(Person):
    """A person with a ministry."""

    ministry: str | None = None


class Signed(Quotation):
    """A quotation that must have a date."""

    date: str


class Mixed(Brief):
    """Classes of one's own."""

    kind_name: ClassVar[str] = "mixed"
    headline: Claim | None = None
    ministers: tuple[Minister, ...] = ()
    places: tuple[Place, ...] = ()
    anything: tuple[Entity, ...] = ()
    signed: tuple[Signed, ...] = ()


def test_classes_of_ones_own_are_filled_as_far_as_they_can_be() -> None:
    draft = Draft(
        prepare(
            read_text("# Treffen\n\nKanzlerin Angela Merkel sagte am Montag in Warschau: „Wir kommen gern wieder.“")
        )
    )
    draft.texts.update(
        s1="Meeting", s2="Chancellor Angela Merkel said in Warsaw on Monday: “We will be glad to come back.”"
    )
    brief = asyncio.run(extract_brief(draft, NO_MODEL, Mixed))
    assert [(type(item), item.name) for item in brief.ministers] == [(Minister, "Angela Merkel")]
    assert [item.name for item in brief.places] == ["Warsaw"]
    assert brief.anything == ()
    assert brief.signed == ()


class Places(Brief):
    """Only places."""

    kind_name: ClassVar[str] = "places"
    places: tuple[Place, ...] = ()


def test_a_genitive_is_no_place_of_its_own() -> None:
    draft = Draft(
        prepare(read_text("Die Ministerin flog nach Mali. Am Abend empfing sie der Präsident Malis in Bamako."))
    )
    draft.texts.update(
        s1="The minister flew to Mali.", s2="In the evening she was received by the president Malis in Bamako."
    )
    brief = asyncio.run(extract_brief(draft, NO_MODEL, Places))
    assert [(place.name, place.evidence) for place in brief.places if "Mali" in place.name] == [("Mali", ("s1", "s2"))]


def brief_of(kind: type[Brief], *pairs: tuple[str, str]) -> Any:
    """Return what is taken from German sentences with the English beside them, both written for these tests."""
    draft = Draft(prepare(read_text(" ".join(german for german, _ in pairs))))
    assert len(draft.article.sentences) == len(pairs)
    draft.texts.update({f"s{i}": english for i, (_, english) in enumerate(pairs, 1)})
    return asyncio.run(extract_brief(draft, NO_MODEL, kind))


class Spans(Brief):
    """Everything that is a span, and no headline."""

    kind_name: ClassVar[str] = "spans"
    people: tuple[Person, ...] = ()
    places: tuple[Place, ...] = ()
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    points: tuple[Claim, ...] = ()


def test_names_do_not_depend_on_the_translation() -> None:
    brief = brief_of(
        Spans,
        ("Generalmajor Tariku Oyelaran flog am Morgen von Moskau nach Sévaré.", "The general flew in the morning."),
    )
    assert [(person.name, person.role) for person in brief.people] == [("Tariku Oyelaran", "Major General")]
    assert [(place.name, place.name_as_printed) for place in brief.places] == [
        ("Moscow", "Moskau"),
        ("Sévaré", "Sévaré"),
    ]


def test_the_owner_of_a_speaker_does_not_speak() -> None:
    brief = brief_of(
        Spans,
        ("„Wir haben davon erst heute erfahren“, sagte die Chefin der Freien Wähler.", "“We only learned of it today,” said the head of the Free Voters."),
        ("„Das wird teuer für alle“, sagte Jovana Kressnik, die den Rat leitet.", "“It will be expensive for everyone,” said Jovana Kressnik, who heads the council."),
    )  # fmt: skip
    assert [(said.speaker, said.english) for said in brief.quotations] == [
        ("the head of the Free Voters", "We only learned of it today"),
        ("Jovana Kressnik", "It will be expensive for everyone"),
    ]


def test_words_in_a_third_language_stay_and_a_medal_is_no_speech() -> None:
    brief = brief_of(
        Spans,
        ("Ziel ist die Unterstützung der „sécurisation et stabilisation du Mali“.", "The goal is to support Mali."),
        ("Er erhielt die „Médaille de l’Étoile“.", "He received the medal."),
    )
    assert [(said.original, said.english) for said in brief.quotations] == [
        ("sécurisation et stabilisation du Mali", "sécurisation et stabilisation du Mali")
    ]


def test_a_surname_is_no_day_and_an_event_has_place_and_people() -> None:
    brief = brief_of(
        Spans,
        ("Mirko Freitag leitete das Treffen.", "Mirko Freitag led the meeting."),
        ("Am 3. Oktober 2025 sprach Mirko Freitag in Bamako mit der Presse.", "On 3 October 2025 Mirko Freitag spoke to the press in Bamako."),
        ("Im Frühjahr 2027 soll es weitergehen.", "It is to continue in spring 2027."),
    )  # fmt: skip
    assert [(event.when.iso, event.where, event.who) for event in brief.events] == [
        ("2025-10-03", "Bamako", ("Mirko Freitag",)),
        ("2027", None, ()),
    ]


def test_a_figure_says_what_it_counts_and_a_level_is_none() -> None:
    brief = brief_of(
        Spans,
        ("Ein Krankenhaus der Stufe 2 wurde gebaut.", "A level 2 hospital was built."),
        ("Die Zeremonie zu Ehren zweier deutscher Berater fand statt.", "The ceremony to honour two German advisers took place."),
        ("Die Kosten stiegen auf 6,8 Millionen Euro.", "The costs rose to 6.8 million euros."),
    )  # fmt: skip
    assert [(figure.value, figure.unit, figure.as_printed) for figure in brief.figures] == [
        (2, "German advisers", "zweier deutscher Berater"),
        (6.8e6, "EUR", "6,8 Millionen Euro"),
    ]


def test_a_sentence_that_leans_on_another_comes_only_with_it() -> None:
    brief = brief_of(
        Spans,
        *[(f"Die Stadt baut am Ufer die Schule Nummer {i} neu.", f"The town rebuilds school number {i} on the bank.") for i in range(1, 4)],
        ("Die Bahn fährt nicht.", "The train does not run."),
        ("Die Post kommt später.", "The post comes later."),
        ("Das Bad bleibt zu.", "The pool stays shut."),
        ("Damit reagiert sie auf den Mangel.", "She reacts to the shortage with that."),
        ("Der Rat tagt heute.", "The council meets today."),
    )  # fmt: skip
    assert ("s7",) not in {point.evidence for point in brief.points}
    assert len(brief.points) == 6


def test_a_quotation_over_several_sentences_is_one() -> None:
    brief = brief_of(
        Spans,
        ("„Wir haben lange gewartet.", "“We have waited a long time."),
        ("Jetzt wird gebaut“, sagte Jovana Kressnik.", "Now we build,” said Jovana Kressnik."),
    )
    (said,) = brief.quotations
    assert (said.original, said.english) == (
        "Wir haben lange gewartet. Jetzt wird gebaut",
        "We have waited a long time. Now we build",
    )
    assert (said.speaker, said.evidence) == ("Jovana Kressnik", ("s1", "s2"))


def test_a_word_at_arms_length_is_no_quotation() -> None:
    brief = brief_of(Spans, ("Die Lage gilt als „stabil“.", "The situation is regarded as “stable”."))
    assert brief.quotations == ()


def test_today_is_no_date_of_an_event() -> None:
    brief = brief_of(
        Spans,
        ("Viele Familien leben heute vom Tourismus.", "Many families live on tourism today."),
        ("Der Vertrag endet am 3. März 2026.", "The contract ends on 3 March 2026."),
    )
    assert [event.when.iso for event in brief.events] == ["2026-03-03"]


class Honours(Brief):
    """A field with a cue that is a noun."""

    kind_name: ClassVar[str] = "honours"
    honours: Annotated[tuple[Claim, ...], Cues("Orden")] = ()


def test_a_noun_as_cue_is_found_in_compounds_and_not_in_other_words() -> None:
    brief = brief_of(
        Honours,
        ("Das Zentrum ist in Kati eingerichtet worden.", "The centre has been set up in Kati."),
        ("Sie erhielt den Nationalorden.", "She received the national order."),
    )
    assert [claim.evidence for claim in brief.honours] == [("s2",)]


def test_quotations_of_a_long_paragraph_are_all_found_also_over_a_seam() -> None:
    pairs = [
        (f"„Das ist der Satz {i} von vielen“, sagte sie.", f"“This is sentence {i} of many,” she said.")
        for i in range(11)
    ]
    pairs += [
        ("„Wir haben lange gewartet.", "“We have waited a long time."),
        ("Jetzt wird gebaut“, sagte er.", "Now we build,” he said."),
    ]
    pairs += [("Der Rat tagt heute.", "The council meets today.")] * 14
    brief = brief_of(Spans, *pairs)
    assert len(brief.quotations) == 12
    assert brief.quotations[-1].evidence == ("s12", "s13")
