"""A checked pair as readable lines."""

from __future__ import annotations

from ..verify import BadRow, CheckedPair
from .outline import doubt, safe

_COLOURS = {"error": "red", "warning": "yellow", "info": "bright_black"}


def readable(row: CheckedPair | BadRow, *, terminal: bool = False) -> str | None:
    """Return what a person should look at: both texts and the findings; None if there is no doubt.

    Args:
        row: What was checked.
        terminal: Whether colours are wanted.
    """
    if isinstance(row, BadRow) or (row.status == "ok" and not row.findings):
        return None
    import typer

    shown = doubt(row.confidence) if row.status == "doubtful" else None
    lines = [safe(row.id) + (f"  ({shown})" if shown else "")]
    lines += [f"    {mark} {safe(text)}" for mark, text in (("de", row.source), ("en", row.target)) if text is not None]
    for finding in row.findings:
        line = f"    ! {finding.severity}: {safe(finding.message)} [{finding.code}]"
        lines.append(typer.style(line, fg=_COLOURS[finding.severity]) if terminal else line)
    return "\n".join(lines)
