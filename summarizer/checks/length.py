"""Length: a translation that is far shorter or longer than its source, or empty."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from ..findings import Finding, Severity
from ..lexicon.tokens import span
from . import Pair

# English runs a little shorter than German. Mean and spread of log(target / source) in characters, fitted on 2,435
# good pairs of newstest2021 and NTREX-128; the spread shrinks with the length of the source.
_MEAN = -0.11
_VARIANCE = 0.011
_VARIANCE_PER_CHARACTER = 1.4

_SHORT, _MUCH_TOO_SHORT = -3.2, -4.5
_LONG, _MUCH_TOO_LONG = 2.8, 3.7
_ABBREVIATION = re.compile(r"\b(?=\w{2,6}\b)\w*[A-ZÄÖÜ]\w*[A-ZÄÖÜ]\w*\b")
_LETTERS_PER_WORD = 8


def surprise(source: str, target: str) -> float:
    """Return how unusual the length of `target` is for `source`, in standard deviations; negative is short.

    Both must have a character that is not white space.
    """
    n, m = len(source.strip()), len(target.strip())
    return (math.log(m / n) - _MEAN) / math.sqrt(_VARIANCE + _VARIANCE_PER_CHARACTER / n)


def check(pair: Pair) -> Iterator[Finding]:
    """Yield `length.empty`, `length.short` or `length.long`, at most one of them."""
    source, target = pair.source, pair.target
    if not any(character.isalnum() for character in source):
        return
    if not any(character.isalnum() for character in target):
        yield _finding(pair, "length.empty", "error", "The sentence has no translation.")
        return
    score = surprise(source, target)
    if score >= _LONG:
        score = max(0.0, surprise(_spelled_out(source, target), target))
    elif score <= _SHORT:
        score = min(0.0, surprise(source, _spelled_out(target, source)))
    if pair.kind in ("headline", "heading"):
        score /= 1.3  # headings are cut or spelled out freely
    if _SHORT < score < _LONG:
        return
    percent = round(100 * len(target.strip()) / len(source.strip()))
    if score < 0:
        message = f"The English has {percent} % of the German's length: part of it may be missing."
        yield _finding(pair, "length.short", "error" if score < _MUCH_TOO_SHORT else "warning", message)
    else:
        message = f"The English has {percent} % of the German's length: it may say more than the German."
        yield _finding(pair, "length.long", "error" if score > _MUCH_TOO_LONG else "warning", message)


def _spelled_out(text: str, other: str) -> str:
    """Return `text` as long as it is with a word for each letter of the abbreviations that the other side has not: EuGH, ÖVP."""

    def words(abbreviation: re.Match[str]) -> str:
        return abbreviation[0] * (1 if abbreviation[0] in other else _LETTERS_PER_WORD)

    return _ABBREVIATION.sub(words, text)


def _finding(pair: Pair, code: str, severity: Severity, message: str) -> Finding:
    return pair.finding(
        code,
        severity,
        message,
        (span(pair.source, 0, len(pair.source)),),
        (span(pair.target, 0, len(pair.target)),) if pair.target else (),
    )
