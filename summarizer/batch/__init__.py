"""Many articles: journal, local engine, inputs and outputs.

`run_batch(Job(inputs, output, settings))` does what is not done yet. Another engine takes tasks from `Ledger.pending`
and gives each back with `Ledger.finish` or `Ledger.fail`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .ledger import Ledger, Skipped, Task
    from .run import Job, Outcome, arun_batch, run_batch
    from .tally import Ended, Tally

__all__ = ["Ended", "Job", "Ledger", "Outcome", "Skipped", "Tally", "Task", "arun_batch", "run_batch"]

_HOME = {
    "Ended": "tally",
    "Job": "run",
    "Ledger": "ledger",
    "Outcome": "run",
    "Skipped": "ledger",
    "Tally": "tally",
    "Task": "ledger",
    "arun_batch": "run",
    "run_batch": "run",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for: a process that only runs checks needs none of them."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{_HOME[name]}", __name__), name)
    globals()[name] = value
    return value
