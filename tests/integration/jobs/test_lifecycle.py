"""A job from its creation to its end, over every adapter."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from evalgen.errors import Permanent, Retryable
from evalgen.generation.brief import GivenProfile
from evalgen.generation.definition import AgentDefinition
from evalgen.generation.ledger import summary_of
from evalgen.generation.plan.test import Shortfall
from evalgen.jobs.documents import get_request
from evalgen.jobs.request import JobRequest
from evalgen.storage import keys
from evalgen.storage.ports import Delete, Expect, Put, Stores
from evalgen.work import work
from tests.integration.jobs.kit import (
    AGENT_BODY,
    AGENT_ID,
    LEDGER,
    NOW,
    PROJECT,
    FakeGenerator,
    Inbox,
    a_request,
    assert_exact,
    job_of,
    partition,
    progress_of,
    start_job,
)


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def world(stores: Stores, inbox: Inbox) -> Stores:
    return Stores(stores.table, inbox, stores.blobs)


def test_a_job_runs_from_queued_over_running_to_completed(world: Stores, inbox: Inbox) -> None:
    job_id = start_job(world, a_request(20))
    assert progress_of(world, job_id)["status"] == "queued"
    work(world, lambda: NOW, FakeGenerator(), inbox.messages.pop(0))
    assert progress_of(world, job_id)["status"] == "running"
    work(world, lambda: NOW, FakeGenerator(), inbox.messages.pop(0))
    half = progress_of(world, job_id)
    assert (half["status"], half["completed_scenarios"], half["total_scenarios"]) == ("running", 10, 20)
    assert half["scenarios_list"] == []
    assert half["coverage"] is None
    assert len(progress_of(world, job_id, scenarios="partial")["scenarios_list"]) == 10
    inbox.run(world, FakeGenerator())
    assert progress_of(world, job_id)["status"] == "completed"
    assert progress_of(world, job_id)["coverage"] == summary_of(LEDGER)
    assert_exact(world, job_id)


def test_a_scenario_has_everything_that_the_contract_names(world: Stores, inbox: Inbox) -> None:
    job_id = start_job(world, a_request(2))
    inbox.run(world, FakeGenerator())
    first_id = job_of(world, job_id).first_scenario_id
    _, scenario = progress_of(world, job_id)["scenarios_list"]
    profile = scenario.pop("test_profile_data")
    assert scenario == {
        "id": first_id + 1,
        "name": "s1",
        "agent": AGENT_ID,
        "agent_name": "Desk",
        "assistant_id": "asst-1",
        "project": PROJECT,
        "personality": 2,
        "personality_name": "Interrupter",
        "scenario_type": "instruction",
        "generation_type": "workflow",
        "scenario_language": "en",
        "tags": ["given", "more", "tool"],
        "tool_ids": ["TOOL_DTMF", "TOOL_END_CALL"],
        "folder_path": "a.b",
        "runs": [],
        "metrics": [21, 22],
        "metric_names": ["Latency", "Pitch"],
        "phone_number": None,
        "phone_number_queue_length": 0,
        "inbound_phone_number": 5,
        "inbound_phone_number_data": {"id": 5, "number": "+1555", "phone_number_id": "pn"},
        "first_message": "Hello",
        "instructions": "1. Ask.\n2. Answer.\n3. Leave.",
        "expected_outcome_prompt": "The agent answers.",
        "simulation_description": "",
        "information_fields": {},
        "is_simulating": False,
        "test_profile": first_id + 3,
        "generated_mock_tool_entries": [
            {"tool_id": 11, "tool_name": "find", "new_entry": {"input": {"phone": "1"}, "output": {"id": 2}}}
        ],
        "conditional_actions": None,
        "key": "s1",
        "variation_of": None,
        "assertions": [
            {
                "id": "a1",
                "kind": "says",
                "text": "The main agent should answer.",
                "rests_on": [{"lines": [3, 4], "statement": "s1"}, {"call": "c1", "path": "/id"}],
                "caused_by_step": 1,
            }
        ],
        "expected_calls": [
            {"id": "c1", "tool": "find", "input": {"phone": "1"}, "optional": False, "after": []}
        ],
        "forbidden_calls": [
            {"tool": "book", "input": None, "until": "c1"},
            {"tool": "cancel", "input": {"id": 2}, "until": None},
        ],
        "covers": ["r1"],
        "sources": [{"file": "a.md", "line": 3}],
        "writer": "embedded",
        "reviewed": "",
        "created_at": "2026-09-21T14:13:20.000Z",
        "updated_at": "2026-09-21T14:13:20.000Z",
    }
    assert profile == {
        "id": first_id + 3,
        "project": PROJECT,
        "agent": AGENT_ID,
        "agent_name": "Desk",
        "name": "Profile of s1",
        "information": {
            "main_agent_variables": {"user_id": "U-1"},
            "testing_agent_variables": {"name": "Zoë"},
        },
        "created_by": None,
        "last_updated_by": None,
        "created_at": "2026-09-21T14:13:20.000Z",
        "updated_at": "2026-09-21T14:13:20.000Z",
    }


def test_a_given_profile_is_used_by_every_scenario_and_no_other_is_made(world: Stores, inbox: Inbox) -> None:
    body = {"id": 900, "name": "Given", "information": {}}
    key = keys.entity(PROJECT, "PROFILE", 900)
    world.table.write(Put({**key._asdict(), "id": 900, "body": json.dumps(body)}))
    job_id = start_job(world, a_request(3, GivenProfile(900, "Given", {}, {})))
    inbox.run(world, FakeGenerator())
    scenarios = progress_of(world, job_id)["scenarios_list"]
    assert [scenario["test_profile_data"] for scenario in scenarios] == [body] * 3
    assert len(partition(world, key.pk)) == 1


def test_slots_without_a_plan_end_as_failed_with_the_reason(world: Stores, inbox: Inbox) -> None:
    job_id = start_job(world, a_request(14))
    inbox.run(world, FakeGenerator(shortfall=6))
    reason = "No more could be planned."
    assert progress_of(world, job_id)["failures"] == [{"slot": n, "reason": reason} for n in range(8, 14)]
    assert progress_of(world, job_id)["status"] == "completed"
    assert_exact(world, job_id, failed=range(8, 14))


def test_what_was_not_followed_is_told_when_the_job_has_ended(world: Stores, inbox: Inbox) -> None:
    job_id = start_job(world, a_request(2))
    inbox.run(world, FakeGenerator(warnings=("description: too long", "x" * 600)))
    assert progress_of(world, job_id)["warnings"] == ["description: too long", "x" * 500]


def test_a_structured_job_stores_what_its_writer_made_of_it(world: Stores, inbox: Inbox) -> None:
    request = a_request(1)
    brief = replace(request.brief, simulation_type="conditional_actions")
    job_id = start_job(world, replace(request, brief=brief))
    structure = {"role": "You call.", "conditions": []}
    inbox.run(world, FakeGenerator(conditional_actions=structure))
    (scenario,) = progress_of(world, job_id)["scenarios_list"]
    assert (scenario["scenario_type"], scenario["conditional_actions"]) == ("conditional_actions", structure)


def test_a_paragraph_that_nothing_serves_fails_its_own_slot(world: Stores, inbox: Inbox) -> None:
    job_id = start_job(world, a_request(3))
    inbox.run(world, FakeGenerator(unserved={1: Shortfall("nothing tests it", "Ask for the moon.")}))
    assert progress_of(world, job_id)["failures"] == [
        {"slot": 1, "reason": "Ask for the moon.: nothing tests it"}
    ]
    assert_exact(world, job_id, failed=[1])


def test_a_job_that_cannot_be_planned_fails_as_a_whole(world: Stores, inbox: Inbox) -> None:
    job_id = start_job(world, a_request(12), AgentDefinition("unplannable", "en", "x"))
    inbox.run(world, FakeGenerator())
    answer = progress_of(world, job_id)
    assert (answer["status"], answer["failed_scenarios"]) == ("failed", 12)
    assert {failure["reason"] for failure in answer["failures"]} == {
        "Nothing can be planned from this agent."
    }


def large(request: JobRequest) -> JobRequest:
    """Random enough not to be small once it is packed."""
    text = " ".join(hashlib.sha256(bytes([n])).hexdigest() for n in range(99))
    return replace(request, brief=replace(request.brief, extra_instructions=text))


def test_a_large_request_is_a_blob_and_a_small_one_is_none(world: Stores, inbox: Inbox) -> None:
    for request, stored in ((large(a_request(3)), True), (a_request(3), False)):
        job_id = start_job(world, request)
        job = job_of(world, job_id)
        assert get_request(world, job) == request
        assert (world.blobs.size(keys.job_request(PROJECT, job_id)) is not None) is stored
        inbox.run(world, FakeGenerator())
        assert_exact(world, job_id)


def lose_agent(world: Stores, _: str) -> str:
    world.blobs.delete(AGENT_BODY)
    return "The agent definition of this job is no longer stored."


def lose_request(world: Stores, job_id: str) -> str:
    world.table.write(Delete(keys.job_input(PROJECT, job_id), Expect.PRESENT))
    return "The request of this job is no longer stored."


def lose_large_request(world: Stores, job_id: str) -> str:
    assert world.blobs.size(keys.job_request(PROJECT, job_id))
    world.blobs.delete(keys.job_request(PROJECT, job_id))
    return "The request of this job is no longer stored."


@pytest.mark.parametrize("lose", [lose_agent, lose_request, lose_large_request])
@pytest.mark.parametrize("planned", [False, True])
def test_a_job_whose_documents_are_gone_fails_and_says_which(
    world: Stores, inbox: Inbox, lose: Callable[[Stores, str], str], *, planned: bool
) -> None:
    asked = a_request(3)
    job_id = start_job(world, large(asked) if lose is lose_large_request else asked)
    if planned:
        work(world, lambda: NOW, FakeGenerator(), inbox.messages.pop(0))
    reason = lose(world, job_id)
    inbox.run(world, FakeGenerator())
    answer = progress_of(world, job_id)
    if planned and lose is lose_agent:  # who only writes has no need of it
        assert answer["status"] == "completed"
    else:
        assert [failure["reason"] for failure in answer["failures"]] == [reason] * 3


def test_a_permanent_error_ends_its_slot_with_the_reason_and_no_other(world: Stores, inbox: Inbox) -> None:
    job_id = start_job(world, a_request(5))
    inbox.run(world, FakeGenerator(problems={"s3": [Permanent("No way out.")]}))
    assert progress_of(world, job_id)["failures"] == [{"slot": 3, "reason": "No way out."}]
    assert_exact(world, job_id, failed=[3])


def test_a_scenario_over_40_kb_ends_its_slot(
    world: Stores, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evalgen.jobs.scenario_record.SCENARIO_BYTES", 100)
    job_id = start_job(world, a_request(1))
    inbox.run(world, FakeGenerator())
    assert "at most 100 are allowed" in progress_of(world, job_id)["failures"][0]["reason"]


def test_what_was_written_is_kept_when_a_later_slot_must_be_tried_again(world: Stores, inbox: Inbox) -> None:
    job_id = start_job(world, a_request(6))
    generator = FakeGenerator(problems={"s2": [Retryable("busy")]})
    work(world, lambda: NOW, generator, inbox.messages.pop(0))
    chunk = inbox.messages.pop(0)
    with pytest.raises(Retryable):
        work(world, lambda: NOW, generator, chunk)
    assert job_of(world, job_id).completed == 2
    work(world, lambda: NOW, generator, chunk)
    assert generator.written == ["s0", "s1", "s2", "s3", "s4", "s5"]
    assert_exact(world, job_id)


def test_a_job_that_is_gone_is_left_alone(world: Stores, inbox: Inbox) -> None:
    from evalgen.storage.ports import Delete

    job_id = start_job(world, a_request(3))
    plan_message = inbox.messages[0]
    work(world, lambda: NOW, FakeGenerator(), inbox.messages.pop(0))
    world.table.write(Delete(keys.job(PROJECT, job_id)))
    inbox.messages.append(plan_message)
    inbox.run(world, FakeGenerator())
    assert partition(world, keys.entities(PROJECT, "SCENARIO")) == []


def test_a_second_job_does_not_repeat_what_the_first_has_planned(world: Stores, inbox: Inbox) -> None:
    start_job(world, a_request(3))
    inbox.run(world, FakeGenerator())
    second = start_job(world, a_request(2), now=NOW + 1)
    inbox.run(world, FakeGenerator())
    names = [scenario["name"] for scenario in progress_of(world, second)["scenarios_list"]]
    assert names == ["s3", "s4"]


def test_the_job_item_stays_under_one_kilobyte(world: Stores, inbox: Inbox) -> None:
    job_id = start_job(world, a_request(100))
    inbox.run(world, FakeGenerator())
    item = world.table.get(keys.job(PROJECT, job_id))
    assert len(json.dumps(item)) < 1000
    assert_exact(world, job_id)


def test_a_running_job_is_read_once(world: Stores, inbox: Inbox) -> None:
    from evalgen.jobs.progress import progress
    from tests.integration.jobs.kit import Dying

    job_id = start_job(world, a_request(100))
    work(world, lambda: NOW, FakeGenerator(), inbox.messages.pop(0))
    counting = Dying(world, at=-1, after=False)
    progress(counting.stores.table, PROJECT, {"progress_id": job_id})
    assert counting.calls == 1
