"""Very long texts: is reading and segmenting linear, and does a 300-page PDF go through the whole pipeline?

    python -m benchmarks.long_texts

Times are CPU seconds of this process and its children. The pipeline part speaks to a stub on loopback that answers every request with made-up sentences: it
shows that pieces, ids and evidence hold, and what the program itself costs; nothing is said about a model.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import json
import time
from collections.abc import Callable
from typing import Any

from benchmarks.memory import forget_peak, peak
from summarizer import Options, Settings, open_model, prepare, read_bytes, run
from summarizer.checks.brief import items_of
from summarizer.segment import segment
from tests.stub import running_stub, wanted

PARAGRAPH = (
    "Der Rat der Stadt hat am {}. Mai über die neue Fähre beraten. „Wir warten seit langem“, sagte die Bürgermeisterin. "
    "Die Ein- und Ausfahrt des Hafens bleibt frei, und die Kosten steigen auf {},5 Millionen Euro. "
)


def pdf(pages: int) -> bytes:
    """Return a PDF file of about 2,000 characters a page, with a running head and page numbers."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for page in range(1, pages + 1):
        canvas.setFont("Helvetica", 10)
        canvas.drawString(50, 815, "Bericht an den Rat")
        words = "".join(PARAGRAPH.format(page % 28 + 1, page * 10 + part) for part in range(9)).split()
        y = 780.0
        while words:
            line = ""
            while words and len(line) + len(words[0]) < 90:
                line += words.pop(0) + " "
            canvas.drawString(50, y, line)
            y -= 14
        canvas.drawString(290, 20, str(page))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def text(megabytes: int) -> bytes:
    """Return a plain text of that size."""
    part = "".join(PARAGRAPH.format(number % 28 + 1, number) + "\n\n" for number in range(100)).encode()
    return part * (megabytes * 2**20 // len(part))


def measure(title: str, make: Callable[[int], bytes], sizes: tuple[int, ...], format_: str) -> None:
    """Print the time for each size, and as a multiple of the smallest per unit."""
    first = 0.0
    for size in sizes:
        data = make(size)
        start = sum(_times())
        source = read_bytes(data, "a", format_)
        sentences = segment(source)
        seconds = sum(_times()) - start
        first = first or seconds / size
        print(
            f"  {size:4} {title}: {len(sentences):6} sentences, {seconds:6.2f} s, {seconds / size / first:.2f} times the smallest, per {title[:-1]}"
        )


def _times() -> tuple[float, float]:
    import os

    times = os.times()
    return time.process_time(), times.children_user + times.children_system


def answer(body: dict[str, Any]) -> str:
    """Make up an answer that fits the schema: a sentence for each id, a claim that rests on the first and last id."""
    name, schema = wanted(body)
    if name == "Translation":
        return json.dumps({key: f"This is sentence {key[1:]}." for key in schema["properties"]})
    ids = schema["$defs"]["SentenceId"]["enum"]
    claim = {
        "text": f"Something happened {ids[0]}.",
        "stance": "stated",
        "attributed_to": None,
        "evidence": [ids[0], ids[-1]],
    }
    empty: dict[str, Any] = {
        key: [] if part.get("type") == "array" else None for key, part in schema["properties"].items()
    }
    return json.dumps({**empty, "headline": claim, "key_points": [claim]})


def pipeline(pages: int) -> None:
    """Send a PDF through the whole pipeline, and look at ids and evidence."""
    article = prepare(read_bytes(pdf(pages), "bericht.pdf"))
    with running_stub() as stub:
        stub.answer = answer
        settings = Settings(base_url=stub.base_url, model="stub", context_tokens=8192)

        async def work() -> Any:
            async with open_model(settings) as model:
                return await run(article, model, Options(repairs=0))

        base, start = forget_peak(), time.process_time()
        document = asyncio.run(work())
        seconds = time.process_time() - start
    assert document.translation is not None
    assert document.brief is not None
    translated = [segment_.id for segment_ in document.translation.segments if segment_.text]
    evidence = {sentence for _, item in items_of(document.brief) for sentence in item.evidence}
    print(
        f"  {pages} pages: {len(article.ids)} sentences, {len(translated)} translated in order: {translated == list(article.ids)}; "
        f"{document.usage.requests} requests; evidence within the article: {evidence <= set(article.ids)}, from {min(evidence, key=_number)} to "
        f"{max(evidence, key=_number)}; {seconds:.1f} s of CPU, {1000 * seconds / len(article.ids):.1f} ms a sentence; "
        f"{(peak() - base) / 1024:.0f} MB more at most"
    )


def _number(sentence_id: str) -> int:
    return int(sentence_id[1:])


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, nargs="*", default=[30, 300], help="of the PDF for the whole pipeline")
    parser.add_argument("--only-pipeline", action="store_true")
    arguments = parser.parse_args()
    if not arguments.only_pipeline:
        reading()
    print("the whole pipeline, with a stub in place of a model")
    for pages in arguments.pages:
        pipeline(pages)


def reading() -> None:
    """Print how long reading and segmenting take."""
    print("reading and segmenting")
    measure("pages", pdf, (30, 100, 300), "pdf")
    measure("MB of text", text, (1, 2, 4, 8), "text")


if __name__ == "__main__":
    main()
