"""The agents of a project: a small item each, and the definition as a blob under its hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from evalgen.catalog.agent_parts import PLACEHOLDER, NewDocument
from evalgen.catalog.agent_record import (
    AgentRecord,
    changed,
    content_sha256,
    contract_object,
    decode_definition,
    encode_definition,
)
from evalgen.catalog.entities import Entities, body_of, entity_item, reserve_ids
from evalgen.catalog.kinds import AGENT
from evalgen.clock import Clock, iso
from evalgen.contract.agents import AgentPatch
from evalgen.errors import NotFound
from evalgen.reading.definition import AgentDefinition
from evalgen.storage import keys
from evalgen.storage.ports import Delete, Expect, Item, Put, Stores, TransactionCancelled, Write


class Agents:
    """Create, read, change and delete agents; the answers are the contract's AIAgentV2."""

    def __init__(self, stores: Stores, clock: Clock) -> None:
        self._stores = stores
        self._clock = clock
        self._entities = Entities(stores.table, AGENT)

    def create(self, project_id: int, request: AgentPatch) -> dict[str, Any]:
        """Raises InvalidRequest, PayloadTooLarge; nothing is stored then."""
        now = iso(self._clock())
        new_ids = self._new_ids(project_id, request)
        agent_id = next(new_ids)
        blank = AgentDefinition(name=f"Agent {agent_id}", language="en", description="")
        record, added = changed(AgentRecord(agent_id, now, now, blank), request, new_ids, now)
        return self._save(project_id, record, added, Expect.ABSENT)

    def read(self, project_id: int, agent_id: int) -> dict[str, Any]:
        """Raises NotFound."""
        return self.shape(project_id, self._entities.get(project_id, agent_id))

    def patch(self, project_id: int, agent_id: int, request: AgentPatch) -> dict[str, Any]:
        """Raises NotFound, InvalidRequest, PayloadTooLarge."""
        record = self._record(self._entities.get(project_id, agent_id))
        changed_record, added = changed(
            record, request, self._new_ids(project_id, request), iso(self._clock())
        )
        answer = self._save(project_id, changed_record, added, Expect.PRESENT)
        if record.assistant_id != changed_record.assistant_id:
            self._release(project_id, record.assistant_id, agent_id)
        return answer

    def delete(self, project_id: int, agent_id: int) -> None:
        """Raises NotFound. The blob stays: running jobs read it."""
        item = self._entities.get(project_id, agent_id)
        self._entities.delete(project_id, agent_id)
        self._release(project_id, str(item["assistant_id"]), agent_id)

    def matching(self, project_id: int, q: str) -> list[Item]:
        """The agents' items, in the order of ids; `q` is part of the name, or the id."""
        wanted = q.casefold()
        return [
            item
            for item in self._entities.all(project_id)
            if wanted in str(item["name"]).casefold() or q == str(item["id"])
        ]

    def shape(self, project_id: int, item: Item) -> dict[str, Any]:
        return contract_object(self._record(item), project_id)

    def _new_ids(self, project_id: int, request: AgentPatch) -> Iterator[int]:
        parts = (request.mock_tools, request.dynamic_variables, request.knowledge_base_files)
        named = set(PLACEHOLDER.findall(request.description or ""))
        most = 1 + len(named) + sum(len(part or ()) for part in parts)
        return iter(reserve_ids(self._stores.table, project_id, most))

    def _record(self, item: Item) -> AgentRecord:
        data = self._stores.blobs.get(str(item["body_name"]))
        if data is None:
            raise LookupError(f"the blob {item['body_name']} of agent {item['id']} is missing")
        return AgentRecord(
            id=int(item["id"]),
            created_at=str(item["created_at"]),
            updated_at=str(item["updated_at"]),
            definition=decode_definition(data),
            settings=body_of(item)["settings"],
        )

    def _save(
        self, project_id: int, record: AgentRecord, added: list[NewDocument], expect: Expect
    ) -> dict[str, Any]:
        data = encode_definition(record.definition)
        name = keys.agent_body(project_id, hashlib.sha256(data).hexdigest())
        for new in added:
            self._stores.blobs.put(keys.document_body(project_id, new.sha256), new.extracted.data)
        self._stores.blobs.put(name, data)
        item = entity_item(
            project_id,
            AGENT,
            {"id": record.id, "settings": record.settings},
            created_at=record.created_at,
            updated_at=record.updated_at,
            name=record.definition.name,
            language=record.definition.language,
            assistant_id=record.assistant_id,
            body_name=name,
            content_sha256=content_sha256(record.definition),
        )
        writes: list[Write] = [Put(item, expect)]
        if record.assistant_id:
            pointer = keys.assistant(project_id, record.assistant_id)
            writes.append(Put({"pk": pointer.pk, "sk": pointer.sk, "agent_id": record.id}))
        try:
            self._stores.table.transact(writes)
        except TransactionCancelled:
            raise NotFound(f"There is no agent {record.id}.") from None
        return contract_object(record, project_id)

    def _release(self, project_id: int, assistant_id: str, agent_id: int) -> None:
        """Remove the pointer from a provider's id, unless another agent has taken it over."""
        if not assistant_id:
            return
        pointer = keys.assistant(project_id, assistant_id)
        found = self._stores.table.get(pointer)
        if found is not None and found["agent_id"] == agent_id:
            self._stores.table.write(Delete(pointer))
