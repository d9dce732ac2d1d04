"""The event source mapping: takes batches from a queue and hands them to a function."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Protocol

from evalgen.storage.sqlite import ReceivedMessage
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

    In one thing it is kinder than SQS: a message that failed comes back after 1, 2, 4 … s, and the
    messages of a dead worker at once, instead of after the visibility timeout of many minutes.
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

    def run(self, stopping: threading.Event, *, warm: bool) -> None:
        """Deliver until `stopping`; `warm`: with the worker started before the first message comes."""
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
        """Deliver one batch; answers how many messages it had. Raises WorkerDied after giving them back."""
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
            for message in messages:
                self._queue.extend(message.receipt, 0)
            raise
        for message in messages:
            if message.id in failed:
                self._queue.extend(message.receipt, self._retry_s(message))
            else:
                self._queue.delete(message.receipt)
        return len(messages)

    def _retry_s(self, message: ReceivedMessage) -> int:
        if message.receive_count == self._settings.max_receives:
            return 0  # nothing is to come but the dead-letter queue
        return min(1 << (message.receive_count - 1), self._settings.visibility_s)
