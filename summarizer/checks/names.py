"""Names: a person, organisation or place that one side has and the other does not, or that became another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..findings import Finding, Severity, Span
from ..lexicon.exonyms import names, of_english, of_german
from ..lexicon.folding import distance, fold
from ..lexicon.given import GIVEN_NAMES
from ..lexicon.tokens import Token, tokenise
from ..lexicon.words import counts, is_english, is_german
from . import Pair
from .name_sides import Sides
from .name_words import NEVER_NAMES, is_abbreviation, is_common, is_german_name

_ADJECTIVE = re.compile(
    r"(?i)(?!.*(stan|iran|japan|sudan|oman|jordan|taiwan|mali|haiti|malawi|burundi|fiji)$)"
    r".*(an|ans|ish|ese|ic|ch|i|u\.?s\.?|uk)$"
)


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
    """Yield `names.added`, `names.changed` (mostly errors) and `names.missing` (warnings).

    An English name without support is paired with the lost German name nearest to its place.
    """
    if not tokenise(pair.target):
        return
    sides = Sides(pair)
    missing = list(_adjacent(_lost(sides), pair.source))
    for group in _adjacent(_unsupported(sides), pair.target):
        target = _cover(group, pair.target)
        partner = _partner(group, missing, pair)
        if partner:
            missing.remove(partner)
            source = _cover(partner, pair.source)
            spelling = all(_near(a.text, b.text) for a, b in zip(group, partner, strict=False))
            severity: Severity = "warning" if spelling else "error"
            message = f"The English has “{target.text}” where the German has “{source.text}”."
            yield _finding(pair, "names.changed", severity, message, source, target)
        else:
            severity = "error" if any(_sure(sides, token) for token in group) else "warning"
            yield _finding(pair, "names.added", severity, f"The German has no “{target.text}”.", None, target)
    for group in missing:
        source = _cover(group, pair.source)
        if any(token.capitalised for token in group):
            yield _finding(
                pair, "names.missing", "warning", f"The English does not have “{source.text}”.", source, None
            )


def _partner(group: list[Token], missing: list[list[Token]], pair: Pair) -> list[Token] | None:
    """Return the lost name of the German that the unsupported name of the English most likely replaced."""
    place = group[0].start / len(pair.target)

    def unlikeness(words: list[Token]) -> float:
        if any(_near(word.text, token.text) for word in words for token in group):
            return -1
        return abs(words[0].start / len(pair.source) - place)

    return min(missing, key=unlikeness, default=None)


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


def _unsupported(sides: Sides) -> list[Token]:
    """Return the capitalised words of the English that look like names and that the German does not vouch for."""
    result = []
    title = _title_case(sides.english)
    for i, token in enumerate(sides.english):
        if not token.capitalised:
            continue
        word = token.text
        low = fold(word)
        if low in NEVER_NAMES or len(word) < 2:
            continue
        if is_common(word) or ((title or i == 0) and is_english(word) and not sides.english_names[i]):
            continue
        if sides.in_german(token, sides.english_names[i]) is None and not _initials(sides, token):
            result.append(token)
    return result


def _title_case(words: list[Token]) -> bool:
    longer = [word for word in words if len(word.text) > 3]
    return len(longer) > 2 and sum(word.capitalised for word in longer) > 0.6 * len(longer)


def _sure(sides: Sides, token: Token) -> bool:
    """Say whether a name without support is worth asking again: no adjective or given name added for clearness."""
    word, low = token.text, fold(token.text)
    if is_abbreviation(word):
        return False
    i = sides.english.index(token)
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
    return False


def _lost(sides: Sides) -> list[Token]:
    """Return the words of the German that are names and that the English does not have."""
    result = []
    for i, token in enumerate(sides.german):
        known = sides.german_names[i]
        if known:
            if not any(name > 0 and name not in names().weak for name in known):
                continue
        elif not token.capitalised or not is_german_name(sides, i):
            continue
        if sides.in_english(token, known) is None and not _expanded(sides, token) and not _part_of_kept(sides, i):
            result.append(token)
    return result


def _part_of_kept(sides: Sides, i: int) -> bool:
    """Say whether the English has the neighbour that this word makes one name with: Olivia de Havilland."""
    for j in (i - 1, i + 1):
        if 0 <= j < len(sides.german):
            first, second = sides.german[min(i, j)], sides.german[max(i, j)]
            together = sides.pair.source[first.end : second.start] in (" ", "-") and sides.german[j].capitalised
            kept = fold(sides.german[j].text)
            if together and not is_german(kept) and any(fold(token.text) == kept for token in sides.english):
                return True
    return False


def _expanded(sides: Sides, token: Token) -> bool:
    """Say whether the English has an abbreviation of its own or spells the German one out."""
    word = token.text
    if not is_abbreviation(word):
        return False
    letters = "".join(part.text[0].upper() for part in sides.english if part.capitalised)
    own = any(
        is_abbreviation(part.text) and abs(len(part.text) - len(word)) < 2
        for part in sides.english
        if len(part.text) > 1
    )
    return word in letters or own


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
