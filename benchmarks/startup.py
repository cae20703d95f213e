"""Start-up: what the command costs before it does anything, over the bare interpreter.

python benchmarks/startup.py [--runs 20]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

LIMITS = {"brief --version": 60.0, "brief --help": 200.0}
"""Milliseconds over the bare interpreter that the command may take."""


def median(command: list[str], runs: int) -> float:
    """Return the median wall time in milliseconds, after one run that fills the file caches."""
    times = []
    for _ in range(runs + 1):
        started = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times[1:])


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=20)
    runs = parser.parse_args().runs
    name = "brief.exe" if os.name == "nt" else "brief"
    brief = str(Path(sysconfig.get_path("scripts")) / name)
    bare = median([sys.executable, "-c", "pass"], runs)
    print(f"{'command':<22}{'ms':>8}{'over bare':>12}{'ratio':>8}{'limit':>8}   (median of {runs})")
    print(f"{'python -c pass':<22}{bare:>8.1f}{0:>12.1f}{1:>8.2f}")
    for label in ("brief --version", "brief --help", "brief kinds", "brief schema"):
        taken = median([brief, *label.split()[1:]], runs)
        limit = f"{LIMITS[label]:>8.0f}" if label in LIMITS else ""
        print(f"{label:<22}{taken:>8.1f}{taken - bare:>12.1f}{taken / bare:>8.2f}{limit}")


if __name__ == "__main__":
    main()
