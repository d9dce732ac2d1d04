"""A throttled model is waited for, an hour at most."""

from __future__ import annotations

import json

from evalgen.errors import Throttled
from evalgen.jobs.waiting import PATIENCE_SECONDS
from evalgen.storage.ports import Stores
from evalgen.work import work
from tests.integration.jobs.kit import (
    NOW,
    Delays,
    FakeGenerator,
    Inbox,
    a_request,
    assert_exact,
    progress_of,
    start_job,
)


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
