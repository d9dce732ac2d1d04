"""What a model is shown of an agent."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.definition import AgentDefinition, MockCall, Tool, Variable
from evalgen.generation.read.model import read_agent
from evalgen.generation.with_model.material import MOST_OF_A_KIND, material_of

TODAY = Variable("today", "the date of the call")
SHOP = Variable("shop", "how the shop is called")


def found(number: int, **more: Any) -> MockCall:
    return MockCall({"name": f"n{number}"}, {"gefunden": True, "einheiten": number, "termine": [], **more})


def material(*calls: MockCall) -> str:
    agent = AgentDefinition("Praxis", "en", "Be kind.", (Tool(1, "suchen", mock_data=calls),), (TODAY, SHOP))
    return material_of(read_agent(agent), "en").text


def test_of_answers_in_any_language_one_of_each_form_is_shown() -> None:
    others = [
        found(0),
        found(90, termine=[{"tag": "x"}]),
        found(91, termine=[{"tag": "x"}, {"tag": "y"}]),
        found(92, verordnung=None),
        MockCall({"name": "n93"}, {"gefunden": False}),
        MockCall({"name": "n94"}, {"hinweis": "antwortet nicht"}),
    ]
    alike = [found(number) for number in range(1, 20)]
    text = material(*alike, *others)
    assert all(f'"{call.input["name"]}"' in text for call in others)
    assert 1 <= sum(f'"{call.input["name"]}"' in text for call in alike) <= MOST_OF_A_KIND - 3


def test_what_rules_have_invented_for_a_tool_is_not_shown_to_a_model() -> None:
    schema = {"type": "object", "properties": {"phone": {"type": "string"}}, "required": ["phone"]}
    bare = Tool(1, "find_customer", "Finds the customer by phone; returns name and id.", schema)
    model = read_agent(AgentDefinition("Desk", "en", "Look callers up with find_customer.", (bare,)))
    assert model.invented
    told = material_of(model, "en")
    assert not told.examples
    assert "find_customer: Finds the customer" in told.text


def test_the_day_of_a_call_is_told_and_which_variable_a_fact_has_to_set() -> None:
    text = material(MockCall({"tag": "2026-07-08"}, {"gefunden": True}))
    assert "today: the date of the call (`2026-07-01`, unless a fact sets it)" in text
    assert "shop: how the shop is called (a fact has to set it" in text


@pytest.mark.parametrize(
    ("prompt", "variable", "told"),
    [
        ("Be kind.", "shop", "which day or hour it is"),
        ("Today is Thursday, June 4, 2026. Be kind.", "shop", "which hour it is"),
        ("Be kind to the callers, please.", "today", "which hour it is"),
        ("Be kind to the callers, please.", "current_time", ""),
    ],
)
def test_what_no_variable_sets_is_said_to_planners(prompt: str, variable: str, told: str) -> None:
    agent = AgentDefinition("Desk", "en", prompt, variables=(Variable(variable),))
    text = material_of(read_agent(agent), "en").text
    assert ("No variable says" in text) == bool(told)
    assert told in text
