"""Peak memory of `brief batch` for few and for many articles, and the time that a finished run takes to be resumed.

    python benchmarks/batch_memory.py [--few 1000] [--many 10000]

The endpoint is benchmarks/endpoint.py without latency; the articles are short, the briefs without translation.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.endpoint import running, write_articles  # noqa: E402

_MEASURED = (
    "import resource, sys; from summarizer.cli.app import main\n"
    "try: main()\n"
    "finally: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
)


def batch(base_url: str, folder: Path, out: Path) -> tuple[float, float]:
    """Return the seconds and the peak memory (MB; Linux counts in KB) of one command."""
    command = [sys.executable, "-c", _MEASURED, "batch", str(folder), "-o", str(out), "--base-url", base_url]
    started = time.perf_counter()
    done = subprocess.run(
        [*command, "--model", "stub", "--brief-only", "-j", "64", "--quiet"], capture_output=True, text=True, check=True
    )
    return time.perf_counter() - started, int(done.stdout.split()[-1]) / 1024


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--few", type=int, default=1000)
    parser.add_argument("--many", type=int, default=10_000)
    arguments = parser.parse_args()
    peaks = []
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        log = home / "log"
        log.touch()
        with running(0.0, log=log) as base_url:
            for count in (arguments.few, arguments.many):
                write_articles(home / f"in{count}", count)
                seconds, peak = batch(base_url, home / f"in{count}", home / f"out{count}")
                peaks.append(peak)
                print(f"{count:>7} articles: {peak:6.0f} MB at most, {seconds:6.1f} s", flush=True)
            asked = log.stat().st_size
            seconds, peak = batch(base_url, home / f"in{arguments.many}", home / f"out{arguments.many}")
            more = log.stat().st_size - asked
    print(f"memory of many to few: {peaks[1] / peaks[0]:.2f} (limit 1.2)")
    print(
        f"a finished run of {arguments.many} again: {seconds:.1f} s (limit 5), {more} bytes of requests, {peak:.0f} MB"
    )


if __name__ == "__main__":
    main()
