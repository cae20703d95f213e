"""Cookie walls, stubs, listings and scraps are refused with the reason; articles about such things are not."""

from __future__ import annotations

import pytest

from summarizer import Options, prepare
from summarizer.article import Source
from summarizer.errors import ExitCode, NotAnArticleError
from summarizer.readers import read_text
from summarizer.readers.blocks import Piece, assemble
from summarizer.suitability import unfit

ARTICLE = (
    "Der Rat der Stadt hat am Montag beschlossen, eine neue Fähre zu kaufen. Sie soll 3,5 Millionen Euro kosten.",
    "„Wir haben lange auf diesen Tag gewartet“, sagte die Bürgermeisterin nach der Sitzung im Rathaus.",
    "Die alte Fähre fährt seit 40 Jahren und ist oft defekt. Im Juni soll die neue zum ersten Mal ablegen.",
)
COOKIE_WALL = (
    "Willkommen bei Musterbote",
    "Um unsere Seite zu nutzen, benötigen wir Ihre Zustimmung zu Cookies und Tracking.",
    "Wir und unsere 180 Drittanbieter speichern Informationen auf Ihrem Endgerät und zeigen personalisierte Werbung.",
    "Ihre Einwilligung können Sie jederzeit in der Datenschutzerklärung widerrufen.",
    "Alle akzeptieren",
)
STUBS = [
    (*ARTICLE, "Weiterlesen mit Musterbote-Abo", "Jetzt testen"),
    (*ARTICLE[:1], "Dieser Artikel ist nur für Abonnenten", "Bereits Abonnent? Hier anmelden"),
    (*ARTICLE, "Um diesen Artikel weiterzulesen, schließen Sie ein Probeabo ab."),
    (*ARTICLE[:2], "Jetzt weiterlesen", "4 Wochen für 1 Euro, monatlich kündbar"),
]


def source(*texts: str, format: str = "text") -> Source:  # noqa: A002
    return assemble([Piece(text) for text in texts], format=format, name="a")


def test_an_article_is_one() -> None:
    assert unfit(source(*ARTICLE)) is None
    assert unfit(source("Der Rat tagt heute.")) is None  # what a person typed


@pytest.mark.parametrize("format_", ["text", "markdown", "docx", "jsonl"])
def test_a_few_words_are_no_article(format_: str) -> None:
    assert unfit(source("Hallo Welt.", format=format_)) == "has only 2 words of text, too few for an article"
    assert unfit(source("Hallo!", format=format_)) == "has only 1 word of text, too few for an article"
    assert unfit(source("😀", format=format_)) is None  # what holds no words at all is said later


def test_a_cookie_wall() -> None:
    assert "cookies" in str(unfit(source(*COOKIE_WALL, format="html")))


@pytest.mark.parametrize("texts", STUBS)
def test_the_free_beginning_behind_a_paywall(texts: tuple[str, ...]) -> None:
    assert "paywall" in str(unfit(source(*texts, format="html")))


@pytest.mark.parametrize(
    "texts",
    [
        (*ARTICLE, "Der Europäische Gerichtshof hat über Cookies entschieden: Die Einwilligung muss aktiv erteilt werden.", *ARTICLE),
        (*ARTICLE, "Der Verlag will sein Abo ausbauen. Nur für Abonnenten soll es künftig Podcasts geben, teilte er mit.", *ARTICLE),
        (*ARTICLE, "„Jetzt anmelden lohnt sich“, warb der Minister für die Impfung.", *ARTICLE, *ARTICLE),
    ],
)  # fmt: skip
def test_an_article_about_such_things_is_an_article(texts: tuple[str, ...]) -> None:
    assert unfit(source(*texts, format="html")) is None


def test_a_listing_page() -> None:
    titles = [f"Stadtrat von Musterstadt beschließt Vorhaben Nummer {number} ohne Gegenstimmen" for number in range(20)]
    assert "list of articles" in str(unfit(source(*titles, format="html")))
    assert unfit(source(*titles)) is None  # a text file is what its author wanted


def test_a_listing_page_with_lines_like_those_of_a_table() -> None:
    texts = [text for n in range(20) for text in (f"Rat vertagt Entscheidung {n}", f"Vor {n} Stunden | Politik")]
    assert "list of articles" in str(unfit(source(*texts, format="html")))
    assert unfit(source(*texts, "Der Rat hat am Montag entschieden.", format="html")) is None


def test_a_scrap() -> None:
    assert "too few" in str(unfit(source("Seite nicht gefunden", format="html")))
    assert "too few" in str(unfit(source("Seite 1", format="pdf")))


def test_it_is_refused_with_an_exit_code_of_its_own_unless_forced() -> None:
    wall = read_text("\n\n".join(COOKIE_WALL), name="wand.txt")
    with pytest.raises(
        NotAnArticleError, match=r"wand\.txt seems to be a notice about cookies, not an article\.$"
    ) as caught:
        prepare(wall)
    assert caught.value.exit_code is ExitCode.NOT_AN_ARTICLE
    assert prepare(wall, Options(force=True)).sentences
