"""Workers on different jobs are no rivals: what commits write, put through a model of DynamoDB's conflicts.

DynamoDB lets no two transactions that touch one item run at once, and refuses the later one. No emulator here
does so (moto and DynamoDB Local run one transaction after the other), so that is modelled.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from evalgen.jobs.commit import Outcome, commit
from evalgen.jobs.job import PLANNED, Job
from evalgen.storage import keys
from evalgen.storage.aws.retrying import Backoff
from evalgen.storage.ports import Key, Put, Stores, Update, Write
from tests.integration.jobs.kit import AGENT_ID, NOW, PROJECT, Functions, a_request, job_of, start_job

CHUNKS = 10
HELD_S = 0.02
"""How long a transaction of some thirty items takes."""

BETWEEN_S = 0.1
"""How long a worker writes at ten scenarios."""

FENCE = keys.agent_alive(PROJECT, AGENT_ID)
"""Written by every commit once (docs/decisions/0008-agent-alive.md)."""


@dataclass
class Recorded:
    """Keeps the keys of each transaction and does it."""

    stores: Stores
    keys: list[frozenset[Key]]

    def transact(self, writes: Sequence[Write]) -> None:
        self.keys.append(frozenset(write.key for write in writes))
        self.stores.table.transact(writes)


def chunks_of(stores: Stores, job: Job) -> list[frozenset[Key]]:
    """The keys of the job's commits, chunk by chunk."""
    recorded = Recorded(stores, [])
    for chunk in job.chunks:
        outcomes = []
        for slot in job.slots_of(chunk):
            key = keys.entity(PROJECT, "SCENARIO", job.first_scenario_id + slot)
            outcomes.append(Outcome(slot, ({**key._asdict(), "body": "{}"},)))
        commit(recorded, job, outcomes)  # type: ignore[arg-type] # commits of new slots do nothing else
    return recorded.keys


def rivalry(workers: list[list[frozenset[Key]]], seed: int) -> tuple[int, int]:
    """How many transactions were refused, and how many were given up after all tries."""
    dice = random.Random(seed)
    held: dict[Key, float] = {}
    conflicts = given_up = 0
    turns = [(dice.random() * BETWEEN_S, n, 0, 0) for n in range(len(workers))]
    heapq.heapify(turns)
    while turns:
        now, worker, chunk, tries = heapq.heappop(turns)
        wanted = workers[worker][chunk]
        refused = any(held.get(key, 0.0) > now for key in wanted)
        conflicts += refused
        if refused and tries + 1 < Backoff().attempts:
            waits: list[float] = []
            list(
                Backoff(attempts=tries + 2, sleep=waits.append, random=dice.random, clock=lambda: 0.0).tries()
            )
            heapq.heappush(turns, (now + waits[-1], worker, chunk, tries + 1))
            continue
        given_up += refused
        if not refused:
            held |= dict.fromkeys(wanted, now + HELD_S)
        if chunk + 1 < len(workers[worker]):
            later = now + HELD_S + BETWEEN_S * (0.5 + dice.random())
            heapq.heappush(turns, (later, worker, chunk + 1, 0))
    return conflicts, given_up


def jobs(stores: Stores, count: int) -> list[list[frozenset[Key]]]:
    made = []
    for n in range(count):
        job_id = start_job(stores, a_request(CHUNKS * 10), now=NOW + n)
        stores.table.write(Update(keys.job(PROJECT, job_id), set={"stage": PLANNED}))
        made.append(chunks_of(stores, job_of(stores, job_id)))
    return made


@pytest.mark.parametrize("workers", [10, 20, 50])
def test_workers_on_jobs_of_one_agent_never_meet(functions: Functions, workers: int) -> None:
    made = jobs(functions.stores, workers)
    assert rivalry(made, seed=1) == (0, 0)
    fenced = [[chunk | {FENCE} for chunk in job] for job in made]
    conflicts, given_up = rivalry(fenced, seed=1)
    assert conflicts > workers * CHUNKS / 4
    assert given_up or workers < 50


def test_a_deletion_meets_the_jobs_of_its_agent_alone(functions: Functions) -> None:
    one, other = jobs(functions.stores, 2)
    functions.stores.table.write(Put({**FENCE._asdict()}))
    assert not frozenset().union(*one) & frozenset().union(*other)
    assert all(FENCE not in chunk for chunk in one)
