"""Foreign names of several words, of which the English keeps only a part: *Forces armées maliennes* → Forces armées."""

from __future__ import annotations

from collections.abc import Iterator

from ..lexicon.folding import fold
from ..lexicon.tokens import Token, tokenise, word_set
from ..lexicon.words import could_be_compound, is_english, is_german
from . import Pair

_LINKS = word_set("de del della des di do du da dos el il la le les al et y e of the for and und")
"""Small words inside foreign names; German has some of them too."""


def cut_short(pair: Pair) -> Iterator[tuple[list[Token], list[Token]]]:
    """Yield each foreign phrase of the German of which the English has some words and lacks others, with those it has, each in their text's order.

    Only words in lower case may be lacking: of a name's own capitalised words `losses` knows more.
    """
    english = {fold(token.text): token for token in tokenise(pair.target)}
    for phrase in _phrases(pair):
        kept = [english[fold(token.text)] for token in phrase if fold(token.text) in english]
        lacking = [token for token in phrase if fold(token.text) not in english]
        if len(kept) > 1 and lacking and not any(token.capitalised for token in lacking):
            yield phrase, sorted(kept, key=lambda token: token.start)


def _phrases(pair: Pair) -> Iterator[list[Token]]:
    run: list[Token] = []
    for token in (*tokenise(pair.source), None):
        if token is not None and _is_foreign(token):
            if run and pair.source[run[-1].end : token.start] != " ":
                yield from _whole(run)
                run = []
            run.append(token)
        elif run:
            yield from _whole(run)
            run = []


def _whole(run: list[Token]) -> Iterator[list[Token]]:
    """Yield the run from its first capitalised word on, without small words at its end, if a word in lower case is left."""
    while run and not run[0].capitalised:
        run = run[1:]
    while run and run[-1].text in _LINKS:
        run = run[:-1]
    if any(not token.capitalised and token.text not in _LINKS for token in run):
        yield [token for token in run if token.text not in _LINKS]


def _is_foreign(token: Token) -> bool:
    word = token.text
    if word in _LINKS:
        return True
    if token.capitalised:
        return not (is_german(word) and not is_english(word)) and not could_be_compound(word)
    return not is_german(word) and not is_english(word) and not could_be_compound(word)
