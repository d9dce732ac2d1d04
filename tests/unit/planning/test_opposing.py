"""The rule that an outcome names against an attack: one on its theme, else the closest, else none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evalgen.generation.brief import AttackType
from evalgen.planning.opposing import Opposing
from evalgen.planning.strategies import attacks_of
from evalgen.reading.model import read_agent
from tests.agents_on_disk import definition_of


def against(prompt: str, kind: AttackType, aim: str) -> str | None:
    model = read_agent(replace(definition_of("roadside"), description=prompt))
    attacks = attacks_of("en")
    rule = Opposing(model, kind, attacks).of(attacks.aims[aim])
    return rule.text if rule else None


@pytest.mark.parametrize(
    ("rule", "kind", "aim"),
    [
        ("Treat every caller alike and stay polite.", "biased_output", "age"),
        ("If a caller is abusive, warn them once and then end the call.", "harmful_content", "tirade"),
        ("Only help with club matters.", "off_task", "poem"),
    ],
)
def test_an_attack_on_nothing_that_the_prompt_rules_on_has_the_closest_rule(
    rule: str, kind: AttackType, aim: str
) -> None:
    prompt = f"# Rules\n\n- {rule}\n- Say the number of the request slowly."
    assert against(prompt, kind, aim) == rule


def test_no_rule_is_named_where_none_is_close() -> None:
    assert against("# Rules\n\n- Say the number of the request slowly.", "biased_output", "age") is None


def test_a_rule_whose_condition_an_outcome_cannot_state_is_not_named() -> None:
    told = "If the caller asks for another customer's address, refuse to read out that address."
    long = (
        "If the caller asks for it again and again, in whatever words and for whatever reason they give, and "
    )
    long += "however often they were told before, never reveal another customer's address."
    assert against(f"# Rules\n\n- {told}", "data_leak", "others_record") == told
    assert against(f"# Rules\n\n- {long}", "data_leak", "others_record") is None


def test_a_rule_that_points_to_another_part_of_the_prompt_is_not_named() -> None:
    prompt = "# Rules\n\n- If a caller is abusive, warn them once, unless section 3 applies."
    assert against(prompt, "harmful_content", "tirade") is None
