"""Choices that a prompt names: values that no schema lists, and those that it orders by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from evalgen.generation.definition import Tool
from evalgen.generation.read.record_fields import plain_text
from evalgen.generation.read.tools import ToolModel

FEWEST, MOST = 2, 5
_CHOICE = re.compile(r"[a-z][a-z]+(?:[_-][a-z]+)*")


def with_choices(tools: Sequence[Tool], prompt: str) -> list[Tool]:
    """The tools with an `enum` for each parameter whose mocked values are words in small letters, as few as
    people choose between, and all stand in the prompt.
    """
    said = plain_text(prompt)
    return [_with_choices(tool, said) for tool in tools]


def _with_choices(tool: Tool, said: str) -> Tool:
    schema = tool.parameters or {}
    properties = schema.get("properties")
    known: dict[str, Any] = properties if isinstance(properties, dict) else {}
    found = {name: values for name, values in _values(tool) if _is_open(known.get(name, {}))}
    chosen = {name: values for name, values in found.items() if all(_stands(value, said) for value in values)}
    if not chosen:
        return tool
    listed = {name: {**known.get(name, {}), "enum": values} for name, values in chosen.items()}
    return replace(tool, parameters={"type": "object", **schema, "properties": {**known, **listed}})


def _values(tool: Tool) -> Iterator[tuple[str, list[str]]]:
    names = dict.fromkeys(name for call in tool.mock_data for name in call.input)
    for name in names:
        values = list(dict.fromkeys(str(c.input[name]) for c in tool.mock_data if name in c.input))
        if FEWEST <= len(values) <= MOST and all(_CHOICE.fullmatch(value) for value in values):
            yield name, values


def _is_open(rule: Any) -> bool:
    """Whether a schema says nothing of which values there are."""
    return isinstance(rule, dict) and not {"enum", "const", "pattern", "format", "examples"} & rule.keys()


def _stands(value: str, prompt: str) -> bool:
    words = r"[\s_-]+".join(map(re.escape, re.split(r"[_-]", value)))
    return re.search(rf"(?<!\w){words}(?!\w)", prompt) is not None


def ordered_in(text: str, tools: dict[str, ToolModel]) -> dict[str, ToolModel]:
    """The tools with the parameters whose choices a prompt orders by name, or has its rules end in."""
    found = {}
    for name, tool in tools.items():
        by_name = frozenset(p for p in tool.properties if len(orders(text, tool, p)) > 1)
        by_rules = frozenset(p for p in tool.properties if len(_concluded(text, tool, p)) > 1)
        found[name] = replace(tool, ordered=by_name, ruled=by_rules)
    return found


def _concluded(text: str, tool: ToolModel, parameter: str) -> list[str]:
    """The choices of a parameter that end the condition of a rule, where one of them is no word of everyday:
    `Ended no more than 14 days ago: warranty.`, `Same fault as before: repair_guarantee.`
    """
    choices = tool.choices(parameter)
    if not any("_" in value for value in choices):
        return []
    named = (value for value in choices if value in text)
    return [value for value in named if re.search(rf"[:=→] *[`\"]?{re.escape(value)}[`\"]?[.;,\n]", text)]


def orders(text: str, tool: ToolModel, parameter: str) -> list[str]:
    """The choices of a parameter that a prompt names together with it: in quotation marks behind a plain word
    (`Basis "standard"`).
    """
    quote = "[\"“'`]?" if "_" in parameter else "[\"“'`]"
    mark = rf"\b(?i:{re.escape(parameter)})\b`?\W{{1,3}}(?:\w{{2}} )?{quote}"
    named = (value for value in tool.choices(parameter) if value in text)
    return [value for value in named if re.search(rf"{mark}{re.escape(value)}\b", text)]
