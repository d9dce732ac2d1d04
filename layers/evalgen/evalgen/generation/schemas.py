"""JSON schemas as users write them: they may be none at all, and their patterns may take for ever."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import fastjsonschema

LONGEST_PATTERN = 200
_REPEATED_REPEAT = re.compile(r"[+*}]\)?[+*{]|[+*}]\)[+*{?]")
"""A repetition of something that is a repetition itself can backtrack without end."""


class NoSchema(Exception):
    """What stands for a schema is none; the text says why."""


def pattern_of(schema: dict[str, Any]) -> re.Pattern[str] | None:
    """The schema's own pattern, if it is a regular expression that surely ends."""
    pattern = schema.get("pattern")
    if not isinstance(pattern, str) or len(pattern) > LONGEST_PATTERN or _REPEATED_REPEAT.search(pattern):
        return None
    try:
        return re.compile(pattern)
    except re.error:
        return None


def validator_of(schema: Any) -> Callable[[Any], str]:
    """A function that answers what is wrong with a value, or nothing. Raises NoSchema.

    Patterns that may take for ever are left out; one that only fails when it is used finds nothing wrong.
    """
    try:
        validate = fastjsonschema.compile(_without_risks(schema), use_default=False)
    except Exception as error:
        raise NoSchema(" ".join(str(error).split()) or type(error).__name__) from error

    def problem(value: Any) -> str:
        try:
            validate(value)
        except fastjsonschema.JsonSchemaValueException as error:
            return str(error.message)
        except Exception:  # noqa: BLE001 - a schema that compiles may still be none
            return ""
        return ""

    return problem


def _without_risks(schema: Any) -> Any:
    """A copy, as compiling changes what it is given, without the patterns that are not surely harmless."""
    if isinstance(schema, list):
        return [_without_risks(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    risky = (
        isinstance(schema.get("pattern"), str) and pattern_of(schema) is None and _compiles(schema["pattern"])
    )
    return {key: _without_risks(part) for key, part in schema.items() if not (key == "pattern" and risky)}


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except (re.error, OverflowError):
        return False
    return True
