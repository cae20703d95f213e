"""Economy: companies, figures with unit and period, decisions."""

from typing import Annotated, ClassVar

from pydantic import Field

from summarizer.items import Brief, Claim, Cues, Event, Figure, Organisation, Person, Place, Quotation


class Indicator(Figure):
    """A figure of a company, a market or an economy."""

    of: str | None = Field(default=None, description="Whose figure it is, name in English; null if not said.")
    period: str | None = Field(
        default=None,
        description="The time it is of, in English as precisely as the article says: third quarter of 2025; null if not said.",
    )


class Economy(Brief):
    """A brief for readers of business news: companies, figures, outlook."""

    kind_name: ClassVar[str] = "economy"

    headline: Claim | None = Field(default=None, description="What happened, as a headline of at most 15 words.")
    key_points: tuple[Claim, ...] = Field(default=(), description="The most important statements, three to eight.")
    figures: tuple[Indicator, ...] = Field(
        default=(), description="Revenue, profit, prices, shares, jobs, rates: each with unit and period."
    )
    outlook: Annotated[
        tuple[Claim, ...], Cues("erwart", "rechne", "prognos", "plan", "soll", "künftig", "Ausblick", "in Aussicht")
    ] = Field(default=(), description="What is expected, planned or forecast, and by whom.")
    reasons: Annotated[
        tuple[Claim, ...], Cues("Grund", "wegen", "aufgrund", "weil", "belaste", "Ursache", "infolge")
    ] = Field(default=(), description="What the article gives as reasons, and who says so.")
    companies: tuple[Organisation, ...] = Field(
        default=(), description="Companies, banks, authorities, associations, unions."
    )
    people: tuple[Person, ...] = Field(default=(), description="Named persons with their office.")
    places: tuple[Place, ...] = Field(default=(), description="Countries, regions, sites.")
    events: tuple[Event, ...] = Field(default=(), description="What happened or is planned, in order of time.")
    quotations: tuple[Quotation, ...] = Field(default=(), description="Words that the article prints as quotations.")
