"""What is refused of the JSON schema of a tool's input, because nobody should work by it."""

from __future__ import annotations

from typing import Any

from evalgen.contract.problems import shown, wrong
from evalgen.patterns import BadPattern, compiled
from evalgen.schema_parts import MOST_PARTS, count_parts, parts

MOST_PARTS_TOGETHER = 20_000
"""Of all tools of an agent; a hundred tools with ten described inputs have about five thousand."""

MOST_KEY_PATTERNS = 100
"""Of one schema: each is tried on each key of an object."""


def usable_schema(schema: dict[str, Any]) -> dict[str, Any]:
    """The same, or an error that says which part of it is refused, and what is allowed."""
    found = count_parts(schema)
    if found > MOST_PARTS:
        raise wrong(f"Must have at most {MOST_PARTS} parts (every value counts); got {found}.")
    key_patterns = 0
    for part in parts(schema):
        if isinstance(part, dict):
            _check_reference(part)
            by_key = part.get("patternProperties")
            of_keys = list(by_key) if isinstance(by_key, dict) else []
            key_patterns += len(of_keys)
            for pattern in [part.get("pattern"), *of_keys]:
                _check_pattern(pattern)
    if key_patterns > MOST_KEY_PATTERNS:
        raise wrong(f"Must have at most {MOST_KEY_PATTERNS} patternProperties; got {key_patterns}.")
    return schema


def _check_reference(part: dict[str, Any]) -> None:
    """A reference elsewhere would make whoever compiles the schema fetch it."""
    target = part.get("$ref")
    if isinstance(target, str) and not target.startswith("#"):
        raise wrong(f"A $ref must point inside the schema, as #/…; got {shown(target)}.")


def _check_pattern(pattern: object) -> None:
    if not isinstance(pattern, str):
        return
    try:
        compiled(pattern)
    except BadPattern as error:
        raise wrong(f"A pattern must be one that RE2 runs: {error}; got {shown(pattern)}.") from None
