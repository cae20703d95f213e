"""Which capitalised words are names: common nouns and words of institutions told apart from them."""

from __future__ import annotations

import re
from functools import lru_cache

from ..lexicon.exonyms import names, of_english
from ..lexicon.folding import fold
from ..lexicon.given import GIVEN_NAMES
from ..lexicon.tokens import word_set
from ..lexicon.words import american, could_be_compound, counts, is_german, is_german_noun, is_german_town
from .name_sides import Sides

NEVER_NAMES = word_set(
    "i i'm i've i'd i'll monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays "
    "thursdays fridays saturdays sundays january february march april may june july august september october "
    "november december jan feb mar apr jun jul aug sep sept oct nov dec mr mrs ms dr prof sir madam miss lady "
    "lord st no nos vs etc ok am pm a.m p.m utc gmt cet mep meps mp mps phd ceo cfo tv dvd cd pc suv pdf faq id "
    "ii iii iv vi vii viii ix xi xii internet web euro euros usd eur gbp celsius km kg mph http https www com org"
)
"""Capitalised or all-capital words of English that are no names."""
_NOT_GERMAN = word_set(
    "usb led lan wlan dna dns sms gps ob uhr mio mrd tsd nr str dr prof h st od evtl bzw ggf sog ca inkl ok tv pc "
    "cd dvd pdf suv lkw pkw km kg ii iii iv vi vii viii ix xi xii gmbh ag eg ev ceo cfo mdb mdl ea oa eur usd ps "
    "kw kwh mw co fc fsv msv sc sv tsg tsv vfb vfl"
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
    r"(?i).{3,}(ung|heit|keit|schaft|tät|ismus|tion|ungen|heiten|keiten|schaften|täten|tionen|ismen|er|ern|or|oren|mus"
    r"|(er|or|ist|ent|ant|eur)in(nen)?)$"
)
_MALE_ENDING = re.compile(r".{3,}[eo]rn?$")
_TOWN_ENDING = re.compile(
    r".{2,}(au|bach|berg|br(ü|u)ck|burg|dorf|feld|furt|hafen|hausen|heim|ingen|itz|kirchen|münde|ow|platz|ring|see|"
    r"stadt|stein|straße|tal|walde?)$"
)
_RARE, _RARE_AT_THE_START = 100, 60
"""Occurrences in the word list up to which a word that English has too may be a name, and one that begins a sentence."""


def is_abbreviation(word: str) -> bool:
    """Say whether a word is in capitals, but for the s of a plural: EU, MPs."""
    return word.isupper() or (len(word) > 2 and word.endswith("s") and word[:-1].isupper())


@lru_cache(maxsize=65_536)
def is_common(word: str) -> bool:
    """Say whether a capitalised English word is a common word, as institutions and titles have: Ministry, Court."""
    low = american(fold(word))
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


SURE, LIKELY, POSSIBLE = 3, 2, 1
"""How sure it is that a capitalised word of the German is a name: sure enough to miss it, to miss it if a capitalised
word of the English has nothing that it translates, or if a name of the English has no support."""


def certainty(sides: Sides, i: int, *, part: bool = False) -> int:
    """Return how sure it is that a word of the German is a name that the English must have, 0 if it is none.

    `part` says that the English has the capitalised word beside it, which makes one name with it.
    """
    token = sides.german[i]
    word = token.text
    if not token.capitalised or fold(word) in _NOT_GERMAN or len(word) < 2:
        return 0
    if known := sides.german_names[i]:
        return SURE if any(name > 0 and name not in names().weak for name in known) else POSSIBLE
    if is_abbreviation(word):
        return SURE if len(word) < 4 or not is_german(word) else 0
    if i and len(word) > 3 and not _has_company_of_a_noun(sides, i) and _is_strange(word):
        return SURE
    return _likeness_to_a_name(word, first=not is_inside(sides.pair.source, token.start), part=part)


def is_inside(text: str, start: int) -> bool:
    """Whether a word that begins at `start` begins neither a sentence nor a quotation: its capital means something."""
    before = text[max(start - 2, 0) : start]
    return before[-1:] == "-" or (len(before) == 2 and before[1] == " " and (before[0].isalnum() or before[0] in ",)"))


def _has_company_of_a_noun(sides: Sides, i: int) -> bool:
    """Say whether an article or an adjective stands before a word: `der`, `die zugesagten`, `neuer`."""
    before = sides.german[i - 1]
    if before.text.lower() in _DETERMINERS:
        return True
    if before.capitalised or sides.pair.source[before.end : sides.german[i].start] != " ":
        return False
    if before.text in _BEFORE_NAMES or not before.text.endswith(("e", "en", "er", "es", "em")):
        return False
    verb = before.text.endswith(("te", "ten"))
    return not verb or (i > 1 and sides.german[i - 2].text.lower() in _DETERMINERS)


def _is_strange(word: str) -> bool:
    """Say whether a word is unknown to German and cannot be read as German words in one."""
    bare = word.removesuffix("s")
    if is_german(word) or is_german(bare) or _NOUN_ENDING.match(word) or len(word) > 13:
        return False
    return not could_be_compound(word)


@lru_cache(maxsize=65_536)
def _likeness_to_a_name(word: str, *, first: bool, part: bool) -> int:
    """Return `LIKELY` or `POSSIBLE` for a word that may be a name by its form, 0 for what is a noun of German."""
    low = word.lower()
    bare = low.removesuffix("s") if len(low) > 4 else low
    if len(low) < 3:
        return 0
    if low in GIVEN_NAMES or bare in GIVEN_NAMES or is_german_town(low):
        return LIKELY
    english = low in counts("en") or bare in counts("en")
    if is_german(low):
        rare = not is_german_noun(low) and counts("de").get(low) <= (_RARE_AT_THE_START if first else _RARE)
        strange = english or part or not (_NOUN_ENDING.match(word) or could_be_compound(word))
        return POSSIBLE if rare and strange else 0
    compound = could_be_compound(word)
    if _NOUN_ENDING.match(word) and (compound or not (english or _MALE_ENDING.match(word))):
        return 0
    if english or _TOWN_ENDING.match(low):
        return LIKELY
    return 0 if compound else LIKELY if first else POSSIBLE
