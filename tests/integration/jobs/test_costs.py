"""What jobs and deletions cost in calls, units and bytes: counted, so that none grows unseen."""

from __future__ import annotations

import json

from benchmarks.metered import Meter, Metered
from evalgen.catalog.forgetting import forget
from evalgen.catalog.kinds import SCENARIO
from evalgen.jobs.agent_alive import withdraw
from evalgen.jobs.embedded import Embedded
from evalgen.jobs.messages import ForgetMessage
from evalgen.jobs.work import work
from evalgen.storage import keys
from tests.agents_on_disk import definition_of
from tests.integration.jobs.kit import AGENT_ID, NOW, PROJECT, Functions, a_request, partition, start_job


def costs(functions: Functions) -> dict[str, Meter]:
    """Of the plan and of the first chunk of a job of a hundred of the sample agent."""
    start_job(functions.stores, a_request(100), definition_of("roadside"))
    found: dict[str, Meter] = {}
    for kind in ("plan", "generate"):
        metered = Metered(functions.stores)
        work(metered.stores, lambda: NOW, Embedded(), json.loads(functions.take()[0]))
        found[kind] = metered.meter
    return found


def test_the_messages_of_a_large_job_cost_no_more(functions: Functions) -> None:
    found = costs(functions)
    for kind, calls, read_units, write_units, kilobytes_out in (
        ("plan", 7, 2, 8, 100),
        ("generate", 5, 2, 150, 40),
    ):
        cost = found[kind]
        assert cost.calls <= calls, (kind, cost)
        assert cost.read_units <= read_units, (kind, cost)
        assert cost.write_units <= write_units, (kind, cost)
        assert cost.bytes_out <= 1000 * kilobytes_out, (kind, cost)


def test_an_agent_with_two_hundred_scenarios_is_deleted_in_forty_calls(functions: Functions) -> None:
    for number in range(2):
        start_job(functions.stores, a_request(100), now=NOW + number)
        functions.run()
    metered = Metered(functions.stores)
    withdraw(metered.stores.table, PROJECT, AGENT_ID)
    bodies = [ForgetMessage(PROJECT, AGENT_ID, delete=True).body]
    while bodies:
        message = bodies.pop()
        forget(metered.stores, lambda: NOW, ForgetMessage(PROJECT, AGENT_ID, bool(message["delete"])))
        bodies += map(json.loads, functions.take())
    assert partition(functions.stores, keys.entities(PROJECT, SCENARIO)) == []
    assert metered.meter.calls <= 40
