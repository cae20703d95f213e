"""Briefs written by a model: in parts, merged, evidence intact."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from summarizer import Settings, kinds, open_model, prepare, read_path, read_text
from summarizer.article import Article
from summarizer.brief import join, write_brief
from summarizer.checks.brief import items_of
from summarizer.errors import BriefError, ContentFilteredError, EndpointError, InvalidAnswerError, TruncatedError
from summarizer.items import Brief
from summarizer.llm.wire import evidence_of
from tests.stub import ARTICLES, Body, Stub, hand_written, played, wanted

NEWS: Any = kinds.load("news")


def two_in_one() -> tuple[Article, Body]:
    """Return both articles as one, with the answers to it: sentence ids of the second go on from the first's."""
    sources = [(ARTICLES / f"{name}.txt").read_text(encoding="utf-8") for name in ("council", "figures")]
    shift = len(prepare(read_path(ARTICLES / "council.txt")).sentences)
    council, figures = hand_written("council"), hand_written("figures")

    def moved(value: Any) -> Any:
        if isinstance(value, list):
            return [moved(item) for item in value]
        if isinstance(value, dict):
            return {
                key: [f"s{int(one[1:]) + shift}" for one in part] if key == "evidence" else moved(part)
                for key, part in value.items()
            }
        return value

    second = moved(figures["briefs"]["news"])
    brief = {
        key: value + second[key] if isinstance(value, list) else value
        for key, value in council["briefs"]["news"].items()
    }
    later = {f"s{int(key[1:]) + shift}": text for key, text in figures["translation"].items()}
    return prepare(read_text("\n\n".join(sources))), {
        "translation": council["translation"] | later,
        "briefs": {"news": brief},
    }


class Note(Brief):
    """One sentence, without evidence."""

    kind_name = "note"
    kind_template = Path(__file__).parents[1] / "prompts" / "news.j2"
    note: str | None = None


def write(stub: Stub, article: Article, kind: Any = NEWS, **values: Any) -> Any:
    async def work() -> Any:
        settings = Settings.load(base_url=stub.base_url, model="m", max_wait=0.02, **values)
        async with open_model(settings) as model:
            return await write_brief(article, model, kind)

    return asyncio.run(work())


def is_merge(body: Body) -> bool:
    return "was briefed in parts" in body["messages"][0]["content"]


def allowed(body: Body) -> list[str]:
    ids: list[str] = wanted(body)[1]["$defs"]["SentenceId"]["enum"]
    return ids


def asked_parts(requests: list[Body]) -> list[list[str]]:
    """Return the sentence ids of each part that was asked about, in the article's order."""
    parts = [allowed(body) for body in requests if not is_merge(body)]
    return sorted(parts, key=lambda part: int(part[0][1:]))


def claim(*evidence: str, text: str = "Something happened.") -> Body:
    return {"text": text, "stance": "stated", "attributed_to": None, "evidence": list(evidence)}


def first_and_last(body: Body) -> str:
    ids = allowed(body)
    return json.dumps({"headline": claim(ids[0]), "key_points": [claim(ids[0], ids[-1])]} | _empty(body))


def _empty(body: Body) -> Body:
    fields = wanted(body)[1]["properties"]
    return {
        key: [] if part.get("type") == "array" else None
        for key, part in fields.items()
        if key not in {"headline", "key_points"}
    }


def test_an_article_that_fits_is_asked_for_once(stub: Stub) -> None:
    stub.answer = played(hand_written("council"))
    article = prepare(read_path(ARTICLES / "council.txt"))
    brief = write(stub, article)
    assert len(stub.requests) == 1
    assert allowed(stub.requests[0]) == list(article.ids)
    assert brief.model_dump(mode="json") == hand_written("council")["briefs"]["news"]
    assert type(brief) is NEWS, "what the wire needed does not stay"


def test_parts_and_merge_lose_no_item_and_no_evidence(stub: Stub) -> None:
    article, answers = two_in_one()
    stub.answer = played(answers)
    brief = write(stub, article, context_tokens=1024)
    parts = asked_parts(stub.requests)
    assert len(parts) > 2
    assert [sentence_id for part in parts for sentence_id in part] == list(article.ids)
    assert any(is_merge(body) for body in stub.requests)
    for _, item in items_of(brief):
        assert set(item.evidence) <= set(article.ids)
    # Every item that some part could see stands in the merged brief with its evidence.
    sets = [set(part) for part in parts]
    visible = [
        item for item in answers["briefs"]["news"]["key_points"] if any(set(item["evidence"]) <= part for part in sets)
    ]
    assert len(visible) >= 10
    assert [point.model_dump(mode="json") for point in brief.key_points] == visible


def test_a_merge_can_only_name_what_the_parts_named(stub: Stub) -> None:
    stub.answer = first_and_last
    article, _ = two_in_one()
    write(stub, article, context_tokens=1024)
    for body in filter(is_merge, stub.requests):
        ids = allowed(body)
        assert ids == sorted(ids, key=lambda one: int(one[1:]))
        assert all(f'"{one}"' in body["messages"][1]["content"] for one in ids)
        assert len(ids) < len(article.ids)


def test_parts_in_which_nothing_was_found_are_not_merged_by_the_model(stub: Stub) -> None:
    stub.answer = lambda body: json.dumps(_empty(body) | {"headline": None, "key_points": []})
    article, _ = two_in_one()
    assert write(stub, article, context_tokens=1024) == NEWS()
    assert len(asked_parts(stub.requests)) > 2
    assert not any(is_merge(body) for body in stub.requests)


def test_a_kind_without_evidence_is_merged_by_the_model(stub: Stub) -> None:
    stub.answer = lambda body: json.dumps({"note": "Merged." if is_merge(body) else "Part."})
    article, _ = two_in_one()
    assert write(stub, article, Note, context_tokens=1024) == Note(note="Merged.")


@pytest.mark.parametrize("step", ["text:nonsense", "length", "context"])
def test_what_the_model_cannot_merge_is_joined_by_rule(stub: Stub, step: str) -> None:
    stub.answer = first_and_last
    stub.fate = lambda body: step if is_merge(body) else "ok"
    article, _ = two_in_one()
    brief = write(stub, article, context_tokens=1024, reasks=0)
    parts = asked_parts(stub.requests)
    assert brief.headline.evidence == (parts[0][0],)
    assert len(brief.key_points) == 1, "the same words once"
    assert brief.key_points[0].evidence == tuple(one for part in parts for one in (part[0], part[-1]))


@pytest.mark.parametrize("step", ["length", "context"])
def test_a_part_that_is_too_much_is_halved(stub: Stub, step: str) -> None:
    stub.answer = first_and_last
    stub.steps = [step]
    article = prepare(read_path(ARTICLES / "council.txt"))
    write(stub, article)
    first, second = asked_parts(stub.requests[1:])
    assert [*first, *second] == list(article.ids)
    assert len({json.dumps(body) for body in stub.requests}) == len(stub.requests)


@pytest.mark.parametrize(
    ("step", "kind", "requests"),
    [
        ("filter", ContentFilteredError, 1),
        ("refusal", ContentFilteredError, 1),
        ("text:nonsense", InvalidAnswerError, 3),
        ("503", EndpointError, 3),
        ("nochoice", EndpointError, 1),
    ],
)
def test_a_brief_that_cannot_be_had(stub: Stub, step: str, kind: type[BriefError], requests: int) -> None:
    stub.fate = lambda _: step
    with pytest.raises(kind):
        write(stub, prepare(read_path(ARTICLES / "council.txt")), retries=2, reasks=2)
    assert len(stub.requests) == requests


def test_a_single_sentence_that_is_too_much_is_an_error(stub: Stub) -> None:
    stub.fate = lambda _: "length"
    with pytest.raises(TruncatedError):
        write(stub, prepare(read_text("Der Rat hat am Montag nichts beschlossen.")))
    assert len(stub.requests) == 1


def test_join_keeps_the_first_single_value_and_unites_lists() -> None:
    one = NEWS(headline=claim("s1", text="First."), key_points=[claim("s2", text="Same."), claim("s3", text="Own.")])
    two = NEWS(headline=claim("s4", text="Second."), key_points=[claim("s5", "s2", text="Same.")])
    joined = join(NEWS, [NEWS(), one, two])
    assert joined.headline == one.headline
    assert [(point.text, point.evidence) for point in joined.key_points] == [
        ("Same.", ("s2", "s5")),
        ("Own.", ("s3",)),
    ]
    assert join(NEWS, [one]) == one
    assert join(NEWS, [NEWS(), NEWS()]) == NEWS()


def test_the_hand_written_answers_are_of_their_articles() -> None:
    for name in ("council", "figures"):
        answers, article = hand_written(name), prepare(read_path(ARTICLES / f"{name}.txt"))
        assert list(answers["translation"]) == list(article.ids)
        brief = NEWS.model_validate(answers["briefs"]["news"])
        assert set(evidence_of(brief)) <= set(article.ids)
