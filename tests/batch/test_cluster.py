"""`brief batch --engine ray` on a real cluster of two nodes, one of which is killed in the middle."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from summarizer import Article, Settings, SetupError, run
from summarizer.batch import Job, Outcome, cluster, run_batch
from summarizer.batch.cluster import Worker
from summarizer.document import Usage
from summarizer.errors import ContextTooLongError
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


class LostError(Exception):
    """Stands for Ray's word that an actor is gone."""


class Handle:
    """Stands for the handle of an actor, without Ray: calls go to a worker in this process until it is lost."""

    def __init__(self, calls_left: int = 99) -> None:
        self.worker = Worker()
        self.calls_left = calls_left

    def __getattr__(self, name: str) -> Any:
        async def remote(*arguments: Any) -> Any:
            if name == "do":
                self.calls_left -= 1
            if self.calls_left < 0:
                raise LostError
            return await getattr(self.worker, name)(*arguments)

        return type("Method", (), {"remote": staticmethod(remote)})


@pytest.fixture
def no_ray(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the name of Ray's error; the cluster is made of `Handle`."""
    exceptions = ModuleType("ray.exceptions")
    exceptions.RayError = LostError  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "ray", ModuleType("ray"))
    monkeypatch.setitem(sys.modules, "ray.exceptions", exceptions)


def over(stub: Stub, handles: list[Handle], monkeypatch: pytest.MonkeyPatch, folder: Path) -> Outcome:
    """Run the folder over nodes that these handles stand for."""

    @asynccontextmanager
    async def opened(job: Job, address: str) -> AsyncIterator[cluster.Cluster]:
        nodes = [cluster._Node(f"node {number}", handle) for number, handle in enumerate(handles)]
        crew = await cluster._ready(nodes, job)
        yield crew
        await crew.close()

    monkeypatch.setattr(cluster, "open_cluster", opened)
    stub.answer = rain
    settings = Settings(base_url=stub.base_url, model="large", api_key="sk-test", concurrency=2)
    return run_batch(Job([str(folder)], folder.parent / "out", settings, task="translate", cluster="auto"))


@pytest.mark.usefixtures("no_ray")
def test_lost_nodes_cost_only_what_they_had_under_way(
    stub: Stub, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = over(stub, [Handle(3), Handle(), Handle(0)], monkeypatch, folder)
    assert outcome.exit_code == 0
    assert (outcome.tally.done, len(stub.requests)) == (ARTICLES, ARTICLES)
    assert sum("was lost" in note for note in outcome.notes) == 2


@pytest.mark.usefixtures("no_ray")
def test_without_any_node_left_the_run_stops_and_can_go_on(
    stub: Stub, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = over(stub, [Handle(3), Handle(2)], monkeypatch, folder)
    assert outcome.exit_code == 4
    assert "No node" in str(outcome.stopped)
    again = over(stub, [Handle()], monkeypatch, folder)
    assert (again.exit_code, again.tally.before["done"], again.tally.done) == (0, 5, ARTICLES - 5)


@pytest.mark.usefixtures("no_ray")
def test_a_nodes_errors_are_the_articles(stub: Stub, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error in the program, or of the endpoint, is not the end of the node."""
    monkeypatch.setattr(cluster, "run", failing)
    outcome = over(stub, [Handle()], monkeypatch, folder)
    assert outcome.exit_code == 1
    assert (outcome.tally.done, outcome.tally.failed) == (ARTICLES - 2, 2)
    assert outcome.tally.input_tokens == 100 * (ARTICLES - 2) + 5
    failed = (folder.parent / "out" / "failed.jsonl").read_text(encoding="utf-8")
    assert "ZeroDivisionError" in failed
    assert "too long" in failed


async def failing(article: Article, model: Any, options: Any) -> Any:
    if "seit 3 Tagen" in article.sentences[0].text:
        return 1 / 0
    if "seit 4 Tagen" in article.sentences[0].text:
        error = ContextTooLongError("The text is too long.")
        error.usage = Usage(requests=1, input_tokens=5)
        raise error
    return await run(article, model, options)


@pytest.mark.usefixtures("no_ray")
def test_nodes_that_differ_are_refused(stub: Stub, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Handle()

    async def differs(*_: Any) -> cluster.Ready:
        return cluster.Ready("another recipe", 1)

    monkeypatch.setattr(other.worker, "open", differs)
    with pytest.raises(SetupError, match="differ"):
        over(stub, [Handle(), other], monkeypatch, folder)


@pytest.mark.usefixtures("no_ray")
def test_a_node_that_cannot_open_the_model_is_named(stub: Stub, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stub, "base_url", "nowhere")
    with pytest.raises(SetupError, match="node 0 cannot open the model: 'nowhere' is not an address"):
        over(stub, [Handle()], monkeypatch, folder)


def test_without_ray(monkeypatch: pytest.MonkeyPatch, folder: Path, stub: Stub) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    flags = ["--base-url", stub.base_url, "--model", "large", "--engine", "ray"]
    done = brief("batch", str(folder), "-o", str(folder.parent / "out"), *flags)
    assert done.returncode == 4
    assert "brief-de[cluster]" in done.stderr
    assert len(done.stderr.splitlines()) == 1
