"""The day that relative times are counted from, and TIMEX3 values of what lies around it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

_EASTER_OFFSETS = {
    "carnival monday": -48, "ash wednesday": -46, "palm sunday": -7, "maundy thursday": -3, "good friday": -2,
    "easter": 0, "easter sunday": 0, "easter monday": 1, "ascension": 39, "pentecost": 49, "whit monday": 50,
    "corpus christi": 60,
}  # fmt: skip
_FIXED_HOLIDAYS = {
    "new year": (1, 1), "epiphany": (1, 6), "labour day": (5, 1), "all saints": (11, 1), "christmas eve": (12, 24),
    "christmas": (12, 25), "boxing day": (12, 26), "new year's eve": (12, 31),
}  # fmt: skip


def easter(year: int) -> dt.date:
    """Return Easter Sunday of that year (Gregorian computus, Meeus/Jones/Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)


@dataclass(slots=True)
class Anchor:
    """A publication date, if known, and the day and year that the text spoke of last.

    Attributes:
        date: The day that `heute` means; None if unknown, then unknown parts of a value are X.
        day: The day that a clock time belongs to, as a TIMEX3 value.
        year: The year that the text named last, with the offset behind it.
    """

    date: dt.date | None
    day: str = field(init=False)
    year_named: tuple[int, int] = (0, -1000)

    def __post_init__(self) -> None:
        self.day = self.date.isoformat() if self.date else "XXXX-XX-XX"

    def remember(self, value: str, end: int) -> None:
        """Take note of the day and year that an expression ending at `end` names."""
        if re.match(r"[\dX]{4}-\d\d-\d\d", value):
            self.day = value[:10]
        if re.match(r"\d{4}(?:-|$)", value):
            self.year_named = int(value[:4]), end

    @classmethod
    def of(cls, published: str | None) -> Anchor:
        """Return the anchor of an ISO 8601 date or time; one without a date if it cannot be read."""
        try:
            return cls(dt.date.fromisoformat((published or "")[:10]))
        except ValueError:
            return cls(None)

    def day_value(self, offset: int) -> str:
        """Return the day that many days away, e.g. 2025-10-03."""
        return _shifted(self.date, offset).isoformat() if self.date else "XXXX-XX-XX"

    def week_value(self, offset: int, suffix: str = "") -> str:
        """Return the ISO week that many weeks away, e.g. 2025-W40, `suffix` -WE for its weekend."""
        if self.date is None:
            return f"XXXX-WXX{suffix}"
        year, week, _ = _shifted(self.date, 7 * offset).isocalendar()
        return f"{year:04}-W{week:02}{suffix}"

    def month_value(self, offset: int) -> str:
        """Return the month that many months away, e.g. 2025-09."""
        if self.date is None:
            return "XXXX-XX"
        year, month = divmod(self.date.year * 12 + self.date.month - 1 + offset, 12)
        return f"{year:04}-{month + 1:02}"

    def year_value(self, offset: int) -> str:
        """Return the year that many years away."""
        return f"{self.date.year + offset:04}" if self.date else "XXXX"

    def quarter_value(self, offset: int) -> str:
        """Return the quarter that many quarters away, e.g. 2025-Q3."""
        if self.date is None:
            return "XXXX-QX"
        year, quarter = divmod(self.date.year * 4 + (self.date.month - 1) // 3 + offset, 4)
        return f"{year:04}-Q{quarter + 1}"

    def weekday_value(self, weekday: int, step: int) -> str:
        """Return the day of that weekday (Monday 0) nearest to the anchor.

        `step` is -1 for the last one up to today, 1 for the next one from today, 2 for one after today,
        -2 for one before today.
        """
        if self.date is None:
            return f"XXXX-WXX-{weekday + 1}"
        ahead = (weekday - self.date.weekday()) % 7
        if ahead == 0:
            return self.day_value({2: 7, -2: -7}.get(step, 0))
        return self.day_value(ahead if step > 0 else ahead - 7)

    def holiday_value(self, name: str, year: int | None) -> str:
        """Return the day of a holiday in that year, by default the anchor's."""
        if year is None and self.date is None:
            month_day = _FIXED_HOLIDAYS.get(name)
            return f"XXXX-{month_day[0]:02}-{month_day[1]:02}" if month_day else "XXXX-XX-XX"
        year = year or (self.date.year if self.date else 1)
        if name in _FIXED_HOLIDAYS:
            month, day = _FIXED_HOLIDAYS[name]
            return f"{year:04}-{month:02}-{day:02}"
        return _shifted(easter(year), _EASTER_OFFSETS[name]).isoformat()


def _shifted(date: dt.date, days: int) -> dt.date:
    return dt.date.fromordinal(min(max(date.toordinal() + days, 1), dt.date.max.toordinal()))
