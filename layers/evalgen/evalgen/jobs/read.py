"""A read message: have a model read the job's agent, a portion at a time, and then send for the plan."""

from __future__ import annotations

from dataclasses import replace

from evalgen.clock import Clock
from evalgen.errors import Permanent, Throttled
from evalgen.generation.plan.planned import unplanned
from evalgen.jobs.documents import get_agent, get_request
from evalgen.jobs.generator import Generator
from evalgen.jobs.job import Job, read_job_and_request
from evalgen.jobs.messages import PlanMessage, ReadMessage
from evalgen.jobs.plan import adopt
from evalgen.jobs.waiting import wait
from evalgen.storage.ports import Stores


def read(stores: Stores, clock: Clock, generator: Generator, message: ReadMessage) -> None:
    """What has been read once, for whichever job, is not read again.

    A throttled model has the message sent again with a delay, and in the end the plan tried without the rest.
    What makes every call fail is the reason of the job's slots.
    """
    job = read_job_and_request(stores.table, message.project_id, message.job_id)
    if job is None or job.ended:
        return
    planned = PlanMessage(job.project_id, job.id, job.total, read=True)
    if not job.planned:
        try:
            if part := _read(stores, generator, job, message.part):
                stores.queue.send([ReadMessage(job.project_id, job.id, job.total, part=part).body])
                return
        except Throttled as throttled:
            if wait(stores.queue, clock, message, throttled):
                return
            planned = replace(planned, deadline=message.deadline)
        except Permanent as error:
            adopt(stores, job, unplanned(job.total, str(error)), 0)
    stores.queue.send([planned.body])


def _read(stores: Stores, generator: Generator, job: Job, part: int) -> int:
    agent = get_agent(stores.blobs, get_request(stores, job))
    return generator.for_job(job).read(agent, part)
