"""A kind from nothing to a brief, by the commands alone, with the built-in model: as the documentation tells a user to do it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from summarizer.cli.app import application, choose
from summarizer.embedded import EmbeddedServer

SEED = Path(__file__).parents[2] / "seeds" / "000_b0b2ffb098fc43c8.txt"
BEGINNING = 640
"""Characters of the seed article: its first part, so that the test takes seconds."""


def brief(*arguments: str) -> Any:
    name, rest = choose(list(arguments))
    return CliRunner().invoke(application(name), rest)


def test_a_kind_is_made_edited_checked_and_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, running: EmbeddedServer
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BRIEF_THREADS", "1")
    made = brief("kinds", "new", "visits")
    assert made.exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["visits.j2", "visits.py"]

    schema = Path("visits.py")
    text = schema.read_text("utf-8")
    broken = text.replace("criticism: Annotated[tuple[Claim, ...], ", "cooperation: Annotated[list[Claim], ")
    schema.write_text(broken.replace('Cues("Kritik", "kritisier", "Vorw\u00fcrf")', 'Cues("Zusammenarbeit")'), "utf-8")
    checked = brief("kinds", "check", "visits.py")
    assert checked.exit_code == 1
    assert "cooperation" in checked.stdout
    assert "write tuple[X, ...]" in checked.stdout

    whole = schema.read_text("utf-8").replace("list[Claim]", "tuple[Claim, ...]")
    schema.write_text(whole.replace("Who objects to what.", "Who works together with whom."), "utf-8")
    Path("visits.py").rename("visits_2.py")  # a kind that was loaded stays as it was in this process
    Path("visits.j2").rename("visits_2.j2")
    checked = brief("kinds", "check", "visits_2.py")
    assert (checked.exit_code, checked.stdout) == (0, "visits_2.py: nothing to change.\n")

    article = Path("article.txt")
    article.write_text(SEED.read_text("utf-8")[:BEGINNING].rpartition(". ")[0] + ".", "utf-8")
    done = brief(str(article), "--kind", "visits_2.py", "--brief-only", "--effort", "fast", "-q", "-o", "brief.json")
    assert done.exit_code in {0, 1}, done.stderr
    document = json.loads(Path("brief.json").read_text("utf-8"))
    assert (document["kind"], document["provenance"]["model"]) == ("visits", "gemma3-270m")
    german = {item["id"]: item["text"] for item in document["article"]["sentences"]}
    cooperation = document["brief"]["cooperation"]
    assert cooperation
    assert all("Zusammenarbeit" in german[item["evidence"][0]] for item in cooperation)
    assert document["brief"]["decisions"] == [], "a model that may not write leaves what it cannot vouch for"
