from __future__ import annotations

import hashlib
import json
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalgen.storage.sqlite import Database, SqliteQueue
from local.polled import RETRY_S, EmbeddedQueue
from local.poller import Poller
from local.source_events import failed_ids
from local.system import QueueSettings, Source
from local.worker_process import FunctionFailed, WorkerDied

WORK, DEAD = "sqlite:WorkQueue", "sqlite:DeadLetterQueue"
VISIBILITY_S = 60

Answer = Callable[[list[dict[str, Any]]], Any]


@dataclass
class FakeWorker:
    """Answers with `answer(records)`, which may raise."""

    answer: Answer = lambda records: None
    events: list[list[dict[str, Any]]] = field(default_factory=list)

    def start(self) -> None: ...

    def close(self) -> None: ...

    def invoke(self, event: dict[str, Any]) -> Any:
        assert list(event) == ["Records"]
        self.events.append(event["Records"])
        return self.answer(event["Records"])

    @property
    def bodies(self) -> list[Any]:
        return [json.loads(record["body"])["n"] for records in self.events for record in records]


class World:
    def __init__(
        self,
        folder: Path,
        *,
        batch_size: int = 3,
        reports_failures: bool = True,
        visibility_s: int = VISIBILITY_S,
    ) -> None:
        self.now = 1_000_000.0
        database = Database(folder / "state.sqlite3")
        self.work = SqliteQueue(database, WORK, lambda: self.now, lambda: self.now)
        self.dead = SqliteQueue(database, DEAD, lambda: self.now, lambda: self.now)
        self.queue = EmbeddedQueue(self.work, 5, DEAD)
        self.worker = FakeWorker()
        self.reports: list[str] = []
        self.poller = Poller(
            Source("WorkQueue", "WorkerFunction", batch_size, reports_failures),
            QueueSettings("WorkQueue", visibility_s, 5, "DeadLetterQueue"),
            self.queue,
            self.worker,
            self.reports.append,
        )

    def send(self, *numbers: int, delay_s: int = 0) -> None:
        self.work.send([{"n": number} for number in numbers], delay_s=delay_s)

    def deliver_for(self, seconds: int) -> None:
        """Deliver whatever there is, second by second."""
        for _ in range(seconds):
            while self.poller.deliver():
                pass
            self.now += 1


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def fails(*ids: str) -> Any:
    return {"batchItemFailures": [{"itemIdentifier": one} for one in ids]}


def fails_numbers(*numbers: int) -> Answer:
    def answer(records: list[dict[str, Any]]) -> Any:
        return fails(*(r["messageId"] for r in records if json.loads(r["body"])["n"] in numbers))

    return answer


def succeeds(records: list[dict[str, Any]]) -> Any:
    return fails()


def died(records: list[dict[str, Any]]) -> Any:
    raise WorkerDied("process 1 ended")


def raised(records: list[dict[str, Any]]) -> Any:
    raise FunctionFailed("ValueError", "boom")


def test_a_record_has_what_sqs_puts_into_it(world: World) -> None:
    world.send(1)
    world.now += 2
    world.poller.deliver()
    (record,) = world.worker.events[0]
    assert set(record) == {
        "messageId", "receiptHandle", "body", "attributes", "messageAttributes", "md5OfBody", "eventSource",
        "eventSourceARN", "awsRegion",
    }  # fmt: skip
    assert record["attributes"] == {
        "ApproximateReceiveCount": "1",
        "SentTimestamp": "1000000000",
        "SenderId": "local",
        "ApproximateFirstReceiveTimestamp": "1000002000",
    }
    assert record["md5OfBody"] == hashlib.md5(record["body"].encode()).hexdigest()  # noqa: S324 - SQS's digest
    assert record["eventSource"] == "aws:sqs"
    assert record["eventSourceARN"].endswith(":WorkQueue")


def test_a_batch_is_no_larger_than_the_mapping_says(world: World) -> None:
    world.send(*range(7))
    world.deliver_for(1)
    assert [len(records) for records in world.worker.events] == [3, 3, 1]
    assert world.work.depth() == 0


def test_only_the_reported_messages_of_a_batch_come_again(world: World) -> None:
    world.send(1, 2, 3)
    world.worker.answer = fails_numbers(2)
    world.poller.deliver()
    world.worker.answer = succeeds
    world.deliver_for(VISIBILITY_S + 1)
    assert Counter(world.worker.bodies) == {1: 1, 2: 2, 3: 1}
    assert world.worker.events[-1][0]["attributes"]["ApproximateReceiveCount"] == "2"


@pytest.mark.parametrize(
    "answer",
    [
        "text",
        ["a"],
        {"batchItemFailures": "all"},
        {"batchItemFailures": [{}]},
        {"batchItemFailures": [{"itemIdentifier": "unknown"}]},
        {"batchItemFailures": [{"itemIdentifier": ""}]},
        {"batchItemFailures": [{"itemIdentifier": None}]},
    ],
)
def test_an_answer_that_lambda_cannot_read_fails_the_whole_batch(world: World, answer: Any) -> None:
    world.send(1, 2)
    world.worker.answer = lambda records: answer
    world.poller.deliver()
    assert world.work.depth() == 2


@pytest.mark.parametrize("answer", [None, {}, {"batchItemFailures": []}, {"batchItemFailures": None}])
def test_an_empty_answer_is_success(world: World, answer: Any) -> None:
    world.send(1, 2)
    world.worker.answer = lambda records: answer
    world.poller.deliver()
    assert world.work.depth() == 0


def test_without_failure_reports_any_answer_is_success(tmp_path: Path) -> None:
    world = World(tmp_path, reports_failures=False)
    world.send(1)
    world.worker.answer = lambda records: fails(records[0]["messageId"])
    world.poller.deliver()
    assert world.work.depth() == 0


def test_a_raising_function_fails_the_batch_and_is_reported(world: World) -> None:
    world.send(1, 2)
    world.worker.answer = raised
    world.poller.deliver()
    assert world.work.depth() == 2
    assert world.reports == ["WorkerFunction: ValueError: boom"]


def test_a_failed_message_is_hidden_until_its_function_has_said_or_its_time_is_over(world: World) -> None:
    def answer(records: list[dict[str, Any]]) -> Any:
        if json.loads(records[0]["body"])["n"] == 1:
            world.work.postpone(records[0]["receiptHandle"], 7)
        return fails(*(record["messageId"] for record in records))

    world.worker.answer = answer
    delivered: dict[int, list[float]] = {1: [], 2: []}
    world.send(1)
    world.poller.deliver()
    world.send(2)
    for _ in range(VISIBILITY_S + 1):
        seen = len(world.worker.events)
        while world.poller.deliver():
            pass
        for number in world.worker.bodies[seen:]:
            delivered[number].append(world.now - 1_000_000)
        world.now += 1
    assert delivered == {1: [7, 14, 21, 28], 2: [0, VISIBILITY_S]}


def test_what_a_full_disk_does_not_take_is_done_as_soon_as_it_does(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = True

    def when_it_can(method: Callable[[str], None]) -> Callable[[str], None]:
        def call(receipt: str) -> None:
            if full:
                raise OSError("disk full")
            method(receipt)

        return call

    world.send(1, 2)
    world.worker.answer = fails_numbers(2)
    for name in ("delete", "failed"):
        monkeypatch.setattr(world.queue, name, when_it_can(getattr(world.queue, name)))
    with pytest.raises(OSError, match="full"):
        world.poller.deliver()
    with pytest.raises(OSError, match="full"):
        world.poller.deliver()
    full = False
    assert world.poller.deliver() == 0
    assert (world.work.depth(), world.worker.bodies) == (1, [1, 2])


def test_a_message_that_could_not_be_postponed_comes_after_some_seconds(tmp_path: Path) -> None:
    world = World(tmp_path, visibility_s=720)
    world.send(1)
    world.worker.answer = fails_numbers(1)
    world.deliver_for(RETRY_S)
    assert world.worker.bodies == [1]
    world.deliver_for(1)
    assert world.worker.bodies == [1, 1]


@pytest.mark.parametrize("times", [1, 20])
def test_restarts_of_the_stack_do_not_count_against_a_message(world: World, times: int) -> None:
    world.send(1)
    world.worker.answer = died
    stopping = threading.Event()
    world.poller.stopping = stopping
    stopping.set()
    for _ in range(times):
        with pytest.raises(WorkerDied):
            world.poller.deliver()
    for _ in range(times):
        world.work.receive(1, VISIBILITY_S)  # and the stack is killed
        world.work.release_all()
    world.worker.answer = succeeds
    assert world.poller.deliver() == 1
    assert world.worker.events[-1][0]["attributes"]["ApproximateReceiveCount"] == "1"


def test_after_five_receives_a_message_is_a_dead_letter_and_the_others_are_not(world: World) -> None:
    world.send(1, 2, 3)
    world.worker.answer = fails_numbers(2)
    world.deliver_for(5 * VISIBILITY_S + 1)
    assert Counter(world.worker.bodies) == {1: 1, 2: 5, 3: 1}
    (letter,) = world.dead.receive(10, VISIBILITY_S)
    assert (json.loads(letter.body), letter.receive_count) == ({"n": 2}, 1)
    assert world.work.depth() == 0


def test_the_messages_of_a_dead_worker_come_again_at_once(world: World) -> None:
    world.send(1, 2)
    world.worker.answer = died
    with pytest.raises(WorkerDied):
        world.poller.deliver()
    world.worker.answer = succeeds
    assert world.poller.deliver() == 2
    assert world.worker.events[-1][0]["attributes"]["ApproximateReceiveCount"] == "2"


def test_a_message_that_kills_five_workers_is_a_dead_letter(world: World) -> None:
    world.send(1)
    world.worker.answer = died
    for _ in range(5):
        with pytest.raises(WorkerDied):
            world.poller.deliver()
    assert world.poller.deliver() == 0
    assert world.dead.depth() == 1


def test_a_message_in_work_is_invisible_until_its_time_is_over(world: World) -> None:
    world.send(1)
    (message,) = world.work.receive(1, VISIBILITY_S)
    world.now += VISIBILITY_S - 1
    assert world.poller.deliver() == 0
    world.now += 1
    assert world.poller.deliver() == 1
    world.work.delete(message.receipt)
    assert world.worker.events[0][0]["receiptHandle"] != message.receipt


def test_a_delayed_message_comes_when_it_is_due(world: World) -> None:
    world.send(1, delay_s=30)
    world.now += 29
    assert world.poller.deliver() == 0
    world.now += 1
    assert world.poller.deliver() == 1


ids = st.lists(st.uuids().map(str), min_size=1, max_size=10, unique=True)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.just("batchItemFailures"), inner),
)


@given(ids, st.data())
def test_exactly_the_reported_ids_have_failed(sent: list[str], data: st.DataObject) -> None:
    failed = data.draw(st.lists(st.sampled_from(sent)))
    assert failed_ids(fails(*failed), sent) == set(failed)


@settings(max_examples=200)
@given(json_values, ids)
def test_no_answer_of_a_function_can_break_the_poller(answer: Any, sent: list[str]) -> None:
    assert failed_ids(answer, sent) in (set(), set(sent))
