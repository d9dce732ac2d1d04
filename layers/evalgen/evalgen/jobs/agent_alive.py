"""That an agent has not been deleted, and what its deletion does to jobs that have not ended.

Imports nothing but the standard library. A job is made on condition that the agent is there, and completes
slots on condition that it is not closed: a deletion sees to the first, then to the second.
"""

from __future__ import annotations

from evalgen.jobs.job import PLANNED, UNPLANNED, close
from evalgen.storage import keys
from evalgen.storage.ports import LAST, Delete, Expect, Item, Put, Table
from evalgen.storage.walking import every_item

AGENT_DELETED = "The agent was deleted before this scenario was stored."


def alive(project_id: int, agent_id: int) -> Item:
    return {**keys.agent_alive(project_id, agent_id)._asdict()}


def while_alive(project_id: int, agent_id: int) -> Put:
    """A write that changes nothing and fails, with all that is written beside it, once the agent is gone."""
    return Put(alive(project_id, agent_id), Expect.PRESENT)


def withdraw(table: Table, project_id: int, agent_id: int) -> None:
    """From now on nothing is stored for the agent. Doing so again does no harm."""
    table.write(Delete(keys.agent_alive(project_id, agent_id)))
    first = keys.agent_job(project_id, agent_id, "", "")
    for item in every_item(table, first.pk, first=keys.AGENT_JOB, last=keys.AGENT_JOB + LAST):
        job_id = str(item["job_id"])
        if not close(table, project_id, job_id, AGENT_DELETED, stage=UNPLANNED):
            close(table, project_id, job_id, AGENT_DELETED, stage=PLANNED)
