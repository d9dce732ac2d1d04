"""Scenarios as files: a spreadsheet's rows, and a test suite."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from evalgen.catalog.entities import to_json
from evalgen.contract.test_suite import SuiteInfo, SuiteProfile, SuiteScenario, TestSuite
from evalgen.errors import InvalidRequest

Scenario = Mapping[str, Any]

COLUMNS = (
    "id", "name", "agent", "agent_name", "scenario_type", "generation_type", "personality_name",
    "scenario_language", "instructions", "conditional_actions", "expected_outcome_prompt", "first_message",
    "tags", "tool_ids", "metric_names", "folder_path", "test_profile", "main_agent_variables",
    "testing_agent_variables", "generated_mock_tool_entries", "assertions", "expected_calls",
    "forbidden_calls", "key", "variation_of", "covers", "sources", "writer", "max_duration", "created_at",
    "updated_at",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
MAX_CELL = 32_767
MAX_SUITE_TAGS = 32
TOOL_PREFIX = "TOOL_"


def rows(scenarios: Sequence[Scenario]) -> list[list[str]]:
    """One row of texts for each scenario; lists and objects as JSON."""
    return [[_text(_cell(scenario, column)) for column in COLUMNS] for scenario in scenarios]


def as_csv(scenarios: Sequence[Scenario]) -> str:
    """With an apostrophe before what a spreadsheet would take for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in rows(scenarios):
        writer.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in row])
    return out.getvalue()


def as_xlsx(scenarios: Sequence[Scenario]) -> bytes:
    """Raises InvalidRequest if a text is longer than a cell may be."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - only those who ask for this file pay for its import

    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Scenarios")
        for number, row in enumerate([list(COLUMNS), *rows(scenarios)]):
            for column, cell in enumerate(row):
                if len(cell) > MAX_CELL:
                    too_long = f"Scenario {row[0]} has {len(cell)} characters in {COLUMNS[column]}"
                    text = f"{too_long}; a cell holds {MAX_CELL}. Ask for csv or json."
                    raise InvalidRequest({"export_type": [text]})
                sheet.write_string(number, column, cell)
    return out.getvalue()


def as_suite(scenarios: Sequence[Scenario], slugs: Mapping[int, str]) -> TestSuite:
    """`slugs` of the project's metrics by id. What the format has no place for is left out: mock tool
    entries, assertions and calls, and tags beyond its 32."""
    names = list(dict.fromkeys(one["agent_name"] for one in scenarios))
    return TestSuite(
        suite=SuiteInfo(name=names[0][:255]) if len(names) == 1 and names[0] else None,
        scenarios=[_suite_scenario(one, slugs) for one in scenarios],
    )


def _suite_scenario(scenario: Scenario, slugs: Mapping[int, str]) -> SuiteScenario:
    structure = scenario["conditional_actions"]
    return SuiteScenario(
        name=scenario["name"],
        key=f"scenario-{scenario['id']}",
        type=scenario["scenario_type"],
        instructions=None if structure else scenario["instructions"],
        conditional_actions=structure,
        expected_outcome=scenario["expected_outcome_prompt"] or None,
        first_message=None if structure else scenario["first_message"] or None,
        language=scenario["scenario_language"],
        max_duration=scenario["max_duration"],
        personality=scenario["personality"],
        test_profile=_suite_profile(scenario["test_profile_data"]),
        metrics=[slugs.get(one, one) for one in scenario["metrics"]],
        tags=scenario["tags"][:MAX_SUITE_TAGS],
        tools=[one.removeprefix(TOOL_PREFIX).lower() for one in scenario["tool_ids"]],
    )


def _suite_profile(profile: Mapping[str, Any] | None) -> SuiteProfile | None:
    if profile is None:
        return None
    information = profile["information"]
    return SuiteProfile(
        name=profile["name"],
        agent_variables=information["main_agent_variables"],
        caller_variables=information["testing_agent_variables"],
    )


def _cell(scenario: Scenario, column: str) -> Any:
    if column in ("main_agent_variables", "testing_agent_variables"):
        profile = scenario["test_profile_data"]
        return profile["information"][column] if profile else None
    return scenario[column]


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else to_json(value)
