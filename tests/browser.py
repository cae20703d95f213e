"""A real browser for tests of pages: the system's Chromium, which may ask nobody anything."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_FLAGS = (
    "--no-sandbox",  # needs no privileges of the system; the pages are ours
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run a browser; skip the test with the reason if there is none.

    While it runs, the thread has an event loop: nothing else may call `asyncio.run`.
    """
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        pytest.skip("no Chromium on this machine: install it, or set CHROMIUM to its path")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Watched:
    """A page, and everything that it does beyond showing itself."""

    page: Page
    messages: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    @property
    def deeds(self) -> list[str]:
        """What a page that only shows text does not do: errors, dialogs, requests, new windows."""
        return self.messages + self.dialogs + self.requests


@contextmanager
def opened(browser: Browser, path: Path, **options: Any) -> Iterator[Watched]:
    """Open a file in a fresh context; options are those of `new_context`."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce", **options})
    page = context.new_page()
    watched = Watched(page)
    page.on("console", lambda message: watched.messages.append(message.text))
    page.on("pageerror", lambda error: watched.messages.append(str(error)))
    page.on("popup", lambda popup: watched.requests.append(popup.url))

    def dialog(shown: Any) -> None:
        watched.dialogs.append(shown.message)
        shown.dismiss()

    page.on("dialog", dialog)
    address = path.as_uri()

    def request(asked: Any) -> None:
        if asked.url != address:
            watched.requests.append(asked.url)

    page.on("request", request)
    page.goto(address)
    try:
        yield watched
    finally:
        context.close()


def violations(page: Page) -> list[str]:
    """Return what axe-core finds serious or critical, with the elements."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [
        f"{item['id']}: {node['target']} {node['failureSummary']}"
        for item in found
        if item["impact"] in {"serious", "critical"}
        for node in item["nodes"]
    ]
