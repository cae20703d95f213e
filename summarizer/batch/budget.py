"""`--budget 5USD`, `--budget 2Mtokens`: what a person writes, as what the gate holds."""

from __future__ import annotations

import re
from typing import Final

from ..errors import InputError, SetupError
from ..llm.gate import Budget
from ..llm.meter import price_of

_WRITTEN: Final = re.compile(r"\$?\s*(\d+(?:\.\d+)?)\s*([kM]?)\s*(USD|tokens?)?", re.IGNORECASE)


def parse_budget(written: str, model: str, endpoint: str) -> Budget:
    """Return the budget that is meant.

    Args:
        written: A number with `USD`, `$` or `tokens`, e.g. `5USD`, `$5`, `2Mtokens`, `500k tokens`.
        model: Whose price counts.
        endpoint: Where it is served.

    Raises:
        InputError: If it is written otherwise.
        SetupError: If it is in money and the price is not known.
    """
    match = _WRITTEN.fullmatch(written.strip())
    unit = "USD" if written.strip().startswith("$") else (match[3] or "").lower() if match else ""
    if match is None or not unit or float(match[1]) <= 0:
        raise InputError(f"The budget {written!r} cannot be read: write it like 5USD or 2000000tokens.")
    factor = {"": 1, "k": 1e3, "m": 1e6}[match[2].lower()]
    limit = float(match[1]) * factor
    if unit.startswith("token"):
        return Budget(limit, lambda sent, received: float(sent + received), "tokens")
    prices = [price_of(*tokens, model, endpoint) for tokens in ((1000, 0), (0, 1000))]
    sent_price, received_price = ((price or 0.0) / 1000 for price in prices)
    if None in prices:
        raise SetupError(
            f"The price of {model!r} at {endpoint} is not known: give the budget in tokens, e.g. --budget 2Mtokens."
        )
    return Budget(limit, lambda sent, received: sent * sent_price + received * received_price, "USD")
