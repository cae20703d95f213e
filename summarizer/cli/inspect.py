"""`brief doctor`: what the configured model and its endpoint really do."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from ..terminal import printable
from .console import echo, errors_as_sentences
from .models import echo_nearby
from .options import AsJson, Config, EndpointOption, ProviderChoice

if TYPE_CHECKING:
    from ..llm.doctor import Report


def doctor(
    model: Annotated[str | None, typer.Option("--model", "-m", help="The model to try.", show_default=False)] = None,
    base_url: EndpointOption = None,
    provider: ProviderChoice = None,
    config: Config = None,
    as_json: AsJson = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="With tracebacks.")] = False,
) -> None:
    """Try the configured model with a few tiny requests, and say what works and what to set. No article is sent.

    Exit codes: 0 all that is needed works; 1 it works, and something should be set or known; 2 a setting is wrong; 4 it cannot be
    used as it is, or a key, a package or a model is missing; 5 the endpoint failed.
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
                echo_nearby(nearby)  # perhaps one of these was meant
            raise
        nearby = [server for server in nearby if server.base_url != report.endpoint]
        if as_json:
            rows = asdict(report) | {"usable": report.usable, "nearby": [asdict(server) for server in nearby]}
            echo(json.dumps(rows, indent=2))
        else:
            _echo_report(report)
            echo_nearby(nearby)
        raise typer.Exit(
            ExitCode.OK if report.sound else ExitCode.INCOMPLETE if report.usable else ExitCode.SETUP,
        )


def _echo_report(report: Report) -> None:
    echo(printable(f"{report.model} at {report.endpoint} (profile {report.provider}, {report.style})"))
    width = max(len(check.name) for check in report.checks)
    for check in report.checks:
        echo(printable(f"  {check.name:<{width}}  {check.result:<8} {check.found}"))
        if check.advice:
            echo(printable(f"  {'':<{width}}  {'':<8} -> {check.advice}"))
    if report.style == "completion":
        echo("It only continues text: it translates by example, and the brief is put together from the sentences.")
    verdict = (
        "all that is needed works"
        if report.sound
        else "works; see the arrows"
        if report.usable
        else "cannot be used as it is"
    )
    echo(f"{verdict[0].upper()}{verdict[1:]}.")
