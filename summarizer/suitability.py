"""Is this an article at all? Cookie walls, paywall stubs, listings and scraps are recognised by their own words.

A brief of a cookie wall is worse than none: it would be forwarded. Each rule asks for several signs, since an article
may be about cookies or subscriptions; docs/reading.md has how many real articles are refused wrongly.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from .article import Source, plain
from .errors import NotAnArticleError

MIN_WORDS: Final = {"html": 40, "feed": 40, "pdf": 20}
"""A page's text with fewer words is a scrap that is left when the article could not be had."""
_MIN_TYPED: Final = 4
"""Words of any other source: a short sentence."""
_SHORT: Final = 250
_STUB: Final = 500
_LISTING_BLOCKS: Final = 10

_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_SENTENCE_END: Final = re.compile(r"[.!?…][\"'“”«»‹›‘’)\]]*\s*$")
_COOKIES: Final = re.compile(
    r"\bcookies?\b|\btracking\b|einwillig|zustimm(?:en|ung)|datenschutzerklärung|personalisierte\s+(?:werbung|anzeigen|inhalte)"
    r"|drittanbieter|\bpur[- ]abo|werbefrei|alle\s+akzeptieren|einstellungen\s+verwalten|endgerät|\bconsent\b|nutzerprofil",
    re.IGNORECASE,
)
_PAYWALL: Final = re.compile(
    r"(?:weiterlesen|lesen\s+sie\s+weiter|weiter\s+lesen)\b.{0,40}\b(?:abo|abonnement|plus|premium|digital)\b"
    r"|\bjetzt\s+(?:weiterlesen|freischalten|abonnieren|testen|registrieren|anmelden)\b"
    r"|(?:dieser|dieses|diesen)\s+(?:\w+\s+)?(?:artikel|inhalt|beitrag|text)\s+(?:ist\s+)?(?:nur|exklusiv|ausschließlich)?\s*(?:für|mit)\s+(?:\w+\s+)?(?:abonnent|abo\b|registriert)"
    r"|(?:nur|exklusiv)\s+(?:für|mit)\s+(?:\w+[- ])?(?:abonnent\w*|abo\b|mitglieder)"
    r"|(?:bereits|schon)\s+(?:\w+[- ])?(?:abonnent|registriert|kunde|mitglied)\w*\s*\?"
    r"|um\s+(?:den\s+(?:ganzen|vollständigen|kompletten)\s+(?:artikel|text|beitrag)|(?:diesen|den)\s+(?:artikel|text|beitrag))\s+(?:weiter)?(?:zu\s*lesen|zu\s+lesen|lesen\s+zu\s+können)"
    r"|weiterzulesen|\bprobe(?:monat|abo)\b|monatlich\s+kündbar|jederzeit\s+kündbar|unbegrenzte[rn]?\s+zugang|zugang\s+zu\s+allen\s+(?:artikeln|inhalten)"
    r"|noch\s+\d+\s*%\s+des\s+(?:artikels|textes)|den\s+(?:ganzen|vollständigen)\s+(?:artikel|text)\s+lesen\s+sie",
    re.IGNORECASE,
)


def ensure_article(source: Source, *, force: bool = False) -> None:
    """Do nothing if the source looks like an article, or with `force`.

    Raises:
        NotAnArticleError: It is a cookie wall, a paywall's stub, a listing or a scrap.
    """
    reason = None if force else unfit(source)
    if reason:
        raise NotAnArticleError(f"{source.name} {reason}.")


def unfit(source: Source) -> str | None:
    """Return why this is no article, as the rest of a sentence, or None."""
    texts = [plain(source.text[block.start : block.end]) for block in source.blocks]
    words = sum(len(_WORD.findall(text)) for text in texts)
    if words <= _SHORT and _is_cookie_wall(texts):
        return "seems to be a notice about cookies, not an article"
    if words <= _STUB and _is_stub(texts):
        return "seems to be the free beginning of an article behind a paywall"
    if source.format in ("html", "feed") and _is_listing(texts):
        return "seems to be a list of articles, not an article"
    if 0 < words < MIN_WORDS.get(source.format, _MIN_TYPED):
        return f"has only {words} {'word' if words == 1 else 'words'} of text, too few for an article"
    return None


def _is_cookie_wall(texts: Sequence[str]) -> bool:
    cues = {found.lower() for text in texts for found in _COOKIES.findall(text)}
    speaking = sum(len(text) for text in texts if _COOKIES.search(text))
    return len(cues) >= 3 and speaking >= 0.5 * sum(map(len, texts))


def _is_stub(texts: Sequence[str]) -> bool:
    """Tell whether the text's end talks to the reader about subscribing."""
    cues = [number for number, text in enumerate(texts) for _ in _PAYWALL.finditer(text)]
    at_end = [number for number in cues if number >= len(texts) - max(4, len(texts) // 3)]
    return len(at_end) >= 2 or (len(at_end) == 1 and cues[-1] == len(texts) - 1 and len(texts) > 1)


def _is_listing(texts: Sequence[str]) -> bool:
    """Tell whether most of the text, beside tables, are lines that are no sentences, or all of it is."""
    if len(texts) < _LISTING_BLOCKS:
        return False
    if not any(_SENTENCE_END.search(text) for text in texts):
        return True
    open_ended = [text for text in texts if not _SENTENCE_END.search(text) and " | " not in text]
    return len(open_ended) >= 0.7 * len(texts) and sum(map(len, open_ended)) >= 0.6 * sum(map(len, texts))
