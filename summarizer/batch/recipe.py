"""Everything but the article that changes the answer, as one hash."""

from __future__ import annotations

import hashlib
import json

from .. import kinds
from ..confidence import checks_available
from ..document import SCHEMA_VERSION
from ..llm import Model
from ..pipeline import Options, parameters, templates


def recipe(model: Model, options: Options) -> str:
    """Return the SHA-256 (hex) of model, endpoint, prompts, schema of the kind, parameters, checks and document version.

    Timeouts, retries and concurrency are not in it.
    """
    kind = kinds.load(options.kind, options.kinds_dir) if options.task != "translate" else None
    parts = [
        SCHEMA_VERSION,
        [model.endpoint, model.name, model.sha256, model.style, model.mode],
        [options.task, kind and kind.kind_name],  # not how it was named: a file has many paths
        [use.sha256 for use in templates(model, options)],
        kind and kinds.schema_hash(kind),
        parameters(model, options),
        checks_available(),
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
