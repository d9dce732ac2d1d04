"""A scenario in words, before it has an id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evalgen.generation.plan.test import Assertion, ExpectedCall, ForbiddenCall


@dataclass(frozen=True, slots=True)
class MockEntry:
    """A call that the agent is expected to make, and what the mocked tool answers."""

    tool_id: int
    tool_name: str
    input: dict[str, Any]
    output: Any


@dataclass(frozen=True, slots=True)
class Draft:
    """What a writer makes of a test.

    `instructions` are numbered lines; identity stands in them only as `{{test_profile.key}}`. A structured
    scenario has `conditional_actions` (`{"role", "conditions"}`), of which its instructions and first message
    are the reading. `covers` are the ids of the statements, tool outcomes and facts that the scenario tests;
    `key` and `variation_of` are those of its test. `writer` says who found its words, `reviewed` who passed
    them: `embedded` or `model`; nobody if it is empty.
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
    tool_ids: tuple[str, ...] = ()
    mock_entries: tuple[MockEntry, ...] = ()
    assertions: tuple[Assertion, ...] = ()
    expected_calls: tuple[ExpectedCall, ...] = ()
    forbidden_calls: tuple[ForbiddenCall, ...] = ()
    conditional_actions: dict[str, Any] | None = None
    covers: tuple[str, ...] = ()
    key: str = ""
    variation_of: str = ""
    writer: str = "embedded"
    reviewed: str = ""
    sources: tuple[dict[str, Any], ...] = ()
