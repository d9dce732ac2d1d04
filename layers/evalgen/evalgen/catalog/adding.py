"""Scenarios that a request adds together: all of them, and once for each Idempotency-Key."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from evalgen.clock import Clock, iso
from evalgen.contract.requests import RequestModel
from evalgen.errors import Conflict, InvalidRequest
from evalgen.jobs.agent_alive import while_alive
from evalgen.jobs.create import IDEMPOTENCY_SECONDS, OTHER_BODY
from evalgen.storage import keys
from evalgen.storage.batches import transactions
from evalgen.storage.entities import Entities, body_of, reserve_ids
from evalgen.storage.kinds import PROFILE, SCENARIO
from evalgen.storage.ports import (
    ConditionFailed,
    Expect,
    Item,
    Key,
    Put,
    Table,
    TransactionCancelled,
    Update,
    Write,
)

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class New:
    """A scenario, and the profile that comes with it if it has one of its own."""

    scenario: Body
    profile: Body | None = None


Make = Callable[[Sequence[int], str], Sequence[New]]
"""From ids, and the time, what has them; called before anything is stored. It may raise ClientErrors."""


class Adding:
    def __init__(self, table: Table, clock: Clock) -> None:
        self._table = table
        self._clock = clock
        self._scenarios = Entities(table, SCENARIO)
        self._profiles = Entities(table, PROFILE)

    def add(
        self, project_id: int, request: RequestModel, ids: int, make: Make, idempotency_key: str | None = None
    ) -> list[Body]:
        """The stored scenarios. What was interrupted is completed by the same request with the same key, and
        what was complete is answered again.

        Raises what `make` raises, Conflict for a key that came with another request.
        """
        now = self._clock()
        mark = self._mark(project_id, request, ids, idempotency_key, now) if idempotency_key else None
        if mark is not None and mark["done"]:
            return self._answered(project_id, mark)
        first = int(mark["first_id"]) if mark else reserve_ids(self._table, project_id, ids)[0]
        made = make(range(first, first + ids), iso(now))
        for batch in transactions(self._writes(project_id, new, iso(now)) for new in made):
            try:
                self._table.transact(batch)
            except TransactionCancelled as cancelled:
                self._agent_is_there(batch, cancelled)
        if mark is not None:
            self._table.write(Update(Key(str(mark["pk"]), str(mark["sk"])), set={"done": 1}))
        return [new.scenario for new in made]

    def _mark(self, project_id: int, request: RequestModel, ids: int, key: str, now: float) -> Item:
        text = f"{type(request).__name__} {request.model_dump_json()}"
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        where = keys.idempotency(project_id, key)
        known = self._table.get(where)
        if known is None:
            known = {
                **where._asdict(),
                "body_sha256": sha256,
                "first_id": reserve_ids(self._table, project_id, ids)[0],
                "ids": ids,
                "done": 0,
                "expires_at": int(now) + IDEMPOTENCY_SECONDS,
            }
            try:
                self._table.write(Put(known, Expect.ABSENT))
            except ConditionFailed:
                return self._mark(project_id, request, ids, key, now)
        if known["body_sha256"] != sha256:
            raise Conflict(OTHER_BODY)
        return known

    def _answered(self, project_id: int, mark: Item) -> list[Body]:
        first = int(mark["first_id"])
        return list(map(body_of, self._scenarios.some(project_id, range(first, first + int(mark["ids"])))))

    def _writes(self, project_id: int, new: New, now: str) -> list[Write]:
        agent = new.scenario["agent"] or 0
        writes = self._scenarios.adding(project_id, new.scenario, now, agent_id=agent)
        if new.profile is not None:
            writes += self._profiles.adding(project_id, new.profile, now, agent_id=agent)
        return [*([while_alive(project_id, agent)] if agent else []), *writes]

    def _agent_is_there(self, batch: Sequence[Write], cancelled: TransactionCancelled) -> None:
        """Otherwise the things are, which an interrupted request has stored."""
        new = {SCENARIO, PROFILE}
        for at in cancelled.failed:
            if batch[at].key.pk.rpartition("#")[2] not in new:
                raise InvalidRequest({"agent": ["The agent was deleted."]})
