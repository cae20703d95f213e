"""Write the parts of README.md and docs/ that come from the program itself.

    python scripts/write_docs.py            # settings, document fields, commands, exit codes, providers, prompts
    python scripts/write_docs.py --seed     # also the outputs for the example articles, with the built-in model

A part stands between `<!-- begin NAME -->` and `<!-- end NAME -->`; a test fails when one is out of date (the seed's
output is not compared, since it takes a model).
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from summarizer import Document, Settings, kinds, prompts
from summarizer.embedded.curated import curated
from summarizer.embedded.hub import parse
from summarizer.errors import ExitCode
from summarizer.providers import PROVIDERS

ROOT = Path(__file__).parents[1]
SEED = "seeds/000_b0b2ffb098fc43c8.txt"


def settings_table() -> str:
    """Return the settings with their environment variables and defaults."""
    rows = ["| setting | environment | default | what it does |", "| --- | --- | --- | --- |"]
    for name, field in Settings.model_fields.items():
        variables = f"`BRIEF_{name.upper()}`" + (", `OPENAI_BASE_URL`" if name == "base_url" else "")
        default = "" if field.default is None else f"`{field.default}`"
        rows.append(f"| `{name}` | {variables} | {default} | {field.description or bounds(field)} |")
    return "\n".join(rows)


def bounds(field: Any) -> str:
    """Return the bounds of a field in words."""
    return ", ".join(str(mark) for mark in field.metadata)


def provider_table() -> str:
    """Return the provider profiles."""
    rows = [
        "| provider | address | key | default model | structured output by | context | price |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for provider in PROVIDERS.values():
        modes = ", ".join(provider.modes) + (" (strict)" if provider.strict else "")
        address = provider.base_url or ("in-process" if provider.name == "embedded" else "`--base-url`")
        keys = ", ".join(f"`{name}`" for name in provider.key_env)
        price = "genai-prices" if provider.prices else ""
        rows.append(
            f"| `{provider.name}` ({provider.title}) | {address} | {keys} | {provider.default_model or ''} | {modes} "
            f"| {provider.context_tokens:,} | {price} |"
        )
    return "\n".join(rows)


def provider_quirks() -> str:
    """Return what is to be known of each provider, with the pages that say it."""
    rows = []
    for provider in PROVIDERS.values():
        if provider.quirks:
            pages = ", ".join(f"[{urlsplit(page).hostname}]({page})" for page in provider.sources)
            rows.append(f"- **{provider.title}**: {provider.quirks}{f' ({pages})' if pages else ''}")
    return "\n".join(rows)


def curated_table() -> str:
    """Return the models that can be pulled."""
    rows = [
        "| name | file | size | memory at 4,096 tokens | licence | for | revision | SHA-256 |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for model in sorted(curated().values(), key=lambda model: model.size):
        where = parse(model.reference)
        revision = f"`{where.revision[:12]}`" if where.revision != "main" else "not known (`main`)"
        rows.append(
            f"| `{model.name}` | {model.title} ([{where.repo}]({model.sources[0]})) | {model.size / 1e9:.2f} GB "
            f"| {model.memory / 1e9:.2f} GB | {model.licence} | {model.does} | {revision} | `{model.sha256[:16]}…` |"
        )
    return "\n".join(rows)


def curated_figures() -> str:
    """Return what their authors publish of them."""
    rows = []
    for model in curated().values():
        pages = ", ".join(f"[{urlsplit(page).hostname}]({page})" for page in model.sources)
        rows.append(f"- `{model.name}`: {model.published or 'a figure for German to English was not found'} ({pages}).")
    return "\n".join(rows)


def endpoint_table() -> str:
    """Return what `brief doctor --json` saw of the servers in docs/endpoints.json."""
    seen = json.loads((ROOT / "docs" / "endpoints.json").read_text(encoding="utf-8"))
    names = [check["name"] for check in seen[0]["report"]["checks"] if check["name"] != "speed"]
    rows = ["| | " + " | ".join(server["server"] for server in seen) + " |", "| --- |" + " --- |" * len(seen)]
    for name in names:
        cells = []
        for server in seen:
            check = next(item for item in server["report"]["checks"] if item["name"] == name)
            cells.append(f"{check['result']}: {check['found']}".replace("|", "/"))
        rows.append(f"| {name} | " + " | ".join(cells) + " |")
    rows.append("| mode to use | " + " | ".join(f"`{server['report']['mode']}`" for server in seen) + " |")
    return "\n".join(rows)


def exit_codes() -> str:
    """Return the exit codes with what their members' docstrings say."""
    source = (ROOT / "summarizer" / "errors.py").read_text(encoding="utf-8")
    meaning = dict(re.findall(r'    ([A-Z_]+) = \d+\n    """(.+?)"""', source))
    rows = ["| code | meaning |", "| --- | --- |"]
    rows.extend(f"| {code.value} | {meaning[code.name]} |" for code in ExitCode)
    return "\n".join(rows)


def prompt_table() -> str:
    """Return the templates with their purposes."""
    rows = ["| template | version | purpose |", "| --- | --- | --- |"]
    rows.extend(
        f"| `{item.name}.j2` | {item.version} | {item.purpose} |" for item in map(prompts.load, prompts.names())
    )
    return "\n".join(rows)


def document_fields() -> str:
    """Return every model of the document with its fields."""
    schema = kinds.json_schema("news", document=True)
    parts = [_fields("Document", schema), *(_fields(name, part) for name, part in schema["$defs"].items())]
    return "\n\n".join(part for part in parts if part)


def _fields(name: str, schema: dict[str, Any]) -> str:
    if "properties" not in schema:
        return ""
    title = schema.get("title", name) if name != "Document" else "Document"
    summary = (schema.get("description") or Document.__doc__ or "").strip().splitlines()[0]
    rows = [f"### {title}", "", summary, "", "| field | type | meaning |", "| --- | --- | --- |"]
    for field, part in schema["properties"].items():
        rows.append(f"| `{field}` | {_type(part)} | {part.get('description', '').replace('|', '/')} |")
    return "\n".join(rows)


def _type(part: dict[str, Any]) -> str:
    if "$ref" in part:
        return part["$ref"].rsplit("/", 1)[-1]
    if "anyOf" in part:
        return " or ".join(_type(item) for item in part["anyOf"])
    if "enum" in part:
        return " or ".join(f"`{value}`" for value in part["enum"])
    if "const" in part:
        return f"`{part['const']}`"
    if part.get("type") == "array":
        return f"list of {_type(part.get('items', {}))}"
    return str(part.get("type", "object"))


def help_text() -> str:
    """Return `brief --help`."""
    return f"```text\n{_run('--help').rstrip()}\n```"


def seed_text() -> str:
    """Return the beginning of the readable output for the seed article, made by the built-in model."""
    lines = _run(SEED, "--format", "text").splitlines()
    start = next(index for index, line in enumerate(lines) if line.startswith("TRANSLATION"))
    shown = [*lines[: start + 22], "… (and so on, to the article's end)"]
    return "```text\n" + "\n".join(shown) + "\n```"


EXAMPLES = {
    "news": SEED,
    "security": SEED,
    "politics": "tests/articles/council.txt",
    "quotes": "tests/articles/council.txt",
    "economy": "tests/articles/figures.txt",
}
"""Which article shows a kind."""


def kind_example(kind: str) -> str:
    """Return the brief of a kind's example article, made by the built-in model."""
    lines = _run(EXAMPLES[kind], "--kind", kind, "--format", "text").splitlines()
    shown = lines[: next(index for index, line in enumerate(lines) if line.startswith("TRANSLATION"))]
    return f"`brief {EXAMPLES[kind]} --kind {kind}`\n\n```text\n" + "\n".join(shown).rstrip() + "\n```"


def _run(*arguments: str) -> str:
    command = [sys.executable, "-m", "summarizer", *arguments]
    environment = {"PATH": "", "COLUMNS": "100", "NO_COLOR": "1", "HOME": str(Path.home())}
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, text=True, stdout=subprocess.PIPE).stdout


PARTS: dict[str, Callable[[], str]] = {
    "settings": settings_table,
    "providers": provider_table,
    "curated": curated_table,
    "curated figures": curated_figures,
    "quirks": provider_quirks,
    "endpoints": endpoint_table,
    "exit codes": exit_codes,
    "prompts": prompt_table,
    "document": document_fields,
    "help": help_text,
}
SEED_PARTS: dict[str, Callable[[], str]] = {
    "seed": seed_text,
    **{f"kind {name}": partial(kind_example, name) for name in EXAMPLES},
}


def rewritten(text: str, parts: dict[str, Callable[[], str]]) -> str:
    """Return a page with its generated parts as they should be."""
    for name, make in parts.items():
        pattern = re.compile(rf"(<!-- begin {name} -->\n).*?(<!-- end {name} -->)", re.DOTALL)
        if pattern.search(text):
            made = make()
            text = pattern.sub(lambda match, made=made: f"{match[1]}{made}\n{match[2]}", text)
    return text


def pages() -> Iterator[Path]:
    """Yield the pages that may hold generated parts."""
    yield ROOT / "README.md"
    yield from sorted((ROOT / "docs").rglob("*.md"))


def main() -> None:
    """Rewrite all pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", action="store_true", help="also run the seed article through the built-in model")
    parts = {**PARTS, **(SEED_PARTS if parser.parse_args().seed else {})}
    for page in pages():
        before = page.read_text(encoding="utf-8")
        after = rewritten(before, parts)
        if after != before:
            page.write_text(after, encoding="utf-8")
            print(f"rewritten: {page.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
