"""A test suite's file: the format, version 1, in which scenarios leave for a repository and its CI.

The JSON schema that `scenarios/json_schema` answers is that of these types.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from evalgen.contract.languages import Language
from evalgen.contract.queries import MAX_EXPORTED

SuiteTool = Literal["call_hold", "dtmf", "end_call", "end_call_only_on_transfer", "receive_dtmf", "send_sms"]
Id = Annotated[int, Field(ge=1)]
Slug = Annotated[str, Field(min_length=1, pattern=r"^[a-z0-9_]+$")]
SuiteTag = Annotated[str, Field(max_length=64)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SuiteProfile(_Strict):
    """Test data: `agent_variables` reach the agent under test, `caller_variables` only the caller."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    name: Annotated[str, Field(max_length=255)] | None = None
    agent_variables: dict[str, Any] | None = None
    caller_variables: dict[str, Any] | None = None


class SuiteCondition(_Strict):
    id: int
    condition: str | int
    action: str
    type: Literal["standard", "action_followup"] = "standard"
    fixed_message: bool = False


class SuiteConditionalActions(_Strict):
    role: str
    conditions: list[SuiteCondition]


class SuiteScenario(_Strict):
    """`key` stays the same from export to export; `max_duration` in seconds; metrics by id or by slug.

    A scenario has instructions, or conditional actions and a language.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"properties": {"type": {"const": "conditional_actions"}}, "required": ["type"]},
            "then": {"required": ["conditional_actions", "language"]},
            "else": {"required": ["instructions"]},
        }
    )

    name: Annotated[str, Field(min_length=1, max_length=80)]
    key: Annotated[str, Field(max_length=128)] | None = None
    type: Literal["instruction", "conditional_actions"] = "instruction"
    instructions: str | None = None
    conditional_actions: SuiteConditionalActions | None = None
    expected_outcome: str | None = None
    first_message: str | None = None
    language: Language | None = None
    max_duration: Id | None = None
    frequency: Id | None = None
    personality: Id | None = None
    test_profile: Id | SuiteProfile | None = None
    metrics: Annotated[list[Id | Slug], Field(max_length=64)] | None = None
    tags: Annotated[list[SuiteTag], Field(max_length=32)] | None = None
    tools: Annotated[list[SuiteTool], Field(max_length=16)] | None = None


class SuiteInfo(_Strict):
    name: Annotated[str, Field(max_length=255)] | None = None
    description: str | None = None


class TestSuite(_Strict):
    """Agent test cases to keep in a repository; which agent they run against is said when they run."""

    __test__ = False  # not a class of tests, whatever pytest makes of its name

    version: Literal["1"] = "1"
    suite: SuiteInfo | None = None
    scenarios: Annotated[list[SuiteScenario], Field(min_length=1, max_length=MAX_EXPORTED)]


def suite_schema() -> dict[str, Any]:
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **TestSuite.model_json_schema()}
