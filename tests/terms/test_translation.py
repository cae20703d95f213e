"""Glossary and memory at work: hinted at where they apply, checked, reused, and named in the document."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from summarizer import Options, Settings, read_text
from summarizer.document import Document
from summarizer.terms.glossary import NO_TERMS, Glossary, Term
from summarizer.terms.memory import Memory
from tests.stub import Body, Stub, wanted
from tests.test_pipeline import brief

TEXT = "Der Europarat hat am Montag über den Bericht beraten. Die Sonne schien über der Stadt. Der Rat tagte nicht öffentlich."
GLOSSARY = Glossary((Term("Europarat", ("Council of Europe",), ("European Council",), "in Strasbourg"),))
RIGHT = {
    "s1": "The Council of Europe discussed the report on Monday.",
    "s2": "The sun shone over the city.",
    "s3": "The council did not meet in public.",
}
WRONG = "The European Council discussed the report on Monday."


def run(stub: Stub, *texts: dict[str, str], **options: object) -> Document:
    """Return the translation of the text; the n-th request is answered from the n-th texts, the last again and again."""

    def answer(body: Body) -> str:
        texts_now = texts[min(len(stub.requests), len(texts)) - 1]
        return json.dumps({key: texts_now[key] for key in wanted(body)[1]["properties"]})

    stub.answer = answer
    return brief(stub, read_text(TEXT), Options(task="translate", **options))  # type: ignore[arg-type]


def english(document: Document) -> dict[str, str | None]:
    assert document.translation is not None
    return {segment.id: segment.text for segment in document.translation.segments}


def test_a_term_is_hinted_at_only_where_it_stands(stub: Stub) -> None:
    run(stub, RIGHT, glossary=GLOSSARY)
    assert "- s1: Europarat is Council of Europe, never European Council (in Strasbourg)\n" in stub.users[0] + "\n"
    stub.requests.clear()
    run(stub, RIGHT, glossary=Glossary((Term("Gefährder", ("potential attacker",)),)))
    assert "glossary" not in stub.users[0]


def test_a_forbidden_term_is_asked_for_again_and_the_better_text_kept(stub: Stub) -> None:
    document = run(stub, RIGHT | {"s1": WRONG}, RIGHT, glossary=GLOSSARY)
    assert english(document) == RIGHT
    assert "The glossary forbids “European Council”" in stub.users[1]
    assert not [finding for finding in document.findings if finding.code.startswith("terminology")]


def test_what_stays_wrong_is_marked(stub: Stub) -> None:
    document = run(stub, RIGHT | {"s1": WRONG}, glossary=GLOSSARY)
    assert [finding.code for finding in document.findings_at("s1")] == ["terminology.forbidden"]
    assert document.translation is not None
    assert document.translation.segments[0].status == "doubtful"


def test_a_sentence_of_the_memory_is_not_asked_for(stub: Stub) -> None:
    memory = Memory({"Die Sonne schien über der Stadt.": "Sun shone on the city."}, "0" * 64)
    document = run(stub, RIGHT, glossary=NO_TERMS, memory=memory)
    assert "s2" not in wanted(stub.requests[0])[1]["properties"]
    assert document.translation is not None
    assert [segment.origin for segment in document.translation.segments] == ["model", "memory", "model"]
    assert english(document)["s2"] == "Sun shone on the city."


def test_a_text_that_the_memory_holds_whole_needs_no_model(stub: Stub) -> None:
    sentences = [
        "Der Europarat hat am Montag über den Bericht beraten.",
        "Die Sonne schien über der Stadt.",
        "Der Rat tagte nicht öffentlich.",
    ]
    document = run(stub, RIGHT, memory=Memory(dict(zip(sentences, RIGHT.values(), strict=True))))
    assert stub.requests == []
    assert document.complete
    assert english(document) == RIGHT


def test_what_a_person_wrote_is_checked_but_not_rewritten(stub: Stub) -> None:
    memory = Memory({"Der Europarat hat am Montag über den Bericht beraten.": WRONG})
    document = run(stub, RIGHT, glossary=GLOSSARY, memory=memory)
    assert english(document)["s1"] == WRONG
    assert [finding.code for finding in document.findings_at("s1")] == ["terminology.forbidden"]
    assert len(stub.requests) == 1


def test_similar_sentences_are_shown_as_examples(stub: Stub) -> None:
    run(
        stub,
        RIGHT,
        memory=Memory({"Der Rat tagte gestern nicht öffentlich.": "The council met behind closed doors yesterday."}),
    )
    assert "- Der Rat tagte gestern nicht öffentlich. = The council met behind closed doors yesterday." in stub.users[0]


def test_the_document_names_glossary_and_memory_by_hash(stub: Stub) -> None:
    parameters = run(stub, RIGHT, glossary=GLOSSARY, memory=Memory({"Nein.": "No."}, "ab")).provenance.parameters
    assert (parameters["glossary_sha256"], parameters["memory_sha256"]) == (GLOSSARY.sha256, "ab")


def test_settings_name_files(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("Gefährder,potential attacker\n", encoding="utf-8")
    own = Options.of(Settings.load(glossary=table, builtin_glossary=False)).glossary
    assert [term.source for term in own.terms] == ["Gefährder"]
    assert len(Options.of(Settings.load(glossary=table)).glossary.terms) > 70


@pytest.mark.parametrize("text", ["Der Europarat {{ 7*7 }}", "{% raw %}"])
def test_a_glossary_is_data(stub: Stub, text: str) -> None:
    run(stub, RIGHT, glossary=Glossary((Term("Europarat", (text,)),)))
    assert text in stub.users[0]
