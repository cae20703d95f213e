from __future__ import annotations

import socket
from pathlib import Path

import pytest

from summarizer.embedded import sockets

pytestmark = pytest.mark.skipif(not Path("/dev/fd").is_dir(), reason="the system does not list descriptors")


def connected(listener: socket.socket) -> tuple[socket.socket, socket.socket]:
    client = socket.create_connection(listener.getsockname())
    return client, listener.accept()[0]


def descriptors() -> set[str]:
    return {path.name for path in Path("/dev/fd").iterdir()}


def test_connections_to_the_port_are_cut_and_others_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "_PATIENCE", 0.0)
    with socket.create_server(("127.0.0.1", 0)) as ours, socket.create_server(("127.0.0.1", 0)) as another:
        client, served = connected(ours)
        other_client, other_served = connected(another)
        with client, served, other_client, other_served:
            assert not sockets.hang_up(ours.getsockname()[1])  # `served` is still open
            assert client.recv(1) == b""
            other_client.sendall(b"x")
            assert other_served.recv(1) == b"x"


def test_it_ends_when_the_server_has_closed_its_ends() -> None:
    with socket.create_server(("127.0.0.1", 0)) as ours:
        client, served = connected(ours)
        served.close()
        with client:
            assert sockets.hang_up(ours.getsockname()[1])


def test_no_descriptor_is_left_or_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as ours:
        before = descriptors()
        assert sockets.hang_up(ours.getsockname()[1])
        assert descriptors() == before
        assert ours.fileno() > 0
