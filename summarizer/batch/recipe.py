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
    wanted = options.task != "translate"
    parts = [
        SCHEMA_VERSION,
        [model.endpoint, model.name, model.sha256, model.style, model.mode],
        [options.task, options.kind if wanted else None],
        [use.sha256 for use in templates(model, options)],
        kinds.schema_hash(kinds.load(options.kind, options.kinds_dir)) if wanted else None,
        parameters(model, options),
        checks_available(),
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
