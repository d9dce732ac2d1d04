"""What is done to several scenarios at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from evalgen.catalog.adding import Adding, New
from evalgen.catalog.folders import Folders
from evalgen.catalog.lookups import Lookups, Problems
from evalgen.catalog.scenario_changes import changed
from evalgen.clock import Clock, iso
from evalgen.contract.bodies import Body as Sent
from evalgen.contract.bulk import COPY_OF, BulkDelete, BulkUpdate, Duplicate, TagsAdd
from evalgen.contract.queries import TagsQuery
from evalgen.contract.requests import validate
from evalgen.contract.scenarios import MAX_SCENARIO_NAME, ScenarioPatch
from evalgen.errors import Conflict, InvalidRequest
from evalgen.storage.batches import merged
from evalgen.storage.entities import ATTEMPTS, Body, Entities, body_of
from evalgen.storage.kinds import SCENARIO
from evalgen.storage.listing import EVERY, of_agent
from evalgen.storage.ports import TRANSACTION_LIMIT, Item, Table, TransactionCancelled

AS_THEY_ARE = ("personality", "test_profile", "first_message", "phone_number", "inbound_phone_number",
               "folder_path", "max_duration")  # fmt: skip
"""Fields of a bulk update that are those of a change."""

SENT_AS = {
    "metrics": "metric_ids_to_add",
    "tool_ids": "tool_ids_to_add",
    "instructions": "append_instruction",
}
"""Fields of a change that a bulk update calls otherwise."""


class Bulk:
    def __init__(self, table: Table, clock: Clock) -> None:
        self._table = table
        self._clock = clock
        self._scenarios = Entities(table, SCENARIO)
        self._folders = Folders(table, clock)
        self._adding = Adding(table, clock)

    def delete(self, project_id: int, request: BulkDelete) -> list[int]:
        """Delete those that are there; answers with the ids of the others, so that it can be asked for again.

        Raises InvalidRequest, and deletes none, where one is another agent's.
        """
        items = {one: self._scenarios.find(project_id, one) for one in request.scenarios}
        there = [item for item in items.values() if item is not None]
        _of_agent(there, request.agent_id)
        self._scenarios.delete_all(project_id, there)
        return [one for one, item in items.items() if item is None]

    def update(self, project_id: int, request: BulkUpdate) -> list[Body]:
        """All of them are changed, or none. Raises InvalidRequest, PayloadTooLarge, Conflict."""
        lookups = Lookups(self._table)

        def change(body: Body) -> Body:
            sent = request.model_dump(exclude_unset=True)
            values = {name: sent[name] for name in AS_THEY_ARE if name in sent}
            if request.agent is not None:
                values["agent"] = request.agent
            metrics = _with(body["metrics"], request.metric_ids_to_add, request.metric_ids_to_remove)
            if metrics != body["metrics"]:
                values["metrics"] = metrics
            tools = _with(body["tool_ids"], request.tool_ids_to_add, request.tool_ids_to_remove)
            if tools != body["tool_ids"]:
                values["tool_ids"] = tools
            if request.append_instruction is not None:
                values["instructions"] = f"{body['instructions']}\n{request.append_instruction}"
            return changed(lookups, project_id, body, validate(ScenarioPatch, Sent(0, values=values)))

        return self._change(project_id, request.scenarios, change)

    def add_tags(self, project_id: int, request: TagsAdd) -> list[Body]:
        """Raises as `update`."""

        def change(body: Body) -> Body:
            tags = {"tags": [*body["tags"], *request.tags]}
            return {**body, **validate(ScenarioPatch, Sent(0, values=tags)).model_dump(include={"tags"})}

        return self._change(project_id, request.scenarios, change, agent_id=request.agent_id)

    def tags(self, project_id: int, query: TagsQuery) -> list[str]:
        """Those of an agent's scenarios, or of all, sorted."""
        label = of_agent(query.agent_id) if query.agent_id else EVERY
        bodies = map(body_of, self._scenarios.labelled(project_id, label))
        return sorted({tag for body in bodies for tag in body["tags"]})

    def duplicate(self, project_id: int, request: Duplicate, idempotency_key: str | None) -> list[Body]:
        """The copies. Raises InvalidRequest, Conflict."""
        if request.copy_to_project not in (None, project_id):
            problem = f"There is no project {request.copy_to_project} for this key; leave the field out."
            raise InvalidRequest({"copy_to_project": [problem]})

        def make(ids: Sequence[int], now: str) -> list[New]:
            problems: Problems = {}
            sources = self._named(project_id, request.scenarios)
            owner: Body = {}
            if request.scenario_agent is not None:
                named = request.scenario_agent
                agent = Lookups(self._table).agent(project_id, named, None, problems, "scenario_agent")
                if agent is None:
                    raise InvalidRequest(problems)
                owner = {"agent": agent["id"], "agent_name": agent["name"]}
                owner["assistant_id"] = agent["assistant_id"]
            if request.folder_path is not None:
                owner["folder_path"] = self._folders.ensure(project_id, request.folder_path)
            return [
                New({**body_of(item), **owner, "id": new_id, **_copied(body_of(item), now)})
                for new_id, item in zip(ids, sources, strict=True)
            ]

        return self._adding.add(project_id, request, len(request.scenarios), make, idempotency_key)

    def _change(
        self, project_id: int, ids: Sequence[int], change: Callable[[Body], Body], agent_id: int | None = None
    ) -> list[Body]:
        """In one transaction, from what is stored when it is written."""
        now = iso(self._clock())
        for _ in range(ATTEMPTS):
            items = self._named(project_id, ids)
            _of_agent(items, agent_id)
            problems: Problems = {}
            bodies: list[Body] = []
            for item in items:
                try:
                    bodies.append({**change(body_of(item)), "updated_at": now})
                except InvalidRequest as error:
                    for field, texts in error.fields.items():
                        told = [f"Scenario {item['id']}: {text}" for text in texts]
                        problems.setdefault(SENT_AS.get(field, field), []).extend(told)
            if problems:
                raise InvalidRequest(problems)
            writes = merged(
                write
                for item, body in zip(items, bodies, strict=True)
                for write in self._scenarios.changing(project_id, item, body)
            )
            if len(writes) > TRANSACTION_LIMIT:
                most = TRANSACTION_LIMIT * len(ids) // len(writes)
                raise InvalidRequest({"scenarios": [f"At most {most} at once with this change."]})
            try:
                self._table.transact(writes)
            except TransactionCancelled:
                continue
            return bodies
        raise Conflict("Others are changing some of these scenarios at the same time; try again.")

    def _named(self, project_id: int, ids: Sequence[int]) -> list[Item]:
        items = {one: self._scenarios.find(project_id, one) for one in ids}
        missing = [f"There is no scenario {one}." for one, item in items.items() if item is None]
        if missing:
            raise InvalidRequest({"scenarios": missing})
        return [item for item in items.values() if item is not None]


def _of_agent(items: Sequence[Item], agent_id: int | None) -> None:
    others = [item for item in items if agent_id not in (None, body_of(item)["agent"])]
    if others:
        texts = [f"Scenario {item['id']} is not of agent {agent_id}." for item in others]
        raise InvalidRequest({"scenarios": texts})


def _with(there: list[Any], more: Sequence[Any], less: Sequence[Any]) -> list[Any]:
    return [one for one in dict.fromkeys([*there, *more]) if one not in less]


def _copied(body: Body, now: str) -> Body:
    name = f"{COPY_OF}{body['name']}"[:MAX_SCENARIO_NAME]
    return {"name": name, "runs": [], "created_at": now, "updated_at": now}
