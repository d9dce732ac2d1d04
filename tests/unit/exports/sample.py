"""A scenario as it is answered, for the tests of exports and of the report."""

from __future__ import annotations

from typing import Any

from evalgen.exports.exported import Exported

TOOLS = [
    {"name": "find", "description": "", "freetext_params": [], "mock_data": []},
    {"name": "cancel", "description": "", "freetext_params": ["reason"], "mock_data": []},
]


def scenario(**changes: Any) -> dict[str, Any]:
    return {
        "id": 7,
        "name": "Cancel a visit",
        "agent": 3,
        "agent_name": "Clinic",
        "scenario_type": "instruction",
        "generation_type": "workflow",
        "personality": 1,
        "personality_name": "Normal Male",
        "scenario_language": "en",
        "instructions": "1. Ask to cancel a visit when greeted\n2. Give {{test_profile.phone}} when asked\n"
        "3. End the call when told that it is cancelled",
        "conditional_actions": None,
        "expected_outcome_prompt": "The main agent should state that {{test_profile.full_name}}'s visit "
        "is cancelled.",
        "first_message": "",
        "tags": ["done"],
        "tool_ids": ["TOOL_END_CALL"],
        "metrics": [45],
        "metric_names": ["Expected Outcome"],
        "folder_path": None,
        "test_profile": 9,
        "test_profile_data": {
            "id": 9,
            "name": "Ana Lee",
            "information": {
                "main_agent_variables": {"today": "2026-11-28"},
                "testing_agent_variables": {"phone": "613", "full_name": "Ana Lee"},
            },
        },
        "generated_mock_tool_entries": [
            {
                "tool_id": 1,
                "tool_name": "find",
                "new_entry": {"input": {"phone": "613"}, "output": {"id": "p1"}},
            },
            {
                "tool_id": 2,
                "tool_name": "cancel",
                "new_entry": {"input": {"id": "p1", "reason": "ill"}, "output": {"ok": True}},
            },
        ],
        "assertions": [
            {
                "id": "a1",
                "kind": "says",
                "text": "The main agent should state that {{test_profile.full_name}}'s visit is cancelled.",
                "rests_on": [{"call": "c2", "path": "/ok"}, {"lines": [2, 3], "statement": "s2"}],
                "caused_by_step": 2,
            }
        ],
        "expected_calls": [
            {"id": "c1", "tool": "find", "input": {"phone": "613"}, "optional": False, "after": []},
            {
                "id": "c2",
                "tool": "cancel",
                "input": {"id": "p1", "reason": "ill"},
                "optional": False,
                "after": ["c1"],
            },
        ],
        "forbidden_calls": [{"tool": "cancel", "input": None, "until": "c1"}],
        "key": "done:cancel/1a2b",
        "variation_of": None,
        "covers": ["s2", "find:success"],
        "sources": [],
        "writer": "embedded",
        "max_duration": None,
        "created_at": None,
        "updated_at": None,
        **changes,
    }


def exported(*scenarios: dict[str, Any]) -> Exported:
    return Exported(scenarios or (scenario(),), TOOLS, "llm_1")
