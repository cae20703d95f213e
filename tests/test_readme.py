"""The README's two commands stand there once, and CI runs these very lines."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
COMMANDS = ["pip install '.[local]' && brief seeds/000_b0b2ffb098fc43c8.txt", "pip install -e '.[dev]' && pytest"]


@pytest.mark.parametrize("command", COMMANDS)
def test_command_stands_in_the_readme_and_in_ci(command: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert readme.count(command) == 1
    assert command in [line.strip() for line in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()]
