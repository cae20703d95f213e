"""The command `brief`. `--version` is answered before anything heavy is imported."""

from __future__ import annotations

import sys
from contextlib import suppress


def main() -> None:
    """Run the command line; the exit codes are those of `summarizer.errors.ExitCode`."""
    if sys.argv[1:] == ["--version"]:
        from . import __version__

        with suppress(OSError, AttributeError):  # no stdout: the command line fails likewise, and says it
            sys.stdout.write(f"brief {__version__}\n")
            sys.stdout.flush()
            return
    from .cli import main as cli_main

    cli_main()


if __name__ == "__main__":
    main()
