"""Finds the kinds of brief: a class and a template, built in or a user's own.

A kind is named by a reference:

    news                      built in (`schemas/news.py`, `prompts/news.j2`), or in the user's folder of kinds, or
                              offered by an installed package under the entry point group `brief.kinds`
    path/to/my_kind.py        a file that defines one subclass of Brief, its template my_kind.j2 beside it
    path/to/my_kind.json      a plain JSON Schema (or .yaml), see `kinds.plain`; its template beside it, if any
    package.module:Class      a class that can be imported

Code is loaded only from what the reference or the user's folder names. A stored document names its kind too; that is a
stranger's word, so it is looked for among the kinds that can be had by name, and never taken as a path or a class.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

from ..content import folder
from ..document import Document
from ..errors import InputError
from ..items import Brief
from ..upgrade import brief_upgraded, upgraded
from . import plain, python

SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"
GROUP = "brief.kinds"
"""The entry point group under which packages offer kinds."""
DEFAULT = "news"

_LOADERS = {".py": python.from_file, ".json": plain.from_file, ".yaml": plain.from_file, ".yml": plain.from_file}


@dataclass(frozen=True, slots=True)
class Found:
    """A kind that can be had by its name alone.

    Attributes:
        name: What `--kind` takes.
        origin: `built in`, the path of its file, or the entry point's value.
    """

    name: str
    origin: str


def names() -> list[str]:
    """Return the names of the built-in kinds, sorted."""
    return sorted(_files(folder("schemas")))


def find(kinds_dir: Path | None = None) -> list[Found]:
    """Return all kinds that can be had by name, sorted; nothing of a user's or a package's is imported for it.

    Raises:
        InputError: If `kinds_dir` is not there.
    """
    found = dict.fromkeys(names(), "built in")
    found |= {point.name: point.value for point in _offered()}
    if kinds_dir is not None:
        found |= {name: str(path) for name, path in _files(kinds_dir).items()}
    return [Found(name, origin) for name, origin in sorted(found.items())]


def load(reference: str, kinds_dir: Path | None = None) -> type[Brief]:
    """Return the class of a kind; a user's folder wins over an installed package, and both over what is built in.

    Args:
        reference: A name, a path or `module:Class`, see above.
        kinds_dir: A user's folder of kinds.

    Raises:
        InputError: If there is no such kind, or it cannot be loaded.
    """
    return _load(reference, kinds_dir)


@cache  # one class a kind: documents of one kind are then of one type
def _load(reference: str, kinds_dir: Path | None) -> type[Brief]:
    if _is_class(reference):
        return python.from_reference(reference)
    if is_file(reference):
        return _from_path(Path(reference))
    if kinds_dir is not None and reference in (own := _files(kinds_dir)):
        return _from_path(own[reference])
    for point in _offered():
        if point.name == reference:
            return python.from_reference(point.value)
    if reference in names():
        return _from_path(folder("schemas") / f"{reference}.py")
    listed = ", ".join(found.name for found in find(kinds_dir))
    raise InputError(
        f"There is no kind {reference!r}; there are: {listed}. One of your own is given as a file: --kind my_kind.py."
    )


def is_file(reference: str) -> bool:
    """Tell whether a reference names a file."""
    return Path(reference).suffix in _LOADERS


def purpose(kind: type[Brief]) -> str:
    """Return what a kind is for: the first line of its docstring."""
    return next(iter((kind.__doc__ or "").strip().splitlines()), "")


def json_schema(kind: str | type[Brief] | None, *, document: bool = False) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a kind, or of a whole document that holds one.

    Args:
        kind: The kind, or the name of a built-in one; None means any kind's document.
        document: Whether to return the document's schema instead of the brief's.
    """
    model: Any = load(kind) if isinstance(kind, str) else kind or Brief
    if document:
        model = Document[model]
    schema = model.model_json_schema(mode="serialization" if document else "validation")
    return {"$schema": SCHEMA_DIALECT, **schema}


@cache
def schema_hash(kind: type[Brief]) -> str:
    """Return the SHA-256 (hex) of a kind's JSON Schema in canonical form."""
    canonical = json.dumps(kind.model_json_schema(), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def parse_document(
    data: str | bytes, kind: type[Brief] | None = None, kinds_dir: Path | None = None, *, whole: bool = True
) -> Document[Any]:
    """Return the document in a JSON text, brought up to this version, its brief as an instance of its own kind.

    Args:
        data: The text.
        kind: The kind of its brief, where it cannot be had by the name that the document gives.
        kinds_dir: A user's folder of kinds, in which that name is looked for first.
        whole: Whether a translation that does not hold every sentence once, in order, is refused: nothing can be done with
            it but to say so (`validate.problems`).

    Raises:
        InputError: If the text is not a document of that or a known kind, or of a version that has no way to this one.
    """
    try:
        found = upgraded(json.loads(data))
        name = found.get("kind")
        if kind is not None and name not in (None, kind.kind_name):
            raise InputError(f"This document holds a brief of kind {name!r}, not {kind.kind_name!r}.")
        model: Any = Document
        if name:
            kind = kind or _load_stored(name, kinds_dir)
            model = Document[kind]  # type: ignore[valid-type]  # the kind is a value here
            version = found.get("kind_version")
            if version is not None and found.get("brief") is not None:
                found["brief"] = brief_upgraded(found["brief"], version, kind.kind_upgrades, kind.kind_version)
                found["kind_version"] = kind.kind_version
        document: Document[Any] = model.model_validate_json(json.dumps(found))
    except (ValueError, AttributeError, TypeError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise InputError(f"This is not a document of this program: {reason[:300]}.") from error
    ids = [segment.id for segment in document.translation.segments] if document.translation else None
    if whole and ids is not None and ids != list(document.article.ids):
        raise InputError(
            "Its translation does not hold every sentence once, in order: it was changed after it was made."
        )
    return document


def _load_stored(name: str, kinds_dir: Path | None) -> type[Brief]:
    if _is_class(name) or is_file(name):
        raise InputError(
            f"This document gives {name!r} as its kind, which is no name of one: nothing is loaded for it."
        )
    return load(name, kinds_dir)


def _is_class(reference: str) -> bool:
    return ":" in reference and not is_file(reference)


def _from_path(path: Path) -> type[Brief]:
    if not path.is_file():
        raise InputError(f"There is no file {path}: --kind takes a name, a file, or package.module:Class.")
    kind = _LOADERS[path.suffix](path)
    if not hasattr(kind, "kind_name"):
        kind.kind_name = path.stem
    template = path.with_suffix(".j2")
    if template.is_file():
        kind.kind_template = template
    return kind


def _files(directory: Path) -> dict[str, Path]:
    """Return the kinds in a folder by name; a class wins over a plain schema of the same name.

    Raises:
        InputError: If there is no such folder.
    """
    if not directory.is_dir():
        raise InputError(f"There is no folder of kinds {directory}: check --kinds-dir and BRIEF_KINDS_DIR.")
    found: dict[str, Path] = {}
    for suffix in reversed(_LOADERS):
        found |= {path.stem: path for path in directory.glob(f"*{suffix}") if not path.stem.startswith("_")}
    return found


def _offered() -> list[EntryPoint]:
    return sorted(entry_points(group=GROUP), key=lambda point: point.name)
