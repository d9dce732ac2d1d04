"""What a job was asked for, resolved: nothing in it has to be looked up again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from evalgen.generation.definition import Document

ScenarioType = Literal["workflow", "red_teaming_voice", "red_teaming_text", "knowledge_base"]
AttackType = Literal[
    "system_prompt_leak", "data_leak", "harmful_content", "biased_output", "unauthorized_actions", "off_task"
]
SimulationType = Literal["instruction", "conditional_actions"]


@dataclass(frozen=True, slots=True)
class Personality:
    """Voice, language and manner of the caller; `traits` are such as interrupts, slow, noisy."""

    id: int
    name: str
    language: str
    traits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GivenProfile:
    """The test profile that the request named; its values win over generated ones."""

    id: int
    name: str
    main_agent_variables: dict[str, Any]
    testing_agent_variables: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Brief:
    """One request. `personalities` are dealt to the slots in order; there is at least one.

    `seed` decides every free choice; the same brief and agent give the same plans. `aims` are the numbered
    paragraphs of the extra instructions, a scenario each; `extra_instructions` is the text outside of them.
    """

    num_scenarios: int
    seed: str
    personalities: tuple[Personality, ...]
    scenario_type: ScenarioType = "workflow"
    attack_type: AttackType | None = None
    simulation_type: SimulationType = "instruction"
    aims: tuple[str, ...] = ()
    extra_instructions: str = ""
    expected_outcome: str = ""
    generate_expected_outcomes: bool = False
    first_message: str = ""
    tool_ids: tuple[str, ...] = ()
    test_profile: GivenProfile | None = None
    knowledge_base: tuple[int, ...] = ()
    """Ids of the documents to draw on; empty means all of the agent's."""
    context: tuple[Document, ...] = ()
    """Files of this request alone, beside the agent's documents; with workflow, they are asked about."""

    def personality_of(self, slot: int) -> Personality:
        return self.personalities[slot % len(self.personalities)]
