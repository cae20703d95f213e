"""Finds, renders and hashes the templates: those of a user's folders before the built-in ones of `prompts/`.

A template is a Jinja file with TOML front matter between `+++` lines (version, purpose, variables) and the blocks
`system` and `user`, which become the messages. Article text enters as a value, never as a template, and the
environment is sandboxed.

Examples of answers stand beside a template, in `NAME.examples.toml`: tables `[[examples]]` with a German `article` and the
`answer` as JSON text. They become a turn of the user and one of the model each, before the article itself.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from .article import Article, Sentence, plain
from .content import folder
from .document import PromptUse
from .errors import InputError
from .items import Brief
from .llm.model import Message, Model
from .providers import SMALL

if TYPE_CHECKING:
    from jinja2 import BaseLoader
    from jinja2.sandbox import SandboxedEnvironment

_FENCE = "+++"
EXAMPLES = ".examples.toml"
"""What stands after a template's name in the name of the file with its examples."""


@dataclass(frozen=True, slots=True)
class Example:
    """An article and the answer to it.

    Attributes:
        article: Its German text, as a file would hold it.
        answer: The JSON object that a model should answer with, by the ids of the article's sentences.
    """

    article: str
    answer: dict[str, Any]

    def read(self) -> Article:
        """Return the article with its sentences, as the program reads and cuts every text."""
        return _article(self.article.strip())


@dataclass(frozen=True, slots=True)
class Prompt:
    """A template.

    Attributes:
        name: File name without `.j2`.
        version: As its front matter says.
        purpose: One sentence.
        variables: The names it takes.
        sha256: Of the file's text and that of the shared macros.
        path: The file.
        folders: Where it and what it includes are looked for, in this order.
        examples: What stands beside it in `NAME.examples.toml`.
    """

    name: str
    version: str
    purpose: str
    variables: tuple[str, ...]
    sha256: str
    path: Path
    folders: tuple[Path, ...]
    examples: tuple[Example, ...] = ()

    @property
    def use(self) -> PromptUse:
        """How a document names this template."""
        return PromptUse(name=self.name, version=self.version, sha256=self.sha256)

    def used(self) -> frozenset[str]:
        """Return the variables that the template uses.

        Raises:
            InputError: If it is no Jinja template.
        """
        from jinja2 import TemplateSyntaxError, meta

        environment = _environment(self.folders)
        try:
            parsed = environment.parse(split_front_matter(_read(self.path), self.path.name)[1])
        except TemplateSyntaxError as error:
            raise InputError(f"The prompt {self.path} is no template: {error}.") from error
        return frozenset(meta.find_undeclared_variables(parsed))

    def render(self, **values: Any) -> list[Message]:
        """Return the messages, with its examples; raises InputError if the template and the values do not fit together."""
        system, user = self._block("system", values), self._block("user", values)
        examples = [turn for example in self.examples for turn in self._turns(example, values)] if user else []
        return [*system, *examples, *user]

    def _turns(self, example: Example, values: Mapping[str, Any]) -> list[Message]:
        """Return an example as it would have been asked, with nothing but its article, and the answer to it."""
        same = {"fence", "purpose"}
        emptied = {name: value if name in same else type(value)() for name, value in values.items()}
        asked = self._block("user", {**emptied, "lines": numbered(example.read().sentences)})
        answer: Message = {"role": "assistant", "content": json.dumps(example.answer, ensure_ascii=False)}
        return [*asked, answer]

    def _block(self, role: Literal["system", "user"], values: Mapping[str, Any]) -> list[Message]:
        try:
            template = _environment(self.folders).get_template(self.path.name)
            if role not in template.blocks:
                return []
            content = "".join(template.blocks[role](template.new_context(dict(values)))).strip("\n")
        except Exception as error:  # a template may compute, and so fail in any way
            raise InputError(f"The prompt {self.name}.j2 cannot be rendered: {error}.") from error
        return [{"role": role, "content": content}]


def load(name: str, folders: Iterable[Path] = (), variants: Iterable[str] = ()) -> Prompt:
    """Return the template of that name.

    Args:
        name: File name without `.j2`.
        folders: A user's folders, the first wins; what they lack is taken from the built-in one.
        variants: `NAME.VARIANT.j2` is taken for the first of these for which there is one.

    Raises:
        InputError: If there is none, its front matter is wrong, or one of the folders is not there.
    """
    return _chosen(name, tuple(folders), tuple(variants))


@cache
def _chosen(name: str, folders: tuple[Path, ...], variants: tuple[str, ...]) -> Prompt:
    for own in folders:
        if not own.is_dir():
            raise InputError(f"There is no folder of prompts {own}: check --prompts-dir and BRIEF_PROMPTS_DIR.")
    places = (*folders, folder("prompts"))
    for variant in filter(None, variants):
        for place in places:
            if (place / f"{name}.{variant}.j2").is_file():
                return _load(f"{name}.{variant}", places)
            if variant == SMALL and (place / f"{name}.j2").is_file():
                break  # what a user wrote for all models wins over what is built in for small ones
    return _load(name, places)


def of(model: Model, name: str) -> Prompt:
    """Return the template of that name as this model is asked with it: its variant, from the user's folders first."""
    return load(name, model.prompt_folders, (model.prompt_variant, model.style))


def for_kind(kind: type[Brief], model: Model | None = None) -> Prompt:
    """Return the template that asks a model for a kind: its own, else the one for kinds that have none.

    Raises:
        InputError: If its front matter is wrong.
    """
    beside = (kind.kind_template.parent,) if kind.kind_template else ()
    name = kind.kind_template.stem if kind.kind_template else kind.kind_name
    searched = (*(model.prompt_folders if model else ()), *beside)
    variants = (model.prompt_variant, model.style) if model else ()
    own = any((place / f"{name}.j2").is_file() for place in (*searched, folder("prompts")))
    return load(name if own else "kind", searched, variants)


def variants(prompt: Prompt) -> list[str]:
    """Return the names of a template and of its variants, wherever they are."""
    return [name for name in names(prompt.folders) if name == prompt.name or name.startswith(f"{prompt.name}.")]


def names(folders: Iterable[Path] = ()) -> list[str]:
    """Return the names of all templates, sorted."""
    found = {path.stem for place in (*folders, folder("prompts")) for path in place.glob("*.j2")}
    return sorted(name for name in found if not name.startswith("_"))


@cache
def _load(name: str, folders: tuple[Path, ...]) -> Prompt:
    path = _find(f"{name}.j2", folders)
    text = _read(path)
    meta, _ = split_front_matter(text, name)
    digest = hashlib.sha256(text.encode())
    for shared in sorted({path.name for place in folders for path in place.glob("_*.j2")}):
        digest.update(_read(_find(shared, folders)).encode())
    beside = path.with_name(name + EXAMPLES)
    examples: tuple[Example, ...] = ()
    if beside.is_file():
        examples = _examples(beside)
        digest.update(_read(beside).encode())
    try:
        return Prompt(
            name=name,
            version=str(meta["version"]),
            purpose=str(meta["purpose"]),
            variables=tuple(meta["variables"]),
            sha256=digest.hexdigest(),
            path=path,
            folders=folders,
            examples=examples,
        )
    except KeyError as error:
        raise InputError(f"The prompt {path} lacks {error} in its front matter.") from error
    except TypeError as error:
        raise InputError(f"The front matter of the prompt {path} needs a list of names as `variables`.") from error


def _examples(path: Path) -> tuple[Example, ...]:
    try:
        tables = tomllib.loads(_read(path))["examples"]
        found = tuple(Example(table["article"], json.loads(table["answer"])) for table in tables)
    except (ValueError, KeyError, TypeError) as error:  # both parsers raise subclasses of ValueError
        reason = f"it lacks {error}" if isinstance(error, KeyError) else error
        raise InputError(
            f"The examples {path} cannot be read ({reason}): each is a table [[examples]] with `article`, and `answer` as JSON."
        ) from error
    if not all(isinstance(item.article, str) and isinstance(item.answer, dict) for item in found):
        raise InputError(f"The examples {path} need a text as `article` and a JSON object as `answer`.")
    return found


def split_front_matter(text: str, name: str) -> tuple[dict[str, Any], str]:
    """Return the front matter and the template; raises InputError if the front matter is missing or broken."""
    if not text.startswith(f"{_FENCE}\n") or f"\n{_FENCE}\n" not in text[4:]:
        raise InputError(f"The prompt {name}.j2 has no front matter between +++ lines.")
    head, body = text[4:].split(f"\n{_FENCE}\n", 1)
    try:
        return tomllib.loads(head), body
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"The front matter of the prompt {name}.j2 is not TOML: {error}.") from error


def _find(filename: str, folders: tuple[Path, ...]) -> Path:
    for place in folders:
        if (place / filename).is_file():
            return place / filename
    raise InputError(f"There is no prompt {filename}; there are: {', '.join(names(folders))}.")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise InputError(f"The prompt {path} cannot be read: {error}.") from error


@cache
def _environment(folders: tuple[Path, ...]) -> SandboxedEnvironment:
    from jinja2 import FunctionLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    def source(filename: str) -> str:
        text = _read(_find(filename, folders))
        return split_front_matter(text, filename)[1] if text.startswith(_FENCE) else text

    loader: BaseLoader = FunctionLoader(source)
    environment = SandboxedEnvironment(
        loader=loader,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # the output is a message to a model, not HTML
    )
    environment.filters["plain"] = lambda value: plain(str(value))  # str() of a missing value is jinja's own error
    return environment


@cache
def _article(text: str) -> Article:
    from .readers import read_text
    from .segment import to_article

    return to_article(read_text(text), "de")


def fence(article: Article) -> str:
    """Return a mark that the article cannot contain: it derives from the article's own hash."""
    return f"ARTICLE-{article.id[:16]}"


def numbered(sentences: Iterable[Sentence]) -> str:
    """Return the sentences one a line, each behind its id; headings are marked as such.

    A line break inside a sentence becomes a space, so no article can fake another sentence's mark at the
    beginning of a line.
    """
    marks = {"headline": " (headline)", "heading": " (heading)", "caption": " (caption)", "body": ""}
    return "\n".join(f"[{item.id}]{marks[item.kind]} {plain(item.text)}" for item in sentences)
