"""How good the built-in model's translations are, by effort: ``python -m benchmarks.embedded_quality --pairs FILE``.

Every row is translated by `summarizer.translate`, as a sentence of an article is, once for each effort; answers are kept
in the folder `--cache`, so that a run that was stopped goes on, and that the same samples serve `normal` and `best` (`fast` asks without log-probabilities). Prints
chrF and BLEU with bootstrap intervals, alone and as differences from `fast`, which is the model's likeliest answer.

Needs the extras `local` and `eval`. Rows are JSON Lines with `src` and `refA` (and `refB`, if there is a second
reference) or `de` and `en`.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.translation_errors import read_jsonl
from summarizer.article import Article, Sentence, content_id, plain
from summarizer.draft import Draft
from summarizer.evaluate.compare import compare
from summarizer.evaluate.figures import of_sentences
from summarizer.evaluate.references import statistics
from summarizer.evaluate.runs import Run, Unit
from summarizer.llm import open_model
from summarizer.providers import Effort
from summarizer.settings import Settings
from summarizer.translate import translate
from summarizer.verify import CheckedPair

EFFORTS: tuple[Effort, ...] = ("fast", "normal", "best")
SHOWN = ("chrf", "bleu", "errors", "warnings", "confidence", "doubtful")


def texts(path: Path, first: int, last: int | None) -> list[tuple[str, tuple[str, ...]]]:
    """Return German and references of the rows from `first` to before `last`, counted from 0."""
    rows = read_jsonl(path)[first:last]
    return [
        (
            plain(str(row.get("src", row.get("de")))),
            tuple(str(row[name]) for name in ("refA", "refB", "en") if row.get(name)),
        )
        for row in rows
    ]


def as_article(sources: Sequence[str]) -> Article:
    """Return an article whose sentences are these texts, each a paragraph of its own."""
    sentences, start = [], 0
    for number, text in enumerate(sources, 1):
        end = start + len(text)
        sentences.append(Sentence(id=f"s{number}", paragraph=number, kind="body", start=start, end=end, text=text))
        start = end + 1
    whole = "\n".join(sources)
    return Article(id=content_id(whole), source="pairs", language="de", sentences=tuple(sentences))


async def translated(
    sources: Sequence[str], efforts: Sequence[Effort], settings: Settings, seconds: float
) -> dict[Effort, Draft]:
    """Return a draft for each effort; stops with exit code 3 when the time is over, to be called again."""
    drafts: dict[Effort, Draft] = {}
    begun = time.monotonic()
    async with open_model(settings) as model:
        for effort in efforts:
            draft = drafts[effort] = Draft(as_article(sources))

            def noted(_: str, done: int, total: int, effort: Effort = effort) -> None:
                if done and done % 20 == 0:
                    print(f"{effort}: {done} of {total}", flush=True)
                if time.monotonic() - begun > seconds:
                    raise SystemExit(3)

            counted = model.for_article()
            await translate(draft, counted, repairs=0, effort=effort, progress=noted)
            usage = counted.meter.usage(model.name, model.endpoint)
            print(f"{effort}: {usage.requests} requests, {usage.cached_answers} answers were there", flush=True)
    return drafts


def run(name: str, draft: Draft, references: Sequence[tuple[str, ...]]) -> Run:
    """Return the translations as what `summarizer.evaluate` compares."""
    translation, findings = draft.result()
    units = {}
    for sentence, segment, own in zip(draft.article.sentences, translation.segments, references, strict=True):
        row = CheckedPair(
            id=segment.id,
            source=sentence.text,
            target=segment.text,
            status=segment.status,
            confidence=segment.confidence,
            findings=tuple(finding for finding in findings if finding.where == segment.id),
        )
        units[segment.id] = Unit(of_sentences([row]) | statistics(segment.text or "", *own), (row,))
    return Run(name, "pairs", units)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--from", dest="first", type=int, default=0, help="First row, counted from 0.")
    parser.add_argument("--to", dest="last", type=int, help="Row before which to stop.")
    parser.add_argument("--effort", choices=EFFORTS, action="append", help="Only these; all if not said.")
    parser.add_argument("--cache", type=Path, required=True, help="Folder for the model's answers.")
    parser.add_argument("--slots", type=int, default=8)
    parser.add_argument("--threads", type=int)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="Stop with exit code 3 after these.")
    options = parser.parse_args()
    pairs = texts(options.pairs, options.first, options.last)
    settings = Settings.load(
        provider="embedded", cache=options.cache, concurrency=options.slots, threads=options.threads
    )
    wanted = [effort for effort in EFFORTS if not options.effort or effort in options.effort]
    drafts = asyncio.run(translated([source for source, _ in pairs], wanted, settings, options.seconds))
    report = compare([run(effort, drafts[effort], [own for _, own in pairs]) for effort in wanted])
    print(f"n = {report.n}; 95 % intervals from {report.resamples} resamples")
    for figure in (one for one in report.figures if one.name in SHOWN):
        for name, value, difference in zip(report.runs, figure.values, (None, *figure.differences), strict=True):
            line = f"{figure.label:28} {name:8} {value.value:7.3f} [{value.low:.3f}, {value.high:.3f}]"
            if difference is not None:
                line += f"  {difference.value:+.3f} [{difference.low:+.3f}, {difference.high:+.3f}]"
            print(line)
    for name, signature in report.signatures.items():
        print(f"{name}: {signature}")


if __name__ == "__main__":
    main()
