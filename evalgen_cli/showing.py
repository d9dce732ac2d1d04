"""Generated scenarios on a terminal."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from rich.panel import Panel
from rich.table import Table
from rich.text import Text

Scenario = dict[str, Any]


def overview(scenarios: list[Scenario]) -> Table:
    """A row for each scenario, without what all have: a personality, and tags of which others are left."""
    shared = set.intersection(*(set(scenario["tags"]) for scenario in scenarios))
    table = Table(box=None, header_style="bold", pad_edge=False, expand=True)
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("Scenario", ratio=6)
    table.add_column("Tests", ratio=4, style="cyan")
    several = len({scenario["personality_name"] for scenario in scenarios}) > 1
    if several:
        table.add_column("Personality", ratio=2)
    table.add_column("Calls", justify="right", no_wrap=True)
    for slot, scenario in enumerate(scenarios, start=1):
        table.add_row(
            str(slot),
            Text(scenario["name"]),
            Text(", ".join([tag for tag in scenario["tags"] if tag not in shared] or scenario["tags"])),
            *([Text(scenario["personality_name"])] if several else []),
            str(len(scenario["generated_mock_tool_entries"])),
        )
    return table


def in_full(scenario: Scenario) -> Panel:
    """Everything that a caller and a judge need."""
    information = scenario["test_profile_data"]["information"]
    parts = [
        _part("First message", scenario["first_message"]),
        _part("Instructions", scenario["instructions"]),
        _part("Expected outcome", scenario["expected_outcome_prompt"]),
        _part("The agent is told", _pairs(information["main_agent_variables"])),
        _part("Only the caller knows", _pairs(information["testing_agent_variables"])),
        _part(
            "Mocked calls",
            "\n".join(
                f"{entry['tool_name']}({_compact(entry['new_entry']['input'])}){_optional(entry, scenario)}\n"
                f"  -> {_compact(entry['new_entry']['output'])}"
                for entry in scenario["generated_mock_tool_entries"]
            ),
        ),
        _part("Never called", "\n".join(_forbidden(call) for call in scenario["forbidden_calls"])),
        _part("Metrics", ", ".join(scenario["metric_names"])),
    ]
    return Panel(Text("\n\n").join(filter(None, parts)), title=Text(scenario["name"]), title_align="left")


def _optional(entry: dict[str, Any], scenario: Scenario) -> str:
    called = (entry["tool_name"], entry["new_entry"]["input"])
    found = [
        call["optional"] for call in scenario["expected_calls"] if (call["tool"], call["input"]) == called
    ]
    return " (optional)" if found and all(found) else ""


def _forbidden(call: dict[str, Any]) -> str:
    given = "" if call["input"] is None else _compact(call["input"])
    return f"{call['tool']}({given})" + (f" before {call['until']}" if call["until"] else "")


def most_telling(scenarios: list[Scenario]) -> Scenario:
    """The first of those with the most mocked calls."""
    return max(scenarios, key=lambda scenario: len(scenario["generated_mock_tool_entries"]))


def failures(failed: list[dict[str, Any]]) -> Text:
    """A line for each reason, with how many slots it ended."""
    reasons = Counter(failure["reason"] for failure in failed)
    return Text("\n".join(f"{count} failed: {reason}" for reason, count in reasons.items()), style="red")


def warnings(texts: list[str]) -> Text:
    """A line for each, with its place."""
    return Text("\n".join(texts), style="yellow")


def _part(title: str, text: str) -> Text:
    return Text.assemble((f"{title}\n", "bold"), text) if text else Text()


def _pairs(values: dict[str, Any]) -> str:
    return "\n".join(f"{name}: {_compact(value)}" for name, value in values.items())


def _compact(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
