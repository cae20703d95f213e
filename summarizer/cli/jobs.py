"""What `brief batch` and `brief batch submit` have in common: the options that describe a job, and the job made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass
