"""Peak memory of `brief batch` for few and for many articles, and the time that a finished run takes to be resumed.

    python benchmarks/batch_memory.py [--few 1000] [--many 10000]

The endpoint is benchmarks/endpoint.py without latency; the articles are short, the briefs without translation. The peak
is that of the command's own process; that of its largest worker is shown beside it.
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
    "finally: print(*(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))"
)


def batch(base_url: str, folder: Path, out: Path) -> tuple[float, float, float]:
    """Return the seconds and the peak memory (MB; Linux counts in KB) of one command and of its largest worker."""
    command = [sys.executable, "-c", _MEASURED, "batch", str(folder), "-o", str(out), "--base-url", base_url]
    started = time.perf_counter()
    done = subprocess.run(
        [*command, "--model", "stub", "--brief-only", "-j", "64", "--quiet"], capture_output=True, text=True, check=True
    )
    own, worker = (int(size) / 1024 for size in done.stdout.split()[-2:])
    return time.perf_counter() - started, own, worker


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
                seconds, peak, worker = batch(base_url, home / f"in{count}", home / f"out{count}")
                peaks.append(peak + worker)
                print(
                    f"{count:>7} articles: {peak:6.0f} MB at most, {worker:.0f} MB a worker, {seconds:6.1f} s",
                    flush=True,
                )
            asked = log.stat().st_size
            seconds, peak, _ = batch(base_url, home / f"in{arguments.many}", home / f"out{arguments.many}")
            more = log.stat().st_size - asked
    print(f"memory of many to few: {peaks[1] / peaks[0]:.2f} (limit 1.2)")
    print(
        f"a finished run of {arguments.many} again: {seconds:.1f} s (limit 5), {more} bytes of requests, {peak:.0f} MB"
    )


if __name__ == "__main__":
    main()
