"""What a scenario has that a format may have no place for."""

from __future__ import annotations

from enum import StrEnum

from evalgen.exports.exported import Scenario, agent_variables


class Part(StrEnum):
    """The value says it to a person."""

    MOCKS = "the mocked answers of tools"
    EXPECTED_CALLS = "the expected calls and their order"
    FORBIDDEN_CALLS = "the forbidden calls"
    GROUNDS = "what each assertion rests on"
    STRUCTURE = "conditional actions as a structure"
    PERSONALITY = "the personality"
    FIRST_MESSAGE = "the first message"
    VARIABLES = "the agent's variables"
    METRICS = "the metrics"
    TOOLS = "the caller's own tools"
    TAGS = "the tags"
    MORE_TAGS = "the tags beyond the first 32"
    FOLDER = "the folder"


EVERY = frozenset(Part)
SUITE_TAGS = 32

_FIELDS = {
    Part.MOCKS: "generated_mock_tool_entries",
    Part.EXPECTED_CALLS: "expected_calls",
    Part.FORBIDDEN_CALLS: "forbidden_calls",
    Part.GROUNDS: "assertions",
    Part.STRUCTURE: "conditional_actions",
    Part.PERSONALITY: "personality_name",
    Part.FIRST_MESSAGE: "first_message",
    Part.METRICS: "metrics",
    Part.TOOLS: "tool_ids",
    Part.TAGS: "tags",
    Part.FOLDER: "folder_path",
}


def parts_of(scenario: Scenario) -> frozenset[Part]:
    """Those that the scenario has."""
    found = {part for part, field in _FIELDS.items() if scenario[field]}
    if agent_variables(scenario):
        found.add(Part.VARIABLES)
    if len(scenario["tags"]) > SUITE_TAGS:
        found.add(Part.MORE_TAGS)
    return frozenset(found)
