"""Does OmegaT, a translator's tool that we did not write, get every pair out of our TMX, and we out of its?

    python -m benchmarks.omegat DOCUMENT.json…

Needs the command `omegat` (Debian: apt-get install omegat). The German of a document becomes a project of OmegaT, our TMX its
memory, and OmegaT translates without a person: what it writes must be our English, word for word. The memory that it
exports is then read as `brief --memory` reads it. OmegaT 3.6 knows no XLIFF 2.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from summarizer import parse_document
from summarizer.article import plain
from summarizer.renderers import render
from summarizer.terms.exchange import read_tmx

SETTINGS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0"><source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir>
<glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file><dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>DE</source_lang><target_lang>EN</target_lang><sentence_seg>false</sentence_seg>
<support_default_translations>true</support_default_translations><remove_tags>false</remove_tags></project></omegat>
"""


def tried(path: Path) -> bool:
    """Send a document through OmegaT and back; print how many pairs came; return whether all did."""
    document = parse_document(path.read_bytes())
    segments = document.translation.segments if document.translation else ()
    pairs = {
        plain(sentence.text): segment.text
        for sentence, segment in zip(document.article.sentences, segments, strict=True)
        if segment.text is not None
    }
    with TemporaryDirectory() as folder:
        home = Path(folder)
        for name in ("source", "target", "tm/auto", "glossary", "omegat"):
            (home / name).mkdir(parents=True)
        (home / "omegat.project").write_text(SETTINGS, encoding="utf-8")
        (home / "source" / "a.txt").write_text("\n\n".join(pairs), encoding="utf-8")
        (home / "tm" / "auto" / "ours.tmx").write_text(render(document, "tmx"), encoding="utf-8")
        command = ["omegat", folder, "--mode=console-translate"]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        written = [
            line for line in (home / "target" / "a.txt").read_text(encoding="utf-8").splitlines() if line.strip()
        ]
        (exported,) = home.glob("*-omegat.tmx")
        back = dict(read_tmx(exported.read_bytes(), exported.name))
    there = sum(english == theirs for english, theirs in zip(pairs.values(), written, strict=True))
    again = sum(back.get(german) == english for german, english in pairs.items())
    print(f"{path.name}: {len(pairs)} pairs, OmegaT wrote {there} of them, and its own TMX gives {again} back")
    return there == again == len(pairs)


def main() -> None:
    """Try each document."""
    parser = argparse.ArgumentParser()
    parser.add_argument("documents", type=Path, nargs="+")
    arguments = parser.parse_args()
    if shutil.which("omegat") is None:
        sys.exit("There is no omegat on this machine.")
    results = [tried(path) for path in arguments.documents]
    sys.exit(not all(results))


if __name__ == "__main__":
    main()
