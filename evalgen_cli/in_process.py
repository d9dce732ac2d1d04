"""A job done in this process: the API's own code over a table in a folder that goes when it is done."""

from __future__ import annotations

import json
import tempfile
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from evalgen.catalog.agents import Agents
from evalgen.catalog.resolve import read_generate
from evalgen.catalog.seeds import seed
from evalgen.contract.agents import AgentCreate
from evalgen.jobs.coverage import coverage
from evalgen.jobs.create import create_job
from evalgen.jobs.opening import open_generator
from evalgen.jobs.progress import progress
from evalgen.models.settings import ModelSettings
from evalgen.storage.folder import FolderBlobs
from evalgen.storage.ports import Stores
from evalgen.storage.sqlite import Database, SqliteTable
from evalgen.work import work
from evalgen_cli.suite import Suite, untimed

PROJECT = 1
NO_MODEL = ModelSettings()
OnProgress = Callable[[int, int, str], None]
"""Gets how many slots have ended, of how many, and the job's status."""


class _Waiting:
    """The queue of one process, which also works it off."""

    def __init__(self) -> None:
        self.messages: deque[Mapping[str, object]] = deque()

    def send(self, messages: Sequence[Mapping[str, object]], *, delay_s: int = 0) -> None:
        if delay_s:
            time.sleep(delay_s)
        self.messages.extend(messages)

    def postpone(self, receipt: str, delay_s: int) -> None:
        """Nothing is received twice here."""


def generate_here(
    agent: dict[str, Any],
    request: dict[str, Any],
    on_progress: OnProgress,
    tell: Callable[[str], None] = print,
    settings: ModelSettings = NO_MODEL,
) -> Suite:
    """`tell` gets what a model has used. Raises InvalidRequest with every wrong field, OSError."""
    with tempfile.TemporaryDirectory(prefix="evalgen-") as folder:
        waiting = _Waiting()
        table = SqliteTable(Database(Path(folder) / "state.sqlite3"))
        stores = Stores(table, waiting, FolderBlobs(Path(folder) / "blobs"))
        seed(stores, time.time, "this-process")
        made = Agents(stores, time.time).create(PROJECT, AgentCreate.model_validate(agent))
        event = {"body": json.dumps({**request, "agent_id": made["id"]})}
        asked = read_generate(event, stores, PROJECT)
        job = create_job(stores, time.time, PROJECT, asked.job, None, "", contents=asked.contents)
        generator = open_generator(stores, time.time, settings)
        while waiting.messages:
            work(stores, time.time, generator, waiting.messages.popleft())
            now = progress(table, PROJECT, {"progress_id": job})
            ended = now["completed_scenarios"] + now["failed_scenarios"]
            on_progress(ended, now["total_scenarios"], now["status"])
        if settings.provider != "embedded":
            tell(_usage(now["usage"]))
        return Suite(
            agent,
            request,
            [untimed(one) for one in now["scenarios_list"]],
            now["failures"],
            now["warnings"],
            {**coverage(stores, PROJECT, job), "progress_id": None},
        )


def _usage(used: dict[str, Any]) -> str:
    dollars = "" if used["dollars"] is None else f", {used['dollars']:.4f} dollars"
    return (
        f"The model was called {used['model_calls']} times: {used['input_tokens']} tokens in, "
        f"{used['cached_tokens']} of them cached, {used['output_tokens']} out{dollars}; "
        f"{used['reading']['model_calls']} of the calls read the agent."
    )
