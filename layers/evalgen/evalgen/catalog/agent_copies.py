"""An agent made anew: replaced by a request, or copied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from evalgen.catalog.agent_parts import NewDocument
from evalgen.catalog.agent_record import AgentRecord, changed
from evalgen.contract.agents import AgentPatch
from evalgen.contract.bulk import COPY_OF
from evalgen.contract.fields import MAX_NAME
from evalgen.generation.definition import AgentDefinition, Tool


def replaced(
    record: AgentRecord, request: AgentPatch, new_ids: Iterator[int], now: str
) -> tuple[AgentRecord, list[NewDocument]]:
    """The record as if it had just been made from a request, with the ids that its parts have.

    Raises as `changed`.
    """
    old = record.definition
    blank = AgentDefinition(
        name=old.name,
        language="en",
        description="",
        tools=tuple(Tool(tool.id, tool.name) for tool in old.tools),
        documents=old.documents,
    )
    kept = {name: value for name, value in record.settings.items() if name in ("files", "variable_ids")}
    lists = ("mock_tools", "dynamic_variables", "knowledge_base_files")
    whole: dict[str, list[Any]] = {name: [] for name in lists if getattr(request, name) is None}
    return changed(
        replace(record, definition=blank, settings=kept), request.model_copy(update=whole), new_ids, now
    )


def parts_of(record: AgentRecord) -> int:
    """How many things in it have an id of their own."""
    definition = record.definition
    return len(definition.tools) + len(definition.variables) + len(definition.documents)


def copied(record: AgentRecord, new_ids: Iterator[int], now: str) -> AgentRecord:
    """A new agent that says the same, and that its provider does not know by an id."""
    old, settings, copy_id = record.definition, dict(record.settings), next(new_ids)
    tools = {tool.id: next(new_ids) for tool in old.tools}
    documents = {document.id: next(new_ids) for document in old.documents}
    settings["variable_ids"] = {variable.name: next(new_ids) for variable in old.variables}
    settings["served_via"] = {
        str(tools[int(key)]): via for key, via in settings.get("served_via", {}).items()
    }
    settings["files"] = [
        {**file, "id": documents[file["id"]], "created_at": now, "updated_at": now}
        for file in settings.get("files", [])
    ]
    if "provider" in settings:
        settings["provider"] = {**settings["provider"], "agent_id": None}
    definition = replace(
        old,
        name=f"{COPY_OF}{old.name}"[:MAX_NAME],
        tools=tuple(replace(tool, id=tools[tool.id]) for tool in old.tools),
        documents=tuple(replace(document, id=documents[document.id]) for document in old.documents),
    )
    return AgentRecord(copy_id, now, now, definition, settings, revision=1)
