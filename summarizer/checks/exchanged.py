"""Numbers that are all there but have changed places: from 17 to 12 for *von 12 auf 17*, the dead for the hurt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from ..lexicon.translations import rendered
from ..quantities import Quantity

_FROM = re.compile(r"\b(?:von|from)(?: \w+){0,2} [$€£]?$", re.IGNORECASE)
_TO = re.compile(r"\b(?:auf|to)(?: \w+){0,2} [$€£]?$", re.IGNORECASE)
_NEAR = 40
"""How far from a number the word stands that says whether it is the old or the new one."""

_GERMAN_FATES = (
    re.compile(r"\btote?[nrsm]?\b|getötet|\bstarb|gestorben|ums leben|todesopfer|tödlich", re.IGNORECASE),
    re.compile(r"verletz|verwund", re.IGNORECASE),
)
_ENGLISH_FATES = (
    re.compile(r"\bkill|\bdead\b|\bdie[ds]?\b|\bdeaths?\b|\bfatal|\blives\b", re.IGNORECASE),
    re.compile(r"\binjur|\bwound|\bhurt\b", re.IGNORECASE),
)
"""Words for the dead, and for the hurt."""
_PAUSE = re.compile(r"[,;:.]|\b(?:und|and|while)\b")
_PAUSED, _FAR = 30, 60
"""How many characters a pause is worth, and from how many on a word does not belong to a number."""

_NOUN = re.compile(r"[- ]?(?:\w*[a-zß] ){0,2}([A-ZÄÖÜ][a-zäöüß]{3,})")
_PHRASE = re.compile(r"(?:[- ]*[^\W\d_]+){1,4}")
"""What stands behind a number: in German up to its noun, in English the words among which its noun is."""


def exchanged(
    source: str, target: str, german: Sequence[Quantity], english: Sequence[Quantity]
) -> tuple[Quantity, ...] | None:
    """Return two German numbers and the two English ones that have changed places, None if none have.

    Two numbers have, if one becomes the other and the English says it the other way round; if one counts the dead and one
    the hurt; or if the nouns behind them in German stand behind the other one in English.
    """
    german, english = ([count for count in side if count.weight != "faint"] for side in (german, english))
    if len(german) < 2 or len(english) < 2:
        return None
    for told in (
        (list(_ways(source, german)), list(_ways(target, english))),
        (list(_casualties(source, german, _GERMAN_FATES)), list(_casualties(target, english, _ENGLISH_FATES))),
    ):
        values = {(one.value, other.value): (one, other) for one, other in told[1]}
        for one, other in told[0]:
            crossed = values.get((other.value, one.value))
            if crossed is not None and (one.value, other.value) not in values:
                return one, other, *crossed
    return _named(source, target, german, english)


def _ways(text: str, quantities: Sequence[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    """Yield each old number with its new one: from 12 to 17, to 17 from 12."""
    for one, other in pairwise(quantities):
        before, between = text[max(0, one.start - _NEAR) : one.start], text[one.end : other.start][: _NEAR + 1]
        if len(between) > _NEAR or _PAUSE.search(between):
            continue
        if _FROM.search(before) and (one.start == other.start or _TO.search(between)):  # `from 12 to 17` is a range
            yield one, other
        elif _TO.search(before) and _FROM.search(between):
            yield other, one


def _casualties(
    text: str, quantities: Sequence[Quantity], fates: Sequence[re.Pattern[str]]
) -> Iterator[tuple[Quantity, Quantity]]:
    """Yield the number of the dead with that of the hurt, if the text has just one of each."""
    counts = [quantity for quantity in quantities if quantity.role == "cardinal" and quantity.unit is None]
    if len(counts) < 2 or not all(words.search(text) for words in fates):
        return
    dead, hurt = ([count for count in counts if _fate(text, count, fates) == fate] for fate in (0, 1))
    if len(dead) == len(hurt) == 1:
        yield dead[0], hurt[0]


def _fate(text: str, count: Quantity, fates: Sequence[re.Pattern[str]]) -> int | None:
    """Return which of the words stand nearest to a number."""

    def distance(word: re.Match[str]) -> int:
        gap = text[count.end : word.start()] or text[word.end() : count.start]
        return len(gap) + _PAUSED * len(_PAUSE.findall(gap))

    return min(
        (
            (near, fate)
            for fate, words in enumerate(fates)
            for near in map(distance, words.finditer(text))
            if near < _FAR
        ),
        default=(_FAR, None),
    )[1]


def _named(
    source: str, target: str, german: Sequence[Quantity], english: Sequence[Quantity]
) -> tuple[Quantity, ...] | None:
    if any(len({count.value for count in side}) < len(side) for side in (german, english)):
        return None
    named = [(count, found[1]) for count in german if (found := _NOUN.match(source, count.end))]
    behind = {count.value: (count, found[0]) for count in english if (found := _PHRASE.match(target, count.end))}
    for (one, noun), (other, its) in combinations(named, 2):
        if one.value in behind and other.value in behind:
            (new, here), (new_other, there) = behind[one.value], behind[other.value]
            kept = rendered(noun, here), rendered(its, there)
            if kept == (False, False) and rendered(noun, there) and rendered(its, here):
                return one, other, new, new_other
    return None
