"""Names, quotations with speakers, dated events and key sentences that an extractive brief is made of, against gold.

    python -m benchmarks.extraction [--ner FILE] [--quotes FILE] [--times FILE] [--articles FILE] [--half development]

One JSON object a line: `--ner` with `text` and `entities` ([begin, end, label]), `--quotes` with `text`, `sentences` and
`quotes`, `--times` with `text`, `dct` and `timex`, `--articles` with whole articles in `text`. Rows are parted in two by
a hash of their id: rules and lists were made with the development half in view, figures are of the held-out half.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from summarizer.entities import find_names

Row = dict[str, Any]


def rows(path: Path, half: str) -> list[Row]:
    """Return the rows of one half of a file, `development`, `held-out` or `all`."""
    read = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [row for row in read if half == "all" or (half == "held-out") == held_out(str(row.get("id", row["text"])))]


def held_out(row_id: str) -> bool:
    """Say whether a row is of the held-out half."""
    return int(hashlib.sha256(row_id.encode()).hexdigest()[:8], 16) % 2 == 1


class Count:
    """Right, found and gold ones, and what precision, recall and F1 follow."""

    def __init__(self) -> None:
        self.right = self.found = self.gold = 0

    def __str__(self) -> str:
        precision, recall = self.right / (self.found or 1), self.right / (self.gold or 1)
        f1 = 2 * self.right / (self.found + self.gold or 1)
        return f"precision {precision:.2f}  recall {recall:.2f}  F1 {f1:.2f}  (found {self.found}, gold {self.gold})"


# --- names

_CLASSES = {
    "PERSON": "person",
    "ORGANIZATION": "organisation",
    "ORGANIZATION_COMPANY": "organisation",
    "LOCATION": "place",
    "LOCATION_CITY": "place",
}
_NEITHER = {"LOCATION_STREET", "LOCATION_STOP", "LOCATION_ROUTE"}
"""Traffic: neither asked for nor counted against."""
_MARKS = "#@.,:;!?()\"'„“ \n"

Name = tuple[int, int, str]


def gold_names(row: Row) -> tuple[set[Name], set[tuple[int, int]]]:
    """Return the names of a text (begin, end, class), and the spans that count neither way: traffic, adjectives."""
    names: set[Name] = set()
    neither: set[tuple[int, int]] = set()
    for begin, end, label in row["entities"]:
        begin, end = _trimmed(row["text"], begin, end)
        kind = _CLASSES.get(label)
        if label in _NEITHER or (kind and not row["text"][begin : begin + 1].isupper() and kind == "place"):
            neither.add((begin, end))
        elif kind:
            names.add((begin, end, kind))
    return names, neither


def _trimmed(text: str, begin: int, end: int) -> tuple[int, int]:
    while begin < end and text[begin] in _MARKS:
        begin += 1
    while end > begin and text[end - 1] in _MARKS:
        end -= 1
    return begin, end


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text that hold something, each with its offset."""
    for match in re.finditer(r"[^\n]+", text):
        yield match.start(), match[0]


def found_names(text: str) -> set[Name]:
    """Return what the finder finds."""
    starts, lines = zip(*lines_of(text), strict=True) if text.strip() else ((), ())
    return {
        (starts[name.sentence] + name.start, starts[name.sentence] + name.end, name.of.__name__.lower())
        for name in find_names(lines)
    }


def baseline_names(text: str) -> set[Name]:
    """Return the baseline: runs of capitalised words that German does not know, all of them persons if two, else places."""
    from summarizer.lexicon.words import is_german

    found: set[Name] = set()
    for match in re.finditer(r"[A-ZÄÖÜ][\w-]+(?: [A-ZÄÖÜ][\w-]+)*", text):
        words = match[0].split()
        if all(not is_german(word) for word in words):
            kind = "organisation" if match[0].isupper() else "person" if len(words) > 1 else "place"
            found.add((match.start(), match.end(), kind))
    return found


def names_report(given: Iterable[Row], find: Any, errors: int) -> Iterator[str]:
    """Yield the figures of exact spans by class, and of spans that overlap one of the class."""
    exact = {kind: Count() for kind in ("person", "organisation", "place")}
    near = {kind: Count() for kind in exact}
    told: dict[str, list[str]] = {"spurious": [], "missed": []}
    for row in given:
        gold, neither = gold_names(row)
        found = {
            name for name in find(row["text"]) if not any(name[0] < end and begin < name[1] for begin, end in neither)
        }
        for kind in exact:
            wanted = {name for name in gold if name[2] == kind}
            got = {name for name in found if name[2] == kind}
            exact[kind].right += len(wanted & got)
            near[kind].right += sum(any(a[0] < b[1] and b[0] < a[1] for a in wanted) for b in got)
            for count in (exact[kind], near[kind]):
                count.found += len(got)
                count.gold += len(wanted)
        for which, names in (("spurious", found - gold), ("missed", gold - found)):
            for begin, end, kind in sorted(names):
                around = " ".join(row["text"][max(0, begin - 40) : end + 30].split())
                told[which].append(f"{kind} “{row['text'][begin:end]}” … {around}")
    for kind, count in exact.items():
        share = near[kind].right / (near[kind].found or 1)
        yield f"  {kind:13} {count}  overlapping one of its class: {share:.2f}"
    for which, lines in told.items():
        yield from (f"  {which}: {line}" for line in lines[:errors])


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ner", type=Path)
    parser.add_argument("--half", choices=["development", "held-out", "all"], default="held-out")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="also print N errors of each kind")
    options = parser.parse_args()
    if options.ner:
        given = rows(options.ner, options.half)
        by_kind = Counter(row.get("doctype", "") for row in given)
        print(f"names, {options.half}: {len(given)} texts ({', '.join(f'{n} {kind}' for kind, n in by_kind.items())})")
        for part in ("", *by_kind):
            chosen = [row for row in given if not part or row.get("doctype") == part]
            for label, find in (("finder", found_names), ("baseline", baseline_names)):
                print(f" {label}, {part or 'all'}")
                print(*names_report(chosen, find, options.errors if label == "finder" and not part else 0), sep="\n")


if __name__ == "__main__":
    main()
