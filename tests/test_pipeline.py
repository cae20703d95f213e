"""The main job with a model that follows instructions, played by hand-written answers; and what happens when it fails."""

from __future__ import annotations

import asyncio
import json
import threading
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from summarizer import (
    Document,
    EndpointError,
    InputError,
    Options,
    Settings,
    SetupError,
    open_model,
    parse_document,
    prepare,
    read_path,
    read_text,
    run,
)
from summarizer.article import Sentence
from summarizer.checks.brief import items_of
from summarizer.document import Segment
from summarizer.findings import Finding
from summarizer.kinds import json_schema, load, schema_hash
from summarizer.llm.wire import evidence_of
from tests.stub import Stub, hand_written, played, wanted
from tests.test_brief import two_in_one

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
    source = read_path(ARTICLES / f"{name}.txt").text
    assert all(source[item.start : item.end] == item.text for item in document.article.sentences)
    assert document.brief is not None
    assert [item.where for item in document.support] == [pointer for pointer, _ in items_of(document.brief)]
    assert all(
        segment.confidence is not None and segment.origin == "model" for segment in document.translation.segments
    )
    assert document.provenance.mode == "json_schema"
    assert all(len(use.sha256) == 64 for use in document.provenance.prompts)
    assert document.provenance.schema_sha256 == schema_hash(load("news"))
    assert document.provenance.endpoint == stub.base_url
    assert "sk-test" not in document.model_dump_json()
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
        f"Am Dienstag sprach der Ausschuss über den Bericht Nummer {n}, der lange geprüft wurde." for n in range(1, 161)
    )
    document = brief(stub, read_text(text), Options(repairs=0), context_tokens=4096)
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


def test_two_articles_in_one_with_little_context(stub: Stub) -> None:
    article, answers = two_in_one()
    stub.answer = played(answers)
    sources = [(ARTICLES / f"{name}.txt").read_text(encoding="utf-8") for name in ("council", "figures")]
    source = read_text("\n\n".join(sources))
    document = brief(stub, source, Options(repairs=0), context_tokens=1024)
    assert document.complete
    assert document.article.ids == article.ids
    assert document.translation is not None
    assert {segment.id: segment.text for segment in document.translation.segments} == answers["translation"]
    assert all(source.text[item.start : item.end] == item.text for item in document.article.sentences)
    assert document.brief is not None
    assert len(document.brief.key_points) >= 10
    assert not any(finding.code == "evidence.printed" for finding in document.findings)
    Draft202012Validator(json_schema("news", document=True)).validate(json.loads(document.model_dump_json()))
    assert document.usage.requests == len(stub.requests) > 10


def test_the_id_is_that_of_the_content(stub: Stub) -> None:
    answers = hand_written("figures")
    source = read_path(ARTICLES / "figures.txt")
    stub.answer = played(answers)
    first = brief(stub, source)
    stub.steps = ["500", "drop", "fence"]
    assert brief(stub, source, retries=9).id == first.id, "neither retries nor times enter"
    stub.answer = played({**answers, "translation": {**answers["translation"], "s5": "Otherwise."}})
    assert brief(stub, source).id != first.id
    assert brief(stub, source, Options(task="brief")).id != first.id


def test_tokens_of_failed_attempts_are_counted(stub: Stub) -> None:
    stub.answer = played(hand_written("council"))
    stub.steps = ["text:nonsense", "length", "500"]
    document = brief(stub, read_path(ARTICLES / "council.txt"), Options(task="translate", repairs=0), concurrency=1)
    usage = document.usage
    assert document.complete, "cut off at the re-ask, so it was split: two halves, the first after a retry"
    assert (usage.requests, usage.reasks, usage.retries) == (5, 1, 1)
    assert usage.input_tokens == 400, "all but the 500, which has none"


def test_a_mode_that_is_refused_is_in_the_provenance(stub: Stub) -> None:
    stub.answer = played(hand_written("council"))
    stub.fate = lambda body: "noschema" if "json_schema" in body.get("response_format", {}) else "ok"
    document = brief(stub, read_path(ARTICLES / "council.txt"))
    assert document.complete
    assert document.provenance.mode == "tools"


@pytest.mark.parametrize("step", ["filter", "refusal", "blocked", "text:nonsense", "500"])
def test_each_half_stands_without_the_other(stub: Stub, step: str) -> None:
    stub.answer = played(hand_written("council"))
    stub.fate = lambda body: "ok" if wanted(body)[0] == "Translation" else step
    document = brief(stub, read_path(ARTICLES / "council.txt"), retries=0, reasks=0)
    assert document.brief is None
    assert document.translation is not None
    assert all(segment.text for segment in document.translation.segments)
    assert [finding.code for finding in document.findings_at("document")] == ["brief.missing"]

    stub.fate = lambda body: step if wanted(body)[0] == "Translation" else "ok"
    document = brief(stub, read_path(ARTICLES / "council.txt"), retries=0, reasks=0)
    assert document.brief is not None
    assert document.translation is not None
    assert {segment.status for segment in document.translation.segments} == {"missing"}
    missing = [finding.where for finding in document.findings if finding.code == "translation.missing"]
    assert missing == list(document.article.ids)
    assert not document.complete


def test_a_wrong_key_ends_both_halves_at_once(stub: Stub) -> None:
    stub.fate = lambda _: "401"
    with pytest.raises(SetupError):
        brief(stub, read_path(ARTICLES / "council.txt"))
    assert len(stub.requests) <= 2


def test_an_unknown_kind_is_refused_before_any_request(stub: Stub) -> None:
    with pytest.raises(InputError, match="opera"):
        brief(stub, read_path(ARTICLES / "council.txt"), Options(kind="opera"))
    assert stub.requests == []


def test_a_cancelled_task_hands_over_what_is_done(stub: Stub) -> None:
    stub.answer = echo
    stub.steps = ["ok"]
    stub.fate = lambda _: "slow:5"
    article = prepare(read_text(" ".join(["Der Ausschuss beriet am Montag über den Bericht."] * 60)))
    handed: list[Document[Any]] = []

    async def work() -> None:
        settings = Settings(base_url=stub.base_url, model="large", concurrency=1)
        async with open_model(settings) as model:
            begun = asyncio.Event()

            def progress(stage: str, done: int, total: int) -> None:
                if done:
                    begun.set()

            options = Options(task="translate")
            task = asyncio.create_task(run(article, model, options, progress=progress, on_partial=handed.append))
            await begun.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    asyncio.run(work())
    (document,) = handed
    assert document.translation is not None
    states = [segment.status for segment in document.translation.segments]
    assert (states.count("missing"), document.complete) == (35, False)
    assert any("interrupted" in finding.message for finding in document.findings)
    Draft202012Validator(json_schema("news", document=True)).validate(json.loads(document.model_dump_json()))


def test_segments_are_told_in_the_articles_order_while_the_rest_is_under_way(stub: Stub) -> None:
    first = threading.Event()

    def answer(body: dict[str, Any]) -> str:
        text = echo(body)
        if '"s1"' in text:
            first.wait(5)  # the second piece is there before the first one
        else:
            first.set()
        return "no JSON" if '"s60"' in text else text

    stub.answer = answer
    article = prepare(read_text(" ".join(["Der Ausschuss beriet am Montag über den Bericht."] * 60)))
    told: list[tuple[str, Segment, tuple[Finding, ...]]] = []
    stages: list[int] = []

    async def work() -> Document[Any]:
        def tell(sentence: Sentence, segment: Segment, findings: tuple[Finding, ...]) -> None:
            told.append((sentence.id, segment, findings))

        def progress(stage: str, done: int, total: int) -> None:
            stages.append(len(told))

        async with open_model(Settings(base_url=stub.base_url, model="large", reasks=0, concurrency=2)) as model:
            options = Options(task="translate", repairs=0)
            return await run(article, model, options, progress=progress, on_segment=tell)

    document = asyncio.run(work())
    assert document.translation is not None
    assert [sentence_id for sentence_id, *_ in told] == [sentence.id for sentence in article.sentences]
    assert tuple(segment for _, segment, _ in told) == document.translation.segments
    assert all(findings == document.findings_at(sentence_id) for sentence_id, _, findings in told)
    assert (told[-1][1].status, told[0][1].status) == ("missing", "doubtful")
    assert any(0 < number < 60 for number in stages)


def test_several_articles_share_a_model_and_count_for_themselves(stub: Stub) -> None:
    stub.answer = echo
    texts = ["Der Rat hat am Montag nichts beschlossen.", "Die Fähre fährt am Dienstag wieder zur Insel."]

    async def work() -> list[Document[Any]]:
        async with open_model(Settings(base_url=stub.base_url, model="large")) as model:
            options = Options(repairs=0)
            return await asyncio.gather(*(run(prepare(read_text(text)), model, options) for text in texts))

    documents = asyncio.run(work())
    assert [document.usage.requests for document in documents] == [2, 2]
    assert len(stub.requests) == 4
