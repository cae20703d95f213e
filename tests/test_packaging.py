"""The wheel: built, installed into an empty environment, run from another folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}  # it would show the checkout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, env=ENVIRONMENT)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an environment's programs; the dependencies come from the environment of the tests."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=False)
    purelib = Path(sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)}))
    if not purelib.is_dir():
        purelib = next(home.glob("lib/python*/site-packages"))
    pip = [sys.executable, "-m", "pip"] if find_spec("pip") else ["uv", "pip"]  # uv's own environments have no pip
    install = ["install", "--quiet", "--no-deps", "--no-index", "--target", str(purelib), str(wheel)]
    subprocess.run([*pip, *install], check=True, capture_output=True, env=ENVIRONMENT)
    # Only the installed packages, not the editable checkout: .pth files in a .pth's folder are not read.
    (purelib / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return home / ("Scripts" if os.name == "nt" else "bin")


def test_the_wheel_holds_content_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {
        "summarizer",
        next(n for n in names if ".dist-info/" in n).split("/")[0],
    }
    for wanted in ("prompts/translate.j2", "prompts/_rules.j2", "schemas/news.py", "schemas/published/news-1.0.json"):
        assert f"summarizer/content/{wanted}" in names
    assert "summarizer/py.typed" in names
    assert "summarizer/lexicon/exonyms.txt" in names
    assert {f"summarizer/renderers/assets/article.{suffix}" for suffix in ("html.j2", "css", "js")} <= set(names)


def test_it_runs_from_another_folder(installed: Path, tmp_path: Path) -> None:
    def run(*arguments: str) -> str:
        command = [str(installed / "python"), "-m", "summarizer", *arguments]
        done = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True, env=ENVIRONMENT)
        return done.stdout

    where = subprocess.run(
        [str(installed / "python"), "-c", "import summarizer; print(summarizer.__file__)"],
        cwd=tmp_path, check=True, capture_output=True, text=True, env=ENVIRONMENT,
    ).stdout  # fmt: skip
    assert str(installed.parent) in where
    assert run("--version").startswith("brief ")
    assert {"news", "security"} <= {row["name"] for row in json.loads(run("kinds", "--json"))}
    assert json.loads(run("schema", "--document"))["properties"]["brief"]
    (tmp_path / "a.txt").write_text("Der Rat hat am Montag nichts beschlossen.", encoding="utf-8")
    code = "from summarizer import prepare, read_path; print(len(prepare(read_path('a.txt')).sentences))"
    command = [str(installed / "python"), "-c", code]
    assert subprocess.check_output(command, cwd=tmp_path, text=True, env=ENVIRONMENT).strip() == "1"
