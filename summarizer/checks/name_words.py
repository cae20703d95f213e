"""Which capitalised words are names: common nouns and words of institutions told apart from them."""

from __future__ import annotations

import re
from functools import lru_cache

from ..lexicon.exonyms import names, of_english
from ..lexicon.folding import fold
from ..lexicon.given import GIVEN_NAMES
from ..lexicon.tokens import word_set
from ..lexicon.words import could_be_compound, counts, is_german
from .name_sides import Sides

NEVER_NAMES = word_set(
    "i i'm i've i'd i'll monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays "
    "thursdays fridays saturdays sundays january february march april may june july august september october "
    "november december jan feb mar apr jun jul aug sep sept oct nov dec mr mrs ms dr prof sir madam miss lady "
    "lord st no nos vs etc ok am pm a.m p.m utc gmt cet mep meps mp mps phd ceo cfo tv dvd cd pc suv pdf faq id "
    "ii iii iv vi vii viii ix xi xii internet web euro euros usd eur gbp km kg mph http https www com org"
)
"""Capitalised or all-capital words of English that are no names."""
_NOT_GERMAN = word_set(
    "usb led lan wlan dna dns sms gps ob uhr mio mrd tsd nr str dr prof h st od evtl bzw ggf sog ca inkl ok tv pc "
    "cd dvd pdf suv lkw pkw km kg ii iii iv vi vii viii ix xi xii gmbh ag eg ev ceo cfo mdb mdl ea oa eur usd ps "
    "kw kwh mw co"
)


_DETERMINERS = word_set(
    "der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner im am zum zur beim "
    "vom ins ans aufs mein meine meinen meinem meiner dein sein seine seinen seinem seiner ihr ihre ihren ihrem "
    "ihrer unser unsere unseren unserem unserer dieser diese dieses diesen diesem jener jene jenes jeder jede "
    "jedes jeden jedem welcher welche welches zwei drei vier fünf sechs viele mehrere einige alle allen aller "
    "etliche beide beiden manche sämtliche"
)
_BEFORE_NAMES = word_set(
    "sagte erklärte betonte meinte teilte forderte warnte aber oder wie weder neben gegen zwischen wegen sowie "
    "unter über ohne bisher später wurde werden haben hatte habe konnte wollte sollte musste hätte würde könne "
    "solle werde wenn denn dann schon laut aus bei von mit nach seit durch für um auch dass weil als"
)
_NOUN_ENDING = re.compile(
    r"(?i).{3,}(ung|heit|keit|schaft|tät|ismus|tion|ungen|heiten|keiten|schaften|täten|tionen|ismen|er|ern|or|oren|mus)$"
)


def is_abbreviation(word: str) -> bool:
    """Say whether a word is in capitals, but for the s of a plural: EU, MPs."""
    return word.isupper() or (len(word) > 3 and word.endswith("s") and word[:-1].isupper())


@lru_cache(maxsize=65_536)
def is_common(word: str) -> bool:
    """Say whether a capitalised English word is a common word, as institutions and titles have: Ministry, Court."""
    low = fold(word)
    if of_english(low) - names().weak or low in GIVEN_NAMES:
        return False
    known = counts("en")
    if low not in known:
        return False
    if known.get(low) > 8_000:
        return True
    forms = (
        low + "s",
        low + "es",
        low[:-1] + "ies",
        low + "ed",
        low + "ing",
        low + "ly",
        low[:-1] + "ing",
        low[:-1] + "ed",
    )
    if any(form in known for form in forms):
        return True
    return (
        (low.endswith("s") and low[:-1] in known)
        or (low.endswith("ies") and low[:-3] + "y" in known)
        or low.endswith(
            (
                "ing",
                "ed",
                "ly",
                "al",
                "ic",
                "ous",
                "ive",
                "ary",
                "tion",
                "ment",
                "ness",
                "ship",
                "able",
                "less",
                "ful",
                "ity",
                "ism",
                "ist",
            )
        )
    )


def is_german_name(sides: Sides, i: int) -> bool:
    """Say whether a word of the German is a name and not a noun."""
    token = sides.german[i]
    word = token.text
    if not token.capitalised or fold(word) in _NOT_GERMAN or len(word) < 2:
        return False
    if is_abbreviation(word):
        return len(word) < 4 or not is_german(word)
    before = sides.german[i - 1] if i else None
    if before is None or len(word) < 4 or before.text.lower() in _DETERMINERS:
        return False
    if sides.pair.source[before.end : token.start] != " " and not before.capitalised:
        pass
    elif (
        not before.capitalised
        and before.text.endswith(("e", "en", "er", "es", "em"))
        and not before.text.endswith(("te", "ten"))
        and before.text not in _BEFORE_NAMES
    ):
        return False  # an adjective before a noun
    bare = word.removesuffix("s")
    if is_german(word) or is_german(bare) or _NOUN_ENDING.match(word) or len(word) > 13:
        return False
    return not could_be_compound(word)
