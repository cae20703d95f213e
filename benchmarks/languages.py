"""Telling German from other languages: how often it is right, how often without the model, and what loading costs.

    python -m benchmarks.languages DATA

`DATA` is a folder with JSON Lines files; those of the table below that are there are measured, each text by itself.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from summarizer.errors import InputError
from summarizer.language import detect, ensure_german, settled_by_function_words
from summarizer.readers import read_text

SETS = {  # name → file, field, language
    "news articles (Austria)": ("gnad10k_articles.jsonl", "text", "de"),
    "news articles (Wikinews)": ("wikinews_quotes.jsonl", "text", "de"),
    "news articles (newspapers)": ("krauts_timex.jsonl", "text", "de"),
    "news sentences": ("wmt21_de_en.jsonl", "src", "de"),
    "news sentences, ss for ß": ("wmt21_de_en.jsonl", "src", "de"),
    "translated news sentences": ("ntrex_de_en.jsonl", "de", "de"),
    "headlines": ("wikinews_quotes.jsonl", "title", "de"),
    "English sentences": ("wmt21_de_en.jsonl", "refA", "en"),
    "English news sentences": ("ntrex_de_en.jsonl", "en", "en"),
}


def _texts(folder: Path, name: str, file: str, field: str) -> list[str]:
    rows = [json.loads(line) for line in (folder / file).read_text(encoding="utf-8").splitlines()]
    texts = [row[field] for row in rows]
    if field == "title":  # "number - headline (date)"
        texts = [text.split(" - ", 1)[-1].rsplit(" (", 1)[0] for text in texts]
    return [text.replace("ß", "ss") for text in texts] if "ss for ß" in name else texts


def _passes(text: str) -> bool:
    try:
        return ensure_german(read_text(text)) == "de"
    except InputError:
        return False


def main() -> None:
    """Print the cost of the first decision and the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    began = time.perf_counter()
    detect("Ein kurzer Text.")
    print(f"loading the model: {1000 * (time.perf_counter() - began):.0f} ms\n")
    print(f"{'':28}{'language':>9} {'texts':>6} {'as German':>10} {'without the model':>18}")
    for name, (file, field, language) in SETS.items():
        if not (folder / file).exists():
            print(f"{name:28}{file} is not there")
            continue
        texts = _texts(folder, name, file, field)
        passed, settled = sum(map(_passes, texts)), sum(map(settled_by_function_words, texts))
        print(f"{name:28}{language:>9} {len(texts):6} {passed:10} {settled:18}", flush=True)


if __name__ == "__main__":
    main()
