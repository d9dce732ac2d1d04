"""Tools that do one of several things, by a choice: each is planned as a deed of its own."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.definition import AgentDefinition, Tool
from evalgen.generation.plan.tasks import served_by
from evalgen.generation.read.deeds import deeds_of
from evalgen.generation.read.grammar import grammar_of
from evalgen.generation.read.model import AgentModel, read_agent
from evalgen.generation.read.tools import model_tools
from tests.unit.generation.plan.agents import agent, calls, outcome, planned, steps, tool

FIND = tool(
    "find_booking",
    (
        {"booking_code": "LT-4471", "last_name": "Lund"},
        {"booking_code": "LT-4471", "last_name": "Lund", "day": "2027-03-09", "status": "booked"},
    ),
)
CANCEL = {"booking_code": "LT-4471", "action": "cancel"}
MOVE = {"booking_code": "LT-4471", "action": "move", "new_day": "2027-03-11"}
CHANGE = tool(
    "update_booking",
    (CANCEL, {"status": "cancelled"}),
    (MOVE, {"status": "moved"}),
    enums={"action": ["move", "cancel"]},
)
PROMPT = """You answer for a tennis club. Find the booking with find_booking first.

# Existing bookings
- Move: it is quick. Tell the caller that a move is free, then call update_booking.
- Cancel: it cannot be undone. Tell the caller that the deposit is lost, then call update_booking.
"""


def deeds(name: str, parameter: str, *choices: str, **more: dict[str, Any]) -> dict[str, list[str]]:
    """Verb and noun of each deed of a tool, with what it takes beside the choice."""
    schema = {"type": "object", "properties": {parameter: {"enum": list(choices)}, **more}}
    made = model_tools([Tool(1, name, "", schema)])[name]
    return {
        f"{one.name.verb} {one.name.noun}": [key for key in one.properties if key != parameter]
        for one in deeds_of(made)
        if one.choice and one.name
    }


def test_each_choice_is_a_deed_with_what_it_takes_alone() -> None:
    assert deeds(
        "move_or_cancel_job",
        "action",
        "move",
        "cancel",
        job_number={},
        new_date={},
        cancel_reason={},
        window={"description": "Needed to move"},
    ) == {"move job": ["job_number", "new_date", "window"], "cancel job": ["job_number", "cancel_reason"]}


def test_a_choice_may_be_written_with_any_mark() -> None:
    made = deeds("change_job", "action", "move (day", "cancel", new_date={}, cancel_reason={})
    assert made == {"move job day": ["new_date"], "cancel job": ["cancel_reason"]}


@pytest.mark.parametrize("about", ["Needed for 'move', left out for 'cancel'.", "Not used for cancel."])
def test_what_goes_without_a_choice_is_not_there_with_it(about: str) -> None:
    made = deeds("change_job", "action", "move", "cancel", job_number={}, slot={"description": about})
    assert made == {"move job": ["job_number", "slot"], "cancel job": ["job_number"]}


@pytest.mark.parametrize("name", ["set_card_status", "update_card", "cambiar_estado_tarjeta"])
def test_what_becomes_of_a_thing_is_no_thing(name: str) -> None:
    spanish = name.startswith("cambiar")
    choices = ("bloquear", "desbloquear") if spanish else ("freeze", "unfreeze")
    thing = "tarjeta" if spanish else "card"
    assert list(deeds(name, "accion" if spanish else "action", *choices)) == [f"{c} {thing}" for c in choices]


@pytest.mark.parametrize(
    ("name", "parameter", "choices"),
    [
        ("create_request", "kind", ("return", "repair")),
        ("update_job", "action", ("cancel", "photos")),
        ("cancel", "action", ("cancel", "move")),
    ],
)
def test_choices_that_are_not_certain_to_be_deeds_stay_one_tool(
    name: str, parameter: str, choices: tuple[str, ...]
) -> None:
    assert deeds(name, parameter, *choices) == {}


def test_a_caller_asks_for_one_of_the_things_and_the_choice_is_asked_of_nobody() -> None:
    model = agent(PROMPT, FIND, CHANGE)
    move, cancel = planned(model, "done", "update_booking")
    assert (calls(move)[-1], calls(cancel)[-1]) == (("update_booking", MOVE), ("update_booking", CANCEL))
    assert steps(cancel)[0].startswith("Ask to cancel a booking")
    assert not any("action" in step for test in (move, cancel) for step in steps(test))


def test_what_is_said_of_one_of_the_things_is_not_expected_of_another() -> None:
    move, cancel = planned(agent(PROMPT, FIND, CHANGE), "done", "update_booking")
    told = ("that a move is free", "that the deposit is lost")
    said = [[one for one in told if any(one in line for line in outcome(test))] for test in (move, cancel)]
    assert said == [["that a move is free"], ["that the deposit is lost"]]


def test_a_title_by_the_verb_of_one_of_the_things_is_its_playbook() -> None:
    moving, cancelling = "# Moving a booking\nGet a yes.\n\n", "# Cancelling\nRead the booking back.\n"
    model = agent(f"You answer for a club.\n\n{moving}{cancelling}", FIND, CHANGE)
    grammar = grammar_of("en")
    found = {one.choice: served_by(one, model, grammar) for one in model.deeds if one.choice}
    assert {choice: one.section if one else () for choice, one in found.items()} == {
        "move": ("Moving a booking",),
        "cancel": ("Cancelling",),
    }


def invented(*operations: str) -> AgentModel:
    text = {"type": "string"}
    properties = {
        "reservation_code": {**text, "description": "reservation_code from find_member"},
        "operation": {**text, "enum": list(operations)},
        "extra_minutes": {"type": "integer", "minimum": 15, "maximum": 60, "description": "to extend"},
    }
    member = {"type": "object", "properties": {"member_number": text}, "required": ["member_number"]}
    change = {"type": "object", "properties": properties, "required": ["reservation_code", "operation"]}
    about = "Returns name and upcoming reservations, each with reservation_code, date and time."
    tools = (
        Tool(1, "find_member", f"Look up a member. {about}", member),
        Tool(2, "manage_reservation", "Change a reservation.", change),
    )
    return read_agent(AgentDefinition("Court", "en", "You answer for a tennis club.", tools))


def test_invented_calls_carry_only_what_belongs_to_their_choice_and_every_choice_has_one() -> None:
    made = invented("extend", "cancel").tools["manage_reservation"].tool.mock_data
    taken = {call.input["operation"]: set(call.input) - {"operation"} for call in made}
    assert taken == {"extend": {"reservation_code", "extra_minutes"}, "cancel": {"reservation_code"}}
    assert {call.input["operation"]: call.output["status"] for call in made} == {
        "extend": "extended",
        "cancel": "cancelled",
    }
