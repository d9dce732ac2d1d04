"""What has been planned for an agent, in the order of adoption: a log that is only added to at its end."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from evalgen.jobs.job import Job
from evalgen.storage import keys
from evalgen.storage.entities import to_json
from evalgen.storage.ports import LAST, Expect, Put, Reading

REMEMBERED_JOBS = 200
"""So many of the agent's latest plans are not repeated."""


@dataclass(frozen=True, slots=True)
class EarlierPlans:
    """`last` is the number of the latest adoption, which is the log's version; `signatures` of its plans."""

    last: int
    signatures: frozenset[str]


def earlier_plans(table: Reading, job: Job, after: int = 0) -> EarlierPlans:
    """Those adopted for the job's agent with numbers above `after`."""
    first = keys.agent_plan(job.project_id, job.agent_id, after + 1)
    found = table.query(
        first.pk, first=first.sk, last=keys.AGENT_PLAN + LAST, limit=REMEMBERED_JOBS, descending=True
    ).items
    last = int(str(found[0]["sk"]).removeprefix(keys.AGENT_PLAN)) if found else after
    texts = (str(item["signatures"]) for item in found)
    return EarlierPlans(last, frozenset(signature for text in texts for signature in json.loads(text)))


def added_after(last: int, job: Job, signatures: Sequence[str]) -> Put:
    """A write that adds the job's plans to the log, on condition that its version still is `last`."""
    return Put(
        {
            **keys.agent_plan(job.project_id, job.agent_id, last + 1)._asdict(),
            "job_id": job.id,
            "signatures": to_json(list(signatures)),
            "expires_at": job.expires_at,
        },
        Expect.ABSENT,
    )


def repeats(signatures: Collection[str], earlier: EarlierPlans) -> bool:
    return not earlier.signatures.isdisjoint(signatures)
