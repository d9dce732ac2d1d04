"""The same job is the same everywhere, a larger one goes on where a smaller ends, a second one adds."""

from __future__ import annotations

import hashlib
import itertools
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.agents_on_disk import FOLDERS, definition_of
from tests.integration.generation.kit import Job, job_of, likeness, run

ROOT = Path(__file__).parents[3]
ELSEWHERE = """
from tests.agents_on_disk import FOLDERS
from tests.integration.generation.test_determinism import digest
from tests.integration.generation.kit import job_of
print(*(f"{name}={digest(job_of(name))}" for name in FOLDERS))
"""


def digest(job: Job) -> str:
    return hashlib.sha256(repr((job.planned, job.drafts)).encode()).hexdigest()


@pytest.mark.parametrize("hash_seed", ["0", "4711"])
def test_another_process_makes_the_same_scenarios_byte_for_byte(hash_seed: str) -> None:
    environment = {
        **os.environ,
        "PYTHONHASHSEED": hash_seed,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "layers" / "evalgen"), str(ROOT)]),
    }
    told = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert told.split() == [f"{name}={digest(job_of(name))}" for name in FOLDERS]


@pytest.mark.parametrize("name", FOLDERS)
def test_the_scenarios_of_a_smaller_job_are_the_first_of_a_larger_one(name: str) -> None:
    larger = job_of(name)
    for size in (1, 7):
        smaller = run(definition_of(name), size)
        assert smaller.planned.plans == larger.planned.plans[:size]
        assert smaller.drafts == larger.drafts[:size]


@pytest.mark.parametrize("name", ["roadside", "prose_hotel", "retail_policy"])
def test_a_second_job_repeats_nothing_of_the_first(name: str) -> None:
    first = job_of(name)
    taken = [plan.signature for plan in first.planned.plans]
    second = run(definition_of(name), taken=taken)
    assert len(second.drafts) == 20
    assert not {plan.signature for plan in second.planned.plans} & set(taken)
    assert not {d.instructions for d in second.drafts} & {d.instructions for d in first.drafts}
    mean = (
        sum(max(likeness(d.instructions, o.instructions) for o in first.drafts) for d in second.drafts) / 20
    )
    assert mean < 0.4


@pytest.mark.parametrize("name", ["roadside", "retail_policy"])
def test_two_jobs_cover_nearly_what_one_of_their_size_covers(name: str) -> None:
    first = job_of(name)
    second = run(definition_of(name), taken=[plan.signature for plan in first.planned.plans])
    assert covered(second) - covered(first)
    assert len(covered(first) | covered(second)) >= 0.9 * len(covered(job_of(name, 40)))


def covered(job: Job) -> set[str]:
    return {item for draft in job.drafts for item in draft.covers}


@pytest.mark.parametrize("name", ["roadside", "prose_hotel"])
def test_another_seed_makes_other_scenarios(name: str) -> None:
    other = run(definition_of(name), seed="another")
    same = {d.instructions for d in other.drafts} & {d.instructions for d in job_of(name).drafts}
    assert len(other.drafts) == 20
    assert len(same) <= 5


def test_every_plan_has_a_signature_of_its_own() -> None:
    for name in FOLDERS:
        signatures = [plan.signature for plan in job_of(name).planned.plans]
        assert len(set(signatures)) == len(signatures)


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(FOLDERS, 2)))
def test_the_same_slot_of_two_agents_is_not_the_same_scenario(one: str, other: str) -> None:
    pairs = zip(job_of(one).drafts, job_of(other).drafts, strict=True)
    alike = [likeness(mine.instructions, theirs.instructions) for mine, theirs in pairs]
    assert sum(alike) / len(alike) <= 0.3
