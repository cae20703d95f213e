"""Self-contained pages: our templates, style and script, and a policy under which nothing else can act.

Everything in a page that comes from an article or a model is a value, escaped by Jinja's autoescape after control
characters and direction overrides are taken out. The only style and the only script are ours, allowed by their hash; no
data stands in them. The policy forbids every request, form and frame, so a page can be opened and forwarded as it is.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from .outline import visible

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

GENERATOR = "brief, German news in English"
"""By this a page of this program is known."""
_ASSETS = Path(__file__).parent / "assets"


def render_page(name: str, **values: Any) -> str:
    """Return the page of `assets/NAME.html.j2` with the style and the script of that name."""
    from markupsafe import Markup

    style, script = (_joined(name, suffix) for suffix in ("css", "js"))
    policy = (
        f"default-src 'none'; style-src 'sha256-{_digest(style)}'; script-src 'sha256-{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    template = _environment().get_template(f"{name}.html.j2")
    ours = {"policy": policy, "style": style, "script": script, "generator": GENERATOR}
    return template.render({name: Markup(text) for name, text in ours.items()}, **values)  # noqa: S704  # not theirs


@cache
def _joined(name: str, suffix: str) -> str:
    """Return what all pages share, and what belongs to this one, if it has anything of its own."""
    paths = (_ASSETS / f"{part}.{suffix}" for part in ("base", name))
    return "".join(path.read_text(encoding="utf-8") for path in paths if path.exists())


def _digest(text: str) -> str:
    return b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _environment() -> SandboxedEnvironment:
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment
    from markupsafe import Markup

    def shown(value: Any) -> Any:
        return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    environment = SandboxedEnvironment(
        loader=FileSystemLoader(_ASSETS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=shown,
    )
    environment.tests["web_address"] = web_address
    return environment


def web_address(text: object) -> bool:
    """Tell whether a text is an address that a page may link to: http or https with a host, and printable."""
    if not isinstance(text, str) or not text.isprintable() or any(map(str.isspace, text)):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def is_foreign(path: Path) -> bool:
    """Tell whether there is something of that name that is no page of this program."""
    if not path.is_file():
        return path.exists()
    with path.open("rb") as page:
        return GENERATOR.encode() not in page.read(2000)
