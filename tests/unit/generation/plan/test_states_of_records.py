"""States of records: which there are, and callers whose record has one for which something is ordered."""

from __future__ import annotations

from evalgen.generation.definition import AgentDefinition, Tool
from evalgen.generation.read.model import AgentModel, read_agent
from tests.unit.generation.plan.agents import agent, calls, outcome, planned, tool

ORDER = {"order_number": "KT-4471"}
DESK = tool("transfer_call", ({"desk": "workshop"}, {"status": "connected"}), enums={"desk": ["workshop"]})


def kettle(state: str) -> AgentModel:
    find = tool("get_order", (ORDER, {**ORDER, "status": state, "expected_date": "2027-05-04"}))
    rule = "If the status is on_hold, say that a part is missing, and transfer to the workshop."
    return agent(f"You answer for a kettle repair shop.\n\n# Orders\nUse get_order. {rule}\n", find, DESK)


def test_who_asks_for_a_state_for_which_the_call_is_passed_on_is_passed_on() -> None:
    (test,) = [one for one in planned(kettle("on_hold"), "fact") if one.key.endswith("/ruled")]
    assert test.aim == "Ask for the status of an order that is on hold"
    assert outcome(test) == [
        "The main agent should say that a part is missing.",
        "The main agent should transfer the call to the workshop.",
    ]
    assert calls(test)[-1] == ("transfer_call", {"desk": "workshop"})


def test_a_state_for_which_nothing_is_ordered_is_told() -> None:
    tests = planned(kettle("ready"), "fact")
    assert tests and not any(one.key.endswith("/ruled") for one in tests)


def test_invented_states_are_those_that_a_description_lists_and_no_word_of_a_sentence() -> None:
    schema = {
        "type": "object",
        "properties": {"order_number": {"type": "string"}},
        "required": ["order_number"],
    }
    about = "Look up an order with its status (ready, in_work, on_hold) and the expected date."
    prompt = "You answer for a kettle shop. If the status is on_hold, tell the caller that a part is missing."
    made = read_agent(AgentDefinition("Kettles", "en", prompt, (Tool(1, "get_order", about, schema),)))
    answers = [call.output for call in made.tools["get_order"].tool.mock_data]
    assert {one["status"] for one in answers if "status" in one} == {"ready", "in_work", "on_hold"}
