"""Is the text German? Decided by its function words where they suffice, by py3langid's model where they do not."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple, Protocol

from .article import Source, plain
from .errors import InputError, NotGermanError, UnsuitableError
from .german import FUNCTION_WORDS

UNDETERMINED: Final = "und"
"""ISO 639-2's code for a language that cannot be told."""

_SAMPLE: Final = 10_000
"""Characters looked at: the longest paragraphs, since names, captions and menus are short."""
_PLAUSIBLE: Final = 0.2
"""A short German headline of names may rank second; from this probability on it passes. See docs/segmentation.md."""
_UNDECIDED: Final = 0.1

_WORD: Final = re.compile(r"[^\W\d_]+")
_ENOUGH_SHARE: Final = 0.22
_ENOUGH_DIFFERENT: Final = 12

_NAMES: Final = """
af Afrikaans; am Amharic; ar Arabic; az Azerbaijani; be Belarusian; bg Bulgarian; bn Bengali; br Breton; bs Bosnian;
ca Catalan; cs Czech; cy Welsh; da Danish; el Greek; en English; eo Esperanto; es Spanish; et Estonian; eu Basque;
fa Persian; fi Finnish; fo Faroese; fr French; fy Frisian; ga Irish; gd Scottish Gaelic; gl Galician; gu Gujarati;
ha Hausa; he Hebrew; hi Hindi; hr Croatian; ht Haitian Creole; hu Hungarian; hy Armenian; id Indonesian; is Icelandic;
it Italian; ja Japanese; ka Georgian; kk Kazakh; km Khmer; kn Kannada; ko Korean; ku Kurdish; ky Kyrgyz; la Latin;
lb Luxembourgish; lo Lao; lt Lithuanian; lv Latvian; mk Macedonian; ml Malayalam; mn Mongolian; mr Marathi; ms Malay;
mt Maltese; my Burmese; ne Nepali; nl Dutch; nn Norwegian; no Norwegian; oc Occitan; pa Punjabi; pl Polish; ps Pashto;
pt Portuguese; ro Romanian; ru Russian; si Sinhala; sk Slovak; sl Slovenian; so Somali; sq Albanian; sr Serbian;
sv Swedish; sw Swahili; ta Tamil; te Telugu; tg Tajik; th Thai; tk Turkmen; tl Tagalog; tr Turkish; tt Tatar;
ug Uyghur; uk Ukrainian; ur Urdu; uz Uzbek; vi Vietnamese; yo Yoruba; zh Chinese; zu Zulu
"""


class _Identifier(Protocol):
    def rank(self, instance: str) -> list[tuple[str, float]]: ...


class Language(NamedTuple):
    """A language found: its ISO 639 code (`und` if there is no telling) and how sure, from 0 to 1."""

    code: str
    probability: float


def detect(text: str) -> Language:
    """Return the most probable language of a text.

    German wins from a probability of 0.2 on, even if a neighbour is a little more probable: few words, and names
    above all, rank it below Luxembourgish or Dutch. Loads a model at the first call, which takes a good half second.
    """
    sample = plain(text)[:_SAMPLE]
    if not _WORD.search(sample):
        return Language(UNDETERMINED, 0.0)
    ranking = _identifier().rank(sample)
    german = dict(ranking)["de"]
    code, probability = ranking[0]
    if code != "de" and german >= _PLAUSIBLE:
        return Language("de", german)
    if code != "de" and probability < _UNDECIDED:
        return Language(UNDETERMINED, probability)
    return Language(code, probability)


def ensure_german(source: Source, *, force: bool = False) -> str:
    """Return the code of the source's language: `de`, or with `force` whatever it is.

    The longest paragraphs decide, so that a foreign quotation or a menu does not.

    Raises:
        NotGermanError: It is another language and `force` is not set.
        UnsuitableError: There are too few words to tell and `force` is not set.
        InputError: There are no words.
    """
    text = _sample(source)
    if not _WORD.search(text):
        raise InputError(f"{source.name} holds no words, so there is nothing to translate.")
    if settled_by_function_words(text):
        return "de"
    language = detect(text)
    if language.code == "de" or force:
        return language.code
    if language.code == UNDETERMINED:
        raise UnsuitableError(f"{source.name} is too short to tell its language.")
    found = re.search(rf"\b{language.code} ([^;\n]+)", _NAMES)
    name = found[1] if found else repr(language.code)
    raise NotGermanError(f"{source.name} seems to be {name}, not German.", language.code)


def settled_by_function_words(text: str) -> bool:
    """Tell whether a text is German by its function words alone, which spares loading the model.

    True for most articles; False says nothing.
    """
    words = [word.lower() for word in _WORD.findall(text)]
    known = [word for word in words if word in FUNCTION_WORDS]
    return len(known) >= _ENOUGH_SHARE * len(words) and len(set(known)) >= _ENOUGH_DIFFERENT


def _sample(source: Source) -> str:
    """Return the longest paragraphs, longest first, up to the sample's size."""
    paragraphs = sorted((source.text[block.start : block.end] for block in source.blocks), key=len, reverse=True)
    chosen: list[str] = []
    size = 0
    for paragraph in paragraphs:
        if size >= _SAMPLE:
            break
        chosen.append(paragraph[:_SAMPLE])
        size += len(paragraph)
    return plain("\n".join(chosen))


@cache
def _identifier() -> _Identifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

    identifier: _Identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return identifier
