"""Service lines: one look-up for all that is asked of a thing, weeks, prices that are agreed to, limits."""

from __future__ import annotations

from typing import Any

import pytest

from evalgen.generation.definition import Tool
from evalgen.generation.plan.test import Test
from evalgen.generation.read.model import AgentModel
from tests.unit.generation.plan.agents import agent, calls, outcome, planned, steps, tool

EAST: dict[str, Any] = {"lift_no": "20417", "account_id": "A-310", "position": "east stair"}
WEST: dict[str, Any] = {"lift_no": "20418", "account_id": "A-310", "position": "west stair"}
AS_FOUND = {"lift_no": "Five-digit plate number of the lift, as returned by find_lifts."}
FIND = tool(
    "find_lifts",
    ({"search_by": "lift_no", "value": "20417"}, {"lifts": [EAST]}),
    ({"search_by": "lift_no", "value": "20418"}, {"lifts": [WEST]}),
    ({"search_by": "postcode", "value": "S10 3GT"}, {"lifts": [EAST, WEST]}),
    enums={"search_by": ["lift_no", "postcode"]},
)
VERIFY = tool(
    "verify_contact",
    ({"account_id": "A-310", "pin": "4821"}, {"verified": True, "name": "Priya Nandakumar"}),
    described={"account_id": "account_id from find_lifts."},
)
JOB = tool("job_status", ({"job_no": "7713702"}, {"job_no": "7713702", "lift_no": "20418"}))
WINDOWS = tool(
    "list_windows",
    (
        {"lift_no": "20418", "week_commencing": "2026-03-16"},
        {
            "windows": [
                {"window_id": "W1", "start": "2026-03-16T08:00:00"},
                {"window_id": "W2", "start": "2026-03-18T12:30:00"},
            ]
        },
    ),
    described=AS_FOUND | {"week_commencing": "Monday of the wanted week, YYYY-MM-DD."},
)
KINDS = {"visit_type": ["service", "repair"]}
BOOK = tool(
    "book_visit",
    ({"lift_no": "20418", "window_id": "W1", "visit_type": "repair"}, {"status": "booked"}),
    described=AS_FOUND | {"window_id": "window_id exactly as listed by list_windows."},
    enums=KINDS,
)
BY_NUMBER = "Get the lift number, or the postcode if they don't have that, and use find_lifts.\n"
BY_EITHER = "Get the lift number or the postcode and use find_lifts.\n"
PROMPT = "You answer for a lift company. It is Wednesday 11 March 2026. "
VISITS = "# Visits\nCheck the PIN with verify_contact. Use list_windows, then book_visit.\n"


def line(which: str = BY_NUMBER, rule: str = "", *more: Tool) -> AgentModel:
    return agent(f"{PROMPT}{which}{VISITS}{rule}", FIND, VERIFY, JOB, WINDOWS, BOOK, *more)


def test_a_thing_is_looked_up_once_by_what_is_asked_for_first_and_by_no_other_number() -> None:
    [test, *_] = planned(line(), "done", "book_visit")
    found = [given for name, given in calls(test) if name == "find_lifts"]
    assert found == [{"search_by": "lift_no", "value": "20418"}]
    assert "Give {{test_profile.lift_no}} when asked for the lift number" in steps(test)
    assert not any("job" in step or "postcode" in step for step in steps(test))


def test_one_of_several_that_a_postcode_finds_is_the_same_for_its_account_and_its_windows() -> None:
    alone = tool(
        "find_lifts",
        ({"search_by": "postcode", "value": "S10 3GT"}, {"lifts": [EAST, WEST]}),
        enums={"search_by": ["lift_no", "postcode"]},
    )
    model = agent(f"{PROMPT}{BY_EITHER}{VISITS}", alone, VERIFY, JOB, WINDOWS, BOOK)
    [test, *_] = planned(model, "done", "book_visit")
    assert [name for name, _ in calls(test)].count("find_lifts") == 1
    assert test.profile["position"] == "west stair" and "position_2" not in test.profile


def test_a_week_is_asked_for_as_such_and_its_openings_are_told_with_their_day() -> None:
    [test, *_] = planned(line(), "done", "book_visit")
    assert "Ask for the week of {{test_profile.week_commencing}} when asked for the week" in steps(test)
    assert any("on {{test_profile.date}} at {{test_profile.time}}" in step for step in steps(test))
    assert test.profile["date"] == "2026-03-16"


@pytest.mark.parametrize(
    ("rule", "agrees"),
    [("# Cover\nSay the price and get a yes before you book.\n", True), ("", False)],
)
def test_a_price_that_some_have_to_agree_to_is_agreed_to(rule: str, agrees: bool) -> None:
    whole = "Read the window back, wait for a clear yes, then book_visit.\n"
    [test, *_] = planned(line(BY_NUMBER, whole + rule), "done", "book_visit")
    assert ("Say yes if asked to agree to the price" in steps(test)) is agrees


def test_nobody_asks_on_the_way_about_the_choice_that_they_have_not_made() -> None:
    facts = "# Prices\n- A service visit is £210.\n- A repair visit is £145.\n"
    asked = [s for t in planned(line(BY_NUMBER, facts), "aside") for s in steps(t)]
    assert any("repair visit" in step for step in asked)
    assert not any("service visit" in step for step in asked)


@pytest.mark.parametrize(("cover", "asked"), [("pay_as_you_go", False), ("full", True)])
def test_what_is_so_for_some_records_is_asked_by_nobody(cover: str, asked: bool) -> None:
    facts = "# Money\nPay-as-you-go: parts are extra. A repair visit is £145.\n"
    found = tool("find_lifts", ({"lift_no": "20418"}, {"lift_no": "20418", "cover": cover}))
    booking = tool("book_visit", ({"lift_no": "20418", "kind": "repair"}, {"status": "booked"}))
    model = agent(f"{PROMPT}Ask for the lift number and use find_lifts.\n{facts}", found, booking)
    said = [step for test in planned(model) for step in steps(test)]
    assert any("how much a repair visit is" in step for step in said) is asked


CLIENT: dict[str, Any] = {"match": "one", "client_id": "C-1", "full_name": "Harriet Coyle"}
DOG = {"pet_id": "P-1", "name": "Biscuit", "species": "dog"}
VET = "You answer for a vet. Ask for the phone number and call find_client.\n"
TEXT = "No account on that number."
FIND_CLIENT = tool(
    "find_client",
    ({"phone": "07700900112"}, CLIENT | {"pets": [DOG]}),
    ({"phone": "07700900999"}, {"match": "none", "message": TEXT}),
    ({"phone": "07700900888"}, {"match": "multiple", "message": "2 accounts share that number."}),
)


def test_a_number_under_which_none_or_several_are_found_finds_nobody() -> None:
    answers = agent(VET, FIND_CLIENT).tools["find_client"].calls
    assert [len(answers.get(kind, [])) for kind in ("success", "no_match", "unclear")] == [1, 1, 1]


def test_what_a_tool_says_to_the_agent_is_no_text_of_a_caller() -> None:
    message = tool(
        "leave_message",
        ({"client_id": "C-1"}, {"status": "sent"}),
        free=("message",),
        described={"message": "Who it is for and what is needed."},
    )
    model = agent(VET, FIND_CLIENT, message)
    assert all(TEXT not in test.profile.values() for test in planned(model))


SLOTS = tool(
    "find_slots",
    (
        {"date": "2026-04-27"},
        {
            "slots": [
                {"slot_id": "S-1", "start": "2026-04-27T08:45:00", "for": ["dog", "cat"]},
                {"slot_id": "S-2", "start": "2026-04-27T10:30:00", "for": ["rabbit"]},
            ]
        },
    ),
)


def test_nobody_chooses_what_is_on_offer_for_others_than_theirs() -> None:
    booking = tool("book_visit", ({"pet_id": "P-1", "slot_id": "S-1"}, {"status": "booked"}))
    rule = "Use find_slots, read back the slot and get a clear yes, then book_visit."
    assert planned(agent(VET + rule, FIND_CLIENT, SLOTS, booking), "done")
    assert not planned(agent(VET + rule, FIND_CLIENT, SLOTS, booking), "changed")
    other = tool("book_visit", ({"pet_id": "P-1", "slot_id": "S-2"}, {"status": "booked"}))
    assert not planned(agent(VET + rule, FIND_CLIENT, SLOTS, other), "done")


def test_nobody_moves_to_what_is_on_offer_for_others_than_theirs() -> None:
    visit = {"visit_id": "V-1", "pet_id": "P-1", "start": "2026-04-24T10:15:00"}
    find = tool("find_client", ({"phone": "07700900112"}, CLIENT | {"pets": [DOG], "visits": [visit]}))
    moving = tool("move_visit", ({"visit_id": "V-1", "slot_id": "S-1"}, {"status": "moved"}))
    rule = "Use find_slots, read back the slot and get a clear yes, then move_visit."
    model = agent(VET + rule, find, SLOTS, moving)
    assert planned(model, "done") and not planned(model, "changed")


def test_the_only_thing_on_a_list_is_named_if_the_agent_asks_which() -> None:
    listed = {"medicines": [{"medicine_id": "M-1", "name": "Meloxicam liquid"}]}
    model = agent(
        VET + "Use list_medicines, then request_repeat.",
        FIND_CLIENT,
        tool("list_medicines", ({"pet_id": "P-1"}, listed)),
        tool("request_repeat", ({"medicine_id": "M-1", "packs": 1}, {"status": "ordered"})),
    )
    [test, *_] = planned(model, "done")
    assert "Choose {{test_profile.medicine_name}} if asked which medicine it is" in steps(test)


def test_who_is_on_record_has_been_there_before_and_agrees_to_what_is_read_back() -> None:
    rule = (
        'Ask: "Have you been to one of our offices before?"\n'
        "Read back the name and address and have them agree.\nUse find_slots, then book_visit."
    )
    booking = tool("book_visit", ({"pet_id": "P-1", "slot_id": "S-1"}, {"status": "booked"}))
    said = steps(planned(agent(VET + rule, FIND_CLIENT, SLOTS, booking), "done")[0])
    assert 'Say yes if asked "Have you been to one of our offices before?"' in said
    assert "Say yes if asked to confirm the name and address" in said


def test_what_is_on_a_list_for_good_is_told_by_its_name_and_not_by_the_day_of_a_review() -> None:
    medicines = [
        {"medicine_id": "M-1", "name": "Meloxicam liquid", "review_date": "2026-07-31"},
        {"medicine_id": "M-2", "name": "Flea chew", "review_date": "2026-09-30"},
    ]
    model = agent(
        VET + "Use list_medicines, then request_repeat.",
        FIND_CLIENT,
        tool("list_medicines", ({"pet_id": "P-1"}, {"medicines": medicines})),
        tool("request_repeat", ({"medicine_id": "M-1", "packs": 1}, {"status": "ordered"})),
    )
    [test, *_] = planned(model, "done")
    assert any("Choose {{test_profile.medicine_name}}" in step for step in steps(test))
    assert "2026-07-31" not in test.profile.values()


def test_a_heading_about_failures_is_about_no_answer_that_its_sentences_name_themselves() -> None:
    rule = (
        "# When something goes wrong\n"
        "On an error, transfer to the office.\n"
        "If a slot has gone, apologise and offer another from the list.\n"
    )
    model = agent(
        VET + rule,
        FIND_CLIENT,
        tool(
            "extend_payment",
            ({"client_id": "C-1", "days": 7}, {"status": "extended"}),
            ({"client_id": "C-1", "days": 14}, {"error": "unavailable"}),
        ),
    )
    assert not any("another from the list" in line for test in planned(model) for line in outcome(test))


@pytest.mark.parametrize(("moves", "refused"), [(0, True), (2, False)])
def test_a_refusal_that_the_record_may_bring_first_is_not_played_to_its_end(
    moves: int, refused: bool
) -> None:
    visit = {"visit_id": "V-1", "date": "2026-04-22", "times_moved": moves}
    find = tool("find_client", ({"phone": "07700900112"}, CLIENT | {"visits": [visit]}))
    model = agent(
        VET + "# Moving\n- Under 24 hours: no moves. A visit can be moved twice.\n- Use move_visit.\n",
        find,
        tool(
            "move_visit",
            ({"visit_id": "V-1", "date": "2026-04-28"}, {"status": "moved"}),
            ({"visit_id": "V-1", "date": "2026-04-29"}, {"error": "not_allowed"}),
        ),
    )
    assert bool(planned(model, "refusal", "move_visit")) is refused


HOME: dict[str, Any] = {
    "account_id": "A-1",
    "holder": "Denise Kowalski",
    "zone": "central",
    "visits": [{"visit_id": "V-1", "kind": "hvac_repair", "date": "2026-01-16"}],
}
BY_ZONE = tool(
    "list_windows",
    (
        {"zone": "central", "kind": "hvac_repair"},
        {"windows": [{"window_id": "C-1", "date": "2026-01-17"}, {"window_id": "C-2", "date": "2026-01-19"}]},
    ),
    enums={"zone": ["central", "east"], "kind": ["hvac_repair", "plumbing_repair"]},
)
HOMES = "You answer for a heating company. Ask for the phone number and run find_account.\n"
FIND_HOME = tool("find_account", ({"phone": "3165550111"}, {"accounts": [HOME]}))
MOVE = tool("move_visit", ({"visit_id": "V-1", "window_id": "C-1"}, {"status": "moved"}))


def test_the_zone_of_an_account_and_the_kind_of_what_is_moved_are_on_record() -> None:
    rule = "# Moving a visit\nFind a window of the same kind and zone with list_windows, then move_visit.\n"
    [test, *_] = planned(agent(HOMES + rule, FIND_HOME, BY_ZONE, MOVE), "done", "move_visit")
    assert not any("zone" in step or "kind" in step for step in steps(test))


def test_what_is_read_back_ends_where_something_else_is_done() -> None:
    rule = (
        "# Moving a visit\n"
        "Read back the visit, find a window by list_windows, restate the charge, get a yes, then move_visit."
    )
    [test, *_] = planned(agent(HOMES + rule, FIND_HOME, BY_ZONE, MOVE), "done", "move_visit")
    assert any("read back the visit and get a yes" in line for line in outcome(test))
    assert not any("find a window" in line for line in outcome(test))


def test_a_tool_without_a_verb_does_what_its_description_says_first() -> None:
    about = "Leaves a message for the office to call back. Returns a message number."
    office = tool("office_callback", ({"topic": "billing"}, {"message_number": "M1"}), about=about)
    hours = tool(
        "office_hours", ({"day": "monday"}, {"opens": "07:00"}), about="Says when the office is open."
    )
    tools = agent(HOMES, office, hours).tools
    assert tools["office_callback"].role == "inward" and tools["office_hours"].role == "read"


def test_a_paragraph_of_another_deed_asks_nothing_of_this_one() -> None:
    prompt = (
        "You answer for a car park. Take the reference and run find_booking.\n"
        "# Cancelling and refunds\n"
        "State the refund, get a yes, then run cancel_booking.\n\n"
        "Complaints go through request_refund. Ask how long they waited and never submit for less.\n"
    )
    found = tool("find_booking", ({"reference": "NM482116"}, {"reference": "NM482116", "surname": "Raman"}))
    cancel = tool("cancel_booking", ({"reference": "NM482116"}, {"status": "cancelled"}))
    refund = tool("request_refund", ({"reference": "NM482116", "amount": 10}, {"status": "approved"}))
    assert planned(agent(prompt, found, cancel, refund), "done", "cancel_booking")


GARAGE = (
    "You answer for a garage. It is Tuesday 14 April 2026. Ask for the phone number and call find_client.\n"
    "Work you can book:\n"
    "  MOT   MOT test, £54\n"
    "  INT   interim service, £145\n"
    "Before book_slot, say the work and the price and hear a yes.\n"
)


def garage_visit(last: str) -> Test:
    slots = tool(
        "list_slots",
        (
            {"service_code": "INT", "date_from": "2026-04-20", "date_to": last},
            {
                "slots": [
                    {"slot_id": "S-1", "start": "2026-04-20T08:30:00"},
                    {"slot_id": "S-2", "start": "2026-04-21T09:00:00"},
                ]
            },
        ),
        enums={"service_code": ["MOT", "INT"]},
    )
    booking = tool(
        "book_slot",
        ({"client_id": "C-1", "slot_id": "S-1", "service_code": "INT"}, {"status": "booked"}),
        enums={"service_code": ["MOT", "INT"]},
    )
    return planned(agent(GARAGE, FIND_CLIENT, slots, booking), "done", "book_slot")[0]


def test_codes_are_said_by_the_names_beside_them_and_callers_name_one_day_of_a_span() -> None:
    test = garage_visit("2026-04-22")
    assert "interim service" in test.profile.values()
    assert any("{{test_profile.date_to}} if asked" in step for step in steps(test))
    assert not any("date_to" in step for step in steps(garage_visit("2026-04-20")))
    assert "Say yes when asked whether to book the slot" in steps(test)
