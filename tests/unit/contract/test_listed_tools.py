"""Tools as MCP servers and models' APIs list them."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.contract.agent_tools import ToolWrite

SCHEMA = {"type": "object", "properties": {"size": {"type": "string"}}, "required": ["size"]}


@pytest.mark.parametrize("name", ["parameters", "inputSchema", "input_schema"])
def test_a_schema_is_read_by_the_names_that_it_has(name: str) -> None:
    assert ToolWrite.model_validate({"name": "rent_bike", name: SCHEMA}).parameters == SCHEMA


def test_parameters_come_before_other_names() -> None:
    given: dict[str, Any] = {"name": "rent_bike", "parameters": SCHEMA, "inputSchema": {"type": "object"}}
    assert ToolWrite.model_validate(given).parameters == SCHEMA
