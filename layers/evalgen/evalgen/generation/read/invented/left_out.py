"""Parameters that go without a choice of another one: `gallons`, left out for `amount_type: fill`."""

from __future__ import annotations

import re
from typing import Any

from evalgen.generation.languages import load
from evalgen.generation.read.invented.shapes import Shape
from evalgen.generation.read.record_fields import plain_text


def without_left_out(given: dict[str, Any], shape: Shape, language: str) -> dict[str, Any]:
    """An input without what the description of a parameter leaves out beside the others."""
    pattern = re.compile(load(language, "invented")["left_out"], re.IGNORECASE)
    chosen = {plain_text(value) for value in given.values() if isinstance(value, str)}
    rules = shape.get("properties", {})
    return {
        key: value
        for key, value in given.items()
        if key in shape.get("required", ())
        or not (match := pattern.search(str(rules.get(key, {}).get("description", ""))))
        or plain_text(match["x"]) not in chosen
    }
