"""A test suite's file: the format, version 1, in which scenarios leave for a repository, and come back.

The JSON schema that `scenarios/json_schema` answers is that of these types.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evalgen.contract.fields import MAX_FOLDER_PATH, OptionalId, OptionalName, at_most, if_given
from evalgen.contract.languages import Language
from evalgen.contract.problems import problems_by_place
from evalgen.contract.queries import MAX_EXPORTED, ProjectQuery
from evalgen.contract.requests import RequestModel
from evalgen.contract.scenarios import StoredType

SuiteTool = Literal["call_hold", "dtmf", "end_call", "end_call_only_on_transfer", "receive_dtmf", "send_sms"]
Id = Annotated[int, Field(ge=1)]
Slug = Annotated[str, Field(min_length=1, pattern=r"^[a-z0-9_]+$")]
Metrics = Annotated[list[Id | Slug], Field(max_length=64)]
SuiteTags = Annotated[list[Annotated[str, Field(max_length=64)]], Field(max_length=32)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


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


class SuiteDefaults(_Strict):
    """For every scenario that does not say otherwise. `frequency` and `concurrency_limit` are for running
    only, as is a scenario's own `frequency`."""

    language: Language | None = None
    max_duration: Id | None = None
    frequency: Id | None = None
    concurrency_limit: Id | None = None
    personality: Id | None = None
    test_profile: Id | SuiteProfile | None = None
    metrics: Metrics | None = None
    tags: SuiteTags | None = None


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
    type: StoredType = "instruction"
    instructions: str | None = None
    conditional_actions: SuiteConditionalActions | None = None
    expected_outcome: str | None = None
    first_message: str | None = None
    language: Language | None = None
    max_duration: Id | None = None
    frequency: Id | None = None
    personality: Id | None = None
    test_profile: Id | SuiteProfile | None = None
    metrics: Metrics | None = None
    tags: SuiteTags | None = None
    tools: Annotated[list[SuiteTool], Field(max_length=16)] | None = None


class SuiteInfo(_Strict):
    name: Annotated[str, Field(max_length=255)] | None = None
    description: str | None = None


class TestSuite(_Strict):
    """Agent test cases to keep in a repository; which agent they run against is said when they run."""

    __test__ = False  # not a class of tests, whatever pytest makes of its name

    schema_: Annotated[str | None, Field(alias="$schema")] = None
    version: Literal["1"]
    suite: SuiteInfo | None = None
    defaults: SuiteDefaults | None = None
    scenarios: Annotated[list[SuiteScenario], Field(min_length=1, max_length=MAX_EXPORTED)]


class SuiteImport(RequestModel):
    """`spec` is the file. With `dry_run` (in the query) nothing is made of it."""

    spec: dict[str, Any]
    agent_id: OptionalId = None
    assistant_id: OptionalName = None
    folder_path: Annotated[str | None, if_given(at_most(MAX_FOLDER_PATH))] = None
    project_id: OptionalId = None


class ImportQuery(ProjectQuery):
    dry_run: bool = False


def read_suite(spec: dict[str, Any]) -> tuple[TestSuite | None, dict[str, list[str]]]:
    """The suite, or what is wrong by place, such as `scenarios[3].name`."""
    try:
        return TestSuite.model_validate(spec, strict=True), {}
    except ValidationError as error:
        return None, problems_by_place(error)


def suite_schema() -> dict[str, Any]:
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **TestSuite.model_json_schema()}
