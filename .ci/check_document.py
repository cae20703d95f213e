"""Check a document against its JSON Schema and the article that it was made from: `SCHEMA DOCUMENT ARTICLE`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator


def main() -> None:
    """Print what was checked, or leave with the first thing that does not hold."""
    schema, document, text = (Path(name).read_bytes().decode("utf-8-sig") for name in sys.argv[1:])
    found = json.loads(document)
    Draft202012Validator(json.loads(schema)).validate(found)
    wrong = list(problems(found, text))
    if wrong:
        raise SystemExit("\n".join(wrong))
    sentences, evidence = len(found["article"]["sentences"]), sum(1 for _ in cited(found["brief"]))
    sys.stdout.write(f"The document is valid and complete: {sentences} sentences, {evidence} citations.\n")


def problems(document: dict[str, Any], text: str) -> Iterator[str]:
    """Yield what is missing or false in a document that is valid by its schema."""
    if not document["complete"]:
        yield "The document is not complete."
    sentences = {sentence["id"]: sentence for sentence in document["article"]["sentences"]}
    for sentence_id, sentence in sentences.items():
        if text[sentence["start"] : sentence["end"]] != sentence["text"]:
            yield f"The offsets of {sentence_id} give another text."
    segments = document["translation"]["segments"]
    if [segment["id"] for segment in segments] != list(sentences):
        yield "The translation does not hold every sentence once, in order."
    yield from (f"{segment['id']} has no translation." for segment in segments if not segment["text"])
    yield from (
        f"There is no sentence {name}, named as evidence." for name in cited(document["brief"]) if name not in sentences
    )


def cited(value: Any) -> Iterator[str]:
    """Yield every sentence id that a part of a brief names as evidence."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from inner if key == "evidence" else cited(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from cited(inner)


if __name__ == "__main__":
    main()
