"""How many threads a model gets on machines with so many cores and so much to do; what the system says is made up."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from summarizer.embedded import machine


def stat(*cores: tuple[int, int]) -> str:
    """Return a `/proc/stat` of processors that were busy and idle for so many ticks."""
    lines = (f"cpu{number} {busy} 0 0 {idle} 0 0 0 0 7 0" for number, (busy, idle) in enumerate(cores))
    return "\n".join(["cpu  0 0 0 0 0 0 0 0 0 0", *lines, "intr 1 2 3", "ctxt 4"])


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which the system's files would be; the processor's list of siblings is missing."""
    for name in ("_STAT", "_CPUS", "_CGROUP"):
        monkeypatch.setattr(machine, name, tmp_path / name)
    (tmp_path / "_CGROUP").mkdir()
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(4)), raising=False)
    monkeypatch.setattr(os, "getloadavg", lambda: (3.8, 0.0, 0.0))
    return tmp_path


@pytest.mark.parametrize(
    ("busy", "threads"),
    [((0, 0, 0, 0), 4), ((10, 0, 0, 0), 3), ((10, 4, 3, 2), 2), ((10, 10, 10, 10), 1)],
)
def test_a_model_gets_the_cores_that_are_idle_now(
    system: Path, monkeypatch: pytest.MonkeyPatch, busy: tuple[int, ...], threads: int
) -> None:
    (system / "_STAT").write_text(stat(*[(5000, 100)] * 4), "ascii")  # busy until now
    later = stat(*[(5000 + ticks, 110 - ticks) for ticks in busy])
    monkeypatch.setattr("time.sleep", lambda _: (system / "_STAT").write_text(later, "ascii"))
    assert machine.threads() == threads


def test_a_quota_bounds_them(system: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (system / "_STAT").write_text(stat(*[(0, 100)] * 4), "ascii")
    (system / "_CGROUP" / "cpu.max").write_text("150000 100000\n", "ascii")
    monkeypatch.setattr("time.sleep", lambda _: (system / "_STAT").write_text(stat(*[(0, 110)] * 4), "ascii"))
    assert machine.threads() == 2


def test_without_the_processors_times_the_load_is_taken(system: Path) -> None:
    assert machine.threads() == 1
