"""Where a glossary's terms stand in a German text: in any inflected form, and inside compounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from ..lexicon.tokens import Token, tokenise
from ..lexicon.words import is_german, is_german_compound, is_german_noun
from .glossary import Glossary, Term
from .inflection import forms

_MIN_PART: Final = 5
"""Letters of a term that is looked for inside compounds: `Rat` and `Amt` are in too many words."""
_MIN_REST: Final = 3
_JOINTS: Final = ("", "s", "es", "n", "en", "er")
_BEFORE: Final = frozenset({"vize", "ex", "alt", "neu", "co", "anti", "pro", "nicht", "mit", "haupt", "sonder"})
"""What stands before a term in a compound though the list of words does not have it, or has it as another word."""


class Use(NamedTuple):
    """A term that stands in a text: `text[start:end]`, a whole word or words, of which a compound is more than the term."""

    term: Term
    start: int
    end: int
    compound: bool


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity, as the glossary is
class _Index:
    """A glossary, made ready for looking up.

    Attributes:
        openings: Form of a term's first word → the terms, those with more words first.
        parts: Form → terms of one word that may stand inside a compound.
    """

    openings: dict[str, list[tuple[Term, tuple[frozenset[str], ...]]]]
    parts: dict[str, Term]


def uses(text: str, glossary: Glossary) -> tuple[Use, ...]:
    """Return where the terms stand in a text, in order and without overlap; a longer term wins over one inside it.

    A capitalised term is only found capitalised: `Grüne` is a party, `grüne` a colour.
    """
    return tuple(_found(tokenise(text), _index(glossary)))


def hints(sentences: Iterable[tuple[str, str]], glossary: Glossary) -> dict[Term, list[str]]:
    """Return the terms that stand in sentences, given as id and text, with the ids of those they stand in."""
    found: dict[Term, list[str]] = {}
    for sentence_id, text in sentences:
        for term in dict.fromkeys(use.term for use in uses(text, glossary)):
            found.setdefault(term, []).append(sentence_id)
    return found


def _found(tokens: Sequence[Token], index: _Index) -> Iterator[Use]:
    at = 0
    while at < len(tokens):
        match = _whole(tokens, at, index)
        if match:
            term, length = match
            yield Use(term, tokens[at].start, tokens[at + length - 1].end, compound=False)
            at += length
            continue
        token = tokens[at]
        if token.capitalised:
            for inside in _inside(token.text, index):
                yield Use(inside, token.start, token.end, compound=True)
        at += 1


def _whole(tokens: Sequence[Token], at: int, index: _Index) -> tuple[Term, int] | None:
    for term, words in index.openings.get(tokens[at].text.lower(), ()):
        following = tokens[at : at + len(words)]
        if len(following) == len(words) and all(
            token.text.lower() in known for token, known in zip(following, words, strict=True)
        ):
            if term.source[0].isupper() and not following[-1].capitalised:
                continue
            if _abbreviation(term.source) and following[0].text[:2].islower():
                continue
            return term, len(words)
    return None


@lru_cache(
    maxsize=16_384
)  # most words of a text are common ones, and each is looked at for the prompt and for the check
def _inside(word: str, index: _Index) -> tuple[Term, ...]:
    """Return the terms that a compound holds: before its head (`Bundesratsbeschluss`) and as its head (`Vizekanzlerin`)."""
    pieces = word.split("-")
    if len(pieces) > 1:
        found = (_piece(piece, index) for piece in pieces if piece[:1].isupper())
        return tuple(dict.fromkeys(term for term in found if term))
    low = word.lower()
    head = next(
        (cut for cut in range(_MIN_REST, len(low) - _MIN_PART + 1) if low[cut:] in index.parts and _opens(low[:cut])),
        None,
    )
    behind = low[head:] if head else None
    first = next(
        (term for cut in range(head or len(low), _MIN_PART - 1, -1) if (term := _before(low[:cut], low[cut:], index))),
        None,
    )
    return tuple(term for term in (first, index.parts[behind] if behind else None) if term)


def _piece(piece: str, index: _Index) -> Term | None:
    whole = [term for term, words in index.openings.get(piece.lower(), ()) if len(words) == 1]
    return whole[0] if whole else next(iter(_inside(piece, index)), None)


def _opens(before: str) -> bool:
    """Tell whether this can stand before the head of a compound: a word, or words, with a joint or without."""
    return before in _BEFORE or any(
        before.endswith(joint)
        and len(stem := before.removesuffix(joint)) >= _MIN_REST
        and (is_german(stem) or is_german_compound(stem))
        for joint in _JOINTS
    )


def _before(first: str, rest: str, index: _Index) -> Term | None:
    """Return the user's term that a compound begins with, if what follows is a word."""
    stems = (first.removesuffix(joint) for joint in _JOINTS if first.endswith(joint))
    term = next((index.parts[stem] for stem in stems if stem in index.parts), None)
    if term is None or term.builtin:  # the Bundestag election is the federal election
        return None
    word = is_german_noun(rest) or (len(rest) > _MIN_REST and (is_german(rest) or is_german_compound(rest)))
    return term if word else None


def _abbreviation(source: str) -> bool:
    return sum(letter.isupper() for letter in source[:3]) > 1


@lru_cache(maxsize=16)
def _index(glossary: Glossary) -> _Index:
    openings: dict[str, list[tuple[Term, tuple[frozenset[str], ...]]]] = {}
    parts: dict[str, Term] = {}
    for term in glossary.terms:
        words = [token.text for token in tokenise(term.source)]
        if not words:
            continue
        known = tuple(forms(word, modifier=place < len(words) - 1) for place, word in enumerate(words))
        for form in known[0]:
            openings.setdefault(form, []).append((term, known))
        if len(words) == 1 and len(words[0]) >= _MIN_PART and words[0][0].isupper() and not _abbreviation(term.source):
            parts.update(dict.fromkeys(known[0], term))
    for terms in openings.values():
        terms.sort(key=lambda item: -len(item[1]))
    return _Index(openings, parts)
