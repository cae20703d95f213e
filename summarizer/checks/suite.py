"""Runs all checks over an article's pairs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import import_module

from .. import vectors
from ..findings import Finding
from . import Check, Pair

RULES = (
    "length",
    "repetition",
    "untranslated",
    "numbers",
    "dates",
    "names",
    "negation",
    "attribution",
    "quotations",
)
"""The modules of this package that check one pair at a time, in the order of their findings."""


@cache
def rules() -> tuple[tuple[str, Check], ...]:
    """Return the rule checks by name; imported when first needed."""
    return tuple((name, import_module(f".{name}", __package__).check) for name in RULES)


def check_pairs(pairs: Sequence[Pair]) -> list[tuple[Finding, ...]]:
    """Return the findings of all checks for each pair, in order.

    The check of meaning needs sentence vectors (extra `local`); without them the rules run alone, and `names` says so.
    """
    found = [[finding for _, check in rules() for finding in check(pair)] for pair in pairs]
    if pairs and vectors.available():
        from .meaning import check_all

        for findings, more in zip(found, check_all(pairs), strict=True):
            findings.extend(more)
    return [tuple(findings) for findings in found]


def names() -> tuple[str, ...]:
    """Return the names of the checks that run here."""
    return (*RULES, "meaning") if vectors.available() else RULES
