"""The cluster engine: articles go to an actor on each node of a Ray cluster; results and journal stay with the driver.

The driver is the local engine. Only the one call that turns an article into a document goes to a node, where it runs
beside others on a model that the node opened for itself. A node that dies costs no more than doing its unfinished
articles again on another.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from .. import errors, kinds
from ..article import Article
from ..document import Document, Usage
from ..errors import BriefError, EndpointError, SetupError
from ..items import Brief
from ..pipeline import run
from .ledger import Task

if TYPE_CHECKING:
    from .run import Job

AT_ONCE = 1000
"""Calls that an actor takes at once; the model's gate limits its requests."""


CLOSING_SECONDS = 30
"""For a node to close its model; after that it is ended as it is."""


_Packed = tuple[str, str, str | None]
"""An error on its way from a node: its name (none: of the program), its text, and the usage as JSON."""


@dataclass(frozen=True, slots=True)
class Ready:
    """What a node says of the model that it opened.

    Attributes:
        recipe: As `recipe.recipe`.
        concurrency: Articles that it works on at once.
    """

    recipe: str
    concurrency: int


class Worker:
    """What runs on a node: one open model and the pipeline."""

    async def open(self, job: Job, share: int) -> Ready | _Packed:
        """Open the model; return what the node is ready for, or an error.

        Args:
            job: What is wanted; its inputs are not looked at.
            share: The number of nodes that share the job's limits.
        """
        from .recipe import recipe
        from .run import opened

        self._job, self._stack = job, AsyncExitStack()
        try:
            self._model = await self._stack.enter_async_context(opened(job, share=share))
        except BriefError as error:
            return _packed(error)
        return Ready(recipe(self._model, job.options), self._model.concurrency)

    async def do(self, article: str) -> str | _Packed:
        """Return the document of an article, both as JSON; or an error."""
        try:
            document = await run(Article.model_validate_json(article), self._model, self._job.options)
        except BriefError as error:
            return _packed(error)
        except Exception as error:  # noqa: BLE001  # the driver must not take it for the end of the node
            return "", f"{type(error).__name__}: {error}", None
        return document.model_dump_json()

    async def close(self) -> tuple[str, ...]:
        """Close the model, and a server started for it; return what was noticed of the endpoint."""
        await self._stack.aclose()
        return self._model.notes


def _packed(error: BriefError) -> _Packed:
    return type(error).__name__, str(error), error.usage and error.usage.model_dump_json()


def _unpacked(packed: _Packed) -> Exception:
    name, message, usage = packed
    if not name:
        return RuntimeError(message)
    error: BriefError = getattr(errors, name, EndpointError)(message)
    error.usage = usage and Usage.model_validate_json(usage)
    return error


@dataclass(slots=True)
class _Node:
    """A node of the cluster, as the driver sees it."""

    name: str
    actor: Any
    under_way: int = 0


@dataclass(slots=True)
class Cluster:
    """The nodes that work on a job.

    Attributes:
        recipe: The same on all nodes.
        workers: Articles that all nodes together work on at once.
        kind: Of the briefs.
        notes: What was noticed: of the endpoint, and of nodes that were lost.
    """

    nodes: list[_Node]
    recipe: str
    workers: int
    kind: type[Brief]
    notes: list[str] = field(default_factory=list)

    async def perform(self, _: Task, article: Article) -> Document[Any]:
        """Return the document of an article, from the node that has least to do; from another if that one dies.

        Raises:
            SetupError: If no node is left.
            BriefError: As `pipeline.run`.
            RuntimeError: If the node met an error in the program.
        """
        from ray.exceptions import RayError

        text = article.model_dump_json()
        while self.nodes:
            node = min(self.nodes, key=lambda candidate: candidate.under_way)
            node.under_way += 1
            try:
                answer = await node.actor.do.remote(text)
            except RayError:
                self._lose(node)
                continue
            finally:
                node.under_way -= 1
            if isinstance(answer, str):
                return kinds.parse_document(answer, self.kind)
            raise _unpacked(answer)
        raise SetupError("No node of the cluster is left: start nodes, then run the same command again to go on.")

    def _lose(self, node: _Node) -> None:
        if node in self.nodes:  # the first of its articles to notice
            self.nodes.remove(node)
            self.notes.append(f"the node {node.name} was lost; its unfinished articles were done again on another")

    async def close(self) -> None:
        """Close the model of each node."""
        from ray.exceptions import RayError

        for node in list(self.nodes):
            try:
                notes = await asyncio.wait_for(node.actor.close.remote(), CLOSING_SECONDS)
            except (RayError, TimeoutError):
                continue
            self.notes.extend(note for note in notes if note not in self.notes)


@asynccontextmanager
async def open_cluster(job: Job, address: str) -> AsyncIterator[Cluster]:
    """Open the job's model on each node of a cluster; close it, and leave the cluster, at the end.

    Args:
        job: What is wanted.
        address: Of the cluster, as `ray.init` takes it: `auto` is the one that this machine belongs to.

    Raises:
        SetupError: If Ray is not installed, there is no cluster, a node cannot open the model, or nodes differ in
            prompts, schemas, checks or weights.
    """
    ray = _ray()
    job = replace(job, inputs=(), urls=None)  # what a node need not know
    try:
        ray.init(address=address, log_to_driver=False, logging_level="ERROR", configure_logging=False)
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise SetupError(
            f"No Ray cluster can be reached at {address!r} ({_last_line(error)}): start one with `ray start --head`, "
            "or give its address to --ray-address."
        ) from None
    cluster: Cluster | None = None
    try:
        nodes = _start(ray)
        cluster = await _ready(nodes, job)
        yield cluster
    finally:
        if cluster is not None:
            await cluster.close()
        ray.shutdown()


def _ray() -> Any:
    # Set before the import: nothing about the use of this program goes to anybody.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
    except ImportError:
        raise SetupError("The engine ray needs a package: pip install 'brief-de[cluster]', on every node.") from None
    return ray


def _start(ray: Any) -> list[_Node]:
    """Start an actor on each node that is alive."""
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

    actor = ray.remote(num_cpus=0, max_restarts=0, max_concurrency=AT_ONCE)(Worker)
    return [
        _Node(
            name=f"{node['NodeManagerAddress']} ({node['NodeID'][:8]})",
            actor=actor.options(
                scheduling_strategy=NodeAffinitySchedulingStrategy(node["NodeID"], soft=False)
            ).remote(),
        )
        for node in ray.nodes()
        if node["Alive"] and node["Resources"].get("CPU")
    ]


async def _ready(nodes: list[_Node], job: Job) -> Cluster:
    """Have every node open the model, and see that all would give the same."""
    from ray.exceptions import RayError

    async def open_on(node: _Node) -> Ready:
        try:
            answer = await node.actor.open.remote(job, len(nodes))
        except RayError as error:
            raise SetupError(f"The node {node.name} cannot be used ({_last_line(error)}).") from None
        if isinstance(answer, tuple):
            problem = _unpacked(answer)
            raise SetupError(f"The node {node.name} cannot open the model: {problem}")
        return answer  # type: ignore[no-any-return]

    if not nodes:
        raise SetupError("The Ray cluster has no node with a processor for this work: start one with `ray start`.")
    ready = await asyncio.gather(*(open_on(node) for node in nodes))
    recipes = {item.recipe for item in ready}
    if len(recipes) > 1:
        raise SetupError(
            "The nodes of the cluster differ in prompts, schemas, checks or weights: install the same on all of them."
        )
    kind = kinds.load(job.settings.kind, job.settings.kinds_dir)
    return Cluster(nodes, recipes.pop(), sum(item.concurrency for item in ready), kind)


def _last_line(error: BaseException) -> str:
    """Return what a traceback from another process ends in."""
    return (str(error).strip().splitlines() or [type(error).__name__])[-1].strip()[:200]
