"""Jobs whose plan message was lost get another one."""

from __future__ import annotations

from collections.abc import Iterator

from evalgen.clock import Clock, iso
from evalgen.jobs.messages import PlanMessage
from evalgen.storage import keys
from evalgen.storage.ports import ConditionFailed, Item, Key, Stores, Table, Update
from evalgen.storage.walking import every_item

PATIENCE_SECONDS = 120
MARKERS_PER_PROJECT = 200
"""In one sweep, oldest first; the next sweep goes on where jobs have been planned meanwhile."""


def sweep(stores: Stores, clock: Clock) -> int:
    """Send the plan messages of jobs unplanned for two minutes, then four, eight …; answers how many."""
    sent = 0
    for project in every_item(stores.table, keys.PROJECTS):
        project_id = int(project["project_id"])
        overdue = list(_overdue(stores.table, project_id, clock()))
        stores.queue.send([PlanMessage(project_id, str(marker["job_id"])).body for marker in overdue])
        for marker in overdue:
            _count_send(stores.table, marker)
        sent += len(overdue)
    return sent


def _overdue(table: Table, project_id: int, now: float) -> Iterator[Item]:
    """Each send doubles the age at which the next is due: a long queue is not made longer."""
    markers = table.query(
        keys.unplanned_jobs(project_id), last=iso(now - PATIENCE_SECONDS), limit=MARKERS_PER_PROJECT
    )
    for marker in markers.items:
        age_limit = PATIENCE_SECONDS * 2 ** int(marker.get("sends", 0))
        if str(marker["sk"]) <= iso(now - age_limit):
            yield marker


def _count_send(table: Table, marker: Item) -> None:
    try:
        table.write(Update(Key(str(marker["pk"]), str(marker["sk"])), add={"sends": 1}))
    except ConditionFailed:
        return  # it has been planned meanwhile
