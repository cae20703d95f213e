"""Quantities as text states them: where, how much, of what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Role = Literal["cardinal", "ordinal", "fraction", "scale", "multiple", "compound", "vague", "article"]
Weight = Literal["digits", "words", "faint"]


class Word(NamedTuple):
    """What a word says: a value, the part it plays, and the unit that it brings along (`dreitägig`: day)."""

    value: float
    role: Role
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: `text[start:end]` is `as_printed`.

    Attributes:
        start: Offset of the first character.
        end: Offset behind the last character.
        as_printed: The number and its unit, exactly as the text has them.
        value: The number written out: 3500000 for `3,5 Mio.`; the lower end of a range.
        upper: The upper end of a range (`10 bis 15 Prozent`), else None.
        unit: `percent`, `percentage point`, a currency code, an SI symbol or a noun such as `day`; None without one.
        role: What sort of number word it is; `vague` for `Hunderte` and `beide`, `article` for `ein`.
        weight: How much its absence in a translation says: `digits` much, `words` (small spelled-out ones) less,
            `faint` (`beide`, `ein`, `once`) nothing of its own.
        readings: Other values that it may stand for: a quarter for the fourth in `jeder Vierte`.
    """

    start: int
    end: int
    as_printed: str
    value: float
    upper: float | None = None
    unit: str | None = None
    role: Role = "cardinal"
    weight: Weight = "digits"
    readings: tuple[float, ...] = ()
