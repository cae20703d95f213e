"""What an extractive brief is made of: the article's sentences, their names, and which translations are sound."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ..article import Sentence, plain
from ..checks import Pair
from ..draft import Draft, pair
from ..entities import Found, Mention, find_names, group
from ..findings import Span
from ..items import Organisation, Person, Place


@dataclass(frozen=True, slots=True)
class Vouched:
    """A sentence with a translation that no check objects to."""

    sentence: Sentence
    pair: Pair

    @property
    def german(self) -> str:
        """The sentence on one line."""
        return self.pair.source

    @property
    def english(self) -> str:
        """Its translation."""
        return self.pair.target

    @property
    def evidence(self) -> tuple[str]:
        """Its id."""
        return (self.sentence.id,)


class Reading:
    """An article as it is read for a brief.

    Attributes:
        draft: The finished translation.
        sentences: The article's sentences, headings among them.
        german: Their text on one line each.
    """

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.sentences: Sequence[Sentence] = draft.article.sentences
        self.german = [plain(sentence.text) for sentence in self.sentences]

    @cached_property
    def vouched(self) -> list[Vouched]:
        """The sentences whose translation no check objects to, in order."""
        return [
            Vouched(sentence, pair(self.draft.article, sentence, text, self.draft.glossary))
            for sentence in self.sentences
            if (text := self.draft.texts.get(sentence.id)) and not self.draft.assessed(sentence.id).doubtful
        ]

    @cached_property
    def by_id(self) -> dict[str, Vouched]:
        """The same by sentence id."""
        return {item.sentence.id: item for item in self.vouched}

    @cached_property
    def mentions(self) -> list[Mention]:
        """The names of the whole article; they come from the German and need no translation."""
        return find_names(self.german)

    @cached_property
    def _by_sentence(self) -> dict[int, list[Mention]]:
        found: dict[int, list[Mention]] = {}
        for mention in self.mentions:
            found.setdefault(mention.sentence, []).append(mention)
        return found

    def mentions_in(self, sentence: Sentence) -> list[Mention]:
        """Return the names that stand in a sentence, in order."""
        return self._by_sentence.get(int(sentence.id[1:]) - 1, [])

    @cached_property
    def names(self) -> list[Found]:
        """Each person, organisation and place with its mentions."""
        return group(self.mentions)

    @cached_property
    def _owners(self) -> dict[Mention, Found]:
        return {mention: found for found in self.names for mention in found.mentions}

    def owner(self, mention: Mention) -> Found:
        """Return the person, organisation or place that a mention names."""
        return self._owners[mention]

    def english_name(self, found: Found) -> str:
        """Return a name in English: the user's glossary's, a list's, or as printed."""
        wanted = {term.source: term.targets[0] for term in self.draft.glossary.terms if not term.builtin}
        return wanted.get(found.printed, found.english)

    def named_in(self, sentence: Sentence, *classes: type[Person | Organisation | Place]) -> list[Found]:
        """Return the names of these classes in a sentence, in order, each once."""
        found = (self.owner(mention) for mention in self.mentions_in(sentence) if mention.of in classes)
        return list({id(one): one for one in found}.values())

    def spans_of_names(self, sentence: Sentence) -> list[tuple[int, int]]:
        """Return where names stand in a sentence."""
        return [(mention.start, mention.end) for mention in self.mentions_in(sentence)]

    def speaker(self, sentence: Sentence, span: Span | None) -> str | None:
        """Return the English name that the German words for a speaker are: not one that only stands in them.

        `die Kanzlerin Angela Merkel` is Angela Merkel; `Merkels Sprecher` and `die Chefin der Freien Wähler` are None.
        """
        if span is None:
            return None
        inside = [
            mention
            for mention in self.mentions_in(sentence)
            if mention.of is not Place and span.start <= mention.start and mention.end <= span.end
        ]
        text = self.german[int(sentence.id[1:]) - 1]
        heads = [
            mention
            for mention in inside
            if not _POSSESSOR.search(text[span.start : mention.start])
            and not _POSSESSED.match(text[mention.end : span.end])
        ]
        people = [mention for mention in heads if mention.of is Person]
        best = people or heads
        return self.english_name(self.owner(best[0])) if best else None


_POSSESSOR = re.compile(r"[A-ZÄÖÜ][\w-]+\s+(?:von|vom|des|der|aus|für|bei|beim|im|in|zu|zum|zur)\b")
"""A noun with what belongs to it before a name: the noun speaks, not the name."""
_POSSESSED = re.compile(r"(?:s|['’])?(?:\s+[a-zäöü]\w+)*\s+[A-ZÄÖÜ]|-")
"""A noun behind a name in the genitive, or in one word with it."""
