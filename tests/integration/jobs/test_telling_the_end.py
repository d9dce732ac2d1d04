"""A job's end is told once, with what came of it, and all lines about a job have its id."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from evalgen.errors import Permanent, Retryable, Throttled
from evalgen.jobs.agent_alive import withdraw
from evalgen.jobs.ending import tell_end
from evalgen.jobs.messages import ForgetMessage
from evalgen.jobs.sweep import sweep
from evalgen.storage import keys
from evalgen.storage.ports import Expect, Item, Put
from tests.integration.jobs.kit import (
    AGENT_ID,
    DAYS,
    NOW,
    PROJECT,
    Functions,
    a_request,
    generate_messages,
    start_job,
)
from tests.logged import Log


@dataclass
class Listener:
    """Keeps what is published; raises its `troubles` first."""

    troubles: list[Exception] = field(default_factory=list)
    heard: list[dict[str, Any]] = field(default_factory=list)

    def publish(self, kind: str, detail: Mapping[str, Any]) -> None:
        if self.troubles:
            raise self.troubles.pop(0)
        self.heard.append({"kind": kind, **detail})


@pytest.fixture
def listener(functions: Functions, monkeypatch: pytest.MonkeyPatch) -> Listener:
    heard = Listener()
    for module in (functions.worker, functions.dead_letters):
        monkeypatch.setattr(module, "events", heard)
    return heard


@pytest.fixture
def log(functions: Functions, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Log:
    return Log(capsys, monkeypatch)


def test_the_end_says_what_came_of_the_job(functions: Functions, listener: Listener) -> None:
    functions.generator.problems["s1"] = [Permanent("No.")]
    job = start_job(functions.stores, a_request(12))
    assert functions.run() == []
    (end,) = listener.heard
    assert end.pop("seconds") > 0
    assert end == {
        "kind": "Job ended", "project_id": PROJECT, "job_id": job, "agent_id": 3, "status": "completed",
        "total": 12, "completed": 11, "failed": 1, "writers": {"embedded": 11},
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_whatever_comes_twice_and_in_any_order_the_end_is_told_once(
    functions: Functions, listener: Listener, seed: int
) -> None:
    start_job(functions.stores, a_request(40))
    plans = functions.take()
    functions.deliver(plans * 2)
    chunks = functions.take() * 2
    random.Random(seed).shuffle(chunks)
    for chunk in chunks:
        functions.deliver([chunk])
    functions.deliver(plans, functions.dead_letters)
    functions.deliver(chunks, functions.dead_letters)
    assert len(listener.heard) == 1


def test_a_bus_that_is_busy_has_the_message_come_again(functions: Functions, listener: Listener) -> None:
    listener.troubles = [Retryable("busy"), Retryable("busy")]
    start_job(functions.stores, a_request(3))
    functions.deliver(functions.take())
    (chunk,) = functions.take()
    assert functions.deliver([chunk]) == [chunk]
    assert functions.deliver([chunk]) == [chunk]
    assert functions.deliver([chunk]) == []
    assert len(listener.heard) == 1


def test_who_died_after_claiming_the_telling_is_followed_by_the_same_message_alone(
    functions: Functions, listener: Listener
) -> None:
    job = start_job(functions.stores, a_request(12))
    functions.deliver(functions.take())
    chunks = functions.take()
    claim: Item = {"claimant": "generate-1", "told": 0, "expires_at": 0}
    functions.stores.table.write(Put({**keys.job_end(PROJECT, job)._asdict(), **claim}, Expect.ABSENT))
    functions.deliver(chunks)
    functions.deliver([body for body in chunks if generate_messages([body])[0]["chunk"] == 0])
    assert len(listener.heard) == 1
    assert tell_end(functions.stores.table, listener, lambda: NOW, PROJECT, job, "generate-1") is None


def test_an_event_that_no_bus_takes_is_counted_and_holds_nothing_up(
    functions: Functions, listener: Listener, log: Log
) -> None:
    listener.troubles = [Permanent("no such bus")]
    start_job(functions.stores, a_request(3))
    assert functions.run() == []
    assert any("EventsLost" in line for line in log.lines())


def test_a_job_that_ends_in_the_dead_letters_is_told_of(functions: Functions, listener: Listener) -> None:
    start_job(functions.stores, a_request(3))
    functions.deliver(functions.take(), functions.dead_letters)
    assert [(end["status"], end["failed"], end["writers"]) for end in listener.heard] == [("failed", 3, {})]


def test_the_jobs_of_a_deleted_agent_are_told_of_each_once(functions: Functions, listener: Listener) -> None:
    """One that was planned, and one whose message was lost and that the sweeper finds."""
    planned = start_job(functions.stores, a_request(3))
    functions.deliver(functions.take())
    chunks = functions.take()
    lost = start_job(functions.stores, a_request(2))
    assert len(functions.take()) == 1
    withdraw(functions.stores.table, PROJECT, AGENT_ID)
    functions.deliver(chunks)
    assert [end["job_id"] for end in listener.heard] == [planned]
    assert sweep(functions.stores, lambda: NOW + DAYS) == 0  # it has moved: it was closed
    assert sweep(functions.stores, lambda: NOW + 2 * DAYS) == 1
    assert functions.run() == []
    assert [(end["job_id"], end["failed"]) for end in listener.heard] == [(planned, 3), (lost, 2)]


def test_what_is_left_of_an_agent_is_followed_by_its_id(functions: Functions, log: Log) -> None:
    functions.deliver([json.dumps(ForgetMessage(PROJECT, AGENT_ID, delete=True).body)])
    (line,) = log.lines()
    assert (line["kind"], line["correlation_id"]) == ("forget", f"agent-{PROJECT}-{AGENT_ID}")


def test_all_lines_about_a_job_have_its_id_and_none_a_word_of_its_agent(
    functions: Functions, listener: Listener, log: Log
) -> None:
    functions.generator.problems["s1"] = [ValueError("a defect")]
    job = start_job(functions.stores, a_request(12))
    failed = functions.run()
    functions.deliver(failed)
    functions.deliver(failed, functions.dead_letters)
    lines = log.lines()
    told = [line for line in lines if "message" in line]
    assert {line["correlation_id"] for line in told} == {job}
    assert {line["service"] for line in told} == {"worker", "dead_letters"}
    assert {line["kind"] for line in told} == {"plan", "generate"}
    said = {line["message"] for line in told}
    assert said == {"message failed", "message done", "job ended", "dead letter"}
    assert "Answer." not in json.dumps(lines)


def test_metrics_count_jobs_scenarios_failures_dead_letters_and_throttles(
    functions: Functions, listener: Listener, log: Log
) -> None:
    functions.generator.problems |= {"s1": [Permanent("No.")], "s2": [Throttled("later", 0.0)]}
    start_job(functions.stores, a_request(12))
    functions.run()
    functions.deliver(["nonsense"])
    functions.deliver(["nonsense"], functions.dead_letters)
    sums: dict[tuple[str, ...], float] = {}
    for line in log.lines():
        if "_aws" not in line:
            continue
        (directive,) = line["_aws"]["CloudWatchMetrics"]
        (dimensions,), (metric,) = directive["Dimensions"], directive["Metrics"]
        assert directive["Namespace"] == "evalgen"
        assert metric["Name"] not in dimensions
        assert all(isinstance(line[name], str) and line[name] for name in dimensions)
        values = tuple(line[name] for name in dimensions if name != "service")
        key = (metric["Name"], *values)
        sums[key] = sums.get(key, 0) + sum(line[metric["Name"]])
    assert sums.pop(("JobSeconds",)) > 0
    assert sums == {
        ("JobsEnded", "completed"): 1,
        ("Scenarios", "embedded", "completed"): 11,
        ("Scenarios", "none", "failed"): 1,
        ("ModelThrottles",): 1,
        ("MessagesFailed", "unknown"): 1,
        ("DeadLetters", "unknown"): 1,
    }
