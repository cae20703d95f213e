"""Quotation marks of German, English and French print, paired up; apostrophes and inch marks are none."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CLOSERS = {
    "„": '“”"',
    "“": '”"',
    "”": "”",
    "»": "«",
    "«": "»",
    "‚": "‘’'",
    "‘": "’'",
    "’": "",
    "‹": "›",
    "›": "‹",
    '"': '"“”',
    "'": "'",
}
_MARK = re.compile(f"[{''.join(_CLOSERS)}]")
_SINGLE = "‚‘'‹›"
_BEFORE = "([{<–—-/:„“”»«‚‘‹›\"'…"


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch in quotation marks: `text[start:end]` with its marks, `text[inner_start:inner_end]` without.

    `opened` or `closed` is False if that mark stands in another sentence. `depth` is 0 for an outer quotation.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    depth: int = 0
    opened: bool = True
    closed: bool = True


def quotes(text: str) -> list[Quote]:
    """Return the quotations of `text` by their beginning, outer before inner."""
    stack: list[tuple[str, int]] = []
    found: list[Quote] = []
    for match in _MARK.finditer(text):
        mark, i = match[0], match.start()
        before = text[i - 1] if i else " "
        after = text[i + 1] if i + 1 < len(text) else " "
        if mark in "'’‘" and ((before.isalnum() and after.isalnum()) or mark in (before, after)):
            continue
        opening = (before.isspace() or before in _BEFORE) and not after.isspace()
        at = next((j for j in range(len(stack) - 1, -1, -1) if mark in _CLOSERS[stack[j][0]]), None)
        if at is not None and not (opening and mark != stack[at][0] and stack[at][0] not in "„‚" and before.isspace()):
            for _, start in stack[at + 1 :]:
                if text[start] not in _SINGLE:
                    found.append(Quote(start, i, start + 1, i, at + 1, closed=False))
            start = stack[at][1]
            found.append(Quote(start, i + 1, start + 1, i, at))
            del stack[at:]
        elif opening and mark != "’" and not (mark == "'" and not _closes_later(text, i)):
            stack.append((mark, i))
        elif mark in '“”»«"' and not stack and not found and not before.isspace() and _ends_a_clause(text, i):
            found.append(Quote(0, i + 1, 0, i, 0, opened=False))
    for depth, (mark, start) in enumerate(stack):
        if mark not in _SINGLE:
            found.append(Quote(start, len(text), start + 1, len(text), depth, closed=False))
    return sorted(found, key=lambda quote: (quote.start, -quote.end))


def _ends_a_clause(text: str, i: int) -> bool:
    """Say whether punctuation or the end of the text stands beside the mark at `i`: it is no inch and no slip."""
    return text[i - 1 : i] in tuple(".,!?…") or text[i + 1 : i + 2] in tuple(",.;:!?") or not text[i + 1 :].strip()


def _closes_later(text: str, i: int) -> bool:
    """Say whether the straight mark at `i` has a partner that is no apostrophe inside a word."""
    j = text.find("'", i + 1)
    while j >= 0:
        after = text[j + 1] if j + 1 < len(text) else " "
        if not after.isalnum() and not text[j - 1].isspace():
            return True
        j = text.find("'", j + 1)
    return False
