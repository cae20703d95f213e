"""A file of the Hugging Face hub, taken up where an earlier download ended.

huggingface_hub's own downloads begin anew after Ctrl-C; what came of some gigabytes is worth keeping.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from ..errors import SetupError
from .extra import load

PARTIAL = ".part"
"""What is added to a file's name as long as it is not whole."""
_LOOK_UP = 15.0

Announce = Callable[[int | None, str | None], None]
"""Takes the bytes of the file that is about to be downloaded and its licence, each None if the hub does not say."""


def silent(size: int | None, licence: str | None) -> None:
    """Say nothing."""


def download(
    repo: str, file: str, commit: str, target: Path, *, progress: bool, announce: Callable[[int | None], None]
) -> None:
    """Download a file of the hub to a path, over plain HTTP, whole or not at all under that name.

    What arrived stays beside it when the download ends early, and the next one goes on from there. A second process
    that wants the same file waits for the first.

    Args:
        repo: `owner/repo`.
        file: Its path in the repository.
        commit: The repository's commit.
        target: Where it is to be.
        progress: Whether to draw a bar, on a terminal only.
        announce: Called once, before the first byte, with the number of all.

    Raises:
        SetupError: If there is not enough room.
        OSError, huggingface_hub.errors.HfHubHTTPError, httpx2.TransportError: As they come; the caller explains them.
    """
    hub = load("huggingface_hub")
    http_get = load("huggingface_hub.file_download").http_get
    url = hub.hf_hub_url(repo, file, revision=commit)
    announced = hub.get_hf_file_metadata(url, timeout=_LOOK_UP)
    headers = hub.utils.build_hf_headers() | {"Accept-Encoding": "identity"}
    if urlsplit(url).netloc != urlsplit(announced.location).netloc:
        headers.pop("authorization", None)  # the token is the hub's and not its storage's
    partial = target.with_name(target.name + PARTIAL)
    target.parent.mkdir(parents=True, exist_ok=True)
    with hub.utils.WeakFileLock(target.with_name(target.name + ".lock")), partial.open("ab") as written:
        if target.is_file():  # another process was faster
            return
        if announced.size is not None and written.tell() > announced.size:
            written.truncate(0)
        _check_room(target.parent, announced.size, written.tell())
        announce(announced.size)
        with contextlib.nullcontext() if progress else hub.utils.disable_progress_bars():
            http_get(
                announced.location,
                written,
                resume_size=written.tell(),
                headers=headers,
                expected_size=announced.size,
                displayed_filename=target.name,
            )
    partial.replace(target)


def _check_room(folder: Path, size: int | None, there: int) -> None:
    free = shutil.disk_usage(folder).free
    if size is not None and size - there > free:
        raise SetupError(
            f"{(size - there) / 1e9:.1f} GB are still to be downloaded and {free / 1e9:.1f} GB are free in {folder}: make room."
        )
