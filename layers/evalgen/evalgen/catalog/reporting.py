"""What a report is about is gathered: a job as it was made, or an agent with all of its scenarios.

Reads the agent, and so imports what generates: only who asks for a report pays for it.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from evalgen.catalog.agent_record import decode_definition
from evalgen.catalog.scenarios import SCENARIO_DEFAULTS, Scenarios
from evalgen.clock import Clock
from evalgen.contract.queries import MAX_EXPORTED
from evalgen.errors import NotFound, Permanent
from evalgen.generation.embedded import outcomes_of
from evalgen.generation.kept import kept_model
from evalgen.generation.plan.report import ledger_of, testable
from evalgen.jobs.coverage import as_item, coverage
from evalgen.jobs.documents import get_agent, get_request
from evalgen.jobs.job import known_job
from evalgen.jobs.progress import progress
from evalgen.report.reported import Reported
from evalgen.storage import listing
from evalgen.storage.entities import Entities, body_of
from evalgen.storage.kinds import AGENT, SCENARIO
from evalgen.storage.ports import Stores

Scenario = dict[str, Any]


def of_job(stores: Stores, project_id: int, job_id: str) -> Reported:
    """What there is of a job by now. Raises NotFound, also before its plan stands."""
    job = known_job(stores.table, project_id, job_id)
    if not job.planned:
        raise NotFound("This generation is not planned yet; ask again when it is completed.")
    try:
        agent = get_agent(stores.blobs, get_request(stores, job))
    except Permanent as error:
        raise NotFound(str(error)) from None
    told = progress(stores.table, project_id, {"progress_id": job.id, "scenarios": "partial"})
    covered = coverage(stores, project_id, job.id)
    return Reported(
        agent,
        [{**SCENARIO_DEFAULTS, **one} for one in told["scenarios_list"]],
        covered["items"],
        told["failures"],
        told["warnings"],
        covered["summary"]["more_scenarios"],
    )


def of_agent(stores: Stores, clock: Clock, project_id: int, agent_id: int) -> Reported:
    """The first MAX_EXPORTED scenarios of an agent, beside the agent as it is now.

    Lines are counted in the agent that a scenario was made from: one that is older than the agent's last
    change is shown and covers nothing. Raises NotFound.
    """
    item = Entities(stores.table, AGENT).get(project_id, agent_id)
    stored = stores.blobs.get(str(item["body_name"]))
    if stored is None:
        raise NotFound(f"There is no agent {agent_id}.")
    agent = decode_definition(stored)
    listed = Entities(stores.table, SCENARIO).labelled(project_id, listing.of_agent(agent_id))
    bodies = map(body_of, islice(listed, MAX_EXPORTED))
    found = Scenarios(stores.table, clock).answers(project_id, bodies)
    current = [one["created_at"] >= str(item["updated_at"]) for one in found]
    scenarios = [one if new else _unplaced(one) for one, new in zip(found, current, strict=True)]
    model = kept_model(agent)
    outcomes = outcomes_of(model)
    covers = [one["covers"] for one in scenarios]
    ledger = ledger_of(model.prompt, outcomes, covers, [testable(model.prompt) | set(outcomes)])
    items = [as_item(entry, [one["id"] for one in scenarios]) for entry in ledger.entries]
    return Reported(agent, scenarios, items, warnings=_warnings(current))


def _unplaced(scenario: Scenario) -> Scenario:
    assertions = [
        {**one, "rests_on": [ground for ground in one["rests_on"] if ground.get("call")]}
        for one in scenario["assertions"]
    ]
    return {**scenario, "covers": [], "assertions": assertions}


def _warnings(current: list[bool]) -> list[str]:
    if all(current):
        return []
    old = current.count(False)
    return [
        f"scenarios: {old} are older than the agent's last change; the lines that they test are not shown."
    ]
