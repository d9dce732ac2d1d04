"""One method for each operation on scenarios.

Every method raises the ClientErrors that its operation answers with.
"""

from __future__ import annotations

from typing import Any

from evalgen.catalog.bulk import Bulk
from evalgen.catalog.pages import page_answer
from evalgen.catalog.scenarios import Scenarios
from evalgen.clock import Clock
from evalgen.contract.bodies import idempotency_key
from evalgen.contract.bulk import BulkDelete, BulkUpdate, Duplicate
from evalgen.contract.gateway import Call
from evalgen.contract.queries import MAX_PAGE_SIZE, CoverageQuery, PageQuery, ScenarioQuery
from evalgen.contract.scenarios import ScenarioPatch
from evalgen.jobs.coverage import coverage
from evalgen.storage.ports import Stores

Object = dict[str, Any]


class ScenarioCatalog:
    def __init__(self, stores: Stores, clock: Clock) -> None:
        self._stores = stores
        self._scenarios = Scenarios(stores.table, clock)
        self._bulk = Bulk(stores.table, clock)

    def list_scenarios(self, call: Call) -> Object:
        query = call.query(ScenarioQuery)
        count, page = self._scenarios.page(call.project_id, query)
        answers = (self._scenarios.answer(call.project_id, body) for body in page)
        return page_answer(count, answers, query, call.event, page[-1]["id"] if page else None)

    def read_scenario(self, call: Call) -> Object:
        return self._scenarios.read(call.project_id, call.id("scenario"))

    def patch_scenario(self, call: Call) -> Object:
        return self._scenarios.patch(call.project_id, call.id("scenario"), call.body(ScenarioPatch))

    def delete_scenario(self, call: Call) -> None:
        self._scenarios.delete(call.project_id, call.id("scenario"))

    def read_coverage(self, call: Call) -> Object:
        return coverage(self._stores, call.project_id, str(call.query(CoverageQuery).progress_id))

    def delete_scenarios(self, call: Call) -> None:
        gone = self._bulk.delete(call.project_id, call.body(BulkDelete))
        call.warnings.extend(f"scenarios: There is no scenario {one}." for one in gone)

    def update_scenarios(self, call: Call) -> list[Object]:
        bodies = self._bulk.update(call.project_id, call.body(BulkUpdate))
        return [self._scenarios.answer(call.project_id, body) for body in bodies]

    def duplicate_scenarios(self, call: Call) -> Object:
        request = call.body(Duplicate)
        copies = self._bulk.duplicate(call.project_id, request, idempotency_key(call.event))
        answers = [self._scenarios.answer(call.project_id, body) for body in copies]
        return page_answer(len(answers), answers, PageQuery(page_size=MAX_PAGE_SIZE), call.event)
