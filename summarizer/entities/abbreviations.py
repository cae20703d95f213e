"""Abbreviations of organisations, and the names that they shorten: `Organisation für … (OPCW)`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..items import Organisation
from ..lexicon.gazetteer import office
from ..lexicon.tokens import word_set
from ..lexicon.words import is_english, is_german
from .candidate import FORMED, GUESSED, LISTED, Candidate
from .nouns import EVENTS, FOREIGN_HEADS, HEADS, KINDS
from .words import Word, is_known_place

_NO_ORGANISATION = word_set(
    "AG GmbH SE KG EDV TV PC CD DVD USB SMS GPS WLAN LAN DNA RNA HIV AIDS BIP EM WM ICE IC EC RE RB IR ECE ÖPNV PKW LKW KFZ SUV BAB CO CO2 UKW DSL "
    "IT KI PR PS OP UV XL XXL OK USA US UK GB DDR BRD NRW UdSSR BW MEZ MESZ GMT UTC II III IV VI VII VIII IX XI XII XIII XIV XV XVI XX XXI "
    "CEO CFO CTO MP MdB MdL OB EUR USD CHF GAU AKW KKW TOP FAQ PDF HTML URL WWW SOS GEZ ABC Mio Mrd BSE SARS CNG LED LCD HD VIP DJ NS WK "
    "ALG MWST MwSt ISBN IQ KZ JVA PIN TAN PLZ Nr St Dr FKK ABM GUI IP Uhr TED ROUNDUP NEU NUR DIE DER DAS UND MIT VON FÜR AUS EIL ICD DAX MDAX SDAX TecDAX ATX SMI "
    "IPO LNG AHV IV TTIP CETA ACTA MIV HSK BRIC SOV STAU UNFALL ADHS BMI LTE UMTS NFC TLS SSL HTTP HTTPS LHC GTA ASVG PISA PIRLS GPRS DVB DB1 ADHOC MRT ICH TGV RT ADR ETF CFD APR FR GR NO GV ISS ASS GPL GNU EEG KFOR"
)
_COUNTRIES = word_set(
    "GER AUT SUI USA GBR FRA ITA ESP NED BEL LUX DEN SWE NOR FIN POL CZE SVK SLO CRO SRB HUN ROU BUL GRE TUR RUS UKR BLR EST LAT LTU IRL ISL "
    "POR CAN MEX BRA ARG CHI COL JPN CHN KOR PRK IND AUS NZL RSA KEN ETH MAR EGY ISR IRI KAZ JAM CUB URU PER ECU VEN BIH MKD MNE ALB"
)
"""Countries behind an athlete's name."""
_ROMAN = re.compile(r"[IVXLC]+")
_ABBREVIATION = re.compile(r"[A-ZÄÖÜ]{2,7}|[A-ZÄÖÜ]{2,5}[a-z][A-Z]?|[A-Z][a-z]?[A-Z]{2,4}")


def abbreviation(words: list[Word], i: int) -> Iterator[Candidate]:
    """Yield a word in capitals that stands for an organisation: `FAMa`, `SPD-Chef`, `(OPCW)`.

    It is `LISTED` with a sign of its own beside it (the noun that says what it is, an office in the same compound,
    the name that it shortens), `GUESSED` without one: the article must have it twice then.
    """
    first, hyphen, rest = words[i].text.partition("-")
    if not is_abbreviation(first):
        return
    before = words[i - 1] if i else None
    if before is not None and (EVENTS.fullmatch(before.text) or before.text in ("#", "@", "wie")):
        return
    start = _expansion(words, i) if before is not None and before.text == "(" else None
    sure = (before is not None and bool(KINDS.fullmatch(before.text))) or bool(hyphen and office(rest) is not None)
    if start is not None:
        if not _organised(words[start : i - 1]):
            return
        sure = True
    yield Candidate(words[i].start, words[i].start + len(first), Organisation, LISTED if sure else GUESSED)


@lru_cache(maxsize=16_384)
def is_abbreviation(word: str) -> bool:
    """Whether a word in capitals may stand for an organisation, and is no word of either language or general shorthand."""
    if (
        word in _NO_ORGANISATION
        or word in _COUNTRIES
        or _ROMAN.fullmatch(word)
        or not _ABBREVIATION.fullmatch(word)
        or is_known_place(word)
        or len(word) < 3
    ):
        return False
    return len(word) == 3 or not (is_german(word.lower()) or is_english(word.lower()))


def other_abbreviations(words: list[Word]) -> Iterator[str]:
    """Yield abbreviations that the sentence says to stand for something that is no organisation: a fair, a law, a product."""
    for i, word in enumerate(words):
        if i and words[i - 1].text == "wie" and i > 1 and EVENTS.fullmatch(words[i - 2].text):
            yield word.text
        elif i > 1 and words[i - 1].text == "(":
            start = _expansion(words, i)
            before = words[max(0, i - 7) : i - 1] if start is None else words[start : i - 1]
            if any(EVENTS.fullmatch(one.text) for one in before) or (start is not None and not _organised(before)):
                yield word.text


def _organised(expansion: list[Word]) -> bool:
    """Whether one of the words that an abbreviation stands for says that they name an organisation."""
    if any(EVENTS.fullmatch(word.text) or word.text in '.,;:!?„“"' for word in expansion):
        return False
    return any(
        HEADS.fullmatch(word.text) or KINDS.fullmatch(word.text) or word.text in FOREIGN_HEADS for word in expansion
    )


def _expansion(words: list[Word], i: int) -> int | None:
    """Return where the words begin that an abbreviation in brackets stands for, by their initials (Schwartz, Hearst 2003)."""
    letters = words[i].text.lower()
    for start in range(i - 2, max(i - 2 - 2 * len(letters) - 2, -1), -1):
        if words[start].text[0].lower() == letters[0] and words[start].capital:
            rest = "".join(word.text.lower() + " " for word in words[start : i - 1])
            if _in_order(letters, rest):
                return start
    return None


def _in_order(letters: str, text: str) -> bool:
    at = -1
    for letter in letters:
        at = text.find(letter, at + 1)
        if at < 0:
            return False
    return True


def expanded(words: list[Word]) -> Iterator[Candidate]:
    """Yield names with their abbreviation behind them: `Organisation für das Verbot von Chemiewaffen (OPCW)`."""
    for i, word in enumerate(words):
        if i < 2 or words[i - 1].text != "(" or i + 1 >= len(words) or words[i + 1].text not in (")", ","):
            continue
        if not _ABBREVIATION.fullmatch(word.text) or word.text in _NO_ORGANISATION:
            continue
        start = _expansion(words, i)
        if start is not None and _organised(words[start : i - 1]):
            yield Candidate(words[start].start, words[i - 2].end, Organisation, FORMED)
