"""The program's own time on the seed article: all but the waiting for the model, after imports.

    python benchmarks/overhead.py [ARTICLE] [--runs 5]

The model is the tests' stub endpoint. Its answers are made up on the spot (each sentence's translation is a fixed
English sentence), so the figures say nothing about quality.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from summarizer import Document, Options, Settings, open_model, prepare, read_path, run  # noqa: E402
from summarizer.renderers import FORMATS, render  # noqa: E402
from tests.stub import running_stub, wanted  # noqa: E402


def answer(body: dict[str, Any]) -> str:
    """Return a made-up answer that fits the schema."""
    name, schema = wanted(body)
    if name == "Translation":
        return json.dumps(dict.fromkeys(schema["properties"], "The ministry met its partners in the capital."))
    claim = {"text": "The ministry met partners.", "stance": "stated", "attributed_to": None, "evidence": ["s1"]}
    empty: dict[str, Any] = {
        key: [] if value.get("type") == "array" else None for key, value in schema["properties"].items()
    }
    return json.dumps({**empty, "headline": claim, "key_points": [claim] * 5})


async def once(path: Path, base_url: str) -> tuple[float, float, float]:
    """Return the seconds of preparing, of the run without waiting, and of rendering in all formats."""
    started = time.perf_counter()
    article = prepare(read_path(path))
    prepared = time.perf_counter() - started
    async with open_model(Settings(base_url=base_url, model="stub", concurrency=1)) as model:
        document: Document[Any] = await run(article, model, Options())
    own = document.usage.seconds - document.usage.model_seconds
    started = time.perf_counter()
    for output in FORMATS:
        render(document, output)
    return prepared, own, time.perf_counter() - started


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("article", type=Path, nargs="?", default=ROOT / "seeds" / "000_b0b2ffb098fc43c8.txt")
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    with running_stub() as stub:
        stub.answer = answer
        rows = [asyncio.run(once(arguments.article, stub.base_url)) for _ in range(arguments.runs + 1)]
    print(f"{'seconds':<44}{'first run':>10}{'median':>10}")
    labels = ("read, language, segment", "translate, check, brief (less the waiting)", "render json, text, markdown")
    for label, first, *rest in zip(labels, *rows, strict=True):
        print(f"{label:<44}{first:>10.3f}{statistics.median(rest):>10.3f}")
    totals = [sum(row) for row in rows]
    print(f"{'in all':<44}{totals[0]:>10.3f}{statistics.median(totals[1:]):>10.3f}   limit 0.5 after imports")


if __name__ == "__main__":
    main()
