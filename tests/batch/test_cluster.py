"""`brief batch --engine ray` on a real cluster of two nodes, one of which is killed in the middle."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.stub import Stub
from tests.test_cli import brief

HERE = Path(__file__).parent
with_ray = pytest.mark.skipif(
    importlib.util.find_spec("ray") is None, reason="Ray is not installed: pip install -e '.[cluster]'"
)
ARTICLES = 24


def rain(body: dict[str, Any]) -> str:
    """A right translation, written by hand, of the one sentence that each article has."""
    text = next(turn["content"] for turn in body["messages"] if turn["role"] == "user")
    days = re.findall(r"seit (\d+) Tagen", text)
    return json.dumps({"s1": f"It has been raining for {days[-1]} days."})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(2, ARTICLES + 2):
        (folder / f"{number:03}.txt").write_text(f"Es regnet seit {number} Tagen.", encoding="utf-8")
    return folder


@pytest.fixture
def nodes() -> Iterator[subprocess.Popen[str]]:
    """Two nodes; their lines come on stdout, `kill` on stdin ends the second."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen(
        [sys.executable, str(HERE / "two_nodes.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()
        process.wait(60)


def said(nodes: subprocess.Popen[str], word: str) -> str:
    """Return what follows a word in the nodes' output; Ray itself prints there, too."""
    assert nodes.stdout is not None
    for line in nodes.stdout:
        if line.startswith(word):
            return line.removeprefix(word).strip()
    raise AssertionError(f"the cluster ended before it said {word!r}")


@with_ray
def test_a_node_is_killed_in_the_middle(nodes: subprocess.Popen[str], stub: Stub, folder: Path) -> None:
    stub.answer = rain
    stub.fate = lambda _: "slow:0.3"
    output = folder.parent / "out"
    address = said(nodes, "address")
    command = [sys.executable, "-m", "summarizer", "batch", str(folder), "-o", str(output), "--translate-only"]
    command += ["--base-url", stub.base_url, "--model", "large", "-j", "2", "--engine", "ray", "--ray-address", address]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as driver:
        while len(stub.requests) < ARTICLES // 3 and driver.poll() is None:
            time.sleep(0.05)
        assert nodes.stdin is not None
        nodes.stdin.write("kill\n")
        nodes.stdin.flush()
        _, told = driver.communicate(timeout=240)
    assert driver.returncode == 0, told
    assert "was lost" in told
    documents = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in output.glob("*.json")}
    assert len(documents) == ARTICLES
    for name, document in documents.items():
        days = int(name.removesuffix(".json"))
        assert document["translation"]["segments"][0]["text"] == f"It has been raining for {days} days."
    assert len(stub.requests) <= ARTICLES + 2 * 2  # what the dead node had under way, once more


def test_without_ray(monkeypatch: pytest.MonkeyPatch, folder: Path, stub: Stub) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    flags = ["--base-url", stub.base_url, "--model", "large", "--engine", "ray"]
    done = brief("batch", str(folder), "-o", str(folder.parent / "out"), *flags)
    assert done.returncode == 4
    assert "brief-de[cluster]" in done.stderr
    assert len(done.stderr.splitlines()) == 1
