"""Politics: who stands where, what was voted on, what becomes of bills."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from summarizer.items import Brief, Claim, Cues, Event, Item, Organisation, Person, Place, Quotation


class Vote(Item):
    """A vote or an election, with its result as the article gives it."""

    what: str = Field(min_length=1, description="What was voted on and with which result, one English sentence.")
    body: str | None = Field(default=None, description="Who voted, in English; null if not said.")
    in_favour: int | None = Field(default=None, ge=0, description="Votes in favour; null if not said.")
    against: int | None = Field(default=None, ge=0, description="Votes against; null if not said.")
    abstentions: int | None = Field(default=None, ge=0, description="Abstentions; null if not said.")


class Bill(Item):
    """A bill, motion, regulation or treaty under way."""

    what: str = Field(min_length=1, description="What it is about and what becomes of it, one English sentence.")
    name_as_printed: str = Field(min_length=1, description="What the article calls it, exactly as printed.")
    status: Literal["proposed", "debated", "passed", "rejected", "in force", "withdrawn", "unclear"] = Field(
        description="How far it is, by what the article says."
    )


class Politics(Brief):
    """A brief for readers of politics: positions, votes, bills."""

    kind_name: ClassVar[str] = "politics"

    headline: Claim | None = Field(default=None, description="What happened, as a headline of at most 15 words.")
    key_points: tuple[Claim, ...] = Field(default=(), description="The most important statements, three to eight.")
    positions: Annotated[
        tuple[Claim, ...],
        Cues("forder", "verlang", "lehn", "kritisier", "begrüß", "befürwort", "widersprach", "widerspr", "plädier"),
    ] = Field(
        default=(),
        description="What parties, offices and groups want, support or reject: one claim each, reported, attributed to them.",
    )
    votes: tuple[Vote, ...] = Field(default=(), description="Votes and elections with their results.")
    bills: tuple[Bill, ...] = Field(default=(), description="Bills, motions, regulations, treaties.")
    people: tuple[Person, ...] = Field(default=(), description="Named persons with office and party.")
    organisations: tuple[Organisation, ...] = Field(
        default=(), description="Parties, parliaments, ministries, authorities, associations."
    )
    places: tuple[Place, ...] = Field(default=(), description="Named places.")
    events: tuple[Event, ...] = Field(default=(), description="What happened or is planned, in order of time.")
    quotations: tuple[Quotation, ...] = Field(default=(), description="Words that the article prints as quotations.")
