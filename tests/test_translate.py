"""Translation by sentence id: pieces that fit, every id once, repairs of just what failed, nothing hidden."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

import pytest

from summarizer import Article, Settings, open_model, read_text
from summarizer.continuation import ROUNDS, SAMPLE_TEMPERATURE
from summarizer.draft import HOPELESS, Draft, pair
from summarizer.errors import ContentFilteredError, EndpointError, InvalidAnswerError, SetupError
from summarizer.providers import Effort
from summarizer.segment import to_article
from summarizer.translate import PIECE_SENTENCES, SAMPLE, _pieces, translate
from tests.stub import Body, Stub, wanted

EFFORTS: tuple[Effort, ...] = ("fast", "normal", "best")


def article(count: int, sentence: str = "Der Ausschuss beriet über den Bericht.") -> Article:
    return to_article(read_text(" ".join([sentence] * count)), "de")


def english(body: Body, **changed: str) -> str:
    """Answer each id with a sentence that no check objects to, but for those named."""
    return json.dumps(dict.fromkeys(wanted(body)[1]["properties"], "The committee discussed the report.") | changed)


def ids(body: Body) -> list[str]:
    return list(wanted(body)[1]["properties"])


def translated(
    stub: Stub,
    source: Article,
    *,
    repairs: int = 0,
    effort: Effort = "normal",
    texts: dict[str, str] | None = None,
    **values: Any,
) -> Draft:
    draft = Draft(source, texts=texts or {})
    steps: list[tuple[str, int, int]] = []

    async def work() -> None:
        settings = Settings.load(base_url=stub.base_url, model="m", max_wait=0.02, concurrency=1, **values)
        async with open_model(settings) as model:
            await translate(draft, model, repairs=repairs, effort=effort, progress=lambda *step: steps.append(step))

    asyncio.run(work())
    assert steps[0] == ("translating", len(texts or {}), len(source.sentences))
    assert all(done <= total for _, done, total in steps)
    return draft


@pytest.fixture(autouse=True)
def good(stub: Stub) -> None:
    stub.answer = english


@pytest.mark.parametrize("count", [1, 2, PIECE_SENTENCES, PIECE_SENTENCES + 1, 120])
def test_every_id_is_asked_for_exactly_once(stub: Stub, count: int) -> None:
    source = article(count)
    draft = translated(stub, source)
    asked = [sentence_id for body in stub.requests for sentence_id in ids(body)]
    assert asked == list(source.ids) == list(draft.texts)
    assert all(len(ids(body)) <= PIECE_SENTENCES for body in stub.requests)
    assert not draft.failures


@pytest.mark.parametrize("context", [1024, 2048, 4096, 8192])
def test_pieces_are_whole_in_order_and_small_enough(context: int) -> None:
    source = to_article(read_text(" ".join(f"Der Bericht {'sehr ' * (n * 7 % 40)}lang." for n in range(1, 80))), "de")
    pieces = _pieces(source.sentences, context)
    assert [item for piece in pieces for item in piece] == list(source.sentences)
    assert all(pieces)
    sizes = [sum(len(item.text) for item in piece) for piece in pieces if len(piece) > 1]
    assert all(size < context * 2 for size in sizes)
    assert len(_pieces(source.sentences, 1024)) > len(_pieces(source.sentences, 8192))
    assert _pieces((), context) == []


def test_neighbours_are_shown_and_not_asked_for(stub: Stub) -> None:
    translated(stub, article(60))
    assert ids(stub.requests[1]) == [f"s{n}" for n in range(26, 51)]
    before, inside, after = stub.users[1].split("<<<")[1:]
    shown = [re.findall(r"^\[(s\d+)\]", part, re.MULTILINE) for part in (before, inside, after)]
    assert shown == [["s23", "s24", "s25"], ids(stub.requests[1]), ["s51", "s52", "s53"]]
    assert before.splitlines()[0].endswith("-BEFORE")
    assert after.splitlines()[0].endswith("-AFTER")
    assert "BEFORE" not in stub.users[0]
    assert "AFTER" not in stub.users[2]


def test_an_empty_text_is_asked_for_alone_then_missing(stub: Stub) -> None:
    stub.answer = lambda body: english(body, **({"s3": " \n "} if "s3" in ids(body) else {}))
    draft = translated(stub, article(5))
    assert [ids(body) for body in stub.requests] == [["s1", "s2", "s3", "s4", "s5"], ["s3"]]
    assert isinstance(draft.failures["s3"], InvalidAnswerError)
    translation, findings = draft.result()
    assert [segment.status for segment in translation.segments] == ["ok", "ok", "missing", "ok", "ok"]
    assert translation.text("s3") is None
    assert [(finding.code, finding.where) for finding in findings] == [("translation.missing", "s3")]
    assert "empty" in findings[0].message


def test_an_empty_text_may_come_right_when_asked_alone(stub: Stub) -> None:
    stub.answer = lambda body: english(body, **({"s2": ""} if len(ids(body)) > 1 else {}))
    assert len(translated(stub, article(3)).texts) == 3


def test_line_breaks_of_a_model_become_spaces(stub: Stub) -> None:
    stub.answer = lambda body: english(body, s1=" The committee\n\ndiscussed\tthe report. ")
    assert translated(stub, article(1)).texts == {"s1": "The committee discussed the report."}


@pytest.mark.parametrize("step", ["length", "context", "filter", "refusal", "blocked"])
def test_what_is_too_much_is_split_until_the_culprit_is_alone(stub: Stub, step: str) -> None:
    stub.fate = lambda body: step if "s6" in ids(body) else "ok"
    draft = translated(stub, article(8))
    asked = [tuple(ids(body)) for body in stub.requests]
    assert asked == [
        tuple(f"s{n}" for n in range(1, 9)),
        ("s1", "s2", "s3", "s4"),
        ("s5", "s6", "s7", "s8"),
        ("s5", "s6"),
        ("s5",),
        ("s6",),
        ("s7", "s8"),
    ]
    assert set(draft.failures) == {"s6"}
    assert len(draft.texts) == 7


def test_a_filter_that_stops_the_first_sentences_does_not_stop_the_rest(stub: Stub) -> None:
    stub.fate = lambda body: "filter" if int(ids(body)[0][1:]) <= 10 else "ok"
    draft = translated(stub, article(30))
    assert set(draft.failures) == {f"s{n}" for n in range(1, 11)}
    assert all(isinstance(error, ContentFilteredError) for error in draft.failures.values())


@pytest.mark.parametrize("count", [20, 40, 400])
@pytest.mark.parametrize("step", ["filter", "refusal", "blocked"])
def test_an_article_that_is_filtered_throughout_is_given_up_soon(stub: Stub, step: str, count: int) -> None:
    stub.fate = lambda _: step
    draft = translated(stub, article(count))
    assert len(stub.requests) == HOPELESS + SAMPLE
    assert set(draft.failures) == set(draft.article.ids)
    assert isinstance(draft.down, ContentFilteredError)
    assert str(draft.down).endswith("as for all that was tried, so the rest was not sent.")


def test_one_sentence_in_three_that_passes_the_filter_is_kept(stub: Stub) -> None:
    passing = [f"s{n}" for n in range(1, 101, 3)]
    stub.fate = lambda body: "ok" if set(ids(body)) <= set(passing) else "filter"
    assert sorted(translated(stub, article(100)).texts) == sorted(passing)


def test_a_sentence_beside_a_filtered_one_is_not_lost_for_its_neighbour(stub: Stub) -> None:
    stub.fate = lambda body: "filter" if "[s4]" in str(body["messages"]) else "ok"
    draft = translated(stub, article(8))
    assert set(draft.failures) == {"s4"}
    assert len(draft.texts) == 7


@pytest.mark.parametrize("answer", ["nonsense", "{}"])
def test_an_endpoint_that_never_answers_in_shape_is_given_up(stub: Stub, answer: str) -> None:
    stub.answer = lambda _: answer
    draft = translated(stub, article(300), reasks=0)
    assert not draft.texts
    assert len(draft.failures) == 300
    assert isinstance(draft.down, InvalidAnswerError)
    alone = [body for body in stub.requests if len(ids(body)) == 1]
    assert len(alone) == HOPELESS
    assert len(stub.requests) < 20


@pytest.mark.parametrize(("step", "requests"), [("500", 3), ("drop", 3), ("quota", 1), ("html", 1), ("nochoice", 1)])
def test_an_endpoint_that_is_down_is_not_asked_for_the_rest(stub: Stub, step: str, requests: int) -> None:
    stub.steps = ["ok"]
    stub.fate = lambda _: step
    draft = translated(stub, article(100), retries=2)
    assert len(stub.requests) == 1 + requests
    assert len(draft.texts) == PIECE_SENTENCES
    translation, findings = draft.result()
    assert [segment.status for segment in translation.segments].count("missing") == 75
    assert len({finding.message for finding in findings}) == 1


def test_a_refused_key_ends_everything(stub: Stub) -> None:
    stub.fate = lambda _: "401"
    with pytest.raises(SetupError):
        translated(stub, article(60))
    assert len(stub.requests) == 1


# --- repair

MONEY = "Der Umbau kostet 350 Euro und dauert lange."
RIGHT = "The redesign costs 350 euros and takes a long time."
WRONG = "The redesign costs 950 euros and takes a long time."


def test_only_what_failed_is_repaired_with_the_reason(stub: Stub) -> None:
    stub.answer = lambda body: json.dumps(
        {key: WRONG if key == "s3" and len(ids(body)) > 1 else RIGHT for key in ids(body)}
    )
    draft = translated(stub, article(5, MONEY), repairs=2)
    assert [ids(body) for body in stub.requests] == [["s1", "s2", "s3", "s4", "s5"], ["s3"]]
    assert "s3: " in stub.users[1].split("rejected")[1]
    assert "950" in stub.users[1]
    assert draft.texts["s3"] == RIGHT
    assert not any(finding.severity == "error" for finding in draft.assessments["s3"].findings)


def test_repairs_are_asked_for_in_the_articles_order_whichever_came_first(stub: Stub) -> None:
    source = article(PIECE_SENTENCES + 5, MONEY)
    stub.answer = lambda body: json.dumps(dict.fromkeys(ids(body), RIGHT))
    order = [sentence.id for sentence in source.sentences]
    translated(stub, source, repairs=1, texts=dict.fromkeys(reversed(order), WRONG))
    assert [ids(body) for body in stub.requests] == [order[:PIECE_SENTENCES], order[PIECE_SENTENCES:]]


@pytest.mark.parametrize("repairs", [0, 1, 3])
def test_repairs_are_bounded_and_end_when_nothing_gets_better(stub: Stub, repairs: int) -> None:
    stub.answer = lambda body: json.dumps(dict.fromkeys(ids(body), WRONG))
    draft = translated(stub, article(2, MONEY), repairs=repairs)
    assert len(stub.requests) == 1 + min(repairs, 1)
    assert draft.texts == {"s1": WRONG, "s2": WRONG}
    assert {segment.status for segment in draft.result()[0].segments} == {"doubtful"}


def test_a_worse_repair_is_not_taken(stub: Stub) -> None:
    worse = "The redesign costs 951, 952 and 953 euros."
    stub.answer = lambda body: json.dumps(
        dict.fromkeys(ids(body), worse if "rejected" in body["messages"][1]["content"] else WRONG)
    )
    assert translated(stub, article(1, MONEY), repairs=2).texts == {"s1": WRONG}


@pytest.mark.parametrize("step", ["500", "filter", "text:nonsense", "length"])
def test_a_repair_that_fails_leaves_the_first_version(stub: Stub, step: str) -> None:
    stub.answer = lambda body: json.dumps(dict.fromkeys(ids(body), WRONG))
    stub.steps = ["ok"]
    stub.fate = lambda _: step
    draft = translated(stub, article(2, MONEY), repairs=2, retries=0, reasks=0)
    assert draft.texts == {"s1": WRONG, "s2": WRONG}
    assert not draft.failures


def test_texts_that_no_check_has_seen_are_checked_for_the_result() -> None:
    draft = Draft(article(2, MONEY), texts={"s1": RIGHT, "s2": WRONG})
    translation, findings = draft.result()
    assert [segment.status for segment in translation.segments] == ["ok", "doubtful"]
    first, second = (segment.confidence for segment in translation.segments)
    assert first is not None
    assert second is not None
    assert second < 0.5 < 0.7 < first
    assert {finding.where for finding in findings} == {"s2"}


def test_a_sentence_is_checked_with_those_around_it_however_few_are_asked_for() -> None:
    source = to_article(read_text(" ".join(f"Satz {n}." for n in range(1, 10))), "de")
    for sentence_id, expected in (("s1", ["s2", "s3"]), ("s5", ["s3", "s4", "s6", "s7"]), ("s9", ["s7", "s8"])):
        made = pair(source, source.sentence(sentence_id), "Sentence.")
        assert [other for other, _ in made.around] == expected


# --- models that only continue text


def test_a_continuing_model_is_asked_sentence_by_sentence(stub: Stub) -> None:
    stub.answer = lambda _: "The committee discussed the report.\n"
    source = to_article(read_text("Der Ausschuss beriet {{ 7*7 }}. Er beriet\u00a0lange."), "de")
    draft = translated(stub, source, style="completion", effort="fast")
    assert len(stub.requests) == 2
    assert [body["messages"][0]["content"].splitlines()[-2:] for body in stub.requests] == [
        ["German: Der Ausschuss beriet {{ 7*7 }}.", "English:"],
        ["German: Er beriet lange.", "English:"],
    ]
    assert all(body["stop"] == ["\n"] and "response_format" not in body for body in stub.requests)
    assert draft.texts["s1"] == "The committee discussed the report."


@pytest.mark.parametrize(("right", "rounds"), [(3, 1), (11, 2), (None, 2)])
def test_a_doubtful_sentence_of_a_continuing_model_gets_samples_until_one_is_sure(
    stub: Stub, right: int | None, rounds: int
) -> None:
    stub.answer = lambda body: RIGHT if right and body.get("seed") == right else WRONG
    draft = translated(stub, article(1, MONEY), style="completion", effort="normal")
    drawn = sum(ROUNDS["normal"][:rounds])
    assert [body.get("seed") for body in stub.requests] == [None, *range(1, drawn + 1)]
    assert [body["temperature"] for body in stub.requests] == [0, *[SAMPLE_TEMPERATURE] * drawn]
    assert draft.texts == {"s1": RIGHT if right else WRONG}


def test_effort_says_how_many_samples_a_sentence_gets(stub: Stub) -> None:
    stub.answer = lambda _: RIGHT
    asked = {}
    for effort in EFFORTS:
        stub.requests.clear()
        translated(stub, article(2, MONEY), style="completion", effort=effort)
        asked[effort] = len(stub.requests)
        compared = effort != "fast"  # log-probabilities cost time, and are for comparing only
        assert all(("logprobs" in request) == compared for request in stub.requests)
    assert asked == {"fast": 2, "normal": 2, "best": 2 * (1 + sum(ROUNDS["best"]))}


def test_a_continuing_model_is_not_asked_for_repairs(stub: Stub) -> None:
    stub.answer = lambda _: WRONG
    draft = translated(stub, article(1, MONEY), style="completion", repairs=2, effort="fast")
    assert len(stub.requests) == 1
    assert draft.texts == {"s1": WRONG}


def test_a_sentence_that_a_continuing_model_leaves_empty_is_missing(stub: Stub) -> None:
    stub.steps = ["text:  "]
    stub.answer = lambda _: "The committee discussed the report."
    draft = translated(stub, article(3), style="completion", effort="fast")
    assert set(draft.failures) == {"s1"}
    assert len(draft.texts) == 2


def test_work_that_was_interrupted_says_so() -> None:
    translation, findings = Draft(article(2)).result()
    assert {(segment.status, segment.confidence) for segment in translation.segments} == {("missing", None)}
    assert all("interrupted" in finding.message for finding in findings)


def test_a_failure_is_told_in_the_finding() -> None:
    draft = Draft(article(1))
    draft.fail(draft.article.sentences, EndpointError("The endpoint sleeps."))
    assert draft.down is not None
    assert draft.result()[1][0].message.endswith("The endpoint sleeps.")
