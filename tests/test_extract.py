"""The brief that is put together from the article's own sentences, for every kind."""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar, cast

import pytest

from summarizer import Brief, Claim, Entity, Model, Person, Place, Quotation, kinds, prepare, read_path, read_text
from summarizer.checks.brief import items_of
from summarizer.extract import extract_brief
from summarizer.translate import Draft
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
