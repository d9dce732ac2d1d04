"""Lost plan messages are sent again, and a throttled model is waited for."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import pytest

from evalgen.errors import Throttled
from evalgen.jobs.generate import PATIENCE_SECONDS
from evalgen.jobs.sweep import sweep
from evalgen.jobs.work import work
from evalgen.storage import keys
from evalgen.storage.ports import Put, Stores
from tests.integration.jobs.kit import (
    NOW,
    PROJECT,
    FakeGenerator,
    Functions,
    a_request,
    assert_exact,
    progress_of,
    start_job,
)
from tests.integration.jobs.test_lifecycle import Inbox


@pytest.fixture
def project(functions: Functions) -> None:
    for project_id in (1, PROJECT):
        item = {**keys.project(project_id)._asdict(), "project_id": project_id}
        functions.stores.table.write(Put(item))


@pytest.mark.usefixtures("project")
def test_a_job_whose_plan_message_was_lost_is_planned_after_two_minutes(functions: Functions) -> None:
    job_id = start_job(functions.stores, a_request(12))
    functions.take()
    assert sweep(functions.stores, lambda: NOW + 119) == 0
    assert sweep(functions.stores, lambda: NOW + 121) == 1
    functions.run()
    assert_exact(functions.stores, job_id)
    assert sweep(functions.stores, lambda: NOW + 10_000) == 0


@pytest.mark.usefixtures("project")
def test_sweeping_every_minute_sends_the_less_the_longer_a_job_waits(functions: Functions) -> None:
    start_job(functions.stores)
    functions.take()

    def sweep_at(minute: int) -> int:
        return sweep(functions.stores, lambda: NOW + 60 * minute + 1)

    assert [minute for minute in range(1, 40) if sweep_at(minute)] == [2, 4, 8, 16, 32]


class Delays(Inbox):
    def __init__(self) -> None:
        super().__init__()
        self.delays: list[int] = []

    def send(self, messages: Sequence[Mapping[str, object]], *, delay_s: int = 0) -> None:
        super().send(messages, delay_s=delay_s)
        self.delays.append(delay_s)


def test_a_throttled_chunk_keeps_what_is_written_and_is_sent_again_with_a_delay(stores: Stores) -> None:
    inbox = Delays()
    world = Stores(stores.table, inbox, stores.blobs)
    job_id = start_job(world, a_request(5))
    generator = FakeGenerator(problems={"s2": [Throttled("slow down", 30.4), Throttled("slow down", 5000)]})
    inbox.run(world, generator)
    assert inbox.delays == [0, 0, 30, 900]
    assert generator.written == ["s0", "s1", "s2", "s3", "s4"]
    assert_exact(world, job_id)


def test_a_chunk_that_has_waited_for_long_enough_ends_as_failed(stores: Stores) -> None:
    inbox = Inbox()
    world = Stores(stores.table, inbox, stores.blobs)
    job_id = start_job(world, a_request(4))
    generator = FakeGenerator(problems={"s2": [Throttled("The model is throttled.", 60)] * 1000})
    now, sends = NOW, 0
    while inbox.messages:
        message = inbox.messages.pop(0)
        assert message.get("attempt", 0) == max(0, sends - 1)
        work(world, lambda: now, generator, message)  # noqa: B023 - called within the iteration
        now, sends = now + 60, sends + 1
    assert sends == PATIENCE_SECONDS // 60 + 2
    assert_exact(world, job_id, failed=[2, 3])
    assert progress_of(world, job_id)["failures"][0]["reason"] == "The model is throttled."
    assert json.dumps(inbox.messages) == "[]"
