"""The request of generate-bg, validated as far as that goes without looking anything up."""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Field, ValidationInfo, field_validator

from evalgen.contract.fields import (
    MAX_TEXT,
    Ids,
    LongText,
    OptionalId,
    OptionalName,
    Tags,
    ToolIds,
    at_most,
    between,
    if_given,
)
from evalgen.contract.problems import shown, wrong
from evalgen.contract.requests import RequestModel
from evalgen.generation.brief import AttackType, ScenarioType, SimulationType

MAX_SCENARIOS = 100
MAX_FIRST_MESSAGE = 1000
MAX_FOLDER_PATH = 1000
RED_TEAMING = ("red_teaming_voice", "red_teaming_text")
ATTACK_TYPES: tuple[str, ...] = get_args(AttackType)


class References(RequestModel):
    """The fields that name something of the project."""

    agent_id: OptionalId = None
    assistant_id: OptionalName = None
    personalities: Ids = Field(default_factory=list)
    test_profile: OptionalId = None
    knowledge_base: Ids = Field(default_factory=list)
    inbound_phone_number: int | None = None
    folder_path: Annotated[str | None, if_given(at_most(MAX_FOLDER_PATH))] = None


class GenerateRequest(References):
    """What generate-bg was asked for. An empty `first_message` or `expected_outcome` counts as none."""

    num_scenarios: Annotated[int, between(1, MAX_SCENARIOS)]
    scenario_type: ScenarioType = "workflow"
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
