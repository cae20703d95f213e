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
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from summarizer import read_text
from summarizer.article import Sentence
from summarizer.checks.attribution import reported
from summarizer.checks.grounding import letters
from summarizer.draft import Draft
from summarizer.entities import find_names
from summarizer.extract.quotations import spoken
from summarizer.extract.reading import Reading
from summarizer.extract.spans import dated, iso
from summarizer.rank import key_sentences
from summarizer.segment import to_article

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
        (
            *_trimmed(text, starts[name.sentence] + name.start, starts[name.sentence] + name.end),
            name.of.__name__.lower(),
        )
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


# --- quotations


def quotations_report(given: Iterable[Row], errors: int) -> Iterator[str]:
    """Yield the figures of direct quotations by span, and of their speakers; of reported speech by sentence."""
    spans, exact, speakers, named, reports, sources = (Count() for _ in range(6))
    told: list[str] = []
    for row in given:
        reading = Reading(Draft(to_article(read_text(row["text"]), "de")))
        sentences, german = reading.sentences, reading.german
        direct = [quote for quote in row["quotes"] if quote["type"] == "Direct"]
        free = list(direct)
        spans.gold += len(direct)
        exact.gold += len(direct)
        for one in spoken(sentences, german):
            start = row["text"].find(one.text, one.sentences[0].start)
            end = start + len(one.text)
            spans.found += 1
            exact.found += 1
            gold = next(
                (quote for quote in free if any(a < end and start < b for a, b in quote["quote"]["spans"])), None
            )
            if gold is None:
                told.append(f"spurious: {one.text[:100]}")
                continue
            free.remove(gold)
            spans.right += 1
            exact.right += letters(gold["quote"]["text"]) == letters(one.text)
            if not gold["speaker"]["text"]:
                continue
            speakers.gold += 1
            if one.speaker is not None and one.speaker_in is not None:
                name = reading.speaker(one.speaker_in, one.speaker)
                named.gold += 1
                named.found += name is not None
                named.right += name is not None and _same_speaker(name, gold["speaker"]["text"])
                speakers.found += 1
                right = _same_speaker(one.speaker.text, gold["speaker"]["text"])
                speakers.right += right
                if not right:
                    told.append(f"speaker: {one.speaker.text!r}, gold {gold['speaker']['text']!r}: {one.text[:60]}")
        told.extend(f"missed: {quote['quote']['text'][:100]}" for quote in free)
        _reports(row, sentences, german, reports, sources)
    yield f"  direct, overlapping   {spans}"
    yield f"  direct, the same      {exact}"
    yield f"  speaker of those      {speakers}"
    yield f"  name in its words     {named}"
    yield f"  sentences that report {reports}"
    yield f"  source of those       {sources}"
    yield from (f"  {line}" for line in sorted(told)[:errors])


def _reports(row: Row, sentences: Any, german: list[str], reports: Count, sources: Count) -> None:
    """Count which sentences hold indirect or reported speech, and whom they name as its source."""
    for sentence, text in zip(sentences, german, strict=True):
        quotes = [
            quote
            for quote in row["quotes"]
            if quote["type"] != "Direct"
            and any(a < sentence.end and sentence.start < b for a, b in quote["quote"]["spans"])
        ]
        only_direct = not quotes and any(
            a < sentence.end and sentence.start < b for quote in row["quotes"] for a, b in quote["quote"]["spans"]
        )
        report = reported(text)
        reports.gold += bool(quotes)
        reports.found += report is not None and not only_direct
        reports.right += bool(quotes) and report is not None
        if quotes and report is not None:
            sources.gold += 1
            if report.source is not None:
                sources.found += 1
                sources.right += any(_same_speaker(report.source, quote["speaker"]["text"]) for quote in quotes)


def _same_speaker(one: str, other: str) -> bool:
    """Say whether two ways to name a speaker have a capitalised word in common, or are the same pronoun."""
    a, b = ({word for word in re.findall(r"\w+", text) if word[0].isupper() and len(word) > 2} for text in (one, other))
    a, b = ({word.lower() for word in words} - {"der", "die", "das", "ein", "eine"} for words in (a, b))
    return bool(a & b) or one.lower() == other.lower()


# --- dated events


def events_report(given: Iterable[Row], errors: int) -> Iterator[str]:
    """Yield the figures of the one calendar time by which a sentence is dated, its ISO value against TIMEX3."""
    span, value = Count(), Count()
    told = []
    for row in given:
        reading = Reading(Draft(to_article(read_text(row["text"]), "de")))
        gold_dates = [
            timex for timex in row["timex"] if timex["type"] in ("DATE", "TIME") and _YEAR.match(timex["value"])
        ]
        for sentence, german in zip(reading.sentences, reading.german, strict=True):
            inside = [timex for timex in row["timex"] if sentence.start <= timex["begin"] < sentence.end]
            for count in (span, value):
                count.gold += any(timex in gold_dates for timex in inside)
            time = dated(german, row["dct"], reading.spans_of_names(sentence))
            if time is None:
                continue
            start = row["text"].find(time.as_printed, sentence.start)
            same = [
                timex
                for timex in inside
                if timex["type"] in ("DATE", "TIME")
                and timex["begin"] < start + len(time.as_printed)
                and start < timex["end"]
            ]
            found = iso(time)[0]
            right = found is not None and any(
                timex["value"] == found or timex["value"].startswith(found) for timex in same
            )
            span.found += 1
            span.right += bool(same)
            if found is not None:
                value.found += 1
                value.right += right
                if not right:
                    told.append(
                        f"{found} “{time.as_printed}”, gold {[timex['value'] for timex in same]}, dct {row['dct']}: {german[:90]}"
                    )
    yield f"  a time at all         {span}"
    yield f"  its ISO date right    {value}"
    yield from (f"  {line}" for line in told[:errors])


_YEAR = re.compile(r"\d{4}")


# --- key sentences

_TEASER = re.compile(r"(?P<teaser>.{40,260}?[.!?]) (?P<body>[A-ZÄÖÜ][\w./ -]{1,30} – .+)", re.DOTALL)


def key_sentences_report(given: Iterable[Row], count: int = 3) -> Iterator[str]:
    """Yield ROUGE-1 F1 (stems of six letters) of three sentences against the editor's teaser, with its 95 % interval."""
    scores: dict[str, list[float]] = {}
    for row in given:
        match = _TEASER.match(row["text"])
        if match is None:
            continue
        sentences = to_article(read_text(match["body"]), "de").sentences
        if len(sentences) < 2 * count:
            continue
        ways: dict[str, Sequence[Sentence]] = {
            "lead-3": sentences[:count],
            "TextRank": key_sentences(sentences, lead=0.0)[:count],
            "ours": key_sentences(sentences)[:count],
        }
        for way, chosen in ways.items():
            scores.setdefault(way, []).append(_rouge1(match["teaser"], " ".join(one.text for one in chosen)))
    lead = scores.get("lead-3", [])
    yield f"  articles with a teaser: {len(lead)}"
    for way, values in scores.items():
        low, high = _interval([one - other for one, other in zip(values, lead, strict=True)])
        yield f"  {way:9} ROUGE-1 {100 * sum(values) / len(values):.1f}  against lead-3 {100 * low:+.1f} … {100 * high:+.1f}"


def _stems(text: str) -> Counter[str]:
    return Counter(word[:6] for word in re.findall(r"\w+", text.lower()))


def _rouge1(reference: str, text: str) -> float:
    one, other = _stems(reference), _stems(text)
    return 2 * (one & other).total() / ((one.total() + other.total()) or 1)


def _interval(differences: Sequence[float], rounds: int = 1000) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of a mean."""
    chance = random.Random(7)  # no secret
    means = sorted(sum(chance.choices(differences, k=len(differences))) / len(differences) for _ in range(rounds))
    return means[int(0.025 * rounds)], means[int(0.975 * rounds)]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ner", type=Path)
    parser.add_argument("--quotes", type=Path)
    parser.add_argument("--times", type=Path)
    parser.add_argument("--articles", type=Path)
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
    if options.quotes:
        given = rows(options.quotes, options.half)
        print(f"quotations, {options.half}: {len(given)} articles")
        print(*quotations_report(given, options.errors), sep="\n")
    if options.times:
        given = rows(options.times, options.half)
        print(f"dated sentences, {options.half}: {len(given)} articles")
        print(*events_report(given, options.errors), sep="\n")
    if options.articles:
        given = rows(options.articles, options.half)
        print(f"key sentences, {options.half}: {len(given)} articles")
        print(*key_sentences_report(given), sep="\n")


if __name__ == "__main__":
    main()
