"""Scenarios as one file of tests for pytest, which plays them with whatever a callable plays."""

from __future__ import annotations

import pprint
from importlib.resources import files
from typing import Any

from evalgen.exports.exported import (
    Exported,
    Scenario,
    agent_variables,
    caller_variables,
    filled_in,
    statements,
)

EMPTY = "SCENARIOS: list[dict[str, Any]] = []"


def as_test_file(exported: Exported) -> str:
    """The template with the scenarios in it, as Python that a person can read and compare."""
    template = files("evalgen.exports").joinpath("pytest_template.py").read_text("utf-8")
    free = {str(tool["name"]): sorted(tool.get("freetext_params") or ()) for tool in exported.tools}
    data = [_data(key, scenario, free) for key, scenario in exported.keyed]
    written = pprint.pformat(data, width=110, sort_dicts=False)
    return template.replace(EMPTY, f"SCENARIOS: list[dict[str, Any]] = {written}")


def _data(key: str, scenario: Scenario, free: dict[str, list[str]]) -> dict[str, Any]:
    """The fields of the template's Scenario."""

    def matched(call: dict[str, Any]) -> dict[str, Any]:
        return {**call, "free": free.get(call["tool"], [])}

    return {
        "key": key,
        "name": scenario["name"],
        "language": scenario["scenario_language"],
        "personality": scenario["personality_name"],
        "first_message": filled_in(scenario["first_message"], scenario),
        "instructions": filled_in(scenario["instructions"], scenario),
        "caller_variables": caller_variables(scenario),
        "agent_variables": agent_variables(scenario),
        "statements": statements(scenario),
        "mocks": [
            matched({"tool": entry["tool_name"], **entry["new_entry"]})
            for entry in scenario["generated_mock_tool_entries"] or ()
        ],
        "expected_calls": [matched(dict(call)) for call in scenario["expected_calls"]],
        "forbidden_calls": [matched(dict(call)) for call in scenario["forbidden_calls"]],
    }
