"""Scenarios as rows of texts, and these as a csv file that spreadsheets open as it is meant."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evalgen.exports.exported import Exported, Scenario, agent_variables, caller_variables

COLUMNS = (
    "key", "id", "name", "agent", "agent_name", "scenario_type", "generation_type", "personality_name",
    "scenario_language", "instructions", "conditional_actions", "expected_outcome_prompt", "first_message",
    "tags", "tool_ids", "metric_names", "folder_path", "test_profile", "main_agent_variables",
    "testing_agent_variables", "generated_mock_tool_entries", "assertions", "expected_calls",
    "forbidden_calls", "variation_of", "covers", "sources", "writer", "max_duration", "created_at",
    "updated_at",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel reads the file in the character set of its machine."""


def rows(exported: Exported) -> Iterator[list[str]]:
    """One for each scenario, with a cell for each of COLUMNS; lists and objects as JSON."""
    for key, scenario in exported.keyed:
        yield [_text(value) for value in _values(key, scenario)]


def as_csv(exported: Exported) -> str:
    """With an apostrophe before what a spreadsheet would take for a formula."""
    out = io.StringIO()
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in rows(exported):
        writer.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in row])
    return out.getvalue()


def _values(key: str, scenario: Scenario) -> Sequence[Any]:
    own: Mapping[str, Any] = {
        "key": key,
        "main_agent_variables": agent_variables(scenario) or None,
        "testing_agent_variables": caller_variables(scenario) or None,
    }
    return [own[column] if column in own else scenario.get(column) for column in COLUMNS]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
