"""Instructions that hold in one case only are told in that case only."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evalgen.planning.claims import agree
from evalgen.planning.routes import routes_of
from evalgen.reading.acts import Act
from evalgen.reading.model import read_agent
from tests.agents_on_disk import FOLDERS, definition_of


def test_an_instruction_behind_a_condition_follows_it_until_another_rule_begins() -> None:
    prompt = (
        "# Calls\n- The card has expired: say so. Offer a new one. Do not read it out. Transfer the call.\n"
        "- Ask for the name.\n- If the caller is upset, stay calm. Never argue. Offer a break."
    )
    model = read_agent(replace(definition_of("restaurant_line"), description=prompt, tools=()))
    followers = {
        model.by_id[name].trigger: [s.text for s in found] for name, found in model.followers.items()
    }
    assert followers == {
        "The card has expired": ["Offer a new one.", "Do not read it out.", "Transfer the call."]
    }
    assert len(model.led) == 3


def test_a_caller_claims_one_case_at_most() -> None:
    late, lost = Act("act_situation", "the parcel is late"), Act("act_raise", "a lost parcel")
    assert agree([late, Act("ask_forbidden", "legal advice")])
    assert not agree([late, lost])


@pytest.mark.parametrize("name", FOLDERS)
def test_nobody_elses_record_takes_a_route_that_a_case_of_the_prompt_closes(name: str) -> None:
    model = read_agent(definition_of(name))
    given = [call for tool in model.tools for call in tool.tool.mock_data]
    for goal in model.goals:
        good = [route for route in routes_of(model, goal) if route.reaches]
        original = [r for r in good if all(step.call in given for step in r.steps)]
        allowed = {s.id for route in original for s in model.cases.met_by(route.steps)}
        for route in good:
            if original and route not in original:
                assert {s.id for s in model.cases.met_by(route.steps)} <= allowed
