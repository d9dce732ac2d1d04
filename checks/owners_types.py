"""Validates a file of another platform by its owner's public types; runs in the environment `importers`.

Prints the distribution with its version, and what is wrong: what the types refuse, and what they only let
pass, which is every field that they do not know, and a part that was taken for another one.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

TYPES = {
    "vapi.json": ("vapi-server-sdk", "vapi.types.assistant", "Assistant", ()),
    "retell-llm.json": ("retell-sdk", "retell.types", "LlmResponse", ("retellLlmData",)),
    "retell-flow.json": ("retell-sdk", "retell.types", "ConversationFlowResponse", ()),
    "elevenlabs.json": ("elevenlabs", "elevenlabs.types", "GetAgentResponseModel", ()),
    "tools-list.json": ("mcp", "mcp.types", "ListToolsResult", ("result",)),
}
"""By file: distribution, module and name of its type, and under which keys of the file the value stands."""


def main(file: Path) -> None:
    distribution, module, name, place = TYPES[file.name]
    value: Any = json.loads(file.read_text("utf-8"))
    for key in place:
        value = value[key]
    kind: type[BaseModel] = getattr(import_module(module), name)
    try:
        problems = list(_passed_over(value, kind.model_validate(value), name))
    except ValidationError as error:
        problems = str(error).splitlines()
    print(json.dumps({"version": f"{distribution} {version(distribution)}", "problems": problems}))  # noqa: T201


def _passed_over(given: Any, parsed: Any, place: str) -> Iterator[str]:
    if isinstance(parsed, list) and isinstance(given, list):
        for position, (one, other) in enumerate(zip(given, parsed, strict=True)):
            yield from _passed_over(one, other, f"{place}[{position}]")
    elif isinstance(parsed, dict) and isinstance(given, Mapping):
        for key, one in parsed.items():
            yield from _passed_over(given.get(key), one, f"{place}.{key}")
    elif isinstance(parsed, BaseModel) and isinstance(given, Mapping):
        yield from (f"{place}.{key} is in none of the owner's fields" for key in parsed.model_extra or {})
        if given.get("type") != getattr(parsed, "type", given.get("type")):
            yield f"{place} was taken for {type(parsed).__name__}"
        for key, field in type(parsed).model_fields.items():
            yield from _passed_over(given.get(field.alias or key), getattr(parsed, key), f"{place}.{key}")


main(Path(sys.argv[1]))
