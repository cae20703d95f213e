"""Words that deny, in German and English: hard ones that a translation keeps, soft ones that deny by their meaning."""

from __future__ import annotations

import re
from functools import lru_cache

from .words import counts, is_english, is_german

GERMAN_HARD = re.compile(
    r"\b(?:nicht|kein(?:e[mnrs]?)?|nie|niemals|niemand(?:e[mn]|es)?|nichts|nirgend(?:s|wo)|keines(?:falls|wegs)|"
    r"mitnichten|nein|"
    r"weder|ohne|nicht-\w+|keiner(?:lei|seits)?|nimmer)\b",
    re.IGNORECASE,
)
GERMAN_IDLE = re.compile(
    r"\bnicht\s+(?:nur|bloß|allein|zuletzt|wahr|weniger\s+als|umsonst\b(?!\w))|\bob\s[^,.]{0,40}oder\s+nicht\b|"
    r"\bnichts\s+ander\w*\s+als\b|"
    r"\bkein(?:e|en)?\s+Geringere\w*|\b(?:ohne|kein(?:en)?)\s+Zweifel\b|\bohne\s+weiteres\b|\bnicht\s+selten\b|"
    r"\bnicht\s+zu\s+vergessen\b|"
    r"\bohne\s+Frage\b|\bwenn\s+nicht\s+(?:gar|sogar)\b|\bnichtsdestotrotz\b|\bnicht\s+einmal\s+mehr\s+als\b|"
    r"\bmehr\s+oder\s+nicht\b|"
    r"\bkein\s+Geheimnis\b|\bnichts\s+unversucht\b|\bnicht\s+(?:umhin|müde)\b|"
    r"\bnicht\s+(?:un(?!ter|ser|d\b|s\b)|(?:zu\s+)?miss)\w+|\bnicht\s+schlecht\w*|\bkein\s+un\w+|\bnicht\s+(?:mehr\s+)?zu\s+schlagen\b",
    re.IGNORECASE,
)
"""German phrases with a negation that English mostly says without one."""
DOUBLE = re.compile(
    r"(?:\b(?:not|never)|n['’]t)\s+(?:\w+\s+)?(?:un(?!til|der|i|less|to\b)\w{3,}|fail\w*|refus\w*|den(?:y|ied)|"
    r"lack\w*|without|impossib\w*|reject\w*|"
    r"never|no)\b",
    re.IGNORECASE,
)
"""An English negation of a negation: a German sentence for it denies twice, or not at all."""
ONLY_THEN = re.compile(r"\berst\b", re.IGNORECASE), re.compile(r"\b(?:un)?till?\b", re.IGNORECASE)
"""`erst` is `not … until` in English."""
NOT_RULED_OUT = (
    re.compile(r"\bnicht\s+(?:\w+\s+)?(?:ausgeschlossen|auszuschließen|aus\b)", re.IGNORECASE),
    re.compile(r"\b(?:\w*possib\w*|may|might|could|conceivabl\w*|plausibl\w*|potential\w*)\b", re.IGNORECASE),
)
"""`nicht ausgeschlossen` is `possible` in English."""
VOTES = (
    re.compile(
        r"\b(?:stimm\w+|votier\w+)\b[^,.;]*?\b((?:da)?(?:für|gegen))\b(?!\s+(?:\d|Mittag|Mitternacht|Abend|Morgen|Ende))"
        r"|\b((?:da)?(?:für|gegen))\b[^,.;]*\bgestimmt\b"
    ),
    re.compile(r"\b[Vv]ot(?:e[sd]?|ing)\s+(?:for|in\s+favou?r|against)\b"),
)
"""Votes for and against, in German and English."""
NOT_ONLY = re.compile(r"\bnicht\s+(?:nur|bloß|allein)\b", re.IGNORECASE)
ONLY = re.compile(r"(?<!not )(?<!n[’']t )\b(?:only|just|merely|solely|simply)\b", re.IGNORECASE)
"""`nicht nur` must not become `only`."""
GERMAN_SOFT = re.compile(
    r"\b(?:kaum|schwerlich|selten\w*|fehl(?:t|te|en|ten|end\w*|schlug|schläge|geschlagen)|mangel\w*|verhinder\w*|"
    r"ablehn\w*|abgelehn\w*|"
    r"lehn(?:t|te|ten|en)|bestr(?:eit|itt)\w*|dementier\w*|vernein\w*|verweiger\w*|weiger\w*|geweigert|"
    r"statt(?!\w)|anstatt|anstelle|stattdessen|"
    r"verzicht\w*|vermeid\w*|vermied\w*|gescheitert\w*|scheiter\w*|verbot\w*|verbiet\w*|untersag\w*|"
    r"ausgeschlossen\w*|ausschließ\w*|"
    r"aus(?:blieb|bleib|geblieben)\w*|zurück(?:gewies|weis)\w*|wies(?:en)?|verpass\w*|versäum\w*|wenig|außer|"
    r"Fehlanzeige|aufhör\w*|"
    r"unter(?:blieb|bleib|lass|lieb)\w*|vergeblich\w*|vergess\w*|vergaß\w*|entbehr\w*|verschweig\w*|ignorier\w*|"
    r"missacht\w*|misstrau\w*|"
    r"verfehl\w*|schweigt|schwieg\w*|in\s+Schweigen|frühestens|fern(?:bleib\w*|geblieben)?|auszuschließen|"
    r"schl(?:ieß(?:t|en)|oss(?:en)?)(?=\s[^,.;]*\baus\b)|(?:ist|sind|bleib\w*|blieb\w*|lässt|ließ\w*)(?=\s[^,.;]*\boffen\b)|"
    r"leer\s+aus(?:ge\w+)?|auf\s+freiem\s+Fuß|im\s+Dunkeln|sich\s+bedeckt|Antwort\s+schuldig|"
    r"entfiel\w*|entfall\w*|abgesehen|widersprach\w*|inakzept\w*|in(?:stabil|effizient|aktiv|kompeten|direkt|"
    r"offiziell|toleran)\w*|illegal\w*|irrelevan\w*)\b|"
    r"\b\w{3,}(?:los|losen|lose|loser|loses|losem)\b",
    re.IGNORECASE,
)
ENGLISH_HARD = re.compile(
    r"\b(?:not|none|never|nobody|nothing|nowhere|without|neither|nor|cannot|no(?!\.?\s*\d)(?:-one)?|no\s+one)\b"
    r"|n\s?['’´]\s?t\b",
    re.IGNORECASE,
)
ENGLISH_IDLE = re.compile(
    r"\bnot\s+(?:only|just|merely|simply|to\s+mention|least|surprisingly|so\s+long\s+ago|far)|\bno\s+(?:doubt|"
    r"less\s+than|later\s+than|sooner|more\s+than|matter|"
    r"wonder|fewer\s+than)\b|\bwhether\s+or\s+not\b|\bor\s+not\b|\bnothing\s+(?:but|less)\b|\bnone\s+other\b|"
    r"\bno\s+longer\s+than\b|\bwhy\s+not\b|"
    r"\bwithout\s+(?:a\s+)?(?:doubt|question)\b|\bif\s+not\b|\bwithout\s+(?:saying|fail)\b|\b(?:do|"
    r"don['’]t)\s+(?:not\s+)?hesitate\b|"
    r"\bno-(?!one)\w+|\bnot\s+long\s+after\b|\bno\s+better\b|\bbetter\s+than\s+not\b",
    re.IGNORECASE,
)
"""English phrases with a negation that German mostly says without one."""
ENGLISH_SOFT = re.compile(
    r"\b(?:hardly|barely|scarcely|rarely|seldom|incapable|fail\w*|refus\w*|den(?:y|ies|ied|ying|ial\w*)|lack\w*|"
    r"prevent\w*|reject\w*|"
    r"avoid\w*|instead|rather\s+than|far\s+from|unless|absen\w+|miss(?:es|ed|ing)?|stop\w*|ban(?:s|ned|ning)?|"
    r"ceas\w*|cancel\w*|called\s+off|exclud\w*|except\w*|"
    r"beyond|declin\w*|doubt\w*|impassab\w*|inaccessib\w*|irrelevan\w*|irresponsib\w*|indefinit\w*|ineffective\w*|"
    r"informal\w*|ignor\w*|"
    r"inability|impossib\w*|illegal\w*|irregular\w*|invalid\w*|invisib\w*|inadequa\w*|insufficien\w*|"
    r"inappropriat\w*|incomplet\w*|inconsisten\w*|invincib\w*|"
    r"forg[eo]t\w*|neglect\w*|omit\w*|waived?|withheld|withhold\w*|forbid\w*|forbad\w*|prohibit\w*|rul\w+\s+out|"
    r"out\s+of\s+(?:the\s+)?question|"
    r"less|other\s+than|non-\w+|unlike|short\s+of|devoid|anything\s+but|refrain\w*|abstain\w*|scrapp\w*|"
    r"contradict\w*|contrary|yet\s+to|"
    r"too\s+\w+\s+to|hard\s+to|difficult\w*|failure|"
    r"unanimous\w*|at\s+large|under\s+?way|pending|expire[sd]?|skip(?:s|ped|ping)?|(?:be|to)\s+appeal\w*|inconclusive\w*|"
    r"defeated|a\s+different|any\s+other|at\s+the\s+earliest|record\s+(?:low|high)s?|last\s+seen|fewer\s+than|vot\w+\s+against)\b"
    r"|\b\w{3,}less(?:ly|ness)?\b|\bfor\s+(?:the\s+)?first\s+time\b|\bmost\s+\w+\s+\S+\s+(?:ever|have)\b",
    re.IGNORECASE,
)
_UN_ENGLISH = re.compile(r"\b(?:un|non|dis|in|im|il|ir)-?([a-z]{4,})\b", re.IGNORECASE)
_NOT_UN = re.compile(
    r"(?i)(?:under|unit|unif|uniq|union|univers|until|unles|unto|unde|income|inform|indeed|insid|inst|int|inv|"
    r"indu|inf|inh|inq|inp|inc(?!orr|ap)|inj|ind(?!ep|ec)|"
    r"import|impr|impo(?!ss)|impl|imm(?!at|ob|or)|impa(?!ti)|dist|disc|disp|dish|disk|dise|disa(?!b|gr|ll|pp)|"
    r"disg|disl(?!ik)|dism|iron|illu|irri|image|imag|imit|ins|ina(?!d|b|cc)|inn(?!oc))"
)
_UN_GERMAN = re.compile(r"\b[Uu]n([a-zäöüß]{3,})\b|\b[Nn]icht([a-zäöüß]{4,})\b")
_NOT_UN_GERMAN = re.compile(
    r"(?i)(?:unter|uns|und|unio|univ|uni|ungarn|ungefähr|unfall|unfäll|unwetter|unglück|unmittelb|unbeding|"
    r"unge(?:achtet)|unternehm|unheil|unkraut|unsumm|"
    r"ungar|unikat|unikum|unrat|unruh|unwesen|unmeng|unding|unsinn|unfug)"
)


def german_soft(text: str) -> int:
    """Return how many words of a German text deny by their meaning: `fehlt`, `verhindern`, `unklar`, `arbeitslos`."""
    return len(GERMAN_SOFT.findall(text)) + sum(
        _denies(match.group(), match.group(1) or match.group(2), german=True) for match in _UN_GERMAN.finditer(text)
    )


def english_soft(text: str) -> int:
    """Return how many words of an English text deny by their meaning: `fails`, `prevent`, `unclear`, `homeless`."""
    return len(ENGLISH_SOFT.findall(text)) + sum(
        _denies(match.group(), match.group(1), german=False) for match in _UN_ENGLISH.finditer(text)
    )


@lru_cache(maxsize=65_536)
def _denies(word: str, rest: str, *, german: bool) -> bool:
    """Say whether a prefix denies the rest of the word: `un|klar`, not `un|ter`."""
    if german:
        return not _NOT_UN_GERMAN.match(word) and is_german(rest)
    return not _NOT_UN.match(word) and is_english(rest) and counts("en").get(rest.lower()) > 60
