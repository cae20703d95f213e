"""Names: a person, organisation or place that one side has and the other does not, or that became another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..findings import Finding, Severity, Span
from ..lexicon.exonyms import is_place, of_english, of_german
from ..lexicon.folding import distance, fold
from ..lexicon.given import GIVEN_NAMES
from ..lexicon.tokens import Token, tokenise
from ..lexicon.words import counts, is_english
from . import Pair
from .name_losses import Loss, losses
from .name_phrases import cut_short
from .name_sides import Sides
from .name_words import LIKELY, NEVER_NAMES, POSSIBLE, SURE, is_abbreviation, is_common, is_inside
from .offices import offices

_ADJECTIVE = re.compile(
    r"(?i)(?!.*(stan|iran|japan|sudan|oman|jordan|taiwan|mali|haiti|malawi|burundi|fiji)$)"
    r".*(an|ans|ish|ese|ic|ch|i|u\.?s\.?|uk)$"
)
_HOME = re.compile(r"(?:German[sy]?|Austria(?:ns?)?|Bavaria(?:ns?)?|Swiss|Switzerland)$")
"""Where German news is at home, which English says for its readers: *der Verfassungsschutz* → Germany's intelligence agency."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name on both sides: where it stands in the German and in the English, and the English form."""

    source: Span
    target: Span

    @property
    def english(self) -> str:
        """The name as the English has it."""
        return self.target.text

    @property
    def printed(self) -> str:
        """The name as the German prints it."""
        return self.source.text


def check(pair: Pair) -> Iterator[Finding]:
    """Yield `names.changed`, `names.replaced`, `names.added` and `names.missing`.

    A name of the English without support, and a capitalised word that translates nothing, are paired with the name of
    the German that stood in its place.
    """
    if not tokenise(pair.target):
        return
    yield from offices(pair)
    sides = Sides(pair)
    for token in sides.endings():
        message = f"The English leaves “{token.text}” in the German genitive; the name is “{token.text[:-1]}”."
        yield _finding(pair, "names.changed", "warning", message, None, token.span)
    for token in sides.lost_nationalities():
        message = f"The English does not have “{token.text}”."
        yield _finding(pair, "names.missing", "warning", message, token.span, None)
    for phrase, kept in cut_short(pair):
        source, target = _cover(phrase, pair.source), _cover(kept, pair.target)
        message = f"The English has only a part of “{source.text}”."
        yield _finding(pair, "names.missing", "warning", message, source, target)
    added, words = _unsupported(sides)
    lost = list(losses(sides, POSSIBLE if added or words else SURE))
    _drop_spelled_out(added, words, lost, pair)
    for group in _adjacent(added, pair.target):
        target = _cover(group, pair.target)
        abbreviated = all(is_abbreviation(token.text) for token in group)
        partner = _beside(group, lost, sides) or _nearest(
            group, _whole(lost, pair, SURE if abbreviated else POSSIBLE), pair
        )
        home = all(_HOME.match(token.text) for token in group)
        severity: Severity
        if partner and (not home or any(is_place(loss.word.text) for loss in partner)):
            lost = [loss for loss in lost if loss not in partner]
            source = _cover([loss.word for loss in partner], pair.source)
            spelling = all(_near(new.text, old.word.text) for new, old in zip(group, partner, strict=False))
            short = abbreviated and not any(is_abbreviation(loss.word.text) for loss in partner)
            severity = "warning" if spelling or short else "error"
            message = f"The English has “{target.text}” where the German has “{source.text}”."
            yield _finding(pair, "names.changed", severity, message, source, target)
        else:
            severity = "info" if home else "error" if any(_sure(sides, token) for token in group) else "warning"
            yield _finding(pair, "names.added", severity, f"The German has no “{target.text}”.", None, target)
    for group in _adjacent(words, pair.target):
        beside = _beside(group, lost, sides)
        partner = beside or _in_its_place(group, lost, pair)
        if partner:
            lost = [loss for loss in lost if loss not in partner]
            source, target = _cover([loss.word for loss in partner], pair.source), _cover(group, pair.target)
            message = f"The English has “{target.text}” where the German has the name “{source.text}”."
            yield _finding(pair, "names.replaced", "error" if beside else "warning", message, source, target)
    for missing in _whole(lost, pair, SURE):
        source = _cover([loss.word for loss in missing], pair.source)
        if any(loss.word.capitalised for loss in missing):
            yield _finding(
                pair, "names.missing", "warning", f"The English does not have “{source.text}”.", source, None
            )


def _drop_spelled_out(added: list[Token], words: list[Token], lost: list[Loss], pair: Pair) -> None:
    """Take each abbreviation of the German and the institution that the English has for it out of the lists: *BAMF* → Federal Office."""
    for group in list(_adjacent(sorted(added + words, key=lambda token: token.start), pair.target)):
        short = [loss for loss in lost if is_abbreviation(loss.word.text)]
        if short and len(group) > 1 and not set(words).isdisjoint(group):
            lost.remove(min(short, key=lambda loss: _distance(loss, group[0], pair)))
            added[:] = [token for token in added if token not in group]
            words[:] = [token for token in words if token not in group]


def _whole(lost: list[Loss], pair: Pair, at_least: int = POSSIBLE) -> list[list[Loss]]:
    """Return the lost names that are no part of a kept one, words side by side together."""
    by_word = {loss.word: loss for loss in lost if loss.beside is None and loss.certainty >= at_least}
    return [[by_word[word] for word in group] for group in _adjacent(list(by_word), pair.source)]


def _beside(group: list[Token], lost: list[Loss], sides: Sides) -> list[Loss] | None:
    """Return the lost part of a name whose other part stands beside the group in the English."""
    places = {sides.places[group[0]] - 1: 1, sides.places[group[-1]] + 1: 0}
    for loss in lost:
        if loss.beside and places.get(loss.beside[0]) == loss.beside[1]:
            return [loss]
    return None


def _nearest(group: list[Token], lost: list[list[Loss]], pair: Pair) -> list[Loss] | None:
    """Return the lost name that the unsupported name most likely replaced."""

    def unlikeness(losses: list[Loss]) -> tuple[bool, int, float]:
        near = any(_near(loss.word.text, token.text) for loss in losses for token in group)
        return not near, -max(loss.certainty for loss in losses), _distance(losses[0], group[0], pair)

    return min(lost, key=unlikeness, default=None)


def _in_its_place(group: list[Token], lost: list[Loss], pair: Pair) -> list[Loss] | None:
    """Return the lost name that stood where the English has a common word with a capital."""
    near = [losses for losses in _whole(lost, pair, LIKELY) if _distance(losses[0], group[0], pair) < _IN_PLACE]
    return min(near, key=lambda losses: _distance(losses[0], group[0], pair), default=None)


def _distance(loss: Loss, token: Token, pair: Pair) -> float:
    """Return how far apart two words stand, as a share of the sentence."""
    return abs(loss.word.start / len(pair.source) - token.start / len(pair.target))


def _near(one: str, other: str) -> bool:
    """Say whether two names are so near that one is a slip of the other."""
    a, b = fold(one), fold(other)
    limit = max(1, max(len(a), len(b)) // 3)
    return a[:1] == b[:1] and distance(a, b, limit) <= limit


def source_names(pair: Pair) -> list[Name]:
    """Return the names that both sides have, in the order of the English; each word of a name by itself is joined."""
    sides = Sides(pair)
    found: list[Name] = []
    for i, token in enumerate(sides.english):
        if (
            not token.capitalised
            or fold(token.text) in NEVER_NAMES
            or (is_common(token.text) and not sides.english_names[i])
        ):
            continue
        partner = sides.in_german(token, sides.english_names[i])
        if partner is None or not partner.capitalised:
            continue
        last = found[-1] if found and pair.target[found[-1].target.end : token.start] == " " else None
        if last and pair.source[last.source.end : partner.start] == " ":
            found[-1] = Name(_join(last.source, partner, pair.source), _join(last.target, token, pair.target))
        else:
            found.append(Name(partner.span, token.span))
    return found


def _join(span: Span, token: Token, text: str) -> Span:
    return Span(start=span.start, end=token.end, text=text[span.start : token.end])


def _finding(
    pair: Pair, code: str, severity: Severity, message: str, source: Span | None, target: Span | None
) -> Finding:
    return pair.finding(
        code,
        severity,
        message,
        (source,) if source else (),
        (target,) if target else (),
    )


def _unsupported(sides: Sides) -> tuple[list[Token], list[Token]]:
    """Return the words with a capital that the German does not vouch for: those that look like names, and the others."""
    added: list[Token] = []
    words: list[Token] = []
    title = _title_case(sides.english)
    for i, token in enumerate(sides.english):
        if not token.capitalised:
            continue
        word = token.text
        if len(word) < 2 or fold(word) in NEVER_NAMES:
            continue
        common = is_common(word)
        big_anyway = title or not is_inside(sides.pair.target, token.start)
        if big_anyway and (common or (is_english(word) and not sides.english_names[i])):
            continue
        if common and len(word) < 3:
            continue
        if sides.in_german(token, sides.english_names[i]) is None and not (not common and _initials(sides, token)):
            of_phrase = sides.english_names[i] - of_english(word)  # the United States
            (words if common and not of_phrase else added).append(token)
    return added, words


_IN_PLACE = 0.3


def _title_case(words: list[Token]) -> bool:
    longer = [word for word in words if len(word.text) > 3]
    return len(longer) > 2 and sum(word.capitalised for word in longer) > 0.6 * len(longer)


def _sure(sides: Sides, token: Token) -> bool:
    """Say whether a name without support is worth asking again: no adjective or given name added for clearness."""
    word, low = token.text, fold(token.text)
    if is_abbreviation(word):
        return False
    i = sides.places[token]
    if of_english(word):
        return not _ADJECTIVE.match(word)
    after = sides.english[i + 1] if i + 1 < len(sides.english) else None
    if after and after.capitalised and sides.in_german(after, sides.english_names[i + 1]):
        return False  # Donald before a Trump that the German has
    return not is_english(word) or low in GIVEN_NAMES or counts("en").get(low) < 400


def _initials(sides: Sides, token: Token) -> bool:
    """Say whether an abbreviation of the English has a counterpart: one in the German, or words with its initials."""
    word = token.text.replace(".", "").removesuffix("s")
    if not word.isupper() or len(word) > 6:
        return False
    if any(
        is_abbreviation(part.text)
        and len(part.text) == len(word)
        and not of_german(part.text)
        and part.text not in sides.pair.target
        for part in sides.german
    ):
        return True
    for text in (sides.german, sides.english):
        letters = "".join(part.text[0].upper() for part in text if part.capitalised)
        if word in letters:
            return True
    return any(_is_made_of(word, sides.german[i:j]) for i in range(len(sides.german)) for j in (i + 1, i + 2, i + 3))


def _is_made_of(abbreviation: str, words: list[Token]) -> bool:
    """Say whether an abbreviation is letters of these words in their order, with the first of each: STIKO, ständige Impfkommission."""
    if len(abbreviation) < 3 or not words or words[0].text[0].upper() != abbreviation[0]:
        return False
    first, letters = "".join(word.text[0] for word in words), "".join(word.text for word in words)
    return _runs_through(abbreviation, letters.upper()) and _runs_through(first.upper(), abbreviation)


def _runs_through(short: str, long: str) -> bool:
    rest = iter(long)
    return all(letter in rest for letter in short)


def _adjacent(tokens: list[Token], text: str) -> Iterator[list[Token]]:
    group: list[Token] = []
    for token in tokens:
        if group and text[group[-1].end : token.start].strip(" .-") == "":
            group.append(token)
        else:
            if group:
                yield group
            group = [token]
    if group:
        yield group


def _cover(tokens: list[Token], text: str) -> Span:
    return Span(start=tokens[0].start, end=tokens[-1].end, text=text[tokens[0].start : tokens[-1].end])
