"""A small world for jobs: an agent, a generator that costs nothing, and the real worker functions."""

from __future__ import annotations

import importlib.util
import json
import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest import mock

from evalgen.errors import Permanent
from evalgen.generation.brief import Brief, GivenProfile, Personality
from evalgen.generation.definition import AgentDefinition
from evalgen.generation.draft import Draft, MockEntry
from evalgen.generation.ledger import Entry, Ledger
from evalgen.generation.plan.planned import Planned
from evalgen.generation.plan.test import (
    Assertion,
    ExpectedCall,
    ForbiddenCall,
    Ground,
    Moment,
    Setting,
    Shortfall,
    Step,
    Test,
)
from evalgen.jobs.agent_alive import alive
from evalgen.jobs.create import create_job
from evalgen.jobs.generator import OneByOne
from evalgen.jobs.job import Job, read_job
from evalgen.jobs.progress import progress
from evalgen.jobs.request import JobFile, JobRequest
from evalgen.jobs.sweep import sweep
from evalgen.storage import keys
from evalgen.storage.kinds import PROFILE, SCENARIO
from evalgen.storage.opening import open_stores
from evalgen.storage.ports import Item, Put, Stores
from evalgen.storage.sqlite import SqliteQueue
from evalgen.storage.typed_json import to_json
from evalgen.work import work

ROOT = Path(__file__).parents[3]
PROJECT = 7
AGENT_ID = 3
AGENT_BODY = keys.agent_body(PROJECT, "0" * 64)
NOW = 1_790_000_000.0
PERSONALITIES = (Personality(1, "Plain", "en"), Personality(2, "Interrupter", "en", ("interrupts",)))
DAYS = 1_000_000.0
"""After so many seconds every job is due to be looked at."""

CONTEXT = SimpleNamespace(get_remaining_time_in_millis=lambda: 60_000)


@dataclass
class FakeGenerator(OneByOne):
    """`problems` are raised for the test with that key, the first that many times they are reached."""

    shortfall: int = 0
    problems: dict[str, list[Exception]] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    warnings: tuple[str, ...] = ()
    conditional_actions: dict[str, Any] | None = None
    unserved: dict[int, Shortfall] = field(default_factory=dict)

    def plan_job(self, agent: AgentDefinition, brief: Brief, taken: Collection[str] = ()) -> Planned:
        if agent.name == "unplannable":
            raise Permanent("Nothing can be planned from this agent.")
        fresh = [f"s{number}" for number in range(1000) if f"s{number}" not in taken]
        tests = [a_test(key) for key in fresh[: brief.num_scenarios - self.shortfall]]
        short = [Shortfall("No more could be planned.")] * self.shortfall
        slots: list[Test | Shortfall] = [*tests, *short]
        slots = [self.unserved.get(slot, planned) for slot, planned in enumerate(slots)]
        return Planned(tuple(slots), SETTING, LEDGER, self.warnings)

    def write_scenario(self, test: Test, brief: Brief, setting: Setting, personality: Personality) -> Draft:
        assert setting == SETTING
        waiting = self.problems.get(test.key)
        if waiting:
            raise waiting.pop(0)
        self.written.append(test.key)
        return replace(a_draft(test.key), conditional_actions=self.conditional_actions)


SETTING = Setting(agent_opens=True, organisation="the desk", language="en")
LEDGER = Ledger(
    (
        Entry("s1", "statement", "step", 1, "Ask for the name.", (0, 1)),
        Entry("s2", "statement", "condition", 2, "If they are in danger, transfer.", ()),
        Entry(
            "s3", "statement", "identity", 3, "You are Ada.", (), "not_testable", "it says who the agent is"
        ),
        Entry("find:error", "tool_outcome", "error", 0, "find answers: error", (1,)),
    ),
    more=1,
)

ASSERTIONS = (
    Assertion(
        "a1",
        "says",
        "The main agent should answer.",
        (Ground((3, 4), "s1"), Ground(call="c1", path="/id")),
        1,
    ),
)
CALLS = (ExpectedCall("c1", 11, "find", {"phone": "1"}, {"id": 2}),)
FORBIDDEN = (ForbiddenCall("book", None, "c1"), ForbiddenCall("cancel", {"id": 2}))


def a_test(key: str) -> Test:
    """Jobs look at nothing in it but its key."""
    steps = (Step("Ask", Moment("opening")), Step("", Moment("told", "goodbye"), last=True))
    return Test(key, f"Test {key}", "en", "en", steps, ASSERTIONS, CALLS, FORBIDDEN)


def a_draft(name: str) -> Draft:
    return Draft(
        name=name,
        instructions="1. Ask.\n2. Answer.\n3. Leave.",
        expected_outcome="The agent answers.",
        first_message="Hello",
        language="en",
        tags=("tool", "given"),
        profile_name=f"Profile of {name}",
        main_agent_variables={"user_id": "U-1"},
        testing_agent_variables={"name": "Zoë"},
        tool_ids=("TOOL_DTMF", "TOOL_END_CALL"),
        mock_entries=(MockEntry(11, "find", {"phone": "1"}, {"id": 2}),),
        assertions=ASSERTIONS,
        expected_calls=CALLS,
        forbidden_calls=FORBIDDEN,
        key=name,
        covers=("r1",),
        sources=({"file": "a.md", "line": 3},),
    )


def a_request(
    num_scenarios: int = 20, test_profile: GivenProfile | None = None, files: tuple[JobFile, ...] = ()
) -> JobRequest:
    return JobRequest(
        brief=Brief(num_scenarios, "seed", PERSONALITIES, test_profile=test_profile),
        agent_id=AGENT_ID,
        agent_body=AGENT_BODY,
        agent_name="Desk",
        assistant_id="asst-1",
        metrics=((21, "Latency"), (22, "Pitch")),
        tags=("given", "more"),
        folder_path="a.b",
        inbound_phone_number={"id": 5, "number": "+1555", "phone_number_id": "pn"},
        files=files,
    )


def start_job(
    stores: Stores,
    request: JobRequest | None = None,
    agent: AgentDefinition | None = None,
    *,
    now: float = NOW,
    idempotency_key: str | None = None,
    body_sha256: str = "b",
    contents: Sequence[bytes] = (),
) -> str:
    stores.table.write(Put(alive(PROJECT, AGENT_ID)))
    stores.blobs.put(AGENT_BODY, to_json(agent or AgentDefinition("Desk", "en", "Answer.")))
    return create_job(
        stores,
        lambda: now,
        PROJECT,
        request or a_request(),
        idempotency_key,
        body_sha256,
        contents=contents,
    )


def job_of(stores: Stores, job_id: str) -> Job:
    job = read_job(stores.table, PROJECT, job_id)
    assert job is not None
    return job


def progress_of(stores: Stores, job_id: str, **query: str) -> dict[str, Any]:
    return progress(stores.table, PROJECT, {"progress_id": job_id, **query})


def partition(stores: Stores, pk: str) -> list[Item]:
    return stores.table.query(pk, limit=1000).items


def assert_exact(stores: Stores, job_id: str, *, failed: Iterable[int] = ()) -> None:
    """The job has ended; every counter and every item is there as if each message had come once."""
    job = job_of(stores, job_id)
    lost = set(failed)
    assert (job.completed, job.failed) == (job.total - len(lost), len(lost))
    slots = {
        int(str(item["sk"])[5:]): item
        for item in partition(stores, keys.slot(PROJECT, job_id, 0).pk)
        if str(item["sk"]).startswith("SLOT#")
    }
    assert set(slots) == set(range(job.total))
    assert {slot for slot, item in slots.items() if item["reason"]} == lost
    kept = [slot for slot in range(job.total) if slot not in lost]
    for kind, first in ((SCENARIO, job.first_scenario_id), (PROFILE, job.first_profile_id)):
        items = partition(stores, keys.entities(PROJECT, kind))
        ids = [int(item["id"]) for item in items if first <= int(item["id"]) < first + job.total]
        assert ids == [first + slot for slot in kept]
    names = [scenario["name"] for scenario in progress_of(stores, job_id)["scenarios_list"]]
    assert len(names) == len(set(names)) == len(kept)
    assert sweep(stores, lambda: NOW + DAYS) == 0
    assert partition(stores, keys.WATCHED) == []


class Inbox:
    """Stands in for the queue: messages wait here until `run` hands them over."""

    def __init__(self) -> None:
        self.messages: list[dict[str, object]] = []

    def send(self, messages: Sequence[Mapping[str, object]], *, delay_s: int = 0) -> None:
        self.messages += [json.loads(json.dumps(message)) for message in messages]

    def postpone(self, receipt: str, delay_s: int) -> None: ...

    def run(self, stores: Stores, generator: FakeGenerator) -> None:
        while self.messages:
            work(stores, lambda: NOW, generator, self.messages.pop(0))


class Delays(Inbox):
    """Remembers with which delays it was sent something."""

    def __init__(self) -> None:
        super().__init__()
        self.delays: list[int] = []

    def send(self, messages: Sequence[Mapping[str, object]], *, delay_s: int = 0) -> None:
        super().send(messages, delay_s=delay_s)
        self.delays.append(delay_s)


class Functions:
    """The worker and dead-letter functions as Lambda calls them, over the embedded stores in `state`."""

    def __init__(self, state: Path, generator: FakeGenerator) -> None:
        self.environ = {"EVALGEN_STATE": str(state), "EVALGEN_QUEUE_URL": "sqlite:WorkQueue"}
        self.generator = generator
        self.stores = open_stores(self.environ)
        assert isinstance(self.stores.queue, SqliteQueue)
        self._queue = self.stores.queue
        with mock.patch.dict(os.environ, self.environ):
            self.worker = load_function("worker")
            self.dead_letters = load_function("dead_letters")
        self.worker.generator = generator  # type: ignore[attr-defined] # the composed part that is replaced

    def take(self) -> list[str]:
        """The bodies of all messages that wait, which are then gone."""
        messages = self._queue.receive(1000, 60)
        for message in messages:
            self._queue.delete(message.receipt)
        return [message.body for message in messages]

    def deliver(self, bodies: Iterable[str], function: ModuleType | None = None) -> list[str]:
        """One batch to the worker; answers the bodies that it wants delivered again."""
        batch = list(bodies)
        if not batch:
            return []
        records = [sqs_record(str(number), body) for number, body in enumerate(batch)]
        answer = (function or self.worker).lambda_handler({"Records": records}, CONTEXT)
        return [batch[int(failure["itemIdentifier"])] for failure in answer["batchItemFailures"]]

    def run(self) -> list[str]:
        """Deliver until the queue is empty, each message once; answers those that failed."""
        failed: list[str] = []
        while bodies := self.take():
            failed += self.deliver(bodies)
        return failed


def sqs_record(message_id: str, body: str) -> dict[str, Any]:
    return {
        "messageId": message_id,
        "receiptHandle": message_id,
        "body": body,
        "attributes": {"ApproximateReceiveCount": "1", "SentTimestamp": "1790000000000"},
        "messageAttributes": {},
        "md5OfBody": "",
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:eu-west-1:123456789012:work",
        "awsRegion": "eu-west-1",
    }


def load_function(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"{name}_app", ROOT / "functions" / name / "app.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Killed(BaseException):
    """The process ends here, as kill -9 ends it: no handler of exceptions sees it."""


def die() -> None:
    raise Killed


class Dying:
    """Stores whose `at`-th call does `kill`, just before or just after it took effect."""

    def __init__(self, stores: Stores, at: int, *, after: bool) -> None:
        self.calls = 0
        self.kill: Callable[[], None] = die
        self._at = at
        self._after = after
        self.stores = Stores(*(self._wrapped(port) for port in (stores.table, stores.queue, stores.blobs)))

    def _wrapped(self, port: object) -> Any:
        names = [name for name in dir(port) if not name.startswith("_") and callable(getattr(port, name))]
        return SimpleNamespace(**{name: self._call(getattr(port, name)) for name in names})

    def _call(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            self.calls += 1
            now = self.calls == self._at
            if now and not self._after:
                self.kill()
            answer = method(*args, **kwargs)
            if now and self._after:
                self.kill()
            return answer

        return call


def generate_messages(bodies: Iterable[str]) -> list[dict[str, Any]]:
    return [message for message in map(json.loads, bodies) if message["kind"] == "generate"]
