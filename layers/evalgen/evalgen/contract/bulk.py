"""The requests that are about several scenarios at once."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, model_validator

from evalgen.contract.fields import (
    MAX_FIRST_MESSAGE,
    MAX_FOLDER_PATH,
    Check,
    Ids,
    LongText,
    NotBlank,
    NotNull,
    OptionalId,
    Tags,
    ToolIds,
    at_most,
    between,
    if_given,
)
from evalgen.contract.folders import FolderPath
from evalgen.contract.problems import wrong
from evalgen.contract.requests import RequestModel, by_its_name

COPY_OF = "Copy of "
"""What the names of copies begin with, as the vendor's do."""


def _some(ids: list[int]) -> list[int]:
    if not ids:
        raise wrong("Must name at least one.")
    return list(dict.fromkeys(ids))


SomeIds = Annotated[Ids, Check(_some, {"minItems": 1})]


class Several(RequestModel):
    """`scenario_ids` is another name of `scenarios`, by which the vendor's command line calls them."""

    other_names = frozenset({"scenario_ids"})

    scenarios: SomeIds

    @model_validator(mode="before")
    @classmethod
    def _by_either_name(cls, given: Any) -> Any:
        return by_its_name(given, "scenarios", "scenario_ids")


class BulkDelete(Several):
    """With `agent_id`, all of them have to be that agent's."""

    agent_id: OptionalId = None
    project_id: OptionalId = None


class BulkUpdate(Several):
    """Only the fields that are sent change. `append_instruction` is added at each call."""

    agent: OptionalId = None
    project: OptionalId = None
    metric_ids_to_add: Ids = Field(default_factory=list)
    metric_ids_to_remove: Ids = Field(default_factory=list)
    tool_ids_to_add: ToolIds = Field(default_factory=list)
    tool_ids_to_remove: ToolIds = Field(default_factory=list)
    append_instruction: Annotated[LongText | None, NotNull, if_given(NotBlank)] = None
    personality: OptionalId = None
    test_profile: OptionalId = None
    first_message: Annotated[str | None, NotNull, if_given(at_most(MAX_FIRST_MESSAGE))] = None
    phone_number: OptionalId = None
    inbound_phone_number: int | None = None
    folder_path: Annotated[str | None, if_given(at_most(MAX_FOLDER_PATH))] = None
    max_duration: Annotated[int | None, if_given(between(10, 3600))] = None


class TagsAdd(Several):
    tags: Tags
    agent_id: OptionalId = None
    project_id: OptionalId = None


class Duplicate(Several):
    """Copies stay in the project. `scenario_agent`: the agent that they get; `folder_path`: made if it is
    not there."""

    project: OptionalId = None
    copy_to_project: OptionalId = None
    scenario_agent: OptionalId = None
    folder_path: Annotated[FolderPath | None, NotNull] = None
