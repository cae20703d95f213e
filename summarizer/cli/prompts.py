"""`brief prompts`, `brief prompts show`, `brief prompts export`: what models are asked, to read and to change."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Annotated

import typer

from .console import echo, errors_as_sentences, say, write_result
from .options import AsJson, PromptsDir


def prompts_(prompts_dir: PromptsDir = None, as_json: AsJson = False) -> None:
    """List the prompt templates, each with its purpose and the folder that it is taken from.

    `NAME.VARIANT` is taken for models of that class: `small` by the number of billions in a model's name, `completion` for
    those that only continue text, others for one model; BRIEF_PROMPT_VARIANT says another. Examples are checked.
    """
    from .. import kinds, prompts
    from ..advice import advise_examples

    with errors_as_sentences():
        folders = (prompts_dir,) if prompts_dir else ()
        found = [prompts.load(name, folders) for name in prompts.names(folders)]
        for item in found:
            base = item.name.partition(".")[0]
            if item.examples and (base == "translate" or base in kinds.names()):
                for advice in advise_examples(item, None if base == "translate" else kinds.load(base)):
                    say(f"{advice.severity}: {advice.where}: {advice.message}")
        rows = [
            {
                "name": item.name,
                "version": item.version,
                "origin": str(item.path) if item.path.parent in folders else "built in",
                "purpose": item.purpose,
                "variant": item.name.partition(".")[2],
                "examples": len(item.examples),
                "variables": list(item.variables),
                "sha256": item.sha256,
            }
            for item in found
        ]
        if as_json:
            echo(json.dumps(rows, indent=2, ensure_ascii=False))
            return
        for row in rows:
            examples = f"; examples: {row['examples']}" if row["examples"] else ""
            echo(f"{row['name']:<26} {row['version']:<5} {row['purpose']} ({row['origin']}{examples})")


def show(
    name: Annotated[str, typer.Argument(help="A prompt's name (`brief prompts`).")], prompts_dir: PromptsDir = None
) -> None:
    """Print a prompt template as it stands. What is sent for an article: `brief ARTICLE --show-prompt`."""
    from .. import prompts

    with errors_as_sentences():
        prompt = prompts.load(name, (prompts_dir,) if prompts_dir else ())
        write_result(prompt.path.read_text(encoding="utf-8"), None)


def export(
    folder: Annotated[Path, typer.Argument(help="Where the copies are written.")],
    names: Annotated[
        list[str] | None, typer.Argument(help="Only these; all if none is named.", show_default=False)
    ] = None,
) -> None:
    """Copy built-in prompts into a folder, to change them there and use them with --prompts-dir."""
    from .. import prompts
    from ..errors import InputError

    with errors_as_sentences():
        templates = [prompts.load(name).path for name in names or prompts.names()]
        beside = [path.with_name(path.stem + prompts.EXAMPLES) for path in templates]
        paths = [*templates, *(path for path in beside if path.is_file())]
        for path in paths:
            target = folder / path.name
            if target.exists():
                raise InputError(f"{target} exists already: it stays as it is; choose another folder.")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for path in paths:
                shutil.copyfile(path, folder / path.name)
                echo(folder / path.name)
        except OSError as error:
            raise InputError(f"{folder} cannot be written: {error.strerror}.") from error
        say(f"change them, then: brief ARTICLE --prompts-dir {folder}; what you delete is taken from the built-in ones")
