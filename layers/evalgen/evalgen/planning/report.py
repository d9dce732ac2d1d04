"""What a job's plans cover of the agent, in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evalgen.planning.plan import Plan
from evalgen.reading.model import AgentModel


def report_of(model: AgentModel, plans: Sequence[Plan]) -> dict[str, Any]:
    """Counts of what there is to cover and of what the plans cover, and the lines of what is left."""
    covered = {item for plan in plans for item in plan.covers}
    testable = [s for s in model.statements if s.kind not in ("identity", "context", "fact")]
    outcomes = [f"{tool.name}:{outcome}" for tool in model.tools for outcome in tool.outcomes]
    return {
        "statements": len(testable),
        "statements_covered": sum(s.id in covered for s in testable),
        "tool_outcomes": len(outcomes),
        "tool_outcomes_covered": sum(o in covered for o in outcomes),
        "uncovered_lines": [s.lines[0] for s in testable if s.id not in covered][:200],
    }
