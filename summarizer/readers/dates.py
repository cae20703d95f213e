"""Dates of publication as files and feeds write them → the day in the place of publication."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def day(value: str) -> str | None:
    """Return the ISO 8601 day of a time stamp (ISO 8601 or RFC 2822), or None if it is neither.

    The day is the one where the article appeared, since that is what „am Montag" counts from: a stamp with an offset
    keeps its own day, one in UTC (a server's clock) becomes Central European time. Nothing is guessed.
    """
    text = value.strip()
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text).isoformat()
        stamp = datetime.fromisoformat(text)
    except ValueError:
        try:
            stamp = parsedate_to_datetime(text)
        except ValueError:
            return None
    if stamp.utcoffset() == timedelta(0):
        stamp = _central_european(stamp)
    return stamp.date().isoformat()


def _central_european(stamp: datetime) -> datetime:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return stamp.astimezone(ZoneInfo("Europe/Berlin"))
    except (ZoneInfoNotFoundError, OverflowError):  # no time zones on this machine; the year 1
        return stamp.astimezone(UTC)
