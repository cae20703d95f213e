"""Forms of a name that survive translation: folded spelling, consonant skeleton, likeness."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_FOLDS = str.maketrans(
    {
        "ß": "ss",
        "æ": "a",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ı": "i",
        "þ": "th",
        "ð": "d",
        "œ": "o",
        "’": "",
        "'": "",
        "‑": "-",
    }
)
_DIGRAPHS = re.compile(
    "tsch|tch|sch|sh|zh|cz|sz|ts|tz|dsch|dj|dz|ch|kh|gh|ck|qu|ph|th|ae|oe|ue|ie|ij|yi|ou|(?<=[ae])h$"
)
_SOUNDS = {
    "tsch": "k", "tch": "k", "sch": "s", "sh": "s", "zh": "s", "cz": "s", "sz": "s", "ts": "s", "tz": "s",
    "dsch": "j", "dj": "j", "dz": "j", "ch": "k", "kh": "k", "gh": "g", "ck": "k", "qu": "k",
    "ph": "f", "th": "t", "ae": "a", "oe": "o", "ue": "u", "ie": "i", "ij": "i", "yi": "i", "ou": "u",
    "h": "",
}  # fmt: skip
"""What letters sound like; *tsch* like *ch*, since English has it for both of German (*Tschechow*/Chekhov, *Charkiw*/Kharkiv)."""
_LETTERS = str.maketrans("cqwyxz", "kkviss")
_DOUBLE = re.compile(r"(.)\1+")


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """Return `word` in lower case without accents, apostrophes and ligatures: `Łódź` → `lodz`, `Straße` → `strasse`."""
    low = word.lower()
    if low.isascii():
        return low.replace("'", "")
    decomposed = unicodedata.normalize("NFKD", low.translate(_FOLDS))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """Return how a folded word sounds, roughly alike for German and English spelling: `tschechow` → `kekov`."""
    letters = _DIGRAPHS.sub(lambda match: _SOUNDS.get(match.group(), match.group()), fold(word))
    return _DOUBLE.sub(r"\1", letters.translate(_LETTERS).replace("j", "i"))


@lru_cache(maxsize=65_536)
def skeleton(word: str) -> str:
    """Return the consonants of `sound(word)`, a first vowel as `a`: `Selenskyj` and `Zelensky` → `slnsk`."""
    letters = sound(word)
    consonants = _DOUBLE.sub(r"\1", re.sub("[aeiou]", "", letters[1:]))
    return ("a" if letters[:1] in set("aeiou") else letters[:1]) + consonants


@lru_cache(maxsize=65_536)
def alike(one: str, other: str) -> bool:
    """Whether two names are spellings of one: `Selenskyj`/`Zelenskyy`, `Schoigu`/`Shoigu`, `Merkels`/`Merkel`."""
    a, b = fold(one), fold(other)
    if a == b:
        return True
    if min(len(a), len(b)) < 4:
        return False
    x, y = sound(one), sound(other)
    if x == y:
        return True
    first, second = skeleton(one), skeleton(other)
    if first == second and len(first) > 2:
        return True
    # an ending more, of a case or a people: Obamas, Kosovaren/Kosovars
    if len(first) > 3 and len(second) > 3 and (first.startswith(second) or second.startswith(first)):
        return abs(len(first) - len(second)) < 3
    if not first or not second or first[0] != second[0]:
        return False
    longest = max(len(x), len(y))
    return longest > 4 and distance(x, y, longest // 5) <= longest // 5


def distance(one: str, other: str, limit: int) -> int:
    """Return the Levenshtein distance of two words, or `limit + 1` as soon as it is larger."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            previous, row[j] = row[j], min(previous + (a != b), row[j] + 1, row[j - 1] + 1)
        if min(row) > limit:
            return limit + 1
    return row[-1]
