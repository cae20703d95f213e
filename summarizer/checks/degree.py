"""Degree: how sure, how many, at least or at most. A hedge lost makes a guess a fact; a "nearly" lost makes most into all.

Each rule has a cue of one side, narrow, and what the other side may answer it with, wide: a translation is free to say it in
another way, and a finding is to be right. Written from general knowledge of both languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from ..findings import Finding
from ..lexicon.tokens import span
from . import Pair


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?i)\b(?:{pattern})\b")


class _Shade(NamedTuple):
    """A shade of meaning in one language, and what the other language may say for it.

    Attributes:
        german: What says it in German: the unmistakable words where it may be lost, all that may stand for it where added.
        english: What says it in English: all that may stand for it where it may be lost, the unmistakable words where added.
        message: What is wrong, with a place for the words found.
    """

    german: re.Pattern[str]
    english: re.Pattern[str]
    message: str


_OFFICE: Final = "(?:[Kk]anzler|[Mm]inister|[Pp]räsident|[Cc]hef|[Vv]orsitzend|[Ss]ekretär|[Bb]ürgermeister|[Tt]rainer|[Dd]irektor|[Ss]precher|[Ll]eiter)"
_LOST: Final = (
    _Shade(
        _words(
            r"vermutlich\w*|(?<!un)wahrscheinlich|womöglich|möglicherweise|vielleicht|voraussichtlich\w*|eventuell\w*"
            r"|anscheinend|offenbar|könnte(?:n|st|t)?|dürfte(?:n|st|t)?"
        ),
        _words(
            r"\w*probabl\w*|\w*likel\w*|perhaps|maybe|\w*possib\w*|potential\w*|presum\w*|(?-i:may)|might|could|can|would|should"
            r"|must|apparent\w*|appear\w*|seem\w*|suppos\w*|evident\w*|obvious\w*|\w*expect\w*|suspect\w*|suggest\w*|believ\w*"
            r"|think\w*|thought|alleg\w*|\w*report\w*|said|says|estimat\w*|predict\w*|forecast\w*|suspicio\w*|chance\w*|risk\w*"
            r"|threat\w*|set to|due to|going to|conceivabl\w*|assum\w*|doubt\w*|eventual\w*|speculat\w*|look\w*|signs?|anticipat\w*"
            r"|project\w*|scheduled|planned|clearly|if|unless|able|wish\w*|hop\w+|feel\w*|felt|guess\w*|about|indicat\w*|ought"
            r"|sounds?|whether|option\w*|\w*certain\w*|prospective\w*|feasib\w*|imagin\w*|capable|liable|tend\w*|worth|wonder\w*"
            r"|'d"
        ),
        "The German says “{}”; the English states it as certain.",
    ),
    _Shade(
        _words(
            r"(?:fast|nahezu|beinahe|so gut wie)\s+(?:alle\w?|alles|jede\w?|immer|ganz\w*|sämtliche\w?|vollständig\w*"
            r"|komplett\w*|überall|nie|niemand\w*|keine?\w?|nichts)"
        ),
        _words(
            r"almost|nearly|virtually|practically|most\w*|just about|near|hardly|barely|scarcely|few|little|rarely|seldom"
            r"|all but|close to|pretty much|as good as|majority|largely|effectively|next to"
        ),
        "The German says “{}”; the English leaves the first word out.",
    ),
    _Shade(
        _words(
            r"(?<!nicht )(?:nur|lediglich|ausschließlich)(?!\s+(?:mit (?:viel )?mühe|auf (?:rang|platz)|knapp)\b)"
            r"(?!\s+\S+\s+(?:sekunde|minute|stunde|tag|woche|monat|jahr)\w*\s+(?:später|nach|zuvor|danach|darauf|davor|vor))"
        ),
        _words(
            r"only|just|mere\w*|solely|exclusive\w*|alone|simpl\w+|pure\w*|but|no more|until|unless|except|barely|hardly"
            r"|scarcely|not|limited|nothing|no|none|neither|nor|single|sole|never|few\w*|little|other than|restrict\w*|without"
            r"|if|at least|all|strictly|entirely|small\w*|any|minor|low\w*|even|as (?:little|few)|less|rather|however"
            r"|\w+n['’]t|cannot|one"
        ),
        "The German says “{}”; the English has no such restriction.",
    ),
    _Shade(
        _words(r"umstrittene\w?|umstritten"),
        _words(
            r"(?:controvers|disput|contentious|conteste|debat|question|divisive|polari[sz]|doubt|embattled|criticis|unpopular)"
            r"\w*|hotly|backlash"
        ),
        "The German says “{}”; the English does not.",
    ),
    _Shade(
        _words(r"kaum"),
        _words(
            r"hard\w*|bare\w*|scarc\w*|little|few\w*|rare\w*|almost|seldom|near\w*|unlikely|difficult\w*|just|minimal\w*|slight\w*"
            r"|poor\w*|weak\w*|low\w*|no|not|never|nothing|none|nobody|without|soon\w*|when|once|limited|less|least|only|virtually"
            r"|practically|cannot|marginal\w*|negligib\w*|lack\w*|any|fail\w*|(?:un|in|im)\w{4,}|\w+n['’]t|struggl\w*|small\w*|moment"
            r"|unless|doubt\w*|too|tough|than|beyond|modest\w*|refus\w*|reluctan\w*"
        ),
        "The German says “{}”; the English states it without.",
    ),
    _Shade(
        re.compile(
            rf"\b(?:(?:[Ff]rüher|[Ee]hemalig|[Ee]instig)e[nrms]?\s+(?:[\w-]+\s+)?[\w-]*?{_OFFICE}\w*|Ex-[\w-]*?{_OFFICE}\w*"
            r"|Alt-?(?:[Kk]anzler|[Bb]undes)\w*)"
        ),
        _words(
            r"former\w*|ex|then|once|previous\w*|past|retired|one-time|late|early|earlier|old|erstwhile|used to|at the time|outgoing"
            r"|served|predecessor\w*|veteran|last|ousted|longtime|emerit\w*"
        ),
        "The German says “{}”; the English does not say that it is past.",
    ),
)
_ADDED: Final = (
    _Shade(
        re.compile(
            r"(?i)wahrschein|vermut|möglich|mög|vielleicht|könn|kann|konnt|dürf|darf|\bmag\b|müss|muss|müßt|soll|woll|\bwill\b|würd"
            r"|wär|hätte|\bwohl\b|etwa|event|voraussicht|offen|schein|denkbar|falls|wenn|sofern|\bob\b|gegebenen|umständen"
            r"|erwart|droh|gefahr|risik|chance|laut|mutma|verdacht|zweifel|\bzu\b|bar\b|ungewiss|unklar|unsicher|meist|oft"
            r"|häufig|gern|lass|läss|glaub|denk|ahn|spekul|geplant|bereit|fähig|\bmal\b|irgend|manch|sei\b|seien|habe\b|werde\b"
            r"|mein|finde|angeb|quasi|ca\.|poten[tz]i|theoretisch|ggf|gegen|jemals|schätz|ann[aä]hm|annehm|sicher|doch|schon|auch"
            r"|künft|\bja\b|durchaus|evtl|erlaub|lieber|ehesten|sonst|hoff|\bte\b|nicht aus\b|ausgeschlossen"
        ),
        re.compile(r"\b(?:[Pp]robably|[Pp]erhaps|[Mm]aybe|[Pp]ossibly|[Pp]resumably|might|may)\b"),
        "The English says “{}”; the German is certain.",
    ),
    _Shade(
        re.compile(
            r"(?i)\bfast\b|beinah|nahezu|knapp|annäh|schier|praktisch|quasi|so gut wie|rund|etwa|ungefähr|kaum|gegen|bald|haar"
            r"|nah|näh|zirka|circa|\bca\b|nicht ganz|\bgut\b|um die|weitgehend|ziemlich|geradezu|förmlich|mehr oder|über"
            r"|virtuell|wie\b|wohl|meist|größt|überwieg"
        ),
        _words(r"almost|nearly|virtually"),
        "The English says “{}”; the German does not.",
    ),
    _Shade(
        re.compile(
            r"(?i)\bnur\b|lediglich|ausschließ|exklusiv|\bbloß|allein|einzig|\berst|gerade|kaum|knapp|\brein\w*\b|sonst|außer"
            r"|\bmal\b|wenig|\bpaar\b|vorbehalten|begrenzt|beschränk|schlicht|bisher|\bbis\b|nicht|niemand|nie\b|kein"
        ),
        _words(r"only|solely|exclusively|merely"),
        "The English says “{}”; the German has no such restriction.",
    ),
    _Shade(
        re.compile(
            r"(?i)umstritten|strittig|kontrovers|streit|berüchtigt|verrufen|kritik|kritisch|zweifel|debatt|diskut|protest"
            r"|anrüchig|fragwürdig|heikel|unerhört|skandal|empör|schänd|schand"
        ),
        _words(r"controversial\w*|notorious\w*|infamous\w*|outrageous\w*|disgraceful\w*"),
        "The English says “{}”; the German passes no such judgement.",
    ),
    _Shade(
        re.compile(r"(?i)leben|höchststrafe"),
        _words(r"life (?:in (?:prison|jail)|imprisonment|sentence|term)|(?:sentenced|jailed) (?:to|for) life"),
        "The English says “{}”; the German does not.",
    ),
)

_NUMBER: Final = (
    r"(?:die |den |der |dem )?(?:\d|(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|hundert|tausend|dutzend"
    r"|million|milliard|hälfte|doppel))"
)
_ENGLISH_NUMBER: Final = (
    r"(?:the |an? )?(?:[$€£]?\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|half"
    r"|third|quarter|twice|double)"
)
_GERMAN_BOUNDS: Final = (
    re.compile(rf"(?i)\b(mehr als|über|mindestens|wenigstens|zumindest|gut)\s+{_NUMBER}"),
    re.compile(
        rf"(?i)\b(knapp|fast|beinahe|nahezu|annähernd|bis zu|höchstens|maximal|weniger als|unter|nicht mehr als)\s+{_NUMBER}"
    ),
)
_ENGLISH_BOUNDS: Final = (
    re.compile(
        rf"(?i)\b(?<!not )(?<!no )(more than|over|at least|above|upwards of|exceeding|in excess of)\s+{_ENGLISH_NUMBER}"
    ),
    re.compile(
        r"(?i)\b(nearly|almost|(?:just )?under|up to|at most|fewer than|less than|no more than|not more than|not quite|below"
        rf"|close to|just short of|approaching|as (?:many|much) as)\s+{_ENGLISH_NUMBER}"
    ),
)
"""Numbers from below and from above, in each language: at least, at most."""

_PART: Final = _words(
    r"die meisten|den meisten|der meisten|einige\w?|manche\w?|viele\w?|zahlreiche\w?|mehrere\w?|etliche\w?|wenige\w?|mehrheit\w*"
    r"|großteil\w*|teilweise|zum teil|oft|häufig|meistens"
)
_ENGLISH_PART: Final = _words(
    r"most\w*|some|many|few|several|majority|often|partly|partially|numerous|almost|nearly|a lot|lots|much|plenty|sometimes|part"
)
_SOME: Final = _words(r"einige\w?|manche\w?|wenige\w?|mehrere\w?|etliche\w?|vereinzelt\w*")
_MOST_OR_MANY: Final = re.compile(
    r"(?i)meist|mehrheit|großteil|größt|überwieg|viel|zahlreich|hauptsäch|vorwieg|vor allem|mehr"
)
_ALL: Final = re.compile(
    r"(?i)\b(?:all|gesamt|ganz|sämtlich|jede|jeweil|immer|überall|komplett|vollständig|völlig|beide|stets|gänzlich|ständig"
    r"|durchweg|ausnahmslos|rest|voll|einstimmig|generell|ewig|dauernd|lauter|total|insgesamt|schon)"
)
_ENGLISH_ALL: Final = re.compile(
    r"(?i)(?<!not )(?<!at )(?<!above )(?<!after )(?<!of )(?<!first )\b(?:all(?! (?:over|too|about|along|right|but|in all|day|night|kinds"
    r"|sorts|of a sudden))|everyone|everybody|every|always|entire)\b"
)
_ENGLISH_MOST: Final = _words(r"most(?! of all)|majority|nearly all|almost all")


def check(pair: Pair) -> Iterator[Finding]:
    """Yield `degree.changed` (at least for at most: error; many for all), `degree.lost` and `degree.added` (warnings)."""
    yield from _bounds(pair)
    yield from _parts(pair)
    for german, english, message in _LOST:
        cue = german.search(pair.source)
        if cue and pair.target and not english.search(pair.target):
            yield pair.finding("degree.lost", "warning", message.format(cue[0]), (span(pair.source, *cue.span()),))
    for german, english, message in _ADDED:
        cue = english.search(pair.target)
        if cue and pair.source and not german.search(pair.source):
            where = span(pair.target, *cue.span())
            yield pair.finding("degree.added", "warning", message.format(cue[0]), target=(where,))


def _bounds(pair: Pair) -> Iterator[Finding]:
    german = [bound.search(pair.source) for bound in _GERMAN_BOUNDS]
    english = [bound.search(pair.target) for bound in _ENGLISH_BOUNDS]
    for side in (0, 1):
        said, turned = german[side], english[1 - side]
        if said and turned and not german[1 - side] and not english[side]:
            yield pair.finding(
                "degree.changed",
                "error",
                f"The German says “{said[1]}” of a number, the English “{turned[1]}”.",
                (span(pair.source, *said.span(1)),),
                (span(pair.target, *turned.span(1)),),
            )


def _parts(pair: Pair) -> Iterator[Finding]:
    """A part that became all, or some that became most."""
    part, everything = _PART.search(pair.source), _ENGLISH_ALL.search(pair.target)
    some, most = _SOME.search(pair.source), _ENGLISH_MOST.search(pair.target)
    if part and everything and not _ALL.search(pair.source) and not _ENGLISH_PART.search(pair.target):
        raised = part, everything
    elif some and most and not _MOST_OR_MANY.search(pair.source) and not _ALL.search(pair.source):
        raised = some, most
    else:
        return
    said, turned = raised
    yield pair.finding(
        "degree.changed",
        "warning",
        f"The German says “{said[0]}”, the English “{turned[0]}”.",
        (span(pair.source, *said.span()),),
        (span(pair.target, *turned.span()),),
    )
