"""A job done by a deployed stack, asked for over HTTP."""

from __future__ import annotations

from typing import Any

from evalgen_cli.client import Client
from evalgen_cli.in_process import OnProgress
from evalgen_cli.suite import Suite, untimed


def generate_there(
    client: Client, agent: dict[str, Any], request: dict[str, Any], on_progress: OnProgress
) -> Suite:
    """The agent is registered, and stays there with its scenarios. Raises ApiError."""

    def tell(now: dict[str, Any]) -> None:
        ended = now["completed_scenarios"] + now["failed_scenarios"]
        on_progress(ended, now["total_scenarios"], now["status"])

    agent_id = client.create_agent(agent)
    done = client.generate({**request, "agent_id": agent_id}, tell)
    return Suite(
        agent,
        request,
        [untimed(one) for one in done["scenarios_list"]],
        done["failures"],
        done["warnings"],
        client.coverage(done["progress_id"]),
    )
