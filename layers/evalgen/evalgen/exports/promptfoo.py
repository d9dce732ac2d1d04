"""Scenarios as a promptfoo configuration: each a test that promptfoo's simulated user plays.

The prompts and the providers are named where it is run: they are the agent's. Tried with promptfoo 0.121.
"""

from __future__ import annotations

import json
from typing import Any

from evalgen.exports.caller import caller_prompt
from evalgen.exports.exported import (
    Exported,
    Scenario,
    agent_variables,
    caller_variables,
    statements,
    text_of,
)

MAX_TURNS = 15
SIMULATED_USER = {"id": "promptfoo:simulated-user", "config": {"maxTurns": MAX_TURNS}}
_TEMPLATE = ("{{", "{%", "{#")


def as_config(exported: Exported) -> str:
    """JSON, which promptfoo reads as it reads YAML."""
    config = {
        "description": exported.agent_name,
        "defaultTest": {"provider": SIMULATED_USER},
        "tests": [_test(key, scenario) for key, scenario in exported.keyed],
    }
    return json.dumps(config, indent=2, ensure_ascii=False) + "\n"


def _test(key: str, scenario: Scenario) -> dict[str, Any]:
    """`test_profile` is an object: as a list it would be taken for one test an item, and a placeholder that
    nothing fills stays in a prompt and is empty in an assertion."""
    profile = {**agent_variables(scenario), **caller_variables(scenario)}
    return {
        "description": scenario["name"],
        "vars": {
            **{name: text_of(value) for name, value in agent_variables(scenario).items()},
            "instructions": caller_prompt(scenario),
            "test_profile": profile,
        },
        "assert": [{"type": "llm-rubric", "value": _literal(text)} for text in statements(scenario)],
        "metadata": {
            "key": key,
            "tags": scenario["tags"],
            "expected_calls": scenario["expected_calls"],
            "forbidden_calls": scenario["forbidden_calls"],
            "mock_tools": scenario["generated_mock_tool_entries"],
        },
    }


def _literal(text: str) -> str:
    """Assertions are templates: what looks like one in an agent's own words is none."""
    return f"{{% raw %}}{text}{{% endraw %}}" if any(mark in text for mark in _TEMPLATE) else text
