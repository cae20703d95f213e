"""Names, dated events and figures of an extractive brief: spans of the German, with their English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..items import Entity, Event, Figure, Organisation, Person, Place, Precision, When
from ..quantities import Quantity, TimeExpression, english_quantities, german_quantities, german_times
from .reading import Reading, Vouched


def entities(wanted: type[Entity], reading: Reading) -> list[Entity]:
    """Return the names of a class, each once, with the office that stands before it and all sentences that name it."""
    found: dict[str, Entity] = {}
    for one in reading.names:
        if not issubclass(wanted, one.of):
            continue
        evidence = tuple(reading.sentences[index].id for index in one.sentences)
        name = reading.english_name(one)
        if name in found:
            evidence = tuple(dict.fromkeys((*found[name].evidence, *evidence)))
            found[name] = found[name].model_copy(update={"evidence": evidence})
        else:
            found[name] = one.of(name=name, name_as_printed=one.printed, role=one.role, evidence=evidence)
    return list(found.values())


# --- events


def events(reading: Reading) -> list[Event]:
    """Return the body sentences that name a day, month or year, one event each, in order of time."""
    found = []
    for item in reading.vouched:
        if item.sentence.kind != "body":
            continue
        time = dated(item.german, reading.draft.article.published, reading.spans_of_names(item.sentence))
        if time is None:
            continue
        value, precision = iso(time)
        when = When(iso=value, precision=precision, as_printed=time.as_printed)
        found.append(
            Event(
                what=item.english,
                when=when,
                where=_where(item, reading),
                who=tuple(reading.english_name(one) for one in reading.named_in(item.sentence, Person, Organisation)),
                evidence=item.evidence,
            )
        )
    return sorted(found, key=lambda event: (event.when and event.when.iso) or "~")  # those without a date last


def dated(german: str, published: str | None, names: Sequence[tuple[int, int]] = ()) -> TimeExpression | None:
    """Return the calendar time that a German sentence names, the first that is certain; None if it names none.

    Args:
        german: The sentence.
        published: ISO 8601 date of publication, for `am Montag`.
        names: Where names stand in it: `Mirko Freitag` is no day.
    """
    times = [
        time
        for time in german_times(german, published)
        if time.type in {"DATE", "TIME"}
        and _CALENDAR.match(time.value)
        and any(map(str.isdigit, time.value))
        and not _LOOSE.search(time.as_printed)
        and not any(start < time.end and time.start < end for start, end in names)
    ]
    return next((time for time in times if time.value[0].isdigit()), times[0] if times else None)


_LOOSE = re.compile(
    r"(?i)^(?:heute|morgen|heuer|heutzutage|heutig\w*|(?:der|die|den|im|am|in der)? ?(?:winter|sommer|herbst|frühling|frühjahr|nacht))$"
)
"""What is as often "nowadays" or "every winter" as a day or season of the calendar."""
_CALENDAR = re.compile(r"[\dX]{4}(?:-|$)")
_ISO = re.compile(r"\d{4}(?:-(?:\d\d(?:-\d\d)?|W\d\d(?:-\d)?))?")


def iso(time: TimeExpression) -> tuple[str | None, Precision]:
    """Return what of a TIMEX3 value is ISO 8601, and how precise that is: of 2027-SP the year."""
    match = _ISO.match(time.value)
    if match is None:
        return None, "unknown"
    if match[0] == time.value or re.fullmatch(r"T\d\d:\d\d(?::\d\d)?", time.value[match.end() :]):
        return time.value, time.precision
    return match[0], {4: "year", 7: "month", 10: "day"}.get(len(match[0]), "period")  # type: ignore[return-value]


_LOCATIVE = re.compile(r"\b(?:[Ii]n|[Ii]m|[Nn]ahe|[Bb]ei)(?: der| den| dem)?\s+$")


def _where(item: Vouched, reading: Reading) -> str | None:
    """Return the only place of a sentence, if `in` or `bei` stands before it."""
    places = [mention for mention in reading.mentions_in(item.sentence) if mention.of is Place]
    if len({reading.owner(mention).english for mention in places}) != 1:
        return None
    if not any(_LOCATIVE.search(item.german[: mention.start]) for mention in places):
        return None
    return reading.english_name(reading.owner(places[0]))


# --- figures

_NUMBERED = re.compile(
    r"(?:\b(?:Stufe|Phase|Klasse|Kategorie|Kapitel|Artikel|Absatz|Paragraf|Paragraph|Art|Abs|Nr|Nummer|Platz|Rang|Gruppe|Teil|Band|Typ|Level|"
    r"Version|Folge|Staffel|Tor|Gleis|Linie|Zone|Raum|Halle|Zimmer|Seite|Kilometer|Minute|Runde|Liga|Bundesliga|Formel|Agenda|Gate|Block|Grad)\.?|§+)\s*$"
)
"""Words behind which a number names something and counts nothing: `Stufe 2`."""
_COUNTED = re.compile(r"(?:\s+[a-zäöüß]+(?:e|en|er|es|em|n))?(?:\s+[a-zäöüß]+(?:e|en|er|es|em|n))?\s+[A-ZÄÖÜ][\w-]+")
_STOP = re.compile(
    r"[^\w\s’'-]|\b(?:is|was|were|are|be|been|has|have|had|will|would|can|could|should|may|might|to|and|or|but|that|which|who|"
    r"in|on|at|by|for|from|with|as|into|over|under|after|before|during|between|among|since|until|than|because|while|when|if|not|"
    r"also|still|now|then|there|it|he|she|they|a|an|the|this|these|its|their|his|her|\w+ly|said|says|\d[\d.,]*)\b"
)


def figures(reading: Reading) -> list[Figure]:
    """Return the numbers that count or measure something and stand in both languages, with what they count."""
    found = []
    for item in reading.vouched:
        if item.sentence.kind != "body":
            continue
        english = english_quantities(item.english)
        for quantity in _counting(item.german, reading.draft.article.published):
            same = [one for one in english if one.value == quantity.value and one.upper == quantity.upper]
            if not same:
                continue
            printed, unit = quantity.as_printed, quantity.unit
            if unit is None:
                counted = _COUNTED.match(item.german, quantity.end)
                if counted is None or (unit := _counted_in_english(item.english, same[0])) is None:
                    unit = None
                else:
                    printed = item.german[quantity.start : counted.end()]
            found.append(
                Figure(
                    value=quantity.value if quantity.upper is None else None,
                    unit=unit,
                    what=item.english,
                    as_printed=printed,
                    evidence=item.evidence,
                )
            )
    return found


def _counting(german: str, published: str | None) -> Iterator[Quantity]:
    """Yield the quantities of a German sentence that are no part of a time and no mere number of something."""
    times = [(time.start, time.end) for time in german_times(german, published)]
    for quantity in german_quantities(german):
        in_time = any(start < quantity.end and quantity.start < end for start, end in times)
        counts = quantity.weight != "faint" and quantity.role in {"cardinal", "fraction"}
        if in_time or not (counts or quantity.as_printed in ("zweier", "dreier")):
            continue
        if quantity.unit is None and _NUMBERED.search(german[: quantity.start]):
            continue
        yield quantity


_PLURAL = re.compile(r"\w+[^\Wsu]s|people|men|women|children|police|percent")


def _counted_in_english(english: str, quantity: Quantity) -> str | None:
    """Return what stands behind a number in English, up to the plural: `German military officers`; None if unclear."""
    stop = _STOP.search(english, quantity.end)
    words = english[quantity.end : stop.start() if stop else len(english)].split()
    last = next((i for i, word in enumerate(words[:4]) if _PLURAL.fullmatch(word)), None)
    return " ".join(words[: last + 1]) if last is not None and words[0] != "of" else None
