"""Translation errors made on purpose, by rule and by seed: a good English sentence in, a wrong one out.

Each maker takes a random generator, the German and the good English (and a pool of names of other sentences),
and returns the spoilt English, or None where the sentence offers nothing to spoil.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from random import Random

Rows = Sequence[tuple[str, str]]
"""Good pairs: German, English."""

_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?![\w])")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-zäöüß]{2,}(?:-[A-Z][a-zäöüß]+)?\b")
_AUXILIARY = re.compile(
    r"\b(is|are|was|were|has|have|had|will|would|can|could|should|must|may|might|do|does|did)\b(?! not|n't)"
)
_NEGATION = re.compile(r"\b(not|never|no longer|no) |n['’]t\b|\bcannot\b")
_ADDITIONS = (
    "early", "empty", "expensive", "famous", "foreign", "green", "heavily", "hidden", "local", "modern", "often",
    "partly", "private", "quietly", "rural", "secret", "seldom", "sharply", "small", "strange", "twice", "wooden",
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def names(rows: Rows) -> list[str]:
    """Return the names that stand letter for letter in both sides of a pair, inside an English sentence."""
    return sorted({name for source, target in rows for name in _shared_names(source, target)})


def numbers_replaced(rng: Random, source: str, target: str, pool: Sequence[str]) -> str | None:
    """Change one number written in figures: another digit, two digits exchanged, or ten times as much."""
    del source, pool
    found = list(_NUMBER.finditer(target))
    if not found:
        return None
    match = rng.choice(found)
    return target[: match.start()] + _other_number(rng, match.group()) + target[match.end() :]


def names_replaced(rng: Random, source: str, target: str, pool: Sequence[str]) -> str | None:
    """Put the name of another sentence in the place of one that both sides share."""
    shared = _shared_names(source, target)
    others = [name for name in pool if name not in source and name not in target]
    if not shared or not others:
        return None
    name = rng.choice(shared)
    return re.sub(rf"\b{re.escape(name)}\b", rng.choice(others), target)


def negation_changed(rng: Random, source: str, target: str, pool: Sequence[str]) -> str | None:
    """Drop the negation of a sentence, or put a `not` behind an auxiliary verb where there is none."""
    del source, pool
    if found := list(_NEGATION.finditer(target)):
        match = rng.choice(found)
        kept = "can" if match.group() == "cannot" else ""
        return target[: match.start()] + kept + target[match.end() :]
    auxiliaries = list(_AUXILIARY.finditer(target))
    if not auxiliaries:
        return None
    match = rng.choice(auxiliaries)
    return f"{target[: match.end()]} not{target[match.end() :]}"


def left_untranslated(rng: Random, source: str, target: str, pool: Sequence[str]) -> str | None:
    """Leave German in the English: now and then all of it, mostly a run of one to four words."""
    del pool
    if rng.random() < 0.2:
        return source
    german, english = list(_WORD.finditer(source)), list(_WORD.finditer(target))
    known = {match.group().lower() for match in english}
    length = rng.randint(1, 4)
    starts = [
        start
        for start in range(len(german) - length + 1)
        if any(len(m.group()) > 4 and m.group().lower() not in known for m in german[start : start + length])
    ]
    if not starts or len(english) <= length:
        return None
    start = rng.choice(starts)
    place = min(round(start / len(german) * len(english)), len(english) - length)
    words = source[german[start].start() : german[start + length - 1].end()]
    return target[: english[place].start()] + words + target[english[place + length - 1].end() :]


def word_dropped(rng: Random, source: str, target: str, pool: Sequence[str]) -> str | None:
    """Leave out one word of four letters or more."""
    del source, pool
    found = [match for match in _WORD.finditer(target) if len(match.group()) > 3]
    if len(found) < 2:
        return None
    match = rng.choice(found)
    return " ".join((target[: match.start()] + target[match.end() :]).split())


def word_added(rng: Random, source: str, target: str, pool: Sequence[str]) -> str | None:
    """Put an adjective or adverb before a word, as if the source had it."""
    del source, pool
    found = [match for match in _WORD.finditer(target) if len(match.group()) > 3]
    if not found:
        return None
    place = rng.choice(found).start()
    return f"{target[:place]}{rng.choice(_ADDITIONS)} {target[place:]}"


def part_lost(rng: Random, source: str, target: str, pool: Sequence[str]) -> str | None:
    """Leave out a run of a fifth to a half of the words, from one comma to the next where that is such a run."""
    del source, pool
    words = target.split()
    if len(words) < 6:
        return None
    joints = [0, *(i + 1 for i, word in enumerate(words[:-1]) if word[-1] in ",;:–"), len(words)]
    clauses = [(a, b) for a in joints for b in joints if 0.2 <= (b - a) / len(words) <= 0.5]
    length = rng.randint(math.ceil(len(words) / 5), len(words) // 2)
    start = rng.randint(0, len(words) - length)
    first, last = rng.choice(clauses) if clauses else (start, start + length)
    return " ".join(words[:first] + words[last:]).rstrip(",;:– ") or None


def words_shuffled(rng: Random, source: str, target: str, pool: Sequence[str]) -> str | None:
    """Put the words in any order."""
    del source, pool
    words = target.split()
    rng.shuffle(words)
    return " ".join(words)


Maker = Callable[[Random, str, str, Sequence[str]], str | None]

MAKERS: dict[str, Maker] = {
    "numbers_replaced": numbers_replaced,
    "names_replaced": names_replaced,
    "negation": negation_changed,
    "untranslated": left_untranslated,
}
"""What is made for the figures, by the name that they carry."""
FURTHER: dict[str, Maker] = {
    "part_lost": part_lost,
    "word_dropped": word_dropped,
    "word_added": word_added,
    "words_shuffled": words_shuffled,
}
"""What only the fit of the confidence uses: the good version must score above these."""


def spoil(rows: Rows, maker: str, seed: int = 7) -> Iterable[tuple[int, str]]:
    """Yield the index of each row that `maker` can spoil, with the spoilt English; the same seed, the same errors."""
    rng, pool = Random(seed), names(rows)
    for index, (source, target) in enumerate(rows):
        spoilt = (MAKERS | FURTHER)[maker](rng, source, target, pool)
        if spoilt is not None and spoilt != target:
            yield index, spoilt


def _shared_names(source: str, target: str) -> list[str]:
    return sorted(
        {m.group() for m in _NAME.finditer(target) if re.search(rf"\b{re.escape(m.group())}(?:s|')?\b", source)}
    )


def _other_number(rng: Random, number: str) -> str:
    digits = [index for index, char in enumerate(number) if char.isdigit()]
    swaps = [(a, b) for a, b in pairwise(digits) if number[a] != number[b] and number[b] != "0"]
    how = rng.choice(["digit", "digit", "swap", "tenfold"])
    chars = list(number)
    if how == "swap" and swaps:
        a, b = rng.choice(swaps)
        chars[a], chars[b] = chars[b], chars[a]
    elif how == "tenfold" and number.isdigit():
        chars.append("0")
    else:
        place = rng.choice(digits)
        chars[place] = rng.choice([digit for digit in "123456789" if digit != chars[place]])
    return "".join(chars)
