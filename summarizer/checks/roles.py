"""Roles: who does what to whom. English tells it by the order of words, German by case, and may put the object first.

Looked at are clauses that begin with two plain noun phrases about a verb whose two sides are seldom the same, in the
active (`Den Minister kritisierte die Opposition`) or the passive (`wurde von der Polizei beschossen`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from ..findings import Finding
from ..lexicon.exonyms import of_english, of_german
from ..lexicon.folding import fold
from ..lexicon.given import GIVEN_NAMES
from ..lexicon.stems import english_stem, german_stem, german_stems
from ..lexicon.tokens import Token, span, tokenise, word_set
from ..lexicon.translations import is_function_word, is_listed_noun, renderings, verbs
from ..lexicon.words import is_german, is_german_noun
from . import Pair

_ACCUSATIVE: Final = word_set(
    "ablösen anfeuern angreifen anklagen anrufen anzeigen attackieren auffordern beauftragen bedrohen beißen beerben beleidigen "
    "beraten beschießen beschimpfen beschuldigen besiegen bestechen bestehlen bestrafen besuchen betrügen bezwingen bitten "
    "boykottieren einladen empfangen entlassen entmachten ermahnen ermorden ermutigen ernennen erpressen erschießen ersetzen "
    "erstechen ertappen fangen festnehmen finanzieren fotografieren informieren kaufen kritisieren küssen loben mahnen "
    "missbrauchen misshandeln nominieren provozieren rammen retten rügen schlagen schützen stürzen tadeln täuschen töten "
    "überfallen überfahren überholen überreden überwachen übernehmen überzeugen unterrichten unterstützen verdächtigen "
    "verdrängen verfolgen verhaften verhören verklagen verletzen verprügeln verraten versorgen verspotten verteidigen "
    "vertreten verurteilen wählen warnen würgen zitieren"
)
_DATIVE: Final = word_set(
    "absagen beistehen danken dienen drohen entkommen folgen gehorchen gratulieren helfen kondolieren misstrauen nachfolgen "
    "unterliegen vertrauen vorwerfen widersprechen zustimmen"
)
_HAVE: Final = r"(?:hat|haben|hatte|hatten|will|wollen|wollte|wollten|soll|sollen|sollte|kann|können|konnte|darf|muss|musste|wird|werden)"
_BE: Final = r"(?:wird|werden|wurde|wurden|ist|sind|war|waren)"
_DETERMINER: Final = r"(?:(?:[Dd](?:er|ie|as|en|em)|[Dd]ies(?:er|e|es|en|em)|(?:[Ee]in|[Kk]ein|[Ss]ein|[Ii]hr|[Uu]nser)(?:er|e|es|en|em)?)\s+)?"
_ADJECTIVES: Final = r"(?:[a-zäöüß]{2,}(?:e|er|en|es|em)\s+){0,2}"
_NOUNS: Final = r"[A-ZÄÖÜ][\w‑-]+(?:\s+[A-ZÄÖÜ][\w‑-]+)*"
_BEGIN: Final = r"(?:^|[.:;]\s+|[„“\"»]\s*)"
_ACTIVE: Final = re.compile(
    rf"{_BEGIN}(?P<first>{_DETERMINER}){_ADJECTIVES}(?P<a>{_NOUNS})\s+(?P<verb>[a-zäöüß]+)\s+"
    rf"(?P<second>{_DETERMINER}){_ADJECTIVES}(?P<b>{_NOUNS})(?P<rest>[^,.:;]*)"
)
_PASSIVE: Final = re.compile(
    rf"{_BEGIN}(?P<first>{_DETERMINER}){_ADJECTIVES}(?P<a>{_NOUNS})\s+{_BE}\s+(?:\w+\s+)?(?:vom|von)\s+"
    rf"{_DETERMINER}{_ADJECTIVES}(?P<b>{_NOUNS})(?P<rest>[^,.:;]*)"
)
_DOER: Final = re.compile(r"(?:Der|Ein|Dieser|Kein)\s")
"""A masculine that can be nothing but the doer."""
_OBJECT: Final = re.compile(r"(?:[Dd]en|[Dd]em|\w+(?:en|em))\s+")
_ATTRIBUTE: Final = re.compile(r"end(?:e[nrms]?)?$")
"""A participle before its noun: `die dienende Quote`."""
_FINITE: Final = re.compile(_HAVE)
_BOUND: Final = re.compile(r"[,;:.!?“”\"]|\s[–—-]\s")
_PASSIVE_BE: Final = re.compile(
    r"(?i)\b(?:is|are|was|were|been|being|be|gets?|got|'s|'re)\s+(?:\w+ly\s+|also\s+|not\s+|then\s+)?$"
)
_BY: Final = re.compile(r"(?i)\bby\b")
_NOT_TAKING: Final = re.compile(r"(?i)\s+(?:from|of|among|against|on|at|in|for|after)\b")
"""What comes behind a noun, or a verb without its object: praise from, an attack on."""

_CONVERSE: Final = word_set("face risk get receiv benefit suffer lose")
"""Stems of verbs whose subject is the one it is done to: Haft droht dem Mann, the man faces prison."""
_ALIKE: Final = 5
"""Letters in which a word of both languages begins alike."""


class _Clause(NamedTuple):
    """Who does it and to whom, by their heads in the German, the verb, and all of it."""

    agent: str
    patient: str
    verb: frozenset[str]
    start: int
    end: int


def check(pair: Pair) -> Iterator[Finding]:
    """Yield `roles.reversed` where the English has the doer as the one it is done to, and the other as the doer."""
    for clause in _clauses(pair.source):
        english = tokenise(pair.target)
        agents, patients = (_places(head, english) for head in (clause.agent, clause.patient))
        agents, patients = agents - patients, patients - agents
        if not agents or not patients:
            continue
        orders = {
            _order(pair.target, token, agents, patients) for token in english if english_stem(token.text) in clause.verb
        }
        if orders == {False}:
            message = (
                f"In the German “{clause.agent}” does it to “{clause.patient}”, in the English the other way round."
            )
            yield pair.finding("roles.reversed", "error", message, [span(pair.source, clause.start, clause.end)])


def _clauses(source: str) -> Iterator[_Clause]:
    for match in _matches(_PASSIVE, source):
        verb = _verb(match["rest"].split()[-1:])
        if verb in _ACCUSATIVE:
            yield _clause(match["b"], match["a"], verb, match)
    for match in _matches(_ACTIVE, source):
        words = match["rest"].split()
        last = words[-1] if words else ""
        # the participle or infinitive; else the finite verb, first with what may be its particle
        verb = _verb([last] if _FINITE.fullmatch(match["verb"]) else [f"{last}{match['verb']}", match["verb"]])
        if not verb:
            continue
        fronted = _OBJECT.fullmatch(match["first"]) is not None
        if not fronted and match["second"].strip() == "der" and verb in _ACCUSATIVE and not _DOER.match(match["first"]):
            if any(word[0].isupper() for word in words):
                continue  # whose, or to whom: der Frau das Leben retten
            fronted = True
        yield _clause(*((match["b"], match["a"]) if fronted else (match["a"], match["b"])), verb, match)


def _matches(pattern: re.Pattern[str], source: str) -> Iterator[re.Match[str]]:
    """Yield the clauses whose first words are a noun phrase."""
    return (match for match in pattern.finditer(source) if match["first"] or _begins_with_a_noun(match["a"]))


def _clause(agent: str, patient: str, verb: str, match: re.Match[str]) -> _Clause:
    return _Clause(_head(agent), _head(patient), verbs(verb) - _CONVERSE, *match.span())


def _verb(words: list[str]) -> str:
    """Return the infinitive of the first of the words that is a verb of the lists; empty if none is."""
    stems = (stem for word in words if not _ATTRIBUTE.search(word) for stem in german_stems(word))
    return next((infinitive for stem in stems if (infinitive := _verbs().get(stem))), "")


@cache
def _verbs() -> dict[str, str]:
    return {german_stem(verb): verb for verb in (*_ACCUSATIVE, *_DATIVE)}


def _head(phrase: str) -> str:
    """Return the word of a noun phrase that tells it from others: of a title and a name the last, of nouns the first."""
    words = phrase.split()
    names = [word for word in words if not is_german_noun(word)]
    return names[-1] if names else words[0]


def _begins_with_a_noun(phrase: str) -> bool:
    """Say whether the first word is no adverb, preposition or adjective with the capital of a sentence's first word."""
    first = phrase.split()[0]
    return is_listed_noun(first) or not is_german(first) or bool(of_german(first)) or fold(first) in GIVEN_NAMES


def _places(head: str, english: tuple[Token, ...]) -> frozenset[int]:
    """Return where English words begin that may stand for a German noun or name."""
    names, stems, low = {abs(name) for name in of_german(head)}, renderings(head), fold(head)
    like = {low, low.removesuffix("s")}
    return frozenset(
        token.start
        for token in english
        if (word := fold(token.text).removesuffix("'s")) in like
        or (len(word) > _ALIKE and word[:_ALIKE] == low[:_ALIKE])
        or not names.isdisjoint(map(abs, of_english(token.text)))
        or (english_stem(token.text) in stems and not is_function_word(word))
    )


def _order(text: str, verb: Token, agents: frozenset[int], patients: frozenset[int]) -> bool | None:
    """Return whether the English has both sides of a verb as the German; None if it does not tell."""
    begin = max((match.end() for match in _BOUND.finditer(text, 0, verb.start)), default=0)
    bound = _BOUND.search(text, verb.end)
    end = bound.start() if bound else len(text)
    before, behind = (begin, verb.start), (verb.end, end)
    by = _BY.search(text, verb.end, end)
    if by is not None:
        before, behind = (by.end(), end), (begin, by.start())
    elif (_PASSIVE_BE.search(text, begin, verb.start) and not verb.text.endswith("ing")) or _NOT_TAKING.match(
        text, verb.end
    ):
        return None
    doing, done = (_within(places, before) for places in (agents, patients))
    if doing or _within(patients, behind):
        return True
    return False if done and _within(agents, behind) else None


def _within(places: frozenset[int], stretch: tuple[int, int]) -> bool:
    return any(stretch[0] <= place < stretch[1] for place in places)
