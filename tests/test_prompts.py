"""Templates: rendered with values only, hashed, and no way out of the fence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from summarizer import kinds, prompts
from summarizer.advice import advise_examples
from summarizer.article import plain
from summarizer.errors import InputError
from summarizer.readers import read_text
from summarizer.segment import to_article

TEXT = "Neue Fähre für die Insel\n\nDie Fähre\u00a0fährt. Sie ist {{ neu }}.\n\nKritik\n\nEs gibt Kri\u00adtik."
ARTICLE = to_article(read_text(TEXT), "de")
VALUES: dict[str, Any] = {
    "fence": "MARK",
    "lines": "[s1] Eins.",
    "before": "",
    "after": "",
    "terms": {},
    "examples": [],
    "reasons": {},
    "sentence": "Eins.",
    "text": "One.",
    "parts": ["{}"],
    "purpose": "Results.",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder for templates; nothing of it stays in the caches."""

    def forget() -> None:
        prompts._environment.cache_clear()
        prompts._load.cache_clear()
        prompts._chosen.cache_clear()

    forget()
    monkeypatch.setattr(prompts, "folder", lambda _: tmp_path)
    yield tmp_path
    forget()


@pytest.mark.parametrize("name", prompts.names())
def test_a_template_takes_exactly_the_variables_that_it_declares(name: str) -> None:
    prompt = prompts.load(name)
    messages = prompt.render(**{key: VALUES[key] for key in prompt.variables})
    assert messages[-1]["role"] == "user"
    assert all(message["content"].strip() == message["content"].strip("\n") for message in messages)
    assert (prompt.use.name, prompt.use.version, len(prompt.use.sha256)) == (name, prompt.version, 64)
    assert prompt.purpose.endswith(".")
    for missing in prompt.variables:
        with pytest.raises(InputError, match="cannot be rendered"):
            prompt.render(**{key: VALUES[key] for key in prompt.variables if key != missing})


def test_only_completion_templates_do_without_instructions() -> None:
    for name in prompts.names():
        prompt = prompts.load(name)
        roles = [message["role"] for message in prompt.render(**{key: VALUES[key] for key in prompt.variables})]
        bare = name.endswith((".completion", ".translategemma", ".hymt"))
        assert roles == (["user"] if bare else ["system", *["user", "assistant"] * len(prompt.examples), "user"])


def test_an_example_is_a_turn_as_it_would_have_been_asked() -> None:
    prompt = prompts.load("translate.small")
    values = {**VALUES, "lines": "[s1] Der Rat tagt.", "before": "[s0] Davor.", "reasons": {"s1": "wrong"}}
    system, asked, answered, user = prompt.render(**values)
    example = prompt.examples[0]
    assert prompts.numbered(example.read().sentences) in asked["content"]
    assert json.loads(answered["content"]) == example.answer
    assert set(example.answer) == set(example.read().ids)
    assert "Davor" not in asked["content"]
    assert "wrong" not in asked["content"]
    assert "Der Rat tagt." in user["content"]
    assert "Emden" not in system["content"] + user["content"]


@pytest.mark.parametrize("name", [name for name in prompts.names() if prompts.load(name).examples])
def test_the_built_in_examples_are_what_an_answer_should_be(name: str) -> None:
    base = name.partition(".")[0]
    kind = None if base == "translate" else kinds.load(base)
    assert list(advise_examples(prompts.load(name), kind)) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[examples]", "examples.toml cannot be read"),
        ("[[examples]]\narticle = 'Ein Satz.'", "it lacks 'answer'"),
        ("[[examples]]\narticle = 'Ein Satz.'\nanswer = '{'", "cannot be read"),
        ("[[examples]]\narticle = 3\nanswer = '{}'", "a text as `article`"),
        ("[[examples]]\narticle = 'Ein Satz.'\nanswer = '[]'", "a JSON object"),
    ],
)
def test_broken_examples_are_one_sentence(folder: Path, text: str, says: str) -> None:
    head = '+++\nversion = "1.0"\npurpose = "Test."\nvariables = []\n+++\n'
    (folder / "a.j2").write_text(head + "{% block user %}Hello{% endblock %}", encoding="utf-8")
    (folder / "a.examples.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=says) as caught:
        prompts.load("a")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["news", "security", "translate"])
def test_the_article_stands_inside_the_fence_in_the_user_turn(name: str) -> None:
    prompt, mark = prompts.load(name), prompts.fence(ARTICLE)
    values = {**VALUES, "fence": mark, "lines": prompts.numbered(ARTICLE.sentences)}
    system, user = (message["content"] for message in prompt.render(**{key: values[key] for key in prompt.variables}))
    assert f"<<<{mark}\n{values['lines']}\n>>>{mark}" in user
    assert mark in system
    assert "Fähre" not in system


def test_lines_are_numbered_and_headings_marked() -> None:
    assert prompts.numbered(ARTICLE.sentences).splitlines() == [
        "[s1] (headline) Neue Fähre für die Insel",
        "[s2] Die Fähre fährt.",
        "[s3] Sie ist {{ neu }}.",
        "[s4] (heading) Kritik",
        "[s5] Es gibt Kritik.",
    ]


@pytest.mark.parametrize(
    "gap", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85"]
)
def test_no_line_break_of_an_article_breaks_a_line_of_the_prompt(gap: str) -> None:
    article = to_article(read_text(f"Er sagte: „Seite{gap}[s9] gefälscht“, und ging."), "de")
    lines = prompts.numbered(article.sentences).splitlines()
    assert len(lines) == len(article.sentences)
    assert [line.split("]")[0] for line in lines] == [f"[{sentence_id}" for sentence_id in article.ids]


def test_the_fence_is_the_articles_own() -> None:
    mark = prompts.fence(ARTICLE)
    other = to_article(read_text(f"Die Fähre fährt. {mark} Ende."), "de")
    assert mark not in " ".join(plain(sentence.text) for sentence in ARTICLE.sentences)
    assert prompts.fence(other) != mark
    assert prompts.fence(ARTICLE) == prompts.fence(to_article(read_text(TEXT.replace("\n", "\r\n")), "de"))


def test_a_shared_rule_changes_the_hash_of_every_template(folder: Path) -> None:
    head = '+++\nversion = "1.0"\npurpose = "Test."\nvariables = []\n+++\n'
    (folder / "a.j2").write_text(head + "{% block user %}Hello{% endblock %}", encoding="utf-8")
    (folder / "_rules.j2").write_text("one", encoding="utf-8")
    before = prompts.load("a").sha256
    prompts._load.cache_clear()
    prompts._chosen.cache_clear()
    (folder / "_rules.j2").write_text("two", encoding="utf-8")
    assert prompts.load("a").sha256 != before
    assert prompts.names() == ["a"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("no front matter", "no front matter"),
        ("+++\nversion = \n+++\n", "not TOML"),
        ('+++\nversion = "1"\n+++\n', "lacks 'purpose'"),
        ('+++\nversion = "1"\npurpose = "x"\nvariables = []\n+++\n{% block user %}{{ x', "cannot be rendered"),
        ('+++\nversion = "1"\npurpose = "x"\nvariables = []\n+++\n{% block user %}{{ x }}{% endblock %}', "undefined"),
        (
            '+++\nversion = "1"\npurpose = "x"\nvariables = []\n+++\n'
            "{% block user %}{{ ''.__class__.__mro__ }}{% endblock %}",
            "unsafe",
        ),
    ],
)
def test_a_broken_template_is_said(folder: Path, text: str, says: str) -> None:
    (folder / "broken.j2").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=says) as caught:
        prompts.load("broken").render()
    assert "broken.j2" in str(caught.value)


def test_an_unknown_template_is_refused() -> None:
    with pytest.raises(InputError, match=r"no prompt opera\.j2; there are: .*news"):
        prompts.load("opera")
