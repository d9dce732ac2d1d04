"""Where a user's own examples and schemas disagree. The examples are used all the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from evalgen.generation.definition import Tool
from evalgen.generation.read.invented.shapes import shapes_of
from evalgen.generation.schemas import NoSchema, validator_of

_LONGEST = 60


def misfits_of(tool: Tool) -> Iterator[str]:
    """One text for each parameter of which an example does not fit, with the first such value."""
    root = tool.parameters if isinstance(tool.parameters, dict) else {}
    known = {n: rule for shape in shapes_of(root, root) for n, rule in shape.get("properties", {}).items()}
    defs = {key: root[key] for key in ("$defs", "definitions") if key in root}
    seen: set[str] = set()
    made: dict[str, Callable[[Any], str]] = {}
    for call in tool.mock_data:
        for name, value in call.input.items():
            if name in seen or not isinstance(known.get(name), dict):
                continue
            try:
                made[name] = made.get(name) or validator_of({**defs, **known[name]})
            except NoSchema as error:
                seen.add(name)
                yield f"{tool.name}, {name}: its values are not checked, as its schema is none: {error}"
                continue
            if problem := made[name](value):
                seen.add(name)
                told = json.dumps(value, ensure_ascii=False)[:_LONGEST]
                yield (
                    f"{tool.name}, {name}: the example {told} does not fit its schema ({problem}); "
                    "the example is used"
                )
