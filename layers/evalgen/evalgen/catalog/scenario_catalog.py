"""One method for each operation on scenarios.

Every method raises the ClientErrors that its operation answers with.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from evalgen.catalog.adding import Adding, New
from evalgen.catalog.bulk import Bulk
from evalgen.catalog.by_hand import scenario_by_hand
from evalgen.catalog.lookups import Lookups
from evalgen.catalog.pages import page_answer
from evalgen.catalog.scenarios import Scenarios
from evalgen.clock import Clock
from evalgen.contract.bodies import idempotency_key
from evalgen.contract.bulk import BulkDelete, BulkUpdate, Duplicate
from evalgen.contract.gateway import Call
from evalgen.contract.queries import MAX_PAGE_SIZE, CoverageQuery, PageQuery, ScenarioQuery
from evalgen.contract.scenarios import ConditionsReplace, ScenarioCreate, ScenarioPatch
from evalgen.contract.transcripts import TranscriptCreate, TranscriptQuery, TranscriptUpdate
from evalgen.errors import NotFound
from evalgen.storage.ports import Stores

if TYPE_CHECKING:
    from evalgen.catalog.transcripts import Transcripts

Object = dict[str, Any]


class ScenarioCatalog:
    def __init__(self, stores: Stores, clock: Clock) -> None:
        self._stores = stores
        self._clock = clock
        self._scenarios = Scenarios(stores.table, clock)
        self._bulk = Bulk(stores.table, clock)
        self._adding = Adding(stores.table, clock)

    def _transcripts(self) -> Transcripts:
        from evalgen.catalog.transcripts import Transcripts  # noqa: PLC0415 - few ask for it, and it is large

        return Transcripts(self._stores, self._clock)

    def list_scenarios(self, call: Call) -> Object:
        query = call.query(ScenarioQuery)
        count, page = self._scenarios.page(call.project_id, query)
        return page_answer(count, page, query, call.event, page[-1]["id"] if page else None)

    def create_scenario(self, call: Call) -> Object:
        request = call.body(ScenarioCreate)
        lookups = Lookups(self._stores.table)

        def make(ids: Sequence[int], now: str) -> list[New]:
            return [New(scenario_by_hand(lookups, call.project_id, ids[0], request, now))]

        found = self._adding.add(call.project_id, request, 1, make, idempotency_key(call.event))
        if not found:
            raise NotFound("The scenario that was made with this Idempotency-Key has been deleted.")
        return self._scenarios.answer(call.project_id, found[0])

    def create_from_transcript(self, call: Call) -> Object:
        request = call.body(TranscriptCreate)
        progress_id = self._transcripts().create(call.project_id, request, idempotency_key(call.event))
        return {"progress_id": progress_id}

    def transcript_progress(self, call: Call) -> Object:
        """What was asked for is made at once; a scenario that was deleted since is null."""
        progress_id = str(call.query(TranscriptQuery).progress_id)
        agent_id, scenario_id = self._transcripts().made(call.project_id, progress_id)
        try:
            scenario = self._scenarios.read(call.project_id, scenario_id)
        except NotFound:
            scenario = None
        told = {"agent_id": agent_id, "scenario_id": scenario_id, "scenario": scenario}
        return {"status": "completed", "error": "", **told}

    def update_with_transcript(self, call: Call) -> Object:
        request = call.body(TranscriptUpdate)
        body = self._transcripts().update(call.project_id, call.id("scenario"), request)
        return self._scenarios.answer(call.project_id, body)

    def update_conditional_actions(self, call: Call) -> Object:
        structure = call.body(ConditionsReplace).conditional_actions
        request = ScenarioPatch(scenario_type="conditional_actions", conditional_actions=structure)
        return self._scenarios.patch(call.project_id, call.id("scenario"), request)

    def read_scenario(self, call: Call) -> Object:
        return self._scenarios.read(call.project_id, call.id("scenario"))

    def patch_scenario(self, call: Call) -> Object:
        return self._scenarios.patch(call.project_id, call.id("scenario"), call.body(ScenarioPatch))

    def delete_scenario(self, call: Call) -> None:
        self._scenarios.delete(call.project_id, call.id("scenario"))

    def read_coverage(self, call: Call) -> Object:
        from evalgen.jobs.coverage import coverage  # noqa: PLC0415 - few ask for it, and it knows the plans

        return coverage(self._stores, call.project_id, str(call.query(CoverageQuery).progress_id))

    def delete_scenarios(self, call: Call) -> None:
        gone = self._bulk.delete(call.project_id, call.body(BulkDelete))
        call.warnings.extend(f"scenarios: There is no scenario {one}." for one in gone)

    def update_scenarios(self, call: Call) -> list[Object]:
        bodies = self._bulk.update(call.project_id, call.body(BulkUpdate))
        return self._scenarios.answers(call.project_id, bodies)

    def duplicate_scenarios(self, call: Call) -> Object:
        request = call.body(Duplicate)
        copies = self._bulk.duplicate(call.project_id, request, idempotency_key(call.event))
        answers = self._scenarios.answers(call.project_id, copies)
        return page_answer(len(answers), answers, PageQuery(page_size=MAX_PAGE_SIZE), call.event)
