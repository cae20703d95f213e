"""Which of several translations of a sentence is best? A linear score, its weights fitted on development data.

A model that only continues text is often wrong in its likeliest answer, and right in one of its samples. The samples are
scored by what the German says of them (nearness of meaning, length), by what the model thinks of them (log-probability)
and by what they have in common (agreement: minimum Bayes risk, Eikema and Aziz 2022, with the nearness of sentence
vectors as its utility). The weights stand in `choice.json`, with how they were fitted and what further sentences say
of them (`benchmarks/embedded_quality.py`, docs/embedded-quality.md). There are two sets: with sentence vectors and without.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from . import vectors
from .checks import Pair
from .confidence import assess

WEIGHTS_FILE: Final = "choice.json"
LONGER: Final = 0.3
"""Up to this difference, as a logarithm of the ratio of characters, English is as long as its German may ask for."""
