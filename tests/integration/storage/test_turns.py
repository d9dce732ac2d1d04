"""Who is served first by the embedded queue, and what SQS is told to be fair by."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from evalgen.jobs.messages import ContextMessage, GenerateMessage, PlanMessage
from evalgen.storage.aws import SqsQueue, sqs
from evalgen.storage.sqlite import Database, SqliteQueue
from evalgen.storage.turns import SMALL_JOB, turn_of


class Served:
    """A queue with one worker that plans and writes nothing: the order is all there is."""

    def __init__(self, folder: Path) -> None:
        self.now = 0.0
        self.queue = SqliteQueue(
            Database(folder / "state.sqlite3"), "sqlite:WorkQueue", lambda: self.now, lambda: self.now
        )

    def start(self, project_id: int, job_id: str, size: int) -> None:
        self.queue.send([PlanMessage(project_id, job_id, size).body])
        self.now += 1

    def one(self) -> str:
        """The job and step of the next message, done."""
        (message,) = self.queue.receive(1, 60)
        body = json.loads(message.body)
        if body["kind"] == "plan":
            chunks = range(-(-body["size"] // 10))
            ids = body["project_id"], body["job_id"]
            self.queue.send([GenerateMessage(*ids, n, size=body["size"]).body for n in chunks])
        self.queue.delete(message.receipt)
        self.now += 1
        return f"{body['job_id']} {body.get('chunk', 'plan')}"

    def until(self, wanted: str) -> list[str]:
        return list(iter(self.one, wanted))


@pytest.fixture
def served(tmp_path: Path) -> Served:
    return Served(tmp_path)


def test_of_thirty_jobs_the_first_has_a_chunk_before_the_second_is_planned(served: Served) -> None:
    for n in range(30):
        served.start(1, f"j{n:02}", 100)
    assert served.until("j00 0") == ["j00 plan"]
    assert served.until("j01 0") == ["j01 plan"]


@pytest.mark.parametrize("done", [0, 1, 7, 25, 60, 100])
def test_a_small_job_behind_ten_large_ones_of_its_project_is_next(served: Served, done: int) -> None:
    for n in range(10):
        served.start(1, f"j{n}", 100)
    for _ in range(done):
        served.one()
    served.start(1, "small", 2)
    assert served.until("small 0") == ["small plan"]


@pytest.mark.parametrize("done", [1, 7, 25, 60, 100])
@pytest.mark.parametrize("size", [2, 100])
def test_a_job_of_another_project_waits_for_one_message_before_each_of_its_own(
    served: Served, done: int, size: int
) -> None:
    for n in range(10):
        served.start(1, f"j{n}", 100)
    for _ in range(done):
        served.one()
    served.start(2, "other", size)
    waited = served.until("other 0")
    assert waited[0] == "other plan"
    assert len(waited) == 2


def test_a_large_job_is_not_starved_by_small_ones_that_keep_coming(served: Served) -> None:
    served.start(1, "large", 100)
    steps: list[str] = []
    while "large 9" not in steps:
        served.start(1, f"small{len(steps)}", 2)
        steps += [served.one(), served.one()]
        assert len(steps) < 3000
    assert steps.index("large plan") < 120


def test_of_two_equal_projects_each_has_every_second_message(served: Served) -> None:
    for n in range(4):
        served.start(1, f"a{n}", 30)
    for n in range(4):
        served.start(2, f"b{n}", 30)
    firsts = [served.one()[0] for _ in range(16)]
    assert firsts.count("a") == 8
    assert "aa" not in "".join(firsts)


def test_the_worker_for_small_jobs_sees_no_other_message(served: Served) -> None:
    served.start(1, "large", 11)
    served.queue.send([GenerateMessage(1, "large", 0, size=11).body])
    served.start(1, "small", 10)
    served.queue.send([GenerateMessage(1, "small", 0, size=10).body, {"kind": "extract"}])
    found = served.queue.receive(10, 60, heaviest=SMALL_JOB)
    assert [json.loads(message.body).get("job_id") for message in found] == [None, "small", "small"]
    assert served.queue.receive(10, 60, heaviest=SMALL_JOB) == []
    assert len(served.queue.receive(10, 60)) == 2


def test_a_message_without_a_job_is_served_as_it_comes(served: Served) -> None:
    served.queue.send([{"n": 1}])
    served.queue.send([{"n": 2}])
    bodies = [json.loads(served.queue.receive(1, 60)[0].body) for _ in range(2)]
    assert bodies == [{"n": 1}, {"n": 2}]


@pytest.mark.parametrize(
    ("message", "group"),
    [
        (PlanMessage(7, "j1", 20).body, "7-j1"),
        (GenerateMessage(7, "j1", 3).body, "7-j1"),
        (ContextMessage(7, "j1", 0).body, "7-j1"),
        ({"kind": "extract", "project_id": 7, "upload_id": 5}, "7-5"),
        ({}, "0-0"),
    ],
)
def test_sqs_is_told_the_job_as_the_group_by_which_it_is_fair(
    monkeypatch: pytest.MonkeyPatch, message: dict[str, object], group: str
) -> None:
    sent: list[dict[str, str]] = []

    class Client:
        def send_message_batch(self, QueueUrl: str, Entries: list[dict[str, str]]) -> dict[str, object]:  # noqa: N803 - SQS's names
            sent.extend(Entries)
            return {}

    monkeypatch.setattr(sqs, "client", lambda service: Client())
    SqsQueue("url").send([message])
    assert [entry["MessageGroupId"] for entry in sent] == [group]
    assert turn_of(message).group == group


def test_a_file_of_an_earlier_version_is_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from evalgen.storage.sqlite import database

    path = tmp_path / "state.sqlite3"
    versions = database.VERSIONS
    monkeypatch.setattr(database, "VERSIONS", ())
    with Database(path).writing() as connection:
        connection.execute(
            "INSERT INTO messages (id, queue, body, sent_at, visible_at) VALUES ('1', 'q', '{}', 1e9, 1e9)"
        )
    monkeypatch.setattr(database, "VERSIONS", versions)
    make: Callable[[], SqliteQueue] = lambda: SqliteQueue(Database(path), "q", lambda: 1e9, lambda: 5.0)  # noqa: E731 - opened twice
    make().release_all()
    assert [message.body for message in make().receive(10, 60)] == ["{}"]
