"""How long a message that failed waits until it is delivered again: as short as its error allows.

Without this it would wait for the queue's visibility timeout, which is six times what a worker may take.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from evalgen.errors import Retryable
from evalgen.storage.ports import Queue

FOR_OTHERS = (2, 15, 90, 600)
"""Seconds after each failure where a service is in trouble: soon at first, and twelve minutes in all."""

FOR_A_DEFECT = (1, 2, 4, 8)
"""Seconds after each failure of our own, which time will hardly heal."""


def wait_s(error: Exception, received: int) -> int:
    """After so many receipts; 0 after the last of a work queue: nothing is to come but the dead letters."""
    waits = FOR_OTHERS if isinstance(error, Retryable) else FOR_A_DEFECT
    return waits[received - 1] if received <= len(waits) else 0


@contextmanager
def coming_again(queue: Queue, receipt: str, received: int) -> Iterator[None]:
    """Have the message delivered again soon if the block raises, which it still does.

    Where the queue does not take that, the error says so, and the visibility timeout has to pass.
    """
    try:
        yield
    except Exception as error:
        try:
            queue.postpone(receipt, wait_s(error, received))
        except Exception as problem:  # noqa: BLE001 - told with the error that is raised
            error.add_note(f"and not postponed: {problem!r}")
        raise
