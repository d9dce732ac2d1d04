"""What a model's tokens cost, by the dated table beside this file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evalgen.models.port import Usage


@dataclass(frozen=True, slots=True)
class Price:
    """Dollars for a million tokens, which are micro-dollars for one."""

    input: float
    cached: float
    output: float

    def micro_dollars(self, usage: Usage) -> int:
        fresh = usage.input_tokens - usage.cached_tokens
        read = usage.cached_tokens * self.cached
        return round(fresh * self.input + read + usage.output_tokens * self.output)


def price_of(model_id: str) -> Price | None:
    """None for a model that the table does not have."""
    names = [name for name in _table() if name in model_id]
    return _table()[max(names, key=len)] if names else None


@cache
def _table() -> dict[str, Price]:
    table = tomllib.loads(Path(__file__).with_name("prices.toml").read_text(encoding="utf-8"))
    return {name: Price(*row["dollars"]) for name, row in table.items() if isinstance(row, dict)}
