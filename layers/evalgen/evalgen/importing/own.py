"""Our own `agent.json`: the body of a create request, or a part of it beside a prompt."""

from __future__ import annotations

from typing import Any

from evalgen.contract.agent_tools import MAX_TOOLS
from evalgen.contract.agents import AgentPatch
from evalgen.importing.imported import Found
from evalgen.importing.source import BadInput, JsonSource
from evalgen.importing.tools import found_tool, ignored

FORMAT = "agent of evalgen"
SHOWS = '"name" with "language", "description", "dynamic_variables" or "agent_speaks_first"'
_SHOWN_BY = {"language", "description", "dynamic_variables", "agent_speaks_first"}


def fits(value: Any) -> bool:
    return isinstance(value, dict) and bool(_SHOWN_BY & value.keys())


def read(source: JsonSource) -> Found:
    """Fields that are none of an agent's are ignored and told, as the API does. Raises BadInput."""
    fields = {key: value for key, value in source.value.items() if key in AgentPatch.model_fields}
    listed = fields.pop("mock_tools", None)
    if isinstance(listed, list) and len(listed) > MAX_TOOLS:
        where = source.at(("mock_tools",))
        raise BadInput(f"{where}: at most {MAX_TOOLS} tools are allowed; got {len(listed)}")
    tools = [
        found_tool(source, ("mock_tools", position), tool)
        for position, tool in enumerate(listed if isinstance(listed, list) else [])
        if isinstance(tool, dict)
    ]
    notes = tuple(ignored(source, (), AgentPatch, source.value, "An agent"))
    return Found(FORMAT, fields, tuple(tools), notes, whole="description" in fields)
