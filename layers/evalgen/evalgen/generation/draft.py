"""A scenario in words, before it has an id."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class MockEntry:
    """A call that the agent is expected to make, and what the mocked tool answers."""

    tool_id: int
    tool_name: str
    input: dict[str, Any]
    output: Any


@dataclass(frozen=True, slots=True)
class Draft:
    """What a writer makes of a plan.

    `instructions` are numbered lines; identity stands in them only as `{{test_profile.key}}`.
    `generated_outcome` says that the expected outcome is the
    writer's own. `covers` are the ids of the statements, tool outcomes and facts that the scenario tests.
    """

    name: str
    instructions: str
    expected_outcome: str
    first_message: str
    language: str
    tags: tuple[str, ...]
    profile_name: str
    main_agent_variables: dict[str, Any]
    testing_agent_variables: dict[str, Any]
    mock_entries: tuple[MockEntry, ...] = ()
    covers: tuple[str, ...] = ()
    writer: str = "embedded"
    sources: tuple[dict[str, Any], ...] = field(default_factory=tuple)
    generated_outcome: bool = False
