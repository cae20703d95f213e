"""The main job with a model that follows instructions, played by hand-written answers; and what happens when it fails."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from summarizer import (
    Document,
    EndpointError,
    Options,
    Settings,
    open_model,
    parse_document,
    prepare,
    read_path,
    read_text,
    run,
)
from summarizer.checks.brief import items_of
from summarizer.kinds import json_schema
from summarizer.llm.wire import evidence_of
from tests.stub import Stub, hand_written, played, wanted

ARTICLES = Path(__file__).parent / "articles"


def brief(stub: Stub, source: Any, options: Options | None = None, **values: Any) -> Document[Any]:
    settings = Settings(base_url=stub.base_url, model="large", api_key="sk-test", max_wait=0.02, **values)
    options = options or Options()

    async def work() -> Document[Any]:
        async with open_model(settings) as model:
            return await run(prepare(source, options), model, options)

    return asyncio.run(work())


def echo(body: dict[str, Any]) -> str:
    """Made-up answers that fit any article: a sentence for each id, a claim that rests on the first and last id."""
    name, schema = wanted(body)
    if name == "Translation":
        return json.dumps({key: f"This is sentence {key[1:]}." for key in schema["properties"]})
    ids = schema["$defs"]["SentenceId"]["enum"]
    claim = {"text": "Something happened.", "stance": "stated", "attributed_to": None, "evidence": [ids[0], ids[-1]]}
    empty: dict[str, Any] = {
        key: [] if part.get("type") == "array" else None for key, part in schema["properties"].items()
    }
    return json.dumps({**empty, "headline": claim, "key_points": [claim]})


@pytest.mark.parametrize("name", ["council", "figures"])
def test_good_answers_make_a_complete_document(stub: Stub, name: str) -> None:
    stub.answer = played(hand_written(name))
    document = brief(stub, read_path(ARTICLES / f"{name}.txt"))
    again = brief(stub, read_path(ARTICLES / f"{name}.txt"))

    Draft202012Validator(json_schema("news", document=True)).validate(json.loads(document.model_dump_json()))
    assert document.complete
    assert document.id == again.id
    assert parse_document(document.model_dump_json()) == document
    assert document.provenance.method == "abstractive"
    assert {use.name for use in document.provenance.prompts} == {"translate", "news", "merge"}
    assert document.usage.input_tokens == 100 * document.usage.requests
    assert document.translation is not None
    assert [segment.id for segment in document.translation.segments] == list(document.article.ids)
    assert set(evidence_of(document.brief)) <= set(document.article.ids)
    # What a careful translator wrote is hardly ever accused of an error (docs/checks has the rates).
    errors = [finding for finding in document.findings if finding.severity == "error"]
    assert len(errors) <= 1, errors


def test_security_is_a_schema_and_a_template(stub: Stub) -> None:
    stub.answer = echo
    document = brief(stub, read_path(ARTICLES / "council.txt"), Options(kind="security", task="brief"))
    assert document.kind == "security"
    assert document.translation is None
    assert document.complete
    assert "defence and security" in stub.requests[0]["messages"][0]["content"]


def test_a_long_article_is_briefed_in_parts_and_merged_with_evidence(stub: Stub) -> None:
    stub.answer = echo
    text = "\n\n".join(
        f"Am Dienstag sprach der Ausschuss über den Bericht Nummer {n}, der lange geprüft wurde." for n in range(1, 241)
    )
    document = brief(stub, read_text(text), context_tokens=4096)
    merges = [body for body in stub.requests if "in parts" in body["messages"][0]["content"]]
    assert merges
    assert document.complete
    pieces = [set(wanted(body)[1]["properties"]) for body in stub.requests if wanted(body)[0] == "Translation"]
    assert set.union(*pieces) == set(document.article.ids)
    assert sum(map(len, pieces)) >= len(document.article.ids)
    assert all(item.evidence for _, item in items_of(document.brief)) if document.brief else False


def test_a_cut_off_answer_splits_the_work(stub: Stub) -> None:
    stub.answer = played(hand_written("figures"))
    stub.steps = ["length"]
    document = brief(stub, read_path(ARTICLES / "figures.txt"), Options(task="translate"))
    asked = [tuple(wanted(body)[1]["properties"]) for body in stub.requests]
    assert document.complete
    assert len(set(asked)) == len(asked), "the same piece was asked for twice"
    assert len(asked[1]) < len(asked[0])


def test_an_error_of_a_check_is_repaired_with_the_reason(stub: Stub) -> None:
    answers = hand_written("figures")
    good = played(answers)
    wrong = {**answers["translation"], "s9": answers["translation"]["s9"].replace("350", "950")}

    def answer(body: dict[str, Any]) -> str:
        return (
            good(body)
            if "rejected" in body["messages"][1]["content"]
            else played({**answers, "translation": wrong})(body)
        )

    stub.answer = answer
    document = brief(stub, read_path(ARTICLES / "figures.txt"), Options(task="translate"))
    assert document.translation is not None
    assert document.translation.text("s9") == answers["translation"]["s9"]
    assert document.usage.repairs >= 1
    repair = next(body for body in stub.requests if "rejected" in body["messages"][1]["content"])
    assert "s9" in wanted(repair)[1]["properties"]


def test_what_cannot_be_repaired_is_marked(stub: Stub) -> None:
    answers = hand_written("figures")
    wrong = {**answers["translation"], "s9": answers["translation"]["s9"].replace("350", "950")}
    stub.answer = played({**answers, "translation": wrong})
    document = brief(stub, read_path(ARTICLES / "figures.txt"), Options(task="translate"))
    assert document.translation is not None
    assert document.translation.segments[8].status == "doubtful"
    assert any(finding.code.startswith("numbers.") for finding in document.findings_at("s9"))


def test_an_endpoint_that_dies_leaves_what_is_done(stub: Stub) -> None:
    stub.answer = echo
    stub.steps = ["ok"]
    stub.fate = lambda _: "500"
    text = "\n\n".join(f"Der Ausschuss beriet am Montag über den Bericht Nummer {n}." for n in range(1, 61))
    document = brief(stub, read_text(text), Options(task="translate"), retries=0, concurrency=1)
    assert not document.complete
    assert document.translation is not None
    states = [segment.status for segment in document.translation.segments]
    assert states.count("missing") == 35
    assert len(stub.requests) == 2, "after a failure that is not about the text nothing more is asked"
    assert any(finding.code == "translation.missing" for finding in document.findings)


def test_a_brief_that_fails_leaves_the_translation(stub: Stub) -> None:
    good = played(hand_written("council"))
    stub.answer = lambda body: good(body) if wanted(body)[0] == "Translation" else "{}x"
    document = brief(stub, read_path(ARTICLES / "council.txt"))
    assert not document.complete
    assert document.brief is None
    assert [finding.code for finding in document.findings_at("document")] == ["brief.missing"]


def test_nothing_at_all_is_an_error(stub: Stub) -> None:
    stub.fate = lambda _: "503"
    with pytest.raises(EndpointError, match="503"):
        brief(stub, read_path(ARTICLES / "council.txt"), retries=1)


def test_invented_evidence_is_asked_for_again(stub: Stub) -> None:
    good = played(hand_written("council"))
    broken: list[bool] = []

    def answer(body: dict[str, Any]) -> str:
        if wanted(body)[0] != "Translation" and not broken:
            broken.append(True)
            return good(body).replace('"s2"', '"s999"')
        return good(body)

    stub.answer = answer
    document = brief(stub, read_path(ARTICLES / "council.txt"), Options(task="brief"))
    assert document.complete
    assert document.usage.reasks == 1
    assert "s999" in json.dumps(stub.requests[1]["messages"])
