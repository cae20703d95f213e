"""What is still to do, and where what is done goes: inputs, journal and outputs held together.

Every engine works in the same way: take tasks from `pending`, and give each back with `finish` or `fail`.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from filelock import FileLock, Timeout

from ..document import Document
from ..errors import BriefError, InputError
from ..files import write_whole
from ..readers import is_address
from ..readers.text import spelled
from ..renderers import endings, render_file
from ..renderers.page import is_foreign
from . import pages
from .entries import BrokenEntry, Entry
from .inputs import Inputs, seen_from
from .journal import Journal, Record, State
from .outputs import Place, apart, output_name, write_single

_MOMENT = 0.5
"""Seconds to wait for the lock: `brief batch status` may try it just then."""


@dataclass(frozen=True, slots=True)
class Task:
    """One article to be done.

    Attributes:
        entry: Where it comes from.
        work: SHA-256 of its content and of everything that changes the answer: equal work has equal results.
        output: The file of its result, relative to the folder of results; None if all go into one file.
    """

    entry: Entry
    work: str
    output: str | None


@dataclass(frozen=True, slots=True)
class Skipped:
    """An article with which nothing is to be done now.

    Attributes:
        address: Its name within the batch.
        state: What it is in.
        new: Whether it came into it just now.
        error: Why it failed, if it did so just now.
    """

    address: str
    state: State
    new: bool = False
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Repeated:
    """An article that came up before in this run."""


class Ledger:
    """The one owner of a batch's folder of results while it is open."""

    def __init__(
        self,
        inputs: Inputs,
        place: Place,
        recipe: str,
        *,
        format: str = "json",  # noqa: A002  # the field's term
        overwrite: bool = False,
        retry_failed: bool = False,
    ) -> None:
        """Prepare; nothing is opened or made before the `with` block.

        Args:
            inputs: What is wanted.
            place: Where results go.
            recipe: Everything but the article that changes the answer, see `recipe.recipe`.
            format: One of `renderers.FORMATS` or `renderers.FILES`; a single file always holds JSON. With `html` the
                journal keeps what the index page says of each article.
            overwrite: Whether files that this batch did not write may be replaced.
            retry_failed: Whether articles that failed or are incomplete are tried again.
        """
        self.inputs = replace(inputs, is_result=self._is_result)
        self.place = place
        self.journal: Journal
        self._recipe = recipe
        self._format = format
        self._overwrite = overwrite
        self._retry_failed = retry_failed
        self._changed = False
        self._all_met = False
        self._opened = ExitStack()

    def __enter__(self) -> Self:
        """Take the folder.

        Raises:
            InputError: If an input is not there, the folder cannot be written, or another process works on it.
        """
        self.inputs.check()
        self.place.prepare()
        with ExitStack() as stack:
            lock = FileLock(self.place.lock)  # the system frees it when the process dies, however it dies
            try:
                stack.enter_context(lock.acquire(timeout=_MOMENT))
            except Timeout:
                raise InputError(
                    f"Another process works on {self.place.output}: wait until it ends (`brief batch status` shows how "
                    "far it is), or give another -o."
                ) from None
            except OSError as error:
                raise InputError(f"{self.place.state} cannot be written ({error.strerror}): give another -o.") from None
            self.journal = stack.enter_context(Journal(self.place.journal))
            self.inputs = replace(self.inputs, base=self._base())
            if self._paged and self._index.exists():
                self._keep_input(self._index)
                if not self._overwrite:
                    pages.check(self._index)
            self._changed = self._open.exists()
            self._opened = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def _base(self) -> Path | None:
        """Return the folder that addresses are relative to: that of the first run, so that one stands for one file in all runs.

        It is noted as seen from the results, since both may move; where it is gone, that of this run takes its place.
        """
        common, home = self.inputs.common(), self.place.output.absolute().parent
        if common is None:
            return None
        noted = self.journal.base
        if noted is not None and (base := Path(os.path.normpath(home / noted))).is_dir():
            return base
        self.journal.base = seen_from(common, home)
        return common

    def pending(self) -> Iterator[Task | Skipped | Repeated]:
        """Yield every article: as a task if it is to be done, else with the state that it stays in.

        An article that cannot be read, or whose file would replace a foreign one, is noted as failed on the way.
        """
        for entry in self.inputs.entries():
            try:
                yield self._task(entry)
            except InputError as error:
                work = hashlib.sha256(str(error).encode("utf-8", "surrogatepass")).hexdigest()
                if self.journal.meet(entry.address, work) == work:
                    yield Repeated()
                    continue
                before = self.journal.find(entry.address)
                new = before is None or before.work != work or self._retry_failed
                if new:
                    self._write_failed(Record(entry.address, work, "failed", exit_code=error.exit_code), error, before)
                yield Skipped(entry.address, "failed", new=new, error=str(error))
        self._all_met = True

    def _task(self, entry: Entry) -> Task | Skipped | Repeated:
        digest = entry.digest()
        met = self.journal.meet(entry.address, digest)
        if met is not None:
            if met == digest or is_address(entry.address):  # the same page, be it named by itself or by two feeds
                return Repeated()
            reason = f"There is another article with the address {entry.address}: give each row an id of its own (--id-field)."
            return self._task(BrokenEntry(f"{entry.address}#{digest[:8]}", reason))
        work = hashlib.sha256(json.dumps([self._recipe, digest]).encode()).hexdigest()
        before = self.journal.find(entry.address)
        if before is not None and before.work == work:
            settled = before.state == "done" or not self.tries_again(before)
            if settled and (before.state == "failed" or self._stands(before)):
                return Skipped(entry.address, before.state)
        return Task(entry, work, None if self.place.single else self._output(entry.address))

    def tries_again(self, record: Record) -> bool:
        """Tell whether an article that failed, or is incomplete, is to be done again."""
        return self._retry_failed and record.state != "done"

    def _stands(self, record: Record) -> bool:
        """Tell whether the result of an earlier run is there, in the format that is wanted now."""
        if self.place.single:
            return record.output is None
        if record.output is None or not record.output.endswith(endings(self._format)[0]):
            return False
        return os.path.isfile(f"{self.place.output}/{record.output}")  # noqa: PTH113  # for each of many: a Path takes three times as long

    @cached_property
    def _is_input(self) -> Callable[[Path], bool]:
        return self.inputs.holds()

    def _keep_input(self, path: Path) -> None:
        if self._is_input(path):
            raise InputError(f"{path} is an input and would be replaced: give another -o, or another --format.")

    def _is_result(self, path: Path) -> bool:
        """Tell whether a file among the inputs is one that this batch wrote, or a page that `brief index` did."""
        if self.place.single or not path.is_relative_to(self._folder):
            return False
        if self.journal.owner(path.relative_to(self._folder).as_posix()) is not None:
            return True
        try:
            return path.suffix in endings("html") and not is_foreign(path)
        except OSError:  # reading it says why
            return False

    @cached_property
    def _folder(self) -> Path:
        return self.place.output.resolve()

    def _output(self, address: str) -> str:
        """Return the file for an article, and hold it for that article from now on."""
        for name in (wanted := output_name(address, self._format), apart(wanted, address)):
            owner = self.journal.owner(name)
            if owner is None and name.lower() == pages.NAME:
                continue
            if owner is None:
                path = self.place.output / name
                if path.exists():
                    self._keep_input(path)
                    if not self._overwrite:
                        raise InputError(f"{path} is there and not of this batch: move it away, or give --force.")
                self.journal.claim(name, address)
            if owner in {None, address}:
                return name
        raise InputError(f"There is no free file name for {address}.")  # two names that differ, one hash: not expected

    async def finish(self, task: Task, document: Document[Any]) -> State:
        """Write an article's document, then note it; return the state. While the disk writes, other articles go on.

        Raises:
            InputError: If the document or the journal cannot be written.
            SetupError: If a package is missing that the format needs.
        """
        state: State = "done" if document.complete else "incomplete"
        kept = None
        if task.output is None:
            kept = document.model_dump_json()
        else:
            path = self.place.output / task.output
            try:
                await asyncio.to_thread(_put, path, render_file(document, self._format))
            except OSError as error:
                raise InputError(f"{path} cannot be written ({error.strerror}).") from None
            if self._paged:
                kept = pages.kept(document, task.output)
        record = Record(
            task.entry.address, task.work, state, error=_missing(document), exit_code=0 if document.complete else 1,
            output=task.output, document=document.id, usage=document.usage,
        )  # fmt: skip
        self._write(record, kept)
        return state

    def fail(self, task: Task, error: BriefError) -> None:
        """Note that an article failed; what an earlier attempt gave of it stands.

        Raises:
            InputError: If the journal cannot be written.
        """
        failed = Record(task.entry.address, task.work, "failed", exit_code=error.exit_code, usage=error.usage)
        before = self.journal.find(failed.address)
        if before is not None and before.work == task.work and before.state == "incomplete":
            self._write(replace(before, error=str(error), exit_code=failed.exit_code, usage=failed.usage))
        else:
            self._write_failed(failed, error, before)

    def _write_failed(self, failed: Record, error: BriefError, before: Record | None) -> None:
        """Note a failure, and whether the file of an earlier run stands in the place of what was not made."""
        told = str(error)
        if before is not None and before.output is not None and (self.place.output / before.output).is_file():
            told = f"{told} {before.output} is still that of an earlier run."
        self._write(replace(failed, error=told))

    @property
    def _paged(self) -> bool:
        """Whether an index page comes with the results; one that an earlier batch made of an article of that name stays."""
        return self._format == "html" and not self.place.single and self.journal.owner(pages.NAME) is None

    @property
    def _index(self) -> Path:
        return self.place.output / pages.NAME

    @property
    def _open(self) -> Path:
        """A file that is there while the journal says more than the files of `close_up`, also after a kill."""
        return self.place.state / "open"

    def _write(self, record: Record, document: str | None = None) -> None:
        if not self._changed:
            try:
                self._open.touch()
            except OSError as error:
                raise InputError(f"{self._open} cannot be written ({error.strerror}).") from None
            self._changed = True
        if record.error is not None:  # it may name a file whose name has no UTF-8
            record = replace(record, error=spelled(record.error))
        self.journal.write(record, document)

    def close_up(self) -> None:
        """Write the single file or the index page, and the list of what failed; raises InputError if that cannot be.

        File and page are left if they are there and nothing has changed since, be it in an earlier run that was killed.
        """
        self.journal.note_gone(all_met=self._all_met)
        if self.place.single and (self._changed or not self.place.output.is_file()):
            write_single(self.place.output, self.journal.documents())
        elif self._paged and (self._changed or not self._index.is_file()):
            pages.write(self._index, self.journal.documents())
        lines = [
            json.dumps(
                {"address": item.address, "state": item.state, "error": item.error, "exit_code": item.exit_code,
                 "attempts": item.attempts, "at": item.at},
                ensure_ascii=False,
            )
            for item in self.journal.records("failed", "incomplete")
        ]  # fmt: skip
        try:
            if lines:
                write_whole(self.place.failed, "\n".join(lines) + "\n")
            else:
                self.place.failed.unlink(missing_ok=True)
            self._open.unlink(missing_ok=True)
        except OSError as error:
            raise InputError(f"{self.place.failed} cannot be written ({error.strerror}).") from None


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content)


def _missing(document: Document[Any]) -> str | None:
    """Return what a document lacks, with the first reason; None if it is complete."""
    if document.complete:
        return None
    missing = [finding for finding in document.findings if finding.code in {"translation.missing", "brief.missing"}]
    sentences = sum(finding.code == "translation.missing" for finding in missing)
    parts = [f"{sentences} sentences have no translation"] if sentences else []
    if len(missing) > sentences:
        parts.append("there is no brief")
    return f"{' and '.join(parts) or 'a part is missing'}: {missing[0].message if missing else 'see the document'}"
