"""What this machine offers to a model: cores and memory, within the limits of a container."""

from __future__ import annotations

import math
import os
from pathlib import Path

MAX_THREADS = 8
"""Reading weights from memory is the limit of a small model: more threads only get in each other's way."""

_CPUS = Path("/sys/devices/system/cpu")
_CGROUP = Path("/sys/fs/cgroup")


def threads() -> int:
    """Return how many threads a model should compute with: the physical cores that this process may use and that are idle.

    Of two hardware threads of a core only one counts (Linux). A container's quota of processor time is kept
    (cgroup v2), since threads that wait for one that is paused burn the rest of the quota.
    """
    usable = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set(range(os.cpu_count() or 1))
    cores = {_read(_CPUS / f"cpu{cpu}/topology/thread_siblings_list") or str(cpu) for cpu in usable}
    quota, _, period = (_read(_CGROUP / "cpu.max") or "max").partition(" ")
    allowed = math.ceil(int(quota) / int(period)) if quota.isdigit() and period.isdigit() else len(cores)
    return max(1, min(len(cores), allowed, MAX_THREADS) - _busy())


def _busy() -> int:
    """Return how many cores others keep busy, by the load of the last minute; 0 where the system does not say.

    llama.cpp's threads wait for each other by spinning. Measured with two threads on two cores: 12 s for an article on
    an idle machine, 550 s beside two busy processes, where one thread took 45 s.
    """
    try:
        return round(os.getloadavg()[0])
    except (AttributeError, OSError):
        return 0


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
