"""`brief models`, `brief models pull` and `brief models remove`: which models there are, and larger ones for this machine."""

from __future__ import annotations

import json
import shlex
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import ExitCode
from ..terminal import printable
from .console import echo, errors_as_sentences, say
from .options import AsJson, Config, EndpointOption, ProviderChoice

if TYPE_CHECKING:
    from ..embedded import Model, Offer
    from ..llm.nearby import Nearby

NameArgument = Annotated[
    str, typer.Argument(metavar="NAME", help="A name on the list (`brief models`), or hf:owner/repo/file.gguf.")
]


def models(
    base_url: EndpointOption = None,
    provider: ProviderChoice = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """List the models that can be used: the built-in one, pulled ones, those of the configured endpoint, and what can be pulled.

    Servers that already run on this machine are listed too; they are used only if you name them.
    """
    import asyncio

    from ..embedded import installed_models, offered_models
    from ..errors import BriefError
    from ..llm import list_models
    from ..llm.nearby import find_nearby
    from ..settings import Settings

    with errors_as_sentences():
        settings = Settings.load(config, base_url=base_url, provider=provider)
        local, offers = installed_models(), offered_models()
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
                "offered": [asdict(offer.model) | {"there": offer.there} for offer in offers],
                "endpoint": endpoint,
                "remote": remote,
                "nearby": [asdict(server) for server in nearby],
            }
            echo(json.dumps(rows, indent=2, default=str))
        else:
            _echo_local(local)
            for name in remote:
                echo(printable(f"{name:<44} at {endpoint}"))
            echo_nearby(nearby)
            _echo_offers(offers)
        if failure is not None:
            say(str(failure))
            raise typer.Exit(failure.exit_code)


def pull(name: NameArgument) -> None:
    """Download a larger model, verify it, and keep it; size and licence are shown first.

    A download that was stopped, by Ctrl-C or by the network, goes on where it ended when the command is given again.
    Exit codes: 0 it is here; 2 there is no such model; 4 it cannot be had, or is not what it should be.
    """
    from ..embedded import pull as pull_
    from ..embedded.pulling import named

    with errors_as_sentences():
        reference, model = named(name)
        if model is not None:
            say(f"{model.title}, {_size(model.size)}, for {model.does}; about {_size(model.memory)} of memory")
            say(f"licence: {model.licence}; untested here")

        def announce(size: int | None, licence: str | None) -> None:
            if model is None:
                say(f"licence: {licence or 'not said by the repository'}; untested here")
            say(f"downloading {_size(size) if size else 'a file of unknown size'} from {reference}")

        try:
            pulled = pull_(name, progress=True, announce=announce)
        except KeyboardInterrupt:
            say("interrupted; what arrived is kept, and the same command goes on from there.")
            raise typer.Exit(ExitCode.INTERRUPTED) from None
        if pulled.trust == "listed":
            say(f"verified: SHA-256 {pulled.pin.sha256}")
        else:
            say(f"trusted on first use: SHA-256 {pulled.pin.sha256}, noted; another one will be refused from now on")
        if not pulled.template:
            say("it brings no chat template: it is used as one that only continues text, and writes no brief")
        echo(f"brief ARTICLE --model {shlex.quote(name)}")


def remove(name: NameArgument) -> None:
    """Delete a model that was pulled, or what an unfinished download left of it.

    Exit codes: 0 it is gone; 2 it was not there; 4 it cannot be deleted.
    """
    from ..embedded import remove as remove_

    with errors_as_sentences():
        freed = remove_(name)
        say(f"{name} is removed: {_size(freed)} freed")


def echo_nearby(servers: list[Nearby]) -> None:
    """Print the servers that run on this machine, with the command that would use them."""
    for server in servers:
        if not server.models:
            echo(f"{server.title} runs at {server.base_url} and has no model.")
        for name in server.models:
            command = f"brief ARTICLE --provider {server.provider} --model {shlex.quote(name)}"
            echo(printable(f"{name:<44} runs here: {command}"))


def _echo_local(local: list[Model]) -> None:
    for model in local:
        size = _size(model.size) if model.size else "not installed"
        echo(printable(f"{model.reference:<44} {size:>12}  {model.quality}  {model.note or model.licence}"))


def _echo_offers(offers: list[Offer]) -> None:
    if offers:
        echo("\nCan be pulled (untested here), for example: brief models pull " + offers[0].model.name)
    for offer in offers:
        model = offer.model
        there = f"; {_size(offer.there)} of it are here" if offer.there else ""
        licence = model.licence.partition(",")[0]
        echo(
            f"{model.name:<20} {_size(model.size):>8}  {model.does}; {_size(model.memory)} of memory; {licence}{there}"
        )


def _size(count: int) -> str:
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:,.0f} MB"
