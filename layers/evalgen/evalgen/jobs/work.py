"""One message of the work queue, done."""

from __future__ import annotations

from evalgen.clock import Clock
from evalgen.jobs.generate import generate
from evalgen.jobs.generator import Generator
from evalgen.jobs.messages import PlanMessage, read_message
from evalgen.jobs.plan import plan
from evalgen.storage.ports import Stores


def work(stores: Stores, clock: Clock, generator: Generator, body: object) -> None:
    """Whatever it raises, the message is to be delivered again."""
    message = read_message(body)
    if isinstance(message, PlanMessage):
        plan(stores, generator, message)
    else:
        generate(stores, clock, generator, message)
