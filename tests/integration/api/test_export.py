"""Scenarios as files, through the real handlers."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from evalgen.exports.table import COLUMNS
from tests.integration.api.client import V1, Api
from tests.integration.api.test_knowledge import fetch
from tests.integration.api.test_scenarios import draft, generated

EXPORT = f"{V1}/scenarios/export_scenarios"


def export(api: Api, ids: list[int], kind: str, **query: str) -> Any:
    wanted = {"scenario_ids": ",".join(map(str, ids)), "export_type": kind, **query}
    return api.call("GET", f"{EXPORT}/", query=wanted)


def test_a_suite_has_all_of_a_scenario_and_fits_the_served_schema(api: Api) -> None:
    agent = api.agent(name="Clinic")["id"]
    first = replace(draft("A", "edge"), tool_ids=("TOOL_DTMF",))
    ids = generated(api, first, draft("B"), agent_id=agent, tags=["t"] * 2)
    answer = export(api, ids[::-1], "json")
    assert answer.status == 200
    assert "scenarios.json" in answer.headers["Content-Disposition"]
    suite = answer.json
    schema = api.call("GET", f"{V1}/scenarios/json_schema/").json
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(suite, schema, jsonschema.Draft202012Validator)
    assert (suite["version"], suite["suite"]) == ("1", {"name": "Clinic"})
    assert [one["name"] for one in suite["scenarios"]] == ["B", "A"]
    assert suite["scenarios"][1] == {
        "name": "A",
        "key": f"scenario-{ids[0]}",
        "type": "instruction",
        "instructions": "1. Say who you are.\n2. Ask.\n3. Decide.",
        "expected_outcome": "It answers.",
        "first_message": "Hello",
        "language": "en",
        "personality": 1,
        "test_profile": {
            "name": "A caller",
            "agent_variables": {"id": "7"},
            "caller_variables": {"name": "Ana"},
        },
        "metrics": [
            "expected_outcome", "latency", "pitch", "interruption_score", "infrastructure_issues",
            "tool_call_success", "relevancy", "response_consistency", "talk_ratio", "sentiment",
        ],
        "tags": ["t", "edge"],
        "tools": ["dtmf"],
    }  # fmt: skip


@pytest.mark.parametrize(
    "broken", [{"name": "x" * 81}, {"unknown": 1}, {"tools": ["fly"]}, {"language": "xx"}]
)
def test_the_served_schema_refuses_what_is_no_suite(api: Api, broken: dict[str, Any]) -> None:
    schema = api.call("GET", f"{V1}/scenarios/json_schema", query={"version": "1"}).json
    good = {"version": "1", "scenarios": [{"name": "A", "instructions": "1. Go."}]}
    jsonschema.validate(good, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**good, "scenarios": [{**good["scenarios"][0], **broken}]}, schema)  # type: ignore[dict-item] # of the good suite above
    assert list(api.call("GET", f"{V1}/scenarios/json_schema", query={"version": "2"}).json) == ["version"]


def test_a_csv_file_has_a_row_for_each_scenario(api: Api) -> None:
    ids = generated(api, draft("=cmd|x"), draft('B, "quoted"\nand more'))
    answer = export(api, ids, "csv")
    assert answer.headers["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert list(rows[0]) == list(COLUMNS)
    assert [row["id"] for row in rows] == [str(one) for one in ids]
    assert rows[0]["name"] == "'=cmd|x"
    assert rows[1]["name"] == 'B, "quoted"\nand more'
    assert rows[0]["main_agent_variables"] == '{"id":"7"}'
    assert api.call("GET", EXPORT, query={"scenario_ids": str(ids[0])}).text.count("cmd") == 1


def test_a_workbook_is_fetched_from_where_the_answer_says(api: Api) -> None:
    (one,) = generated(api, draft("=1+1"))
    answer = export(api, [one], "xlsx")
    assert (answer.status, answer.headers["Location"]) == (303, answer.json["url"])
    status, data = fetch(api, answer.json["url"])
    assert status == 200
    with zipfile.ZipFile(io.BytesIO(data)) as workbook:
        texts = workbook.read("xl/sharedStrings.xml").decode()
        sheet = workbook.read("xl/worksheets/sheet1.xml").decode()
    assert "=1+1" in texts
    assert "<f>" not in sheet


def test_a_cell_that_no_workbook_holds_is_refused_and_fits_csv(api: Api) -> None:
    (one,) = generated(api, draft("Wide"))
    entry = {"tool_id": 1, "tool_name": "t", "new_entry": {"input": {}, "output": "x" * 33_000}}
    api.call("PATCH", f"{V1}/scenarios/{one}", {"generated_mock_tool_entries": [entry]})
    refused = export(api, [one], "xlsx")
    assert (refused.status, list(refused.json)) == (400, ["export_type"])
    assert export(api, [one], "csv").status == 200


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({}, "scenario_ids"),
        ({"scenario_ids": ""}, "scenario_ids"),
        ({"scenario_ids": "1,a"}, "scenario_ids"),
        ({"scenario_ids": ",".join(map(str, range(1, 202)))}, "scenario_ids"),
        ({"scenario_ids": "99999"}, "scenario_ids"),
        ({"scenario_ids": "1", "export_type": "pdf"}, "export_type"),
        ({"scenario_ids": "1", "project_id": "2"}, "project_id"),
    ],
)
def test_a_wrong_export_is_named(api: Api, query: dict[str, str], field: str) -> None:
    refused = api.call("GET", EXPORT, query=query)
    assert (refused.status, list(refused.json)) == (400, [field])


def test_scenarios_of_other_agents_are_left_out_and_none_left_is_a_404(api: Api) -> None:
    agent = api.agent()["id"]
    (own,), (other,) = generated(api, draft("Own"), agent_id=agent), generated(api, draft("Other"))
    suite = export(api, [own, other], "json", agent_id=str(agent)).json
    assert [one["name"] for one in suite["scenarios"]] == ["Own"]
    assert export(api, [other], "json", agent_id=str(agent)).status == 404
