"""What would be sent to a model for an article, without sending it."""

from __future__ import annotations

import json
from typing import Any

from .article import Article
from .embedded.builtin import NAME
from .embedded.curated import curated
from .llm import choose_provider
from .llm.deferred import Pass, attempt, open_deferred
from .pipeline import Options, run
from .settings import Settings


class _Noted:
    """Answers nothing and keeps what is asked."""

    def __init__(self) -> None:
        self.bodies: dict[str, dict[str, Any]] = {}

    def find(self, request_id: str) -> tuple[int, str] | None:  # noqa: ARG002  # the protocol's
        return None

    def want(self, request_id: str, body: str) -> None:
        self.bodies[request_id] = json.loads(body)


async def first_requests(article: Article, options: Options, settings: Settings) -> list[dict[str, Any]]:
    """Return the bodies of the requests with which the work on an article begins, in order; nothing is sent.

    What follows depends on the answers: re-asks, repairs, a merge, an extractive brief's headline.

    Raises:
        InputError: If there is no such kind, or a prompt cannot be rendered.
        SetupError: If a model's name or an address is missing.
    """
    if choose_provider(settings).name == "embedded" and not settings.base_url:
        name = settings.model or NAME
        known = curated().get(name)
        completion = name == NAME or (known is not None and known.translates_only)
        settings = settings.model_copy(
            update={
                "provider": "embedded",
                "base_url": "http://127.0.0.1/v1",
                "model": settings.model or "built-in",
                "style": settings.style or ("completion" if completion else None),
                "prompt_variant": settings.prompt_variant or (known.prompt_variant if known else None),
            }
        )
    noted = _Noted()
    async with open_deferred(settings.model_copy(update={"cache": None}), noted) as model:
        await attempt(run(article, model, options), Pass())
    return list(noted.bodies.values())


def shown(bodies: list[dict[str, Any]]) -> str:
    """Return requests as readable text: each message under its role, and the name of the schema that is asked for."""
    parts = []
    for number, body in enumerate(bodies, 1):
        structure = body.get("response_format", {}).get("json_schema") or (body.get("tools") or [{}])[0].get("function")
        asked = f", schema {structure['name']}" if structure else ""
        parts.append(f"=== request {number} of {len(bodies)}: model {body['model']}{asked}")
        parts.extend(f"--- {turn['role']}\n{turn['content']}" for turn in body["messages"])
    return "\n".join(parts) + "\n"
