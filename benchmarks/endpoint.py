"""A fast stub endpoint in a process of its own, and articles that it knows the English of.

    python benchmarks/endpoint.py --latency 0.2 [--failures 0.2 --seed 1] [--log FILE]

It is no model: an article's sentences are made from a template, and the answers from the same template, so that all
checks pass and no sentence is asked for twice. The figures of the benchmarks say nothing about quality.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]

SENTENCES = (
    ("Der Stadtrat von Neustadt hat am Montag den Bericht {n} gelesen.", "The city council of Neustadt read report {n} on Monday."),
    ("Der Bau der Brücke kostet {n} Euro.", "Building the bridge costs {n} euros."),
    ("Die Arbeiten beginnen im Mai.", "The work begins in May."),
)  # fmt: skip
"""What a short article says, and its English."""

FAULTS = ("429", "500", "drop", "truncated", "invalid JSON", "wrong schema", "slow")

_NUMBER = re.compile(r"Bericht (\d+) ")


def article(number: int) -> str:
    """Return a short article that only its number tells from the others."""
    return "\n\n".join(german for german, _ in SENTENCES).format(n=number)


def write_articles(folder: Path, count: int) -> None:
    """Write articles 100001, 100002, … as text files."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(100_001, 100_001 + count):
        (folder / f"{number}.txt").write_text(article(number), encoding="utf-8")


def answer(body: dict[str, Any], number: str) -> str:
    """Return what fits the schema of a request, and the article."""
    schema = body.get("response_format", {}).get("json_schema", {}).get("schema", {"properties": {"extractions": {}}})
    if "extractions" in schema["properties"]:  # what benchmarks/batch_peers.py asks for
        return json.dumps({"extractions": [{"figure": number}]})
    if "s1" not in schema["properties"] and "headline" not in schema["properties"]:  # Curator tries the endpoint first
        return json.dumps(
            {name: 1 if of.get("type") == "integer" else "a" for name, of in schema["properties"].items()}
        )
    english = [text.format(n=number) for _, text in SENTENCES]
    if "SentenceId" not in schema.get("$defs", {}):
        return json.dumps({name: english[int(name[1:]) - 1] for name in schema["properties"]})
    claims = [
        {"text": text, "stance": "stated", "attributed_to": None, "evidence": [f"s{place}"]}
        for place, text in enumerate(english, start=1)
    ]
    empty: dict[str, Any] = {
        name: [] if part.get("type") == "array" else None for name, part in schema["properties"].items()
    }
    return json.dumps({**empty, "headline": claims[0], "key_points": claims})


def serve(latency: float, failures: float, seed: int, log: Path | None) -> None:
    """Serve on a free port until the process is ended; prints the base URL first."""
    from aiohttp import web

    chance = random.Random(seed)
    record = log.open("a", encoding="ascii", buffering=1) if log else None

    async def completions(request: web.Request) -> web.StreamResponse:
        body = json.loads(await request.read())
        messages = body["messages"] or [{"content": ""}]  # Curator tries an empty request first
        found = _NUMBER.search(messages[-1]["content"]) or _NUMBER.search(json.dumps(messages))
        number = found[1] if found else "0"
        fault = chance.choice(FAULTS) if chance.random() < failures else ""
        if record:
            record.write(f"{number} {fault}\n")
        await asyncio.sleep(latency * 10 if fault == "slow" else latency)
        if fault == "429":
            error = {"error": {"message": "Rate limit reached"}}
            return web.json_response(error, status=429, headers={"retry-after-ms": "50"})
        if fault == "500":
            return web.json_response({"error": {"message": "Internal error"}}, status=500)
        if fault in {"drop", "truncated"}:
            transport = request.transport
            if fault == "truncated" and transport is not None:
                transport.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n{")
                await asyncio.sleep(0.001)
            if transport is not None:
                transport.close()
            return web.Response()
        text = {"invalid JSON": '{"s1": ', "wrong schema": '{"other": 1}'}.get(fault) or answer(body, number)
        message = {"role": "assistant", "content": text}
        return web.json_response(
            {
                "id": "chatcmpl-stub",
                "object": "chat.completion",
                "created": 1,
                "model": body["model"],
                "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
                "usage": {"prompt_tokens": 700, "completion_tokens": 60, "total_tokens": 760},
            }
        )

    async def main() -> None:
        app = web.Application(client_max_size=2**26)
        app.router.add_post("/v1/chat/completions", completions)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        print(f"http://127.0.0.1:{runner.addresses[0][1]}/v1", flush=True)
        await asyncio.Event().wait()

    asyncio.run(main())


@contextmanager
def running(latency: float, failures: float = 0.0, seed: int = 1, log: Path | None = None) -> Iterator[str]:
    """Run the endpoint in a process of its own; gives its base URL."""
    command = [sys.executable, __file__, "--latency", str(latency), "--failures", str(failures), "--seed", str(seed)]
    process = subprocess.Popen([*command, *(["--log", str(log)] if log else [])], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def main() -> None:
    """Serve with what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--latency", type=float, default=0.2)
    parser.add_argument("--failures", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--log", type=Path)
    arguments = parser.parse_args()
    serve(arguments.latency, arguments.failures, arguments.seed, arguments.log)


if __name__ == "__main__":
    main()
