"""Quotes: who said what, in their own words or reported."""

from typing import Annotated, ClassVar

from pydantic import Field

from summarizer.items import Brief, Claim, Cues, Organisation, Person, Quotation


class Utterance(Quotation):
    """Words in quotation marks, with whom they were said to."""

    role: str | None = Field(default=None, description="The speaker's office or function in English; null if not said.")
    said_to: str | None = Field(default=None, description="To whom or where, in English; null if not said.")


class Quotes(Brief):
    """A brief of what is said in an article: direct quotations and reported speech, each with its speaker."""

    kind_name: ClassVar[str] = "quotes"

    headline: Claim | None = Field(default=None, description="What happened, as a headline of at most 15 words.")
    direct: tuple[Utterance, ...] = Field(default=(), description="Words that the article prints in quotation marks.")
    reported: Annotated[tuple[Claim, ...], Cues(stance="reported")] = Field(
        default=(),
        description="What somebody says without quotation marks (Konjunktiv I, soll, laut, nach Angaben): all of it.",
    )
    people: tuple[Person, ...] = Field(default=(), description="Those who speak, with their office.")
    organisations: tuple[Organisation, ...] = Field(default=(), description="Organisations that speak.")
