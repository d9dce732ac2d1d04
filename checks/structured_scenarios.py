"""Three structured scenarios of the sample agent in full, as a page of the documentation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from evalgen_cli.agents import read_agent
from evalgen_cli.in_process import generate_here
from evalgen_cli.writing import as_json

ROOT = Path(__file__).parents[1]
AGENT = ROOT / "events" / "agents" / "roadside"
PAGE = ROOT / "docs" / "structured.md"
COUNT = 20

HEAD = """# Structured scenarios

Three of the sample agent's, as `generate-progress` lists them, made without a model by
`PYTHONPATH=layers/evalgen python -m checks.structured_scenarios`; a test compares this page.
What stands in the fields: [contract](contract.md#conditional-actions). The first action is empty, as this
agent opens the call.
"""

Object = dict[str, Any]


def page() -> str:
    workflow = _generated({"scenario_type": "workflow"})
    attacks = _generated({"scenario_type": "red_teaming_voice", "attack_type": "data_leak"})
    parts = (
        ("A deed that gets done", "a condition is what the main agent does, its action the caller's answer",
         _first(workflow, lambda one: one["key"].startswith("done:"))),
        ("A result that is asked for again",
         "where no trigger is certain, an action comes a turn after another (`action_followup`)",
         _first(workflow, lambda one: _followups(one) > 0)),
        ("Red teaming", "the role says whom the caller plays, pressure follows whatever is answered",
         _first(attacks, lambda one: _followups(one) > 2)),
    )  # fmt: skip
    return HEAD + "".join(
        f"\n## {title}\n\n{one['name']}: {what}.\n\n```json\n{as_json(one)}```\n"
        for title, what, one in parts
    )


def _generated(fields: Object) -> list[Object]:
    asked = {"num_scenarios": COUNT, "simulation_type": "conditional_actions", **fields}
    asked["generate_expected_outcomes"] = True
    return generate_here(read_agent([AGENT]).agent, asked, lambda *_: None).scenarios


def _first(scenarios: list[Object], fits: Callable[[Object], bool]) -> Object:
    return next(one for one in scenarios if fits(one))


def _followups(scenario: Object) -> int:
    return sum(one["type"] == "action_followup" for one in scenario["conditional_actions"]["conditions"])


if __name__ == "__main__":
    PAGE.write_text(page())
