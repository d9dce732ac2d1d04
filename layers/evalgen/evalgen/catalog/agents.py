"""The agents of a project: a small item each, and the definition as a blob under its hash."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from evalgen.catalog.agent_copies import copied, parts_of, replaced
from evalgen.catalog.agent_parts import NewDocument
from evalgen.catalog.agent_record import (
    AgentRecord,
    changed,
    content_sha256,
    encode_definition,
    with_documents,
    without_documents,
)
from evalgen.catalog.agent_settings import contract_object
from evalgen.catalog.agent_versions import (
    AgentVersions,
    bodies_of,
    latest,
    noting,
    read_definition,
    restored,
)
from evalgen.clock import Clock, iso
from evalgen.contract.agents import AgentPatch
from evalgen.generation.definition import AgentDefinition
from evalgen.generation.read.placeholders import names_in
from evalgen.jobs.agent_alive import alive, withdraw
from evalgen.storage import keys
from evalgen.storage.entities import ATTEMPTS, Entities, body_of, entity_item, reserve_ids, to_json
from evalgen.storage.kinds import AGENT
from evalgen.storage.ports import Delete, Expect, Item, Put, Stores, TransactionCancelled, Write

Change = Callable[[AgentRecord, str], tuple[AgentRecord, Sequence[NewDocument]]]
"""From a record, and the time, the record after the change and the documents that it adds."""


class Agents:
    """Create, read, change and delete agents; the answers are the contract's AIAgentV2."""

    def __init__(self, stores: Stores, clock: Clock) -> None:
        self._stores = stores
        self._clock = clock
        self._entities = Entities(stores.table, AGENT)
        self._versions = AgentVersions(stores)

    def create(self, project_id: int, request: AgentPatch) -> dict[str, Any]:
        """Raises InvalidRequest, PayloadTooLarge; nothing is stored then."""
        now = iso(self._clock())
        new_ids = iter(self._new_ids(project_id, request))
        agent_id = next(new_ids)
        blank = AgentDefinition(name=f"Agent {agent_id}", language="en", description="")
        record, added = changed(AgentRecord(agent_id, now, now, blank), request, new_ids, now)
        self._store_new(project_id, record, added)
        return contract_object(record, project_id)

    def record(self, project_id: int, agent_id: int) -> AgentRecord:
        """Raises NotFound."""
        return self._record(self._entities.get(project_id, agent_id))

    def read(self, project_id: int, agent_id: int) -> dict[str, Any]:
        """Raises NotFound."""
        return self.shape(project_id, self._entities.get(project_id, agent_id))

    def patch(self, project_id: int, agent_id: int, request: AgentPatch) -> dict[str, Any]:
        """Raises NotFound, InvalidRequest, PayloadTooLarge, Conflict."""
        ids = self._new_ids(project_id, request)
        record = self.change(
            project_id, agent_id, lambda record, now: changed(record, request, iter(ids), now)
        )
        return contract_object(record, project_id)

    def duplicate(self, project_id: int, agent_id: int) -> tuple[AgentRecord, AgentRecord]:
        """The agent and its copy, which no provider knows. Raises NotFound."""
        source = self.record(project_id, agent_id)
        ids = iter(reserve_ids(self._stores.table, project_id, 1 + parts_of(source)))
        copy = copied(source, ids, iso(self._clock()))
        self._store_new(project_id, copy, ())
        return source, copy

    def replace(self, project_id: int, agent_id: int, request: AgentPatch) -> dict[str, Any]:
        """Raises as `patch`."""
        ids = self._new_ids(project_id, request)
        record = self.change(
            project_id, agent_id, lambda record, now: replaced(record, request, iter(ids), now)
        )
        return contract_object(record, project_id)

    def restore(self, project_id: int, agent_id: int, history_id: int) -> dict[str, Any]:
        """Raises NotFound, InvalidRequest, Conflict."""
        of = self._versions.one(project_id, agent_id, history_id)
        definition = self._versions.definition(of)
        record = self.change(
            project_id, agent_id, lambda record, now: (restored(record, definition, of, now), ())
        )
        return contract_object(record, project_id)

    def add_documents(self, project_id: int, agent_id: int, added: Sequence[NewDocument]) -> list[Any]:
        """The settings of these files. Raises NotFound, InvalidRequest for `files`, Conflict."""
        record = self.change(
            project_id, agent_id, lambda record, now: (with_documents(record, added, now), added)
        )
        ids = {new.id for new in added}
        return [file for file in record.settings["files"] if file["id"] in ids]

    def remove_documents(self, project_id: int, agent_id: int, ids: Sequence[int] | None) -> int:
        """Remove these documents, or all; how many there were of them. Raises NotFound, Conflict."""
        removed = 0

        def change(record: AgentRecord, now: str) -> tuple[AgentRecord, Sequence[NewDocument]]:
            nonlocal removed
            known = {document.id for document in record.definition.documents}
            going = known if ids is None else known & set(ids)
            removed = len(going)
            return without_documents(record, going, now), ()

        self.change(project_id, agent_id, change)
        return removed

    def files(self, project_id: int, agent_id: int) -> list[dict[str, Any]]:
        """The settings of the agent's documents. Raises NotFound."""
        files: list[dict[str, Any]] = body_of(self._entities.get(project_id, agent_id))["settings"].get(
            "files", []
        )
        return files

    def withdraw(self, project_id: int, agent_id: int) -> None:
        """From now on nothing is stored for the agent. Raises NotFound."""
        self._entities.get(project_id, agent_id)
        withdraw(self._stores.table, project_id, agent_id)

    def delete(self, project_id: int, agent_id: int) -> None:
        """Delete the agent and all it has ever said; jobs that read it end as failed. Raises NotFound."""
        item = self._entities.get(project_id, agent_id)
        for name in bodies_of(item):
            self._stores.blobs.delete(name)
        self._versions.forget(project_id, agent_id)
        self._release(project_id, str(item["assistant_id"]), agent_id)
        self._entities.delete(project_id, agent_id)

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

    def _new_ids(self, project_id: int, request: AgentPatch) -> range:
        parts = (request.mock_tools, request.dynamic_variables, request.knowledge_base_files)
        named = set(names_in(request.description or ""))
        most = 1 + len(named) + sum(len(part or ()) for part in parts)
        return reserve_ids(self._stores.table, project_id, most)

    def change(self, project_id: int, agent_id: int, change: Change) -> AgentRecord:
        """Make a change from what is stored when it is written, however many are made at once."""
        for _ in range(ATTEMPTS):
            item = self._entities.get(project_id, agent_id)
            before = self._record(item)
            after, added = change(before, iso(self._clock()))
            self._put_bodies(project_id, after, added)
            earlier = bodies_of(item)
            put = Put(self._item(project_id, after, earlier), where={"revision": before.revision})
            try:
                self._stores.table.transact([put, *self._beside(project_id, put.item, after)])
            except TransactionCancelled:
                continue
            if before.assistant_id != after.assistant_id:
                self._release(project_id, before.assistant_id, agent_id)
            for name in set(earlier) - set(bodies_of(put.item)):
                self._stores.blobs.delete(name)
            return after
        raise self._entities.contended(agent_id)

    def _store_new(self, project_id: int, record: AgentRecord, added: Sequence[NewDocument]) -> None:
        self._put_bodies(project_id, record, added)
        item = self._item(project_id, record)
        writes = [Put(item, Expect.ABSENT), Put(alive(project_id, record.id))]
        self._stores.table.transact([*writes, *self._beside(project_id, item, record)])

    def _record(self, item: Item) -> AgentRecord:
        return AgentRecord(
            id=int(item["id"]),
            revision=int(item["revision"]),
            created_at=str(item["created_at"]),
            updated_at=str(item["updated_at"]),
            definition=read_definition(self._stores.blobs, str(item["body_name"])),
            settings=body_of(item)["settings"],
        )

    def _put_bodies(self, project_id: int, record: AgentRecord, added: Sequence[NewDocument]) -> None:
        for new in added:
            self._stores.blobs.put(keys.document_body(project_id, new.sha256), new.extracted.data)
        data = encode_definition(record.definition)
        self._stores.blobs.put(_body_name(project_id, record.id, data), data)

    def _item(self, project_id: int, record: AgentRecord, earlier: Sequence[str] = ()) -> Item:
        body_name = _body_name(project_id, record.id, encode_definition(record.definition))
        return entity_item(
            project_id,
            AGENT,
            {"id": record.id, "settings": record.settings},
            created_at=record.created_at,
            updated_at=record.updated_at,
            revision=record.revision,
            name=record.definition.name,
            language=record.definition.language,
            assistant_id=record.assistant_id,
            body_name=body_name,
            bodies=to_json(latest(earlier, body_name)),
            content_sha256=content_sha256(record.definition),
        )

    def _beside(self, project_id: int, item: Item, record: AgentRecord) -> Iterator[Write]:
        """What is written with an agent's item: the version, and the pointer from its provider's id."""
        yield from noting(project_id, record, str(item["body_name"]))
        if record.assistant_id:
            key = keys.assistant(project_id, record.assistant_id)
            yield Put({**key._asdict(), "agent_id": record.id})

    def _release(self, project_id: int, assistant_id: str, agent_id: int) -> None:
        """Remove the pointer from a provider's id, unless another agent has taken it over."""
        if not assistant_id:
            return
        pointer = keys.assistant(project_id, assistant_id)
        found = self._stores.table.get(pointer)
        if found is not None and found["agent_id"] == agent_id:
            self._stores.table.write(Delete(pointer))


def _body_name(project_id: int, agent_id: int, definition: bytes) -> str:
    """No two agents share one: it goes with its agent."""
    return keys.agent_body(project_id, hashlib.sha256(b"%d %b" % (agent_id, definition)).hexdigest())
