"""All checks of a pair, in one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from .. import vectors
from ..findings import Finding
from . import Check, Pair

if TYPE_CHECKING:
    from .meaning import Likeness

RULES = (
    "length",
    "repetition",
    "reuse",
    "untranslated",
    "numbers",
    "dates",
    "names",
    "negation",
    "roles",
    "attribution",
    "degree",
    "quotations",
    "terminology",
)
"""The modules of this package that check one pair at a time, in the order of their findings."""


@cache
def rules() -> tuple[tuple[str, Check], ...]:
    """Return the rule checks by name; imported when first needed."""
    return tuple((name, import_module(f".{name}", __package__).check) for name in RULES)


@dataclass(frozen=True, slots=True)
class Examination:
    """What all checks say of a pair.

    Attributes:
        findings: In the order of the checks.
        likeness: How near its two sides lie; None without sentence vectors.
    """

    findings: tuple[Finding, ...]
    likeness: Likeness | None = None


def examined(pairs: Sequence[Pair], *, meaning: bool = True) -> list[Examination]:
    """Return what all checks say of each pair.

    The check of meaning needs sentence vectors (extra `local`); without them, or if `meaning` is False, the rules run
    alone and there are no measures.
    """
    by_rules = [tuple(finding for _, check in rules() for finding in check(pair)) for pair in pairs]
    if not (pairs and meaning and vectors.available()):
        return [Examination(findings) for findings in by_rules]
    from .meaning import measure_and_check

    measured = measure_and_check(pairs)
    return [
        Examination(findings + tuple(more), likeness)
        for findings, (likeness, more) in zip(by_rules, measured, strict=True)
    ]
