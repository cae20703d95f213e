"""Write the JSON Schemas of all kinds, and of the documents that hold them, to schemas/published/.

python scripts/publish_schemas.py
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from summarizer import kinds

FOLDER = Path(__file__).parents[1] / "schemas" / "published"


def published() -> Iterator[tuple[Path, str]]:
    """Yield each file with the text that it should have."""
    for name in kinds.names():
        version = kinds.load(name).kind_version
        for suffix, document in (("", False), (".document", True)):
            schema = kinds.json_schema(name, document=document)
            yield FOLDER / f"{name}-{version}{suffix}.json", json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write what has changed."""
    FOLDER.mkdir(exist_ok=True)
    for path, text in published():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"written: {path.name}")


if __name__ == "__main__":
    main()
