"""Ending a server's connections from inside the process that serves them."""

from __future__ import annotations

import os
import socket
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_DESCRIPTORS = Path("/dev/fd")
_PATIENCE = 10.0
"""Seconds for the requests in flight to end; llama.cpp looks once a second whether a client is still there."""


def hang_up(port: int) -> bool:
    """Close a port of this process and every connection to it, and wait until they are gone.

    Destroying a llama.cpp server waits for its requests in flight, holding Python's global lock, and they wait for
    ever for a loop that has ended, unless their client goes. The client may be a thread of this process that cannot go
    because of the lock: so its connection is cut first.

    Args:
        port: The port on 127.0.0.1 that this process listens on.

    Returns:
        Whether no connection is left. Without `/dev/fd` (Windows) none can be found, which counts as none left.
    """
    end = time.monotonic() + _PATIENCE
    listening: set[int] = set()
    cut: set[int] = set()
    while True:
        present = dict(_sockets())
        for inode, descriptor in present.items():
            with suppress(OSError), _borrowed(descriptor) as own:
                if own.getsockname()[:2] == ("127.0.0.1", port):
                    if own.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                        listening.add(inode)
                    cut.add(inode)
                    own.shutdown(socket.SHUT_RDWR)
        if cut & present.keys() <= listening:
            return True
        if time.monotonic() > end:
            return False
        time.sleep(0.02)


def _sockets() -> Iterator[tuple[int, int]]:
    """Yield inode and descriptor of every socket of this process."""
    names: list[Path] = []
    with suppress(OSError):
        names = list(_DESCRIPTORS.iterdir())
    for name in names:
        with suppress(OSError):
            state = os.fstat(int(name.name))
            if stat.S_ISSOCK(state.st_mode):
                yield state.st_ino, int(name.name)


@contextmanager
def _borrowed(descriptor: int) -> Iterator[socket.socket]:
    """Give a socket to a descriptor that somebody else owns and will close."""
    own = socket.socket(fileno=descriptor)
    try:
        yield own
    finally:
        own.detach()
