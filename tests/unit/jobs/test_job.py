from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalgen.jobs.job import CHUNK_SLOTS, Job
from evalgen.storage.ports import TRANSACTION_LIMIT


def a_job(total: int = 1, completed: int = 0, failed: int = 0, *, planned: bool = True) -> Job:
    return Job(1, "id", 1, total, completed, failed, planned, "", "", 1, 2, "now", 0)


@pytest.mark.parametrize(
    ("job", "status"),
    [
        (a_job(2, planned=False), "queued"),
        (a_job(2), "running"),
        (a_job(2, 1), "running"),
        (a_job(2, 0, 1), "running"),
        (a_job(2, 1, 1), "completed"),
        (a_job(2, 2), "completed"),
        (a_job(2, 0, 2), "failed"),
    ],
)
def test_the_status_follows_from_the_counters(job: Job, status: str) -> None:
    assert job.status == status
    assert job.ended == (status in ("completed", "failed"))


@given(st.integers(1, 100))
def test_the_chunks_hold_every_slot_once_and_each_fits_a_transaction(total: int) -> None:
    job = a_job(total)
    chunks = [job.slots_of(chunk) for chunk in job.chunks]
    assert [slot for chunk in chunks for slot in chunk] == list(range(total))
    assert all(1 <= len(chunk) <= CHUNK_SLOTS for chunk in chunks)
    assert 1 + 3 * CHUNK_SLOTS <= TRANSACTION_LIMIT
