"""Two versions of an agent, and what the step from one to the other makes of its scenarios."""

from __future__ import annotations

from itertools import count
from typing import Any

from evalgen.catalog.agent_record import changed
from evalgen.catalog.agent_versions import AgentVersions
from evalgen.catalog.agents import Agents
from evalgen.contract.agents import SuiteDiff
from evalgen.errors import PayloadTooLarge
from evalgen.generation.definition import AgentDefinition
from evalgen.storage.entities import EntityReader, body_of
from evalgen.storage.kinds import SCENARIO
from evalgen.storage.listing import of_agent
from evalgen.storage.ports import Reading

MOST_BYTES = 60_000
"""Of a description: both versions are planned while the client waits."""

MOST_TEXT = 300_000
"""Characters of all documents, for the same reason."""

Object = dict[str, Any]


def compare(
    table: Reading,
    agents: Agents,
    versions: AgentVersions,
    project_id: int,
    agent_id: int,
    request: SuiteDiff,
) -> Object:
    """Raises NotFound, InvalidRequest, PayloadTooLarge."""
    from evalgen.generation.suite_diff import suite_diff  # noqa: PLC0415 - only who compares pays for it

    record = agents.record(project_id, agent_id)

    def version(history_id: int | None) -> AgentDefinition:
        if history_id is None:
            return record.definition
        return versions.definition(versions.one(project_id, agent_id, history_id))

    old, new = version(request.from_history_id), version(request.to_history_id)
    if request.agent is not None:
        new = changed(record, request.agent, count(1), record.updated_at)[0].definition
    for one in (old, new):
        size, text = len(one.description.encode()), sum(len(document.text) for document in one.documents)
        if size > MOST_BYTES or text > MOST_TEXT:
            raise PayloadTooLarge(
                f"The description has {size} bytes and the documents {text} characters; "
                f"here at most {MOST_BYTES} and {MOST_TEXT} are compared."
            )
    return suite_diff(old, new, _kept(table, project_id, agent_id))


def _kept(table: Reading, project_id: int, agent_id: int) -> list[str] | None:
    """The keys of the agent's scenarios, if it has any."""
    items = EntityReader(table, SCENARIO).labelled(project_id, of_agent(agent_id))
    found = [str(body_of(item).get("key", "")) for item in items]
    return [key for key in found if key] or None
