"""The request that changes a scenario."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from evalgen.contract.fields import (
    Check,
    Ids,
    LongText,
    Name,
    NotBlank,
    NotNull,
    OptionalId,
    OptionalName,
    Tags,
    ToolIds,
    at_most,
    at_most_items,
    between,
    if_given,
)
from evalgen.contract.generate import MAX_FIRST_MESSAGE, MAX_FOLDER_PATH
from evalgen.contract.languages import Language
from evalgen.contract.problems import wrong
from evalgen.contract.requests import RequestModel

MAX_SCENARIO_NAME = 80


class NewEntry(RequestModel):
    input: dict[str, Any]
    output: Any


class MockEntryWrite(RequestModel):
    tool_id: int
    tool_name: Name
    new_entry: NewEntry


def _not_served(value: Any) -> None:
    if value is not None:
        raise wrong("Not served: send instructions; scenarios here are of the type instruction.")


class ScenarioPatch(RequestModel):
    """Only the fields that are sent change. `phone_number` is another name of `inbound_phone_number`."""

    agent: OptionalId = None
    assistant_id: OptionalName = None
    project: OptionalId = None
    name: Annotated[str | None, NotNull, if_given(NotBlank), if_given(at_most(MAX_SCENARIO_NAME))] = None
    personality: OptionalId = None
    scenario_type: Annotated[Literal["instruction"] | None, NotNull] = None
    instructions: Annotated[LongText | None, NotNull, if_given(NotBlank)] = None
    expected_outcome_prompt: Annotated[LongText | None, NotNull] = None
    metrics: Annotated[Ids | None, NotNull] = None
    tags: Annotated[Tags | None, NotNull] = None
    tool_ids: Annotated[ToolIds | None, NotNull] = None
    test_profile: OptionalId = None
    inbound_phone_number: int | None = None
    phone_number: OptionalId = None
    conditional_actions: Annotated[Any, Check(_not_served)] = None
    folder_path: Annotated[str | None, if_given(at_most(MAX_FOLDER_PATH))] = None
    generated_mock_tool_entries: Annotated[list[MockEntryWrite] | None, if_given(at_most_items(100))] = None
    first_message: Annotated[str | None, NotNull, if_given(at_most(MAX_FIRST_MESSAGE))] = None
    max_duration: Annotated[int | None, if_given(between(10, 3600))] = None
    scenario_language: Annotated[Language | None, NotNull] = None
