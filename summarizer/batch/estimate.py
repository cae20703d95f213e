"""What a batch would take, without asking anything: articles, requests, tokens, cost."""

from __future__ import annotations

import asyncio
import json
import math
from dataclasses import dataclass, replace
from typing import Any

from ..article import Article
from ..errors import InputError
from ..llm import choose_provider
from ..llm.meter import price_of
from ..pipeline import prepare
from ..preview import first_requests
from ..readers import read_text
from ..translate import PIECE_SENTENCES
from .run import Job

_CHARS_PER_TOKEN = 3.8
"""Of German and English in common tokenizers, about."""
_ENGLISH = 0.95
"""Characters of the English for one of the German, about."""
_BRIEF_TOKENS = 900
"""Of a brief's JSON, about."""


@dataclass(slots=True)
class Estimate:
    """What a batch would take at the first try; re-asks and repairs come on top.

    Attributes:
        articles: That can be read.
        unreadable: That cannot.
        requests: About.
        input_tokens: About.
        output_tokens: About.
        cost: In USD; None if the price is not known.
    """

    articles: int = 0
    unreadable: int = 0
    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = None

    def text(self) -> str:
        """Return it for a person."""
        cost = f"about {self.cost:,.2f} USD" if self.cost is not None else "cost not known"
        unreadable = f" ({self.unreadable:,} more cannot be read)" if self.unreadable else ""
        return (
            f"{self.articles:,} articles{unreadable}: about {self.requests:,} requests, {self.input_tokens:,} tokens in, "
            f"{self.output_tokens:,} tokens out; {cost}. Answers kept from earlier runs are not counted off."
        )


def estimate(job: Job) -> Estimate:
    """Return what all inputs of a job would take; reads and segments each article.

    Raises:
        InputError: If an input is not there.
    """
    job.check()
    provider = choose_provider(job.settings)
    completion = (job.settings.style or provider.style) == "completion" or provider.name == "embedded"
    found = Estimate()
    fixed = _overhead(job, completion=completion)
    for entry in job.sources.entries():
        try:
            article = prepare(entry.read(), job.options)
        except InputError:
            found.unreadable += 1
            continue
        found.articles += 1
        _add(found, article, job, fixed, completion=completion)
    price = price_of(
        found.input_tokens,
        found.output_tokens,
        job.settings.model or provider.default_model or "",
        job.settings.base_url or provider.base_url or "",
    )
    found.cost = price
    return found


def _add(found: Estimate, article: Article, job: Job, fixed: dict[str, int], *, completion: bool) -> None:
    text = sum(len(sentence.text) for sentence in article.sentences) / _CHARS_PER_TOKEN
    sentences = len(article.sentences)
    if job.task != "brief" or completion:
        requests = sentences if completion else math.ceil(sentences / PIECE_SENTENCES)
        found.requests += requests
        found.input_tokens += round(requests * fixed["translate"] + text + 6 * sentences)
        found.output_tokens += round(text * _ENGLISH + (0 if completion else 8 * sentences))
    if job.task != "translate" and not completion:
        found.requests += 1
        found.input_tokens += round(fixed["brief"] + text + 6 * sentences)
        found.output_tokens += _BRIEF_TOKENS


def _overhead(job: Job, *, completion: bool) -> dict[str, int]:
    """Return the tokens of prompts and schemas around an article, by task: those of the requests for a single short sentence."""
    text = "Der Rat tagt am Montag in der Stadt."
    article = prepare(read_text(text, name="sample"), replace(job.options, force=True))
    names = ["translate"] if job.task != "brief" or completion else []
    names += ["brief"] if job.task != "translate" and not completion else []
    bodies = asyncio.run(first_requests(article, job.options, job.settings))
    return {
        name: _tokens(body) - round(len(text) / _CHARS_PER_TOKEN) for name, body in zip(names, bodies, strict=False)
    }


def _tokens(body: dict[str, Any]) -> int:
    asked = [body.get(name) for name in ("messages", "response_format", "tools")]
    return round(len(json.dumps(asked, ensure_ascii=False)) / _CHARS_PER_TOKEN)
