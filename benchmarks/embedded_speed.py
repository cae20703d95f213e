"""The seed article with the built-in model against the same llama.cpp alone, asked for the same tokens.

    python -m benchmarks.embedded_speed [--slots 1 4 8] [--threads N] [--runs 1] [--brief] [--naive] [--article FILE]

Needs the extra `local`. Every measurement is a process of its own, as a person starts it, with a server of its own:

    ours    the program at its quickest (one greedy answer a sentence, no repairs): the translation, and with
            `--brief` the whole. `wall` counts from opening the model to the finished document, the model's loading included.
    raw     the requests that the program sent, sent again as they are by bare HTTP, as many at a time as there are slots, to
            a server that has loaded the model and answered nothing yet.
    sum     prompt tokens by reading speed plus written tokens by writing speed, both measured with all slots busy:
            without the gaps that sentences of unequal length leave.
    naive   the same requests one after another, one slot, nothing cached (`--naive`).

`CPU` is the processor time of all threads, the checks' too, which overlap the model's; `RSS` is the most memory the process had.
The number of threads is found once and is the same for all. `ratio` is ours without the loading to raw and to sum.
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[1]
SEED = ROOT / "seeds" / "000_b0b2ffb098fc43c8.txt"
WRITTEN = 48
"""Tokens that each slot writes when the writing speed is measured."""

Figures = dict[str, float]


class Recorder:
    """Stands in for the openai client and notes what is sent and how much was read and written."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.sent: list[dict[str, Any]] = []
        self.read = 0
        self.written = 0

    async def post(self, path: str, *, body: dict[str, Any], **further: Any) -> Any:
        """Send one request."""
        self.sent.append(body)
        answer = await self.client.post(path, body=body, **further)
        self.read += answer.timings["prompt_n"]
        self.written += answer.usage.completion_tokens
        return answer


def timed(work: Callable[[], Any]) -> Figures:
    """Return wall and processor time of some work, in seconds."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return {"wall": time.perf_counter() - wall, "CPU": time.process_time() - processor}


def ours(task: Any, slots: int, threads: int, requests: Path, article_path: str) -> Figures:
    """Run the program on the article, and leave in a file what it sent."""
    from summarizer import Options, Settings, open_model, prepare, read_path, run

    figures: Figures = {}
    sent: list[dict[str, Any]] = []

    async def work() -> None:
        begun = time.perf_counter()
        settings = Settings(provider="embedded", model="gemma3-270m", concurrency=slots, threads=threads)
        article = prepare(read_path(article_path))
        async with open_model(settings) as model:
            recorder = Recorder(model.client)
            figures["loading"] = time.perf_counter() - begun
            watched: Any = recorder
            await run(article, replace(model, client=watched), Options(task=task, effort="fast", repairs=0))
        figures.update(read=recorder.read, written=recorder.written)
        sent.extend(recorder.sent)

    figures.update(timed(lambda: asyncio.run(work())))
    requests.write_text(json.dumps(sent), "utf-8")
    return figures


def raw(slots: int, threads: int, requests: Path, *, cached: bool = True) -> Figures:
    """Send what the program sent, by bare HTTP, and measure the server's speeds with all slots busy."""
    from summarizer.embedded import EmbeddedServer, resolve

    bodies = [{**body, "cache_prompt": cached} for body in json.loads(requests.read_text("utf-8"))]
    with EmbeddedServer(resolve(), slots=slots, threads=threads) as server:
        figures, answers = _asked(server, "/v1/chat/completions", bodies, slots)
        figures["read"] = sum(answer["timings"]["prompt_n"] for answer in answers)
        figures["written"] = sum(answer["usage"]["completion_tokens"] for answer in answers)
        if cached:
            prompt = {"prompt": bodies[0]["messages"][-1]["content"], "temperature": 0, "cache_prompt": True}
            _asked(server, "/completion", [{**prompt, "n_predict": 1}] * slots, slots)
            longest = {**prompt, "n_predict": WRITTEN, "ignore_eos": True}
            writing, _ = _asked(server, "/completion", [longest] * slots, slots)
            figures["writing"] = slots * WRITTEN / writing["wall"]
            anew = {**prompt, "n_predict": 0, "cache_prompt": False}
            reading, answers = _asked(server, "/completion", [anew] * slots, slots)
            figures["reading"] = sum(answer["timings"]["prompt_n"] for answer in answers) / reading["wall"]
    return figures


def _asked(server: Any, path: str, bodies: list[dict[str, Any]], at_once: int) -> tuple[Figures, list[Any]]:
    """Return what it took to get all answers, and the answers."""
    local = threading.local()
    headers = {"Authorization": f"Bearer {server.api_key}", "Content-Type": "application/json"}

    def ask(body: dict[str, Any]) -> Any:
        if not hasattr(local, "connection"):
            local.connection = http.client.HTTPConnection(urlsplit(server.base_url).netloc, timeout=600)
        local.connection.request("POST", path, json.dumps(body), headers)
        return json.loads(local.connection.getresponse().read())

    answers: list[Any] = []
    with ThreadPoolExecutor(at_once) as pool:
        figures = timed(lambda: answers.extend(pool.map(ask, bodies)))
    return figures, answers


def apart(*arguments: str) -> Figures:
    """Return the figures of one measurement in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.embedded_speed", "--once", *arguments]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def once(what: str, slots: str, threads: str, requests: str, article: str) -> None:
    """Measure in this process and print the figures as JSON."""
    path = Path(requests)
    if what in {"raw", "naive"}:
        figures = raw(int(slots), int(threads), path, cached=what == "raw")
    else:
        figures = ours(what, int(slots), int(threads), path, article)
    figures["RSS"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(figures))


def shown(name: str, found: Figures, note: str = "") -> None:
    """Print a line."""
    tokens = f"{found['read']:6.0f} + {found['written']:5.0f} tokens"
    print(f"  {name:26}{found['wall']:7.2f} s wall{found['CPU']:7.2f} s CPU  {tokens}{found['RSS']:6.0f} MB  {note}")


def measure(slots: int, threads: int, requests: str, article: str, *, brief: bool, naive: bool) -> None:
    """Measure one number of slots and print it."""
    setting = (str(slots), str(threads), requests, article)
    tasks = {"both": "ours, with the brief", "translate": "ours, translation"}
    for task, name in list(tasks.items())[not brief :]:
        run = apart(task, *setting)
        shown(name, run, f"({run['loading']:.2f} s of it until the model is open)")
    alone = apart("raw", *setting)
    shown("raw", alone)
    total = run["read"] / alone["reading"] + run["written"] / alone["writing"]
    print(f"  sum{total:30.2f} s       (reads {alone['reading']:.0f}, writes {alone['writing']:.1f} tokens a second)")
    own = run["wall"] - run["loading"]
    print(
        f"  ratio: {own / alone['wall']:.2f} of raw, {own / total:.2f} of sum; CPU {run['CPU'] / alone['CPU']:.2f} of raw"
    )
    if naive:
        slow = apart("naive", "1", str(threads), requests, article)
        shown("naive", slow, f"({slow['wall'] / own:.1f} times ours)")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--slots", type=int, nargs="+", default=[1, 4])
    parser.add_argument("--threads", type=int, help="as found from the machine if not said")
    parser.add_argument("--article", type=Path, default=SEED)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--brief", action="store_true", help="also with the brief")
    parser.add_argument("--naive", action="store_true", help="also one after another, with nothing cached")
    parser.add_argument("--once", nargs=5, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.once:
        once(*arguments.once)
        return
    from summarizer.embedded import machine, resolve

    resolve()
    threads = arguments.threads or machine.threads()
    with tempfile.TemporaryDirectory() as folder:
        for run in range(arguments.runs):
            for slots in arguments.slots:
                print(f"{slots} slots, {threads} threads, run {run + 1}")
                measure(
                    slots,
                    threads,
                    str(Path(folder) / "requests.json"),
                    str(arguments.article.resolve()),
                    brief=arguments.brief,
                    naive=arguments.naive,
                )


if __name__ == "__main__":
    main()
