"""A test profile as it is stored: the contract's object. Imports nothing but the standard library."""

from __future__ import annotations

from typing import Any


def profile_body(
    profile_id: int,
    project_id: int,
    agent: tuple[int | None, str],
    name: str,
    information: dict[str, Any],
    now: str,
) -> dict[str, Any]:
    """`agent` is its id and name; `information` has both sections."""
    return {
        "id": profile_id,
        "project": project_id,
        "agent": agent[0],
        "agent_name": agent[1],
        "name": name,
        "information": information,
        "created_by": None,
        "last_updated_by": None,
        "created_at": now,
        "updated_at": now,
    }


def sections(main_agent: dict[str, Any], testing_agent: dict[str, Any]) -> dict[str, Any]:
    return {"main_agent_variables": main_agent, "testing_agent_variables": testing_agent}
