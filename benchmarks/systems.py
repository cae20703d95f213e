"""Do the figures of `brief eval` put systems in the order in which people put them?

    python -m benchmarks.systems DATA [--domain news] [--by-sentence] [--html FILE]

DATA holds `wmt23_de_en.jsonl` (`id`, `src`, `refA`, `domain`) and `wmt23_de_en_systems.jsonl` (`id`, `system`, `hyp`). People put
GPT4-5shot first, ONLINE-W second and NLLB_Greedy last. `--by-sentence` aligns the sentences of a paragraph and checks them one by
one, as `brief check` does with a translation of an article; the unit of the bootstrap stays the paragraph.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from summarizer import check_translation, read_text
from summarizer.evaluate.compare import compare
from summarizer.evaluate.figures import of_passages, of_sentences
from summarizer.evaluate.human import Passage
from summarizer.evaluate.report import page, table
from summarizer.evaluate.runs import Run, Unit
from summarizer.verify import CheckedPair, check_pairs

ORDER = ("GPT4-5shot", "ONLINE-W", "NLLB_Greedy")


def rows(path: Path) -> list[dict[str, str]]:
    """Return the objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def runs(folder: Path, domain: str | None, *, by_sentence: bool) -> list[Run]:
    """Return a run for each system over the segments that all of them have."""
    systems: dict[str, dict[str, str]] = {name: {} for name in ORDER}
    for row in rows(folder / "wmt23_de_en_systems.jsonl"):
        systems[row["system"]][row["id"]] = row["hyp"]
    segments = [row for row in rows(folder / "wmt23_de_en.jsonl") if domain in (None, row["domain"])]
    segments = [row for row in segments if all(row["id"] in made for made in systems.values())]
    found = []
    for name, made in systems.items():
        pairs = [(row["src"], made[row["id"]]) for row in segments]
        checked = map(sentences, pairs) if by_sentence else ((one,) for one in check_pairs(pairs))
        units = {}
        for row, (source, target), parts in zip(segments, pairs, checked, strict=True):
            reference = row["refA"]
            sums = of_sentences(parts) | of_passages([Passage(target, reference, range(len(parts)))])
            shown = (
                CheckedPair(id=row["id"], source=source, target=target, status="ok", confidence=None, findings=()),
            )
            units[row["id"]] = Unit(sums, parts if len(parts) == 1 else shown, (reference,))
        found.append(Run(name, "pairs", units))
    return found


def sentences(pair: tuple[str, str]) -> tuple[CheckedPair, ...]:
    """Return the sentences of a paragraph with those of its translation, checked."""
    source, target = (read_text(side) for side in pair)
    return check_translation(source, target, force=True).pairs


def main() -> None:
    """Print the table, and whether the order is found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--domain")
    parser.add_argument("--by-sentence", action="store_true")
    parser.add_argument("--html", type=Path)
    arguments = parser.parse_args()
    made = runs(arguments.data, arguments.domain, by_sentence=arguments.by_sentence)
    comparison = compare(made)
    print(table(comparison))
    for figure in comparison.figures:
        values = [value.value or 0.0 for value in figure.values]
        if len(set(values)) == 1:
            continue
        ranked = sorted(zip(values, ORDER, strict=True), reverse=figure.better == "higher")
        clear = "clear" if figure.differences[0].clear else "not clear"
        print(f"{figure.label}: {' > '.join(name for _, name in ranked)} (the first two {clear})")
    if arguments.html:
        arguments.html.write_text(page(comparison, made), encoding="utf-8")


if __name__ == "__main__":
    main()
