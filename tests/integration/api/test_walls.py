"""A key sees nothing of another project, on any route."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from local.reading import read_system
from tests.integration.api.client import AGENTS, FIRST, GENERATE, ROOT, SECOND, V1, Api
from tests.integration.api.test_scenarios import draft, generated

VOICE = {"name": "Secret voice", "voice_model": "m", "background_noise": "off", "language": "fi"}


@pytest.fixture(scope="module")
def theirs(api: Api) -> dict[str, int]:
    """Ids of the second project, all beyond what the first one has."""
    for _ in range(60):
        api.agent(SECOND)
    content = base64.b64encode(b"secret").decode()
    agent = api.agent(
        SECOND,
        name="Secret agent",
        provider={"agent_id": "secret-assistant"},
        knowledge_base_files=[{"file_name": "secret.txt", "content_base64": content}],
    )

    def made(path: str, body: Any) -> Any:
        answer = api.call("POST", path, body, project=SECOND)
        assert answer.status in {200, 201}, answer.text
        return answer.json

    made(f"{V1}/scenarios/create_folder", {"name": "Secret folder"})
    uploads = f"{AGENTS}/{agent['id']}/knowledge_base/uploads"
    (scenario,) = generated(api, draft("Secret scenario", "secret tag"), project=SECOND, agent_id=agent["id"])
    return {
        "agent": agent["id"],
        "document": agent["knowledge_base_files"][0]["id"],
        "upload": made(uploads, {"file_name": "secret.txt", "file_size": 6})["id"],
        "profile": made(f"{V1}/test-profiles", {"name": "Secret profile"})["id"],
        "voice": made(f"{V1}/personalities", VOICE)["id"],
        "number": made(f"{V1}/phone-numbers/inbound", {"number": "+999", "phone_number_id": "secret"})["id"],
        "scenario": scenario,
        "project": SECOND,
    }


COLLECTIONS = {
    "aiagents": "agent",
    "test-profiles": "profile",
    "personalities": "voice",
    "phone-numbers": "number",
    "projects": "project",
    "scenarios": "scenario",
}
BODIES: dict[str, Any] = {
    "upload_knowledge_base": {"files": [{"name": "a.txt", "content_base64": "YQ=="}]},
    "uploads": {"file_name": "a.txt", "file_size": 1},
    "restore": {"history_id": 1},
    "suite-diff": {"from_history_id": 1},
    "update_scenario_with_transcript": {"transcript_json": [{"role": "Testing Agent", "content": "Hi"}]},
    "update_conditional_actions": {"conditional_actions": {"conditions": []}},
    "edit": {"history_id": 1},
}
CHANGE = {"name": "Mine", "description": "You are mine."}
ALL_ROUTES = read_system(ROOT / "template.yaml").api.routes
GENERATION = [route.path for route in ALL_ROUTES if "/generate-" in route.path and route.method == "GET"]
ROUTES = sorted(
    (route.method, route.path)
    for route in ALL_ROUTES
    if route.authorized and "/generate-" not in route.path and not route.path.endswith("-progress")
)
OF_ONE = [(method, path) for method, path in ROUTES if "{" in path]
LISTS = [path for method, path in ROUTES if "{" not in path and method == "GET"]


@pytest.mark.parametrize(("method", "path"), OF_ONE)
def test_what_is_anothers_does_not_exist_on_any_route(
    api: Api, theirs: dict[str, int], method: str, path: str
) -> None:
    noun = COLLECTIONS[path.split("/")[3].removesuffix("-external")]
    address = path.format(id=theirs[noun], upload_id=theirs["upload"], tool_name="secret")
    body = BODIES.get(path.rpartition("/")[2], CHANGE) if method in {"POST", "PATCH", "PUT"} else None
    answer = api.call(method, address, body, project=FIRST)
    assert (answer.status, list(answer.json)) == (404, ["detail"])
    assert "ecret" not in answer.text
    if noun not in {"number", "project"}:
        whole = f"{path.partition('{')[0]}{theirs[noun]}".replace(f"{V1}/aiagents", AGENTS)
        assert "ecret" in api.call("GET", whole, project=SECOND).text


@pytest.mark.parametrize("path", LISTS)
def test_lists_hold_ones_own_only(api: Api, theirs: dict[str, int], path: str) -> None:
    last = path.rpartition("/")[2]
    named = {"export_scenarios": ("scenario_ids", "scenario"), "report": ("agent_id", "agent")}.get(last)
    query = {named[0]: str(theirs[named[1]])} if named else {}
    if path.endswith("short_list"):
        query["page_size"] = "100"
    assert "ecret" not in api.call("GET", path, query=query, project=FIRST).text
    if not path.endswith("json_schema"):
        foreign = api.call("GET", path, query={**query, "project_id": str(SECOND)}, project=FIRST)
        assert (foreign.status, list(foreign.json)) == (400, ["project_id"])
        own = api.call("GET", path, query={**query, "project_id": str(SECOND)}, project=SECOND)
        assert own.status == 200
        assert "ecret" in own.text or "metrics" in path


def test_what_is_made_or_changed_cannot_refer_to_anothers(api: Api, theirs: dict[str, int]) -> None:
    (own,) = generated(api, draft("Own"))
    changes: dict[str, Any] = {"personality": theirs["voice"], "test_profile": theirs["profile"]}
    changes |= {"inbound_phone_number": theirs["number"], "folder_path": "Secret folder"}
    assert set(api.call("PATCH", f"{V1}/scenarios/{own}", changes).json) == set(changes)
    below = {"name": "x", "parent_path": "Secret folder"}
    assert set(api.call("POST", f"{V1}/scenarios/create_folder", below).json) == {"parent_path"}
    profile = {"name": "x", "agent": theirs["agent"]}
    assert set(api.call("POST", f"{V1}/test-profiles", profile).json) == {"agent"}
    upload = f"{AGENTS}/{api.agent()['id']}/knowledge_base/uploads/{theirs['upload']}"
    assert api.call("GET", upload).status == 404


def test_a_generation_of_anothers_is_not_there(api: Api, theirs: dict[str, int]) -> None:
    query = {"progress_id": api.job(theirs["agent"], 1, SECOND)}
    for path in GENERATION:
        assert api.call("GET", path, query=query, project=FIRST).status == 404
    progress = f"{V1}/scenarios/generate-progress"
    assert progress in GENERATION
    assert api.call("GET", progress, query=query, project=SECOND).status == 200


@pytest.mark.parametrize("filter_by", ["agent_id", "assistant_id"])
def test_a_filter_by_anothers_id_finds_nothing(api: Api, theirs: dict[str, int], filter_by: str) -> None:
    value = {"agent_id": str(theirs["agent"]), "assistant_id": "secret-assistant"}[filter_by]
    assert api.call("GET", f"{V1}/scenarios", query={filter_by: value}).json["count"] == 0


def test_a_job_cannot_refer_to_anothers_things(api: Api, theirs: dict[str, int]) -> None:
    fields = {"personalities": [theirs["voice"]], "test_profile": theirs["profile"], "num_scenarios": 1}
    both = {"agent_id": theirs["agent"], **fields}
    assert set(api.call("POST", GENERATE, both).json) == {"agent_id", "personalities", "test_profile"}
    named = {"assistant_id": "secret-assistant", "num_scenarios": 1}
    assert set(api.call("POST", GENERATE, named).json) == {"assistant_id"}
    placed = {"inbound_phone_number": theirs["number"], "folder_path": "Secret folder", "num_scenarios": 1}
    found = api.call("POST", GENERATE, {"agent_id": api.agent()["id"], **placed}).json
    assert set(found) == {"inbound_phone_number", "folder_path"}
    documents = {"agent_id": api.agent()["id"], "knowledge_base": [theirs["document"]], "num_scenarios": 1}
    assert set(api.call("POST", GENERATE, documents).json) == {"knowledge_base"}
    assert api.call("POST", GENERATE, both, project=SECOND).status == 200


def test_an_idempotency_key_is_known_in_its_project_only(api: Api) -> None:
    key = {"Idempotency-Key": "shared"}
    answers = [
        api.call(
            "POST",
            GENERATE,
            {"agent_id": api.agent(project)["id"], "num_scenarios": 1},
            project=project,
            headers=key,
        )
        for project in (FIRST, SECOND)
    ]
    assert [answer.status for answer in answers] == [200, 200]
    assert answers[0].json["progress_id"] != answers[1].json["progress_id"]
