"""A key sees nothing of another project, on any route."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from tests.integration.api.client import AGENTS, FIRST, GENERATE, SECOND, V1, Api
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
        knowledge_base_files=[{"file_name": "a.txt", "content_base64": content}],
    )
    profile = api.call("POST", f"{V1}/test-profiles", {"name": "Secret profile"}, project=SECOND).json
    voice = api.call("POST", f"{V1}/personalities", VOICE, project=SECOND).json
    (scenario,) = generated(api, draft("Secret scenario"), project=SECOND, agent_id=agent["id"])
    return {
        "agent": agent["id"],
        "document": agent["knowledge_base_files"][0]["id"],
        "profile": profile["id"],
        "voice": voice["id"],
        "scenario": scenario,
    }


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", f"{AGENTS}/{{agent}}", None),
        ("PATCH", f"{AGENTS}/{{agent}}", {"name": "Mine"}),
        ("DELETE", f"{AGENTS}/{{agent}}", None),
        ("GET", f"{V1}/test-profiles/{{profile}}", None),
        ("GET", f"{V1}/personalities/{{voice}}", None),
        ("GET", f"{V1}/scenarios/{{scenario}}", None),
        ("PATCH", f"{V1}/scenarios/{{scenario}}", {"name": "Mine"}),
        ("DELETE", f"{V1}/scenarios/{{scenario}}", None),
    ],
)
def test_what_is_anothers_does_not_exist(
    api: Api, theirs: dict[str, int], method: str, path: str, body: Any
) -> None:
    address = path.format(**theirs)
    answer = api.call(method, address, body, project=FIRST)
    assert (answer.status, list(answer.json)) == (404, ["detail"])
    assert "ecret" not in answer.text
    assert api.call("GET", address, project=SECOND).status == 200


@pytest.mark.parametrize(
    "path",
    [AGENTS, f"{V1}/test-profiles", f"{V1}/personalities", f"{V1}/scenarios", f"{V1}/predefined-metrics"],
)
def test_lists_hold_ones_own_only(api: Api, theirs: dict[str, int], path: str) -> None:
    assert "ecret" not in api.call("GET", path, project=FIRST).text
    assert api.call("GET", path, query={"project_id": str(SECOND)}, project=FIRST).status == 400
    assert api.call("GET", path, query={"project_id": str(FIRST)}, project=FIRST).status == 200


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
