"""The library's short way: one article in, one document out, synchronously or not."""

from __future__ import annotations

import asyncio
import os
from typing import Any

from .article import Source
from .document import Document
from .llm import open_model
from .pipeline import Options, Task, prepare, run
from .progress import Progress, silent
from .readers import read
from .settings import Settings


async def asummarize(
    source: Source | str | os.PathLike[str],
    *,
    settings: Settings | None = None,
    task: Task = "both",
    force: bool = False,
    progress: Progress = silent,
) -> Document[Any]:
    """Return the document of one article.

    For many articles open the model once with `open_model` and call `run` for each.

    Args:
        source: A path, an http(s) address, or what `read_text` or `read_bytes` returns for text that is already in memory.
        settings: Which model, and which kind of brief; None takes the environment and the configuration file.
        task: `both`, `translate` or `brief`.
        force: Go on although the text is not German, or no article (a cookie wall, a paywall's stub).
        progress: Called with stage, units done, units in all.

    Raises:
        InputError: If the source cannot be read, is not German, or the kind is unknown.
        SetupError: If the model cannot be used.
        EndpointError: If the endpoint gave nothing at all; what it gave in part is in the document.
    """
    settings = settings or Settings.load()
    options = Options.of(settings, task=task, force=force)
    article = prepare(source if isinstance(source, Source) else read(source), options)
    async with open_model(settings) as model:
        return await run(article, model, options, progress=progress)


def summarize(
    source: Source | str | os.PathLike[str],
    *,
    settings: Settings | None = None,
    task: Task = "both",
    force: bool = False,
    progress: Progress = silent,
) -> Document[Any]:
    """Return the document of one article; as `asummarize`, for code without an event loop.

    Raises:
        RuntimeError: If an event loop is running: await `asummarize` there.
    """
    return asyncio.run(asummarize(source, settings=settings, task=task, force=force, progress=progress))
