"""Repetition: the same words again and again, which the source does not repeat."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from operator import eq

from ..findings import Finding
from ..lexicon.tokens import span, word_set
from . import Pair

_UNIT = re.compile(r"\w+(?:['’]\w+)*")
_LONGEST = 12
"""Words of the longest unit that is looked for in immediate repetition."""
_INNER = re.compile(r"(\w{3,}?[-‑–]?)\1{3,}")
"""A piece of a word four times in a row: WhiteWhiteWhiteWhite, DMC-DMC-DMC-DMC."""
_SHORTEST_LOOP = 12
_DOUBLED = word_set("that had very so no bye ha had is in more is again never now yes much many far")
"""English words that stand twice in good prose."""
_JOINTS = frozenset({"and", "or", "und", "oder", "um", "für"})
_GROWING = word_set("more less again over further worse better many years days")
"""Words that English joins with themselves: more and more, over and over."""


def check(pair: Pair) -> Iterator[Finding]:
    """Yield `repetition.loop` (error) for a run of repeats, `repetition.words` (warning) for words said twice."""
    target = pair.target
    units = [(m[0].casefold(), *m.span()) for m in _UNIT.finditer(target)]
    words = [unit[0] for unit in units]
    inner = _INNER.search(target) if max(map(len, target.split()), default=0) >= _SHORTEST_LOOP else None
    if inner is None and len(set(words)) == len(words):
        return
    source = [word.casefold() for word in _UNIT.findall(pair.source)]
    if run := _run(words, source):
        first, size, times = run
        start, end = units[first][1], units[first + size * times - 1][2]
        phrase = target[units[first][1] : units[first + size - 1][2]]
        seam = target[units[first + size - 1][2] : units[first + size][1]]
        if times == 2 and seam.strip() and size < 3:
            return  # "so happy, so happy", "about it: it rips", "head-on on a bend"
        loop = times > 2 or (size > 1 and not seam.strip())
        yield Finding(
            code="repetition.loop" if loop else "repetition.words",
            severity="error" if loop else "warning",
            where=pair.id,
            message=f"The English says “{_short(phrase)}” {times} times in a row; the German does not.",
            target_spans=(span(target, start, end),),
        )
    elif inner and not _INNER.search(pair.source):
        yield Finding(
            code="repetition.loop",
            severity="error",
            where=pair.id,
            message=f"The English repeats “{_short(inner[1])}” within a word.",
            target_spans=(span(target, inner.start(), inner.end()),),
        )
    elif again := _joined(words, source) or _again(words, source):
        spans = tuple(span(target, units[i][1], units[i + again[2] - 1][2]) for i in again[:2])
        yield Finding(
            code="repetition.words",
            severity="warning",
            where=pair.id,
            message=f"The English says “{_short(spans[1].text)}” twice; the German repeats nothing like it.",
            target_spans=spans,
        )


def _run(words: list[str], source: list[str]) -> tuple[int, int, int] | None:
    """Return (first word, words of the unit, times) of the longest immediate repetition that the source lacks."""
    best: tuple[int, int, int] | None = None
    limit = _most_in_a_row(source)
    for size in _periods(words):
        i = 0
        while i + 2 * size <= len(words):
            if words[i] != words[i + size]:
                i += 1
                continue
            unit = words[i : i + size]
            times = 1
            while words[i + times * size : i + (times + 1) * size] == unit:
                times += 1
            meant = times == 2 and size == 1 and (unit[0] in _DOUBLED or len(unit[0]) == 1)
            longer = best is None or (times > 2, size * times) > (best[2] > 2, best[1] * best[2])
            if times > limit and not meant and longer and not all(word.isdigit() for word in unit):
                best = (i, size, times)
            i += max(1, (times - 1) * size)
    return best


def _periods(words: list[str]) -> list[int]:
    """Return the sizes of a unit that may be repeated: the distances at which a word comes again."""
    return [size for size in range(1, min(_LONGEST, len(words) // 2) + 1) if any(map(eq, words, words[size:]))]


def _joined(words: list[str], source: list[str]) -> tuple[int, int, int] | None:
    """Return (first, second, size) of `bed linen or bed linen`, unless the source joins a word with itself."""
    if any(a == b and j in _JOINTS for a, j, b in zip(source, source[1:], source[2:], strict=False)):
        return None
    for i, joint in enumerate(words):
        if joint not in _JOINTS:
            continue
        for size in range(1, 5):
            unit = words[max(0, i - size) : i]
            follows = words[i + 1 : i + 1 + size]
            article = words[i + 1 : i + 2] == ["the"] and unit[:1] != ["the"]
            if article:
                follows = words[i + 2 : i + 2 + size]
            if unit == follows and len(unit) == size and any(len(w) > 3 and w not in _GROWING for w in unit):
                return i - size, i + 1 + article, size
    return None


def _most_in_a_row(words: list[str]) -> int:
    longest = run = 1
    for previous, word in pairwise(words):
        run = run + 1 if word == previous else 1
        longest = max(longest, run)
    return longest


def _again(words: list[str], source: list[str]) -> tuple[int, int, int] | None:
    """Return (first, second, size) of four or more words said twice while the source repeats hardly a word."""
    if len(words) - len(set(words)) < 4:
        return None
    seen: dict[tuple[str, ...], int] = {}
    for i in range(len(words) - 3):
        gram = tuple(words[i : i + 4])
        first = seen.setdefault(gram, i)
        if first == i or i < first + 4:
            continue
        size = 4
        while i + size < len(words) and first + size < i and words[first + size] == words[i + size]:
            size += 1
        if _repeated(source) < sum(len(word) > 3 for word in words[i : i + size]):
            return first, i, size
    return None


def _repeated(words: list[str]) -> int:
    """Return how many word tokens of more than three letters are there for a second time."""
    return sum(n - 1 for word, n in Counter(words).items() if len(word) > 3)


def _short(phrase: str) -> str:
    return phrase if len(phrase) <= 60 else phrase[:57] + "…"
