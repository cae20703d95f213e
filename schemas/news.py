"""The default kind of brief: what a desk wants to know of a news article."""

from typing import ClassVar, Literal

from pydantic import Field

from summarizer.items import Brief, Claim, Event, Figure, Item, Organisation, Person, Place, Quotation

# IPTC Media Topics, the seventeen top-level concepts (https://cv.iptc.org/newscodes/mediatopic, CC BY 4.0).
MediaTopic = Literal[
    "arts, culture, entertainment and media",
    "conflict, war and peace",
    "crime, law and justice",
    "disaster, accident and emergency incident",
    "economy, business and finance",
    "education",
    "environment",
    "health",
    "human interest",
    "labour",
    "lifestyle and leisure",
    "politics and government",
    "religion",
    "science and technology",
    "society",
    "sport",
    "weather",
]


class Topic(Item):
    """What the article is about, by IPTC Media Topics."""

    label: MediaTopic = Field(description="The top-level IPTC Media Topic that fits best.")


class OpenQuestion(Item):
    """Something that a reader would ask and the article leaves open."""

    question: str = Field(min_length=1, description="One English question that the article does not answer.")


class News(Brief):
    """A brief of a news article. Every item names the sentences it rests on."""

    kind_name: ClassVar[str] = "news"

    headline: Claim | None = Field(default=None, description="What happened, as a headline of at most 15 words.")
    abstract: tuple[Claim, ...] = Field(
        default=(), description="The article in two to four sentences, each a claim of its own."
    )
    key_points: tuple[Claim, ...] = Field(default=(), description="The most important statements, three to eight.")
    people: tuple[Person, ...] = Field(default=(), description="Named persons.")
    organisations: tuple[Organisation, ...] = Field(default=(), description="Named organisations.")
    places: tuple[Place, ...] = Field(default=(), description="Named places.")
    events: tuple[Event, ...] = Field(default=(), description="What happened or will happen, in order of time.")
    figures: tuple[Figure, ...] = Field(default=(), description="Numbers that matter.")
    quotations: tuple[Quotation, ...] = Field(default=(), description="Words that the article prints as quotations.")
    topic: Topic | None = Field(default=None, description="What the article is about.")
    open_questions: tuple[OpenQuestion, ...] = Field(
        default=(), description="What the article leaves open, at most three."
    )
