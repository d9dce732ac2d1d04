"""A generate message: write the slots of one chunk that have not ended, and end them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from evalgen.clock import Clock, iso
from evalgen.errors import Permanent, Retryable, Throttled
from evalgen.generation.assignment import Assignment, Written
from evalgen.generation.draft import Draft
from evalgen.generation.plan.test import Shortfall, Test
from evalgen.jobs.commit import Outcome, commit
from evalgen.jobs.context import brief_of
from evalgen.jobs.documents import get_agent, get_request
from evalgen.jobs.generator import Generator
from evalgen.jobs.given_profile import has_profile, keep_given_profile
from evalgen.jobs.job import CHUNK_SLOTS, Job, read_job_and_request
from evalgen.jobs.messages import GenerateMessage
from evalgen.jobs.plans import Chunk, get_chunk
from evalgen.jobs.request import JobRequest
from evalgen.jobs.scenario_record import completed
from evalgen.jobs.waiting import wait
from evalgen.storage.ports import Stores

PROFILE_DELETED = "The test profile was deleted before this scenario was written."


def generate(stores: Stores, clock: Clock, generator: Generator, message: GenerateMessage) -> None:
    """What could be written is committed, whatever happens to the other slots of the chunk.

    A throttled model's slots are sent again with a delay. Raises what else kept a slot from ending.
    """
    job = read_job_and_request(stores.table, message.project_id, message.job_id)
    if job is None:
        return
    waiting = job.waiting(job.slots_of(message.chunk))
    if not waiting:
        keep_given_profile(stores, clock, job)
        return
    if job.closed:
        commit(stores.table, job, [Outcome(slot, reason=job.closed) for slot in waiting])
        return
    try:
        request, chunk = get_request(stores, job), get_chunk(stores.blobs, job, message.chunk)
    except Permanent as error:
        commit(stores.table, job, [Outcome(slot, reason=str(error)) for slot in waiting])
        return
    if request.brief.test_profile and not has_profile(stores.table, job, request.brief.test_profile):
        commit(stores.table, job, [Outcome(slot, reason=PROFILE_DELETED) for slot in waiting])
        return
    outcomes: list[Outcome] = []
    problem: Exception | None = None
    for slot, draft in _drafts(stores, generator, job, request, chunk, waiting):
        end = _end(job, request, slot, draft, iso(clock()))
        if isinstance(end, Outcome):
            outcomes.append(end)
            continue
        problem = end
        if isinstance(problem, Retryable):
            break
    if isinstance(problem, Throttled) and wait(stores.queue, clock, message, problem):
        problem = None
    elif isinstance(problem, Throttled):
        left = set(waiting) - {outcome.slot for outcome in outcomes}
        outcomes += [Outcome(slot, reason=str(problem)) for slot in sorted(left)]
        problem = None
    commit(stores.table, job, outcomes)
    keep_given_profile(stores, clock, job)
    if problem:
        raise problem


def _end(job: Job, request: JobRequest, slot: int, draft: Draft | Exception, now: str) -> Outcome | Exception:
    """How the slot ends; what keeps it from ending where it does not."""
    try:
        if isinstance(draft, Exception):
            raise draft
        return completed(job, request, slot, draft, now)
    except Permanent as error:
        return Outcome(slot, reason=str(error))
    except Exception as error:  # noqa: BLE001 - a defect that one slot meets must not cost the others theirs
        return error


def _drafts(
    stores: Stores, generator: Generator, job: Job, request: JobRequest, chunk: Chunk, waiting: Sequence[int]
) -> Written:
    """Those without a plan first. A model may put several slots into words at once."""
    tests: dict[int, Test] = {}
    spares: dict[int, Test] = {}
    for slot in waiting:
        planned, spare = chunk.slots[slot % CHUNK_SLOTS], chunk.spare_of(slot % CHUNK_SLOTS)
        if isinstance(planned, Shortfall):
            yield slot, Permanent(planned.told)
            continue
        tests[slot] = planned
        if spare:
            spares[slot] = spare
    if not tests:
        return
    agent = partial(get_agent, stores.blobs, request)
    try:
        brief = brief_of(stores.blobs, job, request)
        assignment = Assignment(tests, spares, brief, chunk.setting, agent)
        yield from generator.for_job(job).write_slots(assignment)
    except (Permanent, Throttled) as error:
        for slot in tests:
            yield slot, error
