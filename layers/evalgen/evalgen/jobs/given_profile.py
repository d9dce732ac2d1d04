"""The profile that a job was given: whether it is still there, and what it said if it goes meanwhile."""

from __future__ import annotations

from contextlib import suppress

from evalgen.clock import Clock, iso
from evalgen.errors import Permanent
from evalgen.generation.brief import GivenProfile
from evalgen.jobs.documents import get_request
from evalgen.jobs.job import Job
from evalgen.storage import keys
from evalgen.storage.entities import Entities
from evalgen.storage.kinds import KEPT_PROFILE, PROFILE
from evalgen.storage.ports import Reading, Stores, TransactionCancelled
from evalgen.storage.profile_record import profile_body, sections


def has_profile(table: Reading, job: Job, given: GivenProfile) -> bool:
    return table.get(keys.entity(job.project_id, PROFILE, given.id)) is not None


def keep_given_profile(stores: Stores, clock: Clock, job: Job) -> None:
    """After scenarios were stored: if their profile has gone before that, keep what it said.

    Doing so again changes nothing.
    """
    if job.first_profile_id:
        return
    with suppress(Permanent):
        request = get_request(stores, job)
        given = request.brief.test_profile
        if given is None or has_profile(stores.table, job, given):
            return
        now = iso(clock())
        said = sections(given.main_agent_variables, given.testing_agent_variables)
        owner = (job.agent_id, request.agent_name)
        body = profile_body(given.id, job.project_id, owner, given.name, said, now)
        with suppress(TransactionCancelled):  # it is kept already
            stores.table.transact(Entities(stores.table, KEPT_PROFILE).adding(job.project_id, body, now))
