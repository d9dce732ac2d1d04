"""Whether expected tool calls could happen: valid for the tool's schema, and every value known by then."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from evalgen.generation.definition import Tool
from evalgen.generation.draft import Draft
from evalgen.generation.schemas import NoSchema, validator_of
from evalgen.generation.values import leaves, same


class CallChecker:
    """Checks the calls of one agent's drafts; schemas are compiled once."""

    def __init__(self, tools: tuple[Tool, ...]) -> None:
        self._tools = {tool.name: tool for tool in tools}
        self._validate = cache(self._compiled)

    def problems_of(self, draft: Draft) -> list[str]:
        return [*self._invalid(draft), *self._unfounded(draft)]

    def _invalid(self, draft: Draft) -> Iterator[str]:
        for entry in draft.mock_entries:
            if problem := self._validate(entry.tool_name)(entry.input):
                yield f"the call of {entry.tool_name} does not fit its schema: {problem}"

    def _unfounded(self, draft: Draft) -> Iterator[str]:
        known = {same(v) for _, v in leaves([draft.main_agent_variables, draft.testing_agent_variables])}
        text = draft.instructions.casefold()
        for entry in draft.mock_entries:
            tool = self._tools[entry.tool_name]
            properties = (tool.parameters or {}).get("properties")
            for path, value in leaves(entry.input):
                schema = properties.get(path[0]) if isinstance(properties, dict) else None
                free = path[0] in tool.freetext_params or isinstance(value, bool) or value in (None, "")
                if free or (isinstance(schema, dict) and "enum" in schema) or same(value) in known:
                    continue
                if not re.search(rf"(?<!\w){re.escape(str(value).casefold())}(?!\w)", text):
                    yield f"{entry.tool_name} is called with {path[0]}={value!r}, which nobody has said"
            known |= {same(v) for _, v in leaves(entry.output)}

    def _compiled(self, name: str) -> Any:
        tool = self._tools[name]
        schema = tool.parameters
        if not isinstance(schema, dict):
            return lambda _: ""
        needed = schema.get("required")
        if isinstance(needed, list):
            schema = {**schema, "required": [r for r in needed if r not in tool.freetext_params]}
        try:
            return validator_of(schema)
        except NoSchema:
            return lambda _: ""
