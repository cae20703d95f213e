"""`brief eval`: figures of runs, side by side, with paired bootstrap intervals."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import sacrebleu

from summarizer import Finding, InputError
from summarizer.document import Cost, ItemSupport, Usage
from summarizer.evaluate.compare import Comparison, Estimate, compare
from summarizer.evaluate.runs import Run, read_runs
from summarizer.rank import key_sentences
from summarizer.verify import Columns
from tests.browser import chromium, opened, violations
from tests.documents import written
from tests.test_cli import brief
from tests.test_page import Shape

GERMAN = ["Der Umbau kostet 350 Euro.", "Die Brücke ist seit Montag gesperrt.", "Der Rat stimmte nicht zu."]
REFERENCES = ["The redesign costs 350 euros.", "The bridge has been closed since Monday.", "The council did not agree."]
GOOD = ["The redesign costs 350 euros.", "The bridge is closed since Monday.", "The council did not agree to it."]
POOR = ["The redesign costs 950 euros.", "A bridge was on Monday.", "The council agreed."]


def pairs(
    path: Path, english: list[str], *, times: int = 1, names: tuple[str, str, str] = ("src", "mt", "ref")
) -> Path:
    rows = [dict(zip(names, row, strict=True)) for row in zip(GERMAN, english, REFERENCES, strict=True)] * times
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def read(*paths: Path) -> list[Run]:
    return read_runs(paths, Columns(), pytest.fail, vectors=False)


def values(comparison: Comparison, run: int = 0) -> dict[str, float | None]:
    return {figure.name: figure.values[run].value for figure in comparison.figures}


def differences(comparison: Comparison) -> dict[str, Estimate]:
    return {figure.name: figure.differences[0] for figure in comparison.figures}


def test_scores_are_those_of_sacrebleu(tmp_path: Path) -> None:
    found = compare(read(pairs(tmp_path / "a.jsonl", GOOD)))
    chrf, bleu = sacrebleu.CHRF(), sacrebleu.BLEU()
    got = values(found)
    assert got["chrf"] == pytest.approx(chrf.corpus_score(GOOD, [REFERENCES]).score)
    assert got["bleu"] == pytest.approx(bleu.corpus_score(GOOD, [REFERENCES]).score)
    assert found.signatures == {"chrf": str(chrf.get_signature()), "bleu": str(bleu.get_signature())}


def test_a_worse_run_is_clearly_worse(tmp_path: Path) -> None:
    good, poor = pairs(tmp_path / "good.jsonl", GOOD, times=9), pairs(tmp_path / "poor.jsonl", POOR, times=9)
    far = differences(compare(read(good, poor)))
    for name in ("chrf", "bleu", "confidence"):
        assert (far[name].high or 0) < 0, name
        assert far[name].clear, name
    assert (far["errors"].low or 0) > 0
    same = differences(compare(read(good, good)))
    assert all((one.value, one.low, one.high, one.clear) == (0, 0, 0, False) for one in same.values())


def test_runs_are_paired_by_source_whatever_the_order(tmp_path: Path) -> None:
    one, other = pairs(tmp_path / "one.jsonl", GOOD), pairs(tmp_path / "other.jsonl", GOOD)
    lines = other.read_text("utf-8").splitlines(keepends=True)
    other.write_text("".join([*reversed(lines), json.dumps({"src": "Es regnet.", "mt": "It rains."}) + "\n"]), "utf-8")
    found = compare(read(one, other))
    assert (found.n, found.left_out) == (3, (0, 1))
    assert all((one.low, one.high) == pytest.approx((0, 0)) for one in differences(found).values())


def test_the_same_seed_draws_the_same(tmp_path: Path) -> None:
    runs = read(pairs(tmp_path / "good.jsonl", GOOD, times=5), pairs(tmp_path / "poor.jsonl", POOR, times=5))
    assert compare(runs) == compare(runs)
    assert compare(runs).figures != compare(runs, seed=1).figures


def test_intervals_need_two_units_and_no_chunk_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps({"src": GERMAN[0], "mt": GOOD[0]}), "utf-8")
    (run,) = read(path)
    assert all(figure.values[0].low is None for figure in compare([run]).figures)
    runs = read(pairs(tmp_path / "good.jsonl", GOOD))
    whole = compare(runs)
    monkeypatch.setattr("summarizer.evaluate.compare._AT_ONCE", 30)
    assert compare(runs) == whole


def folder(path: Path, **changes: Any) -> Path:
    path.mkdir()
    for name in ("council", "figures"):
        (path / f"{name}.json").write_text(written(name, **changes).model_dump_json(), "utf-8")
    return path


def test_figures_of_documents(tmp_path: Path) -> None:
    usage = Usage(
        requests=10, reasks=1, repairs=2, input_tokens=900, output_tokens=100, seconds=4,
        cost=Cost(amount=0.02, price_source="list"),
    )  # fmt: skip
    support = tuple(
        ItemSupport(where=f"/key_points/{i}", status="ok" if i else "doubtful", confidence=0.9) for i in range(4)
    )
    findings = (
        Finding(code="numbers.missing", severity="error", where="s1", message="A number is missing."),
        Finding(code="brief.duplicate", severity="warning", where="/key_points/0", message="Twice."),
    )
    made = folder(tmp_path / "gpt-4.1", usage=usage, support=support, findings=findings)
    (run,) = read(made)
    assert run.name == "gpt-4.1"
    got = values(compare([run]))
    documents = [written("council"), written("figures")]
    sentences = sum(len(document.article.sentences) for document in documents)
    assert got["errors"] == pytest.approx(100 * 2 / sentences)
    assert got["warnings"] == 0  # what is said of the brief is in `supported`
    assert got["supported"] == 75
    assert got["repairs"] == pytest.approx(100 * 4 / sentences)
    assert [got[name] for name in ("reasks", "tokens", "cost", "seconds")] == pytest.approx([10, 1000, 0.02, 4])
    assert not {"chrf", "bleu", "confidence"} & set(got)  # no reference; hand-written answers have no confidence


@pytest.mark.parametrize("named", [1, 3, 5])
def test_coverage_is_of_the_key_sentences(tmp_path: Path, named: int) -> None:
    document = written("council")
    key = [sentence.id for sentence in key_sentences(document.article.sentences)[:5]]
    data = json.loads(document.model_dump_json())
    for value in data["brief"].values():
        for item in value if isinstance(value, list) else [value]:
            item["evidence"] = key[:named]
    (tmp_path / "a.json").write_text(json.dumps(data), "utf-8")
    assert values(compare(read(tmp_path)))["coverage"] == 20 * named


def test_documents_are_paired_by_article_wherever_they_lie(tmp_path: Path) -> None:
    one, other = folder(tmp_path / "one"), tmp_path / "other.jsonl"
    other.write_text(written("figures").model_dump_json() + "\n", "utf-8")
    found = compare(read(one, other))
    assert (found.units, found.n, found.left_out) == ("documents", 1, (1, 0))


def english_of(name: str) -> list[tuple[str, str]]:
    """Return the sentences of a written document: German, and its English in other words."""
    document = written(name)
    assert document.translation is not None
    segments = document.translation.segments
    return [(s.text, f"{t.text} Indeed.") for s, t in zip(document.article.sentences, segments, strict=True)]


def test_documents_take_references_of_sentences_and_of_several(tmp_path: Path) -> None:
    made, said = folder(tmp_path / "one"), list[str]()
    council, figures = english_of("council"), english_of("figures")
    joined = (" ".join(german for german, _ in figures[1:3]), " ".join(english for _, english in figures[1:3]))
    rows = [*council[:4], joined]
    lines = [*({"src": german, "ref": english} for german, english in rows), {"src": "Anderswo.", "ref": "Elsewhere."}]
    path = tmp_path / "english.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in [*lines, {"src": "Ja."}]), "utf-8")
    (run,) = read_runs([made], Columns(), said.append, references=path)
    references = [english for _, english in rows]
    ours = [english.removesuffix(" Indeed.") for english in references[:4]] + [references[4].replace(" Indeed.", "")]
    got = values(compare([run]))
    assert got["chrf"] == pytest.approx(sacrebleu.CHRF().corpus_score(ours, [references]).score)
    assert got["bleu"] == pytest.approx(sacrebleu.BLEU().corpus_score(ours, [references]).score)
    assert "line 7 is no reference" in said[0]
    unit = next(unit for unit in run.units.values() if unit.references[0])
    assert unit.references[:5] == (*references[:4], None)


def test_whole_articles_have_references_by_the_name_of_their_file(tmp_path: Path) -> None:
    made, given = folder(tmp_path / "one"), tmp_path / "english"
    given.mkdir()
    whole = " ".join(english for _, english in english_of("council"))
    (given / "council.md").write_text(whole, "utf-8")
    done = brief("eval", str(made), "--references", str(given), "--json")
    assert done.returncode == 0, done.stderr
    chrf = json.loads(done.stdout)["figures"][0]
    ours = whole.replace(" Indeed.", "")
    assert chrf["values"][0]["value"] == pytest.approx(sacrebleu.CHRF().corpus_score([ours], [[whole]]).score)
    assert chrf["n"] == 1


@pytest.mark.parametrize("content", ["", '{"src": "Anderswo.", "ref": "Elsewhere."}\n'])
def test_references_of_something_else_are_said(tmp_path: Path, content: str) -> None:
    path = tmp_path / "english.jsonl"
    path.write_text(content, "utf-8")
    with pytest.raises(InputError, match="reference"):
        read_runs([folder(tmp_path / "one")], Columns(), pytest.fail, references=path)


def test_an_option_that_a_run_does_not_go_with_is_refused(tmp_path: Path) -> None:
    given, made = pairs(tmp_path / "a.jsonl", GOOD), folder(tmp_path / "one")
    done = brief("eval", str(given), "--rules-only", "--references", str(given))
    assert (done.returncode, done.stdout) == (2, "")
    assert "leave --references out" in done.stderr
    done = brief("eval", str(made), "--rules-only")
    assert (done.returncode, done.stdout) == (2, "")
    assert "leave --rules-only out" in done.stderr


def test_one_article_counts_once(tmp_path: Path) -> None:
    made, said = folder(tmp_path / "one"), list[str]()
    (made / "copy.json").write_text(written("council").model_dump_json(), "utf-8")
    (run,) = read_runs([made], Columns(), said.append)
    assert len(run.units) == 2
    assert "same article" in said[0]


def test_runs_of_different_things_are_not_compared(tmp_path: Path) -> None:
    runs = read(pairs(tmp_path / "a.jsonl", GOOD), folder(tmp_path / "b"))
    with pytest.raises(InputError, match="in common"):
        compare(runs)


def test_the_command_prints_a_table_and_json(tmp_path: Path) -> None:
    good, poor = pairs(tmp_path / "good.jsonl", GOOD, times=9), pairs(tmp_path / "poor.jsonl", POOR, times=9)
    done = brief("eval", str(good), "--against", str(poor), "--rules-only")
    assert done.returncode == 0, done.stderr
    chrf = next(line for line in done.stdout.splitlines() if line.startswith("chrF"))
    assert chrf.endswith("worse")
    assert "27 pairs; [95 % intervals] by 1,000 resamples of them, seed 12345." in done.stdout
    assert "chrF: nrefs:1|case:mixed" in done.stdout
    as_json = json.loads(brief("eval", str(good), "-a", str(poor), "--rules-only", "--json", "--seed", "7").stdout)
    assert (as_json["runs"], as_json["seed"]) == (["good", "poor"], 7)
    assert Comparison.model_validate(as_json).figures


def test_a_page_does_not_take_the_place_of_what_is_read(tmp_path: Path) -> None:
    path = pairs(tmp_path / "a.jsonl", GOOD)
    done = brief("eval", str(path), "--rules-only", "--html", str(path))
    assert done.returncode == 2
    assert "a.jsonl is the input itself: give another path to --html." in done.stderr


def test_names_of_fields_are_the_files_own(tmp_path: Path) -> None:
    path = pairs(tmp_path / "a.jsonl", GOOD, names=("german", "hyp", "refA"))
    options = ["--source-field", "german", "--target-field", "hyp", "--reference-field", "refA", "--rules-only"]
    assert "chrF" in brief("eval", str(path), *options).stdout
    assert "chrF" not in brief("eval", str(path), *options[:4], "--rules-only").stdout


def test_lines_that_are_no_pairs_are_named_and_the_rest_evaluated(tmp_path: Path) -> None:
    path = pairs(tmp_path / "a.jsonl", GOOD)
    path.write_text('{"src": "Ja."}\n' + path.read_text("utf-8") + '{"src": "Ja.", "mt": "Yes.", "ref": 3}\n', "utf-8")
    done = brief("eval", str(path), "--rules-only", "--json")
    assert done.returncode == 2
    assert "line 1 is no pair" in done.stderr
    assert "line 5 is no pair" in done.stderr
    got = json.loads(done.stdout)
    assert got["n"] == 3
    chrf = got["figures"][0]
    assert chrf["values"][0]["value"] == pytest.approx(sacrebleu.CHRF().corpus_score(GOOD, [REFERENCES]).score)


@pytest.mark.parametrize("content", [None, "", "{", "[]\n"])
def test_what_cannot_be_evaluated_is_said_in_a_sentence(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "a.jsonl"
    if content is not None:
        path.write_text(content, "utf-8")
    done = brief("eval", str(path))
    assert done.returncode == 2
    assert "a.jsonl" in done.stderr
    assert "Traceback" not in done.stderr


HOSTILE = "</style><script>alert(1)</script><img src=x onerror=alert(2)>\u202e"


def test_the_page_shows_what_differs_most_and_nothing_acts(tmp_path: Path) -> None:
    good = pairs(tmp_path / "good.jsonl", GOOD)
    poor = pairs(tmp_path / "<b>poor.jsonl", [GOOD[0], HOSTILE, POOR[2]])
    page = tmp_path / "page.html"
    assert brief("eval", str(good), "-a", str(poor), "--rules-only", "--html", str(page)).returncode == 0
    text = page.read_text("utf-8")
    assert "The 2 sentences that differ most" in text  # the first is the same in both
    assert text.index(GERMAN[1]) < text.index(GERMAN[2])
    assert "default-src 'none'" in text
    assert "<img" not in text
    assert "\u202e" not in text
    assert text.count("<script") == 1
    assert "<b>poor" not in text
    assert not [link for link in Shape(text).links if not link.startswith("#")]


def test_the_page_is_accessible_and_does_nothing_in_a_browser(tmp_path: Path) -> None:
    good, poor = pairs(tmp_path / "good.jsonl", GOOD), pairs(tmp_path / "poor.jsonl", [GOOD[0], HOSTILE, POOR[2]])
    page = tmp_path / "page.html"
    assert brief("eval", str(good), "-a", str(poor), "--rules-only", "--html", str(page)).returncode == 0
    with chromium() as browser:
        for scheme in ("light", "dark"):
            with opened(browser, page, color_scheme=scheme) as watched:
                assert violations(watched.page) == []
                assert watched.deeds == []


def test_the_page_of_documents_has_their_sentences(tmp_path: Path) -> None:
    one, other = folder(tmp_path / "one"), folder(tmp_path / "other")
    document = written("council")
    assert document.translation is not None
    first, *rest = document.translation.segments
    changed = first.model_copy(update={"text": "Something else.", "confidence": 0.1, "status": "doubtful"})
    translation = document.translation.model_copy(update={"segments": (changed, *rest)})
    (other / "council.json").write_text(
        document.model_copy(update={"translation": translation}).model_dump_json(), "utf-8"
    )
    page = tmp_path / "page.html"
    assert brief("eval", str(one), "-a", str(other), "--html", str(page)).returncode == 0
    assert "Something else." in page.read_text("utf-8")
    assert "The 1 sentences" not in page.read_text("utf-8")


def test_an_input_is_not_overwritten_by_the_page(tmp_path: Path) -> None:
    path = pairs(tmp_path / "a.jsonl", GOOD)
    assert brief("eval", str(path), "--html", str(path)).returncode == 2
    assert path.read_text("utf-8").count("\n") == 3
