"""What belonged to a deleted agent goes in portions, the first at once and the others as messages."""

from __future__ import annotations

from evalgen.catalog.scenarios import Scenarios
from evalgen.clock import Clock
from evalgen.jobs.messages import ForgetMessage
from evalgen.storage.ports import Stores

PORTION = 200
"""Scenarios and profiles; on AWS some four seconds."""


def forget(stores: Stores, clock: Clock, message: ForgetMessage) -> None:
    """Forget a portion, and send a message for the rest. Doing so again does no harm."""
    done = Scenarios(stores.table, clock).forget_agent(
        message.project_id, message.agent_id, delete=message.delete, most=PORTION
    )
    if not done:
        stores.queue.send([message.body])
