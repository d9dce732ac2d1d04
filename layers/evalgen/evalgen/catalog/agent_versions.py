"""What an agent was after each of its changes, as long as its definition of then is kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from evalgen.catalog.agent_record import AgentRecord, decode_definition
from evalgen.catalog.agent_settings import contract_object
from evalgen.errors import InvalidRequest
from evalgen.generation.definition import AgentDefinition
from evalgen.storage import keys
from evalgen.storage.entities import Entities, body_of, to_json
from evalgen.storage.kinds import AGENT
from evalgen.storage.ports import (
    Blobs,
    ConditionFailed,
    Delete,
    Item,
    Key,
    Put,
    Stores,
    Update,
    Write,
)
from evalgen.storage.walking import every_item

KEPT = 200
"""So many of an agent's latest versions, and of its latest definitions for jobs that were made from them."""

SETTINGS = ("files", "variable_ids", "served_via")
"""What belongs to the tools, variables and documents of a definition."""

ANSWERED = ("id", "language", "description", "mock_tools", "dynamic_variables", "knowledge_base_files")

Object = dict[str, Any]


def bodies_of(agent: Item) -> list[str]:
    """The names of all definitions that an agent has had and that are its own, the newest last."""
    names: list[str] = json.loads(str(agent.get("bodies", "[]")))
    return names


def noting(project_id: int, record: AgentRecord, body_name: str) -> list[Write]:
    """Writes that note a record as a version of its agent."""
    body = {name: record.settings[name] for name in SETTINGS if name in record.settings}
    item: Item = {
        **keys.agent_version(project_id, record.id, record.revision)._asdict(),
        "revision": record.revision,
        "body_name": body_name,
        "created_at": record.updated_at,
        "body": to_json(body),
    }
    oldest = record.revision - KEPT
    gone = [Delete(keys.agent_version(project_id, record.id, oldest))] if oldest > 0 else []
    return [Put(item), *gone]


def read_definition(blobs: Blobs, body_name: str) -> AgentDefinition:
    data = blobs.get(body_name)
    if data is None:
        raise LookupError(f"the blob {body_name} of an agent is missing")
    return decode_definition(data)


class AgentVersions:
    """A version is its item; `definition` reads what belongs to it."""

    def __init__(self, stores: Stores) -> None:
        self._table = stores.table
        self._blobs = stores.blobs
        self._agents = Entities(stores.table, AGENT)

    def all(self, project_id: int, agent_id: int) -> list[Item]:
        """The newest first. Raises NotFound."""
        kept = set(bodies_of(self._agents.get(project_id, agent_id)))
        found = every_item(self._table, keys.agent_version(project_id, agent_id, 0).pk)
        return [item for item in found if item["body_name"] in kept][::-1]

    def one(self, project_id: int, agent_id: int, history_id: int) -> Item:
        """Raises NotFound, InvalidRequest for `history_id`."""
        for item in self.all(project_id, agent_id):
            if item["revision"] == history_id:
                return item
        raise InvalidRequest({"history_id": [f"Agent {agent_id} has no version {history_id}."]})

    def definition(self, version: Item) -> AgentDefinition:
        return read_definition(self._blobs, str(version["body_name"]))

    def rename(self, project_id: int, agent_id: int, history_id: int, name: str) -> Object:
        """Raises NotFound, InvalidRequest."""
        version = self.one(project_id, agent_id, history_id)
        key = Key(str(version["pk"]), str(version["sk"]))
        try:
            self._table.write(Update(key, set={"version_name": name}))
        except ConditionFailed:
            raise InvalidRequest({"history_id": ["This version is kept no longer."]}) from None
        return self.answer(project_id, agent_id, {**version, "version_name": name})

    def forget(self, project_id: int, agent_id: int) -> None:
        for item in every_item(self._table, keys.agent_version(project_id, agent_id, 0).pk):
            self._table.write(Delete(Key(str(item["pk"]), str(item["sk"]))))

    def answer(self, project_id: int, agent_id: int, version: Item) -> Object:
        """As the contract's AIAgentHistory."""
        at = str(version["created_at"])
        definition = self.definition(version)
        whole = contract_object(AgentRecord(agent_id, at, at, definition, body_of(version)), project_id)
        return {
            "history_id": version["revision"],
            "history_date": at,
            "history_type": "+" if version["revision"] == 1 else "~",
            "history_change_reason": None,
            "history_user": None,
            "version_id": None,
            "version_name": version.get("version_name") or None,
            "agent_name": definition.name,
            **{name: whole[name] for name in ANSWERED},
        }


def restored(record: AgentRecord, definition: AgentDefinition, of: Item, now: str) -> AgentRecord:
    """The agent with name, language, description, tools, variables and documents of a version."""
    settings = {name: value for name, value in record.settings.items() if name not in SETTINGS}
    return replace(
        record,
        revision=record.revision + 1,
        updated_at=now,
        settings={**settings, **body_of(of)},
        definition=replace(
            definition,
            speaks_first=record.definition.speaks_first,
            first_message=record.definition.first_message,
        ),
    )


def latest(names: Sequence[str], newest: str) -> list[str]:
    """The names of the definitions that are kept, with the newest last."""
    return [*(name for name in names if name != newest), newest][-KEPT:]
