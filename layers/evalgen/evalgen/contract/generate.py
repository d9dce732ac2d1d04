"""The request of generate-bg, validated as far as that goes without looking anything up."""

from __future__ import annotations

from typing import Annotated, Any, get_args

from pydantic import Field, ValidationInfo, field_validator

from evalgen.contract.fields import (
    MAX_FIRST_MESSAGE,
    MAX_FOLDER_PATH,
    MAX_TEXT,
    Ids,
    LongText,
    OptionalId,
    OptionalName,
    Tags,
    ToolIds,
    Unrepeated,
    at_most,
    at_most_items,
    between,
    if_given,
)
from evalgen.contract.files import InlineFile
from evalgen.contract.problems import shown, wrong
from evalgen.contract.requests import RequestModel
from evalgen.generation.brief import AttackType, ScenarioType, SimulationType

MAX_SCENARIOS = 100
MAX_GENERATION_FILES = 10
RED_TEAMING = ("red_teaming_voice", "red_teaming_text")
ATTACK_TYPES: tuple[str, ...] = get_args(AttackType)


class References(RequestModel):
    """The fields that name something of the project, or bring a file."""

    scenario_type: ScenarioType = "workflow"
    agent_id: OptionalId = None
    assistant_id: OptionalName = None
    personalities: Ids = Field(default_factory=list)
    test_profile: OptionalId = None
    knowledge_base: Ids = Field(default_factory=list)
    inbound_phone_number: int | None = None
    folder_path: Annotated[str | None, if_given(at_most(MAX_FOLDER_PATH))] = None
    generation_files: Annotated[list[InlineFile], at_most_items(MAX_GENERATION_FILES)] = Field(
        default_factory=list
    )
    generation_file_ids: Annotated[list[int], at_most_items(MAX_GENERATION_FILES), Unrepeated] = Field(
        default_factory=list
    )

    @field_validator("generation_files", "generation_file_ids", mode="after")
    @classmethod
    def _of_a_workflow(cls, value: list[Any], info: ValidationInfo) -> list[Any]:
        scenario_type = info.data.get("scenario_type", "workflow")
        if value and scenario_type != "workflow":
            raise wrong(f"Only with workflow, not with {scenario_type}.")
        return value

    @field_validator("generation_file_ids", mode="after")
    @classmethod
    def _not_too_many_together(cls, value: list[int], info: ValidationInfo) -> list[int]:
        together = len(value) + len(info.data.get("generation_files", ()))
        if together > MAX_GENERATION_FILES:
            raise wrong(
                f"With generation_files there are {together}; at most {MAX_GENERATION_FILES} are allowed."
            )
        return value


class GenerateRequest(References):
    """What generate-bg was asked for. An empty `first_message` or `expected_outcome` counts as none."""

    num_scenarios: Annotated[int, between(1, MAX_SCENARIOS)]
    attack_type: Annotated[AttackType | None, Field(validate_default=True)] = None
    simulation_type: SimulationType = "instruction"
    expected_outcome: Annotated[str | None, if_given(at_most(MAX_TEXT))] = None
    extra_instructions: LongText = ""
    first_message: Annotated[str, at_most(MAX_FIRST_MESSAGE)] = ""
    generate_expected_outcomes: bool = False
    tags: Tags = Field(default_factory=list)
    tool_ids: ToolIds = Field(default_factory=list)

    @field_validator("attack_type", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("attack_type", mode="after")
    @classmethod
    def _fits_the_scenario_type(cls, value: AttackType | None, info: ValidationInfo) -> AttackType | None:
        scenario_type = info.data.get("scenario_type")
        if scenario_type in RED_TEAMING and value is None:
            raise wrong(f"Required with {scenario_type}: one of {', '.join(ATTACK_TYPES)}.")
        if scenario_type is not None and scenario_type not in RED_TEAMING and value is not None:
            raise wrong(
                f"Only with {' or '.join(RED_TEAMING)}, not with {scenario_type}; got {shown(value)}."
            )
        return value

    @field_validator("simulation_type", mode="after")
    @classmethod
    def _has_that_form(cls, value: SimulationType, info: ValidationInfo) -> SimulationType:
        if value == "conditional_actions" and info.data.get("scenario_type") == "knowledge_base":
            raise wrong(f"Only instruction with knowledge_base; got {shown(value)}.")
        return value
