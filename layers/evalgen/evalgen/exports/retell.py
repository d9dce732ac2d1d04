"""Scenarios as Retell's simulation test cases: the bodies of its `create-test-case-definition`, in a list.

Checked against the types of retell-sdk 6.2.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from evalgen.exports.caller import caller_prompt
from evalgen.exports.exported import Exported, Scenario, agent_variables, statements, text_of

LLM, FLOW = "retell-llm", "conversation-flow"
FLOW_ID = "conversation_flow_"
UNKNOWN_TARGET = "llm_REPLACE_WITH_YOURS"
NO_ANSWER = json.dumps({"error": "This call is not mocked in this test."})


def as_test_cases(exported: Exported) -> str:
    """A list of bodies as JSON. `target` is the id of an LLM or of a conversation flow."""
    cases = [_case(key, scenario, exported) for key, scenario in exported.keyed]
    return json.dumps(cases, indent=2, ensure_ascii=False) + "\n"


def _case(key: str, scenario: Scenario, exported: Exported) -> dict[str, Any]:
    """The only place for a key is the name."""
    return {
        "name": f"{scenario['name']} [{key}]",
        "response_engine": _engine(exported.target or UNKNOWN_TARGET),
        "user_prompt": caller_prompt(scenario),
        "metrics": statements(scenario),
        "dynamic_variables": {name: text_of(value) for name, value in agent_variables(scenario).items()},
        "tool_mocks": [*_mocks(scenario, exported), *_rest(scenario, exported)],
    }


def _engine(target: str) -> dict[str, str]:
    if target.startswith(FLOW_ID):
        return {"type": FLOW, "conversation_flow_id": target}
    return {"type": LLM, "llm_id": target}


def _mocks(scenario: Scenario, exported: Exported) -> Iterator[dict[str, Any]]:
    """What an agent words itself is not matched: it would never be equal."""
    free = {str(tool["name"]): set(tool.get("freetext_params") or ()) for tool in exported.tools}
    for entry in scenario["generated_mock_tool_entries"] or ():
        name, call = entry["tool_name"], entry["new_entry"]
        matched = {key: value for key, value in call["input"].items() if key not in free.get(name, ())}
        yield _mock(name, {"type": "partial_match", "args": matched}, json.dumps(call["output"]))


def _rest(scenario: Scenario, exported: Exported) -> Iterator[dict[str, Any]]:
    """Last, for every tool: a call that no mock matches would reach the real one."""
    known = [str(tool["name"]) for tool in exported.tools]
    named = [entry["tool_name"] for entry in scenario["generated_mock_tool_entries"] or ()]
    forbidden = [call["tool"] for call in scenario["forbidden_calls"]]
    for name in dict.fromkeys((*known, *named, *forbidden)):
        yield _mock(name, {"type": "any"}, NO_ANSWER)


def _mock(tool: str, rule: dict[str, Any], output: str) -> dict[str, Any]:
    return {"tool_name": tool, "input_match_rule": rule, "output": output}
