"""The command: options, output, messages, exit codes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from summarizer import __version__
from summarizer.cli.app import COMMANDS, application
from tests.stub import Stub, hand_written, played
from tests.test_pipeline import echo

COUNCIL = Path(__file__).parent / "articles" / "council.txt"
KEY = "sk-test-0123456789"  # no key of anybody


@dataclass
class Done:
    """What a command printed, and its exit code."""

    returncode: int
    stdout: str
    stderr: str


def brief(*arguments: str, stdin: str = "", **environment: str) -> Done:
    """Run a command inside this process."""
    name, rest = (arguments[0], arguments[1:]) if arguments[0] in COMMANDS else (None, arguments)
    runner = CliRunner(env={"BRIEF_MAX_WAIT": "0.02", **environment})
    result = runner.invoke(application(name), list(rest), input=stdin)
    return Done(result.exit_code, result.stdout, result.stderr)


def process(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a person does."""
    return subprocess.run(
        [sys.executable, "-m", "summarizer", *arguments], capture_output=True, text=True, check=True, timeout=60
    )


@pytest.fixture
def endpoint(stub: Stub) -> list[str]:
    stub.answer = played(hand_written("council"))
    return ["--base-url", stub.base_url, "--model", "large"]


def test_version() -> None:
    assert process("--version").stdout == f"brief {__version__}\n"


def test_help_has_examples_commands_and_exit_codes() -> None:
    shown = process("--help").stdout
    assert shown == process().stdout
    for expected in ("Usage: brief [OPTIONS]", "Examples:", "brief translate", "brief schema", "Exit codes:"):
        assert expected in shown


def test_json_in_a_pipe(endpoint: list[str]) -> None:
    done = brief(str(COUNCIL), *endpoint, OPENAI_API_KEY=KEY)
    document = json.loads(done.stdout)
    schema = json.loads(brief("schema", "news", "--document").stdout)
    Draft202012Validator(schema).validate(document)
    assert done.returncode == 0
    assert done.stderr == ""
    assert KEY not in done.stdout
    Draft202012Validator(json.loads(brief("schema").stdout)).validate(document["brief"])


def test_standard_input_and_formats(endpoint: list[str], tmp_path: Path) -> None:
    text = COUNCIL.read_text(encoding="utf-8")
    assert "TRANSLATION" in brief("-", *endpoint, "--format", "text", stdin=text).stdout
    target = tmp_path / "out.md"
    done = brief("-", *endpoint, "-o", str(target), stdin=text)
    assert done.stdout == ""
    assert target.read_text(encoding="utf-8").startswith("# ")
    assert [path.name for path in tmp_path.iterdir()] == ["out.md"]


def test_translate_only_and_brief_only(endpoint: list[str]) -> None:
    only = json.loads(brief("translate", str(COUNCIL), *endpoint).stdout)
    assert only["brief"] is None
    assert only["kind"] is None
    assert json.loads(brief(str(COUNCIL), *endpoint, "--brief-only").stdout)["translation"] is None


@pytest.mark.parametrize(
    ("arguments", "environment", "code", "says"),
    [
        (["nowhere.txt"], {}, 2, "nowhere.txt"),
        ([str(COUNCIL.parent)], {}, 2, "articles"),
        ([str(COUNCIL), "--kind", "opera"], {}, 2, "news, security"),
        ([str(COUNCIL), "-o", "no/such/folder/x.json"], {}, 2, "no/such/folder"),
        ([str(COUNCIL), "--provider", "nobody"], {}, 4, "openai"),
        ([str(COUNCIL), "--provider", "openai"], {}, 4, "OPENAI_API_KEY"),
        ([str(COUNCIL), "--provider", "ollama"], {}, 4, "--model"),
        ([str(COUNCIL), "--provider", "custom", "--model", "x"], {}, 4, "--base-url"),
        ([str(COUNCIL), "--model", "x"], {}, 4, "--provider"),
        ([str(COUNCIL), "--model", "x.gguf"], {}, 4, "x.gguf"),
        ([str(COUNCIL), "--config", "no.toml"], {}, 4, "no.toml"),
        ([str(COUNCIL)], {"BRIEF_TIMEOUT": "soon"}, 4, "BRIEF_TIMEOUT"),
        (
            [str(COUNCIL), "--base-url", "http://127.0.0.1:9/v1", "--model", "x"],
            {"BRIEF_RETRIES": "0"},
            5,
            "127.0.0.1:9",
        ),
    ],
)
def test_errors_are_one_line_with_an_exit_code(
    arguments: list[str], environment: dict[str, str], code: int, says: str
) -> None:
    done = brief(*arguments, **environment)
    assert done.returncode == code, done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert says in done.stderr
    assert done.stdout == ""


def test_an_unknown_option_is_a_usage_error() -> None:
    assert brief(str(COUNCIL), "--nope").returncode == 2


def test_a_wrong_key_is_named_but_not_shown(stub: Stub) -> None:
    stub.fate = lambda _: "401"
    done = brief(str(COUNCIL), "--base-url", stub.base_url, "--model", "x", OPENAI_API_KEY=KEY)
    assert done.returncode == 4
    assert KEY not in done.stderr
    assert "OPENAI_API_KEY" in done.stderr


def test_incomplete_is_written_and_said(stub: Stub) -> None:
    stub.answer = echo
    stub.steps = ["ok"]
    stub.fate = lambda _: "500"
    text = "\n\n".join(f"Der Ausschuss beriet am Montag über den Bericht Nummer {n}." for n in range(1, 61))
    flags = ["--base-url", stub.base_url, "--model", "x", "--translate-only"]
    done = brief("-", *flags, stdin=text, BRIEF_RETRIES="0", BRIEF_CONCURRENCY="1")
    assert done.returncode == 1
    assert json.loads(done.stdout)["complete"] is False
    assert "not everything" in done.stderr


def test_flag_over_environment_over_file(stub: Stub, tmp_path: Path) -> None:
    stub.answer = played(hand_written("council"))
    config = tmp_path / "brief.toml"
    config.write_text(f'base_url = "{stub.base_url}"\nmodel = "file"\n', encoding="utf-8")

    def model(*arguments: str, **environment: str) -> Any:
        done = brief(str(COUNCIL), "--config", str(config), "--brief-only", *arguments, **environment)
        return json.loads(done.stdout)["provenance"]["model"]

    assert model() == "file"
    assert model(BRIEF_MODEL="environment") == "environment"
    assert model("--model", "flag", BRIEF_MODEL="environment") == "flag"


def test_kinds_and_models(stub: Stub) -> None:
    assert [row["name"] for row in json.loads(brief("kinds", "--json").stdout)] == ["news", "security"]
    listed = brief("models", "--base-url", stub.base_url).stdout
    assert "gemma3-270m" in listed
    assert "large" in listed


def test_a_reader_that_leaves_early_is_no_error(endpoint: list[str]) -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "summarizer", str(COUNCIL), *endpoint],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=dict(os.environ),
    )
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.close()
    errors = running.stderr.read()
    running.stderr.close()
    assert running.wait(timeout=60) == 0
    assert b"Traceback" not in errors


@pytest.mark.skipif(os.name == "nt", reason="signals are sent the POSIX way")
def test_ctrl_c_writes_what_is_done(stub: Stub, tmp_path: Path) -> None:
    stub.answer = echo
    stub.steps = ["ok"]
    stub.fate = lambda _: "slow:20"
    source, target = tmp_path / "long.txt", tmp_path / "out.json"
    source.write_text(
        "\n\n".join(f"Der Ausschuss beriet am Montag über den Bericht Nummer {n}." for n in range(1, 61)),
        encoding="utf-8",
    )
    running = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "summarizer",
            str(source),
            "--base-url",
            stub.base_url,
            "--model",
            "x",
            "-o",
            str(target),
        ],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "BRIEF_CONCURRENCY": "1"},
    )
    deadline = time.monotonic() + 40
    while len(stub.requests) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    _, errors = running.communicate(timeout=30)
    assert running.returncode == 130
    assert "Traceback" not in errors
    document = json.loads(target.read_text(encoding="utf-8"))
    assert document["complete"] is False
    assert any(segment["text"] for segment in document["translation"]["segments"])
