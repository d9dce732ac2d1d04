"""What is planned for agents whose tools have no mock data: prompt, names, descriptions and schemas alone."""

from __future__ import annotations

import re
from typing import Any

from evalgen.generation.definition import AgentDefinition
from evalgen.generation.plan.test import Test
from evalgen.generation.plan.workflow import ordered
from evalgen.generation.read.model import AgentModel, read_agent
from tests.unit.generation.plan.agents import outcome, steps
from tests.unit.generation.read.invented_agents import tool

TEXT = {"type": "string"}
CHECK_AREA = tool("check_area", about="Checks whether a ZIP code is covered.", zip_code=TEXT)
WINDOWS = tool(
    "get_open_windows",
    about="Lists the open windows of a date: window_id and start.",
    date={**TEXT, "format": "date"},
)
FIELDS: dict[str, Any] = {
    **dict.fromkeys(("full_name", "phone", "email", "address", "zip_code"), TEXT),
    "pest": {**TEXT, "enum": ["ants", "termites"]},
    "size": {**TEXT, "enum": ["house", "flat"]},
    "window_id": {**TEXT, "description": "window_id from get_open_windows"},
}
MAKES = "Makes an appointment and returns a confirmation number."
BOOK = tool("create_appointment", about=MAKES, **FIELDS)
BOOK_WITH_MORE = tool("create_appointment", about=MAKES, date_of_birth=TEXT, city=TEXT, **FIELDS)


def _model(prompt: str, *tools: Any) -> AgentModel:
    return read_agent(AgentDefinition("Shieldline", "en", prompt, tools))


def _tests(model: AgentModel, family: str) -> list[Test]:
    return [test for test in ordered(model, "seed") if test.key.startswith(f"{family}:")]


def test_a_tool_that_creates_is_asked_for_in_the_words_of_callers() -> None:
    done = _tests(_model("You answer calls.", CHECK_AREA, WINDOWS, BOOK), "done")[0]
    assert done.aim.startswith("Book an appointment")
    assert "is booked" in outcome(done)[0]


def test_what_would_be_too_many_steps_is_given_in_pairs() -> None:
    done = _tests(_model("You answer calls.", CHECK_AREA, WINDOWS, BOOK_WITH_MORE), "done")[0]
    assert len(done.steps) <= 10
    assert any(
        re.fullmatch(r"Give \{\{\S+ and \{\{\S+ when asked for the .+ and the .+", s) for s in steps(done)
    )


def test_before_a_day_without_openings_callers_can_say_what_the_booking_takes() -> None:
    test = _tests(_model("You answer calls.", CHECK_AREA, WINDOWS, BOOK), "nothing_free")[0]
    assert "Give {{test_profile.zip_code}} when asked for the ZIP code" in steps(test)
    assert any(text.startswith("Give {{test_profile.pest}} if asked for") for text in steps(test))
    assert [call.tool for call in test.calls if call.optional] == ["check_area"]


def test_a_card_has_a_state_only_where_the_prompt_is_of_a_bank() -> None:
    find = tool("find_card", about="Finds a card by its number.", card_number=TEXT)
    read = "You help callers of a {x}. Ask for the card number, call find_card. A card is active or blocked."
    assert not _tests(_model(read.format(x="library"), find), "fact")
    assert _tests(_model(read.format(x="bank"), find), "fact")


def test_a_deed_that_follows_another_is_not_asked_for_alone() -> None:
    cards = tool("get_cards", about="The cards of a member with card_id and last4.", member_number=TEXT)
    block = tool("block_card", card_id=TEXT)
    replace = tool("order_replacement", about="Orders a replacement for a blocked card.", card_id=TEXT)
    model = _model("You help members of a bank.", cards, block, replace)
    assert {t.key.split(":")[1].split("/")[0] for t in _tests(model, "done")} == {"block_card"}


def test_two_of_one_list_are_chosen_by_the_side_that_each_is_on() -> None:
    accounts = tool(
        "get_accounts", about="Returns accounts with account_id, type and balance.", member_number=TEXT
    )
    transfer = tool("transfer_funds", from_account_id=TEXT, to_account_id=TEXT, amount={"type": "number"})
    said = steps(_tests(_model("You move money.", accounts, transfer), "done")[0])
    assert any(text.endswith("when asked which account to transfer from") for text in said)
    assert any(text.endswith("when asked which account to transfer to") for text in said)


def test_a_look_up_of_one_fact_is_asked_for_by_the_fact() -> None:
    balance = tool(
        "get_balance", about="Current balance of the member and the date it is due.", member_number=TEXT
    )
    aims = {test.aim for test in _tests(_model("You help members. Late fees are $75.", balance), "fact")}
    assert {aim.split(" (")[0] for aim in aims} == {"Ask for the balance", "Ask for the due date"}


PLAYBOOK = """# Book an appointment
1. Ask for the ZIP code and call check_area.
2. Ask for the day and call get_open_windows.
3. Ask for the full name and phone number.
4. Call create_appointment.

# Billing
Call transfer_to_billing.
"""


def test_a_look_up_of_the_playbook_is_expected_in_its_place() -> None:
    done = _tests(_model(PLAYBOOK, WINDOWS, CHECK_AREA, BOOK), "done")[0]
    assert [(c.tool, c.optional) for c in done.calls] == [
        ("check_area", False),
        ("get_open_windows", False),
        ("create_appointment", False),
    ]


def test_answers_that_are_asked_for_together_are_given_together() -> None:
    done = _tests(_model(PLAYBOOK, WINDOWS, CHECK_AREA, BOOK_WITH_MORE), "done")[0]
    together = (
        "Give {{test_profile.full_name}} and {{test_profile.phone}} when asked for the full name and the"
    )
    assert any(text.startswith(together) for text in steps(done))


def test_a_transfer_for_another_matter_is_no_way_out() -> None:
    to_billing = tool("transfer_to_billing", about="Transfers to billing.")
    test = _tests(_model(PLAYBOOK, WINDOWS, CHECK_AREA, BOOK, to_billing), "outage")[0]
    assert "transfer_to_billing" not in {call.tool for call in test.calls}


def test_callers_are_identified_only_for_what_the_prompt_identifies_them_for() -> None:
    prompt = PLAYBOOK + "\n# Refills\nAsk for the phone number, call find_patient and then request_refill.\n"
    find = tool("find_patient", about="Finds a patient. Returns patient_id.", phone=TEXT)
    refill = tool("request_refill", patient_id={**TEXT, "description": "from find_patient"})
    model = _model(prompt, WINDOWS, CHECK_AREA, BOOK, find, refill)
    tools = {t.key.split(":")[1].split("/")[0]: {c.tool for c in t.calls} for t in _tests(model, "done")}
    assert "find_patient" not in tools["create_appointment"]
    assert "find_patient" in tools["request_refill"]


def test_a_day_that_is_told_is_given_and_not_asked_for() -> None:
    absence = tool("report_absence", student_number=TEXT, class_date={**TEXT, "format": "date"})
    said = steps(_tests(_model("Ask for the student number, which has five digits.", absence), "done")[0])
    assert "Give {{test_profile.class_date}} when asked for the class date" in said
