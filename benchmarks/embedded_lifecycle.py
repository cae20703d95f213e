"""Starts and ends the built-in model many times, some by Ctrl-C and by killing, and prints what was left behind.

    python -m benchmarks.embedded_lifecycle [N]

Needs the extra `local` and Linux (`/proc`). Every round is a process of its own that serves the model and is in the
middle of a request when it is ended. Exits with 1 if a round left a process, an open port, a file, or a word on its
output, or did not end by itself.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from summarizer.embedded import resolve
from summarizer.embedded.store import cache_folder

WAYS = ("end of the block", "end of the program", "exception", "Ctrl-C", "Ctrl-C, another thread asks", "TERM", "KILL")
SIGNALS = {"Ctrl-C": signal.SIGINT, WAYS[4]: signal.SIGINT, "TERM": signal.SIGTERM, "KILL": signal.SIGKILL}
PATIENCE = 120.0

PROGRAM = """
import http.client, json, sys, threading, time
from summarizer.embedded import EmbeddedServer, resolve

def ask(server, tokens):
    connection = http.client.HTTPConnection(server.base_url.split("/")[2], timeout=300)
    headers = {"Authorization": "Bearer " + server.api_key, "Content-Type": "application/json"}
    body = {"prompt": "Es war einmal", "n_predict": tokens, "ignore_eos": True}
    connection.request("POST", "/completion", json.dumps(body), headers)
    connection.getresponse().read()

way = sys.argv[1]
server = EmbeddedServer(resolve(), threads=1)
begun = time.monotonic()
server.__enter__()
print(server.base_url.split(":")[2].split("/")[0], time.monotonic() - begun, flush=True)
if way == "end of the block":
    ask(server, 8)
    server.__exit__(None, None, None)
elif way == "end of the program":
    ask(server, 8)
elif way == "exception":
    with EmbeddedServer(resolve(), threads=1) as second:
        ask(second, 8)
        raise SystemExit("an exception")
elif way == "Ctrl-C, another thread asks":
    threading.Thread(target=ask, args=(server, 4000), daemon=True).start()
    with server:
        time.sleep(300)
else:
    with server:
        ask(server, 4000)
"""


@dataclass
class Round:
    """What one process did and left."""

    way: str
    start: float = 0.0
    end: float = 0.0
    left: list[str] = field(default_factory=list)


def files(temporary: str) -> set[Path]:
    """Return what stands in the processes' temporary folder, and in the folder of models."""
    return {*Path(temporary).rglob("*"), *cache_folder().rglob("*")}


def processes(program: str) -> set[str]:
    """Return the ids of the processes in whose command line a text stands."""
    found = set()
    for process in Path("/proc").iterdir():
        try:
            if process.name.isdigit() and program.encode() in (process / "cmdline").read_bytes():
                found.add(process.name)
        except OSError:
            continue
    return found


def is_open(port: int) -> bool:
    """Say whether somebody listens on a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def run(number: int, way: str, temporary: str) -> Round:
    """Start a process, end it in the given way in the middle of its work, and look what is left."""
    mark = f"lifecycle-{time.time_ns()}-{number}"
    before = files(temporary)
    done = Round(way)
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, way, mark],
        env={**os.environ, "TMPDIR": temporary},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    port, _, start = process.stdout.readline().partition(" ")
    done.start = float(start)
    if way in SIGNALS:
        time.sleep(0.5)
        process.send_signal(SIGNALS[way])
    ended = time.monotonic()
    try:
        output, errors = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        done.left.append("a process that does not end")
        process.kill()
        output, errors = process.communicate()
    done.end = time.monotonic() - ended
    if way not in {"Ctrl-C", "Ctrl-C, another thread asks", "exception"} and errors:
        done.left.append(f"errors: {errors.strip()[-200:]}")
    if output:
        done.left.append(f"output: {output[:200]}")
    done.left += [f"process {found}" for found in processes(mark)]
    done.left += [f"file {found}" for found in files(temporary) - before]
    if is_open(int(port)):
        done.left.append(f"port {port}")
    return done


def main() -> int:
    """Run the rounds and print them; return 1 if anything was left."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    resolve()
    with tempfile.TemporaryDirectory() as temporary:
        rounds = [run(index, WAYS[index % len(WAYS)], temporary) for index in range(number)]
    for done in rounds:
        print(
            f"{done.way:28} start {done.start:5.2f} s  end {done.end:5.2f} s  {', '.join(done.left) or 'nothing left'}"
        )
    left = Counter(what.split()[0] for done in rounds for what in done.left)
    print(f"{number} rounds, left behind: {dict(left) or 'nothing'}")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
