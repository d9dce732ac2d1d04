"""The event source mapping: takes batches from a queue and hands them to a function."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from local.polled import PolledQueue
from local.source_events import failed_ids, sqs_event
from local.system import QueueSettings, Source
from local.worker_process import FunctionFailed, WorkerDied

IDLE_S = 0.05
"""Between two looks into an empty queue."""

FIRST_PAUSE_S = 0.1
LONGEST_PAUSE_S = 10.0
"""Pauses after a worker died, each twice as long as the one before, until one delivers again."""


class Worker(Protocol):
    """Raises FunctionFailed and WorkerDied, as WorkerProcess does; `invoke` starts it if need be."""

    def start(self) -> None: ...

    def invoke(self, event: dict[str, Any]) -> Any: ...

    def close(self) -> None: ...


class Poller:
    """One worker's deliveries, with the settings that the template gives queue and mapping.

    In two things it is kinder than SQS: the messages of a dead worker come back at once, instead of after the
    visibility timeout of many minutes, and after some seconds those that a function failed to postpone.
    """

    def __init__(
        self,
        source: Source,
        settings: QueueSettings,
        queue: PolledQueue,
        worker: Worker,
        report: Callable[[str], None],
    ) -> None:
        self._source = source
        self._settings = settings
        self._queue = queue
        self._worker = worker
        self._report = report
        self.stopping = threading.Event()
        self._owed: list[Callable[[], None]] = []

    def run(self, stopping: threading.Event, *, warm: bool) -> None:
        """Deliver until `stopping`; `warm`: with the worker started before the first message comes."""
        self.stopping = stopping
        troubles = 0
        while not stopping.is_set():
            try:
                if warm:
                    self._worker.start()
                if self.deliver():
                    troubles = 0
                else:
                    stopping.wait(IDLE_S)
            except Exception as error:  # noqa: BLE001 - reported, and tried again: a poller must not end
                if not stopping.is_set():
                    self._report(str(error) or repr(error))
                stopping.wait(min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** min(troubles, 10)))
                troubles += 1
        self._worker.close()

    def deliver(self) -> int:
        """Deliver one batch; answers how many messages it had. Raises WorkerDied after giving them back.

        What the queue did not take, its disk being full, is done before the next batch.
        """
        self._settle()
        messages = self._queue.receive(self._source.batch_size, self._settings.visibility_s)
        if not messages:
            return 0
        failed = {message.id for message in messages}
        try:
            answer = self._worker.invoke(sqs_event(self._source.queue, messages))
            failed = failed_ids(answer, sorted(failed)) if self._source.reports_failures else set()
        except FunctionFailed as error:
            self._report(f"{self._source.function}: {error}")
        except WorkerDied:
            self._owed += [partial(self._return, message.receipt) for message in messages]
            self._settle()
            raise
        for message in messages:
            done = self._queue.failed if message.id in failed else self._queue.delete
            self._owed.append(partial(done, message.receipt))
        self._settle()
        return len(messages)

    def _return(self, receipt: str) -> None:
        """A worker that ends with its stack was interrupted; another one died of its messages."""
        if self.stopping.is_set():
            self._queue.give_back(receipt)
        else:
            self._queue.extend(receipt, 0)

    def _settle(self) -> None:
        while self._owed:
            self._owed[0]()
            self._owed.pop(0)
