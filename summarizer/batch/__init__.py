"""Many articles: journal, local engine, inputs and outputs.

`run_batch(Job(inputs, output, settings))` does what is not done yet. Another engine takes tasks from `Ledger.pending`
and gives each back with `Ledger.finish` or `Ledger.fail`.
"""

from __future__ import annotations

from .ledger import Ledger, Skipped, Task
from .run import Job, Outcome, arun_batch, run_batch
from .tally import Ended, Tally

__all__ = ["Ended", "Job", "Ledger", "Outcome", "Skipped", "Tally", "Task", "arun_batch", "run_batch"]
