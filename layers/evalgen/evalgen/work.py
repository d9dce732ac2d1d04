"""One message of the work queue, done."""

from __future__ import annotations

from evalgen.clock import Clock
from evalgen.jobs.context import read_context
from evalgen.jobs.generate import generate
from evalgen.jobs.generator import Generator
from evalgen.jobs.messages import (
    ContextMessage,
    ExtractMessage,
    ForgetMessage,
    GenerateMessage,
    PlanMessage,
    ReadMessage,
    read_message,
)
from evalgen.jobs.plan import plan
from evalgen.jobs.read import read
from evalgen.storage.ports import Stores


def work(stores: Stores, clock: Clock, generator: Generator, body: object) -> None:
    """Whatever it raises, the message is to be delivered again."""
    message = read_message(body)
    match message:
        case ReadMessage():
            read(stores, clock, generator, message)
        case PlanMessage():
            plan(stores, clock, generator, message)
        case GenerateMessage():
            generate(stores, clock, generator, message)
        case ContextMessage():
            read_context(stores, message)
        case ExtractMessage():
            from evalgen.catalog.uploads import Uploads  # noqa: PLC0415 - most workers never get one

            Uploads(stores, clock).extract(message)
        case ForgetMessage():
            from evalgen.catalog.forgetting import forget  # noqa: PLC0415 - likewise

            forget(stores, clock, message)
