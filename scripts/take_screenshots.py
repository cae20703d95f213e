"""Take the pictures of the page in docs/images/, of the seed article as the built-in model makes it.

    python scripts/take_screenshots.py             # runs the built-in model first
    python scripts/take_screenshots.py DOC.json    # of a document that exists

Needs Chromium, as the tests of the page do.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from summarizer import parse_document, summarize  # noqa: E402  # the checkout's own
from summarizer.renderers import render  # noqa: E402
from tests.browser import chromium, opened  # noqa: E402

SEED = ROOT / "seeds" / "000_b0b2ffb098fc43c8.txt"
FOLDER = ROOT / "docs" / "images"
WIDE = {"viewport": {"width": 1180, "height": 820}}
NARROW = {"viewport": {"width": 390, "height": 820}}


def evidence(page: Any) -> None:
    """Point at a statement, so that its evidence is shown."""
    page.hover("#abstract-1 p")


def doubts(page: Any) -> None:
    """Go to the first doubtful sentence that is not the first of all."""
    page.evaluate("(document.querySelectorAll('.row.doubtful')[1] ?? document.querySelector('.row')).scrollIntoView()")


def printed(page: Any) -> None:
    """Show the page as it is printed, with the margins of the paper."""
    page.emulate_media(media="print")
    page.evaluate("document.body.style.padding = '3rem'")


PICTURES = {
    "page.png": ({**WIDE, "color_scheme": "light"}, evidence),
    "page-doubts-dark.png": ({**WIDE, "color_scheme": "dark"}, doubts),
    "page-narrow.png": (NARROW, doubts),
    "page-print.png": ({"viewport": {"width": 760, "height": 1070}}, printed),
}


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("document", nargs="?", type=Path)
    given = parser.parse_args().document
    document = parse_document(given.read_bytes()) if given else summarize(SEED)
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as work, chromium() as browser:
        path = Path(work) / "page.html"
        path.write_text(render(document, "html"), encoding="utf-8")
        for name, (options, prepare) in PICTURES.items():
            with opened(browser, path, **options) as watched:
                prepare(watched.page)
                watched.page.wait_for_timeout(300)
                watched.page.screenshot(path=FOLDER / name)
                print(f"{name}: {(FOLDER / name).stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
