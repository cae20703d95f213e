"""Untranslated: German left in the English, a sentence copied as it is, a translation in another language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..findings import Finding
from ..lexicon.exonyms import is_german_place
from ..lexicon.tokens import Token, span, tokenise, word_set
from ..lexicon.words import counts, is_english, is_german, is_german_compound, is_german_noun
from . import Pair

FUNCTION_WORDS = word_set(
    "zwei drei vier fünf sechs sieben neun zehn zwölf hundert tausend aber als am an auch auf aus bei beim bis da "
    "dabei dadurch dafür damit danach daran darauf daraus darin darüber darum das dass davon dazu dem den denn "
    "der des dessen deren deshalb dich die dies diese diesem diesen dieser dieses doch dort du durch ein eine "
    "einem einen einer eines er es etwas euch für gegen ganz hat hatte hatten habe haben ich ihm ihn ihnen ihr "
    "ihre ihrem ihren ihrer im immer in indem ins ist ja jede jedem jeden jeder jedes jedoch jene jetzt kann kein "
    "keine keinem keinen keiner können könnte mehr mein mich mir mit muss müssen nach nicht nichts noch nun nur "
    "ob oder ohne schon sehr sein seine seinem seinen seiner seit sich sie sind so sogar soll sollen sollte "
    "sondern sonst über um und uns unser unter viel vom von vor während war waren warum was weil wenn wer werden "
    "wie wieder will wir wird wo wurde wurden würde würden zu zum zur zwar zwischen"
)
"""The words that German sentences are held together by."""
_ALSO_ENGLISH = word_set(
    "am an also as bald bin die den dies hat in fast god gut her him is man so was war will wo when er mir"
)
_LOAN = re.compile(
    r"(?i)(bundes|land|reichs|staats|volks)(tag|rat|wehr|liga|länder|bank|kriminalamt|polizei|gericht\w*|presse\w*)$"
    r"|.*(straße|strasse|platz|allee|gasse|weg|bahn|burg|berg|dorf|tal|brücke|tor|ufer|damm|kirche|schloss|"
    r"theater|haus|hof"
    r"|zeitung|blatt|anzeiger|rundschau|nachrichten|partei|bund|verein|stiftung|gesellschaft|werke?|fest)$"
)
"""German words that English takes over as the names of institutions, papers and places."""
_NOUN_ENDING = re.compile(r"(?i).{3,}(ung|heit|keit|schaft|tät|ismus|ungen|heiten|keiten|schaften|täten|ionen|innen)$")
_NOUN_LIKE = re.compile(
    r"(?i).{2,}(ik|ion|enz|anz|ling|linge|tum|or|oren|eur|eure|graf|ent|enten|ist|isten|är|äre|öse?|ade|iker|berater|sprecher|mitglied|mitglieder|vertreter|leiter|chef)$"
)
_DETERMINERS = word_set(
    "das dem den der des die dieser diese diesem diesen dieses ein eine einem einen einer eines im am zum zur vom "
    "beim kein keine keinem keinen keiner mein meine meinem meinen meiner sein seine seinem seinen seiner ihr "
    "ihre ihrem ihren ihrer unser unsere unserem unseren unserer zwei drei vier fünf viele mehrere einige alle "
    "allen jeder jede jedem jeden jedes"
)
_PLURAL_VERBS = word_set("sind waren wurden werden haben hatten können konnten sollen sollten müssen mussten wollen")
_DEMONYM = re.compile(
    r"(?i)(burger|bürger|berger|dorfer|heimer|städter|felder|bacher|hauser|hausener|ener|auer|inger|steiner|walder|hofer)$"
)
_COMMON = 1_000
"""Occurrences in the word list from which a word that begins a sentence is an everyday one."""
_ENGLISH_ARTICLES = word_set("a an the this that these those his her its their our my your no some any each every")
_PARTICLES = word_set("von vom der den dem zu zur zum und am an auf im in ob aus bei")
_SINGULAR_VERB = re.compile(
    r"(?:sprach|hatte|ist|war|wird|will|kann|soll|muss|darf|mag|sah|blieb|gab|warf|wies|rief|nahm|kam|ging|stand|lag|schrieb|schlug|traf"
    r"|trat|verlor|gewann|begann|ließ|hielt|zog|fiel|fand|\w{2,}[^\Ws]t|\w{3,}te)$"
)
"""Verbs that a noun in the singular has: behind the first word of a sentence, which has no article, they show a name."""
_TWO_WORDS = re.compile(r"\b([A-ZÄÖÜ]\w+e) ([A-ZÄÖÜ][\w-]+)")
"""A name with an adjective: Deutsche Bank."""
_GERMAN_LETTERS = re.compile(r"[äöüß]", re.IGNORECASE)
_QUOTED = re.compile(r"[“„«»‹›\"‚‘]([^“”„«»‹›\"]{1,200})[”“»«›‹\"’]|\(([^()]{1,80})\)")


def check(pair: Pair) -> Iterator[Finding]:
    """Yield `untranslated.sentence`, `untranslated.language` (errors) or `untranslated.words` for what is left."""
    target = tokenise(pair.target)
    source = tokenise(pair.source)
    if whole := _whole(pair, source, target):
        yield whole
        return
    left = _left(pair, source, target)
    if left:
        words = ", ".join(f"“{token.text}”" for token in left[:5])
        sure = not all(token.capitalised for token in left)  # a capital may still begin a name
        yield Finding(
            code="untranslated.words",
            severity="error" if sure else "warning",
            where=pair.id,
            message=f"German is left in the English: {words}.",
            source_spans=tuple(s.span for s in source if s.text in {token.text for token in left}),
            target_spans=tuple(token.span for token in left),
        )


def _whole(pair: Pair, source: Sequence[Token], target: Sequence[Token]) -> Finding | None:
    """Say whether the sentence as a whole is no English."""
    lower = [token.text for token in target if not token.capitalised]
    if len(target) < 3 or not lower:
        return None
    german_words = sum(word in FUNCTION_WORDS and word not in _ALSO_ENGLISH for word in lower)
    english = sum(is_english(word) for word in lower)
    everything = (span(pair.target, 0, len(pair.target)),)
    if german_words >= 2 and german_words * 5 >= len(lower) and english < len(lower) * 0.7:
        copied = {token.text for token in source}
        same = sum(token.text in copied for token in target) >= 0.8 * len(target)
        return Finding(
            code="untranslated.sentence",
            severity="error",
            where=pair.id,
            message="The sentence is left in German." if same else "The translation is in German.",
            source_spans=(span(pair.source, 0, len(pair.source)),) if pair.source else (),
            target_spans=everything,
        )
    strange = [word for word in lower if len(word) > 2 and not is_english(word)]
    if len(lower) >= 5 and len(strange) > 0.6 * len(lower):
        of_source = sum(word in {token.text for token in source} for word in strange)
        if of_source < 0.5 * len(strange):
            return Finding(
                code="untranslated.language",
                severity="error",
                where=pair.id,
                message="Most words of the translation are not English.",
                target_spans=everything,
            )
    return None


def _left(pair: Pair, source: Sequence[Token], target: Sequence[Token]) -> list[Token]:
    """Return the words of the English that are German and should have been translated."""
    printed = {token.text for token in source}
    kept = [match.span() for match in _QUOTED.finditer(pair.target) if match.group()[1:-1] in pair.source]
    kept += _names(pair, source, target)
    first = source[0].text if source else ""
    found = []
    for i, token in enumerate(target):
        text = token.text
        low = text.lower()
        if len(text) < 4 and low not in FUNCTION_WORDS:
            continue
        if is_english(text) or any(start <= token.start < end for start, end in kept):
            continue
        if "-" in text and all(is_english(part) or part not in printed for part in text.split("-")):
            continue
        inside_name = 0 < i < len(target) - 1 and target[i - 1].capitalised and target[i + 1].capitalised
        if not token.capitalised:
            if inside_name and low in _PARTICLES:
                continue
            german = is_german(text) and (text in printed or bool(_GERMAN_LETTERS.search(text)))
        elif i == 0 and (low in FUNCTION_WORDS or (text == first and counts("de").get(low) > _COMMON)):
            german = True
        else:
            german = (
                (text in pair.source and _is_noun_of(source, text, pair.source))
                or (text in printed and _after_article(target, i) and _could_be_noun(text))
                or (text in printed and is_german_place(text))
            )
        if german or text in FUNCTION_WORDS:
            found.append(token)
    return found


def _names(pair: Pair, source: Sequence[Token], target: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield where the English has a name: der „Spiegel“ without its marks, Deutsche Bank, Kurz in “Kurz denies”."""
    for match in _QUOTED.finditer(pair.source):
        name = (match[1] or "").strip(" ,")
        if name and all(token.capitalised or token.text in _PARTICLES for token in tokenise(name)):
            yield from (
                found.span() for found in re.finditer(rf"\b(?:D(?:er|ie|as) )?{re.escape(name)}\b", pair.target)
            )
    for match in _TWO_WORDS.finditer(pair.target):
        if match[0] in pair.source and (is_english(match[2]) or _LOAN.match(match[2])):
            yield match.span(1)
    first = source[0].text if len(source) > 1 else ""
    if (
        target
        and target[0].text == first
        and not source[1].capitalised
        and _SINGULAR_VERB.match(source[1].text)
        and first.lower() not in FUNCTION_WORDS
        and not is_german_place(first)
    ):
        yield target[0].start, target[0].end


def _is_noun_of(source: Sequence[Token], word: str, text: str) -> bool:
    """Say whether a word is one of the common nouns of the German."""
    return any(
        (token.text == word and _is_noun(source, i, text)) or ("-" in token.text and word in _heads(token.text))
        for i, token in enumerate(source)
    )


def _heads(word: str) -> list[str]:
    """Return the noun that an abbreviation is joined to: `Präsident` of `US-Präsident`."""
    first, *rest = word.split("-")
    return [part for part in rest[-1:] if first.isupper() and is_german_noun(part)]


def _after_article(target: Sequence[Token], i: int) -> bool:
    return i > 0 and target[i - 1].text.lower() in _ENGLISH_ARTICLES


def _could_be_noun(word: str) -> bool:
    """Say whether a word can be a common noun of German that English does not take over."""
    if word.isupper() or len(word) < 4 or _LOAN.match(word):
        return False
    if word.endswith("er") and not is_german_noun(word) and (_DEMONYM.search(word) or not is_german_compound(word)):
        return False
    return bool(_NOUN_ENDING.match(word)) or is_german_noun(word) or is_german_compound(word)


def _is_noun(source: Sequence[Token], i: int, text: str) -> bool:
    """Say whether a capitalised word of the German is a common noun in its place, not (a part of) a name."""
    word = source[i].text
    if not source[i].capitalised or not _could_be_noun(word):
        return False
    before = source[i - 1] if i and text[source[i - 1].end : source[i].start] == " " else None
    if before and before.capitalised and i > 1 and not is_german_noun(before.text):
        return False  # Manuel Neuer
    common = counts("de").get(word.lower()) > 50 or (_GERMAN_LETTERS.search(word) and not word.endswith("er"))
    known = is_german_noun(word) or is_german_compound(word)
    if _NOUN_ENDING.match(word) or common or (known and _NOUN_LIKE.match(word)):
        return True
    # a name may have an article too (der Spiegel) and an adjective (der 30-jährige Zimmermann), a noun mostly has one
    after = source[i + 1].text if i + 1 < len(source) else ""
    if i == 0 and after in _PLURAL_VERBS:
        return True
    if before is None or (before.capitalised and i > 1):
        return False
    return before.text.lower() in _DETERMINERS or (
        before.text.endswith(("e", "en", "em", "er", "es"))
        and not before.text.endswith(("ete", "ierte", "agte"))
        and before.text not in FUNCTION_WORDS
        and not before.text.endswith(("ische", "ischen", "ischer", "isches", "jährige", "jährigen", "jähriger"))
        and is_german(before.text)
    )
