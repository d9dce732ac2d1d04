"""A change of some fields changes those, whatever others change at the same time."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evalgen.storage.entities import ATTEMPTS, Entities
from tests.integration.api.client import V1, Api
from tests.integration.api.test_scenarios import SCENARIOS, draft, generated

SCENARIO_FIELDS: dict[str, Any] = {
    "name": "Changed",
    "expected_outcome_prompt": "Other.",
    "tags": ["x"],
    "tool_ids": ["TOOL_SEND_SMS"],
    "max_duration": 77,
    "first_message": "Hi",
    "instructions": "1. New.",
    "personality": 2,
    "metrics": [],
    "simulation_description": "As told.",
    "information_fields": {"a": 1},
    "scenario_type": "real_world_smart",
    "generated_mock_tool_entries": [],
}
PROFILE_FIELDS: dict[str, Any] = {
    "name": "Changed",
    "information": {"main_agent_variables": {}, "testing_agent_variables": {"b": "2"}},
}
FOLLOWING = {"updated_at", "personality_name", "metric_names", "agent_name"}
"""What is made of the fields that were sent."""


def orders(fields: dict[str, Any]) -> st.SearchStrategy[list[list[str]]]:
    """The fields in some order, dealt out to several requests."""
    names = st.permutations(sorted(fields))
    return st.tuples(names, st.integers(1, len(fields))).map(
        lambda drawn: [list(drawn[0][at :: drawn[1]]) for at in range(drawn[1])]
    )


@pytest.mark.parametrize(
    ("collection", "fields"), [("scenarios", SCENARIO_FIELDS), ("test-profiles", PROFILE_FIELDS)]
)
@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_each_of_several_requests_between_reading_and_writing_changes_its_fields(
    api: Api, collection: str, fields: dict[str, Any], data: st.DataObject
) -> None:
    requests = data.draw(orders(fields))
    (scenario,) = generated(api, draft("One"))
    if collection == "scenarios":
        path = f"{SCENARIOS}/{scenario}"
    else:
        path = f"{V1}/test-profiles/{api.call('GET', f'{SCENARIOS}/{scenario}').json['test_profile']}"
    before = api.call("GET", path).json
    read = Entities.get

    def read_while_others_change(self: Entities, project_id: int, entity_id: int) -> Any:
        item = read(self, project_id, entity_id)
        if requests:
            change(requests.pop())
        return item

    def change(names: list[str]) -> None:
        answer = api.call("PATCH", path, {name: fields[name] for name in names})
        assert answer.status == 200, answer.text

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Entities, "get", read_while_others_change)
        change(requests.pop())
    after = api.call("GET", path).json
    assert {name: after[name] for name in fields} == fields
    untouched = before.keys() - fields.keys() - FOLLOWING
    assert {name: after[name] for name in untouched} == {name: before[name] for name in untouched}


def test_a_change_that_others_always_precede_is_a_conflict(api: Api) -> None:
    (one,) = generated(api, draft("Busy"))
    path, read = f"{SCENARIOS}/{one}", Entities.get
    seen: list[bool] = []

    def read_and_change(self: Entities, project_id: int, entity_id: int) -> Any:
        item = read(self, project_id, entity_id)
        if self.kind == "SCENARIO" and not (seen and seen[-1]):
            seen.append(True)
            api.call("PATCH", path, {"max_duration": 10 + len(seen)})
            seen.append(False)
        return item

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Entities, "get", read_and_change)
        refused = api.call("PATCH", path, {"name": "Mine"})
    assert refused.status == 409
    assert "at the same time" in refused.json["detail"]
    assert len(seen) == 2 * ATTEMPTS
    assert api.call("GET", path).json["name"] == "Busy"
