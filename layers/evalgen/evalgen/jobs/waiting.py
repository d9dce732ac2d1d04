"""A message whose model takes no calls for now is sent again with a delay, up to a deadline inside of it."""

from __future__ import annotations

from dataclasses import replace

from evalgen.clock import Clock
from evalgen.errors import Throttled
from evalgen.jobs.messages import GenerateMessage, PlanMessage, ReadMessage
from evalgen.storage.limits import DELAY_SECONDS
from evalgen.storage.ports import Queue

PATIENCE_SECONDS = 60 * 60
"""How long a message waits for a throttled model."""


def wait(
    queue: Queue, clock: Clock, message: ReadMessage | PlanMessage | GenerateMessage, throttled: Throttled
) -> bool:
    """Send it again later; False once it has waited for long enough."""
    now = int(clock())
    deadline = message.deadline or now + PATIENCE_SECONDS
    if now >= deadline:
        return False
    later = replace(message, attempt=message.attempt + 1, deadline=deadline)
    queue.send([later.body], delay_s=max(0, min(DELAY_SECONDS, round(throttled.delay_s))))
    return True
