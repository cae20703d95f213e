"""`brief models`: what can be used."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from .console import errors_as_sentences, say

AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]


def models(
    base_url: Annotated[str | None, typer.Option(help="The endpoint to ask.", show_default=False)] = None,
    provider: Annotated[str | None, typer.Option(help="The provider to ask.", show_default=False)] = None,
    config: Annotated[Path | None, typer.Option(help="A TOML file with settings.", show_default=False)] = None,
    as_json: AsJson = False,
) -> None:
    """List the models that can be used: the built-in one, downloaded ones, those of the configured endpoint."""
    import asyncio

    from ..embedded import installed_models
    from ..errors import BriefError
    from ..llm import list_models
    from ..settings import Settings

    with errors_as_sentences():
        settings = Settings.load(config, base_url=base_url, provider=provider)
        local = installed_models()
        failure: BriefError | None = None
        remote: list[str] = []
        try:
            endpoint, remote = asyncio.run(list_models(settings))
        except BriefError as error:
            endpoint, failure = "", error
        if as_json:
            rows = {"local": [asdict(model) for model in local], "endpoint": endpoint, "remote": remote}
            typer.echo(json.dumps(rows, indent=2, default=str))
        else:
            for model in local:
                size = f"{model.size / 1e6:,.0f} MB" if model.size else "not installed"
                typer.echo(f"{model.reference:<44} {size:>12}  {model.quality}  {model.note or model.licence}")
            for name in remote:
                typer.echo(f"{name:<44} at {endpoint}")
        if failure is not None:
            say(str(failure))
            raise typer.Exit(failure.exit_code)
