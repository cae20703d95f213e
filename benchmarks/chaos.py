"""A batch that is killed again and again while a fifth of its requests fail: is all done, valid, once?

    python benchmarks/chaos.py [--articles 1000] [--kills 10] [--failures 0.2] [--seed 1]

The endpoint fails in seven ways (429 with a wish to wait, 500, dropped connection, truncated body, invalid JSON, wrong
schema, slow). The command is killed with SIGKILL at random moments and started again; the last start runs to its end.
What the journal called done at a kill must never be asked for afterwards.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from jsonschema import Draft202012Validator

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.endpoint import running, write_articles  # noqa: E402
from summarizer import parse_document  # noqa: E402
from summarizer.kinds import json_schema  # noqa: E402


def done_until_now(journal: Path) -> dict[str, str]:
    """Return the numbers of the articles that the journal calls done, with when."""
    if not journal.exists():
        return {}
    with sqlite3.connect(f"file:{journal}?mode=ro", uri=True, timeout=20) as db:
        try:
            rows = db.execute("SELECT address, at FROM articles WHERE state = 'done'").fetchall()
        except sqlite3.OperationalError:  # killed before the tables were there
            rows = []
    db.close()
    return {address.removesuffix(".txt"): at for address, at in rows}


def main() -> None:
    """Run it, print the figures, fail if something is lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--failures", type=float, default=0.2)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        log, out = home / "requests.log", home / "out"
        log.touch()
        write_articles(home / "in", arguments.articles)
        with running(0.05, arguments.failures, arguments.seed, log) as base_url:
            command = [sys.executable, "-m", "summarizer", "batch", str(home / "in"), "-o", str(out), "--quiet",
                       "--base-url", base_url, "--model", "stub", "--retry-failed"]  # fmt: skip
            environment = {**os.environ, "BRIEF_MAX_WAIT": "1"}
            checkpoints: list[tuple[int, set[str]]] = []
            kills = starts = 0
            while True:
                starts += 1
                process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
                if kills < arguments.kills:
                    target = len(done_until_now(out / ".brief" / "journal.sqlite")) + chance.randint(
                        0, arguments.articles // (arguments.kills + 2)
                    )
                    while process.poll() is None and (len(done_until_now(out / ".brief" / "journal.sqlite")) < target):
                        time.sleep(0.05)
                    time.sleep(chance.random() * 0.3)
                    if process.poll() is None:
                        process.kill()
                        kills += 1
                _, errors = process.communicate()
                done = done_until_now(out / ".brief" / "journal.sqlite")
                checkpoints.append((log.read_text().count("\n"), set(done)))
                print(f"start {starts}: ended with {process.returncode}, {len(done)} done", flush=True)
                if process.returncode == 0 or starts > 4 * arguments.kills + 10:
                    break
        asked = [line.split(" ", 1) for line in log.read_text().splitlines()]
        again = sum(number in finished for place, finished in checkpoints for number, _ in asked[place:])
        schema = Draft202012Validator(json_schema("news", document=True))
        files = sorted(out.glob("*.json"))
        valid = 0
        for path in files:
            document = parse_document(path.read_bytes())
            schema.validate(json.loads(path.read_bytes()))
            text = document.article.sentences[0].text
            valid += document.complete and path.stem in text
        faults = Counter(fault or "none" for _, fault in asked)
        left = [path.name for path in out.rglob("*.tmp")]
    print(f"{arguments.articles} articles, {kills} kills, {len(asked)} requests, faults {dict(faults)}")
    print(f"done {len(done)}, files {len(files)}, valid and complete {valid}, requests for finished articles {again}")
    print(f"answers asked for again: {faults['none'] + faults['slow'] - 2 * arguments.articles}, leftovers {left}")
    if not (len(done) == len(files) == valid == arguments.articles and again == 0):
        sys.exit("something was lost or done twice\n" + errors)


if __name__ == "__main__":
    main()
