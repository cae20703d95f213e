"""The inside of a reader's own process: bounds of memory and time, then one function on standard input.

Run by `isolation.run` as a script, with the path of the reader's script, whose function `work` takes the file's bytes and
returns what JSON can hold. Writes that to standard output, or `{"error": reason}`. It and the scripts import nothing of
this package, so that they start fast and know nothing.
"""

from __future__ import annotations

import json
import runpy
import sys
from contextlib import suppress

MAX_MEMORY = 2 * 2**30
"""Bytes of address space: PDFium takes some hundred megabytes for a file of twenty."""
MAX_CPU_SECONDS = 50


def main() -> None:
    """Read standard input, write standard output."""
    with suppress(ImportError, ValueError, OSError):  # not on Windows; the parent's clock holds there
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_SECONDS, MAX_CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    result: object
    try:
        result = runpy.run_path(sys.argv[1])["work"](sys.stdin.buffer.read())
    except MemoryError:
        result = {"error": "memory"}
    except Exception as error:  # noqa: BLE001  # whatever is wrong with a file is the parent's to say
        result = {"error": f"{type(error).__name__}: {error}"}
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
