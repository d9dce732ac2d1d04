"""A generate message: write the slots of one chunk that have not ended, and end them."""

from __future__ import annotations

from dataclasses import replace

from evalgen.catalog.kinds import PROFILE
from evalgen.clock import Clock, iso
from evalgen.errors import Permanent, Retryable, Throttled
from evalgen.generation.brief import Brief
from evalgen.generation.draft import Draft
from evalgen.generation.plan.test import Shortfall
from evalgen.jobs.commit import Outcome, commit
from evalgen.jobs.documents import Chunk, get_chunk, get_request
from evalgen.jobs.generator import Generator
from evalgen.jobs.job import CHUNK_SLOTS, Job, read_job, slot_items
from evalgen.jobs.messages import GenerateMessage
from evalgen.jobs.request import JobRequest
from evalgen.jobs.scenario_record import slot_records
from evalgen.storage import keys
from evalgen.storage.limits import DELAY_SECONDS
from evalgen.storage.ports import Stores, Table

PROFILE_DELETED = "The test profile was deleted before this scenario was written."

PATIENCE_SECONDS = 60 * 60
"""How long a chunk waits for a throttled model."""


def generate(stores: Stores, clock: Clock, generator: Generator, message: GenerateMessage) -> None:
    """What could be written is committed, whatever happens to the other slots of the chunk.

    A throttled model's slots are sent again with a delay. Raises what else kept a slot from ending.
    """
    job = read_job(stores.table, message.project_id, message.job_id)
    if job is None:
        return
    slots = job.slots_of(message.chunk)
    ended = {slot for slot, _ in slot_items(stores.table, job, slots)}
    waiting = [slot for slot in slots if slot not in ended]
    if not waiting:
        return
    if job.closed:
        commit(stores.table, job, [Outcome(slot, reason=job.closed) for slot in waiting])
        return
    try:
        request, chunk = get_request(stores.blobs, job), get_chunk(stores.blobs, job, message.chunk)
    except Permanent as error:
        commit(stores.table, job, [Outcome(slot, reason=str(error)) for slot in waiting])
        return
    if not _has_profile(stores.table, job, request):
        commit(stores.table, job, [Outcome(slot, reason=PROFILE_DELETED) for slot in waiting])
        return
    outcomes: list[Outcome] = []
    problem: Exception | None = None
    for slot in waiting:
        try:
            draft = _draft(generator, request.brief, chunk, slot)
            outcomes.append(Outcome(slot, slot_records(job, request, slot, draft, iso(clock()))))
        except Permanent as error:
            outcomes.append(Outcome(slot, reason=str(error)))
        except Retryable as error:
            problem = error
            break
        except Exception as error:  # noqa: BLE001 - a defect that one slot meets must not cost the others theirs
            problem = error
    if isinstance(problem, Throttled) and _wait(stores, clock, message, problem):
        problem = None
    elif isinstance(problem, Throttled):
        left = set(waiting) - {outcome.slot for outcome in outcomes}
        outcomes += [Outcome(slot, reason=str(problem)) for slot in sorted(left)]
        problem = None
    commit(stores.table, job, outcomes)
    if problem:
        raise problem


def _has_profile(table: Table, job: Job, request: JobRequest) -> bool:
    """False if the profile that was given is gone: what the scenarios say of it would stand for nothing."""
    given = request.brief.test_profile
    return given is None or table.get(keys.entity(job.project_id, PROFILE, given.id)) is not None


def _draft(generator: Generator, brief: Brief, chunk: Chunk, slot: int) -> Draft:
    planned = chunk.slots[slot % CHUNK_SLOTS]
    if isinstance(planned, Shortfall):
        raise Permanent(planned.told)
    return generator.write_scenario(planned, brief, chunk.setting, brief.personality_of(slot))


def _wait(stores: Stores, clock: Clock, message: GenerateMessage, throttled: Throttled) -> bool:
    """Send the chunk again with a delay; False once it has waited for long enough."""
    now = int(clock())
    deadline = message.deadline or now + PATIENCE_SECONDS
    if now >= deadline:
        return False
    later = replace(message, attempt=message.attempt + 1, deadline=deadline)
    stores.queue.send([later.body], delay_s=max(0, min(DELAY_SECONDS, round(throttled.delay_s))))
    return True
