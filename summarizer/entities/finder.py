"""The names of an article: persons, organisations and places, each with every sentence that it stands in.

Signs inside a sentence come first (lists, offices, given names, legal forms, prepositions); then what one sentence has
made sure is found again in the others, where it stands without a sign: `Borchers` after `Frank Borchers`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..items import Entity, Organisation, Person, Place
from ..lexicon.gazetteer import is_given_name
from ..lexicon.words import is_german
from .abbreviations import is_abbreviation, other_abbreviations
from .candidate import FORMED, GUESSED, Candidate
from .organisations import organisations
from .persons import persons
from .places import places
from .words import Word, is_common, is_strange, words_of

POLITE = ("Mr", "Ms")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a sentence: its index, `text[start:end]`, and what it is.

    Attributes:
        sentence: Index of the sentence.
        start: Offset of the first character in it.
        end: Offset behind the last.
        text: The name as printed there, a genitive's s left out where that is sure.
        of: Its class.
        english: Its English, if a list has it.
        role: The office printed before it, in English.
    """

    sentence: int
    start: int
    end: int
    text: str
    of: type[Entity]
    english: str | None = None
    role: str | None = None


@dataclass(slots=True)
class Found:
    """One person, organisation or place of an article: its fullest name, and all mentions in order."""

    of: type[Entity]
    printed: str
    mentions: list[Mention] = field(default_factory=list)

    @property
    def english(self) -> str:
        """The name in English: from a list, or as printed."""
        return next((mention.english for mention in self.mentions if mention.english), self.printed)

    @property
    def role(self) -> str | None:
        """The first office that is printed before the name, in English; a mere Mr or Ms is none."""
        return next((mention.role for mention in self.mentions if mention.role and mention.role not in POLITE), None)

    @property
    def sentences(self) -> tuple[int, ...]:
        """Indexes of the sentences that name it, in order, each once."""
        return tuple(dict.fromkeys(mention.sentence for mention in self.mentions))


def find_names(texts: Sequence[str]) -> list[Mention]:
    """Return the names of an article's sentences in order; none overlap.

    Args:
        texts: The sentences' German, in the article's order.
    """
    read = [(text, words_of(text)) for text in texts]
    every = [[*persons(*one), *organisations(*one), *places(*one)] for one in read]
    counts = Counter(word.text for _, words in read for i, word in enumerate(words) if _alone(words, i))
    every = [
        [_without_genitive(text, one, counts) for one in candidates]
        for (text, _), candidates in zip(read, every, strict=True)
    ]
    doubted = _doubted_abbreviations(read, every) | _doubted_surnames(read, every, counts)
    chosen = [
        _chosen([one for one in candidates if text[one.start : one.end] not in doubted])
        for (text, _), candidates in zip(read, every, strict=True)
    ]
    known = _single_names(read, chosen)
    found: list[Mention] = []
    for index, ((text, words), candidates) in enumerate(zip(read, chosen, strict=True)):
        again = [*candidates, *_again(words, known)]
        found.extend(
            Mention(index, one.start, one.end, text[one.start : one.end], one.of, one.english, one.role)
            for one in sorted(_chosen(again))
        )
    return found


def group(mentions: Sequence[Mention]) -> list[Found]:
    """Return the persons, organisations and places that mentions name, in the order of the article.

    A surname belongs to the person whose full name ends with it, the first word of a company's name to the company, if
    only one has it.
    """
    owners: dict[tuple[type[Entity], str], set[str]] = {}
    for mention in mentions:
        if mention.of is not Place and " " in mention.text:
            part = mention.text.split()[-1 if mention.of is Person else 0]
            owners.setdefault((mention.of, part), set()).add(mention.text)
    found: dict[tuple[type[Entity], str], Found] = {}
    for mention in mentions:
        name = mention.text
        if mention.of is not Place and " " not in name:
            whole = owners.get((mention.of, name)) or owners.get((mention.of, name.removesuffix("s"))) or ()
            name = next(iter(whole)) if len(whole) == 1 else name
        key = name if mention.of is Person else mention.english or name
        same = found.get((mention.of, key)) or found.get((mention.of, name))
        if same is None:
            same = Found(mention.of, name)
        found.setdefault((mention.of, key), same)
        found.setdefault((mention.of, name), same)
        same.mentions.append(mention)
    return list({id(one): one for one in found.values()}.values())


def _chosen(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates that stand: the stronger before the weaker, then the longer before the shorter."""
    taken: list[Candidate] = []
    for one in sorted(candidates, key=lambda one: (-one.strength, one.start - one.end)):
        if all(one.end <= other.start or other.end <= one.start for other in taken):
            taken.append(one)
    return taken


def _doubted_abbreviations(read: Sequence[tuple[str, list[Word]]], every: Sequence[Sequence[Candidate]]) -> set[str]:
    """Return the abbreviations that stand for something else, or only once and without a sign of what they are."""
    counts: Counter[str] = Counter()
    sure: set[str] = set()
    for (text, _), candidates in zip(read, every, strict=True):
        for one in candidates:
            name = text[one.start : one.end]
            if one.of is Organisation and is_abbreviation(name):
                counts[name] += 1
                if one.strength > GUESSED:
                    sure.add(name)
    other = {name for _, words in read for name in other_abbreviations(words)}
    return other | {name for name, count in counts.items() if count < 2 and name not in sure}


def _doubted_surnames(
    read: Sequence[tuple[str, list[Word]]], every: Sequence[Sequence[Candidate]], counts: Counter[str]
) -> set[str]:
    """Return words of German that only an office before them makes a surname, and that stand nowhere else: `Minister Furore`."""
    names = {
        text[one.start : one.end]
        for (text, _), candidates in zip(read, every, strict=True)
        for one in candidates
        if one.of is Person and one.role not in POLITE
    }
    return {
        name for name in names if name.isalpha() and is_german(name.lower()) and counts[name] + counts[name + "s"] < 2
    }


def _without_genitive(text: str, one: Candidate, counts: Counter[str]) -> Candidate:
    """Return a person's name without its s, if the article has it without elsewhere."""
    last = text[one.start : one.end].split()[-1]
    genitive = one.of is Person and last.endswith("s") and counts[last[:-1]] > 0
    return one._replace(end=one.end - 1) if genitive else one


def _single_names(
    read: Sequence[tuple[str, list[Word]]], chosen: Sequence[Sequence[Candidate]]
) -> dict[str, Candidate]:
    """Return the words by which a name that has been found may be named again: surnames, unknown places, short names."""
    known: dict[str, Candidate] = {}
    for (text, _), candidates in zip(read, chosen, strict=True):
        for one in candidates:
            name = text[one.start : one.end]
            last = name.split()[-1]
            if one.of is Person and not is_given_name(last):
                known.setdefault(last, one)
            elif one.of is not Person and " " not in name and is_strange(name):
                known.setdefault(name, one)
            elif one.of is Organisation and one.strength == FORMED and not is_german(name.split()[0].lower()):
                known.setdefault(name.split()[0], one)
    return known


def _again(words: Sequence[Word], known: dict[str, Candidate]) -> list[Candidate]:
    """Return what a sentence names by a word of a name found elsewhere."""
    found = []
    for i, word in enumerate(words):
        for name, less in ((word.text, 0), (word.text.removesuffix("s"), int(word.text.endswith("s")))):
            one = known.get(name)
            if one is None or (is_common(name) and not _alone(words, i)):
                continue
            english = one.english if one.of is Place else None
            found.append(Candidate(word.start, word.end - less, one.of, GUESSED - 1, english))
            break
    return found


def _alone(words: Sequence[Word], i: int) -> bool:
    """Whether a word that is a noun too stands without an article or adjective inside a sentence: then it is the name."""
    if i == 0:
        return True
    before = words[i - 1].text
    return not before.endswith(
        ("er", "en", "es", "em", "ie", "as", "e", "ein", "zum", "zur", "im", "am", "beim", "vom")
    )
