"""A process that runs checks for another one: tasks come in by standard input, results go out by standard output.

Each message is its length in eight bytes and a pickle; the first one holds the `Terms`.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, Generic, TypeVar

from .. import confidence, kinds, vectors
from ..article import Article
from ..checks import Pair
from ..confidence import Assessment
from ..document import Translation
from ..support import Support, supports_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Terms:
    """What a worker must know of the job.

    Attributes:
        kind: The kind of brief, as `kinds.load` takes it.
        kinds_dir: A user's folder of kinds.
    """

    kind: str
    kinds_dir: Path | None


class Task(Generic[T]):
    """Something to be checked, with a result of that type."""

    __slots__ = ()

    @property
    def texts(self) -> int:
        """About how many texts there are to check."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Assess(Task[list[Assessment]]):
    """Pairs of one article: `confidence.assess`."""

    pairs: tuple[Pair, ...]

    @property
    def texts(self) -> int:
        """As many as pairs."""
        return len(self.pairs)


@dataclass(frozen=True, slots=True)
class Bear(Task[Support]):
    """A brief, its article and its translation as JSON: `support.support_of`."""

    brief: str
    article: str
    translation: str | None

    @property
    def texts(self) -> int:
        """An item takes some two hundred characters of a brief."""
        return 1 + len(self.brief) // _ITEM


_ITEM: Final = 200


def answers(tasks: Sequence[Task[Any]], terms: Terms) -> list[Any]:
    """Return the result of each task, all done together; None for one that cannot be done."""
    results: dict[int, Any] = {}
    doers: tuple[tuple[type[Task[Any]], Callable[[Sequence[Any], Terms], list[Any]]], ...]
    doers = ((Assess, _assess), (Bear, _bear))
    for kind, do in doers:
        places = [place for place, task in enumerate(tasks) if isinstance(task, kind)]
        results |= zip(places, _together([tasks[place] for place in places], do, terms), strict=True)
    return [results[place] for place in range(len(tasks))]


def _together(tasks: Sequence[Any], do: Callable[[Sequence[Any], Terms], list[Any]], terms: Terms) -> list[Any]:
    try:
        return do(tasks, terms)
    except Exception:  # noqa: BLE001  # whoever asked does it then, and says what is wrong
        return [None] if len(tasks) == 1 else [result for task in tasks for result in _together([task], do, terms)]


def _assess(tasks: Sequence[Assess], _: Terms) -> list[list[Assessment]]:
    found = iter(confidence.assess([pair for task in tasks for pair in task.pairs]))
    return [[next(found) for _ in task.pairs] for task in tasks]


def _bear(tasks: Sequence[Bear], terms: Terms) -> list[Support]:
    kind = kinds.load(terms.kind, terms.kinds_dir)
    briefed = [
        (
            kind.model_validate_json(task.brief),
            Article.model_validate_json(task.article),
            Translation.model_validate_json(task.translation) if task.translation is not None else None,
        )
        for task in tasks
    ]
    return supports_of(briefed)


def serve(source: IO[bytes], sink: IO[bytes]) -> None:
    """Answer what comes until it ends."""
    messages = _messages(source)
    terms: Terms | None = next(messages, None)
    if terms is None:
        return
    confidence.load()
    for tasks in messages:
        data = pickle.dumps(answers(tasks, terms), protocol=pickle.HIGHEST_PROTOCOL)
        sink.write(len(data).to_bytes(8, "big") + data)
        sink.flush()


def _messages(source: IO[bytes]) -> Iterator[Any]:
    while len(head := source.read(8)) == 8:
        yield pickle.loads(source.read(int.from_bytes(head, "big")))  # noqa: S301  # from the process that has started us


def main() -> None:
    """Serve until standard input ends, or nobody reads any more."""
    vectors.use_threads(1)
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what anything prints must not come between
    try:
        serve(sys.stdin.buffer, sink)
    except (OSError, EOFError, pickle.PickleError):
        os._exit(1)
