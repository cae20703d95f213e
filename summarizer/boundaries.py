"""Where German sentences end: rules at each full stop, question mark, exclamation mark and ellipsis.

German writes every noun with a capital, so a capital after a full stop says little. What says much is a capital on
a word of the closed classes (`german.STARTERS`): inside a sentence these are small. So where a full stop may belong
to the word before it (an ordinal, an initial, an abbreviation that can end a sentence), the sentence ends only if such
a word or an opening quotation mark follows. Where that errs, two sentences stay one, which costs least.

Only a bounded stretch on both sides of a mark is looked at, so time is linear in the text's length.
Figures against libraries: docs/segmentation.md.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from .german import ABBREVIATIONS, ANNOUNCING, ANNOUNCING_LETTERS, MONTHS, STARTERS, UNITS, WEEKDAYS

_QUOTATION: Final = {
    "“": "„“",
    "”": "“„",
    '"': '"',
    "«": "»",
    "»": "«",
    "‘": "‚‘",
    "’": "‘‚",
    "'": "'",
    "‹": "›",
    "›": "‹",
}
"""Each closing mark with the marks that may open its quotation."""
_CLOSERS: Final = "".join(_QUOTATION) + ")]"
_QUOTES: Final = "".join(_QUOTATION) + "„‚"
_OPENERS: Final = _QUOTES + "([–—-"
_INVISIBLE: Final = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_WINDOW: Final = 48
"""So many characters on either side of a mark decide."""
_QUOTATION_WINDOW: Final = 400

_MARK: Final = re.compile(rf"([.!?…。！？]+)([{re.escape(_CLOSERS)}]*)(\s*)")
_OPENING: Final = re.compile(rf"[{re.escape(_OPENERS)}\s]*")
_WORD: Final = re.compile(r"[^\W\d_]+")
_LAST_WORD: Final = re.compile(r"[^\W\d_]+$")
_ORDINAL: Final = re.compile(r"\d{1,2}\.\d{1,2}|\d{1,3}|[IVXLC]+")
_CARDINAL: Final = re.compile(r"([^\W\d_]{2,}) \d+$")
_LETTERS: Final = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.\s?)*[^\W\d_]$")
_ENUMERATION: Final = re.compile(r"(?:^|[:;,(])\s*$")
_VOWEL: Final = re.compile("[aeiouyäöüáéíóúàèìòùâêîôûåæøœ]", re.IGNORECASE)


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence of a paragraph; between them is white space alone.

    Takes any text and never raises.
    """
    start = len(text) - len(text.lstrip())
    for mark in _MARK.finditer(text):
        if mark.end() < len(text) and _ends_sentence(text, start, mark):
            yield start, mark.end(2)
            start = mark.end()
    end = len(text.rstrip())
    if end > start:
        yield start, end


def _ends_sentence(text: str, start: int, mark: re.Match[str]) -> bool:
    """Tell whether the sentence that began at `start` ends with `mark`, behind which there is more text."""
    marks, closers, gap = mark.groups()
    if marks[-1] in "。！？":
        return True
    before = _composed(text[max(start, mark.start() - _WINDOW) : mark.start()])
    after = _composed(text[mark.end() : mark.end() + _WINDOW])
    openers, following = _opened(after)
    if not before or not following or not _can_begin(following[0]) or (not gap and not _glued(before, mark, after)):
        return False
    quoted = any(quote in openers for quote in _QUOTES)
    if "(" in openers and any(quote in closers for quote in _QUOTES):
        return False  # the quotation's translation or source
    starter = quoted or _is_starter(following)
    if "…" in marks or ".." in marks:
        return starter and not before.endswith(("(", "["))
    if marks[-1] == ".":
        return _stop_ends_sentence(before, following, starter=starter)
    return not closers or starter or _stands_alone(text, start, mark)


def _stop_ends_sentence(before: str, following: str, *, starter: bool) -> bool:
    """Tell whether a full stop behind `before` is the sentence's, not the last word's."""
    token = before.split()[-1].lstrip(_OPENERS)
    if _ORDINAL.fullmatch(token):
        numbers_an_item = _ENUMERATION.search(before[: -len(token)])
        return (starter or _is_cardinal(before, following)) and not numbers_an_item and not following[0].isdigit()
    letters = _LETTERS.search(before)
    if letters:
        return starter and re.sub(r"[.\s]", "", letters[0]) not in ANNOUNCING_LETTERS
    last = _LAST_WORD.search(token)
    word = last[0].lower() if last else ""
    if word in ANNOUNCING:
        return False
    return starter or not _is_abbreviation(word, token)


def _is_cardinal(before: str, following: str) -> bool:
    """Tell whether the number that `before` ends with counts a noun (`auf Platz 3. Bayern …`), so is no ordinal.

    A date may stand without its comma: `Montag 3. Oktober`.
    """
    noun = _CARDINAL.search(before)
    word = _WORD.match(following)
    return (
        noun is not None
        and noun[1].istitle()
        and noun[1].lower() not in STARTERS | WEEKDAYS
        and (word is None or word[0].lower() not in MONTHS)
    )


def _is_abbreviation(word: str, token: str) -> bool:
    """Tell whether a word is, or looks like, an abbreviation that a sentence may also end with."""
    unpronounceable = 2 <= len(word) <= 5 and word.isalpha() and not _VOWEL.search(word)
    return (
        word in ABBREVIATIONS or word.endswith("str") or (unpronounceable and not token.isupper() and word not in UNITS)
    )


def _can_begin(character: str) -> bool:
    """Tell whether a sentence may begin with the character: no small letter, no mark that goes with what precedes."""
    return not character.islower() and character not in ",;:.!?…/)]%"


def _is_starter(following: str) -> bool:
    word = _WORD.match(following)
    return word is not None and word[0][0].isupper() and word[0].lower() in STARTERS


def _glued(before: str, mark: re.Match[str], after: str) -> bool:
    """Tell whether two sentences touch because a space was forgotten: `worden.Der`, not `Nr.5` or `www.beispiel.de`."""
    token = before.split()[-1]
    following = _opened(after)[1]
    word = _WORD.match(following)
    if any(character in token for character in ".@/") or word is None or following[word.end() :].startswith("."):
        return False
    in_letters = token[-2:].isalpha() and token[-2:].islower() and word[0].istitle() and len(word[0]) > 1
    return in_letters or (bool(mark[2]) and word[0].istitle()) or _is_starter(following)


def _stands_alone(text: str, start: int, mark: re.Match[str]) -> bool:
    """Tell whether a quotation that ends with `mark` is a sentence, not a title or exclamation inside one.

    It is if it began an earlier sentence, this one, or follows a colon.
    """
    openers = _QUOTATION.get(mark[2][0], "")
    window = text[max(start, mark.start() - _QUOTATION_WINDOW) : mark.start()]
    opened = max((window.rfind(opener) for opener in openers), default=-1)
    return opened < 0 or window[:opened].rstrip()[-1:] in ("", ":")


def _opened(text: str) -> tuple[str, str]:
    """Split text into the quotation marks, brackets and dashes that it begins with, and the rest."""
    opening = _OPENING.match(text)
    length = opening.end() if opening else 0
    return text[:length], text[length:]


def _composed(text: str) -> str:
    """Return text as the rules and lists spell it: NFC, without invisible characters or white space around."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).strip()
