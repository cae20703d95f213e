"""Letters that were decoded wrongly before the file was written (`GrÃ¶ÃŸe`), put right again.

ftfy decides whether a line is such and how it came about; quotation marks, ligatures and all else stay as they are.
"""

from __future__ import annotations

import re
from typing import Final

_SUSPECT: Final = re.compile("[ÃÂâÄ][\u0080-\u00bf\u0152-\u0178\u2013-\u203a\u20ac\u2122]|\u00c3\\S|ï»¿|�")
"""What a letter of German or a quotation mark becomes when its UTF-8 is read as Windows-1252; looked for first,
since loading ftfy takes longer than reading most articles."""


def repaired(text: str) -> tuple[str, str | None]:
    """Return the text with such letters put right, and a sentence that says so; or the text itself and None."""
    if not _SUSPECT.search(text):
        return text, None
    from ftfy import TextFixerConfig, fix_encoding

    config = TextFixerConfig(restore_byte_a0=True, replace_lossy_sequences=False, decode_inconsistent_utf8=True)
    lines = text.splitlines(keepends=True)
    fixed = [fix_encoding(line, config) if _SUSPECT.search(line) else line for line in lines]
    changed = sum(before != after for before, after in zip(lines, fixed, strict=True))
    if not changed:
        return text, None
    lines_ = "1 line" if changed == 1 else f"{changed} lines"
    return "".join(
        fixed
    ), f"Wrongly decoded letters were put right in {lines_} of the source; offsets refer to the text as put right."
