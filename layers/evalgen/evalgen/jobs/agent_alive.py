"""The item that says that an agent has not been deleted. Imports nothing but the standard library.

Whatever is stored for an agent is stored on condition that it is there; so nothing comes after its deletion.
"""

from __future__ import annotations

from evalgen.storage import keys
from evalgen.storage.ports import Expect, Item, Put, Table


def alive(project_id: int, agent_id: int) -> Item:
    return {**keys.agent_alive(project_id, agent_id)._asdict()}


def while_alive(project_id: int, agent_id: int) -> Put:
    """A write that changes nothing and fails, with all that is written beside it, once the agent is gone."""
    return Put(alive(project_id, agent_id), Expect.PRESENT)


def is_alive(table: Table, project_id: int, agent_id: int) -> bool:
    return table.get(keys.agent_alive(project_id, agent_id)) is not None
