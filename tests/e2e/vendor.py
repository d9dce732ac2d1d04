"""What tests with the vendor's own client share."""

from __future__ import annotations

from typing import Any

from cekura import Cekura

from tests.e2e.kit import until

KEY = "the-vendors-key"


def ended(progress: dict[str, Any]) -> dict[str, Any] | None:
    """The progress if the job has ended."""
    done = progress["completed_scenarios"] + progress["failed_scenarios"]
    return progress if done == progress["total_scenarios"] else None


def generated(client: Cekura, agent: int, number: int, **fields: Any) -> list[dict[str, Any]]:
    """The scenarios of a job that has ended."""
    job = client.scenarios.generate_bg(agent_id=agent, num_scenarios=number, **fields)["progress_id"]
    progress = until(lambda: ended(client.scenarios.generate_progress(progress_id=job)), "the job ends")
    scenarios: list[dict[str, Any]] = progress["scenarios_list"]
    return scenarios
