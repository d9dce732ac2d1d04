"""POST generate-bg through the real handler: what is looked up, and the job that comes of it."""

from __future__ import annotations

import base64
import json
from types import SimpleNamespace
from typing import Any

import pytest

from benchmarks.metered import Metered
from evalgen.catalog.resolve import read_generate, request_sha256
from evalgen.contract.generate import GenerateRequest
from evalgen.jobs.create import create_job
from evalgen.jobs.documents import get_agent, get_request
from evalgen.jobs.job import read_job
from evalgen.jobs.request import JobRequest
from evalgen.storage import keys
from evalgen.storage.ports import Delete
from tests.integration.api.client import FIRST, GENERATE, SECOND, V1, Api


def job_of(api: Api, fields: dict[str, Any], project: int = FIRST) -> JobRequest:
    answer = api.call("POST", GENERATE, {"num_scenarios": 3, **fields}, project=project)
    assert answer.status == 200, answer.text
    job = read_job(api.stores.table, project, answer.json["progress_id"])
    assert job is not None
    return get_request(api.stores, job)


def problems(api: Api, fields: dict[str, Any]) -> dict[str, list[str]]:
    answer = api.call("POST", GENERATE, {"num_scenarios": 3, **fields})
    assert answer.status == 400, answer.text
    body: dict[str, list[str]] = answer.json
    return body


@pytest.mark.parametrize("path", [GENERATE, f"{GENERATE}/"])
def test_the_answer_is_a_progress_id_and_no_session(api: Api, path: str) -> None:
    answer = api.call("POST", path, {"num_scenarios": 1, "agent_id": api.agent()["id"]})
    assert answer.status == 200
    assert list(answer.json) == ["progress_id", "session_id"]
    assert answer.json["session_id"] is None


def test_everything_asked_for_reaches_the_job(api: Api) -> None:
    agent = api.agent(name="Clinic", provider={"agent_id": "asst-job"}, description="Ask {{name}}.")
    profile = api.call("POST", f"{V1}/test-profiles", {"name": "Ana", "information": {"dob": "1980"}}).json
    job = job_of(
        api,
        {
            "assistant_id": "asst-job",
            "personalities": [3, 1, 3],
            "test_profile": profile["id"],
            "scenario_type": "red_teaming_text",
            "attack_type": "off_task",
            "expected_outcome": "It stays on task.",
            "extra_instructions": "1. Ask twice.\n2) Then\nhang up.\n\nBe quick.",
            "simulation_type": "conditional_actions",
            "first_message": "Hey",
            "generate_expected_outcomes": True,
            "tags": ["b", "a"],
            "tool_ids": ["TOOL_END_CALL"],
        },
    )
    assert (job.agent_id, job.agent_name, job.assistant_id) == (agent["id"], "Clinic", "asst-job")
    assert (job.tags, job.brief.tool_ids, job.folder_path) == (("b", "a"), ("TOOL_END_CALL",), None)
    assert len(job.metrics) == 10
    brief = job.brief
    assert [one.id for one in brief.personalities] == [3, 1, 3]
    assert (brief.scenario_type, brief.attack_type) == ("red_teaming_text", "off_task")
    assert brief.expected_outcome == "It stays on task."
    assert brief.simulation_type == "conditional_actions"
    assert brief.aims == ("Ask twice.", "Then hang up.")
    assert (brief.extra_instructions, brief.first_message) == ("Be quick.", "Hey")
    assert brief.test_profile is not None
    assert brief.test_profile.main_agent_variables == {"dob": "1980"}
    definition = get_agent(api.stores.blobs, job)
    assert [variable.name for variable in definition.variables] == ["name"]


def test_every_wrong_id_and_value_comes_in_one_answer(api: Api) -> None:
    agent = api.agent()
    found = problems(
        api,
        {
            "num_scenarios": 500,
            "agent_id": agent["id"],
            "assistant_id": "no-such",
            "personalities": [1, 99_999, 10**2000, -1],
            "test_profile": 99_999,
            "knowledge_base": [99_999],
            "inbound_phone_number": 99_999,
            "folder_path": "no.such",
            "tags": "a",
        },
    )
    assert set(found) == {
        "num_scenarios", "assistant_id", "personalities", "test_profile", "knowledge_base",
        "inbound_phone_number", "folder_path", "tags",
    }  # fmt: skip
    assert len(found["personalities"]) == 3


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "agent_id"),
        ({"agent_id": 99_999}, "agent_id"),
        ({"agent_id": 1}, "agent_id"),
        ({"assistant_id": "no-such"}, "assistant_id"),
        ({"assistant_id": 7}, "assistant_id"),
    ],
)
def test_an_agent_that_is_not_there_is_named_by_its_field(
    api: Api, fields: dict[str, Any], field: str
) -> None:
    assert list(problems(api, fields)) == [field]


def test_agent_id_and_assistant_id_may_both_come_if_they_agree(api: Api) -> None:
    agent = api.agent(provider={"agent_id": "asst-both"})
    assert job_of(api, {"agent_id": agent["id"], "assistant_id": "asst-both"}).agent_id == agent["id"]
    other = api.agent(provider={"agent_id": "asst-other"})
    assert list(problems(api, {"agent_id": other["id"], "assistant_id": "asst-both"})) == ["assistant_id"]


def test_the_default_personality_is_the_plain_one_of_the_agents_language(api: Api) -> None:
    for language, name in [
        ("en", "Normal Male"),
        ("es", "Normal Male (Spanish)"),
        ("ja", "Normal Male (Japanese)"),
    ]:
        (chosen,) = job_of(api, {"agent_id": api.agent(language=language)["id"]}).brief.personalities
        assert (chosen.language, chosen.name, chosen.traits) == (language, name, ())


@pytest.mark.parametrize("language", ["sw", "et", "multi"])
def test_a_language_without_a_plain_personality_is_still_the_scenarios_language(
    api: Api, language: str
) -> None:
    if language == "sw":
        answer = api.call("POST", "/test_framework/v2/aiagents", {"description": "x", "language": "sw"})
        assert list(answer.json) == ["language"]
        return
    (chosen,) = job_of(api, {"agent_id": api.agent(language=language)["id"]}).brief.personalities
    assert (chosen.language, chosen.name) == (language, "Normal Male")


def test_the_first_plain_personality_of_a_language_becomes_its_default(api: Api) -> None:
    agent = api.agent(SECOND, language="et")["id"]
    fields = {"language": "et", "background_noise": "off", "voice_model": "v"}

    def chosen() -> str:
        answer = api.call("POST", GENERATE, {"agent_id": agent, "num_scenarios": 1}, project=SECOND)
        job = read_job(api.stores.table, SECOND, answer.json["progress_id"])
        assert job is not None
        (personality,) = get_request(api.stores, job).brief.personalities
        return personality.name

    for name, more in (("Slow", {"traits": ["slow"]}), ("Plain", {}), ("Plain too", {})):
        made = api.call("POST", f"{V1}/personalities/", {**fields, "name": name, **more}, project=SECOND)
        assert made.status == 201, made.text
    assert chosen() == "Plain"
    api.stores.table.write(Delete(keys.defaults(SECOND)))  # as a project of an earlier version has it
    assert chosen() == "Plain"


def test_a_request_costs_little_besides_what_it_writes(api: Api) -> None:
    agent = api.agent()["id"]
    metered = Metered(api.stores)
    body = json.dumps({"agent_id": agent, "num_scenarios": 20})
    event = {"headers": {"Content-Type": "application/json"}, "body": body, "isBase64Encoded": False}
    asked = read_generate(event, metered.stores, FIRST)
    create_job(metered.stores, lambda: 1.8e9, FIRST, asked.job, None, request_sha256(asked.request))
    cost = metered.meter
    assert (cost.calls, cost.puts, cost.requests) == (5, 0, 1)
    assert cost.read_units <= 2
    assert cost.bytes_in <= 4000


def test_knowledge_base_scenarios_need_documents_of_this_agent(api: Api) -> None:
    bare = api.agent()
    assert list(problems(api, {"agent_id": bare["id"], "scenario_type": "knowledge_base"})) == [
        "knowledge_base"
    ]
    content = base64.b64encode(b"Open from 9 to 5.").decode()
    read = api.agent(knowledge_base_files=[{"file_name": "hours.txt", "content_base64": content}])
    document = read["knowledge_base_files"][0]["id"]
    fields = {"agent_id": read["id"], "scenario_type": "knowledge_base"}
    assert job_of(api, fields).brief.knowledge_base == ()
    assert job_of(api, {**fields, "knowledge_base": [document]}).brief.knowledge_base == (document,)
    assert list(problems(api, {"agent_id": bare["id"], "knowledge_base": [document]})) == ["knowledge_base"]


def test_the_seed_follows_what_is_tested_and_not_its_ids_or_number(api: Api) -> None:
    tools = [{"name": "find", "mock_data": []}]

    def seed(project: int = FIRST, prompt: str = "You answer.", **fields: Any) -> str:
        agent = api.agent(project, description=prompt, mock_tools=tools)
        return job_of(api, {"agent_id": agent["id"], **fields}, project).brief.seed

    first = seed()
    assert first == seed() == seed(num_scenarios=50) == seed(SECOND) == seed(tags=["x"])
    assert len({first, seed(prompt="You ask."), seed(extra_instructions="x")}) == 3


@pytest.mark.parametrize("form", [False, True])
def test_the_same_key_and_body_give_the_same_job_however_it_is_written(api: Api, form: bool) -> None:
    agent = api.agent()["id"]
    key = {"Idempotency-Key": f"key-{form}"}
    first = api.call("POST", GENERATE, {"num_scenarios": 3, "agent_id": agent}, headers=key)
    body: Any = {"agent_id": agent, "num_scenarios": 3}
    if form:
        key["Content-Type"] = "application/x-www-form-urlencoded"
        body = f"agent_id={agent}&num_scenarios=3".encode()
    assert api.call("POST", GENERATE, body, headers=key).json == first.json
    other = api.call(
        "POST", GENERATE, {"num_scenarios": 4, "agent_id": agent}, headers={"idempotency-key": f"key-{form}"}
    )
    assert other.status == 409
    assert list(other.json) == ["detail"]


def test_a_bad_idempotency_key_is_a_400(api: Api) -> None:
    body = {"num_scenarios": 3, "agent_id": api.agent()["id"]}
    assert api.call("POST", GENERATE, body, headers={"Idempotency-Key": "k" * 256}).status == 400


def test_a_multipart_form_starts_a_job(api: Api) -> None:
    agent = api.agent()["id"]
    fields = [("agent_id", agent), ("num_scenarios", 2), ("tags", "a"), ("tags", "b"), ("attack_type", "")]
    parts = [
        f'--X\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields
    ]
    body = ("".join(parts) + "--X--\r\n").encode()
    answer = api.call("POST", GENERATE, body, headers={"content-type": "multipart/form-data; boundary=X"})
    assert answer.status == 200, answer.text


def test_size_and_media_type_are_refused_with_their_own_status(api: Api) -> None:
    assert api.call("POST", GENERATE, b"{}" + b" " * 1_048_576).status == 413
    assert api.call("POST", GENERATE, b"{}", headers={"Content-Type": "text/plain"}).status == 415


def test_an_unexpected_error_is_a_500_that_names_the_request(api: Api) -> None:
    event = {
        "resource": GENERATE, "path": GENERATE, "httpMethod": "POST", "headers": {}, "multiValueHeaders": {},
        "requestContext": {"requestId": "r-77"}, "body": json.dumps({"num_scenarios": 1}),
        "isBase64Encoded": False,
    }  # fmt: skip
    answer = api.send(event)
    assert answer.status == 500
    assert "r-77" in answer.json["detail"]


def test_documents_are_asked_about_in_instructions_only(api: Api) -> None:
    content = base64.b64encode(b"Open from 9 to 5.").decode()
    agent = api.agent(knowledge_base_files=[{"file_name": "hours.txt", "content_base64": content}])
    fields = {"agent_id": agent["id"], "scenario_type": "knowledge_base"}
    found = problems(api, {**fields, "simulation_type": "conditional_actions"})
    assert found == {"simulation_type": ['Only instruction with knowledge_base; got "conditional_actions".']}
    assert job_of(api, {**fields, "simulation_type": "instruction"}).brief.simulation_type == "instruction"
    assert list(problems(api, {"agent_id": agent["id"], "simulation_type": "x"})) == ["simulation_type"]


@pytest.mark.parametrize("speaks_first", [True, False, None])
def test_whether_the_agent_speaks_first_reaches_the_job(api: Api, speaks_first: bool | None) -> None:
    agent = api.agent(agent_speaks_first=speaks_first)
    assert agent["agent_speaks_first"] is speaks_first
    job = job_of(api, {"agent_id": agent["id"]})
    assert get_agent(api.stores.blobs, job).speaks_first is speaks_first


def test_every_field_of_the_contract_is_a_field_of_the_request() -> None:
    assert set(GenerateRequest.model_fields) == {
        "agent_id", "assistant_id", "personalities", "num_scenarios", "test_profile", "scenario_type",
        "attack_type", "expected_outcome", "knowledge_base", "extra_instructions", "inbound_phone_number",
        "first_message", "generate_expected_outcomes", "tags", "tool_ids", "folder_path", "simulation_type",
        "generation_files", "generation_file_ids",
    }  # fmt: skip


def test_a_project_has_so_many_scenarios_a_day_and_another_its_own(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVALGEN_SCENARIOS_A_DAY", "30")
    now = 1_790_000_000.0
    monkeypatch.setattr(api.module("api"), "time", SimpleNamespace(time=lambda: now))

    def ask(count: int, project: int = FIRST, key: str = "") -> Any:
        agent = agents[project]
        headers = {"Idempotency-Key": key} if key else {}
        body = {"agent_id": agent, "num_scenarios": count}
        return api.call("POST", GENERATE, body, project=project, headers=headers)

    agents = {project: api.agent(project)["id"] for project in (FIRST, SECOND)}
    first = ask(20, key="quota")
    assert first.status == 200
    assert ask(20, key="quota").json == first.json
    refused = ask(11)
    assert (refused.status, refused.json) == (
        429,
        {"detail": "This project may ask for 30 scenarios a day (UTC); 10 are left today."},
    )
    assert 0 < int(refused.headers["Retry-After"]) <= 86_400
    assert ask(10).status == 200
    assert ask(1).status == 429
    assert ask(30, SECOND).status == 200
    now += int(refused.headers["Retry-After"])
    assert ask(30).status == 200
