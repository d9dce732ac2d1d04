"""Scenarios as DeepEval's conversational goldens, for `EvaluationDataset.add_goldens_from_json_file`.

Checked with DeepEval 4.3, whose loader drops ids and labels, takes a persona only as an object, and takes a
record without `scenario` for one of another kind, and then refuses the whole file.
"""

from __future__ import annotations

import json
from typing import Any

from evalgen.exports.caller import MANNER, identity, manner
from evalgen.exports.exported import Exported, Scenario, agent_variables, filled_in, statements


def as_goldens(exported: Exported) -> str:
    """A list of records as JSON."""
    return json.dumps([_golden(*pair) for pair in exported.keyed], indent=2, ensure_ascii=False) + "\n"


def _golden(key: str, scenario: Scenario) -> dict[str, Any]:
    wanted = statements(scenario)
    return {
        "name": scenario["name"],
        "scenario": filled_in(scenario["instructions"], scenario),
        "expected_outcome": "\n".join(wanted) or None,
        "expectations": {"must": wanted} if wanted else None,
        "persona": {
            "characteristics": f"{identity(scenario)}\n{manner(scenario)} {MANNER}",
            "speaks_first": bool(scenario["first_message"]),
        },
        "custom_column_key_values": {"key": key, "tags": ", ".join(scenario["tags"])},
        "additional_metadata": {
            "key": key,
            "variables": agent_variables(scenario),
            "expected_calls": scenario["expected_calls"],
            "forbidden_calls": scenario["forbidden_calls"],
            "mock_tools": scenario["generated_mock_tool_entries"],
        },
    }
