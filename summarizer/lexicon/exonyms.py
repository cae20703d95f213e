"""Names that German and English spell apart: Köln/Cologne, malisch/Malian, EZB/ECB.

`exonyms.txt` holds them, a line for each name with its derived forms in both languages. A line's number is the
identity of the name: a German word and an English word that share one mean the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files

from .folding import fold
from .words import is_german

_PREFIXES = (
    "nord",
    "sud",
    "ost",
    "west",
    "mittel",
    "zentral",
    "ex",
    "anti",
    "pro",
    "neu",
    "alt",
    "ur",
    "inner",
    "gross",
    "gesamt",
)
_INSTITUTIONS = "# --- Institutions, parties"


@dataclass(slots=True)
class _Side:
    """The forms of one language: `exact` and `stems` by folded word, `phrases` by the first word, which begin with `starts`."""

    exact: dict[str, set[int]] = field(default_factory=dict)
    stems: dict[str, set[int]] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], int]]] = field(default_factory=dict)
    longest: int = 0
    starts: set[str] = field(default_factory=set)
    stem_starts: set[str] = field(default_factory=set)

    def add(self, form: str, name: int) -> None:
        words = tuple(fold(word) for word in form.split("_"))
        if len(words) > 1:
            self.starts.add(words[0][:2])
            self.phrases.setdefault(words[0].rstrip("*"), []).append((words, name))
        elif form.endswith("*"):
            self.stems.setdefault(words[0][:-1], set()).add(name)
            self.stem_starts.add(words[0][:2])
            self.longest = max(self.longest, len(words[0]) - 1)
        else:
            self.exact.setdefault(words[0], set()).add(name)

    def lookup(self, word: str) -> set[int]:
        found = set(self.exact.get(word, ()))
        if word[:2] in self.stem_starts:
            for size in range(2, min(len(word), self.longest) + 1):
                if names := self.stems.get(word[:size]):
                    found |= names
        return found

    def phrase(self, words: list[str], i: int) -> dict[int, int]:
        """Return the names that a phrase beginning at `words[i]` stands for, each with the number of its words."""
        found: dict[int, int] = {}
        word = words[i]
        for size in range(len(word), 1, -1):
            for forms, name in self.phrases.get(word[:size], ()):
                if len(words) >= i + len(forms) and all(_fits(f, w) for f, w in zip(forms, words[i:], strict=False)):
                    found[name] = len(forms)
        return found


def _fits(form: str, word: str) -> bool:
    return word.startswith(form[:-1]) if form.endswith("*") else word == form


@dataclass(frozen=True, slots=True)
class Names:
    """The table: the forms of both sides, and the names that a translation may leave to other words."""

    german: _Side
    english: _Side
    weak: frozenset[int]


@cache
def names() -> Names:
    """Return the table of `exonyms.txt`, read once."""
    german, english = _Side(), _Side()
    weak: set[int] = set()
    institutions = False
    lines = files(__package__).joinpath("exonyms.txt").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        institutions = institutions or line.startswith(_INSTITUTIONS)
        if line.startswith("#") or "=" not in line:
            continue
        if institutions:
            weak.add(number)
        left, right = line.split(" = ")
        for form in left.split():
            # a form with ~ supports the English name, but does not ask for it
            name = -number if form.startswith("~") else number
            german.add(form.lstrip("~"), name)
        for form in right.split():
            english.add(form, number)
    return Names(german, english, frozenset(weak))


@lru_cache(maxsize=65_536)
def of_german(word: str) -> frozenset[int]:
    """Return the names that a German word stands for; negative for one that it only hints at (Bundes-: German)."""
    side = names().german
    low = fold(word)
    found = side.lookup(low)
    while not any(name > 0 for name in found) and low.startswith(_PREFIXES):
        prefix = next((p for p in _PREFIXES if low.startswith(p) and len(low) - len(p) > 3), None)
        if prefix is None:
            break
        low = low[len(prefix) :]
        found |= side.lookup(low)
    return frozenset(found)


@lru_cache(maxsize=65_536)
def of_english(word: str) -> frozenset[int]:
    """Return the names that an English word stands for."""
    low = fold(word)
    found = names().english.lookup(low)
    if not found and low.endswith("s"):
        found = names().english.lookup(low[:-1])
    return frozenset(found)


def is_place(german: str) -> bool:
    """Return whether a German word is a country, region or city that has an English name of its own."""
    return any(name > 0 and name not in names().weak for name in of_german(german))


_PLACE_ENDINGS = frozenset(
    ("", "s", "ien", "iens", "en", "ens", "n", "ns", "e", "es", "o", "os", "a", "as", "ei", "on", "i", "is")
)


def is_german_place(word: str) -> bool:
    """Return whether `word` is the German name of a place that English calls otherwise: `Kalifornien`, `Nordkorea`.

    A surname that only begins like one is none: `Münch`, `Böhm`.
    """
    if not of_german(word) or (of_english(word) and not word.endswith(("ien", "iens"))):
        return False
    if any(is_german(word + rest) for rest in ("en", "n")):
        return False
    low, side = fold(word), names().german
    while low:
        found = set(side.exact.get(low, ()))
        for size in range(3, len(low) + 1):
            if low[size:] in _PLACE_ENDINGS:
                found |= side.stems.get(low[:size], set())
        if found:
            return any(name > 0 and name not in names().weak for name in found)
        low = next((low[len(p) :] for p in _PREFIXES if low.startswith(p) and len(low) - len(p) > 3), "")
    return False
