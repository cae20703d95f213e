"""`brief models` and `brief doctor`: what can be used, and what it really does."""

from __future__ import annotations

import json
import shlex
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .console import errors_as_sentences, printable, say

if TYPE_CHECKING:
    from ..llm.doctor import Report
    from ..llm.nearby import Nearby

AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]
BaseUrl = Annotated[str | None, typer.Option(help="The endpoint to ask.", show_default=False)]
ProviderOption = Annotated[str | None, typer.Option(help="The provider to ask.", show_default=False)]
Config = Annotated[Path | None, typer.Option(help="A TOML file with settings.", show_default=False)]


def models(
    base_url: BaseUrl = None, provider: ProviderOption = None, config: Config = None, as_json: AsJson = False
) -> None:
    """List the models that can be used: the built-in one, downloaded ones, those of the configured endpoint.

    Servers that already run on this machine are listed too; they are used only if you name them.
    """
    import asyncio

    from ..embedded import installed_models
    from ..errors import BriefError
    from ..llm import list_models
    from ..llm.nearby import find_nearby
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
        nearby = [server for server in asyncio.run(find_nearby()) if server.base_url != endpoint]
        if as_json:
            rows = {
                "local": [asdict(model) for model in local],
                "endpoint": endpoint,
                "remote": remote,
                "nearby": [asdict(server) for server in nearby],
            }
            typer.echo(json.dumps(rows, indent=2, default=str))
        else:
            for model in local:
                size = f"{model.size / 1e6:,.0f} MB" if model.size else "not installed"
                typer.echo(f"{model.reference:<44} {size:>12}  {model.quality}  {model.note or model.licence}")
            for name in remote:
                typer.echo(printable(f"{name:<44} at {endpoint}"))
            _echo_nearby(nearby)
        if failure is not None:
            say(str(failure))
            raise typer.Exit(failure.exit_code)


def doctor(
    model: Annotated[str | None, typer.Option("--model", "-m", help="The model to try.", show_default=False)] = None,
    base_url: BaseUrl = None,
    provider: ProviderOption = None,
    config: Config = None,
    as_json: AsJson = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="With tracebacks.")] = False,
) -> None:
    """Try the configured model with a few tiny requests, and say what works and what to set. No article is sent.

    Exit codes: 0 all that is needed works; 1 it works, and something should be set or known; 4 it cannot be used as it is, or a key,
    a package or a model is missing; 5 the endpoint failed.
    """
    import asyncio

    from ..errors import BriefError, ExitCode
    from ..llm import open_model
    from ..llm.doctor import examine
    from ..llm.nearby import find_nearby
    from ..settings import Settings

    with errors_as_sentences(verbose=verbose):
        settings = Settings.load(config, model=model, base_url=base_url, provider=provider)

        async def work() -> Report:
            async with open_model(settings) as opened:
                known = settings.context_tokens is not None or opened.endpoint == "in-process"
                return await examine(opened, context_set=known)

        nearby = asyncio.run(find_nearby())
        try:
            report = asyncio.run(work())
        except BriefError:
            if not as_json:
                _echo_nearby(nearby)  # perhaps one of these was meant
            raise
        nearby = [server for server in nearby if server.base_url != report.endpoint]
        if as_json:
            rows = asdict(report) | {"usable": report.usable, "nearby": [asdict(server) for server in nearby]}
            typer.echo(json.dumps(rows, indent=2))
        else:
            _echo_report(report)
            _echo_nearby(nearby)
        raise typer.Exit(
            ExitCode.OK if report.sound else ExitCode.INCOMPLETE if report.usable else ExitCode.SETUP,
        )


def _echo_report(report: Report) -> None:
    typer.echo(printable(f"{report.model} at {report.endpoint} (profile {report.provider}, {report.style})"))
    width = max(len(check.name) for check in report.checks)
    for check in report.checks:
        typer.echo(printable(f"  {check.name:<{width}}  {check.result:<8} {check.found}"))
        if check.advice:
            typer.echo(printable(f"  {'':<{width}}  {'':<8} -> {check.advice}"))
    if report.style == "completion":
        typer.echo(
            "It only continues text: it translates by example, and the brief is put together from the sentences."
        )
    verdict = (
        "all that is needed works"
        if report.sound
        else "works; see the arrows"
        if report.usable
        else "cannot be used as it is"
    )
    typer.echo(f"{verdict[0].upper()}{verdict[1:]}.")


def _echo_nearby(servers: list[Nearby]) -> None:
    for server in servers:
        if not server.models:
            typer.echo(f"{server.title} runs at {server.base_url} and has no model.")
        for name in server.models:
            command = f"brief ARTICLE --provider {server.provider} --model {shlex.quote(name)}"
            typer.echo(printable(f"{name:<44} runs here: {command}"))
