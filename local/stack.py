"""The embedded stack put together, from start to orderly end."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TextIO

from evalgen.catalog.seeds import seed
from evalgen.storage.opening import open_stores
from local import ROOT
from local.functions import shared_environment
from local.gateway import Gateway
from local.http_functions import HttpFunctions
from local.http_server import HOST, Server
from local.keeping import Keeping, Store, on_aws, on_sqlite
from local.poller import Poller
from local.source_events import scheduled_event
from local.state import held
from local.system import Schedule, System
from local.worker_process import WorkerProcess

GRACE_S = 3.0
"""How long work in hand may go on when the stack stops; what is not done by then is delivered again."""

CALLS_AT_ONCE = 8
"""Of the functions that answer HTTP; each call at the same time needs a process."""

PATIENT = 10
"""How nice workers on queues are: who waits for an answer, or for a small job, goes first."""

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """`port` 0: a free one. `workers`: processes for each queue that work is sent to; over SQLite, one more
    that only does small jobs: they wait for no large one. `parameters` are the template's."""

    state: Path
    port: int = 0
    api_key: str = "local-key"
    workers: int = 2
    template: Path = ROOT / "template.yaml"
    store: Store = Store.SQLITE
    parameters: Mapping[str, str] = field(default_factory=dict)


@contextmanager
def running(settings: Settings, report: Report, access_log: Report | None = None) -> Iterator[str]:
    """Run the stack for the length of the block, which gets its base URL.

    Raises PortTaken, StateUnusable, AwsUnusable and TemplateError.
    """
    state = settings.state.resolve()
    with ExitStack() as parts:
        server = Server(settings.port)
        parts.callback(server.server_close)
        parts.enter_context(held(state))
        template, parameters = settings.template, settings.parameters
        keeping = (
            on_aws(template, parameters)
            if settings.store is Store.AWS
            else on_sqlite(template, parameters, state, server.port)
        )
        system = keeping.system
        log = parts.enter_context((state / "functions.log").open("a", buffering=1, encoding="utf-8"))
        crew = _Crew()
        parts.callback(crew.stop)
        _start_pollers(crew, keeping, settings, log, report)
        answering = [system.functions[name] for name in _unfed(system)]
        os.environ |= shared_environment(answering)
        call = HttpFunctions(answering, log, CALLS_AT_ONCE)
        parts.callback(call.close)
        seed(open_stores(os.environ), time.time, settings.api_key)
        for schedule in system.schedules:
            crew.start(partial(_repeat, schedule, call, report, crew.stopping))
        server.start(Gateway(system.api, call, report=report), access_log, keeping.blobs())
        parts.callback(server.shutdown)
        yield f"http://{HOST}:{server.port}"


class _Crew:
    """The stack's own threads, and the worker processes that some of them keep."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._workers: list[WorkerProcess] = []

    def start(self, work: Callable[[], None], worker: WorkerProcess | None = None) -> None:
        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        self._threads.append(thread)
        if worker is not None:
            self._workers.append(worker)

    def stop(self) -> None:
        """Wait a moment for work in hand, then end it."""
        self.stopping.set()
        deadline = time.monotonic() + GRACE_S
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        for worker in self._workers:
            worker.kill()
        for thread in self._threads:
            thread.join()


def _start_pollers(crew: _Crew, keeping: Keeping, settings: Settings, log: TextIO, report: Report) -> None:
    """As the settings say for a queue that work is sent to, one for a queue of dead letters."""
    system = keeping.system
    dead_letters = {settings.dead_letters for settings in system.queues.values()}
    for source in system.sources:
        queue, is_last = keeping.queues[source.queue], source.queue in dead_letters
        polled = [(queue, PATIENT)] * (1 if is_last else settings.workers)
        if source.queue in keeping.small_jobs:
            polled.append((keeping.small_jobs[source.queue], 0))
        for queue, nice in polled:
            worker = WorkerProcess([system.functions[source.function]], log, nice)
            poller = Poller(source, system.queues[source.queue], queue, worker, report)
            crew.start(partial(poller.run, crew.stopping, warm=not is_last), worker)


def _unfed(system: System) -> list[str]:
    """Everything but the functions that queues feed."""
    fed = {source.function for source in system.sources}
    return [name for name in system.functions if name not in fed]


def _repeat(schedule: Schedule, call: HttpFunctions, report: Report, stopping: threading.Event) -> None:
    while not stopping.wait(schedule.every_s):
        try:
            call(schedule.function, scheduled_event())
        except Exception as error:  # noqa: BLE001 - reported; the next time may go well
            report(f"{schedule.function}: {error!r}")
