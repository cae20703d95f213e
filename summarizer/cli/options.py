"""Options that several commands have, each declared once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

KindsDir = Annotated[
    Path | None,
    typer.Option(envvar="BRIEF_KINDS_DIR", help="A folder with kinds of your own.", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]
Config = Annotated[Path | None, typer.Option(help="A TOML file with settings.", show_default=False)]
EndpointOption = Annotated[str | None, typer.Option("--base-url", help="The endpoint to ask.", show_default=False)]
ProviderChoice = Annotated[str | None, typer.Option("--provider", help="The provider to ask.", show_default=False)]
PromptsDir = Annotated[
    Path | None,
    typer.Option(
        envvar="BRIEF_PROMPTS_DIR", help="A folder with prompts that win over the built-in ones.", show_default=False
    ),
]
