"""Quotations: words in quotation marks that got lost, that were added, or that should have stayed in their language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..findings import Finding, Severity, Span
from ..lexicon.marks import Quote, quotes
from ..lexicon.speakers import sentence_start, speaker_behind, subject_of, trimmed
from ..lexicon.speech import SAYING
from ..lexicon.tokens import span, tokenise
from ..lexicon.words import is_english, is_german
from . import Pair


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation: its span with the marks, the words without, and who says it.

    Attributes:
        span: The quotation with its marks.
        text: The words between the marks.
        inner: The span of those words.
        speech: True for somebody's words; False for a title, a nickname or a word at arm's length.
        cue: The words that introduce it (`sagte`, `so`, `laut`), None if there are none beside it.
        speaker: The speaker as printed beside the cue, None if the sentence does not name one there.
    """

    span: Span
    text: str
    inner: Span
    speech: bool
    cue: Span | None = None
    speaker: Span | None = None


def german_quotations(text: str) -> list[Quoted]:
    """Return the outer quotations of a German text in order, each with its cue and speaker if they stand beside it."""
    return [_quoted(text, quote) for quote in quotes(text) if quote.depth == 0 and quote.opened and quote.closed]


def english_quotations(text: str) -> list[Quoted]:
    """Return the outer quotations of an English text in order, without cue and speaker."""
    return [
        Quoted(
            span=span(text, quote.start, quote.end),
            text=text[quote.inner_start : quote.inner_end],
            inner=span(text, quote.inner_start, quote.inner_end),
            speech=_words(text[quote.inner_start : quote.inner_end]) > 2,
        )
        for quote in quotes(text)
        if quote.depth == 0 and quote.opened and quote.closed
    ]


def _quoted(text: str, quote: Quote) -> Quoted:
    inner = text[quote.inner_start : quote.inner_end]
    cue, speaker = _beside(text, quote)
    speech = _is_speech(text[: quote.start].rstrip(), inner, cued=cue is not None)
    return Quoted(
        span=span(text, quote.start, quote.end),
        text=inner,
        inner=span(text, quote.inner_start, quote.inner_end),
        speech=speech,
        cue=cue,
        speaker=speaker,
    )


def _is_speech(before: str, inner: str, *, cued: bool) -> bool:
    """Say whether quoted words are somebody's, not a title, a slogan's name or a term."""
    tokens = tokenise(inner)
    if not any(not token.capitalised for token in tokens):
        return bool(tokens) and cued and bool(_CALLED.search(before))
    if before.endswith(":") or (len(tokens) > 1 and inner.rstrip().endswith((".", "!", "?", "…"))):
        return True
    if _TITLED.search(before) and not (cued and _CALLED.search(before)):
        return False
    starts_low = not tokens[0].capitalised
    return starts_low or cued or (len(tokens) > 5 and bool(_CLAUSE.search(inner)))


_CALLED = re.compile(r"\b(?:als|von|einen|eine|ein|sei|seien)$")
_TITLED = re.compile(
    r"(?:[Ff]ilm\w*|[Ss]erie|[Tt]itel|[Mm]otto|[Gg]rundsatz|[Pp]artei|[Ff]irma|[Zz]eit(?:ung|schrift)|[Bb]uch|[Rr]oman\w*|[Aa]lbum|[Ll]ied|"
    r"[Ss]tück\w*|[Mm]agazin\w*|[Gg]esetz|[Pp]rojekt\w*|[Pp]rogramm\w*|[Ss]endung|[Ss]how|[Bb]ündnis|[Gg]ruppe|[Ii]nitiative|[Oo]rganisation|"
    r"[Aa]usstellung|[Nn]ame\w*|[Bb]egriff|[Uu]nternehmen\w*|[Vv]erein|[Ss]chiff|[Bb]lätter|[Nn]amens|genannte\w?)$"
)
_CLAUSE = re.compile(
    r"\b(?:ist|sind|war|waren|hat|haben|wird|werden|kann|können|muss|müssen|soll|will|wir|ich|nicht|sei|hätte)\b"
)


def _words(text: str) -> int:
    return len(tokenise(text))


def _beside(text: str, quote: Quote) -> tuple[Span | None, Span | None]:
    """Return the cue and the speaker that stand directly behind or before a quotation."""
    match = _AFTER.match(text, quote.end)
    if match:
        cue = span(text, *match.span("cue"))
        return cue, speaker_behind(text, match.end())
    head = sentence_start(text, quote.start)
    clause = text[head : quote.start]
    tokens = tokenise(clause)
    if not tokens:
        return None, None
    for token in tokens:
        if token.text in ("laut", "Laut", "Nach", "nach") and (
            token.text.lower() == "laut" or _OPINION.match(clause, token.end)
        ):
            return span(text, head + token.start, head + token.end), speaker_behind(text, head + token.end)
        if token.text in SAYING:
            return span(text, head + token.start, head + token.end), subject_of(text, head, token, tokens)
    colon = clause.rstrip().endswith(":")
    if colon and len(tokens) < 14 and not any(token.text in SAYING for token in tokens):
        return None, trimmed(text, head, clause.rstrip(" :\n"))
    return None, None


_OPINION = re.compile(r"\s+(?:Angaben|Ansicht|Meinung|Auffassung|Einschätzung|Worten|Informationen|Aussage|Aussagen)\b")
_AFTER = re.compile(
    r"[\s,–-]*(?P<cue>(?:heißt|hieß)\s+es(?:\s+dazu)?(?:\s+(?:in|bei|von|aus))?|(?:wird|wurde|wurden|werden)(?=\s+[^.,]+\bzitiert)|"
    r"(?:hat|hatte|habe)(?=\s+[^.,]+\b(?:gesagt|erklärt|betont|geschrieben|mitgeteilt))|so|laut|nach\s+(?:Angaben|Ansicht|Meinung)(?:\s+von)?|"
    + "|".join(sorted(SAYING - {"geht", "ging", "gibt", "gab", "hält", "sieht"}))
    + r")\b"
)


def check(pair: Pair) -> Iterator[Finding]:
    """Yield `quotations.lost`, `.added`, `.unclosed`, `.foreign` or `.length`."""
    if not tokenise(pair.target):
        return
    source, target = quotes(pair.source), quotes(pair.target)
    outer_source = [quote for quote in source if quote.depth == 0]
    outer_target = [quote for quote in target if quote.depth == 0]
    if len(outer_source) != len(outer_target):
        yield from _uneven(pair, source, target, outer_source, outer_target)
    else:
        for german, english in zip(outer_source, outer_target, strict=True):
            yield from _compared(pair, german, english)
    yield from _unclosed(pair, outer_source, outer_target)
    for quote in source:
        yield from _foreign(pair, quote)


def _uneven(
    pair: Pair, source: list[Quote], target: list[Quote], outer_source: list[Quote], outer_target: list[Quote]
) -> Iterator[Finding]:
    if len(source) == len(target):
        return  # one side nests what the other sets side by side
    if len(outer_source) > len(outer_target):
        there = _stems(pair.target)
        lost = [
            quote
            for quote in outer_source
            if _length(quote) > 2 and _stems(pair.source[quote.inner_start : quote.inner_end]) not in there
        ]
        if outer_target or not lost or _STRAY.search(pair.target):
            return
        words = max(_words(pair.source[quote.inner_start : quote.inner_end]) for quote in lost)
        yield _finding(
            pair, "quotations.lost", "error" if words > 4 and _any_whole(lost) else "warning",
            "The German quotes; the English has no quotation marks.", lost, [],
        )  # fmt: skip
    elif not outer_source:
        added = [quote for quote in outer_target if _length(quote) > 2]
        if not added:
            return
        inner = [pair.target[quote.inner_start : quote.inner_end] for quote in added]
        words = max(map(_words, inner))
        term = words <= 2 and (
            _SO_CALLED.search(pair.source) or all(_letters(text) in _letters(pair.source) for text in inner)
        )
        yield _finding(
            pair, "quotations.added", "info" if term else "error" if words > 4 and _any_whole(added) else "warning",
            "The English quotes; the German has no quotation marks.", [], added,
        )  # fmt: skip
    else:
        there = _letters(pair.source)
        added = [
            quote
            for quote in outer_target
            if quote.opened and quote.closed and _letters(pair.target[quote.inner_start : quote.inner_end]) not in there
        ]
        if added and all(quote.opened and quote.closed for quote in (*outer_source, *outer_target)):
            message = "The English quotes more often than the German."
            yield _finding(pair, "quotations.added", "warning", message, [], added)


_SO_CALLED = re.compile(r"\b[Ss]o\s?genannt")
"""What German says where English may set marks: a so-called “car poser”."""


def _any_whole(found: list[Quote]) -> bool:
    """Whether a quotation has both its marks here: one may go over several sentences, and be marked in another."""
    return any(quote.opened and quote.closed for quote in found)


_STRAY = re.compile(r"(?:^|\s)['‘\"“](?=\w)|[.,!?]['’\"”](?=\s|$)")
"""A mark whose partner stands in another sentence."""


def _compared(pair: Pair, german: Quote, english: Quote) -> Iterator[Finding]:
    if not (german.opened and german.closed and english.opened and english.closed):
        return
    n, m = _length(german), _length(english)
    if max(n, m) > 30 and (m > 2.2 * n or n > 2.5 * m):
        yield _finding(
            pair, "quotations.length", "warning", "The quotation is much longer on one side.", [german], [english]
        )


def _unclosed(pair: Pair, source: list[Quote], target: list[Quote]) -> Iterator[Finding]:
    open_target = [quote for quote in target if quote.opened and not quote.closed]
    if open_target and source and all(quote.closed for quote in source) and len(source) >= len(target):
        yield _finding(
            pair, "quotations.unclosed", "warning", "A quotation of the English is not closed.", [], open_target
        )


def _foreign(pair: Pair, quote: Quote) -> Iterator[Finding]:
    """A quotation in a third language, or in English, stays as it is."""
    inner = pair.source[quote.inner_start : quote.inner_end]
    words = [token.text for token in tokenise(inner)]
    lower = [word for word in words if not word[0].isupper()]
    if len(words) < 3 or not lower:
        return
    german = sum(is_german(word) for word in lower)
    english = sum(is_english(word) for word in words)
    romance = any(_ELIDED.match(word) for word in words)  # whose articles German lists have as loanwords: de, du
    if not romance and german > 0.4 * len(lower) and not (english == len(words) and german < 0.6 * len(lower)):
        return
    if any(word[0].islower() and len(word) > 9 for word in words):
        return
    if _letters(inner) not in _letters(pair.target):
        yield _finding(
            pair, "quotations.foreign", "warning", "A quotation that is not German should stay as it is.", [quote], []
        )


_ELIDED = re.compile(r"(?i)(?:[ldj]|qu|dell|all|nell)['’][aeiouhâàéèêîôû]")


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _stems(text: str) -> str:
    """Return the letters of a text without the endings of adjectives: der „Rheinischen Post“ is the Rheinische Post."""
    return _letters(re.sub(r"(?<=\w{4})e[mnrs]?\b", "", text))


def _length(quote: Quote) -> int:
    return quote.inner_end - quote.inner_start


def _finding(
    pair: Pair, code: str, severity: Severity, message: str, source: list[Quote], target: list[Quote]
) -> Finding:
    return pair.finding(
        code,
        severity,
        message,
        (span(pair.source, quote.start, quote.end) for quote in source),
        (span(pair.target, quote.start, quote.end) for quote in target),
    )
