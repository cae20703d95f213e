"""One item of a brief beside its evidence: words, numbers, dates, names, negation, quotations and attribution.

Most of it is done by the checks of translations, with the evidence as the German and the item as the English. Of what
they find only what the item has and the evidence has not counts: an item may leave out as much as it likes.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pydantic import BaseModel

from .. import vectors
from ..findings import Finding, Severity, Span
from ..items import Claim, Entity, Event, Figure, Item, Quotation, When
from ..lexicon.marks import quotes
from ..lexicon.tokens import tokenise
from ..quantities import english_quantities, english_times, german_quantities, german_times
from . import Check, Pair, attribution, dates, degree, names, negation, numbers

COVERS: Final = 0.8
"""Words of an item for each word of its only evidence sentence from which it says all of that sentence."""
QUOTED: Final = 4
"""Words in quotation marks from which they are somebody's, and not a title or a word at arm's length."""
SAYS: Final = (0.2, 0.45)
"""Cosine to the nearest clause of its evidence from which an item may say, and says, what the clause says."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What an item rests on.

    Attributes:
        known: Its evidence ids that exist.
        sentences: Their German.
        english: Their translation as one text, without sentences that are doubtful.
        everything: The German of the whole article.
        published: ISO 8601 date of publication, for relative dates.
    """

    known: tuple[str, ...]
    sentences: tuple[str, ...]
    english: str
    everything: str
    published: str | None = None

    @property
    def german(self) -> str:
        """The evidence as one text."""
        return " ".join(self.sentences)

    def pair(self, english: str, german: str | None = None) -> Pair:
        """Return an English text beside the evidence, or beside another German text."""
        return Pair("evidence", self.german if german is None else german, english, published=self.published)


def check_item(pointer: str, item: Item, texts: Iterable[str], grounds: Grounds) -> Iterator[Finding]:
    """Yield what is wrong with an item; `texts` is all that it says in English."""

    def finding(code: str, severity: Severity, message: str, target: Iterable[Span] = ()) -> Finding:
        return Finding(code=code, severity=severity, where=pointer, message=message, target_spans=tuple(target))

    unknown = [sentence_id for sentence_id in item.evidence if sentence_id not in grounds.known]
    if unknown:
        yield finding("evidence.unknown", "error", f"The evidence {', '.join(unknown)} does not exist.")
    for printed in _as_printed(item):
        if letters(printed) not in letters(grounds.german):
            message = f"“{' '.join(printed.split())}” is said to be printed in the evidence and is not."
            yield finding("evidence.printed", "error", message)
    for text in texts:
        for what, severity, message in (*_numbers(text, grounds), *_dates(text, grounds), *_names(text, grounds)):
            yield finding(f"evidence.{what}", severity, message)
    said: list[tuple[str, Severity, str]] = []
    match item:
        case Claim(text=text):
            said = [*_negation(text, grounds), *_degree(text, grounds), *_quoted(text, grounds)]
            said += _stance(text, grounds) if item.stance == "stated" else []
        case Event(what=text, when=when):
            said = [*_negation(text, grounds), *_degree(text, grounds), *_stance(text, grounds)]
            said += _when(when, grounds) if when else ()
        case Figure():
            said = list(_value(item))
        case Quotation():
            said = list(_quotation(item, grounds))
        case Entity():
            pass
        case _:
            said = list(_bare_numbers(item, grounds))
    for what, severity, message in said:
        yield finding(f"evidence.{what}", severity, message)


def leaves(item: Item) -> Iterator[str | int | float]:
    """Yield the texts and numbers that an item of a user's own class holds, at any depth, without its evidence."""

    def walk(value: object) -> Iterator[str | int | float]:
        match value:
            case bool() | None:
                return
            case str() | int() | float():
                yield value
            case tuple() | list():
                yield from (leaf for part in value for leaf in walk(part))
            case BaseModel():
                names = (name for name in type(value).model_fields if name != "evidence")
                yield from (leaf for name in names for leaf in walk(getattr(value, name)))

    yield from walk(item)


_Said = Iterator[tuple[str, Severity, str]]
"""Code, severity, message."""


def _as_printed(item: Item) -> list[str]:
    """Return the words that must stand in the German, letter by letter but for white space and quotation marks."""
    match item:
        case Entity():
            return [item.name_as_printed]
        case Figure():
            return [item.as_printed]
        case Quotation():
            return [item.original]
        case Event(when=when) if when is not None:
            return [when.as_printed]
        case _:
            return []


def letters(text: str) -> str:
    """Return what must agree in a literal copy: letters, digits and signs, without white space and quotation marks."""
    return re.sub(r"[\s\u00ad\"'„“”‚‘’«»‹›]", "", text)


def _foreign(check: Check, text: str, grounds: Grounds, german: str | None = None) -> Iterator[tuple[Span, Severity]]:
    """Yield what a check of translations finds in an English text and not in the evidence."""
    for finding in check(grounds.pair(text, german)):
        yield from ((span, finding.severity) for span in finding.target_spans)


_ELIDED = re.compile(
    r"(\d[\d.,]*)(\s+(?:auf|bis|und|oder|statt|zu)\s+(?:rund |etwa |mehr als )?\d[\d.,]*)"
    r"(\s+(?:Tausend|Millionen|Mio\.?|Milliarden|Mrd\.?)(?:\s+(?:Euro|Dollar|Franken))?)"
)
"""`von 4,2 auf 6,8 Millionen Euro`: an item that says only the first needs what stands behind the second."""


def _numbers(text: str, grounds: Grounds) -> _Said:
    found = list(_foreign(numbers.check, text, grounds, _ELIDED.sub(r"\1\3\2\3", grounds.german)))
    if not found:
        return
    there = {value for quantity in english_quantities(grounds.english) for value in (quantity.value, quantity.upper)}
    own = {(quantity.start, quantity.end): quantity for quantity in english_quantities(text)}
    for span, severity in found:
        quantity = own.get((span.start, span.end))
        if quantity is None or not {quantity.value, *quantity.readings} & there:
            yield "number", severity, f"The number “{span.text}” does not stand like this in the evidence."


def _dates(text: str, grounds: Grounds) -> _Said:
    found = list(_foreign(dates.check, text, grounds))
    if not found:
        return
    there = {mark[:2] for time in english_times(grounds.english, grounds.published) for mark in time.marks}
    own = {mark[2:]: mark[:2] for time in english_times(text, grounds.published) for mark in time.marks}
    for span, severity in found:
        if own.get((span.start, span.end)) not in there:
            yield "date", severity, f"The time “{span.text}” does not stand in the evidence."


def _names(text: str, grounds: Grounds) -> _Said:
    english = grounds.english.lower()
    absent = [found for found in _foreign(names.check, text, grounds) if found[0].text.lower() not in english]
    if not absent:
        return
    invented = {span.text for span, _ in _foreign(names.check, text, grounds, grounds.everything)}
    for span, severity in absent:
        if span.text in invented:
            yield "name", severity, f"The article has no name “{span.text}”."
        else:
            yield "elsewhere", "info", f"The name “{span.text}” stands in the article and not in the evidence."


def _negation(text: str, grounds: Grounds) -> _Said:
    """A "not" that no evidence has; or one that the clause has which the item is about, and the item has not."""
    found = [finding for finding in negation.check(grounds.pair(text)) if finding.severity == "error"]
    if any(finding.code == "negation.added" for finding in found):
        yield "negation", "error", "It denies something that the evidence does not deny."
        return
    nearest = _nearest(text, grounds.sentences)
    if nearest is None:
        return
    for finding in negation.check(grounds.pair(text, nearest)):
        if finding.severity != "error":
            continue
        if finding.code == "negation.antonym":
            yield "negation", "warning", finding.message
        elif finding.code == "negation.lost" and (severity := _says_what_is_denied(text, nearest)) is not None:
            yield "negation", severity, "The evidence denies; it does not."


def _nearest(text: str, sentences: Sequence[str]) -> str | None:
    """Return the sentence that a text is most likely about; None if that cannot be told."""
    if len(sentences) < 2 or not vectors.available():
        return sentences[0] if len(sentences) == 1 else None
    rows = vectors.embed([text, *sentences])
    return sentences[int((rows[1:] @ rows[0]).argmax())]


def _says_what_is_denied(text: str, german: str) -> Severity | None:
    """Return how sure it is that an English text is about a clause with a "not", and not about another one."""
    clauses = [clause for clause in re.split(r"[,;:–]", german) if len(tokenise(clause)) > 1]
    denied = [negation.negated(clause) for clause in clauses]
    if all(denied):
        return "error"
    covers = len(tokenise(text)) >= COVERS * len(tokenise(german))
    if not vectors.available():
        return "warning" if covers else None
    rows = vectors.embed([text, *clauses])
    near = (rows[1:] @ rows[0]).tolist()
    nearest = max(cosine for cosine, denies in zip(near, denied, strict=True) if denies) if any(denied) else 0.0
    if nearest < SAYS[0] or (nearest < max(near) and not covers):
        return None
    return "error" if nearest == max(near) and nearest >= SAYS[1] else "warning"


def _degree(text: str, grounds: Grounds) -> _Said:
    """A hedge, a bound or a share that the evidence has otherwise; a lost one only where the item says all of its sentence."""
    whole = len(grounds.sentences) == 1 and len(tokenise(text)) >= COVERS * len(tokenise(grounds.german))
    for finding in degree.check(grounds.pair(text)):
        if finding.code != "degree.lost" or whole:
            message = finding.message.replace("The German", "The evidence").replace("the German", "the evidence")
            yield "degree", finding.severity, message.replace("The English", "It").replace("the English", "it")


def _stance(text: str, grounds: Grounds) -> _Said:
    """Told as a fact: no evidence sentence speaks for itself, and the words do not tell either that somebody says so."""
    lost = [any(attribution.check(grounds.pair(text, german))) for german in grounds.sentences]
    if lost and all(lost) and all(map(attribution.reported, grounds.sentences)):
        yield "stance", "warning", "It is stated as a fact, and the evidence only reports that somebody says so."


def _quoted(text: str, grounds: Grounds) -> _Said:
    own = [text[quote.inner_start : quote.inner_end] for quote in quotes(text) if quote.depth == 0]
    if own and not re.search('[„“”»«"]', grounds.german):
        there = letters(f"{grounds.german} {grounds.english}").lower()
        for words in own:
            if len(words.split()) >= QUOTED and letters(words).lower() not in there:
                yield "quotation", "warning", f"The evidence does not quote anybody with “{' '.join(words.split())}”."


def _quotation(item: Quotation, grounds: Grounds) -> _Said:
    german = grounds.german
    inside = [letters(german[quote.start : quote.end]) for quote in quotes(german)]
    original = letters(item.original)
    if original in letters(german) and not any(original in quote or quote in original for quote in inside if quote):
        yield "quotation", "warning", "The article does not print these words in quotation marks."
    for check in (numbers.check, dates.check, negation.check):
        for finding in check(grounds.pair(item.english, item.original)):
            if finding.severity == "error":
                yield "quotation", "error", f"The English of the quotation: {finding.message}"


def _when(when: When, grounds: Grounds) -> _Said:
    """The ISO date must be what the printed words say, as far as they say it."""
    if when.iso is None:
        return
    printed = [time.value for time in german_times(when.as_printed, grounds.published)]
    readings = [value for value in printed if re.match(r"[\dX]{4}(-|$)", value)]
    ends = when.iso.split("/")
    if readings and not any(_same_date(end, value) for end in ends for value in readings):
        yield "date", "error", f"The date {when.iso} is not what “{when.as_printed}” says ({readings[0]})."


def _same_date(iso: str, value: str) -> bool:
    """Whether two dates agree in every part that both have; X stands for any digit."""
    parts = zip(re.split(r"[-T]", iso), re.split(r"[-T]", value), strict=False)
    return all(len(a) != len(b) or all("X" in (x, y) or x == y for x, y in zip(a, b, strict=True)) for a, b in parts)


def _value(figure: Figure) -> _Said:
    """The value must be what the printed number says, and so must a currency."""
    quantities = german_quantities(figure.as_printed)
    if not quantities:
        return
    values = [value for q in quantities for value in (q.value, q.upper, *q.readings) if value is not None]
    if figure.value is not None and not any(math.isclose(figure.value, value, rel_tol=1e-6) for value in values):
        yield (
            "value",
            "error",
            f"The value {figure.value:,.12g} is not what “{figure.as_printed}” says ({values[0]:,.12g}).",
        )
    currencies = {quantity.unit for quantity in quantities if quantity.unit and _CURRENCY.fullmatch(quantity.unit)}
    if figure.unit and _CURRENCY.fullmatch(figure.unit) and currencies and figure.unit not in currencies:
        yield "value", "error", f"The currency {figure.unit} is not that of “{figure.as_printed}”."


_CURRENCY = re.compile(r"[A-Z]{3}")
_WHOLE = (1, 1e6, 1e9)
_PARTS = (*_WHOLE, 1e3, 100)
"""What a number may have to be multiplied with: a field may be in millions or billions; one that takes fractions also in
thousands, or a share of one where the article gives percent."""


def _bare_numbers(item: Item, grounds: Grounds) -> _Said:
    """Numbers in fields of their own must stand in the evidence, in figures or in words, in whatever unit the field is."""
    numbers_ = [leaf for leaf in leaves(item) if not isinstance(leaf, str)]
    if not numbers_:
        return
    found = german_quantities(_ELIDED.sub(r"\1\3\2\3", grounds.german)) + english_quantities(grounds.english)
    there = {value for q in found for value in (q.value, q.upper, *q.readings) if value is not None}
    for number in numbers_:
        scales = _PARTS if isinstance(number, float) else _WHOLE
        if not any(math.isclose(number * scale, value, rel_tol=1e-6) for scale in scales for value in there):
            yield "number", "error", f"The number {number:,.12g} does not stand in the evidence."
