"""The command: options, output, messages, exit codes."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from summarizer import __version__
from summarizer.cli.app import COMMANDS, application, choose
from summarizer.cli.examples import EXAMPLES, examples
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


def run_with(arguments: str, stdout: Any) -> subprocess.CompletedProcess[str]:
    """Run a command as a person does, with its output sent elsewhere."""
    command = [sys.executable, "-m", "summarizer", *arguments.split()]
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, text=True, check=False, timeout=60)


@pytest.fixture
def endpoint(stub: Stub) -> list[str]:
    stub.answer = played(hand_written("council"))
    return ["--base-url", stub.base_url, "--model", "large"]


def test_version() -> None:
    assert process("--version").stdout == f"brief {__version__}\n"


@pytest.mark.parametrize("arguments", [["-v", "--version"], ["--version", "article.txt"], ["--version"]])
def test_version_whatever_else_is_given(arguments: list[str]) -> None:
    done = brief(*arguments)
    assert (done.returncode, done.stdout) == (0, f"brief {__version__}\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("arguments", ["--help", "-v --help", "schema --help", "--version", "schema news", "kinds"])
def test_a_full_stdout_is_said_in_one_sentence(arguments: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = run_with(arguments, stdout=full)
    assert done.returncode == 2
    assert re.fullmatch(r"brief: The standard output cannot be written \(.+\)\.\n", done.stderr)


@pytest.mark.parametrize("arguments", ["--help", "--version", "schema news"])
def test_a_reader_that_has_left_is_no_error(arguments: str) -> None:
    read, written = os.pipe()
    os.close(read)
    with os.fdopen(written, "w") as pipe:
        done = run_with(arguments, stdout=pipe)
    assert (done.returncode, done.stderr) == (0, "")


def test_help_has_examples_commands_and_exit_codes() -> None:
    shown = process("--help").stdout
    assert shown == process().stdout
    for expected in ("Usage: brief [OPTIONS]", "Examples:", "brief translate", "brief schema", "Exit codes:"):
        assert expected in shown


@pytest.mark.parametrize("name", [None, *COMMANDS])
def test_every_command_has_examples_that_it_takes(name: str | None) -> None:
    command = typer.main.get_command(application(name))
    for call, purpose in EXAMPLES[name or ""]:
        words = shlex.split(call.split(" | ")[-1].split(" > ")[0])
        assert words[0] == "brief"
        found, rest = choose(words[1:])
        assert found == name
        command.make_context("brief", rest)  # raises where an option or an argument is none of the command's
        assert purpose
        assert call in examples(name or "")
        assert all(len(line) <= 78 for line in examples(name or "").splitlines())


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


def test_stream_shows_the_sentences_on_stderr_and_changes_nothing_else(endpoint: list[str]) -> None:
    for command in ([], ["translate"]):
        plain, streamed = (
            brief(*command, str(COUNCIL), *endpoint, "--format", "json", *more) for more in ([], ["--stream"])
        )
        before, after = (json.loads(done.stdout) for done in (plain, streamed))
        assert before["id"] == after["id"]
        shown = [line for line in streamed.stderr.splitlines() if re.match(r" *s\d+  ", line)]
        segments = after["translation"]["segments"]
        assert [line.split()[0] for line in shown] == [segment["id"] for segment in segments]
        assert all(segment["text"] in line for segment, line in zip(segments, shown, strict=True))
        assert plain.stderr == ""


def test_stream_marks_doubts_and_lets_nothing_act_on_the_terminal(stub: Stub) -> None:
    stub.answer = lambda _: json.dumps({"s1": "The \x1b[31mcouncil met in 2024."})
    done = brief(
        "translate",
        "-",
        "--stream",
        "--base-url",
        stub.base_url,
        "--model",
        "large",
        stdin="Der Rat tagte im Jahr 2025.",
    )
    assert "\x1b" not in done.stderr
    assert "doubtful" in done.stderr
    assert "Der Rat tagte im Jahr 2025." in done.stderr
    assert "! " in done.stderr


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
        ([str(COUNCIL), "--kind", "opera"], {}, 2, "there are: economy, news"),
        ([str(COUNCIL), "-o", "no/such/folder/x.json"], {}, 2, "no/such/folder"),
        ([str(COUNCIL), "-o", "x.pdf"], {}, 2, "No format has the ending of x.pdf: give --format"),
        ([str(COUNCIL), "--provider", "nobody"], {}, 2, "openai"),
        ([str(COUNCIL), "--provider", "openai"], {}, 4, "OPENAI_API_KEY"),
        ([str(COUNCIL), "--provider", "ollama"], {}, 4, "--model"),
        ([str(COUNCIL), "--provider", "custom", "--model", "x"], {}, 4, "--base-url"),
        ([str(COUNCIL), "--model", "x"], {}, 4, "--provider"),
        ([str(COUNCIL), "--model", "x.gguf"], {}, 4, "x.gguf"),
        ([str(COUNCIL), "--config", "no.toml"], {}, 2, "no.toml"),
        ([str(COUNCIL)], {"BRIEF_TIMEOUT": "soon"}, 2, "BRIEF_TIMEOUT"),
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
    names = [row["name"] for row in json.loads(brief("kinds", "--json").stdout)]
    assert names == ["economy", "news", "politics", "quotes", "security"]
    listed = brief("models", "--base-url", stub.base_url).stdout
    assert "gemma3-270m" in listed
    assert "large" in listed


def test_a_reader_that_leaves_early_is_no_error(endpoint: list[str]) -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "summarizer", str(COUNCIL), *endpoint, "--show-prompt"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.close()
    errors = running.stderr.read()
    running.stderr.close()
    assert running.wait(timeout=60) == 0
    assert b"Traceback" not in errors


def test_the_article_is_never_overwritten(endpoint: list[str], stub: Stub, tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("Der Rat hat am Montag nichts beschlossen.", encoding="utf-8")
    (tmp_path / "link.txt").symlink_to(source)
    for target in (source, tmp_path / "link.txt", tmp_path / "." / "a.txt"):
        done = brief(str(source), *endpoint, "-o", str(target))
        assert done.returncode == 2
        assert "is the input itself: give another path to -o" in done.stderr
    assert source.read_text(encoding="utf-8").startswith("Der Rat")
    assert stub.requests == []


def test_an_output_that_cannot_be_written_is_said_before_any_request(
    endpoint: list[str], stub: Stub, tmp_path: Path
) -> None:
    for target in (tmp_path, tmp_path / "no" / "x.json", COUNCIL / "x.json"):
        done = brief(str(COUNCIL), *endpoint, "-o", str(target))
        assert done.returncode == 2
        assert len(done.stderr.splitlines()) == 1
    assert stub.requests == []


def test_a_file_is_replaced_whole_through_a_link_and_a_pipe_is_written_to(endpoint: list[str], tmp_path: Path) -> None:
    target, link, pipe = tmp_path / "out.json", tmp_path / "link.json", tmp_path / "pipe.md"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    assert brief(str(COUNCIL), *endpoint, "--brief-only", "-o", str(link)).returncode == 0
    assert link.is_symlink()
    assert json.loads(target.read_text(encoding="utf-8"))["kind"] == "news"
    os.mkfifo(pipe)
    got: list[str] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    assert brief(str(COUNCIL), *endpoint, "--brief-only", "-o", str(pipe)).returncode == 0
    reader.join(timeout=20)
    assert got[0].startswith("# ")
    assert pipe.is_fifo()
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize(
    ("suffix", "start"), [(".json", "{"), (".md", "# "), (".markdown", "# "), (".txt", "Stadtrat"), ("", "{")]
)
def test_the_ending_of_the_file_decides_the_format(
    endpoint: list[str], tmp_path: Path, suffix: str, start: str
) -> None:
    target = tmp_path / f"out{suffix}"
    brief(str(COUNCIL), *endpoint, "--brief-only", "-o", str(target))
    assert target.read_text(encoding="utf-8").startswith(start)
    brief(str(COUNCIL), *endpoint, "--brief-only", "-o", str(target), "--format", "json")
    assert target.read_text(encoding="utf-8").startswith("{")


@pytest.mark.parametrize(
    "arguments",
    [
        [str(COUNCIL), "--format", "xml"],
        [str(COUNCIL), "--translate-only", "--brief-only"],
        [str(COUNCIL), "--brief-only", "--judge"],
        [str(COUNCIL), "more.txt"],
        ["translate"],
        ["translate", str(COUNCIL), "--kind", "news"],
        ["schema", "opera"],
        ["schema", "../news"],
        ["kinds", "news"],
        ["kinds", "--kinds-dir", "no such folder"],
    ],
)
def test_wrong_usage_is_2_without_a_traceback(arguments: list[str]) -> None:
    done = brief(*arguments)
    assert done.returncode == 2
    assert done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("text", ["model = ", "retries = 99", 'modell = "typo"', 'provider = "nobody"'])
def test_a_broken_configuration_is_one_line(text: str, tmp_path: Path) -> None:
    config = tmp_path / "brief.toml"
    config.write_text(text, encoding="utf-8")
    done = brief(str(COUNCIL), "--config", str(config))
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_a_refused_mode_is_told(endpoint: list[str], stub: Stub) -> None:
    stub.steps = ["noschema"]
    done = brief(str(COUNCIL), *endpoint, "--brief-only")
    assert done.returncode == 0
    assert "refuses structured output by json_schema; tools is used" in done.stderr


def test_streams_that_are_closed_are_no_error_of_the_program(endpoint: list[str], tmp_path: Path) -> None:
    """As a service starts it: nothing but the file is there to write to."""
    target = tmp_path / "out.json"
    command = [sys.executable, "-m", "summarizer", str(COUNCIL), *endpoint, "--brief-only", "-o", str(target)]
    shell = 'exec "$@" <&- >&- 2>&-'
    subprocess.run(["sh", "-c", shell, "sh", *command], check=True, timeout=60)
    assert json.loads(target.read_text(encoding="utf-8"))["complete"] is True


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_an_unreadable_article(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Der Rat tagt.", encoding="utf-8")
    path.chmod(0)
    done = brief(str(path))
    assert done.returncode == 2
    assert "cannot be read" in done.stderr


def long_article(path: Path) -> Path:
    path.write_text(
        "\n\n".join(f"Der Ausschuss beriet am Montag über den Bericht Nummer {n}." for n in range(1, 61)),
        encoding="utf-8",
    )
    return path


def test_what_was_paid_for_is_written_although_the_key_is_refused_then(stub: Stub, tmp_path: Path) -> None:
    stub.answer = echo
    stub.steps = ["ok"]
    stub.fate = lambda _: "401"
    source, target = long_article(tmp_path / "long.txt"), tmp_path / "out.json"
    command = ["translate", str(source), "--base-url", stub.base_url, "--model", "x", "-o", str(target)]
    done = brief(*command, BRIEF_CONCURRENCY="1")
    assert done.returncode == 4
    assert "refused the key" in done.stderr
    assert f"what was done until then is written to {target}" in done.stderr
    document = json.loads(target.read_text(encoding="utf-8"))
    texts = [segment["text"] for segment in document["translation"]["segments"]]
    assert (len([text for text in texts if text]), document["complete"]) == (25, False)
    target.write_text("a whole document")
    stub.steps = ["ok"]
    assert brief(*command, BRIEF_CONCURRENCY="1").returncode == 4
    assert target.read_text() == "a whole document", "a part does not take the place of what is there"
    part = json.loads((tmp_path / "out.partial.json").read_text(encoding="utf-8"))
    assert part["translation"] == document["translation"]


def test_nothing_is_written_where_nothing_was_done(stub: Stub, tmp_path: Path) -> None:
    stub.fate = lambda _: "401"
    source, target = long_article(tmp_path / "long.txt"), tmp_path / "out.json"
    done = brief("translate", str(source), "--base-url", stub.base_url, "--model", "x", "-o", str(target))
    assert (done.returncode, target.exists()) == (4, False)


def test_what_cannot_be_written_is_said_before_a_model_is_asked(
    stub: Stub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    source = long_article(tmp_path / "long.txt")
    arguments = [str(source), "--base-url", stub.base_url, "--model", "x", "-o", str(tmp_path / "out.docx")]
    done = brief("translate", *arguments)
    assert done.returncode == 4
    assert "documents" in done.stderr
    assert stub.requests == []


def test_prompts_are_not_shown_into_the_article(tmp_path: Path) -> None:
    source = long_article(tmp_path / "long.txt")
    before = source.read_bytes()
    done = brief(str(source), "--show-prompt", "-o", str(source))
    assert (done.returncode, source.read_bytes()) == (2, before)
    assert "is the input itself" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="signals are sent the POSIX way")
def test_ctrl_c_writes_what_is_done(stub: Stub, tmp_path: Path) -> None:
    stub.answer = echo
    stub.steps = ["ok"]
    stub.fate = lambda _: "slow:20"
    source, target = long_article(tmp_path / "long.txt"), tmp_path / "out.json"
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


# --- brief check


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """A translation by somebody else, with a wrong number."""
    texts = dict(hand_written("council")["translation"])
    texts["s3"] = texts["s3"].replace("17 votes", "71 votes")
    path = tmp_path / "theirs.txt"
    path.write_text("\n\n".join(texts.values()), encoding="utf-8")
    return path


def test_check_a_translation(theirs: Path) -> None:
    done = brief("check", "--source", str(COUNCIL), "--translation", str(theirs))
    assert done.returncode == 1
    checked = json.loads(done.stdout)
    wrong = next(pair for pair in checked["pairs"] if pair["id"] == "s3")
    assert wrong["status"] == "doubtful"
    assert any(finding["code"].startswith("numbers.") for finding in wrong["findings"])
    readable = brief("check", "-s", str(COUNCIL), "-t", str(theirs), "--format", "text").stdout
    assert "71 votes" in readable
    assert "Mit 17 zu 14 Stimmen" in readable, "the German stands beside"
    assert "A referendum is not ruled out" not in readable, "what nobody doubts is not shown"


def pairs_file(path: Path, *rows: object) -> str:
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return str(path)


GOOD_ROW = {"src": "Es regnet in Köln.", "mt": "It is raining in Cologne."}
WRONG_ROW = {"src": "Der Umbau kostet 350 Euro.", "mt": "The redesign costs 950 euros.", "id": "x"}
ODD_ROW = {
    "src": "In Brüssel lobte der Sprecher am Abend die Partner in Lindenau.",
    "mt": "In Brussels, the spokesman praised the partners.",
}


@pytest.mark.parametrize(
    ("rows", "options", "code"),
    [
        ([GOOD_ROW], [], 0),
        ([GOOD_ROW, WRONG_ROW], [], 1),
        ([], [], 0),
        ([ODD_ROW], [], 0),
        ([ODD_ROW], ["--fail-on", "warning"], 1),
        ([GOOD_ROW, "nonsense"], [], 2),
    ],
)
def test_check_pairs_exits_by_what_is_found(tmp_path: Path, rows: list[object], options: list[str], code: int) -> None:
    done = brief("check", "--pairs", pairs_file(tmp_path / "pairs.jsonl", *rows), *options)
    assert done.returncode == code, done
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(lines) == len(rows)


def test_check_pairs_names_bad_lines_and_checks_the_rest() -> None:
    rows = "\n".join([json.dumps(GOOD_ROW), "nonsense", json.dumps(WRONG_ROW)])
    done = brief("check", "--pairs", "-", stdin=rows)
    assert done.returncode == 2
    assert "line 2" in done.stderr
    first, bad, last = (json.loads(line) for line in done.stdout.splitlines())
    assert (first["id"], bad["line"], last["id"]) == ("1", 2, "x")


def test_check_a_document(endpoint: list[str], tmp_path: Path) -> None:
    path = tmp_path / "document.json"
    assert brief(str(COUNCIL), *endpoint, "-o", str(path), "--quiet").returncode == 0
    done = brief("check", "--document", str(path))
    assert json.loads(done.stdout)["id"] == json.loads(path.read_text("utf-8"))["id"]
    assert done.returncode == (1 if '"error"' in done.stdout else 0)
    changed = json.loads(path.read_text("utf-8"))
    changed["translation"]["segments"][2]["text"] = "By 71 votes to 14, the council decided to publish it."
    path.write_text(json.dumps(changed), encoding="utf-8")
    done = brief("check", "-d", str(path), "-f", "text")
    assert done.returncode == 1
    assert "71" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--source", "a"],
        ["--document", "a", "--pairs", "b"],
        ["--pairs", "no such file"],
        ["--document", str(COUNCIL)],
        ["--source", "no such file", "--translation", str(COUNCIL)],
        ["--pairs", "-", "--model", "large"],
        ["--pairs", "-", "--config", "brief.toml"],
        ["--source", str(COUNCIL), "--translation", str(COUNCIL), "--base-url", "http://127.0.0.1:9/v1"],
    ],
)
def test_check_wants_one_thing_that_can_be_read(arguments: list[str]) -> None:
    done = brief("check", *arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("batc articles", "no command and no file 'batc': did you mean `brief batch`? `brief --help` lists"),
        ("validat --help", "did you mean `brief validate`?"),
        ("opera", "no command and no file 'opera': `brief --help` lists the commands"),
        ("opera.txt", "There is no file opera.txt"),
    ],
)
def test_a_mistyped_command_is_answered_with_the_one_that_is_meant(arguments: str, says: str) -> None:
    done = run_with(arguments, stdout=subprocess.DEVNULL)
    assert done.returncode == 2
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_new_kind_that_takes_the_place_of_a_built_in_one_is_said(tmp_path: Path) -> None:
    done = brief("kinds new", "news", "--dir", str(tmp_path))
    assert (done.returncode, "built-in kind" in done.stderr) == (0, True)
    assert "built-in" not in brief("kinds new", "court", "--dir", str(tmp_path)).stderr
