"""Requests a second of LangExtract or Curator at the stub endpoint; run it with a Python that has that package.

    python benchmarks/endpoint.py --latency 0.2                      # says its address
    PEER/bin/python benchmarks/batch_peers.py langextract ADDRESS    # pip install langextract[openai]
    PEER/bin/python benchmarks/batch_peers.py curator ADDRESS        # pip install bespokelabs-curator

Each package is used as its documentation shows, with 64 requests in flight. They do another job than `brief batch`, one
request an article, so only the rate of requests can be set beside that of the raw client (benchmarks/batch_throughput.py).
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from typing import Any

IN_FLIGHT = 64


def texts(count: int) -> list[str]:
    """Return short articles, all different."""
    return [f"Der Stadtrat von Neustadt hat am Montag den Bericht {100_001 + n} gelesen." for n in range(count)]


def langextract(base_url: str, count: int) -> int:
    """Extract a figure from each article; return how many came back with one."""
    import langextract as lx  # type: ignore[import-not-found, unused-ignore]

    example = lx.data.ExampleData(
        text="Der Rat hat den Bericht 7 gelesen.",
        extractions=[lx.data.Extraction(extraction_class="figure", extraction_text="7")],
    )
    found = lx.extract(
        text_or_documents=[lx.data.Document(text=text) for text in texts(count)],
        prompt_description="Extract the figures.",
        examples=[example],
        config=lx.factory.ModelConfig(
            model_id="stub",
            provider="OpenAILanguageModel",
            provider_kwargs={"base_url": base_url, "api_key": "none", "max_workers": IN_FLIGHT},
        ),
        batch_length=IN_FLIGHT,
        max_workers=IN_FLIGHT,
        fence_output=False,
        use_schema_constraints=False,
        show_progress=False,
    )
    return sum(bool(document.extractions) for document in found)


def curator(base_url: str, count: int) -> int:
    """Ask for a figure of each article as a pydantic model; return how many came back."""
    os.environ |= {"CURATOR_DISABLE_CACHE": "1", "TELEMETRY_ENABLED": "0", "CURATOR_VIEWER": "0"}
    from bespokelabs import curator as package  # type: ignore[import-not-found, unused-ignore]
    from pydantic import BaseModel

    class Extracted(BaseModel):
        extractions: list[dict[str, str]]

    class Extractor(package.LLM):  # type: ignore[misc, unused-ignore]
        response_format = Extracted

        def prompt(self, row: dict[str, Any]) -> str:
            return f"Extract the figures: {row['text']}"

        def parse(self, row: dict[str, Any], response: Extracted) -> dict[str, Any]:
            return {"text": row["text"], "found": len(response.extractions)}

    asker = Extractor(
        model_name="stub",
        backend="openai",
        backend_params={
            "base_url": base_url, "api_key": "none", "max_concurrent_requests": IN_FLIGHT,
            "max_requests_per_minute": 1_000_000, "max_tokens_per_minute": 1_000_000_000,
        },
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        return len(asker([{"text": text} for text in texts(count)], working_dir=folder).dataset)


def main() -> None:
    """Print the rate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("peer", choices=["langextract", "curator"])
    parser.add_argument("base_url")
    parser.add_argument("--requests", type=int, default=500)
    arguments = parser.parse_args()
    os.environ["OPENAI_API_KEY"] = "none"
    started = time.perf_counter()
    done = {"langextract": langextract, "curator": curator}[arguments.peer](arguments.base_url, arguments.requests)
    seconds, spent = time.perf_counter() - started, time.process_time()
    print(
        f"{arguments.peer}: {done} of {arguments.requests} requests in {seconds:.1f} s, {done / seconds:.1f} a second, "
        f"{1000 * spent / arguments.requests:.1f} ms of CPU each, with the start"
    )


if __name__ == "__main__":
    main()
