"""The tools of an agent in requests: in the agent's list, and one by one as the vendor has them."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from evalgen.contract.fields import (
    Check,
    LongText,
    NotNull,
    OptionalId,
    at_most,
    at_most_items,
    between,
    if_given,
)
from evalgen.contract.problems import shown, wrong
from evalgen.contract.requests import RequestModel
from evalgen.contract.tool_schemas import usable_schema

MAX_TOOLS = 200
MAX_MOCK_CALLS = 2000
"""Of one tool."""

MAX_MOCK_CALLS_TOGETHER = 10_000
SCHEMA_NAMES = ("inputSchema", "input_schema")
"""By which MCP servers and some models' APIs call a tool's `parameters`."""

TOOL_NAME = re.compile(r"[A-Za-z0-9_-]{1,63}")

ShortText = Annotated[str, at_most(255)]


def _tool_name(value: str) -> str:
    if not TOOL_NAME.fullmatch(value):
        raise wrong(f"Must be 1 to 63 letters (a–z), digits, underscores and hyphens; got {shown(value)}.")
    return value


ToolName = Annotated[str, Check(_tool_name, {"pattern": f"^{TOOL_NAME.pattern}$"})]


class MockCallWrite(RequestModel):
    input: dict[str, Any]
    output: Any


MockCalls = Annotated[list[MockCallWrite], at_most_items(MAX_MOCK_CALLS)]


class ServedVia(RequestModel):
    type: Literal["direct", "mcp"] = "direct"
    mock_index: Annotated[int | None, if_given(between(1, 1000))] = None

    @model_validator(mode="after")
    def _mcp_has_an_index(self) -> ServedVia:
        if self.type == "mcp" and self.mock_index is None:
            raise wrong("mock_index is required when type is mcp.")
        return self


class ToolFields(RequestModel):
    other_names = frozenset(SCHEMA_NAMES)

    name: Annotated[ToolName | None, NotNull] = None
    description: LongText = ""
    parameters: Annotated[dict[str, Any] | None, if_given(Check(usable_schema))] = None
    freetext_params: Annotated[list[ShortText], at_most_items(100)] = Field(default_factory=list)

    @model_validator(mode="before")
    @classmethod
    def _schema_as_tools_are_listed(cls, given: Any) -> Any:
        if isinstance(given, dict) and given.get("parameters") is None:
            for name in SCHEMA_NAMES:
                if isinstance(given.get(name), dict):
                    return {**given, "parameters": given[name]}
        return given


class ToolWrite(ToolFields):
    """A tool to add, or to change where `id` or `name` is that of one of the agent's tools."""

    id: OptionalId = None
    mock_data: MockCalls = Field(default_factory=list)
    served_via: ServedVia = ServedVia()


def few_calls(tools: object) -> object:
    """Before any of them is looked at: each may have something wrong."""
    if isinstance(tools, list):
        lists = [tool.get("mock_data") for tool in tools if isinstance(tool, dict)]
        calls = sum(len(found) for found in lists if isinstance(found, list))
        if calls > MAX_MOCK_CALLS_TOGETHER:
            raise wrong(f"Must have at most {MAX_MOCK_CALLS_TOGETHER} mock_data together; got {calls}.")
    return tools


class ToolPatch(ToolFields):
    """Only the fields that are sent change. `information` is what an agent's list calls `mock_data`."""

    information: MockCalls = Field(default_factory=list)

    def of(self, tool_id: int | None = None) -> ToolWrite:
        """The same as a change of the agent's tool with that id, or as a new one."""
        sent = self.model_dump(exclude_unset=True)
        if "information" in sent:
            sent["mock_data"] = sent.pop("information")
        return ToolWrite.model_validate(sent if tool_id is None else {**sent, "id": tool_id})


class ToolCreate(ToolPatch):
    name: ToolName
