"""How well sentences are aligned: ``python -m benchmarks.alignment CORPUS``.

CORPUS: JSONL of aligned sentences in order (`de`, `en`, `doc`). Sentences are joined, split at a comma and dropped on
either side, so that the right links are known. A link counts if it is exactly right.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from benchmarks.translation_errors import read_jsonl
from summarizer.align import WITH_VECTORS, WITHOUT, Link, Weights, align
from summarizer.article import plain

Text = tuple[list[str], list[str], list[Link]]
METHODS = {  # the weights of each method chosen as those of `summarizer.align`
    "length only (Gale and Church)": Weights(length=1.0, meaning=0.0, anchors=0.0, far=0.0, alone=3.0),
    "length, numbers and names": WITHOUT,
    "length and vectors": Weights(length=1.5, meaning=4.0, anchors=0.0, far=0.3, alone=2.0),
    "all": WITH_VECTORS,
}


def disturbed(pairs: Sequence[tuple[str, str]], rng: Random, rate: float) -> Text:
    """Return both sides with sentences joined, split and dropped, and the links that are right then."""
    german: list[str] = []
    english: list[str] = []
    links: list[Link] = []
    index = 0
    while index < len(pairs):
        source, target = [pairs[index][0]], [pairs[index][1]]
        draw = rng.random() / rate
        if draw < 1 and index + 1 < len(pairs):  # two sentences, joined on one side
            index += 1
            source.append(pairs[index][0])
            target.append(pairs[index][1])
            joined = source if draw < 0.4 else target
            joined[:] = [" ".join(joined)]
        elif draw < 2:  # one sentence, split on one side
            split = source if draw < 1.4 else target
            split[:] = halves(split[0])
        elif draw < 2.7:
            target = []
        elif draw < 3:
            source = []
        links.append(Link((len(german), len(german) + len(source)), (len(english), len(english) + len(target))))
        german += source
        english += target
        index += 1
    return german, english, links


def halves(sentence: str) -> list[str]:
    """Return a sentence in two at the comma next to its middle, or whole if it has none there."""
    places = [i for i, character in enumerate(sentence) if character == "," and 15 < i < len(sentence) - 15]
    if not places:
        return [sentence]
    place = min(places, key=lambda i: abs(i - len(sentence) / 2))
    return [sentence[: place + 1], sentence[place + 2 :]]


def figures(texts: Sequence[Text], method: Callable[[list[str], list[str]], list[Link]]) -> dict[str, float]:
    """Return precision, recall and F1 over links with text on both sides, the same for sentences without a partner."""
    counts: dict[str, int] = defaultdict(int)
    begun = time.perf_counter()
    for german, english, gold in texts:
        found = set(method(german, english))
        for kind in ("link", "alone"):
            wanted = {link for link in gold if is_alone(link) == (kind == "alone")}
            given = {link for link in found if is_alone(link) == (kind == "alone")}
            counts[f"{kind} gold"] += len(wanted)
            counts[f"{kind} found"] += len(given)
            counts[f"{kind} right"] += len(wanted & given)
    seconds = time.perf_counter() - begun
    result: dict[str, float] = {}
    for kind in ("link", "alone"):
        right, found_, gold_ = (counts[f"{kind} {name}"] for name in ("right", "found", "gold"))
        result[f"{kind} precision"] = right / max(found_, 1)
        result[f"{kind} recall"] = right / max(gold_, 1)
        result[f"{kind} F1"] = 2 * right / max(found_ + gold_, 1)
        result[f"{kind} n"] = gold_
    result["sentences/s"] = sum(len(german) for german, *_ in texts) / seconds
    return result


def is_alone(link: Link) -> bool:
    """Whether one side of a link is empty."""
    return link.source[0] == link.source[1] or link.target[0] == link.target[1]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.alignment", description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--rate", type=float, default=0.1, help="share of each kind of change")
    parser.add_argument("--part", choices=["even", "odd"], help="every second document")
    options = parser.parse_args(arguments)
    documents: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in read_jsonl(options.corpus):
        documents[str(row["doc"])].append((plain(str(row["de"])), plain(str(row["en"]))))
    chosen = list(documents.values())[{"even": 0, "odd": 1, None: 0}[options.part] :: 2 if options.part else 1]
    rng = Random(1)
    texts = [disturbed(pairs, rng, options.rate) for pairs in chosen]
    align(*texts[0][:2])  # loading the encoder is no part of the speed
    measured = {
        name: figures(texts, lambda german, english, weights=weights: align(german, english, weights=weights))  # type: ignore[misc]
        for name, weights in METHODS.items()
    }
    print(json.dumps({"documents": len(texts), **measured}, indent=1))


if __name__ == "__main__":
    main()
