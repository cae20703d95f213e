"""What this machine offers to a model: cores and memory, within the limits of a container."""

from __future__ import annotations

import math
import os
import time
from pathlib import Path

from ..concurrency import cores

MAX_THREADS = 8
"""Reading weights from memory is the limit of a small model: more threads only get in each other's way."""

WATCHED = 0.15
"""Seconds for which the processors are watched before the number of threads is set."""

_CPUS = Path("/sys/devices/system/cpu")
_STAT = Path("/proc/stat")
_CGROUP = Path("/sys/fs/cgroup")


def threads() -> int:
    """Return how many threads a model should compute with: the physical cores that this process may use and that are idle.

    Of two hardware threads of a core only one counts (Linux). A container's quota of processor time is kept
    (cgroup v2), since threads that wait for one that is paused burn the rest of the quota.
    """
    usable = cores()
    physical = {_read(_CPUS / f"cpu{cpu}/topology/thread_siblings_list") or str(cpu) for cpu in usable}
    quota, _, period = (_read(_CGROUP / "cpu.max") or "max").partition(" ")
    allowed = math.ceil(int(quota) / int(period)) if quota.isdigit() and period.isdigit() else len(physical)
    return max(1, min(min(len(physical), allowed, MAX_THREADS), len(physical) - round(_busy(usable))))


def _busy(usable: frozenset[int]) -> float:
    """Return how many of these processors others keep busy just now; 0 where the system does not say.

    llama.cpp's threads wait for each other by spinning. Measured with two threads on two cores: 12 s for an article on
    an idle machine, 550 s beside two busy processes, where one thread took 45 s.

    It looks twice, `WATCHED` seconds apart, at how long each processor has been idle (Linux). The load of the last minute,
    which is taken elsewhere, still counts what has ended and hardly counts what has just begun.
    """
    before = _times(usable)
    time.sleep(WATCHED if before else 0)
    after = _times(usable)
    busy = 0.0
    for cpu, (idle, total) in after.items():
        spent = total - before.get(cpu, (0, 0))[1]
        busy += 1 - (idle - before.get(cpu, (0, 0))[0]) / spent if spent > 0 else 0.0
    if after:
        return busy
    try:
        return os.getloadavg()[0]
    except (AttributeError, OSError):
        return 0.0


def _times(usable: frozenset[int]) -> dict[int, tuple[int, int]]:
    """Return idle time and all time of each of these processors since the start, in clock ticks, from `/proc/stat`."""
    found = {}
    for line in (_read(_STAT) or "").splitlines():
        name, *ticks = line.split()
        if name.startswith("cpu") and name[3:].isdigit() and int(name[3:]) in usable:
            numbers = [
                int(tick) for tick in ticks[:8]
            ]  # the guests' time, which follows, is counted in the first already
            found[int(name[3:])] = (sum(numbers[3:5]), sum(numbers))  # idle, and waiting for a disk
    return found


def available_memory() -> int | None:
    """Return how many bytes of memory a model may take without swapping; None if this machine does not say."""
    found = []
    for line in (_read(Path("/proc/meminfo")) or "").splitlines():
        name, _, amount = line.partition(":")
        if name == "MemAvailable":
            found.append(int(amount.split()[0]) * 1024)
    limit, used = _read(_CGROUP / "memory.max"), _read(_CGROUP / "memory.current")
    if limit and limit.isdigit() and used and used.isdigit():
        found.append(int(limit) - int(used))
    return min(found, default=None)


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="ascii").strip()
    except OSError:
        return None
