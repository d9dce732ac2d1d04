"""JSON schemas as users write them: they may be none at all, and checking by them may take for ever."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from itertools import count
from typing import Any

import fastjsonschema
from fastjsonschema.draft2019 import CodeGeneratorDraft2019

from evalgen.patterns import BadPattern, Pattern, compiled
from evalgen.schema_parts import MOST_PARTS, count_parts

LONGEST_VALUE = 50_000
"""Characters of a value that is checked; no scenario holds a longer one."""

MOST_STEPS = 10_000
"""Parts of a schema that are followed by reference for one value."""

REQUIRED = "must contain "
"""How a message ends whose names are left out: with details, memory grows with the square of the schema."""

_OF_SCHEMAS = ("properties", "$defs", "definitions", "dependentSchemas")
"""What has names of the user's for keys, which may be those of keywords."""

_DATA = ("enum", "const", "default", "examples")


class NoSchema(Exception):
    """What stands for a schema is none; the text says why."""


class _TooMuch(Exception):
    """Checking one value takes more steps than any honest schema does."""


def pattern_of(schema: dict[str, Any]) -> Pattern | None:
    """The schema's own pattern, if it is one that can be run."""
    pattern = schema.get("pattern")
    return _runnable(pattern) if isinstance(pattern, str) else None


def validator_of(schema: Any) -> Callable[[Any], str]:
    """A function that answers what is wrong with a value, or nothing. Raises NoSchema.

    Patterns are run by RE2, and those that it cannot run are left out. A value that is too long to be used,
    or takes too many steps, and a schema that only fails when it is used, have nothing wrong found.
    """
    if count_parts(schema) > MOST_PARTS:
        raise NoSchema(f"it has more than {MOST_PARTS} parts")
    shown: dict[str, str] = {}
    try:
        validate = fastjsonschema.compile(
            _with_names(schema, shown),
            formats=_FORMATS,
            use_default=False,
            detailed_exceptions=False,
        )
        made = getattr(validate, "func", validate).__globals__
        steps = _bounded(made, {name: compiled(source) for name, source in shown.items()})
    except Exception as error:
        raise NoSchema(" ".join(str(error).split()) or type(error).__name__) from error

    def problem(value: Any) -> str:
        if len(repr(value)) > LONGEST_VALUE:
            return ""
        steps[0] = count(1)
        try:
            validate(value)
        except fastjsonschema.JsonSchemaValueException as error:
            message = str(error.message)
            if message.endswith(REQUIRED):
                return f"{message}all that is required"
            name = message.rpartition(" ")[2]
            return message.replace(name, shown[name]) if name in shown else message
        except Exception:  # noqa: BLE001 - a schema that compiles may still be none
            return ""
        return ""

    return problem


def _runnable(source: str) -> Pattern | None:
    try:
        return compiled(source)
    except BadPattern:
        return None


def _with_names(schema: Any, shown: dict[str, str]) -> Any:
    """A copy, as compiling changes what it is given, in which names stand for patterns.

    What RE2 cannot run is left out, unless it is no regular expression at all: then it is left in, and found.
    """
    if isinstance(schema, list):
        return [_with_names(part, shown) for part in schema]
    if not isinstance(schema, dict):
        return schema
    copy: dict[str, Any] = {}
    for key, part in schema.items():
        if key == "pattern" and isinstance(part, str):
            if _runnable(part) or not _compiles(part):
                copy[key] = _named(part, shown)
        elif key == "patternProperties" and isinstance(part, dict):
            copy[key] = {_named(source, shown): _with_names(inner, shown) for source, inner in part.items()}
        elif key == "const":  # without details the library has no words for one, and fails
            copy["enum"] = [part] if part in _listed(schema, part) else []
        elif key == "enum" and "const" in schema:
            continue
        elif key in _OF_SCHEMAS and isinstance(part, dict):
            copy[key] = {name: _with_names(inner, shown) for name, inner in part.items()}
        elif key == "required" and isinstance(part, list):
            copy[key] = [name for name in part if isinstance(name, str)]
        else:
            copy[key] = part if key in _DATA else _with_names(part, shown)
    return copy


def _listed(schema: dict[str, Any], const: Any) -> list[Any]:
    """What the schema's enum allows; the constant alone where there is none."""
    listed = schema.get("enum", [const])
    return listed if isinstance(listed, list) else [const]


def _named(source: str, shown: dict[str, str]) -> str:
    name = f"pattern-{len(shown)}"
    shown[name] = source
    return name


def _compiles(pattern: str) -> bool:
    try:
        with warnings.catch_warnings(action="ignore"):
            re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        return False
    return True


def _bounded(made: dict[str, Any], patterns: dict[str, Pattern]) -> list[count[int]]:
    """Have what was made of a schema use RE2 alone, and count the steps from the counter that is answered."""
    expressions = made["REGEX_PATTERNS"]
    for name in expressions.keys() - _OF_THE_LIBRARY:
        expressions[name] = patterns.get(name) or compiled(name)
    steps = [count(1)]
    for name, made_function in list(made.items()):
        if name.startswith("validate") and callable(made_function):
            made[name] = _counted(made_function, steps)
    return steps


def _counted(function: Callable[..., Any], steps: list[count[int]]) -> Callable[..., Any]:
    def counted(*args: Any, **kwargs: Any) -> Any:
        if next(steps[0]) > MOST_STEPS:
            raise _TooMuch
        return function(*args, **kwargs)

    return counted


def _is_email(text: str) -> bool:
    """As the format asks: something, without dots at its ends or two in a row, before the only @."""
    local, at, domain = text.partition("@")
    dotted = "" in local.split(".")
    return bool(at) and not dotted and "@" not in domain and bool(domain.strip(".")) and "." in domain[1:-1]


_FORMATS: dict[str, Callable[[str], bool]] = {
    "email": _is_email,
    "regex": lambda text: _runnable(text) is not None,
}
"""Those that the library would check with a regular expression that RE2 has not."""

_OF_THE_LIBRARY = {f"{name}_re_pattern" for name in CodeGeneratorDraft2019.FORMAT_REGEXS}
"""Its names for the expressions of formats; as a pattern of a user each is a plain text."""
