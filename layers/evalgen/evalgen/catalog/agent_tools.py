"""The tools of an agent one by one; each change is one of the agent, and a version of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from evalgen.catalog.agent_parts import NewDocument
from evalgen.catalog.agent_record import AgentRecord, changed
from evalgen.catalog.agent_settings import tools_of
from evalgen.catalog.agents import Agents
from evalgen.contract.agent_tools import ToolCreate, ToolPatch, ToolWrite
from evalgen.contract.agents import AgentPatch
from evalgen.errors import NON_FIELD, InvalidRequest, NotFound
from evalgen.generation.definition import Tool
from evalgen.storage.entities import reserve_ids
from evalgen.storage.ports import Table

Object = dict[str, Any]
Writes = Callable[[AgentRecord], list[ToolWrite]]


class AgentTools:
    """Every method raises NotFound for what the project does not have; changes also InvalidRequest, Conflict
    and PayloadTooLarge."""

    def __init__(self, table: Table, agents: Agents) -> None:
        self._table = table
        self._agents = agents

    def list(self, project_id: int, agent_id: int) -> list[Object]:
        return [_answer(tool) for tool in tools_of(self._agents.record(project_id, agent_id))]

    def read(self, project_id: int, agent_id: int, name: str) -> Object:
        return _answered(self._agents.record(project_id, agent_id), name)

    def add(self, project_id: int, agent_id: int, request: ToolCreate) -> Object:
        def writes(record: AgentRecord) -> list[ToolWrite]:
            _check_free(record, request.name)
            return [*_kept(record.definition.tools), request.of()]

        return _answered(self._changed(project_id, agent_id, writes), request.name)

    def change(self, project_id: int, agent_id: int, name: str, request: ToolPatch) -> Object:
        def writes(record: AgentRecord) -> list[ToolWrite]:
            known = _known(record, name)
            if request.name not in (None, name):
                _check_free(record, str(request.name))
            return [
                request.of(tool.id) if tool is known else ToolWrite(id=tool.id)
                for tool in record.definition.tools
            ]

        return _answered(self._changed(project_id, agent_id, writes), request.name or name)

    def remove(self, project_id: int, agent_id: int, name: str) -> None:
        def writes(record: AgentRecord) -> list[ToolWrite]:
            gone = _known(record, name)
            return _kept([tool for tool in record.definition.tools if tool is not gone])

        self._changed(project_id, agent_id, writes)

    def _changed(self, project_id: int, agent_id: int, writes: Writes) -> AgentRecord:
        ids = reserve_ids(self._table, project_id, 1)

        def change(record: AgentRecord, now: str) -> tuple[AgentRecord, Sequence[NewDocument]]:
            request = AgentPatch.model_construct({"mock_tools"}, mock_tools=writes(record))
            return changed(record, request, iter(ids), now)

        try:
            return self._agents.change(project_id, agent_id, change)
        except InvalidRequest as error:
            problems = {
                NON_FIELD if name == "mock_tools" else name: texts for name, texts in error.fields.items()
            }
            raise InvalidRequest(problems) from None


def _kept(tools: Sequence[Tool]) -> list[ToolWrite]:
    return [ToolWrite(id=tool.id) for tool in tools]


def _known(record: AgentRecord, name: str) -> Tool:
    for tool in record.definition.tools:
        if tool.name == name:
            return tool
    raise NotFound(f"Agent {record.id} has no tool {name[:63]}.")


def _check_free(record: AgentRecord, name: str) -> None:
    if any(tool.name == name for tool in record.definition.tools):
        raise InvalidRequest({"name": [f"This agent has a tool {name} already."]})


def _answered(record: AgentRecord, name: str) -> Object:
    known = _known(record, name)
    return next(_answer(tool) for tool in tools_of(record) if tool["id"] == known.id)


def _answer(tool: Object) -> Object:
    return {
        **{name: value for name, value in tool.items() if name != "mock_data"},
        "information": tool["mock_data"],
        "mock_url": None,
        "subscribers": [],
    }
