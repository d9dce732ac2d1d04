"""The functions that answer HTTP, several calls at once: each in a process that takes one at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TextIO

from local.system import Function
from local.worker_process import WorkerDied, WorkerProcess


class HttpFunctions:
    """Calls functions by name; another process is started only when all others are busy.

    A call that takes longer than its function may is ended with its process, as Lambda ends it.
    """

    def __init__(self, functions: Sequence[Function], log: TextIO, most: int) -> None:
        """`most`: calls at once. Raises TemplateError if the functions' environments differ."""
        self._functions = functions
        self._log = log
        self._room = threading.BoundedSemaphore(most)
        self._lock = threading.Lock()
        self._idle: list[WorkerProcess] = []
        self._all: list[WorkerProcess] = []
        self._ended = False
        first = self._new()
        first.start()
        self._idle.append(first)

    def __call__(self, name: str, event: dict[str, Any]) -> Any:
        """The function's answer. Raises FunctionFailed, WorkerDied."""
        with self._one() as worker:
            return worker.invoke(event, name)

    def close(self) -> None:
        """End all processes; whoever waits for an answer gets WorkerDied."""
        with self._lock:
            self._ended = True
            for worker in self._all:
                worker.kill()
            while self._idle:
                self._idle.pop().close()

    @contextmanager
    def _one(self) -> Iterator[WorkerProcess]:
        with self._room:
            with self._lock:
                if self._ended:
                    raise WorkerDied("the stack is stopping")
                worker = self._idle.pop() if self._idle else self._new()
            try:
                yield worker
            finally:
                with self._lock:
                    if self._ended:
                        worker.close()
                    else:
                        self._idle.append(worker)

    def _new(self) -> WorkerProcess:
        worker = WorkerProcess(self._functions, self._log)
        self._all.append(worker)
        return worker
