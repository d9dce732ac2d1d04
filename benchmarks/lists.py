"""What a page of a list costs at a thousand and at a million scenarios: read units, counted.

python -m benchmarks.lists. The sets of ids are those of so many scenarios in finished jobs of a
hundred; of the scenarios themselves those around the page are stored.
"""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.metered import Metered
from benchmarks.sample import empty_stores
from evalgen.catalog.scenarios import Scenarios
from evalgen.contract.queries import ScenarioQuery
from evalgen.storage import keys
from evalgen.storage.entities import entity_item
from evalgen.storage.id_sets import marking
from evalgen.storage.kinds import PROFILE, SCENARIO
from evalgen.storage.listing import labels_of
from evalgen.storage.ports import Put, Stores

SIZES = (1_000, 10_000, 100_000, 1_000_000)
JOB, PAGE, AGENT = 100, 20, 3
BODY_BYTES, PROFILE_BYTES = 5_000, 600
QUERIES: dict[str, dict[str, Any]] = {
    "all": {},
    "of an agent": {"agent_id": AGENT},
    "with a tag": {"tags": "t"},
    "in a folder, with two tags": {"tags": "t,u", "tag_filter_type": "and", "folder_path": "a.b"},
}


def fill(stores: Stores, project_id: int, scenarios: int) -> int:
    """Mark so many, store those of the job in the middle; the id of its first."""
    firsts = range(1, 2 * scenarios, 2 * JOB)
    labels = labels_of(SCENARIO, _scenario(1))
    listed = [keys.labelled(project_id, SCENARIO, label) for label in labels]
    for first in firsts:
        stores.table.transact(marking(listed, range(first, first + JOB), 1))
    middle = firsts[len(firsts) // 2]
    for one in range(middle, middle + JOB):
        profile = {"id": one + JOB, "text": "x" * PROFILE_BYTES}
        for kind, body in ((SCENARIO, _scenario(one)), (PROFILE, profile)):
            item = entity_item(project_id, kind, body, created_at="", updated_at="")
            stores.table.write(Put(item))
    return middle


def _scenario(one: int) -> dict[str, Any]:
    text = " ".join(str(one * n) for n in range(BODY_BYTES // 8))
    return {
        "id": one,
        "agent": AGENT,
        "tags": ["t", "u"],
        "folder_path": "a.b",
        "test_profile": one + JOB,
        "text": text[:BODY_BYTES],
    }


def cost(stores: Stores, project_id: int, scenarios: int, query: dict[str, Any]) -> tuple[int, int]:
    """Read units and calls of the page in the middle."""
    metered = Metered(stores)
    number = scenarios // 2 // PAGE + 1
    count, page = Scenarios(metered.stores.table, lambda: 0.0).page(
        project_id, ScenarioQuery(page=number, **query)
    )
    assert (count, len(page)) == (scenarios, PAGE), (count, len(page))
    return metered.meter.read_units, metered.meter.calls


def main() -> None:
    table = Table("page of twenty, by its number, in the middle", *map("{:,}".format, SIZES))
    with empty_stores() as stores:
        for project_id, scenarios in enumerate(SIZES, 1):
            fill(stores, project_id, scenarios)
        for name, query in QUERIES.items():
            costs = [cost(stores, n, size, query) for n, size in enumerate(SIZES, 1)]
            table.add_row(name, *(f"{units} units, {calls} calls" for units, calls in costs))
    Console().print(table)


if __name__ == "__main__":
    main()
