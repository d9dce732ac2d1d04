"""What the poller needs of the embedded queue, by an injected clock."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from evalgen.storage.sqlite import Database, ReceivedMessage, SqliteQueue

START = 1_000_000.0


class Time:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "state.sqlite3")


@pytest.fixture
def queue(database: Database, time: Time) -> SqliteQueue:
    return SqliteQueue(database, "sqlite:WorkQueue", time, time)


def receive_one(queue: SqliteQueue, visibility_s: float = 60) -> ReceivedMessage:
    (message,) = queue.receive(10, visibility_s)
    return message


def test_a_received_message_is_hidden_until_its_time_is_over(queue: SqliteQueue, time: Time) -> None:
    queue.send([{"n": 1}])
    first = receive_one(queue, 60)
    time.now += 59
    assert queue.receive(10, 60) == []
    time.now += 1
    again = receive_one(queue, 60)
    assert (first.body, first.receive_count, first.sent_at) == ('{"n": 1}', 1, START)
    assert (again.id, again.receive_count, again.first_received_at) == (first.id, 2, START)


def test_no_more_messages_come_than_were_asked_for_and_the_oldest_first(
    queue: SqliteQueue, time: Time
) -> None:
    for n in range(5):
        queue.send([{"n": n}])
        time.now += 1
    assert [message.body for message in queue.receive(3, 60)] == ['{"n": 0}', '{"n": 1}', '{"n": 2}']


def test_a_delayed_message_comes_after_its_delay(queue: SqliteQueue, time: Time) -> None:
    queue.send([{"n": 1}], delay_s=30)
    time.now += 29.9
    assert queue.receive(10, 60) == []
    time.now += 0.1
    assert receive_one(queue).receive_count == 1


def test_a_deleted_message_never_comes_again(queue: SqliteQueue, time: Time) -> None:
    queue.send([{"n": 1}])
    queue.delete(receive_one(queue).receipt)
    time.now += 1000
    assert queue.receive(10, 60) == []
    assert queue.depth() == 0


def test_a_receipt_is_worth_nothing_once_the_message_was_received_again(
    queue: SqliteQueue, time: Time
) -> None:
    queue.send([{"n": 1}])
    stale = receive_one(queue, 60)
    time.now += 60
    fresh = receive_one(queue, 60)
    queue.delete(stale.receipt)
    queue.extend(stale.receipt, 0)
    assert queue.depth() == 1
    assert queue.receive(10, 60) == []
    queue.delete(fresh.receipt)
    assert queue.depth() == 0


def test_an_extended_message_stays_hidden_for_longer(queue: SqliteQueue, time: Time) -> None:
    queue.send([{"n": 1}])
    message = receive_one(queue, 60)
    time.now += 50
    queue.extend(message.receipt, 60)
    time.now += 59
    assert queue.receive(10, 60) == []
    time.now += 1
    assert receive_one(queue).receive_count == 2


def test_a_dead_workers_message_comes_at_once(queue: SqliteQueue) -> None:
    queue.send([{"n": 1}])
    queue.extend(receive_one(queue, 720).receipt, 0)
    assert receive_one(queue, 720).receive_count == 2


def test_after_a_restart_all_received_messages_come_at_once_and_delays_remain(
    queue: SqliteQueue, time: Time
) -> None:
    queue.send([{"n": 1}, {"n": 2}])
    queue.send([{"n": 3}], delay_s=100)
    queue.receive(10, 720)
    queue.release_all()
    assert {message.body for message in queue.receive(10, 720)} == {'{"n": 1}', '{"n": 2}'}


def test_a_message_received_often_enough_moves_to_the_dead_letters_once_it_is_visible(
    database: Database, queue: SqliteQueue, time: Time
) -> None:
    dead = SqliteQueue(database, "sqlite:DeadLetterQueue", time, time)
    queue.send([{"n": 1}])
    for _ in range(5):
        assert queue.redrive(5, dead.url) == 0
        receive_one(queue, 60)
        assert queue.redrive(5, dead.url) == 0
        time.now += 60
    assert queue.redrive(5, dead.url) == 1
    assert queue.receive(10, 60) == []
    moved = receive_one(dead)
    assert (moved.body, moved.receive_count, moved.sent_at) == ('{"n": 1}', 1, START)
    assert (queue.depth(), dead.depth()) == (0, 1)


def test_queues_in_one_file_do_not_see_each_others_messages(database: Database, queue: SqliteQueue) -> None:
    other = SqliteQueue(database, "sqlite:Other")
    queue.send([{"n": 1}])
    assert other.receive(10, 60) == []
    other.delete(receive_one(queue).receipt)
    assert queue.depth() == 1


def test_of_several_pollers_each_message_goes_to_one(queue: SqliteQueue) -> None:
    queue.send([{"n": n} for n in range(60)])
    with ThreadPoolExecutor(4) as pool:
        received = [
            message.id for batch in pool.map(lambda _: queue.receive(2, 60), range(40)) for message in batch
        ]
    assert len(received) == len(set(received)) == 60


def test_a_message_that_is_visible_again_is_not_hidden_by_its_old_receipt(
    queue: SqliteQueue, time: Time
) -> None:
    """SQS: MessageNotInflight."""
    queue.send([{"n": 1}])
    stale = receive_one(queue, 60)
    time.now += 60
    queue.postpone(stale.receipt, 600)
    assert receive_one(queue).receive_count == 2


def test_a_message_that_is_visible_again_may_still_be_deleted(queue: SqliteQueue, time: Time) -> None:
    queue.send([{"n": 1}])
    late = receive_one(queue, 60)
    time.now += 60
    queue.delete(late.receipt)
    assert queue.depth() == 0


def test_after_a_restart_what_was_in_hand_was_not_received(queue: SqliteQueue) -> None:
    queue.send([{"n": 1}])
    for _ in range(10):
        assert receive_one(queue, 720).receive_count == 1
        queue.release_all()


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_is_set_stops_nothing_and_hurries_nothing(database: Database, hours: int) -> None:
    wall, elapsed = Time(), Time()
    queue = SqliteQueue(database, "sqlite:WorkQueue", wall, elapsed)
    queue.send([{"n": 1}])
    queue.send([{"n": 2}], delay_s=30)
    wall.now += hours * 3600
    queue.postpone(receive_one(queue, 720).receipt, 5)
    elapsed.now += 4.9
    assert queue.receive(10, 720) == []
    elapsed.now += 0.1
    assert receive_one(queue, 720).body == '{"n": 1}'
    elapsed.now += 25
    assert receive_one(queue, 720).body == '{"n": 2}'


@pytest.mark.parametrize(("passed", "left"), [(0, 100), (40, 60), (200, 0), (-3600, 100)])
def test_delays_outlast_a_restart_of_the_machine(database: Database, passed: int, left: int) -> None:
    wall, elapsed = Time(), Time()
    SqliteQueue(database, "sqlite:WorkQueue", wall, elapsed).send([{"n": 1}], delay_s=100)
    wall.now += passed
    elapsed.now = 10.0
    queue = SqliteQueue(database, "sqlite:WorkQueue", wall, elapsed)
    queue.release_all()
    elapsed.now += left - 0.1
    assert left == 0 or queue.receive(10, 60) == []
    elapsed.now += 0.2
    assert len(queue.receive(10, 60)) == 1
