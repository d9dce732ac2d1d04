"""The sample agent: its folder, and how stores come to have it and a job of it, as the API makes both."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from evalgen.catalog.agents import Agents
from evalgen.catalog.resolve import read_generate, request_sha256
from evalgen.catalog.seeds import seed
from evalgen.contract.agents import AgentCreate
from evalgen.jobs.create import create_job
from evalgen.storage.opening import open_stores
from evalgen.storage.ports import Stores
from evalgen_cli.agents import read_agent
from local import ROOT

SAMPLE = ROOT / "events" / "agents" / "roadside"
PROJECT = 1
"""Which seeding creates."""


@contextmanager
def empty_stores() -> Iterator[Stores]:
    with tempfile.TemporaryDirectory() as folder:
        yield open_stores({"EVALGEN_STATE": folder, "EVALGEN_QUEUE_URL": "sqlite:WorkQueue"})


def create_sample(stores: Stores) -> int:
    """Its id; the stores are seeded first."""
    seed(stores, time.time, "key")
    agent = AgentCreate.model_validate(read_agent([SAMPLE]).agent)
    return int(Agents(stores, time.time).create(PROJECT, agent)["id"])


def ask_for(stores: Stores, agent: int, scenarios: int) -> str:
    """The id of the job."""
    body = json.dumps({"agent_id": agent, "num_scenarios": scenarios})
    event = {"headers": {"Content-Type": "application/json"}, "body": body, "isBase64Encoded": False}
    asked = read_generate(event, stores, PROJECT)
    return create_job(stores, time.time, PROJECT, asked.job, None, request_sha256(asked.request))
