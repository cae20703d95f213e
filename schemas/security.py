"""Defence and security cooperation: who works with whom, on what, with which equipment."""

from typing import Annotated, ClassVar

from pydantic import Field

from summarizer.items import Brief, Claim, Cues, Event, Organisation, Person, Place


class Security(Brief):
    """A brief for analysts of defence and security cooperation."""

    kind_name: ClassVar[str] = "security"

    headline: Claim | None = Field(default=None, description="What happened, as a headline of at most 15 words.")
    key_points: tuple[Claim, ...] = Field(default=(), description="The most important statements, three to eight.")
    people: tuple[Person, ...] = Field(default=(), description="Named persons with rank or office.")
    organisations: tuple[Organisation, ...] = Field(
        default=(), description="Armed forces, ministries, alliances, companies, missions."
    )
    places: tuple[Place, ...] = Field(default=(), description="Countries, regions, bases, towns.")
    partnerships: Annotated[
        tuple[Claim, ...], Cues("Zusammenarbeit", "Kooperation", "Partner", "Allianz", "Bündnis")
    ] = Field(default=(), description="Who cooperates with whom, and on what.")
    agreements: Annotated[tuple[Claim, ...], Cues("Abkommen", "Vertrag", "Vereinbarung", "unterzeichne")] = Field(
        default=(), description="Agreements, treaties, contracts: concluded, negotiated or ended."
    )
    equipment: Annotated[
        tuple[Claim, ...], Cues("Waffen", "Ausrüstung", "Rüstung", "Munition", "Drohne", "Panzer", "Fregatte")
    ] = Field(default=(), description="Weapons and equipment: shown, ordered, delivered, used.")
    training: Annotated[tuple[Claim, ...], Cues("Ausbild", "Training", "Lehrgang", "Manöver", "Übung")] = Field(
        default=(), description="Training, advice and exercises."
    )
    decorations: Annotated[
        tuple[Claim, ...], Cues("Orden", "Auszeichnung", "Medaille", "Médaille", "Ehrung", "Dekoration")
    ] = Field(default=(), description="Orders, medals and honours: who received what from whom.")
    events: tuple[Event, ...] = Field(
        default=(), description="Visits, talks, ceremonies, operations, with their dates."
    )
