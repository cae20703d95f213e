"""The program's own time on the seed article: all but the waiting for the model, after imports.

    python benchmarks/overhead.py [--runs 5] [--latency 3]

Each run is a process of its own, as a person starts it. The endpoint is the tests' stub, which plays the hand-written
answers of `tests/articles/seed.answers.json`, each after `--latency` seconds: a piece of 25 sentences is about 700 tokens
of answer, for which a quick hosted model (200 tokens a second) takes more than 3. It runs in another process, so that its
own work is not counted. `wall` is what a person waits for besides the model, that is, the
time in which no request is in flight; `CPU` is the processor time of all threads of the program, and holds what it
does while it waits.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

ARTICLE = ROOT / "seeds" / "000_b0b2ffb098fc43c8.txt"
IMPORTS = (  # what the program itself, and openai's client for it, import when it is needed
    "httpcore2",
    "instructor.v2.providers.openai",
    "numpy",
    "openai.resources.chat",
    "rich.console",
    "summarizer.checks.suite",
    "summarizer.kinds",
    "tenacity",
)
STAGES = ("imports", "read, segment", "open the model", "translate, check, brief", "render three formats")


class Clock:
    """Marks the ends of stages, in seconds of wall time and of processor time."""

    def __init__(self) -> None:
        self.rows: list[tuple[float, float]] = []
        self._last = self._now()

    @staticmethod
    def _now() -> tuple[float, float]:
        return time.perf_counter(), time.process_time()

    def mark(self, waited: float = 0.0) -> None:
        """End a stage; `waited` seconds of it are the model's."""
        now = self._now()
        self.rows.append((now[0] - self._last[0] - waited, now[1] - self._last[1]))
        self._last = now


def once(base_url: str) -> None:
    """Run the main job in this process, twice, and print the stages of both as JSON."""
    import asyncio

    from summarizer.cli.app import collect_seldom

    collect_seldom()  # as the command does
    clock = Clock()
    from summarizer import Document, Settings, open_model, prepare, read_path, run
    from summarizer.renderers import render

    for name in IMPORTS:
        import_module(name)
    clock.mark()

    async def work() -> None:
        article = prepare(read_path(ARTICLE))
        clock.mark()
        async with open_model(Settings(base_url=base_url, model="stub", api_key="none")) as model:
            clock.mark()
            document: Document = await run(article, model)
            clock.mark(document.usage.model_seconds)
        for output in ("json", "text", "markdown"):
            render(document, output)
        clock.mark()

    asyncio.run(work())
    asyncio.run(work())
    print(json.dumps(clock.rows))


def _serve(pipe: Connection, latency: float) -> None:
    from tests.stub import hand_written, played, running_stub

    with running_stub() as stub:
        stub.answer = played(hand_written("seed"))
        stub.fate = lambda _: f"slow:{latency}"
        pipe.send(stub.base_url)
        pipe.recv()


@contextmanager
def endpoint(latency: float) -> Iterator[str]:
    """Give the address of a stub in a process of its own."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=_serve, args=(theirs, latency))
    process.start()
    try:
        yield ours.recv()
    finally:
        ours.send(None)
        process.join()


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--latency", type=float, default=3.0, help="seconds that each answer takes")
    parser.add_argument("--once", metavar="URL", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.once:
        once(arguments.once)
        return
    with endpoint(arguments.latency) as base_url:
        command = [sys.executable, __file__, "--once", base_url]
        runs = [json.loads(subprocess.check_output(command)) for _ in range(arguments.runs)]
    count = len(STAGES)
    print(f"seconds, median of {len(runs)} processes    first article     second article")
    print(f"{'':<34}{'wall':>8}{'CPU':>8}{'wall':>10}{'CPU':>8}")

    def line(label: str, first: slice, second: slice | None) -> str:
        cells = []
        for rows in (first, second):
            for clock in (0, 1):
                values = [sum(row[clock] for row in run[rows]) for run in runs] if rows else []
                cells.append(f"{statistics.median(values):.3f}" if values else "")
        return f"{label:<34}{cells[0]:>8}{cells[1]:>8}{cells[2]:>10}{cells[3]:>8}"

    print(line(STAGES[0], slice(0, 1), None))
    for index, label in enumerate(STAGES[1:], 1):
        print(line(label, slice(index, index + 1), slice(index + count - 1, index + count)))
    print(line("in all, after imports", slice(1, count), slice(count, None)), "  limit 0.5")


if __name__ == "__main__":
    main()
